"""Deletion that people ask for: an article, a source, what one person gave; and what one person gave, to be seen."""

from dataclasses import dataclass

from bot.model import StoredArticle
from bot.services.coverage import Coverage
from bot.services.sources import Sources
from bot.store import Store

MOST = 10_000


@dataclass(frozen=True, slots=True)
class Given:
    """What one person gave to a server: articles, and the numbers of the stories they watch."""

    articles: tuple[StoredArticle, ...]
    watched: tuple[int, ...]


class Forgetting:
    """Deletes for good. Whoever calls has asked for confirmation."""

    def __init__(self, store: Store, coverage: Coverage, sources: Sources) -> None:
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

    async def article(self, server: str, number: int) -> str:
        """Delete an article; give its title."""
        gone = await self._coverage.remove(server, number)
        return gone.article.title or gone.article.text[:80]

    async def source(self, server: str, number: int) -> str:
        """Delete a source; give its name. Its articles stay."""
        return (await self._sources.remove(server, number)).name
