"""Which articles tell of one event: joined one at a time to the story they are most like. Pure and online.

Precision leads: two stories taken for one would invent conflicts. An article joins by its mean likeness to the
articles of a story, not by one chance resemblance; in `group`, where no story has been shown to anyone yet, two
stories that grew towards each other become one. What moderators put together or apart is never overruled.
"""

from collections.abc import Callable, Collection, Iterable, Sequence

from bot.comparing.likeness import Profile, Rarity, count, dot, likeness, profile, stem, unit
from bot.model import Article

__all__ = ["Grouping", "Pair", "Profile", "Rarity", "central", "group", "nearest", "profile", "terms"]

# Log-odds (see likeness.py): for an article to join a story, and for two stories to become one.
JOIN, UNITE = 0.25, 0.75
# Half of what counts is the mean over the articles of a story nearest to the new one, half that over all of them.
NEAREST = 3
Pair = tuple[str, str]
Score = Callable[[Profile, Profile], float]


class Grouping:
    """Stories made of articles that come one at a time. `together` and `apart` are pairs of article ids."""

    def __init__(
        self,
        rarity: Rarity,
        *,
        together: Iterable[Pair] = (),
        apart: Iterable[Pair] = (),
        score: Score = likeness,
        profiles: Callable[[Article, Rarity], Profile] = profile,
    ) -> None:
        self._rarity, self._score, self._profile = rarity, score, profiles
        self._together, self._apart = _both(together), _both(apart)
        self._members: dict[int, list[tuple[Article, Profile]]] = {}
        self._sums: dict[int, dict[int, float]] = {}
        self._began = 0

    def add(self, article: Article) -> None:
        """Put an article into the story it belongs to, or begin one; unite its story with others that are as like."""
        new = self._profile(article, self._rarity)
        scores = {s: [self._score(new, other) for _, other in found] for s, found in self._members.items()}
        bound = [s for s in self._members if self._bound(article, s)]
        joined = {s: _joining(found) for s, found in scores.items() if not self._barred(article, s)}
        story = bound[0] if bound else _best(joined, JOIN)
        if story is None:
            story, self._began = self._began, self._began + 1
            self._members[story], self._sums[story] = [], {}
        self._members[story].append((article, new))
        for other, found in scores.items():
            if other != story:
                self._sums[story][other] = self._sums[story].get(other, 0.0) + sum(found)
                self._sums[other][story] = self._sums[story][other]
        for other in bound[1:]:
            self._unite(story, other)
        while (like := self._alike(story)) is not None:
            self._unite(story, like)

    def stories(self) -> list[list[Article]]:
        """Return the articles story by story, both in the order of coming."""
        return [[article for article, _ in found] for _, found in sorted(self._members.items())]

    def _alike(self, story: int) -> int | None:
        mine = self._members[story]
        means = {
            other: total / (len(mine) * len(self._members[other]))
            for other, total in self._sums[story].items()
            if not any(self._barred(article, other) for article, _ in mine)
        }
        return _best(means, UNITE)

    def _unite(self, story: int, other: int) -> None:
        self._members[story] += self._members.pop(other)
        for third, total in self._sums.pop(other).items():
            del self._sums[third][other]
            if third != story:
                self._sums[story][third] = self._sums[third][story] = self._sums[story].get(third, 0.0) + total

    def _bound(self, article: Article, story: int) -> bool:
        return any((article.id, other.id) in self._together for other, _ in self._members[story])

    def _barred(self, article: Article, story: int) -> bool:
        return any((article.id, other.id) in self._apart for other, _ in self._members[story])


def group(
    articles: Sequence[Article], rarity: Rarity, *, together: Iterable[Pair] = (), apart: Iterable[Pair] = ()
) -> list[list[Article]]:
    """Return the articles story by story, in the order they were given."""
    grouping = Grouping(rarity, together=together, apart=apart)
    for article in articles:
        grouping.add(article)
    place = {id(article): n for n, article in enumerate(articles)}
    return sorted(
        (sorted(story, key=lambda a: place[id(a)]) for story in grouping.stories()), key=lambda s: place[id(s[0])]
    )


def nearest(
    article: Article, others: Sequence[tuple[int, Article]], rarity: Rarity, *, apart: Collection[int] = ()
) -> int | None:
    """Return the story that an article belongs to, of those that the others are in; None for a new one.

    `apart` are stories that the article was taken out of.
    """
    new = profile(article, rarity)
    by: dict[int, list[float]] = {}
    for story, other in others:
        if story not in apart:
            by.setdefault(story, []).append(likeness(new, profile(other, rarity)))
    return _best({story: _joining(found) for story, found in by.items()}, JOIN)


def terms(article: Article, rarity: Rarity, most: int = 40) -> list[str]:
    """Return the words to search candidates by, most telling first."""
    found = count(article, rarity)
    words = unit(found.words, {w: rarity.weight(w) ** 2 for w in found.words})
    names = unit(found.names, {w: rarity.weight(w) for w in found.names})
    weights = {w: 0.4 * x for w, x in words.items()}
    for name, x in names.items():
        weights[stem(name)] = weights.get(stem(name), 0.0) + 0.6 * x
    printed = {stem(word): word for word in sorted(found.said)}
    best = sorted(weights, key=lambda w: (-weights[w], w))[:most]
    return [printed.get(w, w) for w in best]


def central(articles: Sequence[Article], rarity: Rarity) -> Article:
    """Return the article whose headline is most like what the others of the story say; at a tie the first.

    Articles without a headline count only where none has one.
    """
    chosen = [a for a in articles if a.title and a.title.strip()] or list(articles)
    if len(chosen) == 1 or len(articles) < 3:
        return chosen[0]
    profiles = {id(a): profile(a, rarity) for a in articles}
    scores = []
    for article in chosen:
        head = count(Article(article.id, article.input, article.title or article.text[:200]), rarity)
        told = unit(head.first, {w: rarity.weight(w) ** 2 for w in head.first})
        scores.append(sum(dot(told, profiles[id(o)].first) for o in articles if o is not article))
    return chosen[max(range(len(chosen)), key=lambda n: (scores[n], -n))]


def _joining(scores: Sequence[float]) -> float:
    closest = sorted(scores)[-NEAREST:]
    return 0.5 * sum(closest) / len(closest) + 0.5 * sum(scores) / len(scores)


def _best(scores: dict[int, float], least: float) -> int | None:
    best = max(scores, key=lambda story: (scores[story], -story), default=None)
    return best if best is not None and scores[best] >= least else None


def _both(pairs: Iterable[Pair]) -> frozenset[Pair]:
    return frozenset(p for a, b in pairs for p in ((a, b), (b, a)))
