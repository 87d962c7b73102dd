"""discord.py's decorators for commands that work by slash and by mention, in types that mypy can follow."""

from collections.abc import Callable, Coroutine
from typing import Any, cast

from discord import app_commands
from discord.ext import commands

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
