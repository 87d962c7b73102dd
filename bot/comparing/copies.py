"""Which articles copy another: the same words outside quotation marks, sooner believed where both credit one agency.

Copies of one origin are one voice. Words in quotation marks are left out, for two outlets that print the same statement
at length need not have copied each other; so is what one outlet repeats of its own earlier reports. The shares were
measured on the 73 stories of the measuring data (`bench/quality/copies.py`). Pure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.knowledge.lexicon import Lexicon
from bot.model import Article

SHINGLE = 5
# The share of the shorter text's shingles that the other text holds too: of a copy, of a copy where both credit one
# agency, and of two articles of one outlet, which repeats the background of a story in every report.
COPY, COPY_OF_AGENCY, SAME_OUTLET = 0.4, 0.25, 0.8
# A shorter text shares its few phrases with any report of the same event.
LEAST_SHINGLES = 25
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_QUOTED = re.compile(r"[“\"][^“”\"\n]{1,2000}[”\"]")
_HEAD_LINES, _TAIL_LINES, _LINE_CHARS = 4, 3, 400


@dataclass(frozen=True, eq=False)
class Agencies:
    """The names of news agencies in lower case, and the patterns that credit one of them."""

    canonical: Mapping[str, str]
    signs: tuple[re.Pattern[str], ...]

    @classmethod
    def make(cls, lexicon: Lexicon) -> "Agencies":
        """Take `agencies.toml`; `{name}` of a sign becomes any of the names."""
        rows = lexicon.files["agencies"]["agencies"]["names"]
        canonical = {name.lower(): row[0] for row in rows for name in row}
        anyone = "|".join(sorted((re.escape(n) for row in rows for n in row), key=len, reverse=True))
        signs = (
            row["pattern"].replace("(?:{name})", f"(?P<name>{anyone})") for row in lexicon.rows("agencies", "sign")
        )
        return cls(canonical, tuple(re.compile(sign, re.MULTILINE) for sign in signs))

    def name(self, printed: str | None) -> str | None:
        """Return the agency that goes by a name."""
        return self.canonical.get((printed or "").strip().lower().removeprefix("the "))

    def credited(self, article: Article) -> str | None:
        """Return the agency that an article is of, or says it printed: outlet, author, dateline, last lines."""
        return self.name(article.outlet) or _credited(self, article.author, article.text)


@lru_cache(maxsize=400)
def _credited(agencies: Agencies, author: str | None, text: str) -> str | None:
    lines = [line.strip()[:_LINE_CHARS] for line in text.splitlines() if line.strip()]
    around = "\n".join((author or "", *lines[:_HEAD_LINES], *lines[-_TAIL_LINES:]))
    match = next((m for sign in agencies.signs if (m := sign.search(around))), None)
    return agencies.canonical.get(match["name"].lower()) if match else None


@dataclass(frozen=True, slots=True)
class _Print:
    """What an article is recognised by."""

    article: Article
    shingles: frozenset[int]
    origin: str | None
    outlet: str | None
    rank: tuple[bool, bool, str, int, int]


# A story that one article more is compared with holds the texts of the last comparison.
@lru_cache(maxsize=400)
def shingles(text: str) -> frozenset[int]:
    """Return the hashes of all runs of five words outside quotation marks; of this process only."""
    found: set[int] = set()
    for part in _QUOTED.split(text):
        words = [w.lower().replace("’", "'") for w in _WORD.findall(part)]
        found.update(hash(tuple(words[i : i + SHINGLE])) for i in range(len(words) - SHINGLE + 1))
    return frozenset(found)


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of the smaller set that the larger holds, 0 to 1; 0 where it is too small to tell."""
    least = min(len(one), len(other))
    return len(one & other) / least if least >= LEAST_SHINGLES else 0.0


# By the shingles of each text: those it shares enough with, itself too, and the share.
Shares = dict[frozenset[int], dict[frozenset[int], float]]
# So many new texts are held against each of the others; of more, only those with a passage in common.
_FEW = 10


def copies(articles: Sequence[Article], agencies: Agencies, known: Shares | None = None) -> dict[str, str]:
    """Map the id of each copy to the id of its origin: the agency's own article, else the earliest of those alike.

    `copy_of` of an article may name what its feed says it was taken from; that counts as the credit of an agency.
    An origin is never itself a copy. `known` are the shares of the story's last comparison; they are brought up to date.
    """
    prints = sorted((_print(a, n, agencies) for n, a in enumerate(articles)), key=lambda p: p.rank)
    known = {} if known is None else known
    _bring_up_to_date(known, list(dict.fromkeys(p.shingles for p in prints)))
    found: dict[str, str] = {}
    for n, later in enumerate(prints):
        best, most, near = None, 0.0, known[later.shingles]
        for earlier in (p for p in prints[:n] if p.shingles in near):
            share = near[earlier.shingles]
            if share > most and share >= _needed(earlier, later):
                best, most = earlier, share
        if best is not None:
            found[later.article.id] = found.get(best.article.id, best.article.id)
    return found


def _bring_up_to_date(known: Shares, sets: Sequence[frozenset[int]]) -> None:
    for gone in known.keys() - set(sets):
        for other in known.pop(gone).keys() & known.keys():
            del known[other][gone]
    fresh = [s for s in sets if s not in known]
    if len(fresh) <= _FEW:
        pairs = [(s, o) for n, s in enumerate(fresh) for o in (*known, *fresh[:n])]
    else:
        known.clear()
        fresh = list(sets)
        pairs = [(sets[n], sets[m]) for n, others in _overlapping(sets).items() for m in others]
    known.update((s, {s: containment(s, s)}) for s in fresh)
    for s, o in pairs:
        if (share := containment(s, o)) >= COPY_OF_AGENCY:
            known[s][o] = known[o][s] = share


def _overlapping(sets: Sequence[frozenset[int]]) -> dict[int, set[int]]:
    """Return by its number the earlier sets that share an element with a set: of most articles, none."""
    holders: dict[int, list[int]] = {}
    for n, elements in enumerate(sets):
        for e in elements:
            holders.setdefault(e, []).append(n)
    found: dict[int, set[int]] = {}
    # A passage that ten articles copy is in the same ten again and again.
    for numbers in {tuple(h) for h in holders.values() if len(h) > 1}:
        for k, n in enumerate(numbers):
            found.setdefault(n, set()).update(numbers[:k])
    return found


def with_origins(articles: Sequence[Article], agencies: Agencies, known: Shares | None = None) -> tuple[Article, ...]:
    """Return the articles with `copy_of` telling the id of the article each one copies, None where it copies none."""
    found = copies(articles, agencies, known)
    return tuple(replace(a, copy_of=found.get(a.id)) for a in articles)


def _print(article: Article, position: int, agencies: Agencies) -> _Print:
    origin = agencies.credited(article) or agencies.name(article.copy_of) or article.copy_of
    itself = origin is not None and agencies.name(article.outlet) == origin
    known = article.published if article.published_from != "guess" else None
    found = shingles(article.text)
    # Of one moment, the longer text: a teaser is taken from an article, not the other way.
    rank = (not itself, known is None, known or "", -len(found), position)
    outlet = article.outlet.casefold() if article.outlet else None
    return _Print(article, found, origin.lower() if origin else None, outlet, rank)


def _needed(one: _Print, other: _Print) -> float:
    if one.outlet is not None and one.outlet == other.outlet:
        return SAME_OUTLET
    # A feed names the publication it took a report from: that may be the other article's outlet.
    for origin in (one.origin, other.origin):
        if origin is not None and (one.origin == other.origin or origin in {one.outlet, other.outlet}):
            return COPY_OF_AGENCY
    return COPY
