"""Buttons: each carries in its id all it needs, so that it works after a restart and in any copy of the bot."""

import re
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.model import CorrobotError
from bot.render.card_audit import audit
from bot.render.card_lists import PER_PAGE
from bot.render.card_lists import articles as articles_card
from bot.render.card_lists import stories as stories_card
from bot.render.card_texts import plural
from bot.render.escape import cut
from cogs import errors, texts
from cogs.asked import Asked
from cogs.data import send_export
from cogs.forms import Paste
from cogs.material import material
from cogs.mention import read
from cogs.ruling_form import RuleForm
from cogs.stories import compare, story_page
from cogs.watching import watch

if TYPE_CHECKING:
    from bot.render.card import Card
    from cogs.client import Corrobot


class Pressed(ui.DynamicItem[ui.Button[Any]], template="corrobot:none"):
    """What all buttons share: they are meant for everybody, and whatever they raise is caught, answered and logged."""

    def __init__(self, item: ui.Button[Any], match: re.Match[str]) -> None:
        super().__init__(item)
        self.match = match

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> "Pressed":
        """Make the button that was pressed."""
        assert isinstance(item, ui.Button)
        return cls(item, match)

    async def callback(self, interaction: "discord.Interaction[Corrobot]") -> Any:  # type: ignore[override]
        """Let the request in and hand it on."""
        try:
            interaction.client.admit(interaction)
            await self.pressed(Asked(interaction), interaction)
        except Exception as error:
            await errors.answer(interaction, error)

    async def pressed(self, asked: Asked, interaction: "discord.Interaction[Corrobot]") -> None:
        """Do what the button is for."""
        raise NotImplementedError

    async def turn(self, asked: Asked, interaction: "discord.Interaction[Corrobot]") -> bool:
        """Defer; true where the card pressed on is the person's own and turns its page in place."""
        own = interaction.message is not None and interaction.message.flags.ephemeral
        if own:
            await interaction.response.defer()
        else:
            await asked.think(private=True)
        return own

    async def show(self, asked: Asked, card: "Card", own: bool) -> None:
        """Answer with a page for the one who pressed."""
        await (asked.swap(card) if own else asked.card(card, private=True))


class StoryPage(
    Pressed,
    template=r"corrobot:page:(?P<what>figures|timeline|quotes|why|agrees|stopped):(?P<number>\d{1,9}):(?P<page>\d{1,6})",
):
    """A page of a story's figures, quotes, reasons."""

    async def pressed(self, asked: Asked, interaction: "discord.Interaction[Corrobot]") -> None:
        """Show the page to the one who pressed."""
        own = await self.turn(asked, interaction)
        view = await asked.services.coverage.story(asked.server, int(self.match["number"]))
        await self.show(asked, await story_page(asked, self.match["what"], view, int(self.match["page"])), own)


class ListPage(Pressed, template=r"corrobot:list:(?P<what>articles|stories):(?P<page>\d{1,6})"):
    """A page of articles or stories."""

    async def pressed(self, asked: Asked, interaction: "discord.Interaction[Corrobot]") -> None:
        """Show the page to the one who pressed."""
        own = await self.turn(asked, interaction)
        page = int(self.match["page"])
        limit, offset = PER_PAGE + 1, page * PER_PAGE
        if self.match["what"] == "articles":
            articles = await asked.services.coverage.articles(asked.server, limit=limit, offset=offset)
            await self.show(asked, articles_card(articles, page), own)
        else:
            stories = await asked.services.coverage.stories(asked.server, limit=limit, offset=offset)
            muted = await asked.services.coverage.muting.of(asked.server)
            await self.show(asked, stories_card(stories, page, muted=muted.stories), own)


class Compare(Pressed, template=r"corrobot:compare:(?P<number>\d{1,9})"):
    """The comparison card of a story."""

    async def pressed(self, asked: Asked, interaction: "discord.Interaction[Corrobot]") -> None:
        """Show it to the one who pressed."""
        await asked.think(private=True)
        await compare(asked, int(self.match["number"]), None)


class OpenForm(Pressed, template=r"corrobot:paste"):
    """The form to paste an article into."""

    async def pressed(self, asked: Asked, interaction: "discord.Interaction[Corrobot]") -> None:
        """Open the form."""
        await interaction.response.send_modal(Paste())


class ReadMessage(Pressed, template=r"corrobot:read:(?P<what>links|text|check):(?P<message>\d{15,22})"):
    """What shall be done with a message that mentioned the bot; anybody who reads it may choose."""

    async def pressed(self, asked: Asked, interaction: "discord.Interaction[Corrobot]") -> None:
        """Do it; only what was said to the bot is read, whatever the id names."""
        await asked.think()
        channel = interaction.channel
        try:
            assert channel is not None and not isinstance(channel, discord.ForumChannel | discord.CategoryChannel)
            message = await channel.fetch_message(int(self.match["message"]))
        except (discord.HTTPException, AssertionError) as error:
            raise CorrobotError("not_found", texts.ORIGINAL_GONE) from error
        found = material(message)
        me = interaction.client.user
        if not found or me is None or me.id not in message.raw_mentions:
            raise CorrobotError("not_found", texts.ORIGINAL_GONE)
        await read(asked, found, self.match["what"])


class RuleOn(Pressed, template=r"corrobot:rule:(?P<number>\d{1,9})"):
    """The form to rule on a flag of a story; for moderators."""

    async def pressed(self, asked: Asked, interaction: "discord.Interaction[Corrobot]") -> None:
        """Open the form: from the flags as they were last compared, for a form cannot wait."""
        await asked.demand_moderator()
        story = int(self.match["number"])
        found = await asked.services.rulings.open(asked.server, story)
        if not found:
            raise CorrobotError("not_found", texts.NO_OPEN_FLAGS.format(story=story))
        await interaction.response.send_modal(RuleForm(found))


class Export(Pressed, template=r"corrobot:export:(?P<number>\d{1,9})"):
    """The report of a story as a file; for moderators."""

    async def pressed(self, asked: Asked, interaction: "discord.Interaction[Corrobot]") -> None:
        """Send the file to the one who pressed."""
        await asked.demand_moderator()
        await asked.think(private=True)
        await send_export(asked, interaction, "md", int(self.match["number"]))


class AuditPage(Pressed, template=r"corrobot:audit:(?P<page>\d{1,6})"):
    """A page of the log; for moderators."""

    async def pressed(self, asked: Asked, interaction: "discord.Interaction[Corrobot]") -> None:
        """Show the page."""
        await asked.demand_moderator()
        own = await self.turn(asked, interaction)
        page = int(self.match["page"])
        acts = await asked.services.rulings.log(asked.server, limit=PER_PAGE + 1, offset=page * PER_PAGE)
        await self.show(asked, audit(acts, page), own)


class Forget(Pressed, template=r"corrobot:forget:(?P<what>article|source|member):(?P<id>\d{1,22})"):
    """The confirmation of /forget; for moderators."""

    async def pressed(self, asked: Asked, interaction: "discord.Interaction[Corrobot]") -> None:
        """Delete."""
        await asked.demand_moderator()
        await asked.think(private=True)
        what, id = self.match["what"], self.match["id"]
        forgetting = asked.services.forgetting
        if what == "member":
            given = await forgetting.person(asked.server, id)
            told = texts.FORGOT_MEMBER.format(articles=plural(len(given.articles), "article"), id=id)
        elif what == "article":
            title = await forgetting.article(asked.server, int(id))
            told = texts.REMOVED_ARTICLE.format(number=id, title=cut(title, 120))
        else:
            told = texts.SOURCE_REMOVED.format(source=cut(await forgetting.source(asked.server, int(id)), 80))
        await asked.note("forget", f"{what} {id}")
        await asked.say(told)


class ForgetMine(Pressed, template=r"corrobot:mine"):
    """The confirmation of /mydata delete; whoever presses deletes what is their own."""

    async def pressed(self, asked: Asked, interaction: "discord.Interaction[Corrobot]") -> None:
        """Delete."""
        await asked.think(private=True)
        given = await asked.services.forgetting.person(asked.server, asked.by)
        await asked.say(texts.FORGOT_MINE.format(articles=plural(len(given.articles), "article")))


class Watch(Pressed, template=r"corrobot:watch:(?P<number>\d{1,9})"):
    """Watch a story in the channel of its card."""

    async def pressed(self, asked: Asked, interaction: "discord.Interaction[Corrobot]") -> None:
        """Watch."""
        await asked.think(private=True)
        await watch(asked, interaction, int(self.match["number"]))


BUTTONS: tuple[type[Pressed], ...] = (
    StoryPage,
    ListPage,
    Compare,
    OpenForm,
    ReadMessage,
    RuleOn,
    Export,
    AuditPage,
    Forget,
    ForgetMine,
    Watch,
)


def known(id: str) -> bool:
    """Tell whether an id is that of a button."""
    return any(one.__discord_ui_compiled_template__.fullmatch(id) for one in BUTTONS)
