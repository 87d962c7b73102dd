"""What the faults happen to: a service over a real store and a real pool of processes, and a clock to turn."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.ingest.fetch import Fetcher, FetchSettings
from bot.services.coverage import Coverage
from bot.services.metrics import Metrics
from bot.services.worker import Analyser, Limits
from bot.store import Store
from bot.store.jobs import JobState
from tests.services import articles

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SERVER = "s"


class Clock:
    """A clock that stands until it is turned."""

    def __init__(self) -> None:
        self.moment = datetime(2024, 5, 3, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def turn(self, **by: float) -> None:
        """Turn the clock, forward or back."""
        self.moment += timedelta(**by)


class Desk:
    """One coverage with everything under it; it tends its queue as a running bot does, only sooner."""

    def __init__(self, store: Store, analyser: Analyser, fetcher: Fetcher, clock: Clock, metrics: Metrics) -> None:
        self.store, self.analyser, self.clock, self.metrics = store, analyser, clock, metrics
        self.coverage = Coverage(store, analyser, fetcher, clock, metrics=metrics)
        self.coverage._pipeline._tend_s = 0.05

    async def add(self, text: str) -> int:
        """Add a text and give its number."""
        return (await self.coverage.add_text(SERVER, text)).stored.number

    async def some(self, state: JobState) -> bool:
        """Tell whether there are jobs in a state."""
        return (await self.store.jobs.counts())[state] > 0

    async def none(self, state: JobState) -> bool:
        """Tell whether there are no jobs in a state."""
        return not await self.some(state)

    async def is_read(self, number: int) -> bool:
        """Tell whether an article is read and in a story."""
        stored = await self.store.articles.get(SERVER, number)
        return (
            stored is not None
            and await self.store.articles.reading(stored.key) is not None
            and await self.store.stories.of_article(SERVER, stored.key) is not None
        )


Opened = AbstractAsyncContextManager[Desk]
Opener = Callable[..., Opened]


@pytest.fixture
def opened(tmp_path: Path) -> Opener:
    """Give what opens a desk on `coverage.db` of the test's folder."""

    @asynccontextmanager
    async def _opened(limits: Limits | None = None, busy_timeout_ms: int = 10_000) -> "AsyncIterator[Desk]":
        metrics = Metrics()
        async with (
            await Store.open(tmp_path / "coverage.db", busy_timeout_ms=busy_timeout_ms) as store,
            Analyser(1, limits=limits, metrics=metrics) as analyser,
            Fetcher(FetchSettings(), clock=lambda: 0.0) as fetcher,
        ):
            desk = Desk(store, analyser, fetcher, Clock(), metrics)
            try:
                yield desk
            finally:
                await desk.coverage.close()
            assert await store.integrity() == []

    return _opened


async def until(so: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something is so; the time-out of the test ends what never is."""
    while not await so():  # noqa: ASYNC110 (it is another process or the store that changes)
        await asyncio.sleep(0.01)


def long_text(sentences: int) -> str:
    """Return an article that takes the parser a while."""
    told = "Officials in Orlow said the storm tore {n} roofs from houses near Vostmark, and help came from Halden."
    return articles.HERALD + "\n".join(told.format(n=n) for n in range(100, 100 + sentences))
