"""Stories: the comparison card with quotes, outlets, links, table and chart; flags, summaries, lists."""

from typing import Any

import pytest

from tests.cogs.town import (
    FERRY_URL,
    FLOOD_IN_ALL,
    FLOOD_IN_TOWN,
    Town,
    buttons,
    components,
    message_of,
    private,
    said,
    texts_in,
)


async def test_the_comparison_shows_a_conflict_with_both_sides(town: Town) -> None:
    await town.ferry()
    result = await town.slash("compare", story="1")
    told = said(result)
    assert not private(result)
    assert "story 1 · 2 articles · 2 outlets" in told
    assert "1 conflict among" in told
    assert "⚠️ **Conflict" in told
    flag = told[told.index("⚠️") :].split("**What")[0]
    assert "**twelve** people" in flag and "**18**" in flag and "these cannot both hold" in flag
    assert "Twelve people were killed" in flag
    assert "18 dead”" in flag or "Eighteen people were killed" in flag
    assert f"[Orla Herald](<{FERRY_URL}>)" in texts_in(result) and "Lake Courier" in flag
    assert "6 May 2024" in flag
    assert told.index("⚠️") < told.index("What agrees") < told.index("Not compared, because") < told.index("```")
    assert "killed is not injured" in told
    assert "Orla Herald" in told[told.index("```") :]
    assert "true" not in told.lower()
    assert list(buttons(result)) == [
        "All figures",
        "Timeline",
        "Quotes",
        "Why flagged",
        "What agrees",
        "Not compared",
        "Rule on this",
        "Watch",
        "Export",
    ]


async def test_the_chart_goes_along_with_its_words(town: Town) -> None:
    await town.ferry()
    message = message_of(await town.slash("compare", story="1"))
    gallery = next(c for c in components(message) if c["type"] == 12)
    item = gallery["items"][0]
    assert [a.filename for a in message.attachments] == ["chart.png"]
    assert "chart.png" in item["media"]["url"]
    assert "Twelve" in item["description"] and "18" in item["description"] and "Orla Herald" in item["description"]
    assert (await message.attachments[0].read()).startswith(b"\x89PNG") and len(item["description"]) <= 1024


async def test_a_part_above_its_whole_is_a_flag(town: Town) -> None:
    await town.add("a.txt", FLOOD_IN_TOWN, outlet="Loire Post", published="2024-05-07")
    result = await town.add("b.txt", FLOOD_IN_ALL, outlet="Capital Gazette", published="2024-05-07")
    told = said(result)
    assert "⚠️ **A part above its whole (high).**" in told
    assert "Nantes lies in France, and a part cannot exceed the whole" in told
    assert "“At least 29 people died in the flood in Nantes on Tuesday, the mayor said.” — Loire Post" in told
    flags = said(await town.slash("flags"))
    assert "Open conflicts" in flags and "1 conflict in this server" in flags and "a part cannot exceed" in flags


async def test_figures_that_agree_are_no_conflict(town: Town) -> None:
    for outlet in ("North", "South"):
        text = f"Fire in the harbour of Bergen\n\nThe fire in Bergen killed 7 people on Monday, police said. {outlet}."
        await town.add(f"{outlet}.txt", text, outlet=f"{outlet} Daily", published="2024-05-06")
    told = said(await town.slash("compare", story="1"))
    assert "No conflict among" in told and "⚠" not in told
    assert "**Agree.** Killed" in told and "North Daily" in told and "South Daily" in told
    assert "No open conflicts in this server." in said(await town.slash("flags"))


async def test_a_policy_leads_and_the_others_stand_beside(town: Town) -> None:
    await town.ferry()
    told = said(await town.slash("compare", story="1", policy="lowest"))
    assert (
        "Which figure leads" in told
        and "**12** (lowest: the lowest figure)" in told
        and "range: 12 to 18; majority: 12; newest_reliable: 12" in told
    )


@pytest.mark.parametrize("typed", ["1", "#1", "ferry", "Lake Orla", "eighteen inquiry"])
async def test_a_story_is_found_by_number_title_or_what_its_articles_say(town: Town, typed: str) -> None:
    await town.ferry()
    assert "story 1 ·" in said(await town.slash("story show", story=typed))


async def test_which_story_is_asked_and_what_is_missing_is_said(town: Town) -> None:
    none = await town.slash("compare", story="ferry")
    assert "There are no stories here yet" in said(none) and private(none)
    await town.ferry()
    await town.add("c.txt", "Ferry strike in Bergen\n\nThe strike in Bergen stopped 9 boats on Friday, crews said.")
    unsure = await town.slash("compare", story="ferry")
    assert "Several stories fit “ferry”" in said(unsure) and "1 (Ferry accident" in said(unsure)
    missing = await town.slash("compare", story="volcano")
    assert "No story here has “volcano” in it. See /story list." in said(missing)
    gone = await town.slash("compare", story="77")
    assert "There is no story 77 here." in said(gone) and private(gone)
    town.expected()


async def test_sources_side_by_side(town: Town) -> None:
    await town.ferry()
    result = await town.slash("story show", story="1")
    told = said(result)
    assert f"1. [Orla Herald](<{FERRY_URL}>), 6 May 2024: Ferry accident on Lake Orla leaves 12 dead" in told
    assert "2. Lake Courier, 6 May 2024: Ferry accident on Lake Orla: 18 dead" in told
    assert "Eighteen people killed" in told
    shown = await town.member.click(message_of(result), label="Compare the story")
    assert "Conflict" in said(shown) and private(shown)


async def test_summaries_quote_and_link_their_sources(town: Town) -> None:
    await town.ferry()
    story = await town.slash("summary", story="1")
    assert "Summary: Ferry accident on Lake Orla" in said(story)
    assert f"— [Orla Herald](<{FERRY_URL}>)" in texts_in(story)
    told = said(story)
    assert told.index("What sources agree on") < told.index("What only one says") < told.index("figures differ")
    quoted = [line for line in told.split("**Where their figures differ**")[0].splitlines() if line.startswith("> ")]
    assert len(quoted) == len(set(quoted)) > 3, "no sentence stands there twice"
    agreed, rest = told.split("**What only one says**")
    assert "> Police said 40 people were injured.\n-# — Lake Courier; so does Orla Herald" in agreed
    only, differ = rest.split("**Where their figures differ**")
    assert "promised an inquiry" in only or "crossed the lake" in only
    assert "⚠️ Killed" in differ and "coast guard said.\n-# — [Orla" in differ and "18 dead\n-# — Lake Courier" in differ
    article = said(await town.slash("summary", article="2"))
    assert "> Eighteen people were killed when the ferry Marigold ran aground" in article and "Lake Courier" in article
    refused = await town.slash("summary")
    town.expected()
    assert "Name an article or a story." in said(refused) and private(refused)


async def test_flags_of_one_story(town: Town) -> None:
    await town.ferry()
    result = await town.slash("flags", story="1")
    assert "1 conflict in story 1" in said(result) and "Lake Courier" in said(result)
    assert list(buttons(result)) == ["Compare story 1"]


async def test_the_list_and_its_words(town: Town) -> None:
    assert "There are no stories here yet" in said(await town.slash("story list"))
    await town.ferry()
    told = said(await town.slash("story list"))
    assert "**1.** Ferry accident on Lake Orla" in told and "2 articles · 2 outlets" in told and "1 conflict" in told
    assert "Ferry accident" in said(await town.slash("story list", query="ferry"))
    assert "No story here has “volcano” in it." in said(await town.slash("story list", query="volcano"))


async def test_autocomplete_offers_stories(town: Town) -> None:
    await town.ferry()
    for typed in ("", "ferry", "1", "1 · Ferry"):
        choices: list[dict[str, Any]] = await town.member.autocomplete(town.channel, "compare", "story", typed)
        assert choices == [{"name": "1 · Ferry accident on Lake Orla leaves 12 dead", "value": "1"}], typed
    assert await town.member.autocomplete(town.channel, "compare", "story", "volcano") == []


async def test_another_server_sees_nothing_of_it(town: Town) -> None:
    await town.ferry()
    guild = town.env.create_guild(name="Elsewhere")
    channel = guild.create_text_channel("desk")
    stranger = guild.add_member(town.env.create_user("stella"))
    assert "There is no story 1 here." in said(await stranger.slash(channel, "compare", story="1"))
    town.expected()
    assert await stranger.autocomplete(channel, "compare", "story", "") == []
    assert "No stored figure fits" in said(await stranger.slash(channel, "figures", query="killed"))
