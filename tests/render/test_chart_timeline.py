"""The chart of a timeline: what was told on two days, nothing over anything else, and the same in words."""

import warnings
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
from matplotlib.lines import Line2D

from bot.model import Article, Comparison
from bot.render import chart_timeline
from bot.render.chart import SHAPES
from bot.render.moves import MOST_PANELS, MOST_ROWS, moved

from .story import comparison, figure, many


def story(*told: tuple[str, str, float, str], **more: Any) -> Comparison:
    """Make a story of articles, each with its outlet, its day, its count and who says it."""
    articles, figures = [], []
    for n, (outlet, day, count, voice) in enumerate(told, 1):
        printed = f"{count:g}"
        a = Article(
            f"a{n}", f"{n}.txt", f"{printed} people were killed.", outlet=outlet, published=day, published_from="header"
        )
        articles.append(a)
        figures.append(figure(f"f{n}", a, printed, count, count, place="Harbin", voice=voice or None, **more))
    return Comparison(tuple(articles), tuple(figures), (), (), (), 0, {}, ())


def crowded(days: int, each: int) -> Comparison:
    """Make a story whose toll many outlets with long names tell on many days, in words that are long as well."""
    told = [
        (f"The {'Very ' * (n % 6)}Long Gazette {n}", f"2024-05-{1 + d:02}", 10.0 + 7 * d + n, "the ministry of the interior" * (n % 2))
        for d in range(days)
        for n in range(each)
    ]  # fmt: skip
    c = story(*told)
    wide = tuple(
        replace(f, printed=f"no fewer than {f.printed} men, women and children", high=None if n % 3 else f.high)
        for n, f in enumerate(c.figures)
    )
    return replace(c, figures=wide)


def test_only_what_was_told_on_two_days_is_drawn_oldest_first() -> None:
    c = story(
        ("North", "2024-05-08", 21, "police"),
        ("South", "2024-05-06", 12, "police"),
        ("South", "2024-05-06", 12, "police"),
    )
    [panel] = moved(c)
    assert panel.name == "Killed, Harbin (2024)"
    assert [(t.day.day, t.figure.low, t.stated) for t in panel.rows] == [(6, 12, False), (8, 21, False)]
    assert moved(story(("North", "2024-05-06", 12, ""), ("South", "2024-05-06", 18, ""))) == []
    undated = replace(c, articles=tuple(replace(a, published=None) for a in c.articles))
    assert moved(undated) == []
    guessed = replace(c, articles=tuple(replace(a, published_from="guess") for a in c.articles))
    assert moved(guessed) == []


def test_a_figure_with_its_own_day_stands_on_it() -> None:
    c = story(("North", "2024-05-08", 21, ""), ("South", "2024-05-06", 12, ""))
    first, second = c.figures
    [panel] = moved(replace(c, figures=(replace(first, as_of="--05-07"), replace(second, as_of="2023-12"))))
    assert panel.name == "Killed, Harbin (2023 to 2024)"
    assert [(t.day.isoformat(), t.stated) for t in panel.rows] == [("2023-12-01", True), ("2024-05-07", True)]


@pytest.mark.parametrize(("days", "each"), [(2, 1), (3, 4), (9, 3), (28, 1)])
def test_no_label_overlaps_another_or_leaves_the_picture(days: int, each: int) -> None:
    c = crowded(days, each)
    shown = moved(c)
    [panel] = shown
    assert len(panel.rows) == min(days * each, MOST_ROWS)
    assert panel.left == max(0, days * each - MOST_ROWS)
    picture = chart_timeline.compose(c, shown, "A title that goes on and on " * 5)
    canvas: Any = picture.canvas
    canvas.draw()
    renderer = canvas.get_renderer()
    [axes] = picture.axes
    low, high = axes.get_xlim()
    floor, top = axes.get_ylim()
    ticks = [t for t in axes.get_xticklabels() if low <= t.get_position()[0] <= high]
    ticks += [t for t in axes.get_yticklabels() if floor <= t.get_position()[1] <= top]
    texts = [*picture.texts, *ticks]
    boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in texts if t.get_text()]
    assert len(boxes) > 2 * len(panel.rows)
    for (one, a), (two, b) in combinations(boxes, 2):
        assert not a.padded(-1).overlaps(b.padded(-1)), f"{one!r} overlaps {two!r}"
    for name, box in boxes:
        assert picture.bbox.x0 <= box.x0 < box.x1 <= picture.bbox.x1, f"{name!r} is cut off"
        assert picture.bbox.y0 <= box.y0 < box.y1 <= picture.bbox.y1, f"{name!r} is cut off"
    right = axes.get_window_extent(renderer).x1
    assert all(box.x0 > right for name, box in boxes if " · " in name), "the list stands beside the plot"


def test_points_of_one_day_stand_beside_each_other() -> None:
    c = story(*((f"Outlet {n}", "2024-05-06", 12.0, "") for n in range(4)), ("Late", "2024-05-09", 12.0, ""))
    picture = chart_timeline.compose(c, moved(c), None)
    [axes] = picture.axes
    drawn = [line for line in axes.get_children() if isinstance(line, Line2D) and line.get_marker() in SHAPES]
    marks = sorted(float(np.asarray(line.get_xdata())[0]) for line in drawn)
    inches = (axes.get_xlim()[1] - axes.get_xlim()[0]) / chart_timeline.PLOT
    assert len(marks) == 5
    assert all(b - a >= 0.9 * chart_timeline.APART * inches for a, b in pairwise(marks))


def test_a_picture_comes_with_its_words_and_no_story_gets_too_many_panels() -> None:
    c = story(("North", "2024-05-06", 12, "police"), ("South", "2024-05-08", 21, "police"))
    png, alt = chart_timeline.draw(c, title="Bridge")
    assert png.startswith(b"\x89PNG\r\n")
    assert alt == "Timeline of figures. Killed, Harbin (2024): 6 May · police, North: 12; 8 May · police, South: 21."
    _, long = chart_timeline.draw(crowded(28, 1))
    assert len(long) <= 1024
    dated = many(45, 9)
    later = tuple(replace(f, as_of=f"2024-05-{1 + n % 28:02}", place=None) for n, f in enumerate(dated.figures))
    assert len(moved(replace(dated, figures=later))) == MOST_PANELS


def test_formulas_foreign_letters_and_nothing_at_all_are_drawn() -> None:
    c = story(("Покрытие $\\frac$ 朝日", "2024-05-06", 12, "$x$"), ("South", "2024-05-08", 2_100_000, ""))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        png, _ = chart_timeline.draw(c, title="Cost $x_{$")
        empty, alt = chart_timeline.draw(comparison())
    assert png.startswith(b"\x89PNG")
    assert empty.startswith(b"\x89PNG")
    assert alt == "A timeline without figures."
