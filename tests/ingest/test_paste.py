"""Header lines, headlines and inference, each from invented texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ingest.boilerplate import Boilerplate
from bot.ingest.infer import infer_author, infer_date, infer_outlet
from bot.ingest.paste import FIELDS, headline, read_headers

from .conftest import ROOT

LISTS = Boilerplate.load(ROOT / "data" / "lexicon")
PROSE = "Two ferries collided in the harbour at dawn, the port authority said."


def test_headers_end_at_the_blank_line() -> None:
    headers = read_headers(
        "Title: Ferries collide: two hurt\r\noutlet: Harbour Herald\nAuthor: Ada Example\n"
        f"PUBLISHED: 2019-03-05T10:00Z\nURL: https://example.org/a?b=c:d\n\n{PROSE}\nOutlet: not this",
        LISTS,
    )
    assert (headers.title, headers.outlet, headers.author) == (
        "Ferries collide: two hurt",
        "Harbour Herald",
        "Ada Example",
    )
    assert (headers.published, headers.url) == ("2019-03-05T10:00:00+00:00", "https://example.org/a?b=c:d")
    assert headers.text == f"{PROSE}\nOutlet: not this"
    assert headers.notes == ()


def test_headers_count_only_from_the_first_line() -> None:
    text = f"{PROSE}\nOutlet: Harbour Herald\n\nMore."
    assert read_headers(text, LISTS).text == text
    assert read_headers(text, LISTS).outlet is None


def test_header_lines_without_a_blank_line_stay_text_and_a_note_says_so() -> None:
    text = f"Title: A\n{PROSE}"
    headers = read_headers(text, LISTS)
    assert headers.text == text and headers.title is None
    assert "no blank line" in headers.notes[0]


@pytest.mark.parametrize(
    ("value", "published"),
    [
        ("2019-03-05", "2019-03-05"),
        ("March 5, 2019", "2019-03-05"),
        ("5 Mar 2019 10:15 GMT", "2019-03-05"),
        ("yesterday", None),
        ("2019-02-30", None),
    ],
)
def test_the_published_header(value: str, published: str | None) -> None:
    headers = read_headers(f"Published: {value}\n\n{PROSE}", LISTS)
    assert headers.published == published
    assert bool(headers.notes) == (published is None)


@pytest.mark.parametrize(
    "line",
    [
        "Two Ferries Collide in Harbour",
        "FERRIES COLLIDE AT DAWN",
        "Did two ferries collide?",
        "Ferry ‘had no lights’",
        "Harbour chief quits after crash in the U.S.",
    ],
)
def test_headlines(line: str) -> None:
    assert headline(f"{line}\n{PROSE}", LISTS) == line
    assert headline(f"March 5, 2019\nBy Ada Example\n\n{line}\n\n{PROSE}", LISTS) == line


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        f"{PROSE}\n{PROSE}",
        f"HARBOURTOWN (AP) — Two ferries collided at dawn\n{PROSE}",
        "Two ferries collided in the harbour at\ndawn, the port authority said.\n",
        "“Nobody was hurt.”\nShe said so.",
        "",
        "\n\n",
        "Ferries collide",
    ],
)
def test_prose_is_no_headline(text: str) -> None:
    assert headline(text, LISTS) is None


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("CLICK HERE TO READ MORE FROM THE HARBOUR HERALD", "Harbour Herald"),
        ("READ MORE FROM THE BBC", "BBC"),
        ("Read more from The Daily Tide", "The Daily Tide"),
        ("This article is owned by Tide Post.", "Tide Post"),
        ("Tide News' Ada Example and Ben Sample contributed to this report", "Tide News"),
        ("Tide News’s Ada Example contributed to this story.", "Tide News"),
        ("Tide Sun reporter Ada Example contributed to this article.", "Tide Sun"),
        ("Copyright 2019 KTID. All rights reserved.", "KTID"),
        ("© 2019 Tide News", "Tide News"),
        ("Copyright 2019 Getty Images", None),
        ("The Associated Press contributed to this report.", None),
        ("Staff writer Ada Example contributed to this report.", None),
        ("He told the Harbour Herald that two had died.", None),
        ("READ MORE: Harbour Herald sold to Tide News", None),
        ("The minister said he would read more from the report.", None),
        ("The drought contributed to this report of losses.", None),
    ],
)
def test_outlets(line: str, outlet: str | None) -> None:
    found = infer_outlet(f"{PROSE}\n{line}\n{PROSE}", LISTS)
    assert (found.value if found else None) == outlet
    if found:
        assert found.note == f'outlet "{outlet}" taken from the line "{line}"'


def test_an_agency_dateline_names_the_agency_last() -> None:
    found = infer_outlet("HARBOURTOWN (AP) - Two ferries collided.", LISTS)
    assert found and found.value == "Associated Press"
    found = infer_outlet("HARBOURTOWN (AP) - Two ferries collided.\n© 2019 Tide News", LISTS)
    assert found and found.value == "Tide News"


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Written by: Ada Example", "Ada Example"),
        ("By Ada Example", "Ada Example"),
        ("BY ADA B. EXAMPLE", "Ada B. Example"),
        ("By Ada Example and Ben O'Sample, Staff Writers", "Ada Example, Ben O'Sample"),
        ("By Ada Example, Reuters", "Ada Example"),
        ("By Ada van Example | Tide News", "Ada van Example"),
        ("By Tuesday Evening", None),
        ("By then nobody was left", None),
        ("By Ada Example's account, two ferries collided in the harbour at dawn.", None),
        ("Ada Example contributed to this report", None),
    ],
)
def test_authors(line: str, author: str | None) -> None:
    found = infer_author(f"Ferries collide\n{line}\n{PROSE}", LISTS)
    assert (found.value if found else None) == author


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: March 5, 2019 4:10 PM EST", "2019-03-05"),
        ("05/14/2019", "2019-05-14"),
        ("03/04/2019", None),
        ("March 5", None),
        ("HARBOURTOWN, March 5, 2019 (AP) — Two ferries collided.", "2019-03-05"),
        ("Two ferries collided on March 5, 2019.", None),
        ("February 30, 2019", None),
    ],
)
def test_dates(line: str, day: str | None) -> None:
    found = infer_date(f"{line}\n{PROSE}", LISTS)
    assert (found.value if found else None) == day


def test_a_publication_line_wins_over_an_update() -> None:
    found = infer_date(f"Updated: March 7, 2019\nPublished: March 5, 2019\n{PROSE}", LISTS)
    assert found and found.value == "2019-03-05"


_VALUES = (
    st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=40)
    .map(str.strip)
    .filter(bool)
)


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from([field for field in FIELDS if field != "published"]), _VALUES, min_size=1),
    st.text(max_size=80),
)
def test_headers_round_trip(values: dict[str, str], body: str) -> None:
    block = "".join(f"{field.title()}: {value}\n" for field, value in values.items())
    headers = read_headers(f"{block}\n{body}", LISTS)
    assert {field: getattr(headers, field) for field in values} == values
    assert headers.text == body


@settings(deadline=None)
@given(st.text(max_size=300))
def test_nothing_ever_fails(text: str) -> None:
    headers = read_headers(text, LISTS)
    headline(headers.text, LISTS)
    infer_outlet(text, LISTS)
    infer_author(text, LISTS)
    infer_date(text, LISTS)
