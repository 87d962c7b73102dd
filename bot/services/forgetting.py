"""Deletion that people ask for: an article, a source, what one person gave; and what one person gave, to be seen."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import StoredArticle
from bot.services.coverage import Coverage
from bot.services.desk import Clock, stamp_of
from bot.services.sources import Sources
from bot.store import Store

MOST = 10_000
_ID = re.compile(r"\d{15,22}")
# So many articles are looked at each time that old ones are deleted.
EACH = 20
# What belongs to a server that the bot left is kept so long, for the case that it was removed by mistake.
GRACE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Given:
    """What one person gave to a server: articles, and the numbers of the stories they watch."""

    articles: tuple[StoredArticle, ...]
    watched: tuple[int, ...]


class Forgetting:
    """Deletes for good. Whoever calls has asked for confirmation."""

    def __init__(self, store: Store, coverage: Coverage, sources: Sources, clock: Clock) -> None:
        self._clock = clock
        self._store = store
        self._coverage = coverage
        self._sources = sources

    async def given(self, server: str, by: str) -> Given:
        """List what a person gave."""
        articles = await self._store.articles.list(server, limit=MOST, by=by)
        return Given(tuple(articles), tuple(await self._store.watches.of_person(server, by)))

    async def person(self, server: str, by: str) -> Given:
        """Delete what a person gave; give what it was. Rulings stay: they are the server's."""
        found = await self.given(server, by)
        for stored in found.articles:
            await self._coverage.remove(server, stored.number)
        await self._store.watches.forget(server, by)
        return found

    async def expire(self) -> int:
        """Delete the articles that are older than their server keeps them; return how many they were."""
        gone = 0
        for server, days in (await self._store.settings.servers("retention")).items():
            if not days.isdecimal() or not int(days):
                continue
            oldest = self._clock() - timedelta(days=int(days))
            count = await self._store.articles.count(server)
            old = await self._store.articles.list(server, limit=EACH, offset=max(0, count - EACH))
            for stored in old:
                if datetime.fromisoformat(stored.added_at) < oldest:
                    await self._coverage.remove(server, stored.number)
                    gone += 1
        return gone

    async def left(self, server: str) -> None:
        """Note that the bot was removed from a server: its data goes after the grace period."""
        await self._store.departures.add(server, stamp_of(self._clock()))

    async def back(self, server: str) -> bool:
        """Keep the data of a server that the bot is in again; False where it had not left."""
        return server in await self._store.departures.all() and await self._store.departures.remove(server)

    async def present(self, servers: Collection[str]) -> list[str]:
        """Hold what is stored against the servers that the bot is in; return those it left unseen, while it was off.

        Only ids of Discord's count: other names are of the command line.
        """
        for server in servers:
            await self.back(server)
        gone = {s for s in await self._store.departures.known() if _ID.fullmatch(s)} - set(servers)
        gone -= set(await self._store.departures.all())
        for server in gone:
            await self.left(server)
        return sorted(gone)

    async def depart(self) -> list[str]:
        """Delete everything of the servers whose grace period is over; return which they were."""
        latest = stamp_of(self._clock() - GRACE)
        gone = [server for server, at in (await self._store.departures.all()).items() if at <= latest]
        for server in gone:
            await self._store.forget_server(server)
        return gone

    async def article(self, server: str, number: int) -> str:
        """Delete an article; give its title."""
        gone = await self._coverage.remove(server, number)
        return gone.article.title or gone.article.text[:80]

    async def source(self, server: str, number: int) -> str:
        """Delete a source; give its name. Its articles stay."""
        return (await self._sources.remove(server, number)).name
