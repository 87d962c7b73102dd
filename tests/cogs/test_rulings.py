"""Rulings through Discord: commands, the button and its form, the card that shows them, the log, undo."""

from typing import Any

import pytest

from tests.cogs.town import FERRY_B, Town, buttons, components, message_of, private, said


async def rule(town: Town, command: str, /, **options: Any) -> str:
    """Use a command of moderators; only they see its answer."""
    result = await town.slash(command, who=town.moderator, **options)
    assert private(result)
    return said(result)


async def flag(town: Town) -> str:
    """Return the flag that is offered."""
    [choice] = await town.moderator.autocomplete(town.channel, "ruling dismiss", "flag", "")
    assert choice["name"].startswith("1 · ")
    return str(choice["value"])


async def test_a_dismissed_flag_is_shown_as_such_and_undone(town: Town) -> None:
    await town.ferry()
    told = await rule(town, "ruling dismiss", flag=await flag(town), reason="the police counted twice")
    assert "Ruling 1: people killed: Twelve / 18. Story 1 has 0 open flags now." in told
    card = said(await town.slash("compare", story="1"))
    assert "No conflict among" in card and "⚠" not in card
    ruled = card[card.index("**Ruled by moderators**") :]
    assert "people killed: Twelve / 18: **dismissed** by" in ruled
    assert f"<@{town.moderator.id}>" in ruled and "(ruling 1): the police counted twice" in ruled
    assert "dismissed" in said(await town.slash("article show", article="2"))
    assert "No open conflicts in this server." in said(await town.slash("flags"))
    assert "Ruling 1 is taken back" in await rule(town, "ruling undo", ruling=1, reason="too early")
    card = said(await town.slash("compare", story="1"))
    assert "⚠️ **Conflict" in card and "Ruled by moderators" not in card
    log = await rule(town, "audit")
    assert log.index("**ruling undo** ruling 1: people killed: Twelve / 18 – too early") < log.index(
        "**ruling dismiss** ruling 1: people killed: Twelve / 18 – the police counted twice"
    )
    assert "There is no ruling 1 in force here" in await rule(town, "ruling undo", ruling=1)
    town.expected()


async def test_the_button_opens_a_form_that_rules(town: Town) -> None:
    await town.ferry()
    card = message_of(await town.slash("compare", story="1"))
    assert "Rule on this" in buttons(card)
    form = await town.moderator.click(card, label="Rule on this")
    assert form.modal is not None
    answer = await town.moderator.submit_modal(
        form, {"flag": [await flag(town)], "decision": ["scope.group"], "reason": "18 counts the crew"}
    )
    assert private(answer) and "Story 1 has 0 open flags now." in said(answer)
    card = message_of(await town.slash("compare", story="1"))
    told = said(card)
    assert "**ruled not comparable** by" in told and "18 counts the crew" in told
    assert "ruled not comparable (group): 18 counts the crew – Twelve" in told
    assert "Rule on this" not in buttons(card)


async def test_a_side_is_dropped_by_the_form(town: Town) -> None:
    await town.ferry()
    card = message_of(await town.slash("compare", story="1"))
    form = await town.moderator.click(card, label="Rule on this")
    await town.moderator.submit_modal(form, {"flag": [await flag(town)], "decision": ["side.2"], "reason": "misread"})
    told = said(await town.slash("compare", story="1"))
    assert "Eighteen people killed: **ruled a wrong reading** by" in told and "⚠" not in told
    gone = await town.moderator.click(card, label="Rule on this")
    assert "Story 1 has no open flag to rule on." in said(gone) and private(gone)
    await town.slash("article remove", who=town.moderator, article="2")
    again = said(await town.add("c.txt", FERRY_B, outlet="Lake Courier", published="2024-05-06"))
    assert "⚠" not in again and "Eighteen people killed: **ruled a wrong reading**" in again


async def test_readings_and_articles_are_corrected(town: Town) -> None:
    await town.ferry()
    choices = await town.moderator.autocomplete(town.channel, "ruling reading", "figure", "eighteen")
    assert choices[0]["name"] == "Eighteen people killed (article 2, Lake Courier)"
    told = await rule(town, "ruling reading", figure=choices[0]["value"], reason="whole lake", place="Norway")
    assert "Ruling 1: Eighteen people killed." in told
    assert "**corrected** by" in said(await town.slash("compare", story="1"))
    told = await rule(
        town, "ruling correct", article="2", reason="see imprint", outlet="Courier", published="2024-05-07"
    )
    assert "article 2: outlet Lake Courier is Courier, published 2024-05-06 is 2024-05-07" in told
    assert "Courier, 7 May 2024" in said(await town.slash("story show", story="1"))
    assert "Say what to correct" in await rule(town, "ruling correct", article="2", reason="x")
    assert "is no date" in await rule(town, "ruling correct", article="2", reason="x", published="soon")
    assert "choose one from the list" in await rule(town, "ruling reading", figure="nothing", reason="x")
    town.expected()


async def test_stories_are_split_and_merged(town: Town) -> None:
    await town.ferry()
    told = await rule(town, "ruling split", articles="2", reason="another ferry")
    assert "articles 2 out of story 1 into story 2" in told
    assert "**split** by" in said(await town.slash("compare", story="2"))
    assert "No open conflicts" in said(await town.slash("flags"))
    told = await rule(town, "ruling merge", story="1", other="2", reason="the same after all")
    assert "story 2 into story 1. Story 1 has 1 open flag now." in told
    assert "**merged** by" in said(await town.slash("compare", story="1"))
    assert "Name articles by their numbers" in await rule(town, "ruling split", articles="both", reason="x")
    assert "merged with itself" in await rule(town, "ruling merge", story="1", other="1", reason="x")
    town.expected()


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("ruling dismiss", {"flag": "1", "reason": "x"}),
        ("ruling scope", {"flag": "1", "step": "place", "reason": "x"}),
        ("ruling reading", {"figure": "1.0", "reason": "x"}),
        ("ruling correct", {"article": "1", "reason": "x", "title": "Mine"}),
        ("ruling split", {"articles": "1", "reason": "x"}),
        ("ruling merge", {"story": "1", "other": "2", "reason": "x"}),
        ("ruling undo", {"ruling": 1}),
        ("audit", {}),
    ],
)
async def test_a_member_is_refused_even_where_the_command_is_shown(
    town: Town, command: str, options: dict[str, Any]
) -> None:
    await town.open(command.split(" ")[0])
    result = await town.slash(command, **options)
    town.expected()
    assert "Only moderators of this server may do that" in said(result) and private(result)


async def test_a_member_cannot_press_forge_or_submit(town: Town) -> None:
    await town.ferry()
    card = message_of(await town.slash("compare", story="1"))
    result = await town.member.click(card, label="Rule on this")
    assert "Only moderators of this server" in said(result) and private(result) and result.modal is None
    await town.open("ruling")
    assert await town.member.autocomplete(town.channel, "ruling dismiss", "flag", "") == []
    assert await town.member.autocomplete(town.channel, "ruling reading", "figure", "") == []


async def test_a_reason_mentions_nobody_and_stays_as_written(town: Town) -> None:
    await town.ferry()
    await rule(town, "ruling dismiss", flag="1", reason="@everyone [x](https://evil.example) <@&5>")
    message = message_of(await town.slash("compare", story="1"))
    assert "@everyone [x](https://evil.example) <@&5>" in said(message)
    texts = "".join(c["content"] for c in components(message) if c.get("type") == 10)
    assert "@everyone" not in texts and "](https://evil" not in texts and "<@&5>" not in texts


async def test_the_log_turns_its_pages(town: Town) -> None:
    assert "Nothing was ruled" in await rule(town, "audit")
    for number in range(12):
        await rule(town, "source add", name=f"Outlet {number}")
    first = await town.slash("audit", who=town.moderator)
    assert "**source add** Outlet 11" in said(first) and list(buttons(first)) == ["More ▶"]
    await town.moderator.click(message_of(first), label="More ▶")
    assert "Outlet 0" in said(message_of(first)) and "page 2" in said(message_of(first))
