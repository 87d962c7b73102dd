"""Figures: check a sentence against stored coverage, and search."""

from typing import TYPE_CHECKING, Annotated

from discord import app_commands
from discord.ext import commands

from bot.render.card_lists import searched
from bot.render.escape import escape
from bot.render.words import short
from cogs import hybrid, texts
from cogs.asked import Asked
from cogs.mention import check

if TYPE_CHECKING:
    from cogs.client import Corrobot


class Figures(commands.Cog):
    """What stored coverage says of a figure."""

    @hybrid.command(name="check", description="Hold the figures of a sentence against stored coverage.")
    @app_commands.describe(text="A sentence with a figure; it is not stored")
    async def check(self, ctx: commands.Context["Corrobot"], *, text: Annotated[str, hybrid.Words(4000)]) -> None:
        """Answer with how the figures stand to those of stored stories."""
        asked = Asked(ctx)
        await asked.think()
        await check(asked, text)

    @hybrid.command(name="figures", description="Search stored figures by words, such as: killed mariupol.")
    @app_commands.describe(query="Words of the figure, its measure, its place or its sentence")
    async def figures(self, ctx: commands.Context["Corrobot"], *, query: Annotated[str, hybrid.Words(200)]) -> None:
        """Answer with the figures found, their sentences and links."""
        asked = Asked(ctx)
        await asked.think()
        found = await asked.services.coverage.figures(asked.server, query, limit=25)
        if not found:
            await asked.say(texts.NOTHING_FOUND.format(text=escape(short(query, 80))))
            return
        await asked.card(searched(query, found))


async def setup(bot: "Corrobot") -> None:
    """Add the commands."""
    await bot.add_cog(Figures())
