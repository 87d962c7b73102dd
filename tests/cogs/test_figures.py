"""Check a sentence, search figures."""

from tests.cogs.town import FERRY_URL, Town, said, texts_in


async def test_check_shows_what_stored_coverage_says(town: Town) -> None:
    await town.ferry()
    told = said(await town.slash("check", text="The ferry accident on Lake Orla killed 25 people on Monday."))
    assert "> The ferry accident on Lake Orla killed 25 people on Monday." in told
    assert "**25** people killed" in told
    assert "Against story 1:" in told and "⚠️ **Conflict" in told and "Lake Courier" in told
    # Each pair is of the checked text and of somebody else; what others say of each other is not asked.
    flags = [line for line in told.splitlines() if line.startswith("⚠️")]
    assert len(flags) == 2 and all("your text says **25** people" in line for line in flags)
    assert {"**18**" in flags[0], "**18**" in flags[1]} == {True, False}


async def test_check_without_figure_or_coverage(town: Town) -> None:
    assert "No figure was found in this text." in said(await town.slash("check", text="The lake is calm."))
    assert "No stored coverage speaks of this." in said(await town.slash("check", text="A fire killed 3 in Oslo."))


async def test_search_finds_figures_with_sentence_and_link(town: Town) -> None:
    await town.ferry()
    result = await town.slash("figures", query="killed marigold")
    assert "**Eighteen** people killed" in said(result)
    assert "“Eighteen people were killed when the ferry Marigold ran aground" in said(result)
    assert f"[Orla Herald](<{FERRY_URL}>)" in texts_in(result) and "story 1" in said(result)
    assert "No stored figure fits “volcano”" in said(await town.slash("figures", query="volcano"))
