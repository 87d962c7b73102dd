"""The documents name every command, and only commands that exist."""

import re
import shlex
from pathlib import Path
from typing import get_args

import pytest

from bot.cli.main import COMMANDS, main
from tests.cogs.test_meta import FIXED, MENUS
from tools import walk

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "bench/README.md")),
    *(ROOT / "docs").rglob("*.md"),
]


def test_every_command_of_the_command_line_is_documented() -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`corrobot (\w+)", text)) == set(COMMANDS)


def test_every_command_of_the_bot_is_documented() -> None:
    text = "".join((ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("members", "moderators"))
    assert set(re.findall(r"`/([a-z]+(?: [a-z]+)?)`", text)) == FIXED
    assert all(f"**{menu}**" in text for menu in MENUS)


def test_links_between_documents_lead_somewhere() -> None:
    for page in PAGES:
        for target, _, part in re.findall(r"\]\(([^)#\s]*)(#([^)]+))?\)", page.read_text(encoding="utf-8")):
            if target.startswith("http"):
                assert target.startswith("https://"), f"{page.name}: {target}"
                continue
            there = page.parent / target if target else page
            assert there.exists(), f"{page.name}: {target}"
            if part:
                assert part in _anchors(there.read_text(encoding="utf-8")), f"{page.name}: {target}#{part}"


def _anchors(text: str) -> set[str]:
    """Return the anchors that headings give a page."""
    heads = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_decision_and_every_guide_is_reached_from_the_front() -> None:
    index = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    for one in (ROOT / "docs" / "adr").glob("0*.md"):
        assert f"]({one.name})" in index, one.name
        title = one.read_text(encoding="utf-8").splitlines()[0].split(". ", 1)[1]
        assert f"[{title}]" in index, one.name
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("members", "moderators", "operators", "cli", "comparing", "privacy", "security", "contributing"):
        assert f"](docs/{name}.md)" in readme, name


def test_every_permission_stands_in_the_readme_with_its_reason() -> None:
    from bot.services.invite import PERMISSIONS

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^   \| (.+) \| (.+) \|$", readme, re.M)
    assert told[2:] == [(p.name, p.why) for p in PERMISSIONS]


def test_every_relation_kind_setting_and_table_is_explained() -> None:
    from bot.model import POLICIES, GateStep, RelationKind
    from bot.services.preferences import DEFAULTS

    comparing = (ROOT / "docs" / "comparing.md").read_text(encoding="utf-8")
    for kind in (*get_args(RelationKind), *POLICIES):
        assert f"`{kind}`" in comparing, kind
    for step in get_args(GateStep):
        assert f"**{step.capitalize()}.**" in comparing, step
    moderators = (ROOT / "docs" / "moderators.md").read_text(encoding="utf-8")
    assert all(f"`{key}`" in moderators for key in DEFAULTS)


def test_the_walk_reads_the_pages_as_they_are_and_masks_what_may_vary() -> None:
    found = [one for page in walk.PAGES for one in walk.examples(page, (ROOT / page).read_text(encoding="utf-8"))]
    assert len(found) > 25 and {one.page for one in found} <= set(walk.PAGES)
    assert walk.fits("a\n[...]\nd[...]", "a\nb\nc\nd e\n") and not walk.fits("a\n[...]\nd", "a\nb\n")
    assert walk.fits("", "WARNING: Location 'x' is ignored: it is neither a file nor a directory.\n")
    assert not walk.fits("", "error\n")
    block = "```console\n$ a \\\n  b\n> c\nout\n$ d\ncorrobot: no\n```\n"
    one, two = walk.examples("x.md", block)
    assert (one.command, one.shown, one.line) == ("a \\\n  b\nc", "out", 2)
    assert two.may_fail and not one.may_fail


EXAMPLES = [
    one
    for one in walk.examples("docs/cli.md", (ROOT / "docs" / "cli.md").read_text(encoding="utf-8"))
    if re.match(r"corrobot (?:figures|compare|summarize|group) [^|>]*$", one.command)
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.command[:40])
def test_what_the_command_line_page_shows_is_printed(
    example: walk.Example, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT / "docs" / "examples")
    assert main(shlex.split(example.command)[1:]) == 0
    assert walk.fits(example.shown, capfdbinary.readouterr().out.decode())


def test_every_setting_is_in_the_example() -> None:
    from bot.settings import Settings

    text = (ROOT / ".env.example").read_text(encoding="utf-8").upper()
    for name, field in Settings.model_fields.items():
        alias = str(field.validation_alias or field.alias or name).upper()
        assert alias in text, name


def test_every_command_that_a_page_shows_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        code = re.findall(r"```\w*\n(.*?)```|`([^`\n]+)`", text, re.S)
        for shown in (block or span for block, span in code):
            for name in re.findall(r"(?:^|[/|] ?|\$ )corrobot ([a-z]+)\b(?!:)", shown, re.M):
                assert name in COMMANDS, f"{page.name}: corrobot {name}"
            for module in re.findall(r"python -m ((?:bench|tools)[\w.]*)", shown):
                there = ROOT / module.replace(".", "/")
                assert there.is_dir() or there.with_suffix(".py").is_file(), f"{page.name}: {module}"
            for target in re.findall(r"(?:^|\$ )make ([a-z-]+)", shown, re.M):
                assert target in targets, f"{page.name}: make {target}"
            for path in re.findall(r"^((?:bot|cogs|tests|docs|data|tools|deploy|bench)/[\w/.-]+)$", shown):
                assert (ROOT / path).exists() or path == "data/coverage.db", f"{page.name}: {path}"
