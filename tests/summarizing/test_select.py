"""Summaries of one article: verbatim, in order, nothing twice, nothing that hangs in the air, whatever the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Article
from bot.summarizing.select import SHORTEST, candidates, dangling, says_again, select_sentences

FERRY = """Ferry sinks off Vostmark
The ferry Selma Lund sank off Vostmark on Thursday after it struck a rock near the lighthouse.
That figure may rise, the coast guard said on Thursday of the 12 people killed off Vostmark.
Divers of the coast guard searched the wreck of the ferry near the lighthouse until dark.
The owner of the ferry, the Lund line, said that all of its ships would stay in port on Friday.
"""


def article(text: str, title: str | None = None) -> Article:
    """Make an article."""
    return Article("a1", "a.txt", text, title)


def test_sentences_are_verbatim_and_in_their_order() -> None:
    found = select_sentences(article(FERRY), sentences=3)
    assert len(found) == 3
    assert [s.start for s in found] == sorted(s.start for s in found)
    assert all(FERRY[s.start : s.end] == s.text for s in found)
    assert found[0].text.startswith("The ferry Selma Lund sank"), "no heading where there are sentences"


def test_a_sentence_that_points_back_gives_way_to_one_that_is_as_good() -> None:
    opening, captain, divers = (
        "The ferry Selma Lund sank off Vostmark on Thursday after it struck a rock.",
        "Ole Brandt was at work.",
        "Divers of the coast guard searched near the lighthouse for the ferry until dark.",
    )
    his = "He saw the lighthouse too late from the ferry, the coast guard said."
    found = [s.text for s in select_sentences(article("\n".join([opening, captain, his, divers])), sentences=2)]
    assert found == [opening, divers]
    named = "Ole Brandt, a fisherman of 51 years, was at the helm of the ship."
    found = [s.text for s in select_sentences(article("\n".join([opening, named, his, divers])), sentences=3)]
    assert found == [opening, named, his], "with the sentence it points to it may stay"


@pytest.mark.parametrize(
    "sentence, points",
    [
        ("He said that the ferry sank off the coast.", True),
        ("“They were asleep,” the captain of the ferry said.", True),
        ("The figure includes three children of the crew.", True),
        ("“We were all asleep by then,” she said on Friday.", True),
        ("“We were all asleep by then,” the captain said.", False),
        ("Divers searched the wreck until they had to stop.", False),
        ("The figures of the coast guard are older than that.", False),
        ("Thistles grow where the lighthouse of Vostmark stood.", False),
    ],
)
def test_what_points_back(sentence: str, points: bool) -> None:
    [one] = candidates(article(sentence))
    assert dangling(one) is points


def test_nothing_is_said_twice_in_other_words() -> None:
    again = "On Thursday the Selma Lund, a ferry, struck a rock off Vostmark near the lighthouse and sank."
    text = FERRY + again + "\n"
    first, *_, last = candidates(article(text))
    assert says_again(first, last)
    assert again not in [s.text for s in select_sentences(article(text), sentences=5)]


def test_words_are_a_limit_but_one_sentence_there_always_is() -> None:
    short = select_sentences(article(FERRY), words=40)
    assert 0 < sum(len(s.text.split()) for s in short) <= 40
    assert len(select_sentences(article(FERRY), words=1)) == 1


def test_a_headline_alone_one_sentence_and_nothing() -> None:
    assert [s.text for s in select_sentences(article("Ferry sinks off Vostmark"))] == ["Ferry sinks off Vostmark"]
    one = "The ferry Selma Lund sank off Vostmark on Thursday."
    assert [s.text for s in select_sentences(article(one))] == [one]
    assert select_sentences(article("")) == select_sentences(article(" \n\n ")) == ()


def test_a_list_gives_its_introduction_and_items() -> None:
    items = [f"- {name}: 40 boats, 12 of them new" for name in ("Vostmark", "Lerida", "Quito", "Malmo", "Turku")]
    intro = "The harbour office counted the boats of five towns on Friday and published this list."
    found = select_sentences(article("\n".join([intro, *items])), sentences=3)
    assert found[0].text == intro
    bare = select_sentences(article("\n".join(items)), sentences=3)
    assert bare and {s.text.lstrip("- ") for s in bare} <= {i.lstrip("- ") for i in items}


def test_fifty_thousand_words_give_three_sentences_of_the_opening() -> None:
    lines = [
        f"Witness {n} of the inquiry told the court of Vostmark about night {n * 7} at the harbour."
        for n in range(3200)
    ]
    text = FERRY + "\n".join(lines)
    assert len(text.split()) > 50_000
    found = select_sentences(article(text), sentences=3)
    assert len(found) == 3
    assert found[0].text.startswith("The ferry Selma Lund")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.integers(1, 4))
def test_any_text_has_a_summary_of_its_own_words(text: str, sentences: int) -> None:
    found = select_sentences(article(text), sentences=sentences)
    assert len(found) <= sentences
    assert all(text[s.start : s.end] == s.text and s.text.strip() for s in found)
    assert SHORTEST > 1
