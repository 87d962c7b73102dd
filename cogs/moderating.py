"""What all commands of moderators have in common: checked when they run, for what Discord hides can be forged."""

from typing import TYPE_CHECKING, TypeVar

import discord
from discord.ext import commands

from bot.model import CorrobotError
from cogs.asked import Asked
from cogs.errors import Refused

if TYPE_CHECKING:
    from cogs.client import Corrobot

C = TypeVar("C", bound=commands.Cog)
MANAGE = discord.Permissions(manage_guild=True)


async def refuse_others(interaction: "discord.Interaction[Corrobot]") -> bool:
    """Refuse everybody but moderators, however the command came; autocompletes look for themselves."""
    if interaction.type is discord.InteractionType.autocomplete:
        return True
    try:
        await Asked(interaction).demand_moderator()
    except CorrobotError as error:
        raise Refused(error) from error
    return True


class Moderating(commands.GroupCog):
    """A group of commands for moderators."""

    async def interaction_check(self, interaction: discord.Interaction["Corrobot"], /) -> bool:  # type: ignore[override]
        """Refuse everybody else."""
        return await refuse_others(interaction)


def hidden(cog: C) -> C:
    """Ask Discord to hide the group from those who may not use it."""
    group = cog.app_command
    if isinstance(group, discord.app_commands.Group):
        group.default_permissions = MANAGE
    return cog


async def moderator(interaction: "discord.Interaction[Corrobot]") -> Asked:
    """Let a moderator in, and think where only they see it."""
    asked = Asked(interaction)
    await asked.demand_moderator()
    await asked.think(private=True)
    return asked
