"""One request, however it came (slash, mention, menu, button, modal), and the ways to answer it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
from discord.ext import commands

from bot.model import CorrobotError
from bot.render.card import Card, plain
from bot.render.card_layout import files, layout, rows
from bot.render.escape import escape
from bot.render.words import short
from bot.services import logs
from cogs import texts

if TYPE_CHECKING:
    from bot.services.all import Services
    from cogs.client import Corrobot

log = logging.getLogger(__name__)
MOST_CONTENT = 1_900
# Discord refuses what is in a message (400), the right to attach files (403), its size (413).
NOT_TAKEN = frozenset({400, 403, 413})
# discord.py itself would wait five minutes for an answer.
PATIENCE_S = 15.0
DEFERRED = discord.InteractionResponseType.deferred_channel_message


class Silent(Exception):
    """Discord did not say whether it took an answer: it may be there, or not."""


@asynccontextmanager
async def patience() -> AsyncIterator[None]:
    """Wait for Discord no longer than a while. Raises Silent."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            yield
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        raise Silent(str(error) or f"no answer within {PATIENCE_S:g} s") from error


class Asked:
    """A request with its server and person. `think` comes before any work; then one or more answers."""

    def __init__(self, origin: "commands.Context[Corrobot] | discord.Interaction[Corrobot]") -> None:
        self.interaction: discord.Interaction[Corrobot] | None
        self.message: discord.Message | None
        if isinstance(origin, commands.Context):
            self.bot: Corrobot = origin.bot
            self.interaction = origin.interaction
            self.message = None if origin.interaction else origin.message
            self.user: discord.User | discord.Member = origin.author
            guild = origin.guild
        else:
            self.bot = origin.client
            self.interaction, self.message, self.user, guild = origin, None, origin.user, origin.guild
        guild_id = guild.id if guild else self.interaction.guild_id if self.interaction else None
        if guild_id is None:
            raise CorrobotError("usage", texts.ONLY_SERVERS)
        self.guild_id: int = guild_id
        logs.from_here_on(server=str(guild_id))
        self._private = False
        self._answered = False

    @property
    def server(self) -> str:
        """Return the server as the services name it."""
        return str(self.guild_id)

    @property
    def by(self) -> str:
        """Return the person as the services name them."""
        return str(self.user.id)

    @property
    def services(self) -> "Services":
        """Return the services."""
        return self.bot.services

    @property
    def manager(self) -> bool:
        """Tell whether the person may manage the server: by what Discord sends along, never by what is shown."""
        if self.interaction is not None:
            given = self.interaction.permissions
            return given.administrator or given.manage_guild
        return isinstance(self.user, discord.Member) and self.user.guild_permissions.manage_guild

    async def moderator(self) -> bool:
        """Tell whether the person may manage the server or has the role that its managers chose for moderators."""
        if self.manager:
            return True
        role = (await self.services.choosing.of(self.server)).id("moderator_role")
        return role is not None and isinstance(self.user, discord.Member) and self.user.get_role(role) is not None

    async def demand_moderator(self) -> None:
        """Raise CorrobotError unless the person is a moderator."""
        if not await self.moderator():
            raise CorrobotError("refused", texts.NOT_MODERATOR)

    def demand_manager(self) -> None:
        """Raise CorrobotError unless the person may manage the server."""
        if not self.manager:
            raise CorrobotError("refused", texts.NOT_MANAGER)

    async def note(self, what: str, about: str = "", why: str = "") -> None:
        """Write down what a moderator did, for /audit."""
        await self.services.rulings.note(self.server, self.by, what, about, why)

    async def think(self, *, private: bool = False) -> None:
        """Tell Discord that the answer takes a moment; a mention shows that the bot types."""
        self._private = private
        if self.interaction is not None:
            if not self.interaction.response.is_done():
                async with patience():
                    await self.interaction.response.defer(ephemeral=private, thinking=True)
                self.bot.waiting[self.interaction.id] = self.interaction
        elif self.message is not None:
            with suppress(discord.HTTPException):
                await self.message.channel.typing()

    def settled(self) -> None:
        """Take the request for answered."""
        self._answered = True
        if self.interaction is not None:
            self.bot.waiting.pop(self.interaction.id, None)

    async def card(self, card: Card, *, private: bool | None = None) -> None:
        """Answer with a card; without its picture, at last as plain text, where Discord does not take more."""
        hidden = self._private if private is None else private
        self.settled()
        for way in (card, replace(card, picture=None)) if card.picture else (card,):
            try:
                await self._send(hidden, view=layout(way), files=files(way))
            except discord.HTTPException as error:
                if error.status not in NOT_TAKEN:
                    raise
                log.warning("a card was not taken%s: %s", " with its picture" if way.picture else "", error)
            else:
                return
        await self._send(hidden, content=plain(card, MOST_CONTENT), view=rows(card), suppress_embeds=True)

    async def _send(self, hidden: bool, **message: Any) -> None:
        async with patience():
            if self.interaction is None:
                assert self.message is not None
                await self.message.reply(mention_author=False, **message)
            elif self.interaction.response.is_done():
                await self.interaction.followup.send(ephemeral=hidden, **message)
            else:
                await self.interaction.response.send_message(ephemeral=hidden, **message)

    async def swap(self, card: Card) -> None:
        """Put another card in the place of the one whose button was pressed."""
        assert self.interaction is not None
        await self.interaction.edit_original_response(view=layout(card), attachments=files(card))

    async def say(self, text: str, *, private: bool | None = None, view: discord.ui.View | None = None) -> None:
        """Answer with plain words of our own making."""
        hidden = self._private if private is None else private
        more: dict[str, Any] = {} if view is None else {"view": view}
        self.settled()
        await self._send(hidden, content=short_lines(text), suppress_embeds=True, **more)

    async def refuse(self, message: str) -> None:
        """Say why nothing was done: for the asker's eyes alone wherever Discord can do that."""
        waiting = self.interaction if not (self._answered or self._private) else None
        shown = waiting is not None and waiting.response.type is DEFERRED
        if waiting is not None and shown:
            # What was deferred for all to see stays so: it is settled with a word, and goes once the refusal is there.
            await waiting.edit_original_response(content=texts.SETTLED)
        await self.say(escape(short(message, 900)), private=True)
        if waiting is not None and shown:
            with suppress(discord.HTTPException):
                await waiting.delete_original_response()


def short_lines(text: str) -> str:
    """Return a text that fits into one message, its lines kept."""
    return text if len(text) <= MOST_CONTENT else text[: MOST_CONTENT - 1] + "…"
