"""Listening: links in named channels, on their own or on a reaction; without the intent nothing is read."""

from typing import Any

import pytest

from bot.services.all import Services
from cogs.client import Corrobot
from tests.cogs.town import FERRY_PAGE, FERRY_URL, Town, said


@pytest.fixture
def simcord_bot(services: Services) -> Corrobot:
    """Return the bot with message content."""
    return Corrobot(services, content=True)


async def choose(town: Town, key: str, value: str) -> str:
    """Choose a setting."""
    return said(await town.slash("settings set", who=town.moderator, key=key, value=value))


def answers(town: Town) -> list[str]:
    """Return what the bot said in the channel."""
    return [said(m) for m in town.channel.history() if m.author.bot]


async def test_links_in_a_named_channel_are_read(town: Town) -> None:
    town.web.pages[FERRY_URL] = FERRY_PAGE
    await town.other.send(town.channel, f"seen this? {FERRY_URL}")
    assert answers(town) == []
    assert "Message Content Intent" not in await choose(town, "listen_channels", f"<#{town.channel.id}>")
    await town.other.send(town.channel, "no link here, 12 people died")
    assert answers(town) == []
    await town.other.send(town.channel, f"seen this? {FERRY_URL}")
    [card] = answers(town)
    assert "**Twelve** people killed" in card


async def test_a_link_that_fails_is_marked_and_nothing_is_said(town: Town) -> None:
    await choose(town, "listen_channels", f"<#{town.channel.id}>")
    sent = await town.other.send(town.channel, "https://nowhere.example/a")
    assert answers(town) == []
    stored: Any = await town.env.bot.get_channel(town.channel.id).fetch_message(sent.id)
    assert [str(r.emoji) for r in stored.reactions] == ["⚠️"]


async def test_a_reaction_asks_where_the_server_prefers_that(town: Town) -> None:
    town.web.pages[FERRY_URL] = FERRY_PAGE
    await choose(town, "listen_channels", f"<#{town.channel.id}>")
    await choose(town, "listen_mode", "reaction")
    sent = await town.other.send(town.channel, FERRY_URL)
    assert answers(town) == []
    await town.member.react(sent, "👍")
    assert answers(town) == []
    await town.member.react(sent, "📰")
    [card] = answers(town)
    assert "**Twelve** people killed" in card


async def test_a_mention_is_answered_once(town: Town) -> None:
    town.web.pages[FERRY_URL] = FERRY_PAGE
    await choose(town, "listen_channels", f"<#{town.channel.id}>")
    await town.mention(f"read {FERRY_URL}")
    assert len(answers(town)) == 1


async def test_without_the_intent_nothing_is_read_and_it_is_said(town: Town, services: Services) -> None:
    await town.env.restart_bot(Corrobot(services))
    town.web.pages[FERRY_URL] = FERRY_PAGE
    assert "Message Content Intent" in await choose(town, "listen_channels", f"<#{town.channel.id}>")
    await town.other.send(town.channel, FERRY_URL)
    assert answers(town) == []
    assert "**Twelve** people killed" in said(await town.mention(f"{FERRY_URL}"))
