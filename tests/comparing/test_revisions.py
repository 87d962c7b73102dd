"""Which figure of an earlier version another one took the place of."""

from typing import Any

from bot.comparing.revisions import Before, add, changes
from bot.model import Article, Comparison, Figure


def figure(text: str, printed: str, value: float, **more: Any) -> Figure:
    """Make a count of killed people in the sentence it is printed in."""
    start = text.index(printed)
    begin = text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0
    stop = text.index(".", start) + 1
    values: dict[str, Any] = {"event": "killed", "unit": "person", "measure": "people killed", "confidence": 0.8}
    return Figure(
        f"f{start}", "a1", start, start + len(printed), ((start, start + len(printed)),), printed, "count",
        value, value, "exact", value=value, sentence=(begin, stop), **values | more,
    )  # fmt: skip


def before(text: str, *figures: Figure) -> Before:
    """Make an earlier version."""
    return Before(text, figures, "2024-05-06T10:00:00+00:00", "2024-05-06T14:00:00+00:00")


def test_the_same_sentence_with_another_number() -> None:
    old, new = "Police said 12 people were killed. It rained.", "Police said 15 people were killed. It rained."
    [change] = changes(Article("a1", "x", new), [figure(new, "15", 15)], before(old, figure(old, "12", 12)))
    assert (change.old.printed, change.new.printed, change.rule) == ("12", "15", "revision.sentence")


def test_the_one_count_of_a_measure_in_a_page_written_anew() -> None:
    old = "At least 12 bodies lay in the harbour by noon."
    new = "The toll of the storm, which struck at dawn, has reached 15, the mayor told reporters."
    [change] = changes(Article("a1", "x", new), [figure(new, "15", 15)], before(old, figure(old, "12", 12)))
    assert change.rule == "revision.measure"


def test_what_is_no_change() -> None:
    old = "Police said 12 people were killed. In 2010 a flood killed 30 there."
    kept = (
        "Police said 12 people were killed. In 2010 a flood killed 30 there. Then 3 more were killed in a fire at sea."
    )
    past = figure(old, "30", 30, anchor="flood")
    was = before(old, figure(old, "12", 12), past)
    now = [figure(kept, "12", 12), figure(kept, "30", 30, anchor="flood"), figure(kept, "3 more", 3)]
    assert changes(Article("a1", "x", kept), now, was) == []
    hurt = "Police said 12 people were hurt."
    assert changes(Article("a1", "x", hurt), [figure(hurt, "12", 12, event="injured")], was) == []
    there = figure(kept, "3 more", 3, place="Nantes")
    assert (
        changes(
            Article("a1", "x", kept),
            [there],
            before("In Lyon 4 died.", figure("In Lyon 4 died.", "4", 4, place="Lyon")),
        )
        == []
    )


def test_a_change_is_a_finding_behind_the_flags_and_never_one() -> None:
    old, new = "Police said 12 people were killed.", "Police said 15 people were killed."
    article = Article("a1", "x", new, outlet="Herald")
    now = figure(new, "15", 15)
    c = Comparison((article,), (now,), (), (), (), 0, {}, ())
    assert add(c, []) is c
    found = add(c, changes(article, [now], before(old, figure(old, "12", 12))))
    [finding], [relation] = found.findings, found.relations
    assert (finding.id, finding.kind, finding.flag, relation.flag, relation.severity) == (
        "c1", "self_revision", False, False, None,
    )  # fmt: skip
    assert finding.explanation == (
        "People killed: Herald silently changed 12 to 15 between 6 May 2024 10:00 and 6 May 2024 14:00 UTC."
        " It had said: “Police said 12 people were killed.”"
    )
