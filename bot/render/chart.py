"""The chart of a comparison: a row for each figure, its interval as a bar, measures apart. Called in a worker only.

Everything is placed in inches: labels have columns of their own beside the rows, so nothing can overlap.
"""

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Picture
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter

from bot.model import Comparison, Figure
from bot.render import words
from bot.render.text import table_rows

MOST_ROWS = 30
MOST_ALT = 1_000
# Okabe and Ito (2008), without the yellow, which is faint on a light ground; a shape goes with each colour.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
SHAPES = ("o", "s", "^", "D", "v", "P", "X")
SIZES = dict(zip(SHAPES, (7.5, 7.0, 8.0, 6.5, 8.0, 9.5, 9.5), strict=True))
PAPER, INK, FAINT, GRID = "#FBFBF9", "#1B1B1B", "#55585C", "#D9DADC"
WIDTH, LEFT, RIGHT, DPI = 9.4, 3.35, 2.15, 140
ROW, HEAD, FOOT, TOP, BOTTOM = 0.34, 0.42, 0.34, 0.66, 0.42
SANS = "DejaVu Sans"


@dataclass(frozen=True, slots=True)
class Panel:
    """The figures of one measure."""

    name: str
    rows: tuple[Figure, ...]


def draw(c: Comparison, *, title: str | None = None) -> tuple[bytes, str]:
    """Draw a comparison; return a PNG and what it shows in words."""
    shown, left_out = panels(c)
    picture = compose(c, shown, left_out, title)
    out = io.BytesIO()
    with warnings.catch_warnings():
        # A name in a script that the font lacks is drawn as boxes; the table has it as text.
        warnings.simplefilter("ignore", UserWarning)
        picture.savefig(out, format="png", facecolor=PAPER, metadata={"Software": "Corrobot"})
    return out.getvalue(), alt(c, shown, left_out)


def compose(c: Comparison, shown: Sequence[Panel], left_out: int, title: str | None) -> Picture:
    """Lay the picture out: title, a panel for each measure, a line that explains the signs."""
    outlets = list(dict.fromkeys(words.outlet(c.article(f.article)) for p in shown for f in p.rows))
    height = TOP + BOTTOM + sum(HEAD + ROW * len(p.rows) + FOOT for p in shown) if shown else 2.0
    picture = Picture(figsize=(WIDTH, height), dpi=DPI, facecolor=PAPER)
    FigureCanvasAgg(picture)
    write = _Writer(picture, height)
    write(0.2, height - 0.34, words.short(title or "Figures by outlet", 80), size=13, weight="bold")
    if not shown:
        write(0.2, height - 1.0, "There are no figures to draw.", size=10, color=FAINT)
    flagged = {id for f in c.findings if f.flag for side in f.sides for id in side.figures}
    top = height - TOP
    for panel in shown:
        write(0.2, top - 0.2, words.short(panel.name, 80), size=10.5, weight="bold")
        top -= HEAD
        tall = ROW * len(panel.rows)
        axes = picture.add_axes(
            (LEFT / WIDTH, (top - tall) / height, (WIDTH - LEFT - RIGHT) / WIDTH, tall / height), facecolor=PAPER
        )
        _axes(axes, panel)
        for n, f in enumerate(panel.rows):
            style = outlets.index(words.outlet(c.article(f.article))) % len(COLOURS)
            _row(axes, f, n, COLOURS[style], SHAPES[style])
            y = top - ROW * (n + 0.5)
            mark, weight = ("⚠ ", "bold") if f.id in flagged else ("", "normal")
            write(LEFT - 0.12, y, mark + label(c, f), size=8, align="right", weight=weight)
            write(WIDTH - RIGHT + 0.12, y, words.short(f.printed, 27), size=8.5, weight=weight)
        top -= tall + FOOT
    note = "Bar: what the wording allows. Arrow: open end. Other colour and shape: other outlet."
    note += " ⚠: in conflict." if flagged else ""
    note += f" {left_out} more figures are in the table." if left_out else ""
    if shown:
        write(0.2, 0.2, note, size=7, color=FAINT)
    return picture


def panels(c: Comparison) -> tuple[list[Panel], int]:
    """Return the figures to draw by measure, those in conflict first, at most 30; and how many are left out."""
    flagged = {id for f in c.findings if f.flag for side in f.sides for id in side.figures}
    by: dict[tuple[str, str], list[Figure]] = {}
    # A time of day has neither end and is no length; the table tells it.
    rows = [f for f in table_rows(c) if f.low is not None or f.high is not None]
    for f in rows:
        by.setdefault((f.event or f.measure or f.type, f.type if f.type == "count" else f.unit or f.type), []).append(f)
    order = sorted(by, key=lambda k: (not any(f.id in flagged for f in by[k]), len(by[k]) < 2, -len(by[k]), k))
    found: list[Panel] = []
    room = MOST_ROWS
    for key in order:
        kept = sorted(by[key], key=lambda f: (f.id not in flagged, words.place(f), point(f) or 0.0))[:room]
        if kept:
            kept.sort(key=lambda f: (words.place(f), point(f) or 0.0, f.id))
            name, unit = key
            said = name if unit in {"count", name} or unit in name else f"{name} ({unit})"
            found.append(Panel(words.flat(said)[:1].upper() + words.flat(said)[1:], tuple(kept)))
            room -= len(kept)
    return found, len(rows) - sum(len(p.rows) for p in found)


def point(f: Figure) -> float | None:
    """Return the number that stands for a figure."""
    if f.bound == "range" and f.low is not None and f.high is not None:
        return (f.low + f.high) / 2
    return next((v for v in (f.value, f.low, f.high) if v is not None), None)


def label(c: Comparison, f: Figure) -> str:
    """Return who says it, where and when, in the width of the left column."""
    a = c.article(f.article)
    rest = [words.short(words.place(f), 20), words.date(f.as_of)]
    tail = "".join(f" · {part}" for part in rest if part)
    return words.short(words.outlet(a), max(14, 46 - len(tail))) + tail


def alt(c: Comparison, shown: Sequence[Panel], left_out: int) -> str:
    """Return the picture in words, for those who do not see it."""
    told = []
    for panel in shown:
        rows = "; ".join(f"{label(c, f)}: {words.flat(f.printed)}" for f in panel.rows)
        told.append(f"{panel.name}: {rows}.")
    text = "Chart of figures by outlet. " + " ".join(told) if told else "A chart without figures."
    more = f" {left_out} more figures are in the table." if left_out else ""
    return words.short(text, MOST_ALT - len(more)) + more


class _Writer:
    """Write text at a place in inches, never read as a formula."""

    def __init__(self, picture: Picture, height: float) -> None:
        self._picture = picture
        self._height = height

    def __call__(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        align: str = "left",
        weight: str = "normal",
        color: str = INK,
    ) -> None:
        self._picture.text(
            x / WIDTH,
            y / self._height,
            text,
            fontsize=size,
            ha=align,
            va="center",
            fontweight=weight,
            color=color,
            family=SANS,
            parse_math=False,
        )


def _axes(axes: Axes, panel: Panel) -> None:
    low, high, log = limits(panel.rows)
    if log:
        axes.set_xscale("log")
        axes.xaxis.set_minor_formatter(NullFormatter())
    else:
        axes.xaxis.set_major_locator(MaxNLocator(5, min_n_ticks=2, integer=panel.rows[0].type == "count"))
    axes.set_xlim(low, high)
    axes.set_ylim(len(panel.rows), 0)
    axes.set_yticks([])
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
    axes.tick_params(axis="x", labelsize=7.5, colors=FAINT, length=2, pad=2, which="both")
    for name in axes.get_xticklabels():
        name.set_fontfamily(SANS)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)


def limits(rows: Sequence[Figure]) -> tuple[float, float, bool]:
    """Return where the axis begins and ends, and whether it is logarithmic: so where values are 100-fold apart."""
    values = [v for f in rows for v in (f.low, f.high, point(f)) if v is not None]
    low, high = min(values), max(values)
    positive = [v for v in values if v > 0]
    if low >= 0 and positive and high / min(positive) > 100 and low > 0:
        return low / 1.6, high * 1.6, True
    if rows[0].type == "measure" and low > 0.6 * high > 0:
        # Magnitudes and the like are close together and far from zero: show the difference. Counts begin at zero.
        pad = (high - low) * 0.25 or abs(high) * 0.05
        return low - pad, high + pad, False
    pad = (high - min(low, 0.0)) * 0.1 or 1.0
    return (low - pad if low < 0 else 0.0), high + pad, False


def tick(value: float) -> str:
    """Return a short number for an axis."""
    for size, name in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
        if abs(value) >= size:
            return f"{value / size:g} {name}"
    return f"{value:,.6g}" if abs(value) < 1000 else f"{value:,.0f}"


def _row(axes: Axes, f: Figure, n: int, colour: str, shape: str) -> None:
    y = n + 0.5
    left, right = axes.get_xlim()
    middle = point(f)
    assert middle is not None
    low = left if f.low is None else max(f.low, left)
    high = right if f.high is None else min(f.high, right)
    if high > low:
        axes.plot([low, high], [y, y], color=colour, linewidth=2.6, alpha=0.55, solid_capstyle="butt")
    ends: dict[str, Any] = {"color": colour, "markersize": 7, "linestyle": "none", "clip_on": False, "alpha": 0.8}
    if f.high is None:
        axes.plot([right], [y], marker=5, **ends)  # a caret to the right
    if f.low is None:
        axes.plot([left], [y], marker=4, **ends)
    axes.plot(
        [min(max(middle, left), right)],
        [y],
        marker=shape,
        markersize=SIZES[shape],
        color=colour,
        markeredgecolor=PAPER,
        markeredgewidth=0.6,
        linestyle="none",
        clip_on=False,
        zorder=5,
    )
