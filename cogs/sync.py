"""Tell Discord of the commands when they changed, not at each start."""

import hashlib
import json
import logging
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.services.memory import Memory

if TYPE_CHECKING:
    from bot.services.all import Services
    from cogs.client import Corrobot

log = logging.getLogger(__name__)


async def payload(tree: "app_commands.CommandTree[Corrobot]") -> list[dict[str, Any]]:
    """Return the commands as Discord is told of them, in every language, in a fixed order."""
    words = tree.translator
    told = [
        command.to_dict(tree) if words is None else await command.get_translated_payload(tree, words)
        for command in tree.get_commands()
    ]
    return sorted(told, key=lambda one: (one.get("type", 1), one["name"]))


async def digest(tree: "app_commands.CommandTree[Corrobot]") -> str:
    """Return what tells one set of commands from another."""
    return hashlib.sha256(json.dumps(await payload(tree), sort_keys=True).encode()).hexdigest()


async def sync(bot: "Corrobot", services: "Services") -> bool:
    """Sync the commands unless this application knows them; say whether it was needed."""
    memory, key, now = Memory(services.store), f"commands:{bot.application_id}", await digest(bot.tree)
    if await memory.get(key) == now:
        return False
    try:
        await bot.tree.sync()
    except discord.HTTPException as error:
        # The bot is of use by mention even so; the next start tries again.
        log.error("the commands could not be synced: %s", error)
        return False
    await memory.set(key, now)
    log.info("commands synced")
    return True
