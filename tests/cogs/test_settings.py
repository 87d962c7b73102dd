"""`/settings`: chosen, checked, refused; the moderators' role; the policy that leads."""

from typing import Any

import discord
import pytest

from bot.services.all import Services
from cogs.client import Corrobot
from tests.cogs.town import Town, private, said


async def use(town: Town, command: str, /, who: Any = None, **options: Any) -> str:
    """Use a command of settings; only the asker sees its answer."""
    result = await town.slash(f"settings {command}", who=who or town.moderator, **options)
    assert private(result)
    return said(result)


async def test_settings_are_shown_set_and_reset(town: Town) -> None:
    told = await use(town, "show")
    assert "`policy`: **not set**" in told and "`alert_threshold`: **10**" in told
    assert "cannot see messages that do not mention it" in told
    assert "`policy` is now **lowest**" in await use(town, "set", key="policy", value="Lowest")
    assert "`quiet_hours` is now **22:00-07:00**" in await use(town, "set", key="quiet_hours", value="22 - 7")
    assert "**Europe/Berlin**" in await use(town, "set", key="timezone", value="europe/berlin")
    listening = await use(town, "set", key="listen_channels", value=f"<#{town.channel.id}> and #nowhere")
    assert f"**<#{town.channel.id}>**" in listening and "Message Content Intent" in listening
    assert "`policy`: **lowest**" in await use(town, "show")
    await town.ferry()
    assert "**12** (lowest: the lowest figure)" in said(await town.slash("compare", story="1"))
    assert "`policy` is now **not set**" in await use(town, "reset", key="policy")
    assert "(lowest:" not in said(await town.slash("compare", story="1"))
    log = said(await town.slash("audit", who=town.moderator))
    assert "**settings set** policy: lowest" in log and "**settings reset** policy" in log
    choices = await town.moderator.autocomplete(town.channel, "settings set", "value", "", key="digest")
    assert [c["value"] for c in choices] == ["off", "hourly", "daily"]


async def test_what_the_bot_may_not_do_is_told_to_moderators(town: Town) -> None:
    assert "lacks" not in await use(town, "show")
    me = town.env.backend.guilds[town.guild.id]
    role = next(r for r in me.roles.values() if r.managed)
    blind = discord.PermissionOverwrite(send_messages=False, attach_files=False)
    closed = town.guild.create_text_channel("closed", overwrites={town.guild.default_role: blind})
    told = await use(town, "set", key="alert_channel", value=f"<#{closed.id}>")
    assert f"In <#{closed.id}> Corrobot lacks: Send Messages, Embed Links, Attach Files." in told
    assert "Corrobot does not see <#123456789012345678>" in await use(
        town, "set", key="listen_channels", value="<#123456789012345678>"
    )
    told = await use(town, "show")
    assert "lacks: Send Messages" in told and "does not see <#123456789012345678>" in told
    for one in (role.id, town.guild.id):
        town.env.backend.edit_role(town.guild.id, one, {"permissions": 1 << 10 | 1 << 11 | 1 << 31})
    await town.env.settle()
    assert (
        "lacks permissions in this server: Send Messages in Threads, Create Public Threads, Embed Links,"
        in await use(town, "show")
    )


async def test_what_is_missing_is_told_once_where_moderators_read(town: Town, services: Services) -> None:
    news = town.guild.create_text_channel("news")
    await use(town, "set", key="alert_channel", value=f"<#{news.id}>")
    await town.env.restart_bot(Corrobot(services))
    assert list(news.history()) == [], "nothing is missing"
    for role in [r.id for r in town.env.backend.guilds[town.guild.id].roles.values() if r.managed] + [town.guild.id]:
        town.env.backend.edit_role(town.guild.id, role, {"permissions": 1 << 10 | 1 << 11 | 1 << 31})
    for _ in range(2):
        await town.env.restart_bot(Corrobot(services))
        [notice] = news.history()
        assert "lacks permissions in this server: Send Messages in Threads, Create Public Threads," in said(notice)
    await use(town, "set", key="listen_channels", value=f"<#{town.channel.id}>")
    await town.env.restart_bot(Corrobot(services))
    _, later = news.history()
    assert "Message Content Intent" in said(later) and "lacks permissions in this server" in said(later)


@pytest.mark.parametrize(
    ("key", "value", "right"),
    [
        ("policy", "median", "policy is one of lowest"),
        ("alert_threshold", "much", "whole number from 0 to 1000"),
        ("alert_rate", "0", "whole number from 1 to 60"),
        ("quiet_hours", "at night", "written like 22:00-07:00"),
        ("quiet_hours", "25:00-7", "written like 22:00-07:00"),
        ("quiet_hours", "7-7", "begin and end at different times"),
        ("timezone", "Moon/Base", "a name such as Europe/Berlin"),
        ("alert_role", "everyone", "names a role"),
        ("alert_channel", "here", "names a channel"),
    ],
)
async def test_a_wrong_value_is_explained(town: Town, key: str, value: str, right: str) -> None:
    assert right in await use(town, "set", key=key, value=value)
    town.expected()


async def test_the_moderators_role_lets_in_and_is_chosen_by_managers_alone(town: Town) -> None:
    await town.open("settings")
    await town.open("source")
    role = town.guild.create_role("Editors")
    editor = town.guild.add_member(town.env.create_user("edda"), roles=[role])
    refused = await use(town, "show", who=editor)
    assert "Only moderators of this server may do that" in refused and town.env.errors
    assert f"**<@&{role.id}>**" in await use(town, "set", key="moderator_role", value=f"<@&{role.id}>")
    assert "`policy`" in await use(town, "show", who=editor)
    assert "Source registered" in said(await town.slash("source add", who=editor, name="Herald"))
    mine = await use(town, "set", who=editor, key="moderator_role", value=f"<@&{role.id}>")
    assert "Only those who may manage this server" in mine and town.env.errors
    assert "Only those who may manage" in await use(town, "reset", who=editor, key="moderator_role")
    assert "Only moderators" in await use(town, "set", who=town.member, key="policy", value="lowest")
    town.expected()
