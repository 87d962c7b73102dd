"""Deletion over a real store: what is too old, and what one person gave."""

from datetime import timedelta

import pytest

from bot.services.coverage import Coverage
from bot.services.forgetting import Forgetting
from bot.services.sources import Sources
from bot.store import Store

from .articles import FROST, HERALD, TIMES
from .conftest import Clock

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_what_is_too_old_goes_where_the_server_chose_so(coverage: Coverage, store: Store, clock: Clock) -> None:
    forgetting = Forgetting(store, coverage, Sources(store), clock)
    for server in ("s", "t"):
        await coverage.add_text(server, HERALD)
    await store.settings.set("s", "retention", "2")
    await store.settings.set("t", "retention", "0")
    clock.moment += timedelta(days=3)
    await coverage.add_text("s", TIMES)
    assert await forgetting.expire() == 1
    assert [a.number for a in await coverage.articles("s")] == [2]
    assert [a.number for a in await coverage.articles("t")] == [1]
    assert await forgetting.expire() == 0


async def test_what_a_person_gave_goes_and_nothing_else(coverage: Coverage, store: Store, clock: Clock) -> None:
    forgetting = Forgetting(store, coverage, Sources(store), clock)
    await coverage.add_text("s", HERALD, by="7")
    await coverage.add_text("s", TIMES, by="8")
    await coverage.add_text("s", FROST, by="7")
    await store.watches.add("s", 1, by="7", channel="5", now="2024-05-03T12:00:00+00:00")
    await store.watches.add("s", 1, by="8", channel="5", now="2024-05-03T12:00:00+00:00")
    given = await forgetting.person("s", "7")
    assert ([a.number for a in given.articles], given.watched) == ([3, 1], (1,))
    assert [a.number for a in await coverage.articles("s")] == [2]
    assert [(w.story, w.by) for w in await store.watches.list("s")] == [(1, "8")]
