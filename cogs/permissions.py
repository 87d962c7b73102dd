"""What the bot may not do in a server or a channel though it is made for it."""

from collections.abc import Iterator

import discord

from bot.services.invite import PERMISSIONS
from bot.services.preferences import Preferences
from cogs import texts


def lacking(given: discord.Permissions) -> list[str]:
    """Name the permissions that are not given, of those the invitation asks for."""
    if given.administrator:
        return []
    return [p.name for p in PERMISSIONS if not given.value & 1 << p.bit]


def in_server(guild: discord.Guild) -> list[str]:
    """Name what the bot lacks in a whole server."""
    return lacking(guild.me.guild_permissions)


def told(guild: discord.Guild, chosen: Preferences) -> Iterator[str]:
    """Yield a line for the server, and for each channel it chose, where something is missing."""
    everywhere = in_server(guild)
    if everywhere:
        yield texts.LACKS.format(names=", ".join(everywhere))
    for id in dict.fromkeys((*chosen.ids("listen_channels"), *chosen.ids("alert_channel"))):
        channel = guild.get_channel_or_thread(id)
        if channel is None:
            yield texts.LACKS_CHANNEL.format(channel=f"<#{id}>")
        elif here := [name for name in lacking(channel.permissions_for(guild.me)) if name not in everywhere]:
            yield texts.LACKS_IN.format(channel=f"<#{id}>", names=", ".join(here))
