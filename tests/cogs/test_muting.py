"""Muting: no alert, no card for a link on its own; shown, logged, undone; everything can still be asked for."""

from typing import Any

import discord
import pytest

from bot.services.all import Services
from cogs.client import Corrobot
from tests.cogs.test_watching import add, cards, choose
from tests.cogs.town import FERRY_PAGE, FERRY_URL, Town, private, said


@pytest.fixture
def simcord_bot(services: Services) -> Corrobot:
    """Return the bot with message content, so that it listens."""
    return Corrobot(services, content=True)


@pytest.fixture
async def watched(town: Town) -> Town:
    """Watch a story with one article."""
    town.other_channel = town.guild.create_text_channel("elsewhere")
    await add(town, "12", "Orla Herald")
    town.channel = town.guild.create_text_channel("alerts")
    await town.slash("watch add", story="1")
    return town


async def mute(town: Town, command: str = "add", **options: Any) -> str:
    """Mute as a moderator."""
    return said(await town.slash(f"mute {command}", who=town.moderator, **options))


async def test_a_muted_story_raises_no_alert_until_that_is_lifted(watched: Town) -> None:
    town = watched
    assert "Muted: story 1." in await mute(town, story="ferry")
    assert "Already muted: story 1." in await mute(town, story="1")
    await add(town, "18", "Lake Courier")
    assert cards(town.channel) == []
    assert "Muted no longer: story 1." in await mute(town, "remove", story="1")
    await add(town, "18", "Shore Daily")
    assert cards(town.channel) == []
    await add(town, "60", "Coast Post")
    [card] = cards(town.channel)
    assert "60, known until now 12 to 18" in said(card)


async def test_a_story_muted_while_an_alert_waits_is_not_told(watched: Town) -> None:
    town = watched
    now = discord.utils.utcnow()
    await choose(town, "quiet_hours", f"{now:%H:%M}-{now.replace(hour=(now.hour + 1) % 24):%H:%M}")
    await add(town, "18", "Lake Courier")
    await mute(town, story="1")
    await town.env.advance_time(3900)
    await mute(town, "remove", story="1")
    await town.env.advance_time(600)
    assert cards(town.channel) == []


async def test_what_happened_while_a_story_was_muted_is_not_told_afterwards(watched: Town) -> None:
    town = watched
    now = discord.utils.utcnow()
    await choose(town, "quiet_hours", f"{now:%H:%M}-{now.replace(hour=(now.hour + 1) % 24):%H:%M}")
    await mute(town, story="1")
    await add(town, "18", "Lake Courier")
    await mute(town, "remove", story="1")
    await town.env.advance_time(3900)
    assert cards(town.channel) == []


async def test_a_muted_outlet_raises_no_alert_and_others_do(watched: Town) -> None:
    town = watched
    assert "Muted: Lake Courier." in await mute(town, outlet="Lake  Courier")
    assert "Already muted: Lake Courier." in await mute(town, outlet="lake courier")
    assert "Muted: Orla Herald." in await mute(town, outlet="orla herald")
    await mute(town, "remove", outlet="orla herald")
    await add(town, "18", "Lake Courier")
    assert cards(town.channel) == []
    told = said(await town.slash("compare", story="1"))
    assert "⚠️ **Conflict" in told and "Muted here: Lake Courier." in told
    await add(town, "60", "Coast Post")
    _, card = cards(town.channel)
    assert "Outside the known range. Killed: 60, known until now 12\n" in said(card)


async def test_an_outlet_muted_while_its_news_waits_is_not_told(watched: Town) -> None:
    town = watched
    now = discord.utils.utcnow()
    await choose(town, "quiet_hours", f"{now:%H:%M}-{now.replace(hour=(now.hour + 1) % 24):%H:%M}")
    await add(town, "18", "Lake Courier")
    await mute(town, outlet="Lake Courier")
    await town.env.advance_time(3900)
    assert cards(town.channel) == []


async def test_a_source_is_muted_under_all_its_names_and_domains(town: Town) -> None:
    await town.slash("source add", who=town.moderator, name="The Herald", domains="orla-herald.example")
    assert "Muted: The Herald." in await mute(town, outlet="the herald")
    town.web.pages[FERRY_URL] = FERRY_PAGE
    await choose(town, "listen_channels", f"<#{town.channel.id}>")
    await town.other.send(town.channel, FERRY_URL)
    assert [m for m in town.channel.history() if m.author.bot] == []
    told = await town.slash("article show", article="1")
    assert "**Twelve** people killed" in said(told) and "Muted here: Orla Herald." in said(told)


async def test_links_of_a_muted_story_are_read_without_a_card(town: Town) -> None:
    town.web.pages[FERRY_URL] = FERRY_PAGE
    await town.slash("article add", url=FERRY_URL)
    await mute(town, story="1")
    await choose(town, "listen_channels", f"<#{town.channel.id}>")
    before = len(town.channel.history())
    await town.other.send(town.channel, FERRY_URL)
    assert len(town.channel.history()) == before + 1
    assert "Already known here" in said(await town.slash("article add", url=FERRY_URL))
    assert "Story 1 is muted here: it raises no alert." in said(await town.slash("story show", story="1"))
    assert "muted here" in said(await town.slash("story list"))
    await mute(town, "remove", story="1")
    assert "muted here" not in said(await town.slash("story list"))
    await town.other.send(town.channel, FERRY_URL)
    assert "**Twelve** people killed" in said(town.channel.last_message)


async def test_what_is_muted_is_listed_logged_and_told_to_watchers(town: Town) -> None:
    await town.ferry()
    assert "Nothing is muted here." in await mute(town, "list")
    await mute(town, story="1")
    await mute(town, outlet="@everyone [x](https://evil.example)")
    listed = await town.slash("mute list", who=town.moderator)
    assert "story 1: Ferry accident on Lake Orla" in said(listed) and "@everyone [x](https" in said(listed)
    assert f"(by <@{town.moderator.id}>" in said(listed) and private(listed)
    log = said(await town.slash("audit", who=town.moderator))
    assert "**mute** story 1" in log
    assert "That story is muted here" in said(await town.slash("watch add", story="1"))
    await mute(town, "remove", outlet="@EVERYONE  [x](https://evil.example)")
    assert "@everyone" not in await mute(town, "list")


@pytest.mark.parametrize(
    ("command", "options", "told"),
    [
        ("add", {}, "Name one of the two"),
        ("add", {"story": "1", "outlet": "Orla Herald"}, "Name one of the two"),
        ("add", {"story": "9"}, "There is no story 9"),
        ("add", {"story": "volcano"}, "No story here has “volcano”"),
        ("remove", {"story": "1"}, "Story 1 is not muted here"),
        ("remove", {"outlet": "Nobody"}, "“Nobody” is not muted here"),
    ],
)
async def test_bad_input_is_refused_in_private(town: Town, command: str, options: dict[str, str], told: str) -> None:
    await town.ferry()
    result = await town.slash(f"mute {command}", who=town.moderator, **options)
    town.expected()
    assert told in said(result) and private(result)


async def test_members_are_refused_and_offered_nothing(town: Town) -> None:
    await town.ferry()
    await mute(town, outlet="Lake Courier")
    await town.open("mute")
    for command in ("add", "list", "remove"):
        options = {} if command == "list" else {"outlet": "Orla Herald"}
        assert "Only moderators of this server" in said(await town.slash(f"mute {command}", **options))
    town.expected()
    for command, expected in (("mute add", ["Lake Courier", "Orla Herald"]), ("mute remove", ["Lake Courier"])):
        assert await town.member.autocomplete(town.channel, command, "outlet", "") == []
        offered = await town.moderator.autocomplete(town.channel, command, "outlet", "")
        assert sorted(c["value"] for c in offered) == expected
    await mute(town, story="1")
    [offered] = await town.moderator.autocomplete(town.channel, "mute remove", "story", "fer")
    assert offered["value"] == "1"
