"""Each kind of relation between two figures, a pair a row."""

import pytest

from tests.comparing.test_relations import FERRY, flags, kinds
from tests.conftest import Compare

# texts, printed of one, printed of the other, kind
PAIRS: list[tuple[str, str, str, str, str]] = [
    ("Ada Norton, 39, was hurt.", "Police named the 32-year-old Ada Norton.", "39", "32-year", "conflict"),
    ("Ada Norton, 39, was hurt.", "Ada Norton, 40, was hurt.", "39", "40", "different_scope"),
    ("Ada Norton, 39, died at sea.", "Ada Norton, 40, was a cook.", "39", "40", "conflict"),
    ("Ada Norton was shot nine times.", "Seven bullets hit Ada Norton.", "nine", "Seven", "conflict"),
    ("Ada Norton was shot nine times.", "Seven bullets hit Omar Hale.", "nine", "Seven", "none"),
    ("Ada Norton has 19 grandchildren.", "Ada Norton has 20 grandchildren.", "19", "20", "conflict"),
    (
        "The quake had a depth of 1.3 miles.",
        "The quake began one mile below ground.",
        "1.3 miles",
        "one mile",
        "rounded",
    ),
    (
        "The quake was 3 miles west of Cobb.",
        "The quake was four miles west of Cobb.",
        "3 miles",
        "four miles",
        "conflict",
    ),
    (
        FERRY + "No injuries were reported.",
        FERRY + "The navy said three people were injured.",
        "No",
        "three",
        "conflict",
    ),
    (
        "About 130 people marched in the East Flatbush neighborhood of Brooklyn.",
        "A crowd of 70 people marched. It was in Brooklyn.",
        "About 130",
        "70",
        "conflict",
    ),
    ("Ada Norton was expelled in 2003.", "Ada Norton was ousted in 2002.", "2003", "2002", "conflict"),
    ("Ada Norton was expelled in 2003.", "Ada Norton was ousted in 1992.", "2003", "1992", "different_scope"),
    (
        "Ada Norton and Omar Hale were arrested Tuesday.",
        "Omar Hale was arrested Wednesday.",
        "Tuesday",
        "Wednesday",
        "conflict",
    ),
    (
        "The bombing in Dover happened on Tuesday.",
        "The Wednesday bombing in Dover shook all.",
        "Tuesday",
        "Wednesday",
        "conflict",
    ),
    (
        "The bombing in Dover happened on Tuesday.",
        "The Wednesday bombing in Paris shook all.",
        "Tuesday",
        "Wednesday",
        "none",
    ),
    (
        "The shooting happened in Dallas on Thursday, July 8, 2016.",
        "The shooting happened in Dallas on Thursday, July 7, 2016.",
        "Thursday, July 8, 2016",
        "Thursday, July 7, 2016",
        "conflict",
    ),
    (
        "Acme is in talks and would pay $12 billion to $13 billion for Bolt.",
        "Acme will buy Bolt for $13.9 billion.",
        "$12 billion to $13 billion",
        "$13.9 billion",
        "update",
    ),
    (FERRY + "The death toll rose to 30.", FERRY + "Police said 20 people were killed.", "30", "20", "update"),
    (FERRY + "The death toll rose to 30.", FERRY + "Police said 40 people were killed.", "30", "40", "conflict"),
    (FERRY + "That brings the total injured to 17.", FERRY + "Police said 15 were injured.", "17", "15", "update"),
    ("Two gunmen opened fire.", "Police seek three attackers.", "Two", "three", "conflict"),
    ("A ferry sank with 190 people aboard.", "A ferry had 150 people on board.", "190", "150", "conflict"),
    ("Acme Corp. employs 1,900 people.", "Acme has 2,500 employees.", "1,900", "2,500", "conflict"),
    ("Ada Norton, 50, was hurt.", "Ada Norton, 10, was hurt.", "50", "10", "different_scope"),
    ("Ada Norton, a mother of 13, died.", "Ada Norton was a mother of 12.", "13", "12", "conflict"),
    ("A mother of 13 died.", "A father of 12 died.", "13", "12", "none"),
    (
        "The jury deliberated for 40 hours.",
        "They ruled after 30 hours of deliberation.",
        "40 hours",
        "30 hours",
        "conflict",
    ),
    (
        "The jury deliberated for 40 hours.",
        "The jury deliberated for four days.",
        "40 hours",
        "four days",
        "different_unit",
    ),
    ("Police seized 14 rifles.", "Six rifles were confiscated.", "14", "Six", "conflict"),
    ("More than 185 shots were fired.", "A sniper fired four shots.", "More than 185", "four", "different_scope"),
    ("He had a .45-caliber pistol.", "It was a .32-caliber revolver.", ".45-caliber", ".32-caliber", "conflict"),
    ("He had a .45-caliber pistol.", "They found .22-caliber rounds.", ".45-caliber", ".22-caliber", "none"),
    (
        FERRY + "Police said as many as 70 shots were fired.",
        FERRY + "More than 70 shots were fired.",
        "as many as 70",
        "More than 70",
        "conflict",
    ),
    (
        FERRY + "Nine officers were hurt.",
        FERRY + "Seven officers and two civilians were hurt.",
        "Nine",
        "Seven",
        "different_scope",
    ),
    (
        FERRY + "Police said 12 people were killed.",
        FERRY + "The navy said 18 people were killed.",
        "12",
        "18",
        "conflict",
    ),
    (
        FERRY + "Police said nearly 500 people were killed.",
        FERRY + "The navy said more than 500 people were killed.",
        "nearly 500",
        "more than 500",
        "conflict",
    ),
    (
        FERRY + "Police said no one was killed.",
        FERRY + "The navy said 12 people were killed.",
        "no one",
        "12",
        "conflict",
    ),
    (
        FERRY + "Police said 12 people were killed.",
        FERRY + "The navy said at least 12 people were killed.",
        "12",
        "at least 12",
        "agree",
    ),
    (
        FERRY + "Police said 12 people were killed.",
        FERRY + "The navy said at least 10 people were killed.",
        "12",
        "at least 10",
        "compatible_bound",
    ),
    (
        FERRY + "Police said 977 people were killed.",
        FERRY + "The navy said roughly 1,000 people were killed.",
        "977",
        "roughly 1,000",
        "rounded",
    ),
    (
        FERRY + "Police said 12 people were killed.",
        FERRY + "The navy said 40 people were injured.",
        "12",
        "40",
        "different_measure",
    ),
    (
        "Police said 2,400 people were killed in Lagos.",
        "The UN said 900 people were killed in Nigeria.",
        "2,400",
        "900",
        "part_exceeds_whole",
    ),
    (
        "Police said 900 people were killed in Lagos.",
        "The UN said 2,400 people were killed in Nigeria.",
        "900",
        "2,400",
        "different_scope",
    ),
    (
        "Police said 2,400 people were killed in Lagos.",
        "The UN said at least 900 people were killed in Nigeria.",
        "2,400",
        "at least 900",
        "different_scope",
    ),
    (
        "Police said 900 people were killed in Lagos.",
        "The UN said 400 people were killed in Kano.",
        "900",
        "400",
        "different_scope",
    ),
    (
        FERRY + "Police said 12 children were killed.",
        FERRY + "The navy said nine people were killed.",
        "12",
        "nine",
        "part_exceeds_whole",
    ),
    (
        FERRY + "Police said 12 soldiers were killed.",
        FERRY + "The navy said nine children were killed.",
        "12",
        "nine",
        "different_scope",
    ),
    (
        FERRY + "Police said 12 people were killed.",
        FERRY + "In 2009 a ferry sank there and 400 people were killed.",
        "12",
        "400",
        "different_event",
    ),
    (
        FERRY + "Police said 12 people were killed.",
        FERRY + "Experts expect that 40 people will be killed.",
        "12",
        "40",
        "different_status",
    ),
    (
        "Thieves stole $40 million in Lagos.",
        "Thieves stole €42 million in Lagos.",
        "$40 million",
        "€42 million",
        "different_unit",
    ),
    (
        FERRY + "Nine people were seriously injured.",
        FERRY + "Thirty people were injured.",
        "Nine",
        "Thirty",
        "different_scope",
    ),
    # How many shots somebody heard is no count of those fired.
    ("An officer fired two shots.", "Neighbours heard 19 shots.", "two", "19", "none"),
    (
        "Omar Hale was sentenced to two years in prison.",
        "Omar Hale was sentenced to 2 1/2 years in prison.",
        "two years",
        "2 1/2 years",
        "conflict",
    ),
    (
        "Omar Hale was sentenced to two years in prison.",
        "Ada Norton was sentenced to three years in prison.",
        "two years",
        "three years",
        "none",
    ),
    # A gazetteer does not tell which towns a county holds, and a suburb is told of as its city.
    (
        "Nine people were hurt in a crash in Detroit.",
        "A crash in Wayne County hurt twelve people.",
        "Nine",
        "twelve",
        "conflict",
    ),
    (
        "Nine people were hurt in a crash in Detroit.",
        "A crash in Tulsa County hurt twelve people.",
        "Nine",
        "twelve",
        "different_scope",
    ),
    # As many in another town are others.
    (
        "As many as 20,000 people marched in Athens. Another 20,000 people marched in Patras.",
        "Some 90,000 people marched in Athens.",
        "As many as 20,000",
        "Some 90,000",
        "conflict",
    ),
    ("Nine club-goers were hurt.", "Ten people were hurt.", "Nine", "Ten", "conflict"),
    (
        "Acme, founded in 1926, was fined $40 million.",
        "Acme was fined $50 million.",
        "$40 million",
        "$50 million",
        "conflict",
    ),
    # Who has no name is one person by what befell her, where the article tells of one.
    ("A 6-year-old girl was killed.", "A girl of 7 was killed.", "6-year", "7", "conflict"),
    ("A 6-year-old girl was killed.", "A girl of 7 was killed. A girl of 9 was killed.", "6-year", "7", "none"),
    ("A 6-year-old girl was killed.", "A girl of 7 was arrested.", "6-year", "7", "different_scope"),
    (
        "Omar Hale, 34, was charged.",
        "Police arrested Omar Hale. The 39-year-old said little.",
        "34",
        "39-year",
        "conflict",
    ),
    # A smaller number of an article that plays in a part of the place may be the part's.
    (
        "The storm killed 31 people in Vietnam.",
        "In Hanoi the streets were full of mud. Officials said 13 people were killed.",
        "31",
        "13",
        "different_scope",
    ),
    # A number that its own text says has moved.
    (
        "Divers recovered 19 bodies from the lake near Dover.",
        "The number of bodies recovered from the lake near Dover rose to 23.",
        "19",
        "23",
        "update",
    ),
    # What was proposed is not what was paid; what police say now is news.
    (
        "Acme was fined $40 million.",
        "Inspectors had proposed a fine of $50 million.",
        "$40 million",
        "$50 million",
        "different_status",
    ),
    (FERRY + "Five people were hurt.", FERRY + "Police now say four people were hurt.", "Five", "four", "update"),
    (FERRY + "The toll rose by 12.", FERRY + "The death toll is 30.", "12", "30", "different_measure"),
]


def hold(compare: Compare, row: tuple[str, str, str, str, str]) -> None:
    """Assert that the two figures of a row stand as it says, and that nothing is flagged but conflicts."""
    one, two, a, b, kind = row
    comparison = compare(one, two)
    found = kinds(comparison, a, b) - {"attribution_differs"}
    if kind == "different_unit":
        # Other units are not held against each other: the gate's step is told where it stopped them.
        assert flags(comparison) == []
    else:
        assert found == ({kind} if kind != "none" else set())
    assert bool(flags(comparison)) == (kind in {"conflict", "part_exceeds_whole"})


@pytest.mark.parametrize("row", PAIRS, ids=[f"{r[2]} / {r[3]}: {r[4]}" for r in PAIRS])
def test_pairs(compare: Compare, row: tuple[str, str, str, str, str]) -> None:
    hold(compare, row)
