"""`/source`: the outlets that moderators know. Checked at run time: what Discord hides can be forged."""

import re
from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands

from bot.model import CorrobotError
from bot.render.card_lists import source_line
from bot.render.card_lists import sources as list_card
from cogs import finding, texts
from cogs.asked import Asked
from cogs.moderating import Moderating, hidden, moderator

if TYPE_CHECKING:
    from cogs.client import Corrobot

Letter = Literal["A", "B", "C", "D", "E", "F"]
Names = app_commands.Range[str, 0, 500]


def parts_of(text: str | None) -> list[str] | None:
    """Return the items of what was typed with commas between; None where nothing was said."""
    return None if text is None else [x.strip() for x in re.split(r"[,;\n]", text) if x.strip()]


class Sources(
    Moderating,
    group_name="source",
    group_description="Outlets this server knows: names, domains and how reliable they are.",
):
    """Outlets of this server."""

    @app_commands.command(name="add", description="Register an outlet.")
    @app_commands.describe(
        name="The name of the outlet",
        domains="Its domains with commas between, like example.org, news.example.com",
        aliases="Other names it goes by, with commas between",
        letter="How reliable: A is the best, F is not judged",
    )
    async def add(
        self,
        interaction: discord.Interaction["Corrobot"],
        name: app_commands.Range[str, 1, 100],
        domains: Names | None = None,
        aliases: Names | None = None,
        letter: Letter = "F",
    ) -> None:
        """Register an outlet."""
        asked = await moderator(interaction)
        source = await asked.services.sources.add(
            asked.server, name, domains=parts_of(domains) or (), aliases=parts_of(aliases) or (), letter=letter
        )
        await asked.note("source add", source.name)
        await asked.say(texts.SOURCE_ADDED.format(source=source_line(source)))

    @app_commands.command(name="list", description="List the outlets of this server.")
    async def list_(self, interaction: discord.Interaction["Corrobot"]) -> None:
        """List the outlets."""
        asked = await moderator(interaction)
        found = await asked.services.sources.list(asked.server)
        if not found:
            await asked.say(texts.NO_SOURCES)
            return
        await asked.card(list_card(found))

    @app_commands.command(name="edit", description="Change an outlet; what is not given stays.")
    @app_commands.describe(
        source="Its number or name",
        name="The new name of the outlet",
        domains="All its domains with commas between",
        aliases="All other names it goes by, with commas between",
        letter="How reliable: A is the best, F is not judged",
    )
    async def edit(
        self,
        interaction: discord.Interaction["Corrobot"],
        source: app_commands.Range[str, 1, 200],
        name: app_commands.Range[str, 1, 100] | None = None,
        domains: Names | None = None,
        aliases: Names | None = None,
        letter: Letter | None = None,
    ) -> None:
        """Change an outlet."""
        asked = await moderator(interaction)
        if name is None and domains is None and aliases is None and letter is None:
            raise CorrobotError("usage", texts.NOTHING_TO_CHANGE)
        number = await finding.source_number(asked.services, asked.server, source)
        changed = await asked.services.sources.edit(
            asked.server, number, name=name, domains=parts_of(domains), aliases=parts_of(aliases), letter=letter
        )
        await asked.note("source edit", changed.name)
        await asked.say(texts.SOURCE_CHANGED.format(source=source_line(changed)))

    @app_commands.command(name="remove", description="Forget an outlet; its articles stay.")
    @app_commands.describe(source="Its number or name")
    async def remove(
        self, interaction: discord.Interaction["Corrobot"], source: app_commands.Range[str, 1, 200]
    ) -> None:
        """Forget an outlet."""
        asked = await moderator(interaction)
        number = await finding.source_number(asked.services, asked.server, source)
        gone = await asked.services.sources.remove(asked.server, number)
        await asked.note("source remove", gone.name)
        await asked.say(texts.SOURCE_REMOVED.format(source=source_line(gone)))

    @edit.autocomplete("source")
    @remove.autocomplete("source")
    async def offer(self, interaction: discord.Interaction["Corrobot"], current: str) -> finding.Choices:
        """Offer the outlets of this server, to moderators."""
        if not await Asked(interaction).moderator():
            return []
        return await finding.sources(interaction.client.services, str(interaction.guild_id), current)


async def setup(bot: "Corrobot") -> None:
    """Add the commands, hidden from those who may not use them."""
    await bot.add_cog(hidden(Sources()))
