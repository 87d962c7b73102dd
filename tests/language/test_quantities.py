"""The number grammar against a table: printed span, type, interval, bound, unit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.grammar import Grammar

Row = tuple[str, str, str, float | None, float | None, str, str | None]

TABLE: list[Row] = [
    ("At least 977 huts burned.", "At least 977", "count", 977, None, "at_least", None),
    ("More than 2,400 crates sank.", "More than 2,400", "count", 2400, None, "more_than", None),
    ("It took as many as 30 crates.", "as many as 30", "count", 0, 30, "at_most", None),
    ("Fewer than 30 crates sank.", "Fewer than 30", "count", 0, 30, "less_than", None),
    ("Roughly 1,000 crates sank.", "Roughly 1,000", "count", 900, 1100, "about", None),
    ("Nearly 500 crates sank.", "Nearly 500", "count", 450, 500, "about", None),
    ("An estimated 50 crates sank.", "An estimated 50", "count", 45, 55, "about", None),
    ("Only 12 crates sank.", "12", "count", 12, 12, "exact", None),
    ("15 or more crates sank.", "15 or more", "count", 15, None, "at_least", None),
    ("He has 50-plus crates.", "50-plus", "count", 50, None, "at_least", None),
    ("Between 10 and 15 crates sank.", "Between 10 and 15", "count", 10, 15, "range", None),
    ("Six to 10 crates sank.", "Six to 10", "count", 6, 10, "range", None),
    ("Three or four crates sank.", "Three or four", "count", 3, 4, "range", None),
    ("Two and a half million crates sank.", "Two and a half million", "count", 2.5e6, 2.5e6, "exact", None),
    ("Half a million crates sank.", "Half a million", "count", 5e5, 5e5, "exact", None),
    ("A dozen crates sank.", "A dozen", "count", 12, 12, "exact", None),
    ("Dozens of crates sank.", "Dozens", "count", 24, 100, "vague", None),
    ("Thousands of crates sank.", "Thousands", "count", 2000, None, "vague", None),
    (
        "Twenty-one thousand five hundred crates sank.",
        "Twenty-one thousand five hundred",
        "count",
        21500,
        21500,
        "exact",
        None,
    ),
    ("About 12,34,567 crates sank.", "About 12,34,567", "count", 1111110.3, 1358023.7, "about", None),
    ("A third of the crates sank.", "A third", "ratio", 1 / 3, 1 / 3, "exact", None),
    ("One in four crates sank.", "One in four", "ratio", 0.25, 0.25, "exact", None),
    ("3 out of 5 crates sank.", "3 out of 5", "ratio", 0.6, 0.6, "exact", None),
    ("Up to 80 percent sank.", "Up to 80 percent", "percent", 0, 80, "at_most", "percent"),
    ("It cost $13.9bn in all.", "$13.9bn", "money", 13.9e9, 13.9e9, "exact", "USD"),
    ("It cost some €103 million.", "some €103 million", "money", 92.7e6, 113.3e6, "about", "EUR"),
    ("It cost two million euros.", "two million euros", "money", 2e6, 2e6, "exact", "EUR"),
    ("It cost $12 billion to $13 billion.", "$12 billion to $13 billion", "money", 12e9, 13e9, "range", "USD"),
    ("It cost C$40 more.", "C$40", "money", 40, 40, "exact", "CAD"),
    ("It fell by 40 cents.", "40 cents", "money", 0.4, 0.4, "exact", "USD"),
    ("It lies 3 km off.", "3 km", "measure", 3000, 3000, "exact", "metre"),
    ("It lies less than 25 miles off.", "less than 25 miles", "measure", 0, 40233.6, "less_than", "metre"),
    ("A 5.6-magnitude quake struck.", "5.6-magnitude", "measure", 5.6, 5.6, "exact", "magnitude"),
    ("A magnitude-5.2 quake struck.", "5.2", "measure", 5.2, 5.2, "exact", "magnitude"),
    ("Two 7.6 and 7.5 magnitude tremors struck.", "7.6", "measure", 7.6, 7.6, "exact", "magnitude"),
    ("It lasted about three hours.", "about three hours", "duration", 9720, 11880, "about", "second"),
    ("It lasted an hour and a half.", "an hour and a half", "duration", 5400, 5400, "exact", "second"),
    ("It lies two miles and a half off.", "two miles and a half", "measure", 4023.36, 4023.36, "exact", "metre"),
    ("Two tremors, measuring 7.6 and 7.5, shook it.", "7.5", "measure", 7.5, 7.5, "exact", "magnitude"),
    ("The suspect is 5-foot-8, 135 pounds.", "135 pounds", "measure", 61.235, 61.235, "exact", "kilogram"),
    ("A 500-pound bomb sank it.", "500-pound", "measure", 226.796, 226.796, "exact", "kilogram"),
    ("A 500-pound fine was set.", "500-pound", "money", 500, 500, "exact", "GBP"),
    ("He weighs 19 stone 6 pounds.", "19 stone 6 pounds", "measure", 123.37712464, 123.37712464, "exact", "kilogram"),
    ("It passed 110F (43.3C).", "110F", "measure", 43.3333333333, 43.3333333333, "exact", "degree Celsius"),
    ("It has warmed by 1.2C.", "1.2C", "measure", 1.2, 1.2, "exact", "degree Celsius"),
    ("It rose 12-1/4 cents.", "12-1/4 cents", "money", 0.1225, 0.1225, "exact", "USD"),
    ("It paid 85 US cents.", "85 US cents", "money", 0.85, 0.85, "exact", "USD"),
    ("Three in four households burn it.", "Three in four", "ratio", 0.75, 0.75, "exact", None),
    ("One in every 50 crates sank.", "One in every 50", "ratio", 0.02, 0.02, "exact", None),
    ("It may err by plus or minus 3 percent.", "3 percent", "percent", 3, 3, "exact", "percent"),
    ("A total of 112 flights left.", "112", "count", 112, 112, "exact", None),
]

NO_COUNTS: list[tuple[str, str]] = [
    ("The 26-year-old sailor left.", "age"),
    ("Ann Hale, 34, left.", "age"),
    ("She came 14th in it.", "ordinal"),
    ("Flight 370 left.", "identifier"),
    ("Call 217-351-4545 now.", "identifier"),
    ("He called 911 twice.", "identifier"),
    ("It took 911 calls.", "identifier"),
    ("She dialed 112 twice.", "identifier"),
    ("The 999 operator slept.", "identifier"),
    ("She has a 3D printer.", "identifier"),
    ("Section 3C burned in summer.", "identifier"),
    ("It took 112 calls.", "identifier"),
    ("The house at 4601 Harbour Avenue burned.", "identifier"),
    ("They beat them 3-2 at home.", "score"),
    ("It lasted 30 seconds.", "duration"),
]


@pytest.mark.parametrize("row", TABLE, ids=[r[0] for r in TABLE])
def test_reads_a_quantity(grammar: Grammar, row: Row) -> None:
    assert_read(grammar, row)


def assert_read(grammar: Grammar, row: Row) -> None:
    """Hold what the grammar reads of one sentence against a row."""
    text, printed, type_, low, high, bound, unit = row
    _, found = grammar.scan(text)
    q = next((q for q in found if text[q.start : q.end] == printed), None)
    assert q is not None, [text[q.start : q.end] for q in found]
    assert (q.type, q.bound, q.unit) == (type_, bound, unit)
    assert q.low == pytest.approx(low)
    assert q.high == pytest.approx(high)


@pytest.mark.parametrize(("text", "type_"), NO_COUNTS)
def test_types_what_is_no_count(grammar: Grammar, text: str, type_: str) -> None:
    _, found = grammar.scan(text)
    assert [q.type for q in found] == [type_]


@pytest.mark.parametrize(
    "text",
    [
        "It began on March 22.",
        "It was 2014 when it began, in 2014.",
        "At 3:20 p.m. it rang.",
        "A month ago it rang.",
        "On Monday, Feb. 24, it rang.",
    ],
)
def test_dates_and_times_are_no_quantities(grammar: Grammar, text: str) -> None:
    dates, found = grammar.scan(text)
    assert dates
    assert [text[q.start : q.end] for q in found if q.type == "count"] == []


def test_a_change_from_one_number_to_another_keeps_the_former_apart(grammar: Grammar) -> None:
    _, found = grammar.scan("The toll was revised from eight to six.")
    assert [(q.value, q.former) for q in found] == [(8, True), (6, False)]


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_without_an_error(grammar: Grammar, text: str) -> None:
    dates, found = grammar.scan(text)
    spans = sorted([(d.start, d.end) for d in dates] + [(q.start, q.end) for q in found])
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(
    st.lists(
        st.sampled_from(
            [
                "at",
                "least",
                "about",
                "12",
                "1,200",
                "million",
                "$",
                "€",
                "%",
                "percent",
                "-",
                "to",
                "or",
                "and",
                "3.5",
                "a",
                "half",
                "dozen",
                ".",
                ",",
                "(",
                ")",
                "km",
                "p.m.",
                "May",
                "2014",
                "no",
                "one",
            ]
        ),
        max_size=30,
    )
)
@settings(max_examples=400, deadline=None)
def test_any_mix_of_number_words_is_read_without_an_error(grammar: Grammar, words: list[str]) -> None:
    text = " ".join(words)
    _, found = grammar.scan(text)
    for q in found:
        assert q.start <= q.core_start < q.core_end <= q.end
        assert q.low is None or q.high is None or q.low <= q.high or q.type == "score"


def test_long_runs_end(grammar: Grammar) -> None:
    for text in ("9" * 100_000, "1 " * 20_000, "at least " * 10_000, "one hundred and " * 5_000, "(" * 50_000):
        grammar.scan(text[:5_000])
    assert grammar.scan("9" * 100_000) is not None
