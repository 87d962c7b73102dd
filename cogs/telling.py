"""What the bot may not do in a server is told there, once for each change: at the start, and when it joins."""

import hashlib
import logging
from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.services.memory import Memory
from cogs import texts
from cogs.asked import short_lines
from cogs.permissions import told

if TYPE_CHECKING:
    from bot.services.preferences import Preferences
    from cogs.client import Corrobot

log = logging.getLogger(__name__)
KEY = "told_lacking"


class Telling(commands.Cog):
    """Looks at each server's permissions, and at the intent where links shall be read on their own."""

    def __init__(self, bot: "Corrobot") -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Look at every server."""
        for guild in self.bot.guilds:
            if not guild.unavailable:
                await self._look(guild)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Look at a new one."""
        await self._look(guild)

    async def _look(self, guild: discord.Guild) -> None:
        """Tell what is missing where moderators read, unless it is what was told last."""
        server = str(guild.id)
        chosen = await self.bot.services.choosing.of(server)
        lines = list(told(guild, chosen))
        if chosen.ids("listen_channels") and not self.bot.intents.message_content:
            lines.append(texts.NO_CONTENT_INTENT)
        text = short_lines("\n".join(lines))
        memory, now = Memory(self.bot.services.store, server), hashlib.sha256(text.encode()).hexdigest() if text else ""
        if (await memory.get(KEY) or "") == now:
            return
        place = _place(guild, chosen)
        if text and place is not None:
            try:
                await place.send(text, suppress_embeds=True)
            except discord.HTTPException as error:
                log.warning("what the bot lacks could not be told in server %s: %s", server, error)
                return
        if place is not None or not text:
            await memory.set(KEY, now)


def _place(guild: discord.Guild, chosen: "Preferences") -> discord.TextChannel | discord.Thread | None:
    """Return the channel of alerts, else the one for the server's own notices, where the bot may write."""
    for channel in (*map(guild.get_channel_or_thread, chosen.ids("alert_channel")), guild.system_channel):
        if not isinstance(channel, discord.TextChannel | discord.Thread):
            continue
        given = channel.permissions_for(guild.me)
        if given.view_channel and (
            given.send_messages_in_threads if isinstance(channel, discord.Thread) else given.send_messages
        ):
            return channel
    return None


async def setup(bot: "Corrobot") -> None:
    """Begin to look."""
    await bot.add_cog(Telling(bot))
