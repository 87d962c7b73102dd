"""`/article`: add, show, list, edit and remove."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import discord
from discord import app_commands
from discord.ext import commands

from bot.model import CorrobotError, StoredArticle
from bot.render.card_lists import PER_PAGE
from bot.render.card_lists import articles as list_card
from bot.render.escape import cut
from bot.render.words import title_of
from cogs import finding, hybrid, texts
from cogs.adding import add_all, add_file, add_link, card_of, options_in
from cogs.asked import Asked
from cogs.forms import Paste
from cogs.material import day_in, material_of
from cogs.mention import offer_form

if TYPE_CHECKING:
    from cogs.client import Corrobot

MENDABLE = timedelta(minutes=15)


class Articles(commands.Cog):
    """Articles of this server."""

    @hybrid.group(name="article", description="Add, show, list, edit and remove articles.")
    async def article(self, ctx: commands.Context["Corrobot"]) -> None:
        """Answer `@Corrobot article` without more."""
        asked = Asked(ctx)
        await show_list(asked, 0)

    @hybrid.under(article, name="add", description="Add an article: a link, a file, or its text in a form.")
    @app_commands.describe(
        url="The address of the article",
        file="The article as .txt, .md, .html or .pdf, up to 10 MB",
        outlet="Who published it, if the article does not say",
        published="When it was published, like 2024-03-22, if the article does not say",
    )
    async def add(
        self,
        ctx: commands.Context["Corrobot"],
        *,
        url: Annotated[str | None, hybrid.Words(4000)] = None,
        file: discord.Attachment | None = None,
        outlet: Annotated[str | None, hybrid.Words(100)] = None,
        published: Annotated[str | None, hybrid.Words(40)] = None,
    ) -> None:
        """Add an article and answer with its card; with nothing to read, open the form."""
        asked = Asked(ctx)
        if ctx.interaction is None:
            await self._add_by_mention(asked, url or "", ctx.message.attachments)
            return
        if url is None and file is None:
            # A modal must be the first answer: nothing may come before it.
            await ctx.interaction.response.send_modal(Paste(outlet=outlet, published=published))
            return
        if url is not None and file is not None:
            raise CorrobotError("usage", texts.BOTH_GIVEN)
        day = day_in(published)
        await asked.think()
        if url is not None:
            await add_link(asked, url.strip().strip("<>"), outlet, day)
        elif file is not None:
            await add_file(asked, file, outlet, day)

    async def _add_by_mention(self, asked: Asked, typed: str, attachments: list[discord.Attachment]) -> None:
        rest, outlet, published = options_in(typed)
        found, day = material_of(rest, attachments), day_in(published)
        if not found:
            await offer_form(asked)
            return
        await asked.think()
        await add_all(asked, found, outlet, day, text=not (found.links or found.files))

    @hybrid.under(
        article, name="show", description="Show one article: summary, figures, and how they stand to the rest."
    )
    @app_commands.describe(article="Its number, or words of its title")
    async def show(self, ctx: commands.Context["Corrobot"], *, article: Annotated[str, hybrid.Words(200)]) -> None:
        """Answer with the card of an article."""
        asked = Asked(ctx)
        await asked.think()
        view = await asked.services.coverage.article(
            asked.server, await finding.article_number(asked.services, asked.server, article)
        )
        await asked.card(card_of(view))

    @hybrid.slash_under(article, name="list", description="List the articles of this server, newest first.")
    @app_commands.describe(page="Which page, 1 is the newest")
    async def list_(
        self, interaction: discord.Interaction["Corrobot"], page: app_commands.Range[int, 1, 10_000] = 1
    ) -> None:
        """Answer with a page of articles."""
        asked = Asked(interaction)
        await asked.think()
        await show_list(asked, page - 1)

    @hybrid.slash_under(
        article, name="remove", description="Remove an article: moderators, or who added it within 15 minutes."
    )
    @app_commands.describe(article="Its number")
    async def remove(
        self, interaction: discord.Interaction["Corrobot"], article: Annotated[str, hybrid.Words(200)]
    ) -> None:
        """Remove an article that the person may remove."""
        asked = Asked(interaction)
        await asked.think(private=True)
        number = await finding.article_number(asked.services, asked.server, article)
        view = await asked.services.coverage.article(asked.server, number)
        if not (await asked.moderator() or mendable(view.stored, asked.by, interaction.created_at)):
            minutes = MENDABLE.seconds // 60
            raise CorrobotError("refused", texts.NOT_ADDER.format(number=number, minutes=minutes))
        gone = await asked.services.coverage.remove(asked.server, number)
        await asked.say(texts.REMOVED_ARTICLE.format(number=number, title=cut(title_of(gone.article), 120)))

    @hybrid.slash_under(
        article,
        name="edit",
        description="Correct outlet, date or title of an article you added in the last 15 minutes.",
    )
    @app_commands.describe(
        article="Its number",
        outlet="Who published it",
        published="When it was published, like 2024-03-22",
        title="Its title as it should be",
    )
    async def edit(
        self,
        interaction: discord.Interaction["Corrobot"],
        article: Annotated[str, hybrid.Words(200)],
        outlet: Annotated[str | None, hybrid.Words(100)] = None,
        published: Annotated[str | None, hybrid.Words(40)] = None,
        title: Annotated[str | None, hybrid.Words(200)] = None,
    ) -> None:
        """Correct an article that the person may still correct, and answer with its card."""
        asked = Asked(interaction)
        await asked.think(private=True)
        day = day_in(published)
        number = await finding.article_number(asked.services, asked.server, article)
        view = await asked.services.coverage.article(asked.server, number)
        if not mendable(view.stored, asked.by, interaction.created_at):
            minutes = MENDABLE.seconds // 60
            raise CorrobotError("refused", texts.NOT_MENDABLE.format(number=number, minutes=minutes))
        mended = await asked.services.coverage.mend(asked.server, number, outlet=outlet, published=day, title=title)
        told = ", ".join(f"{n}: {x}" for n, x in (("outlet", outlet), ("published", day), ("title", title)) if x)
        await asked.note("article edit", f"article {number}, {told}")
        await asked.card(card_of(mended, texts.MENDED))

    @show.autocomplete("article")
    @edit.autocomplete("article")
    @remove.autocomplete("article")
    async def offer(self, interaction: discord.Interaction["Corrobot"], current: str) -> finding.Choices:
        """Offer articles of this server."""
        return await finding.articles(interaction.client.services, str(interaction.guild_id), current)


def mendable(stored: StoredArticle, by: str, now: datetime) -> bool:
    """Tell whether a person may still take back what they added."""
    added = datetime.fromisoformat(stored.added_at)
    added = added if added.tzinfo else added.replace(tzinfo=UTC)
    return stored.added_by == by and now - added <= MENDABLE


async def show_list(asked: Asked, page: int) -> None:
    """Answer with a page of articles."""
    found = await asked.services.coverage.articles(asked.server, limit=PER_PAGE + 1, offset=page * PER_PAGE)
    if not found and not page:
        await asked.say(texts.NO_ARTICLES)
        return
    await asked.card(list_card(found, page))


async def setup(bot: "Corrobot") -> None:
    """Add the commands."""
    await bot.add_cog(Articles())
