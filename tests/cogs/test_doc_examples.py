"""The commands that README and guides show are commands that exist, with options that exist, and are answered."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cogs import texts
from tests import cases
from tests.cogs.test_meta import FIXED, MODERATORS, commands
from tests.cogs.test_walk import forget
from tests.cogs.town import Town, page, private, said
from tests.wire.rules import Json

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
ARTICLES = [*sorted((ROOT / "docs" / "examples").glob("*.txt"), reverse=True), *sorted((ROOT / "seeds").glob("*.txt"))]
# A figure is chosen from what autocomplete offers; nobody types one.
CHOSEN = {"ruling reading"}
SLASH, MENTION = re.compile(r"`/([a-z]+(?: [a-z]+)*)((?: [a-z_]+:[^`]*)?)`"), re.compile(r"`@Corrobot ([^`]+)`")
# Pages that name paths as well.
OPERATORS = {"operators.md", "security.md"}
# No option is demanded of these, and they ask for one.
NEVER_BARE = {"summary", "forget", "mute add", "mute remove"}
HERALD, FEED = "https://herald.example/ferry", "https://herald.example/feed"
TEXT, NUMBER, PERSON, FILE = 3, 4, 6, 11


@dataclass(frozen=True)
class Example:
    """A command as a page shows it."""

    page: str
    shown: str
    command: str
    options: str


def examples() -> list[Example]:
    """Return every slash command that a page shows, in the order of the pages."""
    found = []
    for path in PAGES:
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        found += [Example(path.name, m[0], m[1], m[2].strip()) for m in SLASH.finditer(text)]
    return found


def options_of(example: Example, command: Json) -> dict[str, str]:
    """Take the options of an example apart: `name:` begins one where the command has it."""
    known = [one["name"] for one in command.get("options", [])]
    parts = re.split(rf"(?:^|(?<= ))({'|'.join(known) or 'x^'}):", example.options)
    assert not parts[0].strip(), f"{example.page}: {example.shown} has an option that the command has not: {parts[0]}"
    given = dict(zip(parts[1::2], (x.strip() for x in parts[2::2]), strict=True))
    assert len(given) == len(parts) // 2, f"{example.page}: {example.shown} gives an option twice"
    return given


def demand_fit(example: Example, command: Json) -> dict[str, str]:
    """Assert that options are known, demanded ones there, values within bounds; return them."""
    given, where = options_of(example, command), f"{example.page}: {example.shown}"
    for one in command.get("options", []):
        value = given.get(one["name"])
        if value is None:
            assert not one.get("required"), f"{where} lacks {one['name']}"
            continue
        if one.get("choices"):
            assert value in {str(c["value"]) for c in one["choices"]}, f"{where}: {value}"
        elif one["type"] == TEXT:
            assert one.get("min_length", 0) <= len(value) <= one.get("max_length", 6000), where
        elif one["type"] == NUMBER:
            assert one["min_value"] <= int(value) <= one["max_value"], where
        else:
            assert one["type"] in (PERSON, FILE) and value, where
    return given


async def test_every_example_fits_a_command_and_every_command_has_one(town: Town) -> None:
    every, shown = commands(town), set()
    for one in examples():
        if one.command not in FIXED:
            groups = {name.split(" ")[0] for name in FIXED}
            # A group that is named as a whole; or a path of the machine, which is nothing to type here.
            assert not one.options and (one.command in groups or one.page in OPERATORS), f"{one.page}: {one.shown}"
            continue
        # A command that is only named gives no options; one that is shown gives what it demands.
        if one.options or not any(o.get("required") for o in every[one.command].get("options", [])):
            demand_fit(one, every[one.command])
            shown.add(one.command)
    assert shown == FIXED - CHOSEN


def test_an_example_that_does_not_fit_is_noticed() -> None:
    options = [
        {"name": "story", "type": 3, "required": True, "max_length": 9},
        {"name": "page", "type": 4, "min_value": 1, "max_value": 9},
    ]
    command: Json = {"name": "x", "options": options}
    assert demand_fit(Example("p", "s", "x", "story:a b page:2"), command) == {"story": "a b", "page": "2"}
    for wrong in ("page:2", "story:a page:99", "storey:a", "story:abcdefghijk", "story:a story:b"):
        with pytest.raises(AssertionError):
            demand_fit(Example("p", "s", "x", wrong), command)


@pytest.fixture
async def demo(town: Town) -> Town:
    """Add the articles of docs/examples and of the demo, and serve what the examples name."""
    for file in ARTICLES:
        await town.add(file.name, file.read_text(encoding="utf-8"))
        forget(town)
    lines = (ROOT / "docs" / "examples" / "herald.txt").read_text(encoding="utf-8").split("\n\n", 1)[1].splitlines()
    town.web.pages[HERALD] = page("Ferry runs aground off Vostmark, 12 dead", "Harbour Herald", *lines)
    town.web.pages[FEED] = cases.RSS.format(site="https://herald.example")
    return town


def value_of(town: Town, option: Json, value: str) -> Any:
    """Return what Discord's client makes of a value that was typed."""
    if option["type"] == NUMBER:
        return int(value)
    if option["type"] != FILE:
        return value
    there = ROOT / "docs" / "examples" / value
    return (
        value,
        there.read_bytes()
        if there.exists()
        else cases.OPML.text.replace(cases.SITE, "https://herald.example").encode(),
    )


async def test_every_example_is_answered(demo: Town) -> None:
    every = commands(demo)
    wrong: list[tuple[str, str, str]] = []
    done: set[str] = set()
    for one in examples():
        named = one.command in FIXED and not one.options
        if one.command not in FIXED or (
            named and any(o.get("required") for o in every[one.command].get("options", []))
        ):
            continue
        if named and (one.command in done or one.command in NEVER_BARE):
            # Named in the running text: what is run is the example with options.
            continue
        done.add(one.command)
        types = {o["name"]: o for o in every[one.command].get("options", [])}
        given = {n: value_of(demo, types[n], v) for n, v in demand_fit(one, every[one.command]).items()}
        who = demo.moderator if one.command.split(" ")[0] in MODERATORS else demo.member
        forget(demo)
        result = await demo.slash(one.command, who=who, **given)
        if len(demo.env.errors) > len(wrong):
            wrong.append((one.page, one.shown, said(result)))
        elif getattr(result, "modal", None) is None:
            assert said(result) and texts.FAILED[:20] not in said(result), one.shown
            assert private(result) or one.command.split(" ")[0] not in MODERATORS, one.shown
    assert not wrong
    assert done == FIXED - CHOSEN


async def test_every_mention_in_the_guides_is_answered(demo: Town) -> None:
    found = [m[1] for path in PAGES for m in MENTION.finditer(path.read_text(encoding="utf-8"))]
    assert len(found) >= 2
    demo.web.pages["https://example.org/story"] = demo.web.pages[HERALD]
    for text in found:
        forget(demo)
        answer = await demo.mention(text)
        assert answer is not None and said(answer), text
        assert not demo.env.errors, (text, said(answer))
