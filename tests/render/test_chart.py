"""The chart: nothing overlaps from 2 to 30 rows, and it is told in words."""

import warnings
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from bot.model import Article, Comparison
from bot.render import chart

from .story import comparison, many


@pytest.mark.parametrize(("rows", "measures"), [(2, 1), (2, 2), (30, 1), (30, 11)])
def test_no_label_overlaps_another_or_leaves_the_picture(rows: int, measures: int) -> None:
    c = many(rows, measures)
    shown, left_out = chart.panels(c)
    assert sum(len(p.rows) for p in shown) + left_out == rows
    assert sum(len(p.rows) for p in shown) == min(rows, 30)
    picture = chart.compose(c, shown, left_out, "A title that goes on and on " * 5)
    canvas: Any = picture.canvas
    canvas.draw()
    renderer = canvas.get_renderer()
    texts = [*picture.texts, *(t for axes in picture.axes for t in axes.get_xticklabels())]
    boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in texts if t.get_text()]
    for axes in picture.axes:
        low, high = sorted(axes.get_xlim())
        hidden = {t.get_text() for t in axes.get_xticklabels() if not low <= t.get_position()[0] <= high}
        boxes = [
            (name, box) for name, box in boxes if name not in hidden or name in {x.get_text() for x in picture.texts}
        ]
    for (one, a), (two, b) in combinations(boxes, 2):
        # Letters' boxes may touch by a pixel.
        assert not a.padded(-1).overlaps(b.padded(-1)), f"{one!r} overlaps {two!r}"
    for name, box in boxes:
        assert box.x0 >= 0, f"{name!r} is cut off"
        assert box.x1 <= picture.bbox.x1, f"{name!r} is cut off"


def test_a_picture_comes_with_its_words() -> None:
    png, alt = chart.draw(comparison(), title="Bridge")
    assert png.startswith(b"\x89PNG\r\n")
    assert alt.startswith("Chart of figures by outlet. Killed: ")
    assert "Harbin: At least 12" in alt
    assert "37" in alt
    _, long = chart.draw(many(45, 3))
    assert len(long) <= 1024
    assert long.endswith("15 more figures are in the table.")


def test_formulas_foreign_letters_and_nothing_at_all_are_drawn() -> None:
    c = comparison()
    odd = Article("a1", "i", "$12 $x^2$ 12", outlet="Покрытие $\\frac$ 朝日")
    figures = (replace(c.figures[1], article="a1", printed="$12 $x^2$"),)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        png, _ = chart.draw(Comparison((odd,), figures, (), (), (), 0, {}, ()), title="Cost $x_{$")
        empty, alt = chart.draw(Comparison((), (), (), (), (), 0, {}, ()))
    assert png.startswith(b"\x89PNG")
    assert empty.startswith(b"\x89PNG")
    assert alt == "A chart without figures."


def test_axes_begin_at_zero_for_counts_and_show_differences_of_measures() -> None:
    c = comparison()
    assert chart.limits(c.figures) == (0.0, 40.7, False)
    close = [replace(f, type="measure", low=v, high=v, value=v) for f, v in zip(c.figures, (7.3, 7.6), strict=False)]
    low, high, log = chart.limits(close)
    assert 7 < low < 7.3 < 7.6 < high < 8
    assert not log
    assert [chart.tick(v) for v in (0, 7.25, 1500, 2_500_000, 13_000_000_000)] == [
        "0",
        "7.25",
        "1,500",
        "2.5 m",
        "13 bn",
    ]
