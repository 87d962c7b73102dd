"""One pool for all tests of this folder's modules that only use it, for a parser takes seconds to load."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.ingest.fetch import Fetcher, FetchSettings
from bot.services.coverage import Coverage
from bot.services.worker import Analyser
from bot.store import Store


class Clock:
    """A clock that goes on by a second each time it is asked."""

    def __init__(self) -> None:
        self.moment = datetime(2024, 5, 3, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


Opener = Callable[[Store], Coverage]


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def analyser() -> AsyncIterator[Analyser]:
    """Share one real pool."""
    async with Analyser(1) as pool:
        yield pool


@pytest.fixture
def clock() -> Clock:
    """Tell the time."""
    return Clock()


@pytest_asyncio.fixture(loop_scope="package")
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """Open a fresh store; whatever a test did to it, it must be sound afterwards."""
    async with await Store.open(tmp_path / "coverage.db") as opened:
        yield opened
        assert await opened.integrity() == []


@pytest_asyncio.fixture(loop_scope="package")
async def fetcher() -> AsyncIterator[Fetcher]:
    """Open a fetcher that may reach loopback."""
    settings = FetchSettings(allow_hosts=frozenset({"127.0.0.1"}), host_delay=0.0, attempts=1)
    async with Fetcher(settings, clock=lambda: 0.0) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="package")
async def coverage(store: Store, analyser: Analyser, fetcher: Fetcher, clock: Clock) -> AsyncIterator[Coverage]:
    """Make the service over the fresh store."""
    service = Coverage(store, analyser, fetcher, clock)
    yield service
    await service.close()
