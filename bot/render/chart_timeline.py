"""The chart of a timeline: values over days on the left, who said them when on the right. Called in a worker only.

As in the other chart everything is placed in inches: the list has a column of its own, so no label can cover a point.
"""

import io
import warnings
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Picture
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from bot.model import Comparison
from bot.render import chart, words
from bot.render.chart import COLOURS, DPI, FAINT, GRID, PAPER, SHAPES, SIZES, WIDTH
from bot.render.moves import Moved, Told, moved

LEFT, PLOT, MARK, PRINTED = 0.75, 3.45, 4.62, 4.8
ROW, HEAD, FOOT, TOP, BOTTOM, LEAST = 0.3, 0.42, 0.5, 0.66, 0.58, 1.6
MOST_PRINTED = 22
# How far apart points of one day stand, in inches.
APART = 0.17


def draw(c: Comparison, *, title: str | None = None) -> tuple[bytes, str]:
    """Draw how figures moved; return a PNG and what it shows in words."""
    shown = moved(c)
    picture = compose(c, shown, title)
    out = io.BytesIO()
    with warnings.catch_warnings():
        # A name in a script that the font lacks is drawn as boxes; the card has it as text.
        warnings.simplefilter("ignore", UserWarning)
        picture.savefig(out, format="png", facecolor=PAPER, metadata={"Software": "Corrobot"})
    return out.getvalue(), alt(c, shown)


def compose(c: Comparison, shown: Sequence[Moved], title: str | None) -> Picture:
    """Lay the picture out: title, a panel for each measure and place, lines that explain the signs."""
    outlets = list(dict.fromkeys(words.outlet(c.article(t.figure.article)) for p in shown for t in p.rows))
    height = TOP + BOTTOM + sum(HEAD + _tall(p) + FOOT for p in shown) if shown else 2.0
    picture = Picture(figsize=(WIDTH, height), dpi=DPI, facecolor=PAPER)
    FigureCanvasAgg(picture)
    write = chart._Writer(picture, height)
    write(0.2, height - 0.34, words.short(title or "Figures over time", 80), size=13, weight="bold")
    if not shown:
        write(0.2, height - 1.0, "No figure was told on two days.", size=10, color=FAINT)
    top = height - TOP
    for panel in shown:
        write(0.2, top - 0.2, words.short(panel.name, 80), size=10.5, weight="bold")
        top -= HEAD
        tall = _tall(panel)
        axes = picture.add_axes((LEFT / WIDTH, (top - tall) / height, PLOT / WIDTH, tall / height), facecolor=PAPER)
        styles = [outlets.index(words.outlet(c.article(t.figure.article))) % len(COLOURS) for t in panel.rows]
        _plot(axes, c, panel.rows, styles)
        aside = PRINTED + 0.25 + max(0.085 * len(words.short(t.figure.printed, MOST_PRINTED)) for t in panel.rows)
        for n, (told, style) in enumerate(zip(panel.rows, styles, strict=True)):
            y = top - ROW * (n + 0.5)
            picture.add_artist(_mark(MARK / WIDTH, y / height, told, style, transform=picture.transFigure))
            write(PRINTED, y, words.short(told.figure.printed, MOST_PRINTED), size=8.5, weight="bold")
            write(aside, y, words.short(who(c, told), 42), size=7.5)
        if panel.left:
            y = top - ROW * (len(panel.rows) + 0.5)
            write(PRINTED, y, f"{panel.left} more between them are in the text.", size=7.5, color=FAINT)
        top -= tall + FOOT
    if shown:
        write(
            0.2, 0.38, "Filled: the day the figure holds for. Hollow: only its article is dated.", size=7, color=FAINT
        )
        signs = "Dashes: the same voice. Bar: what the wording allows. Arrow: open end. Other colour and shape: other outlet."
        write(0.2, 0.18, signs, size=7, color=FAINT)
    return picture


def who(c: Comparison, told: Told) -> str:
    """Return when somebody said a figure, who, and where it was printed."""
    outlet = words.outlet(c.article(told.figure.article))
    voice = words.short(told.figure.voice or "", 20)
    day = words.date(told.day.isoformat()).rsplit(" ", 1)[0]
    return f"{day} · {voice}, {words.short(outlet, 38 - len(voice) - len(day))}" if voice else f"{day} · {outlet}"


def alt(c: Comparison, shown: Sequence[Moved]) -> str:
    """Return the picture in words, for those who do not see it."""
    told = [f"{p.name}: {'; '.join(f'{who(c, t)}: {words.flat(t.figure.printed)}' for t in p.rows)}." for p in shown]
    return words.short(
        "Timeline of figures. " + " ".join(told) if told else "A timeline without figures.", chart.MOST_ALT
    )


def _tall(panel: Moved) -> float:
    return max(LEAST, ROW * (len(panel.rows) + bool(panel.left)))


def _plot(axes: Axes, c: Comparison, rows: Sequence[Told], styles: Sequence[int]) -> None:
    days = [t.day.toordinal() for t in rows]
    low, high, log = chart.limits([t.figure for t in rows])
    pad = max(0.6, (max(days) - min(days)) * 0.14)
    axes.set_xlim(min(days) - pad, max(days) + pad)
    if log:
        axes.set_yscale("log")
    axes.set_ylim(low, high)
    _axes(axes, rows, days, log)
    places = _spread(axes, days)
    _joined(axes, c, rows, places)
    for told, style, x in zip(rows, styles, places, strict=True):
        f = told.figure
        middle = chart.point(f)
        assert middle is not None
        bottom = low if f.low is None else max(f.low, low)
        top = high if f.high is None else min(f.high, high)
        if top > bottom:
            axes.plot([x, x], [bottom, top], color=COLOURS[style], linewidth=2.4, alpha=0.5, solid_capstyle="butt")
        ends: dict[str, Any] = {"color": COLOURS[style], "markersize": 6, "linestyle": "none", "clip_on": False}
        if f.high is None:
            axes.plot([x], [high], marker=6, **ends)  # a caret upwards
        if f.low is None:
            axes.plot([x], [low], marker=7, **ends)
        axes.add_artist(_mark(x, min(max(middle, low), high), told, style))


def _mark(x: float, y: float, told: Told, style: int, **more: Any) -> Line2D:
    shape, colour = SHAPES[style], COLOURS[style]
    filled = colour if told.stated else PAPER
    look: dict[str, Any] = {"markerfacecolor": filled, "markeredgecolor": colour, "markeredgewidth": 1.4}
    return Line2D(
        [x], [y], marker=shape, markersize=SIZES[shape] - 0.8, linestyle="none", clip_on=False, zorder=5, **look, **more
    )


def _axes(axes: Axes, rows: Sequence[Told], days: Sequence[int], log: bool) -> None:
    distinct = sorted(set(days))
    far = all(b - a >= (distinct[-1] - distinct[0]) / 6 for a, b in pairwise(distinct))
    if len(distinct) <= 5 and far:
        axes.xaxis.set_major_locator(FixedLocator(distinct))
    else:
        axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    years = len({t.day.year for t in rows}) > 1
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _day(value, years)))
    if not log:
        axes.yaxis.set_major_locator(MaxNLocator(4, min_n_ticks=2, integer=rows[0].figure.type == "count"))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: chart.tick(value)))
    axes.tick_params(axis="both", labelsize=7.5, colors=FAINT, length=2, pad=3, which="both")
    axes.tick_params(axis="y", which="minor", labelleft=False)
    for name in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        name.set_fontfamily(chart.SANS)
    axes.grid(color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("bottom", "left"):
        axes.spines[side].set_color(FAINT)


def _day(value: float, years: bool) -> str:
    told = words.date(date.fromordinal(max(1, round(value))).isoformat())
    return told.split(" ", 1)[1] if years else told.rsplit(" ", 1)[0]


def _spread(axes: Axes, days: Sequence[int]) -> list[float]:
    """Return where points stand: those of one day beside each other."""
    left, right = axes.get_xlim()
    distinct = sorted(set(days))
    # Never so far that they stand on another day.
    most = 0.8 * min((b - a for a, b in pairwise(distinct)), default=1) / max(days.count(day) for day in distinct)
    step = min((right - left) * APART / PLOT, most)
    found = []
    for n, day in enumerate(days):
        same = [k for k, other in enumerate(days) if other == day]
        found.append(day + (same.index(n) - (len(same) - 1) / 2) * step)
    return found


def _joined(axes: Axes, c: Comparison, rows: Sequence[Told], places: Sequence[float]) -> None:
    """Join what one voice said over time, else what one outlet printed."""
    lines: dict[str, list[tuple[float, float]]] = {}
    for told, x in zip(rows, places, strict=True):
        f = told.figure
        said = (f.voice or words.outlet(c.article(f.article))).casefold()
        lines.setdefault(said, []).append((x, chart.point(f) or 0.0))
    for points in lines.values():
        if len(points) > 1:
            xs, ys = zip(*points, strict=True)
            axes.plot(xs, ys, color=FAINT, linewidth=1.0, linestyle=(0, (4, 3)), zorder=2)
