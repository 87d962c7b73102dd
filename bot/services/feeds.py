"""Feeds of sources: register, ask them politely, take each entry once, and know how they fare."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from bot.ingest.identity import canonical_url
from bot.model import CorrobotError
from bot.services.coverage import Coverage
from bot.services.desk import Clock, stamp_of
from bot.services.fetching import Pages
from bot.services.metrics import Metrics
from bot.services.polling import (
    FAILURES_TO_PAUSE,
    FIRST_INTERVAL,
    Told,
    backoff,
    choose,
    next_interval,
    sane,
    spread,
)
from bot.services.work import Looked
from bot.services.worker import Analyser
from bot.store import Store
from bot.store.feeds import Feeds as FeedStore
from bot.store.feeds import Polled, Seen, StoredFeed

log = logging.getLogger(__name__)
KIND = "entry"
# Whoever takes a feed and dies gives it back after this time.
LEASE = timedelta(minutes=10)
AT_ONCE = 4
# An entry that left its feed and comes back after this time is taken for new.
REMEMBER = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Answer:
    """What asking a feed gave: how many entries were taken and left for later, or what went wrong."""

    feed: StoredFeed
    taken: int = 0
    left: int = 0
    unchanged: bool = False
    error: str | None = None


class Feeds:
    """What people and the poller do with feeds. Numbers of sources are those that people of the server see."""

    def __init__(
        self,
        store: Store,
        analyser: Analyser,
        fetcher: Pages,
        coverage: Coverage,
        clock: Clock,
        chance: Callable[[], float],
        *,
        metrics: Metrics | None = None,
    ) -> None:
        self._store = store
        self._feeds = FeedStore(store.database)
        self._analyser = analyser
        self._fetcher = fetcher
        self._coverage = coverage
        self._clock = clock
        self._chance = chance
        self._metrics = metrics or Metrics()

    async def look(self, url: str) -> Looked:
        """Read what an address gives as a feed; of a page, the first feed that it names. Raises CorrobotError."""
        return await look(url, self._fetcher, self._analyser)

    async def add(
        self, server: str, source: int, url: str, *, include: Sequence[str] = (), exclude: Sequence[str] = ()
    ) -> StoredFeed:
        """Give a source the feed at an address, or the feed that the page there names; it is asked at once."""
        found = await self.look(url)
        return await self.put(server, source, found.url, title=found.feed.title, include=include, exclude=exclude)

    async def put(
        self,
        server: str,
        source: int,
        url: str,
        *,
        title: str | None = None,
        include: Sequence[str] = (),
        exclude: Sequence[str] = (),
    ) -> StoredFeed:
        """Give a source a feed without asking it first."""
        return await self._feeds.add(
            server,
            source,
            url,
            now=self._now(),
            interval_s=FIRST_INTERVAL,
            title=title,
            include=[w.strip() for w in include if w.strip()],
            exclude=[w.strip() for w in exclude if w.strip()],
        )

    async def list(self, server: str, source: int | None = None) -> "FeedList":
        """List feeds with how they fare."""
        return await self._feeds.list(server, source)

    async def remove(self, server: str, url: str) -> None:
        """Forget a feed; its articles stay."""
        if not await self._feeds.remove(server, url):
            raise CorrobotError("not_found", f"{url} is no feed that is registered here.", url)

    async def wake(self, server: str, source: int | None = None) -> int:
        """Have feeds asked at the next turn, paused ones too; give how many."""
        return await self._feeds.wake(server, self._now(), source)

    async def next_due(self) -> datetime | None:
        """Say when the next feed is due."""
        found = await self._feeds.next_due()
        return datetime.fromisoformat(found) if found else None

    async def ask_due(self, server: str | None = None) -> "Answers":
        """Ask the feeds that are due, a few at a time; give what each answered."""
        until = stamp_of(self._clock() + LEASE)
        due = await self._feeds.take_due(self._now(), until, limit=AT_ONCE, server=server)
        answers = list(await asyncio.gather(*(self._ask(feed) for feed in due)))
        for one in answers:
            self._metrics.feed_polls.add("failed" if one.error else "unchanged" if one.unchanged else "read")
        return answers

    async def take(self, server: str, entry: dict[str, str | None]) -> None:
        """Fetch and add the page of an entry; what the feed told stands in where the page says nothing."""
        told = Told(entry.get("published"), entry.get("origin"), entry.get("origin_host"))
        await self._coverage.add_url(server, str(entry["url"]), told=told)

    async def _ask(self, feed: StoredFeed) -> Answer:
        try:
            return await self._read(feed)
        except CorrobotError as error:
            answer = Answer(feed, error=error.message)
            seconds = getattr(error, "seconds", None)
        except Exception as error:
            # Whatever a feed holds, the others go on.
            log.exception("feed %s failed", feed.url)
            answer = Answer(feed, error=f"{type(error).__name__}: {error}")
            seconds = None
        failures = feed.failures + 1
        wait = backoff(feed.interval_s, failures, seconds)
        pause = failures >= FAILURES_TO_PAUSE
        again = stamp_of(self._clock() + timedelta(seconds=spread(wait, self._chance())))
        await self._feeds.fail(feed, answer.error or "", now=self._now(), next_at=again, pause=pause)
        if pause:
            log.warning("feed %s of server %s is paused after %d failures", feed.url, feed.server, failures)
        return answer

    async def _read(self, feed: StoredFeed) -> Answer:
        from bot.ingest.fetch import FEED_TYPES

        fetched = await self._fetcher.fetch(
            feed.url, types=FEED_TYPES, etag=feed.etag, last_modified=feed.last_modified
        )
        if fetched.not_modified:
            await self._succeed(feed, [], new=0, left=0, ttl=None, marks=(feed.etag, feed.last_modified), title=None)
            return Answer(feed, unchanged=True)
        found = (await self._analyser.feed(feed.url, fetched)).feed
        entries = found.entries
        known = [(e.guid, canonical_url(e.url)) for e in entries]
        new = await self._feeds.unseen(feed, known)
        choice = choose(entries, new, first=feed.last_ok is None, include=feed.include, exclude=feed.exclude)
        now = self._clock()
        seen = [Seen(*known[n]) for n in range(len(entries)) if n not in set(new)]
        seen += [Seen(*known[n]) for n in choice.passed]
        for n in choice.taken:
            told = Told(sane(entries[n].published, now), entries[n].origin, entries[n].origin_host)
            seen.append(Seen(*known[n], job={"url": entries[n].url, "feed": feed.url, **asdict(told)}))
        # What is left must be seen again, and 304 would hide it.
        marks = (None, None) if choice.left else (fetched.etag, fetched.last_modified)
        taken = await self._succeed(
            feed, seen, new=len(choice.taken), left=choice.left, ttl=found.ttl, marks=marks, title=found.title
        )
        return Answer(feed, taken, choice.left)

    async def _succeed(
        self,
        feed: StoredFeed,
        seen: Sequence[Seen],
        *,
        new: int,
        left: int,
        ttl: int | None,
        marks: tuple[str | None, str | None],
        title: str | None,
    ) -> int:
        interval = next_interval(feed.interval_s, new=new, left=left, ttl=ttl)
        now = self._clock()
        again = stamp_of(now + timedelta(seconds=spread(interval, self._chance())))
        polled = Polled(again, interval, title, *marks)
        return await self._feeds.succeed(
            feed, polled, seen, kind=KIND, now=stamp_of(now), forget=stamp_of(now - REMEMBER)
        )

    def _now(self) -> str:
        return stamp_of(self._clock())


FeedList = list[StoredFeed]
Answers = list[Answer]


async def look(url: str, fetcher: Pages, analyser: Analyser) -> Looked:
    """Read what an address gives as a feed; of a page, the first feed that it names. Raises CorrobotError."""
    from bot.ingest.fetch import FEED_TYPES

    fetched = await fetcher.fetch(url, types=FEED_TYPES)
    try:
        return await analyser.feed(url, fetched)
    except CorrobotError as error:
        named = await analyser.feeds_of_page(fetched)
        if error.code != "unsupported" or not named:
            raise
    return await analyser.feed(named[0], await fetcher.fetch(named[0], types=FEED_TYPES))
