"""A page that changes its own figure: told, never a conflict, in any story and after a restart."""

from bot.services.all import Services
from bot.services.coverage import Coverage
from tests.cogs.conftest import _now
from tests.cogs.town import FERRY_PAGE, FERRY_URL, Town, said


async def test_a_silent_change_is_told_and_is_no_conflict(town: Town, services: Services) -> None:
    town.web.pages[FERRY_URL] = FERRY_PAGE
    await town.slash("article add", url=FERRY_URL)
    await town.env.advance_time(4 * 3600)
    town.web.pages[FERRY_URL] = FERRY_PAGE.replace("Twelve people", "Fifteen people").replace("12 dead", "15 dead")
    told = said(await town.slash("article add", url=FERRY_URL))
    assert "The page had changed and was read again." in told
    card = said(await town.slash("compare", story="1"))
    changed = card[card.index("**What changed**") :]
    assert (
        "**Changed its own figure.** People killed: Orla Herald silently changed Twelve to Fifteen between" in changed
    )
    assert "It had said: “Twelve people were killed when the ferry Marigold ran aground" in changed
    assert "⚠" not in card and "Conflict" not in card
    assert "No open conflicts" in said(await town.slash("flags"))
    again = Coverage(services.store, services.analyser, town.web, _now)
    view = await again.compare(str(town.guild.id), 1)
    found = [f for f in view.comparison.findings if f.kind == "self_revision"]
    assert found and not any(f.flag for f in found)
    assert {view.comparison.figure(id).printed for f in found for s in f.sides for id in s.figures} >= {"Fifteen"}
    await again.close()


async def test_a_change_that_is_owned_up_to_and_one_that_changes_no_figure(town: Town) -> None:
    town.web.pages[FERRY_URL] = FERRY_PAGE
    await town.slash("article add", url=FERRY_URL)
    await town.env.advance_time(3600)
    town.web.pages[FERRY_URL] = FERRY_PAGE.replace("by its operator", "by the operator").replace(
        "thirty years", "some thirty years"
    )
    await town.slash("article add", url=FERRY_URL)
    assert "Changed its own" not in said(await town.slash("compare", story="1"))
    await town.env.advance_time(3600)
    town.web.pages[FERRY_URL] = FERRY_PAGE.replace(
        "said 40 people were injured.", "said 44 people were injured. This story has been corrected."
    )
    await town.slash("article add", url=FERRY_URL)
    card = said(await town.slash("compare", story="1"))
    assert "Orla Herald changed, and says so, 40 to 44 between" in card and "⚠" not in card
