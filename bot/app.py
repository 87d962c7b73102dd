"""The composition root: settings to store, fetcher, analyser and services, and the front door that runs on them."""

import asyncio
import logging
import random
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.services.alerts import Alerts
from bot.services.all import Services
from bot.services.coverage import Coverage
from bot.services.exports import Exports
from bot.services.feeds import Feeds
from bot.services.fetching import LateFetcher
from bot.services.forgetting import Forgetting
from bot.services.logs import handler_for
from bot.services.metrics import Metrics, serving
from bot.services.poller import Poller
from bot.services.preferences import Choosing
from bot.services.rulings import Rulings
from bot.services.sources import Sources
from bot.services.worker import Analyser
from bot.store import Store
from bot.store.alone import alone

if TYPE_CHECKING:
    from bot.settings import Settings


def now() -> datetime:
    """Return the time; the only clock of the program."""
    return datetime.now(UTC)


@asynccontextmanager
async def build(settings: "Settings", analyser: Analyser | None = None) -> AsyncIterator[Services]:
    """Open the store and make the services on it; everything is closed at the end but an analyser that was given."""
    fetcher, metrics = LateFetcher(settings), Metrics()
    async with AsyncExitStack() as opened:
        store = await opened.enter_async_context(await Store.open(settings.database_url))
        if analyser is None:
            analyser = await opened.enter_async_context(Analyser(settings.workers, metrics=metrics))
        coverage = Coverage(store, analyser, fetcher, now, metrics=metrics)
        choosing = Choosing(store)
        try:
            yield Services(
                coverage,
                Sources(store),
                Rulings(store, coverage, now),
                choosing,
                Forgetting(store, coverage, Sources(store), now),
                Alerts(store, coverage, choosing, now),
                Exports(coverage),
                Feeds(store, analyser, fetcher, coverage, now, random.random, metrics=metrics),
                store,
                analyser,
                fetcher,
                metrics,
            )
        finally:
            await coverage.close()
            await fetcher.close()


def feeds_of(services: Services) -> Feeds:
    """Return the service of feeds."""
    return services.feeds


async def gauges(services: Services) -> dict[str, float]:
    """Return what is not counted but looked at: jobs by state, and the processes that live. Raises StoreError."""
    jobs = await services.store.jobs.counts()
    waiting = {f'corrobot_jobs{{state="{state}"}}': float(number) for state, number in jobs.items()}
    return waiting | {"corrobot_workers": float(len(services.analyser.pids()))}


def set_up_logging(settings: "Settings") -> None:
    """Log to standard error."""
    root = logging.getLogger()
    root.handlers[:] = [handler_for(settings.log_format, settings.log_level, sys.stderr)]
    root.setLevel(settings.log_level)


async def _run(settings: "Settings") -> None:
    main = asyncio.current_task()
    assert main is not None
    with suppress(NotImplementedError):
        # Not on Windows. What is under way is taken up at the next start.
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, main.cancel)
    with alone(settings.database_url):
        async with (
            build(settings) as services,
            serving(settings.metrics_port, services.metrics, lambda: gauges(services)),
        ):
            await _serve(settings, services)


async def _serve(settings: "Settings", services: Services) -> None:
    from cogs.client import start

    await services.coverage.resume()
    beside = [
        asyncio.create_task(services.coverage.warm()),
        asyncio.create_task(Poller(services.store, feeds_of(services), now).run()),
    ]
    try:
        await start(settings, services)
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)


def run(settings: "Settings") -> None:
    """Run the Discord bot until SIGTERM or SIGINT. Raises CorrobotError."""
    set_up_logging(settings)
    try:
        asyncio.run(_run(settings))
    except asyncio.CancelledError:
        logging.getLogger(__name__).info("stopped by SIGTERM")
