"""A Discord in memory (simcord), the real bot, a real store in a file, the real analysis."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.model import Article
from bot.services import work
from bot.services.alerts import Alerts
from bot.services.all import Services
from bot.services.coverage import Coverage
from bot.services.exports import Exports
from bot.services.feeds import Feeds
from bot.services.forgetting import Forgetting
from bot.services.preferences import Choosing
from bot.services.rulings import Rulings
from bot.services.sources import Sources
from bot.store import Store
from cogs.client import Corrobot
from tests.cogs.bodies import problems
from tests.cogs.local import LocalAnalyser, Web
from tests.cogs.town import Town
from tests.wire.schema import Schema

PATIENCE_S = 60.0
# One for all tests: it counts the bodies that it held against Discord's description.
SCHEMA = Schema()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the bot time on a busy machine: the analysis runs where simcord waits for it."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.simcord(settle_timeout=PATIENCE_S))


@pytest.fixture(scope="session", autouse=True)
def warm() -> None:
    """Load the parser once, before anybody waits for it."""
    work.engine().read(Article("a0", "warm", "Two people died."))


@pytest.fixture
def web() -> Web:
    """Return the web, empty."""
    return Web()


@pytest.fixture
async def services(tmp_path: Path, web: Web) -> AsyncIterator[Services]:
    """Open a store of its own for each test."""
    async with await Store.open(tmp_path / "coverage.db") as store:
        analyser = LocalAnalyser()
        coverage = Coverage(store, analyser, web, _now)
        choosing = Choosing(store)
        yield Services(
            coverage,
            Sources(store),
            Rulings(store, coverage, _now),
            choosing,
            Forgetting(store, coverage, Sources(store), _now),
            Alerts(store, coverage, choosing, _now),
            Exports(coverage),
            Feeds(store, analyser, web, coverage, _now, lambda: 0.5),
            store,
            analyser,
            web,
        )
        await coverage.close()


def _now() -> datetime:
    return discord.utils.utcnow()


@pytest.fixture
def simcord_bot(services: Services) -> Corrobot:
    """Return the bot that simcord runs."""
    return Corrobot(services)


@pytest.fixture
def town(simcord_env: Any, web: Web) -> Iterator[Town]:
    """Return a server with a channel, a member and a moderator; what the bot sent there is what Discord takes."""
    made = Town(simcord_env, web)
    yield made
    assert problems(simcord_env.http_requests, SCHEMA) == []
