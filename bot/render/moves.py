"""Which figures of a story were told on more than one day: what its timeline draws. Knows no drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.model import Article, Comparison, Figure
from bot.render import words
from bot.render.text import table_rows

MOST_PANELS = 4
MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class Told:
    """A figure and its day; `stated` where the figure itself is dated and not only its article."""

    figure: Figure
    day: date
    stated: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """One measure in one place over time, oldest first; `left` were told as well and are not drawn."""

    name: str
    rows: tuple[Told, ...]
    left: int = 0


def moved(c: Comparison) -> list[Moved]:
    """Return what was told on at least two days, what is in conflict or changed first, then what was told most often."""
    disputed = {id for f in c.findings if f.flag or f.kind in words.CHANGES for side in f.sides for id in side.figures}
    groups: dict[tuple[str, str, str], list[Told]] = {}
    for f in table_rows(c):
        if (f.low is not None or f.high is not None) and (told := _told(f, c.article(f.article))):
            unit = "" if f.type == "count" else f.unit or f.type
            groups.setdefault((f.event or f.measure or f.type, unit, words.place(f)), []).append(told)
    found = []
    for (measure, unit, place), rows in groups.items():
        kept = _first(rows, c)
        if len({one.day for one in kept}) < 2:
            continue
        name = f"{measure} ({unit})" if unit and unit not in measure else measure
        name = ", ".join(x for x in (name[:1].upper() + name[1:], place) if x)
        years = sorted({one.day.year for one in kept})
        name += f" ({years[0]})" if len(years) == 1 else f" ({years[0]} to {years[-1]})"
        # The first and the newest say most of how a figure moved.
        half = MOST_ROWS // 2
        drawn = kept if len(kept) <= MOST_ROWS else [*kept[:half], *kept[-half:]]
        found.append((not any(t.figure.id in disputed for t in kept), -len(kept), name, drawn, len(kept) - len(drawn)))
    found.sort(key=lambda one: one[:3])
    return [Moved(words.flat(name), tuple(rows), left) for _, _, name, rows, left in found[:MOST_PANELS]]


def _first(rows: Sequence[Told], c: Comparison) -> list[Told]:
    """Return rows oldest first; one article that says the same twice says it once."""
    seen: dict[tuple[object, ...], Told] = {}
    for one in sorted(rows, key=lambda t: (t.day, t.figure.low or t.figure.high or 0.0, t.figure.id)):
        f = one.figure
        seen.setdefault((words.outlet(c.article(f.article)), one.day, f.low, f.high, f.voice), one)
    return list(seen.values())


def _told(f: Figure, a: Article) -> Told | None:
    """Return a figure with its day; None where nobody says it, or says it without a year."""
    own = f.as_of or (f.period[1] or f.period[0] if f.period else None)
    if own and (day := _day(own, a.published)):
        return Told(f, day, True)
    if not own and a.published_from != "guess" and (day := _day(a.published or "", None)):
        return Told(f, day, False)
    return None


def _day(value: str, published: str | None) -> date | None:
    if value.startswith("--"):
        # A day without its year is of the year that its article came out in.
        value = f"{published[:4]}-{value[2:]}" if published else ""
    try:
        return date.fromisoformat(value[:10] if len(value) >= 10 else f"{value[:7]}-01")
    except ValueError:
        return None
