"""Buttons: pages for the one who pressed, after a restart too; what they raise is answered."""

from typing import Any

from bot.services.all import Services
from cogs import texts
from cogs.client import Corrobot
from tests.cogs.town import Town, buttons, message_of, private, said


async def test_pages_are_for_the_one_who_pressed(town: Town) -> None:
    await town.ferry()
    card = message_of(await town.slash("compare", story="1"))
    figures = await town.other.click(card, label="All figures")
    assert private(figures) and "Eighteen" in said(figures) and "Lake Courier" in said(figures)
    quotes = await town.other.click(card, label="Quotes")
    assert "**Eighteen** people killed" in said(quotes) and "“Eighteen people were killed" in said(quotes)
    why = await town.other.click(card, label="Why flagged")
    assert "these cannot both hold" in said(why) and "does not say which one is true" in said(why)
    stopped = await town.other.click(card, label="Not compared")
    assert "killed is not injured" in said(stopped)


async def test_long_pages_turn_in_place(town: Town) -> None:
    rows = " ".join(
        f"The storm felled {n} trees in the harbour of Bergen on Monday, crews said." for n in range(20, 60)
    )
    await town.add("storm.txt", f"Storm in Bergen\n\n{rows}", outlet="Bergen Post")
    card = message_of(await town.slash("story show", story="1"))
    first = await town.other.click(card, label="All figures")
    assert "page 1 of 2" in said(first) and list(buttons(first)) == ["More ▶"]
    second = await town.other.click(message_of(first), label="More ▶")
    assert "page 2 of 2" in said(message_of(first)) and "59" in said(message_of(first))
    assert not second.followups


async def test_buttons_work_after_a_restart(town: Town, services: Services) -> None:
    await town.ferry()
    card = message_of(await town.slash("compare", story="1"))
    offered = await town.mention("article add")
    await town.env.restart_bot(Corrobot(services))
    assert "Lake Courier" in said(await town.member.click(card, label="All figures"))
    assert (await town.member.click(offered, label="Paste an article")).modal is not None
    sources = await town.slash("story show", story="1")
    assert "⚠️ **Conflict" in said(await town.member.click(message_of(sources), label="Compare the story"))


async def test_the_report_of_a_story_is_exported_by_moderators_after_a_restart_too(
    town: Town, services: Services
) -> None:
    await town.ferry()
    card = message_of(await town.slash("compare", story="1"))
    assert buttons(card)["Export"] == "corrobot:export:1"
    refused = await town.member.click(card, label="Export")
    assert said(refused) == texts.NOT_MODERATOR and private(refused)
    await town.env.restart_bot(Corrobot(services))
    sent = message_of(await town.moderator.click(card, label="Export"))
    assert said(sent) == "Here is story 1." and sent.flags.ephemeral
    [file] = sent.attachments
    report = (await file.read()).decode()
    assert file.filename == "corrobot-1.md" and "Eighteen people were killed" in report and "Lake Courier" in report
    [act] = await services.rulings.log(str(town.guild.id))
    assert (act.what, act.about, act.by) == ("export", "story 1 as md", str(town.moderator.id))


async def test_a_story_that_went_meanwhile(town: Town) -> None:
    await town.ferry()
    card = message_of(await town.slash("compare", story="1"))
    await town.slash("article remove", article="1")
    await town.slash("article remove", article="2")
    gone = await town.member.click(card, label="Quotes")
    assert "There is no story 1 here." in said(gone) and private(gone)


async def test_an_old_button_is_explained(town: Town) -> None:
    offered = await town.mention("article add")
    stored: Any = town.env.backend.get_message(offered.channel.id, offered.id)
    stored.components[0]["components"][0]["custom_id"] = "corrobot:older:1"
    answer = await town.member.click(offered, custom_id="corrobot:older:1")
    assert "from an older version" in said(answer) and private(answer)
