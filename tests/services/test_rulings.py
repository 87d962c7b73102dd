"""Rulings over a real store: each changes the outcome, is shown, survives another analysis, and can be taken back."""

import pytest
import pytest_asyncio

from bot.model import Comparison, CorrobotError, Finding
from bot.services.coverage import Coverage
from bot.services.rulings import Rulings
from bot.store import Store

from .articles import FROST, HERALD, POST, TIMES
from .conftest import Clock

pytestmark = pytest.mark.asyncio(loop_scope="package")
SENTINEL = """Outlet: Sentinel
Title: Ferry Selma Lund sinks at Vostmark
Published: 2024-05-02

The ferry Selma Lund sank off Vostmark on Thursday near the lighthouse; 21 people were killed, a minister said.
"""


@pytest_asyncio.fixture(loop_scope="package")
async def rulings(store: Store, coverage: Coverage, clock: Clock) -> Rulings:
    """Make the service, with two articles that conflict."""
    await coverage.add_text("s", HERALD)
    await coverage.add_text("s", TIMES)
    return Rulings(store, coverage, clock)


async def compared(coverage: Coverage) -> Comparison:
    """Compare story 1."""
    return (await coverage.compare("s", 1)).comparison


def flags(c: Comparison) -> list[Finding]:
    """Return the flags."""
    return [f for f in c.findings if f.flag]


async def again(store: Store, coverage: Coverage) -> Comparison:
    """Forget what was read and compared, and analyse everything again."""
    async with store.database.write() as handle:
        await handle.run("DELETE FROM readings")
        await handle.run("UPDATE stories SET comparison = NULL, version = version + 1")
    for stored in await coverage.articles("s"):
        await coverage.article("s", stored.number)
    return await compared(coverage)


async def test_a_dismissed_flag_is_none_until_it_is_undone(rulings: Rulings, coverage: Coverage, store: Store) -> None:
    [flag] = await rulings.open("s")
    made = await rulings.dismiss("s", f"1.{flag.id}", "the Times\n corrected it", "7")
    assert (made.ruling.number, made.about) == (1, "people killed: 12 / 18")
    assert [s.flags for s in made.stories] == [0]
    for c in (await compared(coverage), await again(store, coverage)):
        assert flags(c) == []
        [found] = [f for f in c.findings if f.ruling]
        assert found.kind == "conflict" and found.ruling is not None
        assert (found.ruling.by, found.ruling.reason) == ("7", "the Times corrected it")
        assert [(r.ruling.number, r.about) for r in c.ruled] == [(1, "people killed: 12 / 18")]
        assert found.id not in c.leading
    assert await coverage.flags("s") == []
    assert await rulings.open("s") == []
    await rulings.undo("s", 1, "8", "too early")
    assert len(flags(await compared(coverage))) == 1
    assert [s.flags for s in await coverage.stories("s")] == [1]
    assert [(a.what, a.by, a.why) for a in await rulings.log("s")] == [
        ("ruling undo", "8", "too early"),
        ("ruling dismiss", "7", "the Times corrected it"),
    ]
    with pytest.raises(CorrobotError, match="no ruling 1 in force"):
        await rulings.undo("s", 1, "8")


async def test_new_evidence_is_a_flag_again(rulings: Rulings, coverage: Coverage) -> None:
    await rulings.dismiss("s", "1", "a slip", "7")
    await coverage.add_text("s", SENTINEL)
    c = await compared(coverage)
    [flag] = flags(c)
    assert {c.figure(id).printed for side in flag.sides for id in side.figures} == {"12", "18", "21"}
    pairs = [{c.figure(id).printed for id in r.figures} for r in c.relations if r.id in flag.relations]
    assert {"12", "18"} not in pairs and {"12", "21"} in pairs
    assert [f.ruling.number for f in c.findings if f.ruling] == [1]


async def test_what_is_not_comparable_is_another_scope_with_its_reason(
    rulings: Rulings, coverage: Coverage, store: Store
) -> None:
    await rulings.scope("s", "1", "group", "18 counts the crew, too", "7")
    for c in (await compared(coverage), await again(store, coverage)):
        assert flags(c) == [] and not [f for f in c.findings if f.kind == "conflict"]
        [relation] = [r for r in c.relations if r.rule == "ruling.1"]
        assert (relation.kind, relation.flag) == ("different_scope", False)
        assert {c.figure(id).printed for id in relation.figures} == {"12", "18"}
        assert c.not_compared[0].reason == "ruled not comparable (group): 18 counts the crew, too"
        assert c.not_compared[0].step == "group"
    await rulings.undo("s", 1, "7")
    assert len(flags(await compared(coverage))) == 1
    with pytest.raises(CorrobotError, match="colour is no step"):
        await rulings.scope("s", "1", "colour", "x", "7")


async def test_a_wrong_reading_is_dropped_even_from_the_same_text_added_again(
    rulings: Rulings, coverage: Coverage, store: Store
) -> None:
    found = [(id, s.number) for id, s, f in await rulings.figures("s", "18 killed") if f.printed == "18"]
    assert [number for _, number in found] == [2]
    await rulings.reading("s", found[0][0], "18 is the age of the ship", "7")
    assert [s.flags for s in await coverage.stories("s")] == [0]
    for c in (await compared(coverage), await again(store, coverage)):
        assert "18" not in {f.printed for f in c.figures} and flags(c) == []
        assert [r.about for r in c.ruled] == ["18 people killed"]
    view = await coverage.article("s", 2)
    assert view.reading is not None and "18" not in {f.printed for f in view.reading.figures}
    assert "18" not in {x.figure.printed for x in await coverage.figures("s", "killed vostmark")}
    await coverage.remove("s", 2)
    assert (await coverage.add_text("s", TIMES)).stored.number == 3
    c = await compared(coverage)
    assert len(c.articles) == 2 and "18" not in {f.printed for f in c.figures}
    await rulings.undo("s", 1, "7")
    assert len(flags(await compared(coverage))) == 1


async def test_one_side_of_a_flag_can_be_dropped(rulings: Rulings, coverage: Coverage) -> None:
    [made] = await rulings.side("s", "1", 2, "misread", "7")
    assert made.about in ("12 people killed", "18 people killed")
    assert flags(await compared(coverage)) == []
    await rulings.undo("s", 1, "7")
    with pytest.raises(CorrobotError, match="sides 1 to 2"):
        await rulings.side("s", "1", 3, "misread", "7")


async def test_a_field_of_a_reading_is_corrected(rulings: Rulings, coverage: Coverage, store: Store) -> None:
    [id] = [id for id, _, f in await rulings.figures("s", "18 killed") if f.printed == "18"]
    await rulings.reading("s", id, "the count is of the whole coast", "7", {"place": "Norway", "as_of": "2024-05-09"})
    for c in (await compared(coverage), await again(store, coverage)):
        [figure] = [f for f in c.figures if f.printed == "18"]
        assert (figure.place, figure.as_of) == ("Norway", "2024-05-09") and "ruling.corrected" in figure.rules
        assert flags(c) == []
    with pytest.raises(CorrobotError, match="place, group, as_of"):
        await rulings.reading("s", id, "x", "7", {"value": "3"})
    with pytest.raises(CorrobotError, match="choose one from the list"):
        await rulings.reading("s", "2.0123", "x", "7")


async def test_corrected_metadata_survives_and_is_taken_back(
    rulings: Rulings, coverage: Coverage, store: Store
) -> None:
    made = await rulings.correct("s", 2, "see the imprint", "7", outlet="Isle Times", published="2024-05-03")
    assert "outlet Island Times is Isle Times" in made.about
    assert [r.about for r in (await compared(coverage)).ruled] == [made.about]
    await rulings.correct("s", 2, "renamed", "7", outlet="The Isle")
    assert (await coverage.article("s", 2)).stored.article.outlet == "The Isle"
    await coverage.remove("s", 2)
    number = (await coverage.add_text("s", TIMES)).stored.number
    article = (await coverage.article("s", number)).stored.article
    assert (number, article.outlet, article.published) == (3, "The Isle", "2024-05-03")
    assert {a.outlet for a in (await again(store, coverage)).articles} == {"Harbour Herald", "The Isle"}


async def test_undoing_a_correction_gives_back_the_one_before(rulings: Rulings, coverage: Coverage) -> None:
    await rulings.correct("s", 2, "see the imprint", "7", outlet="Isle Times")
    await rulings.correct("s", 2, "renamed", "7", outlet="The Isle")
    for number, outlet in ((2, "Isle Times"), (1, "Island Times")):
        await rulings.undo("s", number, "7")
        assert (await coverage.article("s", 2)).stored.article.outlet == outlet
    with pytest.raises(CorrobotError, match="Say what to correct"):
        await rulings.correct("s", 2, "x", "7", title=" ")
    with pytest.raises(CorrobotError, match="Say why"):
        await rulings.correct("s", 2, " ", "7", title="T")


async def test_split_and_merge_hold_and_are_undone(rulings: Rulings, coverage: Coverage, store: Store) -> None:
    await coverage.add_text("s", POST)
    made = await rulings.split("s", [2], "another ship", "7")
    assert made.about == "articles 2 out of story 1 into story 2"
    assert [s.number for s in made.stories] == [1, 2]
    assert flags(await again(store, coverage)) == []
    assert (await coverage.article("s", 2)).story == await store.stories.get("s", 2)
    await rulings.undo("s", 1, "7")
    assert len(flags(await compared(coverage))) == 1 and await store.stories.get("s", 2) is None
    await coverage.add_text("s", FROST)
    merged = await rulings.merge("s", 1, 3, "one disaster", "7")
    assert [(s.number, s.articles) for s in merged.stories] == [(1, 4)]
    assert len((await again(store, coverage)).articles) == 4
    undone = await rulings.undo("s", 2, "7")
    assert [(s.number, s.articles) for s in undone.stories] == [(1, 3), (4, 1)]
    for numbers, reason in (([9], "no article 9"), ([1, 4], "articles of one story"), ([4], "no other article")):
        with pytest.raises(CorrobotError, match=reason):
            await rulings.split("s", numbers, "x", "7")
    with pytest.raises(CorrobotError, match="merged with itself"):
        await rulings.merge("s", 1, 1, "x", "7")


async def test_what_is_added_again_goes_where_rulings_put_it(rulings: Rulings, coverage: Coverage) -> None:
    await coverage.add_text("s", POST)
    await rulings.split("s", [2], "another ship", "7")
    await coverage.remove("s", 2)
    again = await coverage.add_text("s", TIMES)
    assert again.story is not None and (again.story.number, again.story.articles) == (3, 1)
    frost = await coverage.add_text("s", FROST)
    assert frost.story is not None and frost.story.number == 4
    await rulings.merge("s", 1, 4, "one disaster", "7")
    await coverage.remove("s", frost.stored.number)
    back = await coverage.add_text("s", FROST)
    assert back.story is not None and back.story.number == 1


async def test_rulings_belong_to_one_server(rulings: Rulings, coverage: Coverage) -> None:
    await rulings.dismiss("s", "1", "a slip", "7")
    await coverage.add_text("t", HERALD)
    await coverage.add_text("t", TIMES)
    assert len(flags((await coverage.compare("t", 1)).comparison)) == 1
    assert await rulings.log("t") == []
    with pytest.raises(CorrobotError, match="no ruling 1"):
        await rulings.undo("t", 1, "7")
