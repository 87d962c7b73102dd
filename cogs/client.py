"""The bot as a Discord client: what it loads, what it may do, how it starts and how it stops."""

import asyncio
import logging
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.model import CorrobotError
from bot.services.forgetting import GRACE
from cogs import errors, texts
from cogs.asked import Asked
from cogs.connect import point_at
from cogs.pace import Pace
from cogs.permissions import in_server
from cogs.sync import sync
from cogs.translating import Catalogue

if TYPE_CHECKING:
    from bot.services.all import Services
    from bot.settings import Settings

log = logging.getLogger(__name__)
CLOSING_S = 10.0
SETTLING_S = 3.0
PARTS = (
    "articles",
    "stories",
    "figures",
    "sources",
    "rulings",
    "muting",
    "settings",
    "data",
    "watching",
    "listening",
    "menus",
    "help",
    "telling",
    "measuring",
)


class Tree(app_commands.CommandTree["Corrobot"]):
    """The slash commands: every one in a server, at a human pace, its errors answered."""

    async def interaction_check(self, interaction: "discord.Interaction[Corrobot]", /) -> bool:
        """Refuse what does not come from a server, and what comes too fast."""
        if interaction.type is discord.InteractionType.autocomplete:
            return interaction.guild_id is not None
        try:
            self.client.admit(interaction)
        except CorrobotError as error:
            await errors.answer(interaction, error)
            return False
        return True

    async def on_error(
        self, interaction: "discord.Interaction[Corrobot]", error: app_commands.AppCommandError, /
    ) -> None:
        """Answer the person and log what is ours."""
        await errors.answer(interaction, error)
        self.client.refused(interaction.id, interaction.command)


class Corrobot(commands.Bot):
    """Corrobot on Discord, over the services that do the work."""

    def __init__(self, services: "Services", *, pace: Pace | None = None, content: bool = False) -> None:
        intents = discord.Intents.none()
        # Content is sent without the privileged intent where the bot is mentioned, answered or asked by a menu.
        intents.guilds = intents.guild_messages = intents.dm_messages = intents.guild_reactions = True
        intents.message_content = content
        super().__init__(
            command_prefix=commands.when_mentioned,
            tree_cls=Tree,
            intents=intents,
            help_command=None,
            case_insensitive=True,
            strip_after_prefix=True,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self.services = services
        self.pace = pace or Pace()
        # Who was told that the bot thinks, and has no answer yet.
        self.waiting: dict[int, discord.Interaction[Corrobot]] = {}

    async def setup_hook(self) -> None:
        """Load the commands and buttons; tell Discord of the commands where they changed."""
        from cogs.buttons import BUTTONS

        for part in PARTS:
            await self.load_extension(f"cogs.{part}")
        self.add_dynamic_items(*BUTTONS)
        await self.tree.set_translator(Catalogue())
        self._take_content()
        await sync(self, self.services)

    def _take_content(self) -> None:
        """Ask for the content of messages where the operator switched that on for the application.

        Asked for without, Discord would refuse the connection; the bot then works by mention and menu alone.
        """
        flags = self.application.flags if self.application else discord.ApplicationFlags()
        if flags.gateway_message_content or flags.gateway_message_content_limited:
            # Identify comes after this hook; the library has no other way to decide so late.
            self._connection._intents.message_content = True
        log.info("message content is %s", "seen" if self.intents.message_content else "not seen: no listening")

    async def settle(self) -> None:
        """Tell everybody who still waits that the bot stops: else "is thinking…" would stand there for good."""
        waiting = [x for x in self.waiting.values() if not x.is_expired()]
        self.waiting.clear()
        telling = [asyncio.create_task(_tell(x)) for x in waiting]
        if telling:
            _, late = await asyncio.wait(telling, timeout=SETTLING_S)
            for task in late:
                task.cancel()

    def admit(self, origin: "discord.Interaction[Corrobot] | discord.Message") -> None:
        """Let a request in. Raises CorrobotError where it comes from no server or too fast."""
        if isinstance(origin, discord.Message):
            guild, person = origin.guild.id if origin.guild else None, origin.author
        else:
            guild, person = origin.guild_id, origin.user
        if guild is None:
            raise CorrobotError("usage", texts.ONLY_SERVERS)
        self.pace.spend(guild, person.id, origin.created_at)

    async def on_ready(self) -> None:
        """Say in the log that the bot is there; note which servers it was removed from while it was off."""
        log.info("ready as %s in %d servers", self.user, len(self.guilds))
        for guild in self.guilds:
            if not guild.unavailable and (missing := in_server(guild)):
                log.warning("in server %s the bot lacks: %s", guild.id, ", ".join(missing))
        for server in await self.services.forgetting.present([str(g.id) for g in self.guilds]):
            log.warning("the bot is in server %s no longer: its data is deleted in %d days", server, GRACE.days)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Begin the grace period after which the data of a server that the bot left is deleted."""
        log.warning("removed from server %s: its data is deleted in %d days", guild.id, GRACE.days)
        await self.services.forgetting.left(str(guild.id))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Take up the data of a server that the bot comes back to in time."""
        if await self.services.forgetting.back(str(guild.id)):
            log.info("back in server %s: its data is kept", guild.id)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Do the same: the library takes a server that is told of as available for one it knew."""
        await self.on_guild_join(guild)

    async def on_interaction(self, interaction: "discord.Interaction[Corrobot]") -> None:
        """Say so where a button is none that this version knows."""
        from cogs.buttons import known

        data: Any = interaction.data or {}
        given = str(data.get("custom_id", ""))
        if interaction.type is discord.InteractionType.component and given.startswith("corrobot:") and not known(given):
            await errors.answer(interaction, CorrobotError("not_found", texts.UNKNOWN_BUTTON))

    async def on_message(self, message: discord.Message) -> None:
        """Answer mentions: a command, or something to read. A direct message gets one line."""
        from cogs.mention import heard

        if message.author.bot or message.type not in (discord.MessageType.default, discord.MessageType.reply):
            return
        if message.guild is None:
            with suppress(discord.HTTPException):
                await message.channel.send(texts.ONLY_SERVERS)
            return
        if self.user is None or f"{self.user.id}>" not in message.content:
            return
        ctx = await self.get_context(message)
        try:
            self.admit(message)
            if ctx.command is not None:
                await self.invoke(ctx)
            else:
                await heard(Asked(ctx), message)
        except Exception as error:
            await errors.answer(ctx, error)

    async def on_command_error(self, context: Any, exception: commands.CommandError, /) -> None:
        """Answer the person and log what is ours."""
        await errors.answer(context, exception)
        self.refused((context.interaction or context.message).id, context.command)

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        """Tell of an event, unless the bot is closed: the library tells of being ready seconds late, to a loop that is gone."""
        if not self.is_closed():
            super().dispatch(event_name, *args, **kwargs)

    def refused(self, id: int, command: Any) -> None:
        """Say that a request was refused, to who measures."""
        self.dispatch("command_refused", id, command.qualified_name if command else "none")


async def start(settings: "Settings", services: "Services") -> None:
    """Run the bot until SIGTERM or SIGINT. Raises CorrobotError, such as for a token that Discord refuses."""
    assert settings.discord_token is not None
    token = settings.discord_token.get_secret_value()
    await point_at(settings.discord_api_url, token)
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    for one in signals:
        with suppress(NotImplementedError):
            loop.add_signal_handler(one, told.set)
    # It never speaks; the library's warnings about voice would only worry people.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    bot = Corrobot(services)
    running = asyncio.create_task(_run(bot, token))
    stopping = asyncio.create_task(told.wait())
    try:
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            log.info("stopping")
    finally:
        stopping.cancel()
        ended = running.done()
        if not ended:
            await bot.settle()
        await bot.close()
        if not ended:
            await _end(running)
        for one in signals:
            with suppress(NotImplementedError):
                loop.remove_signal_handler(one)
    if ended:
        await running


async def _tell(interaction: "discord.Interaction[Corrobot]") -> None:
    with suppress(discord.HTTPException, aiohttp.ClientError, OSError):
        await interaction.edit_original_response(content=texts.STOPPING)


async def _end(running: asyncio.Task[None]) -> None:
    """Wait for the closed connection to end; what it still raises no longer matters."""
    _, late = await asyncio.wait({running}, timeout=CLOSING_S)
    if late:
        running.cancel()
    result = (await asyncio.gather(running, return_exceptions=True))[0]
    if isinstance(result, Exception):
        log.debug("while stopping: %s", result)


async def _run(bot: Corrobot, token: str) -> None:
    try:
        await bot.start(token)
    except discord.LoginFailure as error:
        raise CorrobotError("refused", "Discord does not accept DISCORD_TOKEN; copy the bot's token again.") from error
    except discord.PrivilegedIntentsRequired as error:
        raise CorrobotError("refused", f"Discord refuses the connection: {error}") from error
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        raise CorrobotError("fetch_failed", f"Discord cannot be reached: {error}") from error
