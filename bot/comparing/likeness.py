"""How likely it is that two articles tell of one event: shared names, numbers and first words, and what clashes.

The score is the log-odds of a logistic regression over pairs of articles, fitted to the train part of ECB+ by folds
over its topics (each topic holds two events of one kind); `bench/quality/stories.py` measures it on the other parts.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.model import Article

# The first words tell what happened, what follows tells what happened before: each of them counts five-fold.
LEAD_WORDS, LEAD_WEIGHT = 80, 4
FIRST_WORDS = 40
# Of longer articles more is shared, so a short one needs less to be alike, up to so many telling words.
MOST_LENGTH = 100
# Log-odds. Reports of one event seldom come out further apart than FAR_DAYS; those within NEAR_DAYS need less else.
BASE, FIRST, NAMES, NUMBERS, LENGTH = 0.7, 3.15, 10.5, 4.2, -6.7
FAR, FAR_DAYS, NEAR, NEAR_DAYS = -1.8, 60, 2.0, 14
# Each is foremost about somebody or something that the other does not name; no year that both name.
STRANGERS, OTHER_YEARS = -2.2, -0.85
MOST = 4.0
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_YEAR = re.compile(r"\b(?:19[5-9]\d|20[0-4]\d)\b")
_ENDINGS = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))
# Words of every report, whatever it is about.
_REPORTING = frozenset(
    ["said", "say", "says", "told", "according", "people", "new", "news", "year", "years", "mr", "mrs", "ms"]
)


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare words are, from counts of them in general English; the most common say nothing at all."""

    counts: Mapping[str, int]
    total: int
    common: frozenset[str]

    @classmethod
    def make(cls, counts: Mapping[str, int], stop: int = 150) -> "Rarity":
        """Take word counts; the `stop` most common words are left out of every comparison."""
        common = sorted(counts, key=lambda w: (-counts[w], w))[:stop]
        return cls(counts, max(10, sum(counts.values())), frozenset(common) | _REPORTING)

    def weight(self, word: str) -> float:
        """Return 1 for a word never counted, less the more common it is."""
        return math.log(self.total / (self.counts.get(word, 0) + 3)) / math.log(self.total / 3)


@dataclass(frozen=True, slots=True)
class Profile:
    """What an article is recognised by.

    `first` (stems of the title and first sentences), `names` (with numbers) and `numbers` are vectors of length 1;
    `foremost` is its most weighty name; `said` are all its telling words, `length` how many.
    """

    first: Mapping[str, float]
    names: Mapping[str, float]
    numbers: Mapping[str, float]
    foremost: str | None
    said: frozenset[str]
    years: frozenset[str]
    length: int
    published: date | None


@dataclass(slots=True)
class Counts:
    """How often an article has its words, names and numbers; words of the lead count more."""

    words: Counter[str]
    first: Counter[str]
    names: Counter[str]
    numbers: Counter[str]
    said: set[str]
    length: int = 0


def count(article: Article, rarity: Rarity) -> Counts:
    """Count the telling words of an article; `names` are in lower case, the other words are stems."""
    found = Counts(Counter(), Counter(), Counter(), Counter(), set())
    title = article.title if article.title and not article.text.startswith(article.title) else ""
    position = 0
    for line in (title, *article.text.split("\n")):
        named = False
        for match in _WORD.finditer(line):
            position += 1
            printed = match.group()
            word = plain(printed)
            if word in rarity.common or len(word) < 2:
                named = False
                continue
            weight = 1 + LEAD_WEIGHT * (position <= LEAD_WORDS)
            found.words[stem(word)] += weight
            found.said.add(word)
            found.length += 1
            if position <= FIRST_WORDS:
                found.first[stem(word)] += 1
            # The first word of a sentence is capitalised anyway: a name if another follows or nobody uses the word.
            first = match.start() == 0 or any(c in '.!?"“' for c in line[max(0, match.start() - 2) : match.start()])
            capital = printed[0].isupper()
            if printed[0].isdigit():
                found.numbers[word] += weight
                found.names[word] += weight
            elif capital and (not first or named or rarity.counts.get(word, 0) < 3):
                found.names[word] += weight
            named = capital
    return found


def profile(article: Article, rarity: Rarity) -> Profile:
    """Return what an article is recognised by."""
    found = count(article, rarity)
    names = {name: n * rarity.weight(name) for name, n in found.names.items() if not name[0].isdigit()}
    return Profile(
        unit(found.first, {w: rarity.weight(w) ** 2 for w in found.first}),
        unit(found.names, {w: rarity.weight(w) for w in found.names}),
        unit(found.numbers, {w: 1.0 if len(w) < 2 else rarity.weight(w) for w in found.numbers}),
        min(names, key=lambda name: (-names[name], name), default=None),
        frozenset(found.said),
        frozenset(_YEAR.findall(article.text)),
        found.length,
        published(article),
    )


def likeness(a: Profile, b: Profile) -> float:
    """Return the log-odds that two articles tell of one event, between -MOST and MOST."""
    score = BASE + FIRST * dot(a.first, b.first) + NAMES * dot(a.names, b.names) + NUMBERS * dot(a.numbers, b.numbers)
    score += LENGTH * math.log1p(min(a.length, b.length, MOST_LENGTH)) / 5
    if a.foremost is None or b.foremost is None:
        score += STRANGERS / 2
    elif a.foremost not in b.said and b.foremost not in a.said:
        score += STRANGERS
    if a.years and b.years and not a.years & b.years:
        score += OTHER_YEARS
    if a.published and b.published:
        apart = abs((a.published - b.published).days)
        score += FAR if apart > FAR_DAYS else NEAR if apart <= NEAR_DAYS else 0.0
    return max(-MOST, min(MOST, score))


def published(article: Article) -> date | None:
    """Return the day an article came out; None where that is unknown or a guess."""
    if not article.published or article.published_from == "guess":
        return None
    try:
        return date.fromisoformat(article.published[:10])
    except ValueError:
        return None


def plain(word: str) -> str:
    """Return a word in lower case without "'s"."""
    return word.lower().replace("’", "'").removesuffix("'s")


def stem(word: str) -> str:
    """Return a word without its commonest endings."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending) + instead
    return word


def unit(counts: Mapping[str, int], weights: Mapping[str, float]) -> dict[str, float]:
    """Return the vector (1 + log count) * weight, of length 1."""
    vector = {w: (1 + math.log(n)) * weights[w] for w, n in counts.items()}
    length = math.sqrt(sum(x * x for x in vector.values())) or 1.0
    return {w: x / length for w, x in vector.items()}


def dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Return the inner product of two sparse vectors."""
    if len(a) > len(b):
        a, b = b, a
    return sum(x * b[w] for w, x in a.items() if w in b)
