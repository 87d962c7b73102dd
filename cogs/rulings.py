"""`/ruling` and `/audit`: what moderators decide, why, and the log of it."""

import re
from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.model import CorrobotError
from bot.render.card_audit import audit
from bot.render.card_lists import PER_PAGE
from bot.render.words import short
from cogs import finding, texts
from cogs.asked import Asked
from cogs.material import day_in
from cogs.moderating import MANAGE, Moderating, hidden, moderator, refuse_others
from cogs.ruling_form import told

if TYPE_CHECKING:
    from cogs.client import Corrobot

Step = Literal["event", "measure", "unit", "place", "group", "status", "time"]
Reason = app_commands.Range[str, 1, 400]
Chosen = app_commands.Range[str, 1, 200]
WHY = "Why; shown on the card with your name"


class Rulings(Moderating, group_name="ruling", group_description="Decide about flags, readings, stories and articles."):
    """Rulings of this server."""

    @app_commands.command(name="dismiss", description="Close a flag that is wrong or of no interest.")
    @app_commands.describe(flag="The flag, chosen from the list; or the number of its story", reason=WHY)
    async def dismiss(self, interaction: discord.Interaction["Corrobot"], flag: Chosen, reason: Reason) -> None:
        """Dismiss a flag."""
        asked = await moderator(interaction)
        await asked.say(told(await asked.services.rulings.dismiss(asked.server, flag, reason, asked.by)))

    @app_commands.command(name="scope", description="Rule that the sides of a flag cannot be compared.")
    @app_commands.describe(
        flag="The flag, chosen from the list; or the number of its story",
        step="What differs between its sides",
        reason=WHY,
    )
    async def scope(
        self, interaction: discord.Interaction["Corrobot"], flag: Chosen, step: Step, reason: Reason
    ) -> None:
        """Rule a flag's sides not comparable."""
        asked = await moderator(interaction)
        await asked.say(told(await asked.services.rulings.scope(asked.server, flag, step, reason, asked.by)))

    @app_commands.command(name="reading", description="Drop a figure that was read wrongly, or correct its context.")
    @app_commands.describe(
        figure="The figure, chosen from the list",
        reason=WHY,
        place="Where it holds; with neither place, group nor date the figure is dropped",
        group="Who or what is counted",
        as_of="The day it holds for, like 2024-03-22",
    )
    async def reading(
        self,
        interaction: discord.Interaction["Corrobot"],
        figure: Chosen,
        reason: Reason,
        place: app_commands.Range[str, 1, 100] | None = None,
        group: app_commands.Range[str, 1, 100] | None = None,
        as_of: app_commands.Range[str, 1, 40] | None = None,
    ) -> None:
        """Drop or correct a reading."""
        asked = await moderator(interaction)
        given = {"place": place, "group": group, "as_of": day_in(as_of)}
        fields = {name: value for name, value in given.items() if value}
        await asked.say(told(await asked.services.rulings.reading(asked.server, figure, reason, asked.by, fields)))

    @app_commands.command(name="correct", description="Correct outlet, date or title of an article in this server.")
    @app_commands.describe(
        article="Its number, or words of its title",
        reason=WHY,
        outlet="Who published it",
        published="When it was published, like 2024-03-22",
        title="Its title as it should be",
    )
    async def correct(
        self,
        interaction: discord.Interaction["Corrobot"],
        article: Chosen,
        reason: Reason,
        outlet: app_commands.Range[str, 1, 100] | None = None,
        published: app_commands.Range[str, 1, 40] | None = None,
        title: app_commands.Range[str, 1, 200] | None = None,
    ) -> None:
        """Correct an article."""
        asked = await moderator(interaction)
        number = await finding.article_number(asked.services, asked.server, article)
        made = await asked.services.rulings.correct(
            asked.server, number, reason, asked.by, outlet=outlet, published=day_in(published), title=title
        )
        await asked.say(told(made))

    @app_commands.command(name="split", description="Take articles out of their story into one of their own.")
    @app_commands.describe(articles="Their numbers with commas between, like 3, 5", reason=WHY)
    async def split(self, interaction: discord.Interaction["Corrobot"], articles: Chosen, reason: Reason) -> None:
        """Split a story."""
        asked = await moderator(interaction)
        numbers = [int(n) for n in re.findall(r"\d{1,9}", articles)]
        if not numbers:
            raise CorrobotError("usage", texts.NO_NUMBERS)
        await asked.say(told(await asked.services.rulings.split(asked.server, numbers, reason, asked.by)))

    @app_commands.command(name="merge", description="Put the articles of one story into another.")
    @app_commands.describe(
        story="The story that stays: its number, or words of its title",
        other="The story that goes into it",
        reason=WHY,
    )
    async def merge(
        self, interaction: discord.Interaction["Corrobot"], story: Chosen, other: Chosen, reason: Reason
    ) -> None:
        """Merge two stories."""
        asked = await moderator(interaction)
        into = await finding.story_number(asked.services, asked.server, story)
        gone = await finding.story_number(asked.services, asked.server, other)
        await asked.say(told(await asked.services.rulings.merge(asked.server, into, gone, reason, asked.by)))

    @app_commands.command(name="undo", description="Take a ruling back; what it changed is as it was.")
    @app_commands.describe(ruling="Its number, as cards and /audit show it", reason="Why; written to the log")
    async def undo(
        self,
        interaction: discord.Interaction["Corrobot"],
        ruling: app_commands.Range[int, 1, 1_000_000],
        reason: Reason | None = None,
    ) -> None:
        """Undo a ruling."""
        asked = await moderator(interaction)
        made = await asked.services.rulings.undo(asked.server, ruling, asked.by, reason or "")
        await asked.say(told(made, texts.UNDONE))

    @dismiss.autocomplete("flag")
    @scope.autocomplete("flag")
    async def offer_flags(self, interaction: discord.Interaction["Corrobot"], current: str) -> finding.Choices:
        """Offer open flags, to moderators."""
        asked = Asked(interaction)
        if not await asked.moderator():
            return []
        found = await asked.services.rulings.open(asked.server, limit=100)
        named = {f"{f.story}.{f.id}": f"{f.story} · {f.explanation}" for f in found}
        typed = current.casefold()
        fits = [(id, name) for id, name in named.items() if typed in name.casefold()]
        return [
            app_commands.Choice(name=short(name, finding.MOST_NAME), value=id)
            for id, name in fits[: finding.MOST_CHOICES]
        ]

    @reading.autocomplete("figure")
    async def offer_figures(self, interaction: discord.Interaction["Corrobot"], current: str) -> finding.Choices:
        """Offer figures, to moderators."""
        asked = Asked(interaction)
        if not await asked.moderator():
            return []
        found = await asked.services.rulings.figures(asked.server, current)
        named = {id: f"{f.printed} {f.measure} (article {s.number}, {s.article.outlet or '…'})" for id, s, f in found}
        return [app_commands.Choice(name=short(name, finding.MOST_NAME), value=id) for id, name in named.items()]

    @correct.autocomplete("article")
    async def offer_articles(self, interaction: discord.Interaction["Corrobot"], current: str) -> finding.Choices:
        """Offer articles of this server."""
        return await finding.articles(interaction.client.services, str(interaction.guild_id), current)

    @merge.autocomplete("story")
    @merge.autocomplete("other")
    async def offer_stories(self, interaction: discord.Interaction["Corrobot"], current: str) -> finding.Choices:
        """Offer stories of this server."""
        return await finding.stories(interaction.client.services, str(interaction.guild_id), current)


class Audit(commands.Cog):
    """Who did what."""

    async def interaction_check(self, interaction: discord.Interaction["Corrobot"], /) -> bool:  # type: ignore[override]
        """Refuse everybody but moderators."""
        return await refuse_others(interaction)

    @app_commands.command(name="audit", description="Who ruled, set or removed what, when and why.")
    @app_commands.describe(page="Which page, 1 is the newest")
    @app_commands.default_permissions(MANAGE)
    async def audit(
        self, interaction: discord.Interaction["Corrobot"], page: app_commands.Range[int, 1, 10_000] = 1
    ) -> None:
        """Answer with a page of the log."""
        asked = await moderator(interaction)
        acts = await asked.services.rulings.log(asked.server, limit=PER_PAGE + 1, offset=(page - 1) * PER_PAGE)
        if not acts and page == 1:
            await asked.say(texts.NO_ACTS)
            return
        await asked.card(audit(acts, page - 1))


async def setup(bot: "Corrobot") -> None:
    """Add the commands, hidden from those who may not use them."""
    await bot.add_cog(hidden(Rulings()))
    await bot.add_cog(Audit())
