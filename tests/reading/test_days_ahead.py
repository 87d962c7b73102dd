"""Dates that are still to come, and the day that an article's own event is told by."""

import pytest

from tests.conftest import Read

# Published on Wednesday, 2020-01-15: text, date as printed, when it is.
AHEAD = [
    ("The pier will close on Friday for nineteen weeks.", "Friday", "2020-01-17"),
    ("The nineteen sailors are expected to sail on Friday.", "Friday", "2020-01-17"),
    ("Nineteen shops will close, starting in April.", "April", "2020-04-01"),
    ("Nineteen ads will run between now and November.", "November", "2020-11-01"),
    ("The nineteen sailors will sail on March 3.", "March 3", "2020-03-03"),
    ("The nineteen sailors may sail on Friday.", "Friday", "2020-01-17"),
    ("The nineteen sailors will sail on Wednesday.", "Wednesday", "2020-01-15"),
    # What was expected may have come to pass, and what will be said of a day does not move it.
    ("The nineteen sailors were expected to sail on Friday.", "Friday", "2020-01-10"),
    ("The nineteen sailors sailed on Friday.", "Friday", "2020-01-10"),
    ("Nineteen shops will have closed by Friday.", "Friday", "2020-01-10"),
    ("Nineteen shops closed in April.", "April", "2019-04-01"),
]


@pytest.mark.parametrize(("text", "printed", "when"), AHEAD, ids=[r[0] for r in AHEAD])
def test_a_bare_day_lies_ahead_where_its_verb_says_so(read: Read, text: str, printed: str, when: str) -> None:
    found = [f.value_from for f in read(text, published="2020-01-15") if f.type == "date" and f.printed == printed]
    assert found == [when]


def test_what_is_planned_is_the_storys_own(read: Read) -> None:
    text = "Creditors of Acme met on Wednesday. Nineteen shops will close, starting in April."
    assert [f.anchor for f in read(text, published="2020-01-15") if f.type == "count"] == [None]


OWN: list[tuple[str, str | None]] = [
    # A lead that dates the event looks back further than one that dates something else.
    ("Ada Norton won by 312 votes, officials said as they certified the election of Nov. 6.", "2018-11-06"),
    # The day of the opening gives way to that of the event.
    ("Ada Norton was on the beach on Thursday. Eleven sailors drowned on Tuesday.", "2018-11-13"),
    # When it was counted is no day of an event.
    ("Divers had by Thursday found 16 bodies in the bay.", None),
]


@pytest.mark.parametrize(("text", "day"), OWN, ids=[r[0] for r in OWN])
def test_the_day_of_the_articles_own_event(read: Read, text: str, day: str | None) -> None:
    assert {f.day for f in read(text, published="2018-11-16") if f.type == "count"} == {day}
