"""What the last comparison of a story found of each pair: a new article is held against the others, nothing else again.

A verdict depends on its two figures, all that their articles say, and what the story tells of them (who is dead, which
number was revised); where that has changed nothing is taken over. So a remembered comparison equals one made anew.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, count, product, repeat

from bot.comparing.context import Context, Memo
from bot.comparing.copies import Shares
from bot.comparing.relate import Bucket, relate, together
from bot.comparing.rows import Held, hold
from bot.model import Article, Figure

# The one that an article copies, and every figure of it: with the article, what a verdict may depend on.
_Said = tuple[Article | None, tuple[Figure, ...]]
# The figures of one article are numbered from a multiple of this on; a text of 2 MB has not half as many.
_ROOM = 1_000_000


_Known = dict[tuple[int, int], tuple[Held, bool]]


@dataclass(slots=True)
class _Kept:
    """A bucket as it was compared: its figures' numbers by `id`, in order, the figures, and what was held together."""

    ids: dict[int, int]
    figures: Sequence[Figure]
    held: list[Held]

    def still_in(self, bucket: Sequence[Figure]) -> bool:
        """Tell whether a bucket has all these very figures; their order follows from what they are."""
        return sum(map(self.ids.__contains__, map(id, bucket))) == len(self.ids)

    def by_numbers(self) -> _Known:
        """Return what was held together by the numbers of both figures, and whether the verdict names the first first."""
        known: _Known = {}
        place = {id: n for n, id in enumerate(self.ids)}
        for held in self.held:
            one, two = id(held.verdict.a), id(held.verdict.b)
            in_order = place[one] < place[two]
            first, second = (one, two) if in_order else (two, one)
            known[self.ids[first], self.ids[second]] = held, in_order
        return known


class Memory:
    """The verdicts of one story by the numbers of their figures; grows and shrinks with the story."""

    def __init__(self) -> None:
        self.related = 0
        self._fresh = count(_ROOM, _ROOM)
        self.shares: Shares = {}
        self.of_figure: Memo = {}
        self.of_article: Memo = {}
        # What an article said, and the number of its first figure.
        self._said: dict[Article, tuple[_Said, int]] = {}
        self._figures: dict[int, Figure] = {}
        self._number: dict[str, int] = {}
        # What was held together in each bucket: in the last comparison, and in this one.
        self._before: dict[tuple[str, ...], _Kept] = {}
        self._buckets: dict[tuple[str, ...], _Kept] = {}
        self._shared: tuple[object, ...] = ()

    @property
    def pairs(self) -> int:
        """Return how many pairs of figures the last comparison held together."""
        return sum(len(kept.held) for kept in self._buckets.values())

    def name(self, articles: Mapping[str, Article], figures: Sequence[Figure]) -> list[Figure]:
        """Return the figures of a story as f1, f2, ... in the order given, the very same ones where nothing changed."""
        own: dict[str, list[Figure]] = {}
        for f in figures:
            own.setdefault(f.article, []).append(f)
        before, self._said = self._said, {}
        self.of_article = {a.id: self.of_article.get(a.id, {}) if a in before else {} for a in articles.values()}
        following: dict[str, int] = {}
        for id, read in own.items():
            a = articles[id]
            said = (articles.get(a.copy_of or ""), tuple(read))
            known = before.get(a)
            following[id] = known[1] if known is not None and known[0] == said else next(self._fresh)
            self._said[a] = (said, following[id])
        named: dict[int, Figure] = {}
        worked_out: Memo = {}
        for n, f in enumerate(figures, 1):
            number = following[f.article]
            following[f.article] += 1
            old, id = self._figures.get(number), f"f{n}"
            if old is not None and old.id == id:
                named[number], worked_out[id] = old, self.of_figure.get(id, {})
            else:
                named[number] = replace(f, id=id)
        self._figures, self.of_figure = named, worked_out
        self._number = {f.id: number for number, f in named.items()}
        return list(named.values())

    def begin(self, context: Context) -> None:
        """Forget everything where what the whole story tells has changed."""
        shared = (context.dead, context.revised)
        self._before = self._buckets if shared == self._shared else {}
        self._buckets, self._shared, self.related = {}, shared, 0

    def relate(self, context: Context, buckets: Iterable[Bucket]) -> list[Held]:
        """Return the relation of each two figures held together, as remembered where they were before."""
        found: list[Held] = []
        for bucket in buckets:
            kept = self._before.get(bucket.key)
            if kept is not None and not bucket.others and kept.still_in(bucket.own):
                held = kept.held + self._of(context, bucket, _new_pairs(bucket.own, kept.ids), {})
            else:
                pairs = chain(product(bucket.others, bucket.own), combinations(bucket.own, 2))
                held = self._of(context, bucket, pairs, kept.by_numbers() if kept is not None else {})
            if not bucket.others:
                self._buckets[bucket.key] = _Kept({id(f): self._number[f.id] for f in bucket.own}, bucket.own, held)
            found += held
        self._before = {}
        return found

    def _of(
        self, context: Context, bucket: Bucket, pairs: Iterable[tuple[Figure, Figure]], known: _Known
    ) -> list[Held]:
        found, number = [], self._number
        for a, b in pairs:
            if not together(context, bucket, a, b):
                continue
            before = known.get((number[a.id], number[b.id])) if known else None
            if before is None:
                self.related += 1
                held = hold(context, relate(context, a, b))
            else:
                held, in_order = before
                first, second = (a, b) if in_order else (b, a)
                if held.verdict.a is not first or held.verdict.b is not second:
                    held = hold(context, replace(held.verdict, a=first, b=second))
            found.append(held)
        return found


def _new_pairs(bucket: Sequence[Figure], old: Collection[int]) -> Iterator[tuple[Figure, Figure]]:
    """Yield every pair of a bucket that has a figure which is not among the old ones (by `id`), in the bucket's order."""
    for n, f in enumerate(bucket):
        if id(f) not in old:
            yield from zip(bucket[:n], repeat(f))
            yield from ((f, other) for other in bucket[n + 1 :] if id(other) in old)
