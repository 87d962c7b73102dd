"""Which articles tell of one event: words weighed by rarity, names and numbers, close dates. Pure and online.

An article is held against those that came before it and joins the story it is most like, or begins a new one.
Precision leads: two stories taken for one would invent conflicts. Weights and threshold are calibrated by
`bench/quality/stories.py` on the train part of ECB+, whose stories come in pairs of the same kind of event.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.model import Article

# The first words tell what happened, what follows tells what happened before: each of them counts five-fold.
LEAD_WORDS, LEAD_WEIGHT = 80, 4
WORDS, NAMES = 0.4, 0.6
THRESHOLD = 0.33
# An article is as like a story as it is, on average, like the three articles nearest to it.
NEAREST = 3
# Reports of one event seldom come out further apart; those that do must be much more alike.
FAR_DAYS, FAR_MORE = 60, 0.08
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ENDINGS = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))


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


# Words of every report, whatever it is about.
_REPORTING = frozenset(
    ["said", "say", "says", "told", "according", "people", "new", "news", "year", "years", "mr", "mrs", "ms"]
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What an article is recognised by: weights of its words, and of its names and numbers, each of length 1."""

    words: Mapping[str, float]
    names: Mapping[str, float]
    published: date | None


def profile(article: Article, rarity: Rarity) -> Profile:
    """Return what an article is recognised by."""
    words: Counter[str] = Counter()
    names: Counter[str] = Counter()
    title = article.title if article.title and not article.text.startswith(article.title) else ""
    position = 0
    for line in (title, *article.text.split("\n")):
        named = False
        for match in _WORD.finditer(line):
            position += 1
            printed = match.group()
            word = _plain(printed)
            if word in rarity.common or len(word) < 2:
                named = False
                continue
            count = 1 + LEAD_WEIGHT * (position <= LEAD_WORDS)
            words[_stem(word)] += count
            # The first word of a sentence is capitalised anyway: a name if another follows or nobody uses the word.
            first = match.start() == 0 or any(c in '.!?"“' for c in line[max(0, match.start() - 2) : match.start()])
            capital = printed[0].isupper()
            if printed[0].isdigit() or (capital and (not first or named or rarity.counts.get(word, 0) < 3)):
                names[word] += count
            named = capital
    squared = {w: rarity.weight(w) ** 2 for w in words}
    return Profile(_unit(words, squared), _unit(names, {w: rarity.weight(w) for w in names}), _date(article))


def terms(article: Article, rarity: Rarity, most: int = 40) -> list[str]:
    """Return the words to search candidates by, most telling first."""
    found = profile(article, rarity)
    plain = {_stem(_plain(m)): m for m in _WORD.findall(f"{article.title or ''} {article.text}")}
    weights = {w: WORDS * x for w, x in found.words.items()}
    for name, x in found.names.items():
        weights[_stem(name)] = weights.get(_stem(name), 0.0) + NAMES * x
    best = sorted(weights, key=lambda w: (-weights[w], w))[:most]
    return [plain.get(w, w) for w in best]


def similarity(a: Profile, b: Profile) -> float:
    """Return how alike two articles are, 0 to 1; far apart in time, less."""
    alike = WORDS * _dot(a.words, b.words) + NAMES * _dot(a.names, b.names)
    far = a.published is not None and b.published is not None and abs((a.published - b.published).days) > FAR_DAYS
    return max(0.0, alike - FAR_MORE) if far else alike


def nearest(article: Article, others: Sequence[tuple[int, Article]], rarity: Rarity) -> int | None:
    """Return the story that an article belongs to, of those that the others are in; None for a new one."""
    new = profile(article, rarity)
    return _nearest(new, ((story, profile(a, rarity)) for story, a in others))


def group(articles: Sequence[Article], rarity: Rarity) -> list[list[Article]]:
    """Return the articles story by story, in the order they were given."""
    stories: list[list[Article]] = []
    known: list[tuple[int, Profile]] = []
    for article in articles:
        new = profile(article, rarity)
        found = _nearest(new, known)
        if found is None:
            found = len(stories)
            stories.append([])
        stories[found].append(article)
        known.append((found, new))
    return stories


def _nearest(new: Profile, known: Iterable[tuple[int, Profile]]) -> int | None:
    by: dict[int, list[float]] = {}
    for story, other in known:
        by.setdefault(story, []).append(similarity(new, other))
    scores = {story: _mean(sorted(found)[-NEAREST:]) for story, found in by.items()}
    best = max(scores, key=lambda story: (scores[story], -story), default=None)
    return best if best is not None and scores[best] >= THRESHOLD else None


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s")


def _stem(word: str) -> str:
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending) + instead
    return word


def _unit(counts: Mapping[str, int], weights: Mapping[str, float]) -> dict[str, float]:
    vector = {w: (1 + math.log(n)) * weights[w] for w, n in counts.items()}
    length = math.sqrt(sum(x * x for x in vector.values())) or 1.0
    return {w: x / length for w, x in vector.items()}


def _dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    if len(a) > len(b):
        a, b = b, a
    return sum(x * b[w] for w, x in a.items() if w in b)


def _date(article: Article) -> date | None:
    if not article.published or article.published_from == "guess":
        return None
    try:
        return date.fromisoformat(article.published[:10])
    except ValueError:
        return None
