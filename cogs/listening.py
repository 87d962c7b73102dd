"""Links in the channels that moderators named: read on their own, or when somebody reacts to them."""

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.model import CorrobotError
from cogs.adding import add_unasked
from cogs.asked import Asked
from cogs.material import material

if TYPE_CHECKING:
    from cogs.client import Corrobot

log = logging.getLogger(__name__)
READ = "📰"
FAILED = "⚠️"


class Listening(commands.Cog):
    """Needs the Message Content Intent; without it Discord sends no text, and nothing is read."""

    def __init__(self, bot: "Corrobot") -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Read the links of a message in a named channel, unless it is for the bot anyway."""
        me = self.bot.user
        if message.author.bot or message.guild is None or me is None or f"{me.id}>" in message.content:
            return
        if await self._named(message.guild.id, message.channel, "links"):
            await self._read(message)

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Read the links of a message that somebody marked with a newspaper."""
        if payload.guild_id is None or payload.emoji.name != READ or payload.user_id == getattr(self.bot.user, "id", 0):
            return
        channel = self.bot.get_channel(payload.channel_id)
        if not isinstance(channel, discord.TextChannel | discord.Thread | discord.VoiceChannel):
            return
        if await self._named(payload.guild_id, channel, "reaction"):
            with suppress(discord.HTTPException):
                await self._read(await channel.fetch_message(payload.message_id))

    async def _named(self, guild: int, channel: object, mode: str) -> bool:
        """Tell whether links in a channel, or in a thread of it, are read this way."""
        if not self.bot.intents.message_content:
            return False
        chosen = await self.bot.services.choosing.of(str(guild))
        ids = {getattr(channel, "id", None), getattr(channel, "parent_id", None)}
        return chosen["listen_mode"] == mode and bool(ids & set(chosen.ids("listen_channels")))

    async def _read(self, message: discord.Message) -> None:
        """Answer with the card of each link; nobody asked, so what fails is marked and not told."""
        found = material(message)
        if not found.links:
            return
        failed = False
        for url in found.links:
            try:
                self.bot.admit(message)
                await add_unasked(Asked(await self.bot.get_context(message)), url)
            except CorrobotError as error:
                log.info("a link in channel %s was not read: %s", message.channel.id, error.message)
                failed = True
            except discord.HTTPException as error:
                log.warning("a card in channel %s did not arrive: %s", message.channel.id, error)
        if failed:
            with suppress(discord.HTTPException):
                await message.add_reaction(FAILED)


async def setup(bot: "Corrobot") -> None:
    """Begin to listen."""
    await bot.add_cog(Listening(bot))
