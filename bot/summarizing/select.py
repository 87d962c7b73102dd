"""Choose sentences of one article: position, centroid and headline, without repetition, verbatim and in their order.

Scores are 0.5 / (1 + position) + 0.5 centroid + 0.3 likeness to the headline, chosen by maximal marginal relevance
(Carbonell and Goldstein 1998) with λ 0.8; `bench/quality/summaries.py` measures them against LEAD-3 and sumy.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.language.sentences import split_sentences
from bot.model import Article, SummarySentence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
# What points back to a sentence before: a pronoun or "that figure" that opens, or whose words a quotation ends with.
_DANGLING = re.compile(
    r"^[\"“'‘]?(?:(?:He|She|They|It|This|That|These|Those|His|Her|Their|Its|Him|Them|Both|Neither|Another|Such|But|And|Or"
    r"|However|Meanwhile|Also|Then|So|Yet|Instead|Moreover|Still|Therefore|Thus|Nor)\b|The (?:figure|number|toll|two|pair|latter|former)\b)"
    r"|[\"”]\s(?:he|she|they) (?:said|says|told|added|wrote)\b|[\"”]\s(?:said|added) (?:he|she|they)\b"
)
# fmt: off
_STOP = frozenset([
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "could", "for", "from", "had", "has", "have",
    "he", "her", "his", "in", "is", "it", "its", "not", "of", "on", "or", "she", "that", "the", "their", "these",
    "they", "this", "those", "to", "was", "were", "which", "who", "will", "with", "would",
])
# fmt: on
LAMBDA = 0.8
POSITION, CENTROID, HEADLINE = 0.5, 0.5, 0.3
SHORTEST = 6
# So much worse another sentence may be and still count as as good as one that points back to what is left out.
AS_GOOD = 0.15
# Two sentences of which this much of the shorter one's telling words is shared say the same in other words.
SAME = 0.65
MOST_CANDIDATES = 400


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence that may be chosen: where it stands, among all sentences (`place`) and those that may be chosen."""

    article: str
    start: int
    end: int
    text: str
    position: int
    words: Counter[str]
    place: int


def terms(text: str) -> Counter[str]:
    """Return the content words of a text in lower case."""
    return Counter(w for w in (m.lower() for m in _WORD.findall(text)) if w not in _STOP)


def candidates(article: Article) -> list[Candidate]:
    """Return the sentences of an article that can stand in a summary: no headings, unless there is nothing else."""
    spans = split_sentences(article.text)
    texts = [article.text[s.start : s.end] for s in spans]
    chosen = [n for n, s in enumerate(spans) if not s.heading and len(_WORD.findall(texts[n])) >= SHORTEST]
    return [
        Candidate(article.id, spans[n].start, spans[n].end, texts[n], position, terms(texts[n]), n)
        for position, n in enumerate(chosen or range(len(spans)))
    ]


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Return the cosine of two bags of words."""
    if len(a) > len(b):
        a, b = b, a
    dot = sum(v * b.get(k, 0.0) for k, v in a.items())
    if not dot:
        return 0.0
    return dot / math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))


def dangling(sentence: Candidate) -> bool:
    """Tell whether a sentence points back to one before it."""
    return _DANGLING.search(sentence.text) is not None


def _follows(sentence: Candidate, other: Candidate) -> bool:
    return sentence.article == other.article and sentence.place == other.place + 1


def says_again(a: Candidate, b: Candidate) -> bool:
    """Tell whether two sentences say the same in other words."""
    fewer = min(len(a.words), len(b.words))
    return bool(fewer) and len(a.words.keys() & b.words.keys()) >= max(SAME * fewer, 2)


def choose(
    pool: Sequence[Candidate], scores: Sequence[float], *, sentences: int | None, words: int | None
) -> list[Candidate]:
    """Choose until `sentences` or `words` are reached (at least one sentence), in the order of the pool.

    A sentence that points back to one that was left out gives way to another where that is as good.
    """
    values = list(scores)
    picked: list[int] = []
    for _ in range(4):
        picked = _marginal(pool, values, sentences, words)
        chosen = set(picked)
        loose = [
            i
            for i in picked
            if values[i] == scores[i]
            and dangling(pool[i])
            and not (i - 1 in chosen and _follows(pool[i], pool[i - 1]) and not dangling(pool[i - 1]))
        ]
        if not loose:
            break
        for i in loose:
            values[i] = scores[i] - AS_GOOD
    return [pool[i] for i in picked]


def _marginal(
    pool: Sequence[Candidate], values: Sequence[float], sentences: int | None, words: int | None
) -> list[int]:
    left = list(range(len(pool)))
    chosen: list[int] = []
    redundancy = [0.0] * len(pool)
    length = 0
    while left and (sentences is None or len(chosen) < sentences):
        best = max(left, key=lambda i: (LAMBDA * values[i] - (1 - LAMBDA) * redundancy[i], -i))
        left.remove(best)
        size = len(pool[best].text.split())
        if words is not None and chosen and length + size > words:
            continue  # a shorter one may still fit
        if redundancy[best] > 0.7 or any(says_again(pool[best], pool[i]) for i in chosen):
            continue
        chosen.append(best)
        length += size
        if words is not None and length >= words:
            break
        for i in left:
            redundancy[i] = max(redundancy[i], cosine(pool[i].words, pool[best].words))
    return sorted(chosen)


def select_sentences(
    article: Article, *, sentences: int | None = 3, words: int | None = None
) -> tuple[SummarySentence, ...]:
    """Return the summary of one article as verbatim sentences in their order."""
    pool = candidates(article)[:MOST_CANDIDATES]
    if not pool:
        return ()
    centroid: Counter[str] = Counter()
    for c in pool:
        centroid.update(c.words.keys())
    headline = terms(article.title or "")
    scores = [
        POSITION / (1 + c.position) + CENTROID * cosine(c.words, centroid) + HEADLINE * cosine(c.words, headline)
        for c in pool
    ]
    picked = choose(pool, scores, sentences=None if words else sentences, words=words)
    return tuple(SummarySentence(c.article, c.start, c.end, c.text) for c in picked)
