"""What the last comparison of a story found of each pair: a new article is held against the others, nothing else again.

A verdict depends on its two figures, all that their articles say, and what the story tells of them (who is dead, which
number was revised); where that has changed nothing is taken over. So a remembered comparison equals one made anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count

from bot.comparing.context import Context, Memo
from bot.comparing.copies import Shares
from bot.comparing.relate import relate
from bot.comparing.rows import Held, hold
from bot.model import Article, Figure

# The one that an article copies, and every figure of it: with the article, what a verdict may depend on.
_Said = tuple[Article | None, tuple[Figure, ...]]
# The figures of one article are numbered from a multiple of this on; a text of 2 MB has not half as many.
_ROOM = 1_000_000


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
        # By the numbers of the two figures what was held together, and whether its verdict names the first one first:
        # in the last comparison, and in this one.
        self._before: dict[tuple[int, int], tuple[Held, bool]] = {}
        self._pairs: dict[tuple[int, int], tuple[Held, bool]] = {}
        self._shared: tuple[object, ...] = ()

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
        self._before = self._pairs if shared == self._shared else {}
        self._pairs, self._shared, self.related = {}, shared, 0

    def relate(self, context: Context, pairs: Iterable[tuple[Figure, Figure]]) -> list[Held]:
        """Return the relation of each pair of figures, as remembered where they were held together before."""
        number, before, now, found = self._number, self._before, self._pairs, []
        for a, b in pairs:
            key = (number[a.id], number[b.id])
            known = before.get(key)
            if known is None:
                self.related += 1
                verdict = relate(context, a, b)
                known = hold(context, verdict), verdict.a is a
            else:
                verdict, in_order = known[0].verdict, known[1]
                first, second = (a, b) if in_order else (b, a)
                if verdict.a is not first or verdict.b is not second:
                    known = hold(context, replace(verdict, a=first, b=second)), in_order
            now[key] = known
            found.append(known[0])
        self._before = {}
        return found
