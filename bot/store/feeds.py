"""The feeds of sources: when each is asked next, how it fared, which entries were seen.

What a poll found and the jobs for it are written in one transaction, so that no entry is lost and none comes twice.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.store.database import Database, Handle
from bot.store.errors import StoreError, missing

_SELECT = (
    "SELECT f.*, s.number AS source, s.name AS outlet FROM feeds f JOIN sources s ON s.key = f.source_key"
    " AND s.server = f.server "
)


@dataclass(frozen=True, slots=True)
class StoredFeed:
    """One feed of one source; `failures` are in a row, `interval_s` is how often it is asked while all is well."""

    key: int
    server: str
    source: int
    outlet: str
    url: str
    title: str | None
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    etag: str | None
    last_modified: str | None
    interval_s: int
    next_at: str
    last_ok: str | None
    last_new: str | None
    last_error: str | None
    failed_at: str | None
    failures: int
    paused_at: str | None


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry of a poll: `job` is the work it makes, None where it is passed over."""

    guid: str
    url: str
    job: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Polled:
    """What a poll that went well leaves behind."""

    next_at: str
    interval_s: int
    title: str | None = None
    etag: str | None = None
    last_modified: str | None = None


class Feeds:
    """The feeds of all servers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        server: str,
        source: int,
        url: str,
        *,
        now: str,
        interval_s: int,
        title: str | None = None,
        include: Sequence[str] = (),
        exclude: Sequence[str] = (),
    ) -> StoredFeed:
        """Give a source a feed, due at once; a feed that a source of the server has already is refused."""
        async with self._database.write() as handle:
            row = await handle.row("SELECT key FROM sources WHERE server = ? AND number = ?", (server, source))
            if row is None:
                raise missing("source", source)
            taken = await handle.row(_SELECT + "WHERE f.server = ? AND f.url = ?", (server, url))
            if taken is not None:
                message = f"{url} is a feed of source {taken['source']} ({taken['outlet']}) already."
                raise StoreError("usage", message, url)
            await handle.run(
                "INSERT INTO feeds (server, source_key, url, title, include, exclude, interval_s, next_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (server, row["key"], url, title, json.dumps([*include]), json.dumps([*exclude]), interval_s, now),
            )
            made = await handle.row(_SELECT + "WHERE f.server = ? AND f.url = ?", (server, url))
            assert made is not None
            return _read(made)

    async def list(self, server: str, source: int | None = None) -> "StoredFeeds":
        """List the feeds of a server, or of one of its sources."""
        rows = await self._database.rows(
            _SELECT + "WHERE f.server = :server AND (:source IS NULL OR s.number = :source) ORDER BY s.number, f.key",
            {"server": server, "source": source},
        )
        return [_read(row) for row in rows]

    async def remove(self, server: str, url: str) -> bool:
        """Forget a feed and which of its entries were seen."""
        async with self._database.write() as handle:
            return await handle.run("DELETE FROM feeds WHERE server = ? AND url = ?", (server, url)) > 0

    async def wake(self, server: str, now: str, source: int | None = None) -> int:
        """Have the feeds of a server, or of one source, asked at once, paused ones too; give how many."""
        async with self._database.write() as handle:
            return await handle.run(
                "UPDATE feeds SET next_at = :now, paused_at = NULL, failures = iif(paused_at IS NULL, failures, 0)"
                " WHERE server = :server AND (:source IS NULL OR source_key ="
                " (SELECT key FROM sources WHERE server = :server AND number = :source))",
                {"now": now, "server": server, "source": source},
            )

    async def take_due(self, now: str, until: str, *, limit: int, server: str | None = None) -> "StoredFeeds":
        """Take the feeds that have been due longest; nobody else gets them before `until`."""
        async with self._database.write() as handle:
            rows = await handle.rows(
                "UPDATE feeds SET next_at = :until WHERE key IN (SELECT key FROM feeds WHERE paused_at IS NULL AND"
                # Further ahead than any feed waits: written by a clock that has been put back since.
                " server NOT IN (SELECT server FROM departures) AND"
                " (next_at <= :now OR next_at > strftime('%Y-%m-%dT%H:%M:%S+00:00', :now, '+2 days'))"
                " AND (:server IS NULL OR server = :server) ORDER BY next_at, key LIMIT :limit)"
                " RETURNING key",
                {"now": now, "until": until, "limit": limit, "server": server},
            )
            keys = json.dumps([row["key"] for row in rows])
            rows = await handle.rows(
                _SELECT + "WHERE f.key IN (SELECT value FROM json_each(?)) ORDER BY f.key", (keys,)
            )
        return [_read(row) for row in rows]

    async def next_due(self) -> str | None:
        """Say when the next feed is due."""
        row = await self._database.row(
            "SELECT min(next_at) FROM feeds WHERE paused_at IS NULL AND server NOT IN (SELECT server FROM departures)"
        )
        return None if row is None else row[0]

    async def unseen(self, feed: StoredFeed, entries: Sequence[tuple[str, str]]) -> "Positions":
        """Of (guid, canonical address) give the positions of those that were not seen, in this or another feed."""
        rows = await self._database.rows(
            "SELECT e.key AS position FROM json_each(:entries) e WHERE"
            " NOT EXISTS (SELECT 1 FROM feed_entries WHERE feed_key = :feed AND guid = e.value ->> 0)"
            " AND NOT EXISTS (SELECT 1 FROM feed_entries WHERE server = :server AND url = e.value ->> 1)",
            {"entries": json.dumps([*entries]), "feed": feed.key, "server": feed.server},
        )
        return [int(row["position"]) for row in rows]

    async def succeed(
        self, feed: StoredFeed, polled: Polled, entries: Sequence[Seen], *, kind: str, now: str, forget: str
    ) -> int:
        """Write down a poll that went well, with a job of `kind` for each new entry; give how many jobs were made.

        Entries that are no longer in the feed and were last seen before `forget` are forgotten.
        """
        made = 0
        async with self._database.write() as handle:
            changed = await handle.run(
                "UPDATE feeds SET next_at = ?, interval_s = ?, title = coalesce(?, title), etag = ?, last_modified = ?,"
                " last_ok = ?, failures = 0, paused_at = NULL WHERE key = ?",
                (polled.next_at, polled.interval_s, polled.title, polled.etag, polled.last_modified, now, feed.key),
            )
            if not changed:
                return 0  # removed meanwhile
            for entry in entries:
                made += await _see(handle, feed, entry, kind, now)
            if made:
                await handle.run("UPDATE feeds SET last_new = ? WHERE key = ?", (now, feed.key))
            if entries:
                await handle.run("DELETE FROM feed_entries WHERE feed_key = ? AND seen_at < ?", (feed.key, forget))
        return made

    async def fail(self, feed: StoredFeed, error: str, *, now: str, next_at: str, pause: bool) -> None:
        """Write down a poll that failed."""
        async with self._database.write() as handle:
            await handle.run(
                "UPDATE feeds SET next_at = ?, last_error = ?, failed_at = ?, failures = failures + 1, paused_at = ?"
                " WHERE key = ?",
                (next_at, error, now, now if pause else None, feed.key),
            )


StoredFeeds = list[StoredFeed]
Positions = list[int]


async def _see(handle: Handle, feed: StoredFeed, entry: Seen, kind: str, now: str) -> int:
    """Mark an entry as seen; queue its job where it is new, and give 1 for that."""
    known = await handle.row(
        "SELECT 1 FROM feed_entries WHERE server = ? AND url = ? LIMIT 1", (feed.server, entry.url)
    )
    new = await handle.run(
        "INSERT INTO feed_entries (feed_key, guid, server, url, seen_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (feed_key, guid) DO NOTHING",
        (feed.key, entry.guid, feed.server, entry.url, now),
    )
    if not new:
        await handle.run(
            "UPDATE feed_entries SET seen_at = ? WHERE feed_key = ? AND guid = ?", (now, feed.key, entry.guid)
        )
    if not new or known is not None or entry.job is None:
        return 0
    return await handle.run(
        "INSERT INTO jobs (server, kind, name, payload, not_before, created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (feed.server, kind, f"{feed.server}:{entry.url}", json.dumps(dict(entry.job)), now, now, now),
    )


def _read(row: sqlite3.Row) -> StoredFeed:
    return StoredFeed(
        key=row["key"],
        server=row["server"],
        source=row["source"],
        outlet=row["outlet"],
        url=row["url"],
        title=row["title"],
        include=tuple(json.loads(row["include"])),
        exclude=tuple(json.loads(row["exclude"])),
        etag=row["etag"],
        last_modified=row["last_modified"],
        interval_s=row["interval_s"],
        next_at=row["next_at"],
        last_ok=row["last_ok"],
        last_new=row["last_new"],
        last_error=row["last_error"],
        failed_at=row["failed_at"],
        failures=row["failures"],
        paused_at=row["paused_at"],
    )
