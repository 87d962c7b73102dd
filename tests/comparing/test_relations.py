"""How two figures stand: each kind of relation, and each step of the gate with its reason."""

import pytest

from bot.model import Article, Comparison
from bot.services.engine import Engine
from tests.conftest import Compare

FERRY = "A ferry sank off Lagos on Monday. "


def _kinds(c: Comparison, one: str, two: str) -> set[str]:
    printed = {f.id: f.printed for f in c.figures}
    return {r.kind for r in c.relations if {printed[i] for i in r.figures} == {one, two}}


def _flags(c: Comparison) -> list[str]:
    return [r.kind for r in c.relations if r.flag]


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
    (FERRY + "The toll rose by 12.", FERRY + "The death toll is 30.", "12", "30", "different_measure"),
]


def test_an_explanation_names_whose_age_and_whose_children(compare: Compare) -> None:
    ages = compare("Ada McBride, 39, was hurt.", "Police named the 32-year-old Ada McBride.")
    told = next(r.explanation for r in ages.relations if r.flag)
    assert told.startswith("Age of Ada McBride: ") and "39 years" in told and told.endswith("One person has one age.")
    children = compare("Ada Norton, a mother of 13, died.", "Ada Norton was a mother of 12.")
    assert next(r.explanation for r in children.relations if r.flag).startswith("Children of Ada Norton: ")


def test_two_days_of_one_arrest_conflict(compare: Compare) -> None:
    c = compare("Ada Norton was arrested on May 19, 2024.", "Ada Norton was arrested on May 21, 2024.")
    assert [(r.kind, r.rule) for r in c.relations if r.flag] == [("conflict", "date.differs")]
    assert "One event has one day" in next(r for r in c.relations if r.flag).explanation


def test_a_night_between_two_days_is_no_conflict(compare: Compare) -> None:
    c = compare("Ada Norton was arrested late on May 19, 2024.", "Ada Norton was arrested on May 20, 2024.")
    assert not _flags(c)
    assert any("night" in n.reason for n in c.not_compared)


def test_ages_stand_in_the_figures_only_where_a_relation_names_them(compare: Compare) -> None:
    alone = compare("Ada Norton, 39, was hurt.", "Bea Hale, 32, was hurt.")
    assert not [f for f in alone.figures if f.type == "age"]


def test_each_side_carries_its_admiralty_number_with_the_working(compare: Compare) -> None:
    c = compare(FERRY + "Police said 12 people were killed.", FERRY + "The navy said 18 people were killed.")
    sides = next(f for f in c.findings if f.flag).sides
    assert [s.credibility for s in sides] == [3, 3]
    assert "1 independent voice for it, 1 against" in sides[0].working


def test_the_wording_of_each_source_is_measured_outside_its_quotations(compare: Compare) -> None:
    c = compare("The horrible, senseless blast shocked everybody there.", "The blast was at the quay, police said.")
    loud, plain = c.tones
    assert loud.subjectivity > plain.subjectivity
    quoted = compare(
        'He said: "The horrible, senseless blast shocked everybody" on the quay.', "Nothing else is known of it."
    )
    assert quoted.tones[0].subjectivity == 0


@pytest.mark.parametrize("row", PAIRS, ids=[f"{r[2]} / {r[3]}: {r[4]}" for r in PAIRS])
def test_pairs(compare: Compare, row: tuple[str, str, str, str, str]) -> None:
    one, two, a, b, kind = row
    comparison = compare(one, two)
    kinds = _kinds(comparison, a, b) - {"attribution_differs"}
    if kind == "different_unit":
        # Other units are not held against each other: the gate's step is told where it stopped them.
        assert _flags(comparison) == []
    else:
        assert kinds == ({kind} if kind != "none" else set())
    assert bool(_flags(comparison)) == (kind in {"conflict", "part_exceeds_whole"})


def test_a_dollar_sign_is_the_outlets_own(engine: Engine) -> None:
    texts = {
        "herald.example.ca": "Acme paid a fine of $40 million.",
        "post.example": "Acme paid a fine of $50 million.",
    }
    articles = [Article(f"a{n}", f"{n}.txt", t, outlet=o) for n, (o, t) in enumerate(texts.items(), 1)]
    c = engine.compare(articles, [engine.read(a) for a in articles])
    assert [(r.kind, r.flag) for r in c.relations] == [("different_unit", False)]
    assert "CAD / USD" in c.relations[0].explanation


def test_a_later_count_is_an_update(compare: Compare) -> None:
    c = compare(
        ("A ferry sank off Lagos. Police said 12 people were killed.", "2022-03-21"),
        ("Police said 15 people were killed when a ferry sank off Lagos.", "2022-03-24"),
    )
    assert _kinds(c, "12", "15") == {"update"}
    finding = next(f for f in c.findings if f.kind == "update")
    assert "up" in finding.explanation


def test_a_falling_count_is_an_update_too(compare: Compare) -> None:
    c = compare(
        ("A ferry sank off Lagos. Police said 15 people were killed.", "2022-03-21"),
        ("Police said 12 people were killed when a ferry sank off Lagos.", "2022-03-24"),
    )
    assert _kinds(c, "15", "12") == {"update"}
    assert "down" in next(f for f in c.findings if f.kind == "update").explanation


def test_a_revision_told_by_one_explains_the_others(compare: Compare) -> None:
    c = compare(
        FERRY + "Eight people were injured.",
        FERRY + "Six people were injured.",
        FERRY + "The number of injured was revised from eight to six.",
    )
    assert _flags(c) == []


def test_dead_and_injured_make_the_casualties(compare: Compare) -> None:
    c = compare(
        "The UN said that 977 people were killed and 1,594 were injured in Nigeria.",
        "The UN confirmed more than 2,500 casualties in Nigeria.",
    )
    sums = [r for r in c.relations if r.kind == "sum_agrees"]
    assert len(sums) == 1
    assert len(sums[0].figures) == 3
    assert "2,571" in sums[0].explanation


def test_a_copied_sentence_raises_no_second_flag(compare: Compare) -> None:
    copied = FERRY + "Police in the city said on Monday evening that 12 people were killed."
    c = compare(copied, copied, FERRY + "The navy said 18 people were killed.")
    assert _flags(c) == ["conflict"]


def test_one_finding_for_one_disagreement(compare: Compare) -> None:
    c = compare(
        FERRY + "Police said 12 people were killed.",
        FERRY + "The navy said 18 people were killed.",
        FERRY + "The coroner said 18 people were killed.",
    )
    flagged = [f for f in c.findings if f.flag]
    assert len(flagged) == 1
    assert sorted(len(s.voices) for s in flagged[0].sides) == [1, 2]


def test_the_explanation_names_voices_and_numbers(compare: Compare) -> None:
    c = compare(FERRY + "Police said 12 people were killed.", FERRY + "The navy said 18 people were killed.")
    text = next(f for f in c.findings if f.flag).explanation
    for word in ("police", "12", "18", "navy"):
        assert word in text


def test_only_flags_are_called_conflict(compare: Compare) -> None:
    c = compare("Police said 900 people were killed in Lagos.", "The UN said 2,400 people were killed in Nigeria.")
    assert all("conflict" not in r.explanation.lower() for r in c.relations if not r.flag)


def test_quotations_in_other_words(compare: Compare) -> None:
    c = compare(
        "“The government assesses that members of the guild broke the law,” she said.",
        "“The government notes that members of the guild broke the law,” she said.",
    )
    assert len(c.quotes) == 1
    assert "assesses" in c.quotes[0].explanation


def test_comparing_is_deterministic(compare: Compare) -> None:
    texts = (FERRY + "Police said 12 people were killed.", FERRY + "The navy said 18 people were killed and 40 hurt.")
    assert compare(*texts) == compare(*texts)


def test_policies(compare: Compare) -> None:
    c = compare(
        FERRY + "Police said 12 people were killed.",
        FERRY + "The navy said 18 people were killed.",
        FERRY + "The coroner said 18 people were killed.",
    )
    leads = next(iter(c.leading.values()))
    assert leads["lowest"].low == 12
    assert leads["majority"].low == 18
    assert (leads["range"].low, leads["range"].high) == (12, 18)


def test_a_page_written_on_while_the_toll_rises_keeps_its_highest(compare: Compare) -> None:
    rising = (
        FERRY
        + "Nine people were killed. The coast guard searched on. It said that the sea was rough. Twelve people were killed in all."
    )
    c = compare(rising, FERRY + "The navy said 12 people were killed.")
    assert _flags(c) == []
    assert "update" in _kinds(c, "Nine", "12")


def test_the_attacker_may_be_counted_among_the_dead(compare: Compare) -> None:
    c = compare(
        "A gunman killed three people in Lagos and shot himself.",
        "Four people were killed in a shooting in Lagos, police said.",
    )
    assert _flags(c) == []
    assert any("attacker" in n.reason for n in c.not_compared)
