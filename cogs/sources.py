"""`/source`: the outlets that moderators know. Checked at run time: what Discord hides can be forged."""

import io
import re
from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands

from bot.model import CorrobotError
from bot.render import card_feeds
from bot.render.card_lists import source_line
from bot.render.card_lists import sources as list_card
from bot.render.card_texts import plural
from bot.render.escape import escape
from bot.services.feeds import KIND
from bot.services.sourcelists import bring_in, bring_out
from cogs import finding, texts
from cogs.asked import Asked
from cogs.material import bytes_of
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

    @app_commands.command(name="feed", description="Give an outlet a feed, found by the address of the feed or a page.")
    @app_commands.describe(
        source="Its number or name",
        url="The address of the feed, or of a page that names one",
        include="Only entries with one of these words, with commas between",
        exclude="No entries with one of these words, with commas between",
        remove="Forget the feed at this address instead",
    )
    async def feed(
        self,
        interaction: discord.Interaction["Corrobot"],
        source: app_commands.Range[str, 1, 200],
        url: app_commands.Range[str, 1, 1000],
        include: Names | None = None,
        exclude: Names | None = None,
        remove: Literal["yes", "no"] = "no",
    ) -> None:
        """Register or forget a feed."""
        asked = await moderator(interaction)
        if remove == "yes":
            await asked.services.feeds.remove(asked.server, url.strip())
            await asked.note("source feed", f"{url.strip()} removed")
            await asked.say(texts.FEED_REMOVED.format(url=escape(url.strip())))
            return
        number = await finding.source_number(asked.services, asked.server, source)
        made = await asked.services.feeds.add(
            asked.server, number, url.strip(), include=parts_of(include) or (), exclude=parts_of(exclude) or ()
        )
        await asked.note("source feed", f"{made.outlet}: {made.url}")
        await asked.say(texts.FEED_ADDED.format(outlet=escape(made.outlet), url=escape(made.url)))

    @app_commands.command(
        name="test", description="Show what a feed gives, or the feed that a page names; nothing is stored."
    )
    @app_commands.describe(url="The address of the feed, or of a page that names one")
    async def test(self, interaction: discord.Interaction["Corrobot"], url: app_commands.Range[str, 1, 1000]) -> None:
        """Try a feed."""
        asked = await moderator(interaction)
        found = await asked.services.feeds.look(url.strip())
        await asked.card(card_feeds.tried(found.feed.title, found.url, found.feed.entries))

    @app_commands.command(name="health", description="Show how every feed fares: last success, failures, paused.")
    async def health(self, interaction: discord.Interaction["Corrobot"]) -> None:
        """Show how the feeds fare."""
        asked = await moderator(interaction)
        feeds = await asked.services.feeds.list(asked.server)
        if not feeds:
            await asked.say(texts.NO_FEEDS)
            return
        dead = await asked.services.store.jobs.given_up(KIND, server=asked.server)
        await asked.card(card_feeds.health(feeds, len(dead)))

    @app_commands.command(
        name="import", description="Register the outlets and feeds of a list: OPML, or JSON as exported."
    )
    @app_commands.describe(file="The list as .opml, .xml or .json")
    async def import_(self, interaction: discord.Interaction["Corrobot"], file: discord.Attachment) -> None:
        """Bring a list in."""
        asked = await moderator(interaction)
        data = await bytes_of(file)
        done = await bring_in(asked.services.sources, asked.services.feeds, asked.server, data, file.filename)
        await asked.note("source import", file.filename)
        told = texts.LIST_IN.format(
            sources=plural(done.sources, "outlet"), feeds=plural(done.feeds, "feed"), known=plural(done.known, "outlet")
        )
        await asked.say("\n".join([told, *(f"- {escape(e.message)}" for e in done.errors[:10])]))

    @app_commands.command(name="export", description="A file of the outlets and feeds of this server.")
    @app_commands.describe(format="opml: for feed readers; json: everything")
    async def export(
        self, interaction: discord.Interaction["Corrobot"], format: Literal["opml", "json"] = "opml"
    ) -> None:
        """Bring the list out."""
        asked = await moderator(interaction)
        text = await bring_out(asked.services.sources, asked.services.feeds, asked.server, format)
        asked.settled()
        file = discord.File(io.BytesIO(text.encode("utf-8", "replace")), f"corrobot-sources.{format}")
        await interaction.followup.send(texts.LIST_OUT, file=file, ephemeral=True)

    @feed.autocomplete("source")
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
