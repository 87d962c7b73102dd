"""The documents name every command, and only commands that exist."""

import re
from pathlib import Path

from bot.cli.main import COMMANDS
from tests.cogs.test_meta import FIXED, MENUS

ROOT = Path(__file__).resolve().parents[1]


def test_every_command_of_the_command_line_is_documented() -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`corrobot (\w+)", text)) == set(COMMANDS)


def test_every_command_of_the_bot_is_documented() -> None:
    text = "".join((ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("members", "moderators"))
    assert set(re.findall(r"`/([a-z]+(?: [a-z]+)?)`", text)) == FIXED
    assert all(f"**{menu}**" in text for menu in MENUS)


def test_links_between_documents_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert target.startswith("http") or (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_setting_is_in_the_example() -> None:
    from bot.settings import Settings

    text = (ROOT / ".env.example").read_text(encoding="utf-8").upper()
    for name, field in Settings.model_fields.items():
        alias = str(field.validation_alias or field.alias or name).upper()
        assert alias in text, name
