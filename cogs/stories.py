"""Stories: list, show, compare, summarize, and their open flags."""

import re
from typing import TYPE_CHECKING, Annotated

import discord
from discord import app_commands
from discord.ext import commands

from bot.model import POLICIES, CorrobotError
from bot.render import card_digest, card_lists, card_story
from bot.render.card import Picture
from bot.render.escape import cut
from bot.render.moves import moved
from bot.render.words import title_of
from cogs import finding, hybrid, texts
from cogs.asked import Asked

if TYPE_CHECKING:
    from bot.render.card import Card
    from bot.services.views import StoryView, SummaryView
    from cogs.client import Corrobot

CHART, TIMELINE = "chart.png", "timeline.png"
_POLICY = re.compile(r"(?:^|\s)policy:\s*([\w-]+)\s*$", re.IGNORECASE)
_ARTICLE = re.compile(r"article\s+#?(\d{1,9})", re.IGNORECASE)
_STORY = re.compile(r"^story\s+", re.IGNORECASE)


class Stories(commands.Cog):
    """Stories of this server, and how their sources agree."""

    @hybrid.group(name="story", description="List and show stories.")
    async def story(self, ctx: commands.Context["Corrobot"]) -> None:
        """Answer `@Corrobot story` without more."""
        await show_list(Asked(ctx), 0, None)

    @hybrid.slash_under(story, name="list", description="List the stories of this server, newest first.")
    @app_commands.describe(query="Words of the title", page="Which page, 1 is the newest")
    async def list_(
        self,
        interaction: discord.Interaction["Corrobot"],
        query: Annotated[str | None, hybrid.Words(100)] = None,
        page: app_commands.Range[int, 1, 10_000] = 1,
    ) -> None:
        """Answer with a page of stories."""
        asked = Asked(interaction)
        await asked.think()
        await show_list(asked, page - 1, query)

    @hybrid.under(story, name="show", description="Show one story: its sources side by side.")
    @app_commands.describe(story="Its number, or words of its title")
    async def show(self, ctx: commands.Context["Corrobot"], *, story: Annotated[str, hybrid.Words(200)]) -> None:
        """Answer with a story's sources side by side."""
        asked = Asked(ctx)
        await asked.think()
        number = await finding.story_number(asked.services, asked.server, story)
        view = await asked.services.coverage.story(asked.server, number)
        await asked.card(card_story.side_by_side(view.story, view.articles, view.comparison, remarks=view.remarks))

    @hybrid.slash_under(
        story, name="timeline", description="Show how the figures of a story moved, and who revised whom."
    )
    @app_commands.describe(story="Its number, or words of its title")
    async def timeline(
        self, interaction: discord.Interaction["Corrobot"], story: Annotated[str, hybrid.Words(200)]
    ) -> None:
        """Answer with the timeline of a story."""
        asked = Asked(interaction)
        await asked.think()
        number = await finding.story_number(asked.services, asked.server, story)
        view = await asked.services.coverage.story(asked.server, number)
        await asked.card(await story_page(asked, "timeline", view, 0))

    @hybrid.command(name="compare", description="Compare the coverage of a story: conflicts first.")
    @app_commands.describe(
        story="Its number, or words of its title", policy="Which figure leads; the others are shown beside it"
    )
    @app_commands.choices(policy=[app_commands.Choice(name=p, value=p) for p in POLICIES])
    async def compare(
        self,
        ctx: commands.Context["Corrobot"],
        *,
        story: Annotated[str, hybrid.Words(200)],
        policy: str | None = None,
    ) -> None:
        """Answer with the comparison card."""
        asked = Asked(ctx)
        await asked.think()
        if ctx.interaction is None and (said := _POLICY.search(story)):
            story, policy = story[: said.start()].strip(), said[1]
        if not story:
            raise CorrobotError("usage", texts.NEED_ONE)
        await compare(asked, await finding.story_number(asked.services, asked.server, story), policy)

    @hybrid.command(name="summary", description="Summarize an article or a story in its own sentences.")
    @app_commands.describe(
        story="The story: its number, or words of its title", article="The article: its number, or words of its title"
    )
    async def summary(
        self,
        ctx: commands.Context["Corrobot"],
        *,
        story: Annotated[str | None, hybrid.Words(200)] = None,
        article: Annotated[str | None, hybrid.Words(200)] = None,
    ) -> None:
        """Answer with a summary, each sentence linked to its source."""
        asked = Asked(ctx)
        await asked.think()
        if ctx.interaction is None and story and (said := _ARTICLE.fullmatch(story.strip())):
            story, article = None, said[1]
        if (story is None) == (article is None):
            raise CorrobotError("usage", texts.NEED_ONE)
        if article is not None:
            view = await asked.services.coverage.summary(
                asked.server, article=await finding.article_number(asked.services, asked.server, article)
            )
        else:
            assert story is not None
            wanted = _STORY.sub("", story) if ctx.interaction is None else story
            number = await finding.story_number(asked.services, asked.server, wanted)
            view = await asked.services.coverage.summary(asked.server, story=number)
        await asked.card(summary_card(view))

    @hybrid.command(name="flags", description="Show the open conflicts of this server, or of one story.")
    @app_commands.describe(story="Only this story: its number, or words of its title")
    async def flags(
        self, ctx: commands.Context["Corrobot"], *, story: Annotated[str | None, hybrid.Words(200)] = None
    ) -> None:
        """Answer with open conflicts."""
        asked = Asked(ctx)
        await asked.think()
        number = None if not story else await finding.story_number(asked.services, asked.server, story)
        where = texts.THIS_SERVER if number is None else f"story {number}"
        found = await asked.services.coverage.flags(asked.server, number, limit=10)
        if not found:
            await asked.say(texts.NO_FLAGS.format(where=where))
            return
        await asked.card(card_lists.flags(found, where))

    @show.autocomplete("story")
    @timeline.autocomplete("story")
    @compare.autocomplete("story")
    @summary.autocomplete("story")
    @flags.autocomplete("story")
    async def offer(self, interaction: discord.Interaction["Corrobot"], current: str) -> finding.Choices:
        """Offer stories of this server."""
        return await finding.stories(interaction.client.services, str(interaction.guild_id), current)

    @summary.autocomplete("article")
    async def offer_article(self, interaction: discord.Interaction["Corrobot"], current: str) -> finding.Choices:
        """Offer articles of this server."""
        return await finding.articles(interaction.client.services, str(interaction.guild_id), current)


def summary_card(view: "SummaryView") -> "Card":
    """Return the summary of an article, or that of a story with its three parts."""
    title = view.story.title if view.story else title_of(view.articles[0].article)
    sources = {f"a{a.number}": a.article for a in view.articles}
    named = [(s, sources.get(s.article)) for s in view.sentences]
    if view.digest is None:
        return card_lists.summary(title, named, texts.SUMMARY_NOTE)
    return card_digest.summary(title, named, sources, view.digest, texts.SUMMARY_NOTE)


async def story_page(asked: Asked, what: str, view: "StoryView", number: int) -> "Card":
    """Return a page of a story; a timeline begins with its chart, where something was told on two days."""
    picture = None
    if what == "timeline" and not number and moved(view.comparison):
        chart = await asked.services.coverage.chart(view, timeline=True)
        picture = Picture(TIMELINE, chart.png, chart.alt)
    return card_story.page(what, view.story, view.comparison, number, picture)


async def compare(asked: Asked, number: int, policy: str | None) -> None:
    """Answer with the comparison card of a story and its chart."""
    view = await asked.services.coverage.compare(asked.server, number, policy)
    picture = None
    if view.comparison.figures:
        chart = await asked.services.coverage.chart(view)
        picture = Picture(CHART, chart.png, chart.alt)
    card = card_story.comparison(view.story, view.comparison, policy=view.policy, remarks=view.remarks, picture=picture)
    await asked.card(card)


async def show_list(asked: Asked, page: int, query: str | None) -> None:
    """Answer with a page of stories."""
    per = card_lists.PER_PAGE
    found = await asked.services.coverage.stories(asked.server, query, limit=per + 1, offset=page * per)
    if not found and not page:
        hint = texts.SEE_STORIES
        await asked.say(texts.NO_STORY.format(text=cut(query, 80), hint=hint) if query else texts.NO_STORIES)
        return
    muted = await asked.services.coverage.muting.of(asked.server)
    await asked.card(card_lists.stories(found, page, query or "", muted.stories))


async def setup(bot: "Corrobot") -> None:
    """Add the commands."""
    await bot.add_cog(Stories())
