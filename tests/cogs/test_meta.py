"""Every command: described, bounded, its permission said and enforced, listed in /help."""

from typing import Any

import discord

from cogs import texts
from tests.cogs.town import Town, said

FIXED = {
    "article add", "article show", "article list", "article remove", "article edit", "story list", "story show", "compare", "summary",
    "flags", "check", "figures", "source add", "source list", "source edit", "source remove", "help", "privacy", "about",
    "ruling dismiss", "ruling scope", "ruling reading", "ruling correct", "ruling split", "ruling merge", "ruling undo",
    "audit", "mute add", "mute list", "mute remove", "settings show", "settings set", "settings reset", "export", "forget", "mydata show", "mydata delete",
    "story timeline", "source feed", "source test", "source health", "source import", "source export", "watch add", "watch list", "watch remove",
}  # fmt: skip
# The first word of every command that is for moderators.
MODERATORS = {"source", "ruling", "mute", "audit", "settings", "export", "forget"}
MENUS = {"Read this article", "Check these figures", "Summarize"}


def commands(town: Town) -> dict[str, dict[str, Any]]:
    """Return the payload of every command by its full name, as Discord was told."""
    request = next(r for r in town.env.http_requests if r.method == "PUT" and r.path.endswith("/commands"))
    found: dict[str, dict[str, Any]] = {}

    def walk(command: dict[str, Any], before: str, top: dict[str, Any]) -> None:
        name = f"{before} {command['name']}".strip()
        inner = [o for o in command.get("options", []) if o["type"] in (1, 2)]
        for one in inner:
            walk(one, name, top)
        if not inner:
            found[name] = command | {"top": top}

    for command in request.json:
        walk(command, "", command)
    return found


async def test_exactly_the_finished_commands_are_registered(town: Town) -> None:
    assert set(commands(town)) == FIXED | MENUS


async def test_every_command_and_option_is_described_and_bounded(town: Town) -> None:
    for name, command in commands(town).items():
        if command.get("type", 1) == 3:
            assert 1 <= len(name) <= 32
            continue
        assert 10 <= len(command["description"]) <= 100 and command["description"].endswith((".", ")")), name
        assert len(command.get("options", [])) <= 25
        for option in command.get("options", []):
            about = (name, option["name"])
            assert 10 <= len(option["description"]) <= 100, about
            bounded = (
                "max_length" in option or "max_value" in option or option.get("choices") or option["type"] in (6, 11)
            )
            assert bounded, about


async def test_every_command_is_for_servers_and_the_moderators_ones_say_so(town: Town) -> None:
    manage = discord.Permissions(manage_guild=True).value
    for name, command in commands(town).items():
        assert command["top"]["contexts"] == [0], name
        assert command["top"]["integration_types"] == [0], name
        expected = manage if name.split(" ")[0] in MODERATORS else None
        given = command["top"].get("default_member_permissions")
        assert (None if given is None else int(given)) == expected, name


async def test_help_lists_every_command_and_menu(town: Town) -> None:
    told = said(await town.slash("help"))
    for name in FIXED:
        assert f"`/{name}`" in told
    for name in MENUS:
        assert name in told
    assert texts.MODERATORS_HEAD in told


async def test_help_explains_every_command_with_its_options(town: Town) -> None:
    every = commands(town)
    for place, name in enumerate(sorted(FIXED)):
        told = said(await town.slash("help", who=(town.other, town.member, town.moderator)[place % 3], topic=name))
        assert f"## /{name}" in told
        for option in every[name].get("options", []):
            assert f"`{option['name']}`" in told and option["description"] in told
        assert (texts.MODERATORS_ONLY in told) == (name.split(" ")[0] in MODERATORS)


async def test_help_of_a_group_and_its_autocomplete(town: Town) -> None:
    assert "`/article list`" in said(await town.slash("help", topic="/article"))
    choices = await town.member.autocomplete(town.channel, "help", "topic", "art")
    assert [c["value"] for c in choices] == [
        "article add",
        "article edit",
        "article list",
        "article remove",
        "article show",
    ]


async def test_privacy_and_about(town: Town) -> None:
    assert "What Corrobot keeps" in said(await town.slash("privacy"))
    assert "never says which one is true" in said(await town.slash("about"))
