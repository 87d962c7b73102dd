"""Discord takes an answer and never says so: the log tells of it, the bot goes on, and what was added is kept."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.services import articles
from tests.wire.interactions import Upload
from tests.wire.loopback import Loopback
from tests.wire.process import running
from tests.wire.rest import HOOK

pytestmark = pytest.mark.asyncio(loop_scope="module")
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
SILENT = "Discord did not say whether an answer arrived: no answer within 15 s"


class Mute(Loopback):
    """A Discord that does what the next requests to a route ask for, and never answers them."""

    def __init__(self) -> None:
        super().__init__()
        self.mute: list[tuple[str, str]] = []
        self.over = asyncio.Event()

    async def changed(self) -> None:
        """Keep the answer back where that was said."""
        await super().changed()
        if self.calls and self.calls[-1] in self.mute:
            self.mute.remove(self.calls[-1])
            await self.over.wait()


@pytest_asyncio.fixture(loop_scope="module")
async def mute() -> AsyncIterator[Mute]:
    """Serve a Discord that falls silent when it is told to."""
    discord = Mute()
    async with discord.serving():
        yield discord
        discord.over.set()


@pytest.mark.slow
async def test_a_discord_that_never_answers_costs_no_article_and_does_not_hold_the_bot(
    mute: Mute, tmp_path: Path
) -> None:
    async with running(mute, tmp_path) as bot:
        mute.mute = [("POST", HOOK)]
        herald = Upload("herald.txt", articles.HERALD.encode())
        await mute.slash(mute.world.moderator, "article add", file=herald)
        await mute.until(lambda: mute.mute == [], "the card is taken, and its answer kept back")
        # While that one waits, others are served.
        listed = await mute.answer(await mute.slash(mute.world.member, "article list"))
        assert "Ferry sinks off Vostmark" in listed.text
        mute.mute = [("POST", CALLBACK)]
        await mute.slash(mute.world.member, "article list")
        await mute.until(lambda: bot.words.count(SILENT) == 2, "the log tells of both", seconds=60)
        again = await mute.answer(await mute.slash(mute.world.member, "article list"))
        assert "Ferry sinks off Vostmark" in again.text
        assert "Traceback" not in bot.words
        mute.over.set()
        assert await bot.stop() == 0
