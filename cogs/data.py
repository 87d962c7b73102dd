"""`/export`, `/forget` and `/mydata`: files of what there is, deletion with confirmation, one's own contributions."""

import io
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.model import CorrobotError
from bot.render.card import Card, Line, Section, fit, section
from bot.render.card_texts import plural
from bot.render.escape import cut
from bot.render.words import title_of
from cogs import finding, texts
from cogs.asked import Asked
from cogs.material import day_in
from cogs.mention import buttons
from cogs.moderating import MANAGE, moderator, refuse_others

if TYPE_CHECKING:
    from cogs.client import Corrobot

# What Discord takes from a bot in any server.
MOST_BYTES = 10 * 1024 * 1024


class Keeping(commands.Cog):
    """Export and deletion, for moderators."""

    async def interaction_check(self, interaction: discord.Interaction["Corrobot"], /) -> bool:  # type: ignore[override]
        """Refuse everybody but moderators."""
        return await refuse_others(interaction)

    @app_commands.command(name="export", description="A file of this server's stories with quotes and provenance.")
    @app_commands.describe(
        format="csv: a row for each figure; json: everything; md: a report to read",
        story="Only this story: its number, or words of its title",
        since="Only stories with an article of this day or later, like 2024-03-22",
        until="Only stories with an article of this day or earlier, like 2024-04-30",
    )
    @app_commands.default_permissions(MANAGE)
    async def export(
        self,
        interaction: discord.Interaction["Corrobot"],
        format: Literal["csv", "json", "md"] = "md",
        story: app_commands.Range[str, 1, 200] | None = None,
        since: app_commands.Range[str, 1, 40] | None = None,
        until: app_commands.Range[str, 1, 40] | None = None,
    ) -> None:
        """Answer with a file that only the asker sees."""
        asked = await moderator(interaction)
        number = None if story is None else await finding.story_number(asked.services, asked.server, story)
        await send_export(asked, interaction, format, number, _day(since), _day(until))

    @app_commands.command(
        name="forget", description="Delete an article, a source or a member's contributions for good."
    )
    @app_commands.describe(
        article="The article: its number, or words of its title",
        source="The source: its number or name; its articles stay",
        member="The member whose articles and watches are deleted",
    )
    @app_commands.default_permissions(MANAGE)
    async def forget(
        self,
        interaction: discord.Interaction["Corrobot"],
        article: app_commands.Range[str, 1, 200] | None = None,
        source: app_commands.Range[str, 1, 200] | None = None,
        member: discord.User | None = None,
    ) -> None:
        """Ask whether that is meant; the button deletes."""
        asked = await moderator(interaction)
        if sum(x is not None for x in (article, source, member)) != 1:
            raise CorrobotError("usage", texts.FORGET_ONE)
        if article is not None:
            number = await finding.article_number(asked.services, asked.server, article)
            view = await asked.services.coverage.article(asked.server, number)
            what, id = f"article {number} ({cut(title_of(view.stored.article), 100)})", f"article:{number}"
        elif source is not None:
            number = await finding.source_number(asked.services, asked.server, source)
            what, id = f"source {number}", f"source:{number}"
        else:
            assert member is not None
            given = await asked.services.forgetting.given(asked.server, str(member.id))
            what = f"{plural(len(given.articles), 'article')} and {plural(len(given.watched), 'watch', 'watches')} of <@{member.id}>"
            id = f"member:{member.id}"
        await asked.say(texts.FORGET_SURE.format(what=what), view=buttons((texts.DELETE, f"corrobot:forget:{id}")))

    @forget.autocomplete("article")
    async def offer_articles(self, interaction: discord.Interaction["Corrobot"], current: str) -> finding.Choices:
        """Offer articles of this server."""
        return await finding.articles(interaction.client.services, str(interaction.guild_id), current)

    @forget.autocomplete("source")
    async def offer_sources(self, interaction: discord.Interaction["Corrobot"], current: str) -> finding.Choices:
        """Offer sources, to moderators."""
        if not await Asked(interaction).moderator():
            return []
        return await finding.sources(interaction.client.services, str(interaction.guild_id), current)

    @export.autocomplete("story")
    async def offer_stories(self, interaction: discord.Interaction["Corrobot"], current: str) -> finding.Choices:
        """Offer stories of this server."""
        return await finding.stories(interaction.client.services, str(interaction.guild_id), current)


async def send_export(
    asked: Asked,
    interaction: discord.Interaction["Corrobot"],
    format: Literal["csv", "json", "md"],
    number: int | None,
    since: str | None = None,
    until: str | None = None,
) -> None:
    """Answer with a file that only the asker sees, and note who took it."""
    text = await asked.services.exports.export(asked.server, format, number, since=since, until=until)
    data = text.encode("utf-8", "replace")
    if len(data) > MOST_BYTES:
        raise CorrobotError("too_large", texts.EXPORT_TOO_LARGE.format(size=len(data) / 1024 / 1024))
    what = "all stories" if number is None else f"story {number}"
    what += "".join(f" {word} {day}" for word, day in (("from", since), ("until", until)) if day)
    await asked.note("export", f"{what} as {format}")
    name = "-".join(x for x in ("corrobot", "all" if number is None else str(number), since, until) if x)
    asked.settled()
    file = discord.File(io.BytesIO(data), f"{name}.{format}")
    await interaction.followup.send(texts.EXPORTED.format(what=what), file=file, ephemeral=True)


def _day(text: str | None) -> str | None:
    day = day_in(text)
    return datetime.fromisoformat(day).date().isoformat() if day else None


class MyData(commands.GroupCog, group_name="mydata", group_description="What you gave to this server."):
    """One's own contributions."""

    @app_commands.command(name="show", description="Show the articles you added and the stories you watch here.")
    async def show(self, interaction: discord.Interaction["Corrobot"]) -> None:
        """Answer with what the asker gave."""
        asked = Asked(interaction)
        await asked.think(private=True)
        given = await asked.services.forgetting.given(asked.server, asked.by)
        if not given.articles and not given.watched:
            await asked.say(texts.MINE_NONE)
            return
        lines = tuple(Line(f"- {a.number}. {cut(title_of(a.article), 120)}, {a.added_at[:10]}") for a in given.articles)
        watched = [texts.MINE_WATCHED.format(stories=", ".join(map(str, given.watched)))] if given.watched else []
        await asked.card(Card(fit([section(texts.MINE_HEAD, watched), Section("", lines)])))

    @app_commands.command(name="delete", description="Delete the articles you added and your watches, for good.")
    async def delete(self, interaction: discord.Interaction["Corrobot"]) -> None:
        """Ask whether that is meant; the button deletes."""
        asked = Asked(interaction)
        await asked.think(private=True)
        given = await asked.services.forgetting.given(asked.server, asked.by)
        what = f"{plural(len(given.articles), 'article')} and {plural(len(given.watched), 'watch', 'watches')} of yours"
        await asked.say(texts.FORGET_SURE.format(what=what), view=buttons((texts.DELETE, "corrobot:mine")))


async def setup(bot: "Corrobot") -> None:
    """Add the commands."""
    await bot.add_cog(Keeping())
    await bot.add_cog(MyData())
