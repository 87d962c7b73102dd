"""Every word list has an example, and every example reads as its list says."""

import pytest

from bot.knowledge.base import Knowledge
from bot.language.grammar import Grammar
from bot.model import Figure
from tests.conftest import Read

# Lists whose examples are run by tests/ingest.
ELSEWHERE = {"boilerplate", "outlets"}


def test_every_word_list_has_an_example(knowledge: Knowledge) -> None:
    missing = [
        f"{file}.{key}"
        for file, key, table in knowledge.lexicon.tables()
        if file not in ELSEWHERE and "example" not in table
    ]
    assert missing == []


def test_no_word_list_names_a_person_place_or_event_of_the_seeds(knowledge: Knowledge) -> None:
    names = {
        "blinken",
        "mariupol",
        "ukraine",
        "putin",
        "zelenskyy",
        "biden",
        "kyiv",
        "russia",
        "woodward",
        "schaack",
        "qeshm",
        "manokwari",
        "yida",
        "korchev",
    }
    for file, content in knowledge.lexicon.files.items():
        if file == "outlets":
            continue  # the names of outlets, one of them called after its city
        words = set(str(content).lower().replace("'", " ").replace('"', " ").split())
        assert not words & names, file


def test_hedges(knowledge: Knowledge, grammar: Grammar) -> None:
    for row in knowledge.lexicon.rows("hedges", "hedge"):
        _, found = grammar.scan(row["example"])
        assert [q.bound for q in found if q.type == "count"] == [row["bound"]], row["example"]


def test_units(knowledge: Knowledge, grammar: Grammar) -> None:
    for row in knowledge.lexicon.rows("units", "unit"):
        _, found = grammar.scan(row["example"])
        assert [q.unit for q in found] == [row["base"]], row["example"]


def test_currencies(knowledge: Knowledge, grammar: Grammar) -> None:
    for table, code in (("signs", "USD"), ("codes", "CHF"), ("names", "EUR"), ("minor", "USD")):
        _, found = grammar.scan(knowledge.lexicon.files["currencies"][table]["example"])
        assert [(q.type, q.unit) for q in found] == [("money", code)], table


def test_number_words(knowledge: Knowledge, grammar: Grammar) -> None:
    for table in knowledge.lexicon.files["numbers"].values():
        if isinstance(table, dict) and "reads" in table:
            _, found = grammar.scan(table["example"])
            assert [q.value for q in found if q.type != "ordinal" or "third" in table["example"]][
                : len(table["reads"])
            ] == pytest.approx(table["reads"]), table["example"]
    for row in knowledge.lexicon.rows("numbers", "vague"):
        _, found = grammar.scan(row["example"])
        assert [(q.low, q.high, q.bound) for q in found] == [(row["low"], row.get("high"), "vague")], row["example"]


def _nineteen(figures: list[Figure]) -> Figure:
    return next(f for f in figures if "ineteen" in f.printed)


def test_events(knowledge: Knowledge, read: Read) -> None:
    for row in knowledge.lexicon.rows("measures", "event"):
        assert _nineteen(read(row["example"])).event == row["name"], row["example"]


def test_idioms(knowledge: Knowledge, read: Read) -> None:
    for row in knowledge.lexicon.rows("measures", "idiom"):
        assert _nineteen(read(row["example"])).event == row["event"], row["example"]


def test_event_words(knowledge: Knowledge, read: Read) -> None:
    """Each verb as a passive, each adjective as a predicate, each noun as what is counted."""
    wrong = []
    for row in knowledge.lexicon.rows("measures", "event"):
        patient = "sailors" if row.get("patient") else "houses"
        sentences = [
            f"Nineteen {patient} were {word} in the storm."
            for word in row.get("adjectives", [])
            if word != "unaccounted"
        ]
        wrong += [s for s in sentences if _nineteen(read(s)).event != row["name"]]
    assert wrong == []


def test_institutions_have_one_name(knowledge: Knowledge, read: Read) -> None:
    for row in knowledge.lexicon.rows("speech", "institution"):
        figure = next((f for f in read(row["example"].replace("so.", "nineteen boats sank."))), None)
        assert figure is not None, row["example"]
        assert figure.voice == row["name"], row["example"]
