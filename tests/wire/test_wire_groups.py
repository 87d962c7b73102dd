"""The ordinary path of the other groups on the real process: summary, check, watch and alerts in a forum, rulings, mutes,
settings, export, one's own data; and a server that removes the bot and takes it back."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.wire import coverage
from tests.wire.interactions import MODAL, Upload
from tests.wire.loopback import Loopback
from tests.wire.messages import Message
from tests.wire.process import Bot
from tests.wire.schema import ABSENT

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def moderate(discord: Loopback, command: str, **options: Any) -> Message:
    """Use a command as a moderator; its answer is private."""
    answer = await discord.answer(await discord.slash(discord.world.moderator, command, **options))
    assert answer.ephemeral, command
    return answer


async def ask(discord: Loopback, command: str, **options: Any) -> Message:
    """Use a command as a member."""
    return await discord.answer(await discord.slash(discord.world.member, command, **options))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def story(discord: Loopback, bot: Bot) -> Message:
    """Have a story whose alerts are posts in a forum, watched before its second article comes; return its post."""
    first = Upload("herald.txt", coverage.HEADED.encode())
    await ask(discord, "article add", file=first)
    set_ = await moderate(discord, "settings set", key="alert_channel", value=f"<#{discord.world.forum}>")
    assert "alert_channel" in set_.text
    await moderate(discord, "settings set", key="alert_role", value=f"<@&{discord.world.moderators}>")
    watched = await ask(discord, "watch add", story="ferry")
    assert watched.ephemeral
    assert "You watch story 1 now" in watched.text
    text = f"Ferry accident off Vostmark\n\n{coverage.NAVY} Boats of the coast guard searched the bay until dark.\n"
    second = Upload("times.txt", text.encode())
    await ask(discord, "article add", file=second, outlet="Island Times", published="2024-05-02")
    await discord.until(lambda: any(discord.posts().values()), "a post in the forum")
    [[post, *_]] = discord.posts().values()
    return post


async def test_an_alert_is_a_post_in_the_forum_and_is_edited_in_place(discord: Loopback, story: Message) -> None:
    [name] = discord.posts()
    assert name.startswith("1 · ")
    assert "New conflict." in story.text
    assert coverage.POLICE in story.text
    assert coverage.NAVY in story.text
    later = coverage.NAVY.replace("18", "60")
    third = Upload("bay.txt", f"Ferry accident off Vostmark\n\n{later} The bay was searched until dark.\n".encode())
    await ask(discord, "article add", file=third, outlet="Bay Radio", published="2024-05-02")
    await discord.until(lambda: story.edits > 0, "the card is edited")
    await discord.until(lambda: len(discord.posts()[name]) == 3, "what changed is told in the post")
    assert "Outside the known range." in story.text
    assert "60, known until now 12 to 18" in discord.posts()[name][2].text
    assert len(discord.posts()) == 1


async def test_the_role_is_mentioned_once_in_the_post_and_nobody_else_anywhere(
    discord: Loopback, story: Message
) -> None:
    [post] = discord.posts().values()
    mentions = [m for m in discord.channel if m.payload["content"].startswith("<@&")]
    assert [m.text for m in mentions] == [f"<@&{discord.world.moderators}>"]
    assert mentions[0] in post and mentions[0] is not story and not mentions[0].components


async def test_what_members_ask(discord: Loopback, story: Message) -> None:
    assert coverage.POLICE in (await ask(discord, "summary", story="1")).text
    assert "12" in (await ask(discord, "check", text="The ferry accident off Vostmark killed 5 people.")).text
    assert "killed" in (await ask(discord, "figures", query="killed vostmark")).text
    assert "Harbour Herald" in (await ask(discord, "story show", story="1")).text
    assert "Ferry accident off Vostmark" in (await ask(discord, "story timeline", story="1")).text
    assert "conflict" in (await ask(discord, "flags")).text
    assert "/article add" in (await ask(discord, "help")).text
    assert "seven days" in (await ask(discord, "privacy")).text or "7 days" in (await ask(discord, "privacy")).text
    assert "1. Ferry" in (await ask(discord, "watch list")).text
    edited = await ask(discord, "article edit", article="2", title="Ferry sinks off Vostmark")
    assert "Corrected." in edited.text
    asked = await ask(discord, "mydata delete")
    assert "3 articles and 1 watch of yours" in asked.text
    assert "Delete for good" in asked.buttons


async def test_what_moderators_do(discord: Loopback, story: Message) -> None:
    assert "Muted: story 1." in (await moderate(discord, "mute add", story="1")).text
    assert "story 1: Ferry" in (await moderate(discord, "mute list")).text
    assert "Muted no longer" in (await moderate(discord, "mute remove", story="1")).text
    card = await ask(discord, "compare", story="1")
    form = await discord.first(await discord.press(discord.world.moderator, card, "Rule on this"))
    assert form.kind == MODAL
    refused = await discord.refusal(await discord.press(discord.world.member, card, "Rule on this"))
    assert "Only moderators" in refused.text
    report = await discord.answer(await discord.press(discord.world.moderator, card, "Export"))
    assert report.ephemeral
    assert coverage.POLICE in report.files["corrobot-1.md"].decode()
    refused = await discord.refusal(await discord.press(discord.world.member, card, "Export"))
    assert "Only moderators" in refused.text
    ruled = await moderate(discord, "ruling correct", article="2", reason="a slip", outlet="Island Post")
    assert "Ruling 1:" in ruled.text
    assert "Ruling 1 is taken back" in (await moderate(discord, "ruling undo", ruling=1)).text
    assert "ruling undo" in (await moderate(discord, "audit")).text
    assert "quiet_hours" in (await moderate(discord, "settings show")).text
    export = await moderate(discord, "export", format="json", since="2024-05-01", until="2024-05-31")
    [data] = export.files.values()
    assert [s["number"] for s in json.loads(data)["stories"]] == [1]
    gone = await moderate(discord, "forget", article="3")
    done = await discord.answer(await discord.press(discord.world.moderator, gone, "Delete for good"))
    assert "was removed from this server" in done.text
    added = await moderate(discord, "source add", name="Harbour Herald", letter="B")
    assert "Harbour Herald (B)" in added.text
    listed = await moderate(discord, "source export")
    assert listed.files


async def test_every_moderators_command_is_refused_to_a_forged_member(discord: Loopback, story: Message) -> None:
    for command, options in {
        "mute add": {"story": "1"},
        "ruling dismiss": {"flag": "1", "reason": "x"},
        "settings set": {"key": "policy", "value": "range"},
        "export": {},
        "forget": {"article": "1"},
        "audit": {},
    }.items():
        forged = await discord.slash(discord.world.member, command, forged=True, **options)
        assert "Only moderators" in (await discord.refusal(forged)).text, command


async def test_a_server_removes_the_bot_and_takes_it_back(
    discord: Loopback, bot: Bot, folder: Path, story: Message
) -> None:
    def left() -> list[tuple[str]]:
        with sqlite3.connect(folder / "coverage.db") as store:
            return store.execute("SELECT server FROM departures").fetchall()

    await discord.leave()
    await discord.until(lambda: left() == [(discord.world.guild,)], "the departure is noted")
    await discord.invite()
    await discord.until(lambda: not left(), "the return is noted")
    assert "Vostmark" in (await ask(discord, "story list")).text
    assert "its data is deleted in 7 days" in bot.words


async def test_every_body_was_as_discord_describes_it(discord: Loopback, story: Message) -> None:
    assert discord.refusals == []
    for one in discord.interactions.values():
        assert one.waited is not None
        assert not one.loading
    if not discord.schema.present:
        pytest.skip(ABSENT)  # ../shared
    assert discord.schema.checked > len(discord.interactions)
