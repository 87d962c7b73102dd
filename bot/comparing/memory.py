"""What the last comparison of a story found of each pair: a new article is held against the others, nothing else again.

A verdict depends on its two figures, their articles and what the story tells of them (who is dead, which number was
revised); where that has changed nothing is taken over. So a remembered comparison equals one made anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.comparing.context import Context
from bot.comparing.relate import Verdict, relate
from bot.model import Article, Figure


class Memory:
    """The verdicts of one story by the two figures as they were read; grows and shrinks with the story."""

    def __init__(self) -> None:
        self.related = 0
        self._numbers: dict[tuple[Article, Figure], int] = {}
        self._figures: dict[int, Figure] = {}
        self._number: dict[str, int] = {}
        # By the numbers of the two figures: the verdict, and whether it names the first one first.
        self._told: dict[tuple[int, int], tuple[Verdict, bool]] = {}
        self._next: dict[tuple[int, int], tuple[Verdict, bool]] = {}
        self._shared: tuple[object, ...] = ()

    def name(self, articles: Mapping[str, Article], figures: Sequence[Figure]) -> list[Figure]:
        """Return the figures of a story as f1, f2, ... in the order given, the very same ones where nothing changed."""
        identities = {id: _identity(a, articles) for id, a in articles.items()}
        numbers: dict[tuple[Article, Figure], int] = {}
        named: dict[int, Figure] = {}
        last = max(self._figures, default=0)
        for n, read in enumerate(figures, 1):
            key = (identities[read.article], read)
            number = self._numbers.get(key)
            if number is None:
                number = last = last + 1
            old = self._figures.get(number)
            numbers[key] = number
            named[number] = old if old is not None and old.id == f"f{n}" else replace(read, id=f"f{n}")
        self._numbers, self._figures = numbers, named
        self._number = {f.id: number for number, f in named.items()}
        return list(named.values())

    def begin(self, context: Context) -> None:
        """Forget everything where what the whole story tells has changed."""
        shared = (context.dead, context.revised)
        if shared != self._shared:
            self._told = {}
        self._shared, self._next, self.related = shared, {}, 0

    def relate(self, context: Context, a: Figure, b: Figure) -> Verdict:
        """Return the relation of two figures, as remembered where they were held together before."""
        key = (self._number[a.id], self._number[b.id])
        found = self._told.get(key)
        if found is None:
            self.related += 1
            verdict = relate(context, a, b)
            self._next[key] = (verdict, verdict.a is a)
            return verdict
        verdict, in_order = found
        first, second = (a, b) if in_order else (b, a)
        if verdict.a is not first or verdict.b is not second:
            verdict = replace(verdict, a=first, b=second)
            found = (verdict, in_order)
        self._next[key] = found
        return verdict

    def end(self) -> None:
        """Forget the pairs that the story no longer has."""
        self._told = self._next


def _identity(article: Article, articles: Mapping[str, Article]) -> Article:
    """Return an article without its id, and with its origin's text in place of that one's id."""
    origin = articles.get(article.copy_of or "")
    return replace(article, id="", copy_of=origin.text if origin is not None else article.copy_of)
