"""Whose an age is, on which day something befell somebody, at what time of day the event came to pass."""

import pytest

from tests.conftest import Read
from tests.reading.test_figures import figure_of

AGES = [
    ("Ada Norton, 34, was hurt.", "34", "ada norton"),
    ("The 34-year-old Ada Norton was hurt.", "34-year", "ada norton"),
    ("Ada Norton, a 34-year-old sailor, was hurt.", "34-year", "ada norton"),
    ("They are 44-year-old Omar Hale and 32-year-old Officer Ada Norton.", "32-year", "ada norton"),
    ("Ada Norton, 34, spoke. Bea Norton spoke. Norton, 30, was hurt.", "30", None),
    ("A 34-year-old sailor was hurt.", "34-year", None),
    ("A 34-year-old woman was hurt.", "34-year", "woman injured"),
    ("A boy of 11 drowned.", "11", "boy killed"),
    ("Two boys drowned. A boy of 11 drowned.", "11", None),
    ("Police arrested James Norton. The 34-year-old said little.", "34-year", "james norton"),
    ("Police Chief James Norton spoke of an arrest. The 34-year-old said little.", "34-year", None),
    ("James Norton met Omar Hale. The 34-year-old said little.", "34-year", None),
    ("Ada Norton died on Sunday. She was 87.", "87", "ada norton"),
    ("Ada Norton, a cook, died at sea at the age of 87.", "87", "ada norton"),
    ("He is survived by a son, Omar Hale, and by two daughters, ages 6 and 16.", "16", None),
]


@pytest.mark.parametrize(("text", "printed", "whose"), AGES)
def test_ages_say_whose_they_are(read: Read, text: str, printed: str, whose: str | None) -> None:
    figure = figure_of(read(text), printed)
    assert (figure.type, figure.subject) == ("age", whose)


def test_days_of_named_persons_are_figures(read: Read) -> None:
    found = read("Ada Norton was arrested on May 19. She spoke on May 20.", published="2024-05-22")
    days = [(f.printed, f.event, f.subject, f.value_from) for f in found if f.type == "date" and f.event]
    assert days == [("May 19", "arrested", "ada norton", "2024-05-19")]


# text, the time of day of its event as printed, or None
MOMENTS: list[tuple[str, str | None]] = [
    ("The blast happened at 3:20 p.m.", "3:20 p.m."),
    # No word of the event stands by it: the first that is told.
    ("Ada Norton gave a breath sample shortly after 2 a.m., police said. She went home at 6 a.m.", "2 a.m."),
    ("Ada Norton walked in around 10 a.m. Gunfire was reported at 10:30 a.m.", "10:30 a.m."),
    ("The trial is set for 11 a.m. on Monday.", None),
    ("Ada Norton will speak at 3 p.m.", None),
    ("Ada Norton set the record with 7:41 left in the half.", None),
    ("Harbor blast: what to know | 1:32", None),
    ("Posted at 11 a.m. on Monday", None),
    ("Ada Norton was pronounced dead at 5 a.m.", None),
    ("Ada Norton was pulled over at 5 a.m.", "5 a.m."),
]


@pytest.mark.parametrize(("text", "printed"), MOMENTS, ids=[r[0] for r in MOMENTS])
def test_the_time_of_the_event(read: Read, text: str, printed: str | None) -> None:
    found = [f.printed for f in read(text) if f.type == "time" and f.event == "occurred"]
    assert found == ([printed] if printed else [])


def test_who_tells_a_time_of_day_is_its_voice(read: Read) -> None:
    figures = read("Ada Norton gave a breath sample shortly after 2 a.m., Omar Hale said.")
    assert figure_of(figures, "2 a.m.").voice == "Omar Hale"
