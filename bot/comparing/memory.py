"""What the last comparison of a story found of each pair: a new article is held against the others, nothing else again.

A verdict depends on its two figures, all that their articles say, and what the story tells of them (who is dead, which
number was revised); where that has changed nothing is taken over. So a remembered comparison equals one made anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from bot.comparing.context import Context
from bot.comparing.relate import relate
from bot.comparing.rows import Held, hold
from bot.model import Article, Figure

# An article, the one it copies, and every figure of it: what a verdict may depend on.
_Said = tuple[Article, Article | None, tuple[Figure, ...]]
# The figures of one article are numbered from a multiple of this on; a text of 2 MB has not half as many.
_ROOM = 1_000_000


@dataclass(slots=True)
class _Pair:
    """A pair as it was held together, whether its verdict names the first figure first, and in which round last."""

    held: Held
    in_order: bool
    round: int = 0


class Memory:
    """The verdicts of one story by the numbers of their figures; grows and shrinks with the story."""

    def __init__(self) -> None:
        self.related = 0
        self._fresh = count(_ROOM, _ROOM)
        self._first: dict[_Said, int] = {}
        self._figures: dict[int, Figure] = {}
        self._number: dict[str, int] = {}
        # By the numbers of the two figures.
        self._pairs: dict[tuple[int, int], _Pair] = {}
        self._round = 0
        self._shared: tuple[object, ...] = ()

    def name(self, articles: Mapping[str, Article], figures: Sequence[Figure]) -> list[Figure]:
        """Return the figures of a story as f1, f2, ... in the order given, the very same ones where nothing changed."""
        own: dict[str, list[Figure]] = {}
        for f in figures:
            own.setdefault(f.article, []).append(f)
        said = {id: (articles[id], articles.get(articles[id].copy_of or ""), tuple(read)) for id, read in own.items()}
        self._first = {s: self._first.get(s) or next(self._fresh) for s in said.values()}
        following = {id: self._first[s] for id, s in said.items()}
        named: dict[int, Figure] = {}
        for n, f in enumerate(figures, 1):
            number = following[f.article]
            following[f.article] += 1
            old = self._figures.get(number)
            named[number] = old if old is not None and old.id == f"f{n}" else replace(f, id=f"f{n}")
        self._figures = named
        self._number = {f.id: number for number, f in named.items()}
        return list(named.values())

    def begin(self, context: Context) -> None:
        """Forget everything where what the whole story tells has changed."""
        shared = (context.dead, context.revised)
        if shared != self._shared:
            self._pairs = {}
        self._shared, self.related, self._round = shared, 0, self._round + 1

    def relate(self, context: Context, a: Figure, b: Figure) -> Held:
        """Return the relation of two figures, as remembered where they were held together before."""
        key = (self._number[a.id], self._number[b.id])
        pair = self._pairs.get(key)
        if pair is None:
            self.related += 1
            verdict = relate(context, a, b)
            pair = self._pairs[key] = _Pair(hold(context, verdict), verdict.a is a)
        else:
            verdict = pair.held.verdict
            first, second = (a, b) if pair.in_order else (b, a)
            if verdict.a is not first or verdict.b is not second:
                pair.held = hold(context, replace(verdict, a=first, b=second))
        pair.round = self._round
        return pair.held

    def end(self) -> None:
        """Forget the pairs that the story no longer has."""
        self._pairs = {key: pair for key, pair in self._pairs.items() if pair.round == self._round}
