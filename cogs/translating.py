"""What Discord shows of the commands in other languages: people see them in that of their own client."""

import tomllib
from pathlib import Path
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Where
from discord.app_commands import TranslationContextTypes, locale_str

# A language more is a file more: English words to those of the language. What it lacks stays English.
FOLDER = Path(__file__).parent / "words"
# Names of commands and options are the same for everybody; the name of a menu is all that there is of it.
FIXED = frozenset({Where.group_name, Where.parameter_name})
# Letters and formats are the same in every language.
SAME = frozenset({*"ABCDEF", "csv", "json", "md", "opml"})


def catalogues(folder: Path = FOLDER) -> dict[discord.Locale, dict[str, str]]:
    """Read the words of every language that there is."""
    return {discord.Locale(one.stem): tomllib.loads(one.read_text("utf-8")) for one in sorted(folder.glob("*.toml"))}


class Catalogue(app_commands.Translator):
    """Looks descriptions, choices and menus up."""

    async def load(self) -> None:
        """Read the words."""
        self._words = catalogues()

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: TranslationContextTypes
    ) -> str | None:
        """Return a text in a language, None where it is English there."""
        words = self._words.get(locale)
        if words is None or context.location in FIXED or _names_command(context):
            return None
        return string.message if string.message in SAME else words.get(string.message)


def _names_command(context: TranslationContextTypes) -> bool:
    made: Any = context.data
    return context.location is Where.command_name and not isinstance(made, app_commands.ContextMenu)
