"""Watching: one card for each story, edited in place; thresholds, quiet hours, digest, rate, role, thread."""

from datetime import timedelta
from typing import Any

import discord
import pytest

from tests.cogs.town import Town, buttons, message_of, private, said


def report(count: str, outlet: str, day: str = "06") -> tuple[str, dict[str, str]]:
    """Return a report of the ferry with another count."""
    text = f"Ferry accident on Lake Orla: {count} dead\n\nThe ferry Marigold ran aground on Lake Orla on Monday and {count} people were killed, {outlet} said."
    return text, {"outlet": outlet, "published": f"2024-05-{day}"}


async def add(town: Town, count: str, outlet: str, day: str = "06") -> None:
    """Add a report, out of the channel that is looked at."""
    text, options = report(count, outlet, day)
    desk = town.channel
    town.channel = town.other_channel
    try:
        await town.add(f"{outlet}.txt", text, **options)
    finally:
        town.channel = desk
    await town.env.advance_time(1)


def cards(channel: Any) -> list[Any]:
    """Return the messages of a channel, oldest first."""
    return list(channel.history())


@pytest.fixture
async def watched(town: Town) -> Town:
    """Watch a story with one article."""
    town.other_channel = town.guild.create_text_channel("elsewhere")
    await add(town, "12", "Orla Herald")
    town.channel = town.guild.create_text_channel("alerts")
    return town


async def choose(town: Town, key: str, value: str) -> None:
    """Choose a setting."""
    await town.slash("settings set", who=town.moderator, key=key, value=value)


async def test_watches_are_added_listed_and_removed(watched: Town) -> None:
    town = watched
    assert "You watch no stories here" in said(await town.slash("watch list"))
    told = await town.slash("watch add", story="ferry")
    assert "You watch story 1 now." in said(told) and private(told)
    assert "You watch story 1 already" in said(await town.slash("watch add", story="1"))
    assert f"1. Ferry accident on Lake Orla: 12 dead (<#{town.channel.id}>)" in said(await town.slash("watch list"))
    assert "Stories you watch: 1" in said(await town.slash("mydata show"))
    assert "You watch story 1 no longer." in said(await town.slash("watch remove", story="1"))
    assert "You do not watch story 1." in said(await town.slash("watch remove", story="1"))
    assert "There is no story 9 here" in said(await town.slash("watch add", story="9"))
    town.expected()
    card = message_of(await town.slash("compare", story="1"))
    assert "You watch story 1 now." in said(await town.other.click(card, label="Watch"))


async def test_one_card_is_posted_and_then_edited_in_place(watched: Town) -> None:
    town = watched
    await town.slash("watch add", story="1")
    await add(town, "12", "Shore Daily")
    assert cards(town.channel) == []
    await add(town, "18", "Lake Courier")
    [card] = cards(town.channel)
    assert "New conflict. Killed:" in said(card) and "⚠️ **Conflict" in said(card)
    assert "Watch" not in buttons(card)
    await add(town, "18", "Coast Post")
    await add(town, "40", "Capital Gazette")
    [again] = cards(town.channel)
    assert again.id == card.id and "Outside the known range. Killed" in said(again)
    assert "40, known until now 12 to 18" in said(again)


async def test_a_threshold_keeps_small_changes_quiet(watched: Town) -> None:
    town = watched
    await choose(town, "alert_threshold", "100")
    await add(town, "18", "Lake Courier")
    await town.slash("watch add", story="1")
    await add(town, "20", "Coast Post")
    assert cards(town.channel) == []
    await add(town, "50", "Capital Gazette")
    assert len(cards(town.channel)) == 1


async def test_quiet_hours_and_the_digest_hold_back(watched: Town) -> None:
    town = watched
    now = discord.utils.utcnow()
    until = now + timedelta(hours=2)
    await choose(town, "quiet_hours", f"{now:%H:%M}-{until:%H:%M}")
    await town.slash("watch add", story="1")
    await add(town, "18", "Lake Courier")
    assert cards(town.channel) == []
    await town.env.advance_time(2 * 3600 + 300)
    [card] = cards(town.channel)
    await choose(town, "digest", "hourly")
    await add(town, "40", "Capital Gazette")
    assert "40, known" not in said(cards(town.channel)[0])
    await town.env.advance_time(3901)
    [again] = cards(town.channel)
    assert again.id == card.id and "40, known until now 12 to 18" in said(again)


async def test_what_was_dismissed_before_it_could_be_told_is_no_news(watched: Town) -> None:
    town = watched
    now = discord.utils.utcnow()
    await choose(town, "quiet_hours", f"{now:%H:%M}-{now + timedelta(hours=1):%H:%M}")
    await choose(town, "alert_threshold", "1000")
    await town.slash("watch add", story="1")
    await add(town, "18", "Lake Courier")
    await town.slash("ruling dismiss", who=town.moderator, flag="1", reason="a slip")
    await town.env.advance_time(3600 + 300)
    assert cards(town.channel) == []


async def test_the_rate_holds_whatever_comes(watched: Town) -> None:
    town = watched
    await choose(town, "alert_rate", "1")
    await town.slash("watch add", story="1")
    await add(town, "18", "Lake Courier")
    await add(town, "60", "Coast Post")
    [card] = cards(town.channel)
    assert "60, known" not in said(card)
    await town.env.advance_time(3901)
    assert "60, known until now 12 to 18" in said(cards(town.channel)[0])


async def test_a_role_is_mentioned_once_in_a_message_of_its_own(watched: Town) -> None:
    town = watched
    role = town.guild.create_role("Figures", mentionable=True)
    place = town.guild.create_text_channel("news")
    await choose(town, "alert_role", f"<@&{role.id}>")
    await choose(town, "alert_channel", f"<#{place.id}>")
    await town.slash("watch add", story="1")
    await add(town, "18", "Lake Courier")
    await add(town, "60", "Coast Post")
    first, card = cards(place)
    assert first.content == f"<@&{role.id}>" and [r.id for r in first.role_mentions] == [role.id]
    assert "60, known until now" in said(card) and not card.role_mentions
    assert cards(town.channel) == []


async def test_a_role_is_mentioned_once_in_the_post_of_a_forum(watched: Town) -> None:
    town = watched
    role = town.guild.create_role("Figures", mentionable=True)
    forum = town.guild.create_forum_channel("stories")
    await choose(town, "alert_role", f"<@&{role.id}>")
    await choose(town, "alert_channel", f"<#{forum.id}>")
    await town.slash("watch add", story="1")
    await add(town, "18", "Lake Courier")
    await add(town, "60", "Coast Post")
    [post] = town.env.bot.get_channel(forum.id).threads
    card, mention, news = [m async for m in post.history(oldest_first=True)]
    assert "60, known until now" in said(card) and not card.role_mentions
    assert mention.content == f"<@&{role.id}>" and [r.id for r in mention.role_mentions] == [role.id]
    assert "60, known until now" in news.content and not news.role_mentions


async def test_a_role_is_mentioned_in_the_thread_that_a_story_is_watched_from(watched: Town) -> None:
    town = watched
    role = town.guild.create_role("Figures", mentionable=True)
    await choose(town, "alert_role", f"<@&{role.id}>")
    thread = await town.env.bot.get_channel(town.channel.id).create_thread(
        name="ferry", type=discord.ChannelType.public_thread
    )
    await town.slash("settings set", who=town.moderator, key="alert_channel", value=f"<#{thread.id}>")
    await town.slash("watch add", story="1")
    await add(town, "18", "Lake Courier")
    mention, card = [m async for m in thread.history(oldest_first=True)]
    assert mention.content == f"<@&{role.id}>" and [r.id for r in mention.role_mentions] == [role.id]
    assert "New conflict." in said(card) and not card.role_mentions


async def test_a_thread_for_each_story(watched: Town) -> None:
    town = watched
    await choose(town, "alert_place", "thread")
    await town.slash("watch add", story="1")
    await add(town, "18", "Lake Courier")
    [thread] = town.env.bot.get_channel(town.channel.id).threads
    assert thread.name == "1 · Ferry accident on Lake Orla: 12 dead"
    await add(town, "60", "Coast Post")
    told = [r for r in town.env.http_requests if r.method == "POST" and r.path.endswith(f"/{thread.id}/messages")]
    assert len(told) == 2 and "60, known until now" in told[1].json["content"]


async def test_a_deleted_card_comes_anew_and_a_lost_channel_is_let_go(watched: Town) -> None:
    town = watched
    await town.slash("watch add", story="1")
    await add(town, "18", "Lake Courier")
    [card] = cards(town.channel)
    await town.env.bot.get_channel(town.channel.id).get_partial_message(card.id).delete()
    await add(town, "60", "Coast Post")
    [again] = cards(town.channel)
    assert again.id != card.id and "60, known" in said(again)


async def test_a_removed_watch_is_silent(watched: Town) -> None:
    town = watched
    await town.slash("watch add", story="1")
    await town.slash("watch remove", story="1")
    await add(town, "18", "Lake Courier")
    assert cards(town.channel) == []
