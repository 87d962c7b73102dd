"""Which articles tell of one event: words weighed by rarity, shared names, close dates. Pure and online.

An article is held against those that came before it and joins the story it is most like, or begins a new one.
Precision leads: two stories taken for one would invent conflicts.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Article

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
THRESHOLD = 0.25


@dataclass(frozen=True, slots=True)
class Profile:
    """What an article is recognised by."""

    words: Counter[str]


def profile(article: Article) -> Profile:
    """Return what an article is recognised by."""
    return Profile(Counter(w.lower() for w in _WORD.findall(f"{article.title or ''} {article.text}")))


def terms(article: Article, most: int = 40) -> list[str]:
    """Return the words to search candidates by, most telling first."""
    return [w for w, _ in profile(article).words.most_common(most * 3) if len(w) > 3][:most]


def nearest(article: Article, others: Sequence[tuple[int, Article]]) -> int | None:
    """Return the story that an article belongs to, of those that the others are in; None for a new one."""
    new = profile(article)
    scored = [(_cosine(new.words, profile(a).words), -story) for story, a in others]
    best = max(scored, default=(0.0, 0))
    return -best[1] if best[0] >= THRESHOLD else None


def group(articles: Sequence[Article]) -> list[list[Article]]:
    """Return the articles story by story, in the order they were given."""
    stories: list[list[Article]] = []
    for article in articles:
        found = nearest(article, [(n, a) for n, story in enumerate(stories) for a in story])
        if found is None:
            stories.append([article])
        else:
            stories[found].append(article)
    return stories


def _cosine(a: Counter[str], b: Counter[str]) -> float:
    dot = sum(n * b[w] for w, n in a.items() if w in b and len(w) > 3)
    return dot / math.sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values()) or 1)
