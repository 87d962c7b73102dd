"""Choose sentences for a whole story: position, centroid, and how many articles share a sentence's words."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bot.model import Article, SummarySentence
from bot.summarizing.select import Candidate, candidates, choose, cosine


def _bigrams(words: Sequence[str]) -> set[tuple[str, str]]:
    return set(pairwise(words))


def summarize_story(
    articles: Sequence[Article], *, sentences: int | None = 3, words: int | None = None
) -> tuple[SummarySentence, ...]:
    """Return verbatim sentences of several articles on one story, best shared first, none said twice."""
    pool: list[Candidate] = [c for a in articles for c in candidates(a)[:40]]
    if not pool:
        return ()
    documents: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for article in articles:
        own = [c for c in pool if c.article == article.id]
        documents.update({w for c in own for w in c.words})
        pairs.update({p for c in own for p in _bigrams(list(c.words))})
    many = max(1, len(articles))
    centroid: Counter[str] = Counter()
    for c in pool:
        centroid.update(c.words.keys())
    scores = []
    for c in pool:
        shared = sum(documents[w] for w in c.words) / (len(c.words) or 1) / many
        bigrams = _bigrams(list(c.words))
        twice = sum(pairs[p] for p in bigrams) / (len(bigrams) or 1) / many
        scores.append(0.35 / (1 + c.position) + 0.35 * cosine(c.words, centroid) + 0.2 * shared + 0.4 * twice)
    picked = choose(pool, scores, sentences=None if words else sentences, words=words)
    return tuple(SummarySentence(c.article, c.start, c.end, c.text) for c in picked)
