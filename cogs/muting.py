"""`/mute`: stories and outlets that raise no alert here and answer no link on their own."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.model import CorrobotError
from bot.render.card import Card, fit, section
from bot.render.card_texts import plural
from bot.render.escape import cut
from bot.render.words import date, short
from cogs import finding, texts
from cogs.asked import Asked
from cogs.moderating import Moderating, hidden, moderator

if TYPE_CHECKING:
    from cogs.client import Corrobot

Story = app_commands.Range[str, 1, 200]
Outlet = app_commands.Range[str, 1, 100]


class Muting(Moderating, group_name="mute", group_description="Stories and outlets that raise no alert here."):
    """What this server muted."""

    @app_commands.command(
        name="add", description="Mute a story or an outlet: no alerts, no cards for links on their own."
    )
    @app_commands.describe(story="The story: its number, or words of its title", outlet="The outlet: its name")
    async def add(
        self, interaction: discord.Interaction["Corrobot"], story: Story | None = None, outlet: Outlet | None = None
    ) -> None:
        """Mute."""
        asked = await moderator(interaction)
        if story is not None and outlet is None:
            number = await finding.story_number(asked.services, asked.server, story)
            new = await asked.services.coverage.muting.story(asked.server, number, asked.by)
            what = f"story {number}"
        else:
            what, new = await asked.services.coverage.muting.outlet(asked.server, _one(story, outlet), asked.by)
        if new:
            await asked.note("mute", what)
        await asked.say((texts.MUTED if new else texts.MUTED_ALREADY).format(what=cut(what, 100)))

    @app_commands.command(name="list", description="List the stories and outlets that are muted here.")
    async def list_(self, interaction: discord.Interaction["Corrobot"]) -> None:
        """List what is muted."""
        asked = await moderator(interaction)
        found = await asked.services.coverage.muting.list(asked.server)
        if not found:
            await asked.say(texts.NOTHING_MUTED)
            return
        lines = [
            texts.MUTED_LINE.format(
                what=f"story {m.story}: {cut(m.name, 120)}" if m.story else cut(m.name, 100), by=m.by, when=date(m.at)
            )
            for m in found
        ]
        await asked.card(
            Card(fit([section(texts.MUTED_HEAD, [f"-# {plural(len(found), 'mute')}"]), section("", lines)]))
        )

    @app_commands.command(name="remove", description="Mute a story or an outlet no longer.")
    @app_commands.describe(story="The story: its number, or words of its title", outlet="The outlet: its name")
    async def remove(
        self, interaction: discord.Interaction["Corrobot"], story: Story | None = None, outlet: Outlet | None = None
    ) -> None:
        """Mute no longer."""
        asked = await moderator(interaction)
        muting = asked.services.coverage.muting
        if story is not None and outlet is None:
            number = await finding.story_number(asked.services, asked.server, story)
            what = await muting.lift(asked.server, story=number)
        else:
            what = await muting.lift(asked.server, outlet=_one(story, outlet))
        await asked.note("unmute", what)
        await asked.say(texts.UNMUTED.format(what=cut(what, 100)))

    @add.autocomplete("story")
    async def offer_stories(self, interaction: discord.Interaction["Corrobot"], current: str) -> finding.Choices:
        """Offer stories of this server."""
        return await finding.stories(interaction.client.services, str(interaction.guild_id), current)

    @add.autocomplete("outlet")
    async def offer_outlets(self, interaction: discord.Interaction["Corrobot"], current: str) -> finding.Choices:
        """Offer sources and the outlets of recent articles, to moderators."""
        asked = Asked(interaction)
        if not await asked.moderator():
            return []
        return _choices(await asked.services.coverage.muting.outlets(asked.server), current)

    @remove.autocomplete("story")
    async def offer_muted_stories(self, interaction: discord.Interaction["Corrobot"], current: str) -> finding.Choices:
        """Offer what is muted, to moderators."""
        asked = Asked(interaction)
        if not await asked.moderator():
            return []
        found = await asked.services.coverage.muting.list(asked.server)
        fits = [m for m in found if m.story is not None and current.casefold() in f"{m.story} · {m.name}".casefold()]
        return [finding.choice(m.story, m.name) for m in fits if m.story is not None][: finding.MOST_CHOICES]

    @remove.autocomplete("outlet")
    async def offer_muted_outlets(self, interaction: discord.Interaction["Corrobot"], current: str) -> finding.Choices:
        """Offer what is muted, to moderators."""
        asked = Asked(interaction)
        if not await asked.moderator():
            return []
        found = await asked.services.coverage.muting.list(asked.server)
        return _choices([m.name for m in found if m.story is None], current)


def _one(story: str | None, outlet: str | None) -> str:
    if outlet is None or story is not None:
        raise CorrobotError("usage", texts.MUTE_ONE)
    return outlet


def _choices(names: Sequence[str], typed: str) -> finding.Choices:
    fits = [name for name in names if typed.casefold() in name.casefold() and len(name) <= finding.MOST_NAME]
    return [
        app_commands.Choice(name=short(name, finding.MOST_NAME), value=name) for name in fits[: finding.MOST_CHOICES]
    ]


async def setup(bot: "Corrobot") -> None:
    """Add the commands, hidden from those who may not use them."""
    await bot.add_cog(hidden(Muting()))
