"""How two figures stand: each kind of relation, and each step of the gate with its reason."""

from bot.model import Article, Comparison
from bot.services.engine import Engine
from tests.conftest import Compare

FERRY = "A ferry sank off Lagos on Monday. "


def kinds(c: Comparison, one: str, two: str) -> set[str]:
    printed = {f.id: f.printed for f in c.figures}
    return {r.kind for r in c.relations if {printed[i] for i in r.figures} == {one, two}}


def flags(c: Comparison) -> list[str]:
    return [r.kind for r in c.relations if r.flag]


def test_an_explanation_names_whose_age_and_whose_children(compare: Compare) -> None:
    ages = compare("Ada McBride, 39, was hurt.", "Police named the 32-year-old Ada McBride.")
    told = next(r.explanation for r in ages.relations if r.flag)
    assert told.startswith("Age of Ada McBride: ") and "39 years" in told and told.endswith("One person has one age.")
    children = compare("Ada Norton, a mother of 13, died.", "Ada Norton was a mother of 12.")
    assert next(r.explanation for r in children.relations if r.flag).startswith("Children of Ada Norton: ")
    girls = compare("A 6-year-old girl was killed.", "A girl of 7 was killed.")
    assert next(r.explanation for r in girls.relations if r.flag).startswith("Age of the girl killed: ")


def test_an_explanation_names_the_words_that_two_texts_share(compare: Compare) -> None:
    c = compare(
        "A tense two hours followed in which police negotiated with the suspect.",
        "For almost three hours police negotiated with the suspect.",
    )
    told = next(r.explanation for r in c.relations if r.flag)
    assert told.startswith("Length of time (police, negotiated, suspect): ")
    assert told.endswith("Both tell it in much the same words: these cannot both hold.")


def test_two_days_of_one_arrest_conflict(compare: Compare) -> None:
    c = compare("Ada Norton was arrested on May 19, 2024.", "Ada Norton was arrested on May 21, 2024.")
    assert [(r.kind, r.rule) for r in c.relations if r.flag] == [("conflict", "date.differs")]
    assert "One event has one day" in next(r for r in c.relations if r.flag).explanation


def test_a_night_between_two_days_is_no_conflict(compare: Compare) -> None:
    c = compare("Ada Norton was arrested late on May 19, 2024.", "Ada Norton was arrested on May 20, 2024.")
    assert not flags(c)
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
    assert kinds(c, "12", "15") == {"update"}
    finding = next(f for f in c.findings if f.kind == "update")
    assert "up" in finding.explanation


def test_a_falling_count_is_an_update_too(compare: Compare) -> None:
    c = compare(
        ("A ferry sank off Lagos. Police said 15 people were killed.", "2022-03-21"),
        ("Police said 12 people were killed when a ferry sank off Lagos.", "2022-03-24"),
    )
    assert kinds(c, "15", "12") == {"update"}
    assert "down" in next(f for f in c.findings if f.kind == "update").explanation


def test_a_revision_told_by_one_explains_the_others(compare: Compare) -> None:
    c = compare(
        FERRY + "Eight people were injured.",
        FERRY + "Six people were injured.",
        FERRY + "The number of injured was revised from eight to six.",
    )
    assert flags(c) == []


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
    assert flags(c) == ["conflict"]


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


def test_what_agrees_is_told_as_it_is_printed(compare: Compare) -> None:
    c = compare(FERRY + "Police said 12 people were killed.", FERRY + "At least 12 people were killed.")
    told = [r.explanation for r in c.relations if r.kind == "attribution_differs"]
    assert len(told) == 1
    assert "12 and at least 12 are one number" in told[0] or "at least 12 and 12 are one number" in told[0]
    c = compare(FERRY + "Police said dozens were killed.", FERRY + "The navy said dozens were killed.")
    assert [r.explanation.rsplit(". ", 1)[1] for r in c.relations if r.kind == "agree"] == ["They use the same word."]


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
    assert flags(c) == []
    assert "update" in kinds(c, "Nine", "12")


def test_the_attacker_may_be_counted_among_the_dead(compare: Compare) -> None:
    c = compare(
        "A gunman killed three people in Lagos and shot himself.",
        "Four people were killed in a shooting in Lagos, police said.",
    )
    assert flags(c) == []
    assert any("attacker" in n.reason for n in c.not_compared)


def test_a_narrower_toll_that_is_all_its_article_counts_is_updated(compare: Compare) -> None:
    monday, tuesday = "2023-05-01", "2023-05-02"
    later = (FERRY + "Thirty people were hurt.", tuesday)
    assert kinds(compare((FERRY + "Nine sailors were hurt.", monday), later), "Nine", "Thirty") == {"update"}
    # Beside another count of the hurt it is a part of them.
    parted = FERRY + "Nine sailors were hurt. Four cooks were hurt."
    assert kinds(compare((parted, monday), later), "Nine", "Thirty") == {"different_scope"}
    # So it is where a word narrows it, and on one day.
    assert kinds(compare((FERRY + "Nine Danish sailors were hurt.", monday), later), "Nine", "Thirty") == {
        "different_scope"
    }
    assert kinds(compare((FERRY + "Nine sailors were hurt.", tuesday), later), "Nine", "Thirty") == {"different_scope"}


def test_the_last_weekday_an_undated_article_names_is_the_day_it_was_written(compare: Compare) -> None:
    sunday = "A ferry sank off Lagos on Sunday. Nine people were hurt."
    monday = "A ferry sank off Lagos on Sunday. Twelve people were hurt, the navy said on Monday."
    assert kinds(compare(sunday, monday), "Nine", "Twelve") == {"update"}
    ahead = "A ferry sank off Lagos on Sunday. Twelve people were hurt. A court will meet on Monday."
    assert kinds(compare(sunday, ahead), "Nine", "Twelve") == {"conflict"}
    # "about 9,000" is 12,000 rounded, but not a day later.
    camp = "A camp was bombed on Thursday. About 9,000 sailors were displaced."
    later = "A camp was bombed on Thursday. More than 12,000 sailors were displaced, the navy said on Sunday."
    assert kinds(compare(camp, later), "About 9,000", "More than 12,000") == {"update"}


def test_a_conflict_speaks_of_one_time_only_where_both_texts_tell_it(compare: Compare) -> None:
    one, two = FERRY + "Nine people were hurt.", FERRY.replace(" on Monday", "") + "Thirty people were hurt."
    told = [r.explanation for r in compare(one, two).relations if r.flag]
    assert len(told) == 1 and "a date is not stated" in told[0]
    told = [r.explanation for r in compare((one, "2023-05-02"), (two, "2023-05-02")).relations if r.flag]
    assert len(told) == 1 and "Same measure, place and time" in told[0]
    # When a quake's magnitude was told excuses no difference.
    quakes = compare("The quake had a magnitude of 6.1.", "The quake had a magnitude of 6.4.")
    told = [r.explanation for r in quakes.relations if r.flag]
    assert len(told) == 1 and "time" not in told[0] and "date" not in told[0]
