"""Feeds against a real server and a real store: each entry once, politely, and known to be well or not."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from bot.ingest.fetch import Fetcher
from bot.model import CorrobotError
from bot.services.coverage import Coverage
from bot.services.feeds import KIND, Feeds
from bot.services.poller import Poller
from bot.services.polling import FAILURES_TO_PAUSE, FIRST_ENTRIES, MOST_ENTRIES
from bot.services.sourcelists import bring_in, bring_out
from bot.services.sources import Sources
from bot.services.worker import Analyser
from bot.store import Store

from .newsstand import Stand, stand

pytestmark = pytest.mark.asyncio(loop_scope="package")


class Time:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.moment = datetime(2024, 5, 3, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def go(self, hours: float) -> None:
        """Let time pass."""
        self.moment += timedelta(hours=hours)


@pytest_asyncio.fixture(loop_scope="package")
async def site() -> AsyncIterator[Stand]:
    async with stand() as running:
        yield running


@pytest.fixture
def time() -> Time:
    return Time()


class Desk:
    """One life of the program over a store."""

    def __init__(self, store: Store, analyser: Analyser, fetcher: Fetcher, time: Time) -> None:
        self.store = store
        self.coverage = Coverage(store, analyser, fetcher, time)
        self.sources = Sources(store)
        self.feeds = Feeds(store, analyser, fetcher, self.coverage, time, lambda: 0.5)
        self.poller = Poller(store, self.feeds, time)

    async def titles(self, server: str = "s") -> list[str | None]:
        """List the titles of all articles, the first added first."""
        return [a.article.title for a in reversed(await self.coverage.articles(server, limit=1000))]

    async def close(self) -> None:
        """End this life."""
        await self.poller.close()
        await self.coverage.close()


@pytest_asyncio.fixture(loop_scope="package")
async def desk(store: Store, analyser: Analyser, fetcher: Fetcher, time: Time) -> AsyncIterator[Desk]:
    made = Desk(store, analyser, fetcher, time)
    yield made
    await made.close()


async def _source(desk: Desk, url: str, name: str = "Gull", server: str = "s") -> None:
    source = await desk.sources.add(server, name)
    await desk.feeds.add(server, source.number, url)


async def test_the_first_poll_takes_the_newest_and_later_ones_what_is_new(site: Stand, desk: Desk, time: Time) -> None:
    site.fill("/feed/0", range(8))
    await _source(desk, f"{site.base}/feed/0")
    [first] = await desk.poller.once()
    assert (first.taken, first.left, first.error) == (FIRST_ENTRIES, 0, None)
    # Items 3 to 7 of eight, whose pages tell of these things.
    assert {str(t).split()[-1] for t in await desk.titles()} == {"school", "tunnel", "harbour", "market", "dam"}
    assert await desk.poller.once() == []  # not due yet
    time.go(5)
    [again] = await desk.poller.once()
    assert again.unchanged and site.unchanged["/feed/0"] == 1
    site.fill("/feed/0", range(8, 10))
    time.go(5)
    [more] = await desk.poller.once()
    assert more.taken == 2
    assert len(await desk.titles()) == FIRST_ENTRIES + 2
    [feed] = await desk.feeds.list("s")
    assert (feed.failures, feed.last_error, feed.title) == (0, None, "Feed /feed/0")
    assert feed.last_new == feed.last_ok == "2024-05-03T22:00:00+00:00"
    assert max(site.hits[path] for path in site.hits if path.startswith("/page/")) == 1


async def test_a_poll_takes_no_more_than_its_most_and_loses_nothing(site: Stand, desk: Desk, time: Time) -> None:
    site.fill("/feed/0", range(1))
    await _source(desk, f"{site.base}/feed/0")
    await desk.poller.once()
    site.fill("/feed/0", range(1, MOST_ENTRIES + 8))
    time.go(5)
    [one] = await desk.poller.once()
    assert (one.taken, one.left) == (MOST_ENTRIES, 7)
    time.go(0.1)
    [two] = await desk.poller.once()
    assert (two.taken, two.left) == (7, 0)
    titles = await desk.titles()
    assert len(titles) == len(set(titles)) == MOST_ENTRIES + 8


async def test_one_entry_in_two_feeds_is_taken_once(site: Stand, desk: Desk) -> None:
    site.fill("/feed/0", range(3))
    site.feeds["/feed/1"] = [
        (f"other{n}", page + "&utm_medium=x", t, "") for n, (_, page, t, _) in enumerate(site.feeds["/feed/0"])
    ]
    site.feeds["/feed/1"].append(site.feeds["/feed/1"][0])
    await _source(desk, f"{site.base}/feed/0")
    await _source(desk, f"{site.base}/feed/1", "Tern")
    await desk.poller.once()
    assert len(await desk.titles()) == 3
    # Another server has its own.
    await _source(desk, f"{site.base}/feed/0", server="t")
    await desk.poller.once()
    assert len(await desk.titles("t")) == 3


async def test_what_a_feed_tells_of_a_page(site: Stand, desk: Desk) -> None:
    told = (
        "<pubDate>Thu, 02 May 2024 23:30:00 -0500</pubDate><source url='https://wire.example/feed'>North Wire</source>"
    )
    site.fill("/feed/0", range(1), more=told)
    site.fill("/feed/0", range(1, 2), more="<pubDate>Thu, 02 May 2099 23:30:00 GMT</pubDate>")
    await _source(desk, f"{site.base}/feed/0")
    await desk.poller.once()
    one, two = sorted((a.article for a in await desk.coverage.articles("s")), key=lambda a: str(a.url))
    assert (one.published, one.published_from, one.copy_of) == ("2024-05-02T23:30:00-05:00", "feed", "North Wire")
    # A date in the future is none.
    assert (two.published_from, two.copy_of) != ("feed", "North Wire")
    assert not (two.published or "").startswith("2099")


async def test_words_choose_among_entries(site: Stand, desk: Desk) -> None:
    site.fill("/feed/0", range(5))
    source = await desk.sources.add("s", "Gull")
    await desk.feeds.add(
        "s", source.number, f"{site.base}/feed/0", include=["FERRY", "mill", "school"], exclude=["mill"]
    )
    [answer] = await desk.poller.once()
    assert answer.taken == 2
    assert sorted(str(t).split()[-1] for t in await desk.titles()) == ["ferry", "school"]


async def test_failures_back_off_and_pause_and_are_known(site: Stand, desk: Desk, time: Time) -> None:
    site.fill("/feed/0", range(1))
    await _source(desk, f"{site.base}/feed/0")
    await desk.poller.once()
    site.status["/feed/0"] = 404
    waits = []
    for n in range(FAILURES_TO_PAUSE):
        time.go(25)
        [answer] = await desk.poller.once()
        assert answer.error is not None and "404" in answer.error
        [feed] = await desk.feeds.list("s")
        assert feed.failures == n + 1
        waits.append((datetime.fromisoformat(feed.next_at) - time()).total_seconds())
    assert waits[0] * 2 == waits[1] and waits[-1] == 24 * 3600
    assert feed.paused_at is not None and feed.last_ok == "2024-05-03T12:00:00+00:00"
    time.go(1000)
    assert await desk.poller.once() == []
    del site.status["/feed/0"]
    assert await desk.feeds.wake("s", 1) == 1
    [answer] = await desk.poller.once()
    assert answer.error is None
    [feed] = await desk.feeds.list("s")
    assert (feed.failures, feed.paused_at) == (0, None)


async def test_a_feed_is_left_alone_for_as_long_as_its_host_asks(site: Stand, desk: Desk, time: Time) -> None:
    site.fill("/feed/0", range(1))
    await _source(desk, f"{site.base}/feed/0")
    site.status["/feed/0"], site.headers["Retry-After"] = 429, "7200"
    [answer] = await desk.poller.once()
    assert answer.error is not None and "7200 s" in answer.error
    [feed] = await desk.feeds.list("s")
    assert (datetime.fromisoformat(feed.next_at) - time()).total_seconds() == 7200


async def test_the_ttl_of_a_feed_is_heeded(site: Stand, desk: Desk, time: Time) -> None:
    site.ttl = 120
    site.fill("/feed/0", range(1))
    await _source(desk, f"{site.base}/feed/0")
    await desk.poller.once()
    [feed] = await desk.feeds.list("s")
    assert (datetime.fromisoformat(feed.next_at) - time()).total_seconds() == 7200


async def test_an_entry_that_cannot_be_had_is_tried_again_and_then_given_up(
    site: Stand, desk: Desk, time: Time
) -> None:
    site.fill("/feed/0", range(3))
    site.status["/page/feed/0/1"] = 500
    site.status["/page/feed/0/2"] = 401
    await _source(desk, f"{site.base}/feed/0")
    await desk.poller.once()
    assert len(await desk.titles()) == 1
    del site.status["/page/feed/0/1"]
    time.go(0.2)
    await desk.poller.once()
    assert len(await desk.titles()) == 2
    for _ in range(3):
        time.go(2)
        await desk.poller.once()
    [dead] = await desk.store.jobs.given_up(KIND, server="s")
    assert str(dead.payload["url"]).startswith(f"{site.base}/page/feed/0/2") and "401" in str(dead.error)
    assert await desk.store.jobs.given_up(KIND, server="t") == []


async def test_a_page_that_names_a_feed_and_what_is_none(site: Stand, desk: Desk) -> None:
    site.fill("/feed/0", range(1))
    found = await desk.feeds.look(f"{site.base}/home")
    assert (found.url, found.feed.title) == (f"{site.base}/feed/0", "Feed /feed/0")
    with pytest.raises(CorrobotError, match="is no feed") as caught:
        await desk.feeds.look(f"{site.base}/page/feed/0/1")
    assert caught.value.code == "unsupported"
    await _source(desk, f"{site.base}/home")
    with pytest.raises(CorrobotError, match="is a feed of source 1"):
        await desk.feeds.put("s", 1, f"{site.base}/feed/0")
    with pytest.raises(CorrobotError, match="no source 9"):
        await desk.feeds.put("s", 9, f"{site.base}/feed/9")
    await desk.feeds.remove("s", f"{site.base}/feed/0")
    with pytest.raises(CorrobotError, match="no feed that is registered"):
        await desk.feeds.remove("s", f"{site.base}/feed/0")


async def test_lists_go_out_and_come_in_whole(desk: Desk) -> None:
    gull = await desk.sources.add("s", "Gull & Tern", domains=["gull.example"], aliases=["The Gull"], letter="B")
    await desk.sources.add("s", "No Feed")
    for n in (1, 2):
        await desk.feeds.put("s", gull.number, f"https://gull.example/{n}?a=1&b=2")
    for format_ in ("json", "opml"):
        text = await bring_out(desk.sources, desk.feeds, "s", format_)
        done = await bring_in(desk.sources, desk.feeds, format_, text.encode(), "list")
        assert (done.feeds, done.errors) == (2, ())
        assert [f.url for f in await desk.feeds.list(format_)] == [f.url for f in await desk.feeds.list("s")]
        again = await bring_in(desk.sources, desk.feeds, format_, text.encode(), "list")
        assert (again.sources, again.feeds, again.known) == (0, 0, done.sources)
    assert await desk.sources.list("json") == await desk.sources.list("s")
    for wrong in (b"", b"<html/>", b"{}", b"[{}]"):
        with pytest.raises(CorrobotError, match="give an OPML file or a JSON list"):
            await bring_in(desk.sources, desk.feeds, "s", wrong, "list")


async def test_the_loop_asks_by_itself_and_ends_when_it_is_cancelled(site: Stand, desk: Desk) -> None:
    site.fill("/feed/0", range(2))
    running = asyncio.create_task(desk.poller.run())
    await asyncio.sleep(0)
    await _source(desk, f"{site.base}/feed/0")
    desk.poller.poke()
    async with asyncio.timeout(30):
        while len(await desk.titles()) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    asked = site.hits["/feed/0"]
    await asyncio.sleep(0.2)
    assert site.hits["/feed/0"] == asked
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_many_feeds_over_two_restarts(
    site: Stand, store: Store, analyser: Analyser, fetcher: Fetcher, time: Time
) -> None:
    feeds, entries = 10, 6
    for n in range(feeds):
        site.fill(f"/feed/{n}", range(n * entries, n * entries + entries - 1))
    first = Desk(store, analyser, fetcher, time)
    for n in range(feeds):
        await _source(first, f"{site.base}/feed/{n}", f"Outlet {n}")
    for life in range(3):
        desk = Desk(store, analyser, fetcher, time)
        await desk.coverage.resume()
        running = asyncio.create_task(desk.poller.run())
        async with asyncio.timeout(60):
            while len(await desk.titles()) < 15 * (life + 1):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        # Ended in the middle, as by SIGTERM.
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await desk.close()
        time.go(5)
        if life == 0:
            for n in range(feeds):
                site.fill(f"/feed/{n}", range(n * entries + entries - 1, n * entries + entries))
    last = Desk(store, analyser, fetcher, time)
    await last.coverage.resume()
    for _ in range(3):
        await last.poller.once()
        time.go(5)
    titles = await last.titles()
    assert len(titles) == len(set(titles)) == feeds * entries
    assert await store.jobs.given_up(KIND) == []
    await last.close()
    await first.close()
