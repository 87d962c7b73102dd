"""Dates and times: spans, granularity, and how they resolve against the publication date."""

from datetime import date

import pytest

from bot.language.dates import resolve
from bot.language.grammar import Grammar

PUBLISHED = date(2022, 3, 23)  # a Wednesday

TABLE: list[tuple[str, str, str, str]] = [
    ("It sank on March 22.", "March 22", "2022-03-22", "2022-03-22"),
    ("It sank on 22 March 2021.", "22 March 2021", "2021-03-22", "2021-03-22"),
    ("It sank on Monday.", "Monday", "2022-03-21", "2022-03-21"),
    ("It sank on Wednesday.", "Wednesday", "2022-03-23", "2022-03-23"),
    ("It sank last Wednesday.", "last Wednesday", "2022-03-16", "2022-03-16"),
    ("It sank yesterday.", "yesterday", "2022-03-22", "2022-03-22"),
    ("It sank two days ago.", "two days ago", "2022-03-21", "2022-03-21"),
    ("It sank last week.", "last week", "2022-03-14", "2022-03-20"),
    ("It sank last month.", "last month", "2022-02-01", "2022-02-28"),
    ("It sank in December.", "December", "2021-12-01", "2021-12-31"),
    ("It sank in 2014.", "2014", "2014-01-01", "2014-12-31"),
    ("It sank in the 1990s.", "the 1990s", "1990-01-01", "1999-12-31"),
    ("It sank on 2013-06-17.", "2013-06-17", "2013-06-17", "2013-06-17"),
]


@pytest.mark.parametrize(("text", "printed", "start", "end"), TABLE)
def test_resolves_against_publication(grammar: Grammar, text: str, printed: str, start: str, end: str) -> None:
    dates, _ = grammar.scan(text)
    assert [text[d.start : d.end] for d in dates] == [printed]
    when = resolve(dates[0], PUBLISHED)
    assert when is not None
    assert (when.start, when.end) == (start, end)


def test_a_year_is_never_taken_from_the_clock(grammar: Grammar) -> None:
    dates, _ = grammar.scan("It sank on March 22.")
    when = resolve(dates[0], None)
    assert when is not None
    assert when.start == "--03-22"


def test_tomorrows_weekday_stays_open(grammar: Grammar) -> None:
    # On a Wednesday "Thursday" is tomorrow or six days ago.
    dates, _ = grammar.scan("It sank on Thursday.")
    assert resolve(dates[0], PUBLISHED) is None


@pytest.mark.parametrize(
    "text", ["They may have died.", "The sun set on them.", "They march on.", "It was 11 percent."]
)
def test_words_that_look_like_dates_are_none(grammar: Grammar, text: str) -> None:
    assert grammar.scan(text)[0] == []


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("At 3:20 p.m. it rang.", 920),
        ("At 17:06 it rang.", 1026),
        ("At 1 a.m. it rang.", 60),
        ("At 0905 GMT it rang.", 545),
        ("At noon it rang.", 720),
    ],
)
def test_reads_times_of_day(grammar: Grammar, text: str, minute: int) -> None:
    dates, _ = grammar.scan(text)
    assert [d.minute for d in dates] == [minute]
