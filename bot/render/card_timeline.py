"""How the figures of a story moved: by measure and place, oldest first, with who said them and who revised whom."""

from collections.abc import Iterator

from bot.model import Comparison, Figure
from bot.render import card_texts as t
from bot.render import words
from bot.render.escape import cut, link
from bot.render.text import table_rows


def lines(c: Comparison) -> list[str]:
    """Return the lines of the timeline; a measure that is given once has not moved and is left out."""
    told: list[str] = []
    groups: dict[tuple[str, str], list[Figure]] = {}
    for f in table_rows(c):
        groups.setdefault((f.event or f.measure, words.place(f)), []).append(f)
    for (measure, place), figures in groups.items():
        rows = list(_rows(c, figures))
        if len(rows) > 1:
            name = ", ".join(x for x in (measure[:1].upper() + measure[1:], place) if x)
            told.append(f"**{cut(name, 80)}**")
            told += rows
    revised = [f for f in c.findings if f.kind in words.CHANGES]
    if revised:
        told.append(t.CHANGED)
        told += [f"- {cut(f.explanation, 300)}" for f in revised]
    return told


def _rows(c: Comparison, figures: list[Figure]) -> Iterator[str]:
    seen: set[tuple[object, ...]] = set()
    before: tuple[str, float] | None = None
    for f in sorted(figures, key=lambda f: (_when(c, f), f.low or f.high or 0.0, f.id)):
        a = c.article(f.article)
        number = f.value if f.value is not None else f.low
        key = (f.article, number, f.bound, f.voice)
        if key in seen:
            continue
        seen.add(key)
        # Never by an arrow alone: the words are what a screen reader tells. What two say on one day has not moved.
        moved, day = "", _when(c, f)
        if before is not None and number is not None and number != before[1] and day and day != before[0]:
            moved = t.UP if number > before[1] else t.DOWN
        who = ", ".join(x for x in (link(words.outlet(a), a.url), cut(f.voice, 60) if f.voice else "") if x)
        yield f"- {cut(words.when(f, a), 40)}: **{cut(f.printed, 40)}**{moved} ({who})"
        # What nobody dated is neither before nor after anything, so it moved from nowhere.
        before = (day, number) if number is not None and day else before


def _when(c: Comparison, f: Figure) -> str:
    return f.as_of or (f.period[1] or f.period[0] or "" if f.period else "") or c.article(f.article).published or ""
