"""Export, deletion with confirmation, one's own contributions, the timeline."""

import json
from typing import Any

import pytest

from tests.cogs.town import FERRY_A, FERRY_B, Town, buttons, components, message_of, private, said


async def test_an_export_is_a_file_for_its_asker(town: Town) -> None:
    await town.ferry()
    await town.slash("ruling dismiss", who=town.moderator, flag="1", reason="a slip")
    for format, name in (("csv", "corrobot-all.csv"), ("json", "corrobot-all.json"), ("md", "corrobot-all.md")):
        result = await town.slash("export", who=town.moderator, format=format)
        [file] = message_of(result).attachments
        assert private(result) and file.filename == name
        data = await file.read()
        assert b"Eighteen" in data
        if format == "json":
            [story] = json.loads(data)["stories"]
            assert [r["reason"] for r in story["rulings"]] == ["a slip"]
    one = await town.slash("export", who=town.moderator, story="ferry", format="md")
    assert message_of(one).attachments[0].filename == "corrobot-1.md"
    assert "There is no story 9" in said(await town.slash("export", who=town.moderator, story="9"))
    town.expected()


async def test_an_export_of_days_has_the_stories_with_an_article_of_them(town: Town) -> None:
    await town.ferry()
    flood = "Flood in Nantes\n\nAt least 29 people died in the flood in Nantes on Tuesday, the mayor said."
    await town.add("c.txt", flood, outlet="Loire Post", published="2024-06-02")

    async def titles(**days: str) -> tuple[str, list[str]]:
        result = await town.slash("export", who=town.moderator, format="json", **days)
        [file] = message_of(result).attachments
        return file.filename, [s["title"] for s in json.loads(await file.read())["stories"]]

    name, found = await titles(since="2024-06-01")
    assert name == "corrobot-all-2024-06-01.json" and found == ["Flood in Nantes"]
    assert len((await titles(since="2024-05-06", until="2024-06-02"))[1]) == 2
    name, [ferry] = await titles(until="20240506")
    assert name == "corrobot-all-2024-05-06.json" and "Ferry" in ferry
    log = said(await town.slash("audit", who=town.moderator))
    assert "all stories from 2024-05-06 until 2024-06-02 as json" in log
    for days, told in (
        (
            {"since": "2024-05-10", "until": "2024-05-20"},
            "No story here has an article from 2024-05-10 until 2024-05-20.",
        ),
        ({"since": "2024-06-10", "until": "2024-05-20"}, "begins on 2024-06-10, after its end"),
        ({"since": "June"}, "“June” is no date"),
    ):
        result = await town.slash("export", who=town.moderator, **days)
        assert told in said(result) and private(result)
    town.expected()


async def test_forgetting_asks_first_and_is_logged(town: Town) -> None:
    await town.ferry()
    await town.slash("source add", who=town.moderator, name="Lake Courier")
    asked = await town.slash("forget", who=town.moderator, article="2")
    assert "This deletes article 2 (Ferry accident on Lake Orla: 18 dead)" in said(asked) and private(asked)
    assert "18 dead" in said(await town.slash("article show", article="2"))
    gone = await town.moderator.click(message_of(asked), label="Delete for good")
    assert "Article 2 (Ferry accident on Lake Orla: 18 dead) was removed" in said(gone)
    source = await town.slash("forget", who=town.moderator, source="Lake Courier")
    assert "Source removed: Lake Courier" in said(
        await town.moderator.click(message_of(source), label="Delete for good")
    )
    person = await town.slash("forget", who=town.moderator, member=town.member)
    assert "1 article and 0 watches of" in said(person)
    assert "Deleted 1 article and all watches" in said(
        await town.moderator.click(message_of(person), label="Delete for good")
    )
    assert "There are no articles here yet" in said(await town.slash("article list"))
    log = said(await town.slash("audit", who=town.moderator))
    assert "**forget** article 2" in log and "**forget** member" in log
    assert "Name one of the three" in said(await town.slash("forget", who=town.moderator))
    town.expected()


async def test_a_forged_confirmation_is_refused(town: Town) -> None:
    await town.ferry()
    offered = await town.mention("article add")
    stored: Any = town.env.backend.get_message(offered.channel.id, offered.id)
    stored.components[0]["components"][0]["custom_id"] = "corrobot:forget:article:1"
    answer = await town.member.click(offered, custom_id="corrobot:forget:article:1")
    assert "Only moderators of this server" in said(answer) and private(answer)
    assert "12 dead" in said(await town.slash("article show", article="1"))


@pytest.mark.parametrize(("command", "options"), [("export", {}), ("forget", {"article": "1"})])
async def test_members_are_refused(town: Town, command: str, options: dict[str, str]) -> None:
    await town.open(command)
    assert "Only moderators of this server" in said(await town.slash(command, **options))
    town.expected()


async def test_my_data_is_mine_alone(town: Town) -> None:
    assert "You added no articles here" in said(await town.slash("mydata show"))
    await town.add("a.txt", FERRY_A, outlet="Orla Herald")
    await town.add("b.txt", FERRY_B, who=town.other, outlet="Lake Courier")
    shown = await town.slash("mydata show")
    assert "1. Ferry accident on Lake Orla leaves 12 dead" in said(shown) and "18 dead" not in said(shown)
    asked = await town.slash("mydata delete")
    assert "1 article and 0 watches of yours" in said(asked) and buttons(asked) == {"Delete for good": "corrobot:mine"}
    assert "Deleted 1 article and all watches" in said(
        await town.member.click(message_of(asked), label="Delete for good")
    )
    assert "You added no articles here" in said(await town.slash("mydata show"))
    assert "18 dead" in said(await town.slash("mydata show", who=town.other))


async def test_the_timeline_tells_who_said_what_when(town: Town) -> None:
    for day, count in (("06", "12"), ("07", "15"), ("08", "14")):
        text = (
            f"Ferry accident on Lake Orla\n\nThe death toll of the ferry Marigold on Lake Orla is {count}, police said."
        )
        await town.add(f"{day}.txt", text, outlet=f"Paper {day}", published=f"2024-05-{day}")
    shown = message_of(await town.slash("story timeline", story="1"))
    told = said(shown)
    [item] = next(c for c in components(shown) if c["type"] == 12)["items"]
    assert item["description"].startswith("Timeline of figures. Killed (2024): 6 May · police, Paper 06: 12;")
    assert [a.filename for a in shown.attachments] == ["timeline.png"]
    assert (await shown.attachments[0].read()).startswith(b"\x89PNG")
    assert told.index("6 May 2024") < told.index("7 May 2024") < told.index("8 May 2024")
    assert "**15**, up (Paper 07" in told and "**14**, down (Paper 08" in told
    card = message_of(await town.slash("compare", story="1"))
    pressed = await town.other.click(card, label="Timeline")
    assert "Timeline" in said(pressed) and message_of(pressed).attachments
