"""Every command: described, bounded, its permission said and enforced, listed in /help."""

import json
from collections.abc import Iterator
from typing import Any

import discord
import pytest

from cogs import texts
from cogs.translating import SAME, catalogues
from tests.cogs.town import Town, said
from tests.wire.schema import ABSENT, Schema

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
    found: dict[str, dict[str, Any]] = {}

    def walk(command: dict[str, Any], before: str, top: dict[str, Any]) -> None:
        name = f"{before} {command['name']}".strip()
        inner = [o for o in command.get("options", []) if o["type"] in (1, 2)]
        for one in inner:
            walk(one, name, top)
        if not inner:
            found[name] = command | {"top": top}

    for command in synced(town):
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


def spoken(told: dict[str, Any], path: str = "") -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Yield what a command says to people, with its languages: where it stands, what it is, in English, in others."""
    here = f"{path} {told['name']}".strip()
    if told.get("type", 1) == 3 and not path:
        yield here, "menu", told["name"], told.get("name_localizations") or {}
        return
    yield here, "description", told["description"], told.get("description_localizations") or {}
    for one in told.get("choices", []):
        yield f"{here} {one['name']}", "choice", one["name"], one.get("name_localizations") or {}
    for one in told.get("options", []):
        yield from spoken(one, here)


def synced(town: Town) -> list[dict[str, Any]]:
    """Return the commands as Discord was told of them."""
    request = next(r for r in town.env.http_requests if r.method == "PUT" and r.path.endswith("/commands"))
    told: list[dict[str, Any]] = request.json
    return told


async def test_every_command_option_choice_and_menu_is_there_in_every_language(town: Town) -> None:
    languages = {str(locale) for locale in catalogues()}
    assert languages >= {"de"}
    used: set[str] = set()
    for command in synced(town):
        assert command["name"] in FIXED | MENUS | {name.split(" ")[0] for name in FIXED}
        for where, kind, english, others in spoken(command):
            used.add(english)
            assert set(others) == languages, f"{where}: no {languages - set(others)}; add it to cogs/words"
            assert 1 <= len(english) <= 100, where
            for text in others.values():
                assert 1 <= len(text) <= (32 if kind == "menu" else 100), (where, text)
                assert kind != "description" or text.endswith((".", ")")) == english.endswith((".", ")")), (where, text)
    for locale, words in catalogues().items():
        assert set(words) == used - SAME, f"{locale}: words that no command says any more, or the reverse"


async def test_the_names_of_choices_differ_in_every_language(town: Town) -> None:
    for name, command in commands(town).items():
        for option in command.get("options", []):
            for language in ("de", None):
                names = [
                    c["name_localizations"][language] if language else c["name"] for c in option.get("choices", [])
                ]
                assert len(names) == len(set(names)), (name, option["name"])


async def test_discord_takes_the_commands_as_they_are_synced(town: Town) -> None:
    schema = Schema()
    assert schema.problem("PUT", "/applications/{application_id}/commands", synced(town)) is None
    for command in synced(town):
        # Discord counts names, descriptions and values of a command with all that stands under it, of each the longest.
        said_ = [max([english, *others.values()], key=len) for _, _, english, others in spoken(command)]
        assert sum(map(len, said_)) + len(json.dumps(command).split('"name": ')) * 32 <= 8000, command["name"]
    if not schema.present:
        pytest.skip(ABSENT)  # ../shared
    assert schema.checked == 1


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
