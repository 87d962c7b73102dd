"""The ordinary path of every command and menu on the real process, by the table of cases that the tests in memory use."""

from typing import Any

import pytest

from tests import cases
from tests.cases import CASES, MENUS, Case, File
from tests.wire import coverage
from tests.wire.interactions import Interaction, Upload
from tests.wire.loopback import Loopback
from tests.wire.process import Bot
from tests.wire.rules import EPHEMERAL
from tests.wire.schema import ABSENT

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def use(discord: Loopback, case: Case) -> Interaction:
    """Use a command with what a case gives, as those would whom it is for."""
    who = discord.world.moderator if case.moderator else discord.world.member
    given: dict[str, Any] = {}
    for name, value in case.options.items():
        if value == cases.OFFERED:
            given[name] = (await discord.autocomplete(who, case.command, name, ""))[0]["value"]
        elif value == cases.PERSON:
            given[name] = discord.world.owner
        elif isinstance(value, File):
            given[name] = Upload(value.name, value.text.replace(cases.SITE, discord.address).encode())
        else:
            given[name] = value.replace(cases.SITE, discord.address) if isinstance(value, str) else value
    return await discord.slash(who, case.command, **given)


def registered(discord: Loopback) -> set[str]:
    """Return the full name of every command that was synced."""
    found = set()

    def walk(told: dict[str, Any], before: str) -> None:
        name = f"{before} {told['name']}".strip()
        inner = [o for o in told.get("options") or [] if o["type"] in (1, 2)]
        for one in inner:
            walk(one, name)
        if not inner:
            found.add(name)

    for command in discord.commands:
        walk(command, "")
    return found


async def test_every_command_does_what_it_is_for(discord: Loopback, bot: Bot) -> None:
    discord.pages["/news/ferry"] = coverage.NAVY_PAGE
    discord.pages["/feed.xml"] = cases.RSS.format(site=discord.address)
    wrong = []
    for case in CASES:
        answer = await discord.answer(await use(discord, case))
        if not cases.fits(case.says, answer.text):
            wrong.append((case.command, case.says, answer.text))
        assert answer.ephemeral or not case.moderator, case.command
    assert not wrong


async def test_every_menu_does_what_it_is_for(discord: Loopback, bot: Bot) -> None:
    message = await discord.say(discord.world.owner, cases.MESSAGE)
    for menu, says in MENUS.items():
        answer = await discord.answer(await discord.menu(discord.world.member, menu, message))
        assert says in answer.text, menu


async def test_nothing_that_is_registered_was_left_out_and_every_body_was_in_order(discord: Loopback, bot: Bot) -> None:
    assert registered(discord) == {case.command for case in CASES} | set(MENUS)
    used = [one.payload["data"] for one in discord.interactions.values() if one.payload["type"] == 2]
    assert {data["name"] for data in used} == {command["name"] for command in discord.commands}
    assert discord.refusals == []
    assert all(one.waited is not None and not one.loading for one in discord.interactions.values())
    assert any(m.payload["flags"] & EPHEMERAL for one in discord.interactions.values() for m in one.messages)
    if not discord.schema.present:
        pytest.skip(ABSENT)  # ../shared
    assert discord.schema.checked > len(discord.interactions)
