"""The store as its users hold it: one open file and a repository for each aggregate."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from bot.store.articles import Articles
from bot.store.audit import Audit
from bot.store.backup import backup, integrity
from bot.store.database import BUSY_TIMEOUT_MS, Database
from bot.store.jobs import Jobs
from bot.store.location import locate
from bot.store.mutes import Departures, Mutes
from bot.store.rulings import Rulings
from bot.store.schema import Migration
from bot.store.search import Search
from bot.store.settings import Settings
from bot.store.sources import Sources
from bot.store.stories import Stories
from bot.store.watches import Watches


class Store:
    """Everything that is remembered. `async with await Store.open(url) as store:` closes it at the end."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.articles = Articles(database)
        self.stories = Stories(database)
        self.sources = Sources(database)
        self.rulings = Rulings(database)
        self.jobs = Jobs(database)
        self.settings = Settings(database)
        self.search = Search(database)
        self.audit = Audit(database)
        self.watches = Watches(database)
        self.mutes = Mutes(database)
        self.departures = Departures(database)

    @classmethod
    async def open(
        cls, url: str | Path, *, migrations: Sequence[Migration] | None = None, busy_timeout_ms: int = BUSY_TIMEOUT_MS
    ) -> "Store":
        """Open the store at an address (`sqlite:///...`) or path; make it where there is none."""
        path = locate(url)
        return cls(await Database.open(path, migrations=migrations, busy_timeout_ms=busy_timeout_ms))

    async def close(self) -> None:
        """Close the file once the last write has ended."""
        await self.database.close()

    async def __aenter__(self) -> "Store":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def backup(self, path: str | Path) -> None:
        """Write a consistent copy of the running store to a new file."""
        await backup(self.database, Path(path))

    async def integrity(self) -> list[str]:
        """Check the store; give the problems in words."""
        return await integrity(self.database)

    async def forget_server(self, server: str) -> None:
        """Delete everything of one server, and the pages that only it saw."""
        async with self.database.write() as handle:
            for table in (
                "stories", "visibility", "sources", "rulings", "settings", "jobs", "counters", "audit", "mutes",
                "departures",
            ):  # fmt: skip
                await handle.run(f"DELETE FROM {table} WHERE server = ?", (server,))
            await handle.run(
                "DELETE FROM articles WHERE NOT EXISTS"
                " (SELECT 1 FROM visibility WHERE article_key = articles.key AND removed_at IS NULL)"
            )
