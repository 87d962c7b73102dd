"""What the wire tests share: one loopback Discord a module, and one bot where a module wants it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.wire.loopback import Loopback
from tests.wire.process import Bot, running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for the bots of a module."""
    return tmp_path_factory.mktemp("wire")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def discord() -> AsyncIterator[Loopback]:
    """Serve a loopback Discord."""
    async with Loopback().serving() as served:
        yield served


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(discord: Loopback, folder: Path) -> AsyncIterator[Bot]:
    """Run one bot for a module; nothing it sent may have been refused, and nothing may have gone wrong in it."""
    async with running(discord, folder) as process:
        yield process
    assert not discord.refusals, f"the loopback refused:\n{chr(10).join(discord.refusals)}\n{process.tail()}"
    assert "Traceback" not in process.words, process.words[-4000:]
