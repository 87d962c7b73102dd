"""discord.py's decorators for commands that work by slash and by mention, in types that mypy can follow."""

from collections.abc import Callable, Coroutine
from typing import Any, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.model import CorrobotError
from cogs import texts

Callback = Callable[..., Coroutine[Any, Any, None]]
Hybrid = commands.HybridCommand[Any, ..., Any]
Group = commands.HybridGroup[Any, ..., Any]
Slash = app_commands.Command[Any, ..., Any]


def command(name: str, description: str) -> Callable[[Callback], Hybrid]:
    """Make a command of its own."""
    return cast("Callable[[Callback], Hybrid]", commands.hybrid_command(name=name, description=description))


def group(name: str, description: str) -> Callable[[Callback], Group]:
    """Make a group; by mention its name alone works, too."""
    made = commands.hybrid_group(name=name, description=description, invoke_without_command=True)
    return cast("Callable[[Callback], Group]", made)


def under(group: Group, name: str, description: str) -> Callable[[Callback], Hybrid]:
    """Make a command of a group."""
    return cast("Callable[[Callback], Hybrid]", group.command(name=name, description=description))


def slash_under(group: Group, name: str, description: str) -> Callable[[Callback], Slash]:
    """Make a command of a group that works by slash alone."""
    assert group.app_command is not None
    return cast("Callable[[Callback], Slash]", group.app_command.command(name=name, description=description))


class Words(app_commands.Transformer, commands.Converter[str]):
    """A text of at most so many characters, bounded by Discord for a slash and here for a mention.

    Use as `Annotated[str, Words(200)]`: the ranges of discord.py lose their bounds where an option may be left out.
    """

    def __init__(self, most: int) -> None:
        self._most = most

    @property
    def min_value(self) -> int:
        """Return the least length."""
        return 1

    @property
    def max_value(self) -> int:
        """Return the greatest length."""
        return self._most

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> str:
        """Take what Discord let through, and check it again."""
        return self._checked(str(value))

    async def convert(self, ctx: commands.Context[Any], argument: str) -> str:
        """Take what was typed after a mention."""
        return self._checked(argument)

    def _checked(self, text: str) -> str:
        if len(text) > self._most:
            raise CorrobotError("too_large", texts.TOO_LONG.format(most=self._most, text=text[:40]))
        return text
