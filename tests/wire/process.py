"""The real process `python -m bot run`, its words on standard error, and its end."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.wire.loopback import Loopback

ROOT = Path(__file__).parents[2]
END_S = 30.0
TAIL = 25


class Bot:
    """One process of the bot in a folder of its own; no setting of this machine reaches it."""

    def __init__(self, folder: Path, **settings: str) -> None:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("CORROBOT_", "DISCORD_"))}
        env = kept | {"HOME": str(folder), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | settings
        self._log = folder / f"stderr-{len(list(folder.glob('stderr-*')))}.txt"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=folder,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )

    @property
    def words(self) -> str:
        """Return all it wrote to standard error."""
        return self._log.read_text(errors="replace")

    @property
    def running(self) -> bool:
        """Tell whether it has not ended."""
        return self._process.poll() is None

    def tail(self) -> str:
        """Return the end of what it wrote."""
        return "the bot wrote at last:\n" + "\n".join(self.words.splitlines()[-TAIL:])

    def terminate(self) -> None:
        """Send SIGTERM."""
        if self.running:
            self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Send SIGKILL."""
        if self.running:
            self._process.kill()

    async def ended(self, seconds: float = END_S) -> int:
        """Wait for its end and return the exit status."""
        try:
            return await asyncio.to_thread(self._process.wait, seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise AssertionError(f"the bot did not end within {seconds:g} s\n{self.tail()}") from None

    async def stop(self) -> int:
        """Send SIGTERM, wait, and return the exit status."""
        self.terminate()
        return await self.ended()


def settings(discord: Loopback, folder: Path) -> dict[str, str]:
    """Return the settings of a bot that is to talk to the loopback Discord."""
    return {
        "DISCORD_TOKEN": discord.gateway.token,
        "DISCORD_API_URL": discord.api,
        "CORROBOT_DATABASE_URL": f"sqlite:///{folder / 'coverage.db'}",
        "CORROBOT_FETCH_ALLOW_HOSTS": discord.host,
    }


@asynccontextmanager
async def running(discord: Loopback, folder: Path, **more: str) -> AsyncIterator[Bot]:
    """Run a bot until the end of the block, connected when the block begins."""
    before = discord.gateway.identified
    bot = Bot(folder, **settings(discord, folder) | more)
    discord.trouble, discord.alive = bot.tail, lambda: bot.running
    try:
        await discord.until(lambda: discord.gateway.identified > before, "the bot identifies itself")
        yield bot
    finally:
        discord.alive = lambda: True
        await bot.stop()
