"""Sentences keep together what belongs together, and part what does not."""

import pytest

from bot.language.sentences import split_sentences

TABLE: list[tuple[str, list[str]]] = [
    (
        "Ann Hale, the U.S. Secretary of State, spoke. It rained.",
        ["Ann Hale, the U.S. Secretary of State, spoke.", "It rained."],
    ),
    ("He left for the U.S. The ship sank.", ["He left for the U.S.", "The ship sank."]),
    ("Lt. Col. Ann Hale spoke. It rained.", ["Lt. Col. Ann Hale spoke.", "It rained."]),
    ("It rang at 5 p.m. on Monday. It rained.", ["It rang at 5 p.m. on Monday.", "It rained."]),
    ("She hid behind a car. Police came.", ["She hid behind a car.", "Police came."]),
    ("Police closed the road.At noon it rained.", ["Police closed the road.", "At noon it rained."]),
    ("She wrote to harbor.example.Then she left.", ["She wrote to harbor.example.Then she left."]),
    ("He was held without bail. “So what?” he said.", ["He was held without bail.", "“So what?” he said."]),
    (
        "It took approx. Two of us came. Dover vs. Acme was a draw.",
        ["It took approx. Two of us came.", "Dover vs. Acme was a draw."],
    ),
    (
        "A headline without a stop\nThe first sentence. The second.",
        ["A headline without a stop", "The first sentence.", "The second."],
    ),
]


@pytest.mark.parametrize(("text", "sentences"), TABLE)
def test_splits(text: str, sentences: list[str]) -> None:
    assert [text[s.start : s.end] for s in split_sentences(text)] == sentences


def test_a_line_without_a_closing_mark_is_a_heading() -> None:
    first, second = split_sentences("A headline\nA sentence.")
    assert (first.heading, second.heading) == (True, False)
