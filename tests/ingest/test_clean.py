"""Every entry of the word lists does what its example says; cleaning is narrow, total and idempotent."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ingest import names
from bot.ingest.boilerplate import Boilerplate
from bot.ingest.clean import clean, dropped_by
from bot.ingest.dates import line_date
from bot.ingest.paste import dateline

from .conftest import ROOT

LISTS = Boilerplate.load(ROOT / "data" / "lexicon")
PROSE = "Two ferries collided in the harbour at dawn, the port authority said."


def test_each_drop_entry_takes_its_example_and_leaves_its_prose() -> None:
    for rule in LISTS.drop:
        assert rule.pattern.fullmatch(rule.example), rule.name
        assert clean(f"{PROSE}\n{rule.example}\n{PROSE}", LISTS) == f"{PROSE}\n{PROSE}", rule.name
        if rule.keeps:
            assert dropped_by(rule.keeps, LISTS) is None, rule.name
            assert clean(f"{PROSE}\n{rule.keeps}", LISTS) == f"{PROSE}\n{rule.keeps}", rule.name


def test_each_inline_entry_takes_its_example() -> None:
    for rule in LISTS.inline:
        assert clean(f"{PROSE}\n{rule.example}\n{PROSE}", LISTS) == f"{PROSE}\n{PROSE}", rule.name
        assert clean(f"{PROSE} {rule.example}", LISTS) == PROSE, rule.name


def test_each_outlet_and_author_entry_gives_what_it_says() -> None:
    for rule in LISTS.outlet:
        match = rule.pattern.fullmatch(rule.example)
        assert match and names.outlet(match["outlet"], LISTS) == rule.gives, rule.name
    for rule in LISTS.author:
        match = rule.pattern.fullmatch(rule.example)
        assert match and names.persons(match["author"], LISTS) == rule.gives, rule.name


def test_each_date_line_is_read() -> None:
    for line, iso in LISTS.dates.examples:
        found = line_date(line, LISTS.dates)
        assert found and found[0] == iso, line


def test_the_dateline_example_names_its_agency() -> None:
    match = dateline(LISTS.outlets.dateline_example)
    assert match and match["agency"] == "AP"


def test_capital_teasers_leave_and_capital_headlines_stay() -> None:
    headline = "TWELVE RESCUED AS TWO FERRIES COLLIDE AT DAWN"
    teaser = "MINISTER HEADS TO ISLAND AS STORM CLOSES IN ON COAST"
    assert clean(f"{headline}\n{PROSE}\n{teaser}\n{PROSE}", LISTS) == f"{headline}\n{PROSE}\n{PROSE}"


def test_a_text_in_capitals_stays_whole() -> None:
    text = f"{PROSE}\n" + "\n".join(["THE PORT WAS CLOSED FOR THE REST OF DAY"] * 5)
    assert clean(text, LISTS) == text


def test_capital_prose_dates_and_lists_stay() -> None:
    for line in (
        "THE PORT AUTHORITY SAID THE FERRIES COLLIDED AT DAWN.",
        "PUBLISHED: FRIDAY, MAY 3, 2019, AT 7:30 PM",
        "THE FOLLOWING SHIPS WERE DAMAGED IN THE COLLISION:",
        "SHORT HEADING HERE",
        "3. WHAT THE INQUIRY INTO THE COLLISION FOUND",
        "| SHIP | YEAR BUILT | CREW | PASSENGERS | LIFEBOATS |",
    ):
        assert clean(f"{PROSE}\n{line}\n{PROSE}\n{PROSE}", LISTS) == f"{PROSE}\n{line}\n{PROSE}\n{PROSE}"


def test_paragraphs_spaces_and_line_ends() -> None:
    assert clean("One died.\r\n\r\nTwo\xa0were hurt.\rThree fled.\n\n\n\nEnd.", LISTS) == (
        "One died.\n\nTwo were hurt.\nThree fled.\n\nEnd."
    )
    assert clean("soft\xadhyphen and \u200bzero width\ufeff", LISTS) == "softhyphen and zero width"


def test_a_byline_leaves_only_at_the_edges() -> None:
    assert clean(f"By Ada Example\n{PROSE}", LISTS) == PROSE
    assert clean(f"{PROSE}\nBy Tuesday Evening\n{PROSE}", LISTS) == f"{PROSE}\nBy Tuesday Evening\n{PROSE}"
    assert clean(f"By late evening, nobody had been found.\n{PROSE}", LISTS).startswith("By late")


_PIECES = st.sampled_from(
    [rule.example for rule in (*LISTS.drop, *LISTS.inline)]
    + [PROSE, "", "\r\n", "\xa0", "MINISTER HEADS TO ISLAND AS STORM CLOSES IN", "By Ada Example", "{{", "}}", "___"]
)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.one_of(_PIECES, st.text(max_size=60)), max_size=20),
    st.sampled_from(["\n", "\n\n", " ", "\r\n", "\u2028"]),
)
def test_cleaning_never_fails_and_is_idempotent(pieces: list[str], joint: str) -> None:
    once = clean(joint.join(pieces), LISTS)
    assert clean(once, LISTS) == once


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.sampled_from([PROSE, "Nobody was hurt, she said.", "At least 12 people died in 2019.", ""]), max_size=12
    )
)
def test_prose_is_never_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    kept = [line for line in clean(text, LISTS).split("\n") if line]
    assert kept == [line for line in lines if line]
