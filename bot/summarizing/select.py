"""Choose sentences of one article: position and centroid, without repetition, verbatim and in their order.

Scores are 0.5 / (1 + position) + 0.5 centroid, chosen by maximal marginal relevance (Carbonell and Goldstein 1998)
with λ 0.8: measured in design/stack.md against LEAD-3 and sumy.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.language.sentences import split_sentences
from bot.model import Article, SummarySentence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_DANGLING = re.compile(
    r"^[\"“']?(?:He|She|They|It|This|That|These|Those|His|Her|Their|Its|But|And|However|Meanwhile|Also|Then|So)\b"
)
_STOP = frozenset(
    {
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "and",
        "or",
        "but",
        "for",
        "with",
        "by",
        "from",
        "as",
        "that",
        "this",
        "these",
        "those",
        "it",
        "its",
        "is",
        "was",
        "are",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "he",
        "she",
        "they",
        "his",
        "her",
        "their",
        "not",
        "will",
        "would",
        "could",
        "which",
        "who",
    }
)
LAMBDA = 0.8
SHORTEST = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence that may be chosen: where it stands, its words' weights and its score."""

    article: str
    start: int
    end: int
    text: str
    position: int
    words: Counter[str]


def terms(text: str) -> Counter[str]:
    """Return the content words of a text in lower case."""
    return Counter(w for w in (m.lower() for m in _WORD.findall(text)) if w not in _STOP)


def candidates(article: Article) -> list[Candidate]:
    """Return the sentences of an article that can stand in a summary: no headings, unless there is nothing else."""
    spans = split_sentences(article.text)
    chosen = [s for s in spans if not s.heading and len(_WORD.findall(article.text[s.start : s.end])) >= SHORTEST]
    chosen = chosen or spans
    return [
        Candidate(article.id, s.start, s.end, article.text[s.start : s.end], n, terms(article.text[s.start : s.end]))
        for n, s in enumerate(chosen)
    ]


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Return the cosine of two bags of words."""
    if len(a) > len(b):
        a, b = b, a
    dot = sum(v * b.get(k, 0.0) for k, v in a.items())
    if not dot:
        return 0.0
    return dot / math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))


def choose(
    pool: Sequence[Candidate],
    scores: Mapping[Candidate, float] | Sequence[float],
    *,
    sentences: int | None,
    words: int | None,
) -> list[Candidate]:
    """Choose by maximal marginal relevance until `sentences` or `words` are reached (at least one sentence)."""
    values = list(scores) if not isinstance(scores, Mapping) else [scores[c] for c in pool]
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
        if redundancy[best] > 0.7:
            continue
        chosen.append(best)
        length += size
        for i in left:
            redundancy[i] = max(redundancy[i], cosine(pool[i].words, pool[best].words))
    return [pool[i] for i in sorted(chosen)]


def select_sentences(
    article: Article, *, sentences: int | None = 3, words: int | None = None
) -> tuple[SummarySentence, ...]:
    """Return the summary of one article as verbatim sentences in their order."""
    pool = candidates(article)[:400]
    if not pool:
        return ()
    centroid: Counter[str] = Counter()
    for c in pool:
        centroid.update(c.words.keys())
    scores = [
        0.5 / (1 + c.position)
        + 0.5 * cosine(c.words, centroid)
        - (0.1 if c.position and _DANGLING.match(c.text) else 0.0)
        for c in pool
    ]
    picked = choose(pool, scores, sentences=None if words else sentences, words=words)
    return tuple(SummarySentence(c.article, c.start, c.end, c.text) for c in picked)
