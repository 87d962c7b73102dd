"""Starting: the commands are told once, a wrong token and a missing one end it with one clear line."""

from pathlib import Path

import pytest

from tests.wire.loopback import Loopback
from tests.wire.process import Bot, running, settings
from tests.wire.schema import ABSENT

pytestmark = pytest.mark.asyncio(loop_scope="module")
SYNC = ("PUT", "/applications/{application_id}/commands")
WANTED = {
    "article": {"add", "show", "list"},
    "story": {"list", "show"},
    "source": {"add", "list", "remove"},
    "compare": set(),
    "summary": set(),
    "flags": set(),
    "check": set(),
    "figures": set(),
    "help": set(),
}
MENUS = {"Read this article", "Check these figures", "Summarize"}


async def test_commands_are_told_at_the_first_start_and_not_again(discord: Loopback, folder: Path) -> None:
    async with running(discord, folder) as first:
        assert discord.count(*SYNC) == 1, first.tail()
        told = {c["name"]: {o["name"] for o in c["options"] if o["type"] == 1} for c in discord.commands}
        for name, inner in WANTED.items():
            assert inner <= told.get(name, {"(absent)"}), name
        assert {c["name"] for c in discord.commands if c["type"] == 3} == MENUS
        hidden = {c["name"]: c.get("default_member_permissions") for c in discord.commands}
        assert hidden["source"] == 32
        assert hidden["compare"] is None
        await discord.until(lambda: discord.gateway.heartbeats > 0, "a heartbeat", 10)
        assert await first.stop() == 0
    assert "Traceback" not in first.words, first.words
    async with running(discord, folder) as second:
        await discord.until(lambda: discord.gateway.heartbeats > 1, "a heartbeat", 10)
        assert discord.count(*SYNC) == 1
        assert await second.stop() == 0
    assert discord.refusals == []
    if not discord.schema.present:
        pytest.skip(ABSENT)  # ../shared
    assert discord.schema.checked == 1


@pytest.mark.parametrize("at_login", [False, True], ids=["at the gateway", "at the login"])
async def test_a_wrong_token_ends_it_with_one_line(discord: Loopback, folder: Path, at_login: bool) -> None:
    # With Discord's own address the gateway is not asked for, and the login is where the token is refused.
    discord.open_gateway = at_login
    wrong = Bot(folder, **settings(discord, folder) | {"DISCORD_TOKEN": "wrong.token"})
    assert await wrong.ended() == 1
    lines = [line for line in wrong.words.splitlines() if " INFO " not in line]
    assert len(lines) == 1, wrong.words
    assert "DISCORD_TOKEN" in lines[0]
    assert "wrong.token" not in wrong.words
    discord.refusals.clear()
    discord.open_gateway = False


async def test_without_a_token_it_says_so_and_names_the_demo(discord: Loopback, folder: Path) -> None:
    given = settings(discord, folder)
    del given["DISCORD_TOKEN"]
    silent = Bot(folder, **given)
    assert await silent.ended() == 2
    assert len(silent.words.splitlines()) == 1, silent.words
    assert "DISCORD_TOKEN" in silent.words
    assert "corrobot demo" in silent.words


async def test_an_address_where_nobody_answers_ends_it_with_one_line(folder: Path) -> None:
    async with Loopback().serving() as gone:
        given = settings(gone, folder)
    lost = Bot(folder, **given)
    assert await lost.ended() == 1
    assert len(lost.words.splitlines()) == 1, lost.words
    assert "DISCORD_API_URL" in lost.words
