"""How long commands take, for the operator's metrics."""

from time import perf_counter
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

if TYPE_CHECKING:
    from cogs.client import Corrobot

# Of requests that never end nothing is known; the oldest are forgotten.
MOST_OPEN = 1_000


class Measuring(commands.Cog):
    """Listens for the begin and the end of commands by slash, menu and mention."""

    def __init__(self, bot: "Corrobot") -> None:
        self.bot = bot
        self._began: dict[int, float] = {}

    @commands.Cog.listener()
    async def on_interaction(self, interaction: "discord.Interaction[Corrobot]") -> None:
        """Note when a command came."""
        if interaction.type is discord.InteractionType.application_command:
            self._begin(interaction.id)

    @commands.Cog.listener()
    async def on_command(self, ctx: "commands.Context[Corrobot]") -> None:
        """Note when a mention turned out to be a command."""
        if ctx.interaction is None:
            self._begin(ctx.message.id)

    @commands.Cog.listener()
    async def on_app_command_completion(
        self, interaction: "discord.Interaction[Corrobot]", command: "app_commands.Command[Any, ..., Any]"
    ) -> None:
        """Take the time of a command that ended well."""
        self._end(interaction.id, command.qualified_name, "done")

    @commands.Cog.listener()
    async def on_command_completion(self, ctx: "commands.Context[Corrobot]") -> None:
        """Take the time of a mention that ended well."""
        if ctx.interaction is None and ctx.command is not None:
            self._end(ctx.message.id, ctx.command.qualified_name, "done")

    @commands.Cog.listener()
    async def on_command_refused(self, id: int, name: str) -> None:
        """Take the time of a command whose error was answered."""
        self._end(id, name, "refused")

    def _begin(self, id: int) -> None:
        self._began[id] = perf_counter()
        while len(self._began) > MOST_OPEN:
            del self._began[next(iter(self._began))]

    def _end(self, id: int, name: str, outcome: str) -> None:
        if (began := self._began.pop(id, None)) is not None:
            self.bot.services.metrics.command_seconds.observe(perf_counter() - began, name, outcome)


async def setup(bot: "Corrobot") -> None:
    """Add the cog."""
    await bot.add_cog(Measuring(bot))
