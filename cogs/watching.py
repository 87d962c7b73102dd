"""`/watch`, and the delivery of alerts: one card for each story and channel, edited in place."""

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.model import CorrobotError
from bot.render import card_story
from bot.render.card_layout import layout
from bot.render.escape import cut
from bot.render.words import short
from bot.services.alerts import Notice, words_of
from cogs import finding, texts
from cogs.asked import Asked

if TYPE_CHECKING:
    from cogs.client import Corrobot

log = logging.getLogger(__name__)
# What waits for the end of quiet hours or the rate need not be told to the minute.
TICK_S = 300.0
Stories = app_commands.Range[str, 1, 200]


class Watching(commands.GroupCog, group_name="watch", group_description="Be told when the figures of a story change."):
    """What members watch."""

    def __init__(self, bot: "Corrobot") -> None:
        self.bot = bot
        self._tasks: set[asyncio.Task[None]] = set()
        self._lock = asyncio.Lock()

    async def cog_load(self) -> None:
        """Begin to deliver: at once where there is news, and every few minutes what had to wait."""
        self._tasks.add(asyncio.create_task(self._tick()))
        self.bot.services.alerts.wake = self._wake

    async def cog_unload(self) -> None:
        """Stop; what waits is told after the next start."""
        self.bot.services.alerts.wake = lambda: None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _wake(self) -> None:
        task = asyncio.create_task(self._try())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            await self._try()

    async def _try(self) -> None:
        try:
            if self.bot.is_ready():
                await self.deliver()
                await self.bot.services.forgetting.expire()
                for server in await self.bot.services.forgetting.depart():
                    self.bot.services.choosing.forget(server)
                    log.info("everything of server %s is deleted: the bot left it", server)
        except Exception:
            log.exception("alerts could not be delivered")

    @app_commands.command(name="add", description="Be told in this channel when the figures of a story change.")
    @app_commands.describe(story="Its number, or words of its title")
    async def add(self, interaction: discord.Interaction["Corrobot"], story: Stories) -> None:
        """Watch a story."""
        asked = Asked(interaction)
        await asked.think(private=True)
        await watch(asked, interaction, await finding.story_number(asked.services, asked.server, story))

    @app_commands.command(name="list", description="List the stories you watch here.")
    async def list_(self, interaction: discord.Interaction["Corrobot"]) -> None:
        """List what the asker watches."""
        asked = Asked(interaction)
        await asked.think(private=True)
        found = await asked.services.alerts.watches(asked.server, asked.by)
        lines = [texts.WATCHED.format(number=w.story, title=cut(w.title, 120), channel=w.channel) for w in found]
        await asked.say("\n".join(lines) or texts.NO_WATCHES)

    @app_commands.command(name="remove", description="Watch a story no longer.")
    @app_commands.describe(story="Its number, or words of its title")
    async def remove(self, interaction: discord.Interaction["Corrobot"], story: Stories) -> None:
        """Watch a story no longer."""
        asked = Asked(interaction)
        await asked.think(private=True)
        number = await finding.story_number(asked.services, asked.server, story)
        gone = await asked.services.alerts.unwatch(asked.server, number, asked.by)
        await asked.say((texts.UNWATCHED if gone else texts.NOT_WATCHED).format(number=number))

    @add.autocomplete("story")
    @remove.autocomplete("story")
    async def offer(self, interaction: discord.Interaction["Corrobot"], current: str) -> finding.Choices:
        """Offer stories of this server."""
        return await finding.stories(interaction.client.services, str(interaction.guild_id), current)

    async def deliver(self) -> int:
        """Tell what is due; return how much it was."""
        async with self._lock:
            found = await self.bot.services.alerts.due()
            for notice in found:
                try:
                    message, thread = await self._tell(notice)
                    await self.bot.services.alerts.told(notice, message, thread)
                except (discord.Forbidden, discord.NotFound, CorrobotError) as error:
                    log.warning("alert in channel %s was dropped: %s", notice.alert.channel, error)
                    await self.bot.services.alerts.told(notice, None)
                except discord.HTTPException as error:
                    log.warning("alert in channel %s is tried again: %s", notice.alert.channel, error)
            return len(found)

    async def _tell(self, notice: Notice) -> tuple[str, str | None]:
        """Edit the card of a story in its channel, or post it; return the ids of message and thread."""
        alert, services = notice.alert, self.bot.services
        channel: Any = self.bot.get_channel(int(alert.channel)) or await self.bot.fetch_channel(int(alert.channel))
        chosen = await services.choosing.of(alert.server)
        view = await services.coverage.story(alert.server, alert.story)
        news = words_of(notice.news, texts.NEWS)
        card = card_story.comparison(
            view.story, view.comparison, policy=view.policy, remarks=(*news[:3], *view.remarks), watched=True
        )
        if alert.message is not None:
            place: Any = channel
            if isinstance(channel, discord.ForumChannel) and alert.thread:
                place = channel.get_thread(int(alert.thread)) or await self.bot.fetch_channel(int(alert.thread))
            with suppress(discord.NotFound):
                # An edit takes the bot's own default for nothing; articles hold @everyone.
                nobody = discord.AllowedMentions.none()
                await place.get_partial_message(int(alert.message)).edit(view=layout(card), allowed_mentions=nobody)
                await self._reply(alert.thread, news)
                return alert.message, alert.thread
        role = chosen.id("alert_role")
        name = short(f"{view.story.number} · {view.story.title}", 90)
        if isinstance(channel, discord.ForumChannel):
            made = await channel.create_thread(name=name, view=layout(card))
            # A post begins with its card, which is what the list of posts shows of it; then comes the mention.
            with suppress(discord.HTTPException):
                await _call(made.thread, role)
            return str(made.message.id), str(made.thread.id)
        await _call(channel, role)
        sent = await channel.send(view=layout(card))
        if chosen["alert_place"] != "thread" or isinstance(channel, discord.Thread):
            return str(sent.id), None
        thread = await sent.create_thread(name=name)
        await self._reply(str(thread.id), news)
        return str(sent.id), str(thread.id)

    async def _reply(self, thread: str | None, news: list[str]) -> None:
        """Say in a story's thread what changed: an edit alone is seen by nobody there."""
        if thread is None:
            return
        with suppress(discord.HTTPException):
            place: Any = self.bot.get_channel(int(thread)) or await self.bot.fetch_channel(int(thread))
            await place.send("\n".join(cut(n, 300) for n in news[:5]), suppress_embeds=True)


async def _call(place: discord.abc.Messageable, role: int | None) -> None:
    """Mention the role that the server opted in, if any: the one message that mentions somebody, and holds nothing else."""
    if role is not None:
        allowed = discord.AllowedMentions(everyone=False, users=False, roles=[discord.Object(role)])
        await place.send(f"<@&{role}>", allowed_mentions=allowed)


async def watch(asked: Asked, interaction: "discord.Interaction[Corrobot]", story: int) -> None:
    """Watch a story for somebody, in the channel they ask in."""
    new = await asked.services.alerts.watch(asked.server, story, asked.by, str(interaction.channel_id))
    told = [(texts.WATCHING if new else texts.WATCHING_ALREADY).format(number=story)]
    if story in (await asked.services.coverage.muting.of(asked.server)).stories:
        told.append(texts.MUTED_QUIET)
    await asked.say(" ".join(told))


async def setup(bot: "Corrobot") -> None:
    """Add the commands and begin to deliver."""
    await bot.add_cog(Watching(bot))
