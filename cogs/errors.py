"""What people are told when something fails, from wherever: slash, mention, menu, modal or button."""

import logging
import secrets
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.model import CorrobotError
from cogs import texts
from cogs.asked import Asked, Silent

if TYPE_CHECKING:
    from cogs.client import Corrobot

log = logging.getLogger(__name__)


class Refused(app_commands.CheckFailure):
    """A check's refusal with its reason: discord.py answers no other exception that a check raises."""

    def __init__(self, original: CorrobotError) -> None:
        super().__init__(original.message)
        self.original = original


def root_of(error: BaseException) -> BaseException:
    """Return what happened, out of the wrappers that discord.py puts around it."""
    while True:
        inner = getattr(error, "original", None)
        if not isinstance(inner, BaseException):
            return error
        error = inner


def usage_of(command: "commands.Command[Any, ..., Any] | None") -> str:
    """Return how a command is used by mention."""
    if command is None:
        return "/help"
    names = [f"[{n}]" if not p.required else f"<{n}>" for n, p in command.clean_params.items()]
    return " ".join(["@Corrobot", command.qualified_name, *names])


def message_of(error: BaseException, ctx: "commands.Context[Corrobot] | None" = None) -> str:
    """Return the sentence for the person; an unexpected error is logged under a number that the sentence gives."""
    error = root_of(error)
    usage = usage_of(ctx.command) if ctx is not None else "/help"
    if isinstance(error, CorrobotError) and error.code != "store":
        return error.message
    if isinstance(error, commands.MissingRequiredArgument):
        return texts.MISSING.format(name=error.param.name, usage=usage)
    if isinstance(error, commands.UserInputError):
        return texts.BAD_VALUE.format(value="That", name="this command", usage=usage)
    if isinstance(error, app_commands.TransformerError):
        return texts.BAD_VALUE.format(value=str(error.value)[:100], name="this option", usage=usage)
    number = secrets.token_hex(4)
    log.error("request failed, number %s", number, exc_info=error)
    return texts.FAILED.format(number=number)


async def answer(
    origin: "commands.Context[Corrobot] | discord.Interaction[Corrobot] | Asked",
    error: BaseException,
) -> None:
    """Tell the person what went wrong. Never raises."""
    if isinstance(silent := root_of(error), Silent):
        log.warning("Discord did not say whether an answer arrived: %s; what was stored is kept", silent)
        return
    ctx = origin if isinstance(origin, commands.Context) else None
    message = message_of(error, ctx)
    try:
        await (origin if isinstance(origin, Asked) else Asked(origin)).refuse(message)
    except CorrobotError as refusal:
        await _outside(origin, refusal.message)
    except (discord.HTTPException, Silent) as failed:
        log.warning("the answer to a failed request did not arrive: %s", failed)


async def _outside(origin: object, message: str) -> None:
    """Answer outside of servers."""
    try:
        if isinstance(origin, discord.Interaction) and not origin.response.is_done():
            await origin.response.send_message(message, ephemeral=True)
        elif isinstance(origin, commands.Context) and origin.interaction is None:
            await origin.send(message)
    except discord.HTTPException as failed:
        log.warning("the answer to a failed request did not arrive: %s", failed)
