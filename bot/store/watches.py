"""Who watches which story and where, and what was told there: one card for each story and channel."""

import sqlite3
from dataclasses import dataclass

from bot.store.database import Database, Handle
from bot.store.errors import missing


@dataclass(frozen=True, slots=True)
class Watch:
    """One person's watch of a story; `channel` is where they asked."""

    story: int
    title: str
    by: str
    channel: str


@dataclass(frozen=True, slots=True)
class Alert:
    """What a channel was told of a story; `known` and `pending` are JSON of the service's own."""

    server: str
    story: int
    channel: str
    message: str | None
    thread: str | None
    known: str
    pending: str
    told_at: str | None


WatchList = list[Watch]
AlertList = list[Alert]
_WATCHES = (
    "SELECT s.number, s.title, w.by, w.channel FROM watches w JOIN stories s ON s.key = w.story_key WHERE w.server = ?"
)
_ALERTS = (
    "SELECT a.server, s.number, a.channel, a.message, a.thread, a.known, a.pending, a.told_at FROM alerts a"
    " JOIN stories s ON s.key = a.story_key"
)


class Watches:
    """The watches and alerts of all servers; they go with their story."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, server: str, story: int, *, by: str, channel: str, now: str) -> bool:
        """Watch a story; False where the person does already (the channel is the newer one)."""
        async with self._database.write() as handle:
            key = await _key(handle, server, story)
            known = await handle.row(
                "SELECT 1 FROM watches WHERE server = ? AND story_key = ? AND by = ?", (server, key, by)
            )
            await handle.run(
                "INSERT INTO watches (server, story_key, by, channel, at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET channel = excluded.channel",
                (server, key, by, channel, now),
            )
        return known is None

    async def remove(self, server: str, story: int, by: str) -> bool:
        """Watch no longer; False where the person did not. The last watcher's alerts go, too."""
        async with self._database.write() as handle:
            key = await _key(handle, server, story)
            gone = await handle.run(
                "DELETE FROM watches WHERE server = ? AND story_key = ? AND by = ?", (server, key, by)
            )
            await handle.run(
                "DELETE FROM alerts WHERE story_key = :key AND NOT EXISTS (SELECT 1 FROM watches WHERE story_key = :key)",
                {"key": key},
            )
        return gone > 0

    async def forget(self, server: str, by: str) -> None:
        """Delete every watch of a person."""
        async with self._database.write() as handle:
            await handle.run("DELETE FROM watches WHERE server = ? AND by = ?", (server, by))
            await handle.run(
                "DELETE FROM alerts WHERE server = ? AND NOT EXISTS"
                " (SELECT 1 FROM watches w WHERE w.story_key = alerts.story_key)",
                (server,),
            )

    async def list(self, server: str, *, by: str | None = None, story: int | None = None) -> WatchList:
        """List watches: all, one person's, or one story's."""
        sql = _WATCHES + " AND (? IS NULL OR w.by = ?) AND (? IS NULL OR s.number = ?) ORDER BY s.number, w.at"
        rows = await self._database.rows(sql, (server, by, by, story, story))
        return [Watch(int(row["number"]), row["title"], row["by"], row["channel"]) for row in rows]

    async def of_person(self, server: str, by: str) -> "Numbers":
        """Give the numbers of the stories that a person watches."""
        return [w.story for w in await self.list(server, by=by)]

    async def alert(self, server: str, story: int, channel: str) -> Alert | None:
        """Find what a channel was told of a story."""
        sql = _ALERTS + " WHERE a.server = ? AND s.number = ? AND a.channel = ?"
        row = await self._database.row(sql, (server, story, channel))
        return None if row is None else _read(row)

    async def pending(self) -> AlertList:
        """List, of all servers, what waits to be told, oldest first."""
        rows = await self._database.rows(_ALERTS + " WHERE a.pending <> '' ORDER BY a.told_at, a.story_key")
        return [_read(row) for row in rows]

    async def save(self, alert: Alert) -> None:
        """Keep what a channel was told and what waits; nothing where the story has gone meanwhile."""
        async with self._database.write() as handle:
            row = await handle.row(
                "SELECT key FROM stories WHERE server = ? AND number = ?", (alert.server, alert.story)
            )
            if row is None:
                return
            await handle.run(
                "INSERT INTO alerts (server, story_key, channel, message, thread, known, pending, told_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET message = excluded.message,"
                " thread = excluded.thread, known = excluded.known, pending = excluded.pending,"
                " told_at = excluded.told_at",
                (
                    alert.server, row["key"], alert.channel, alert.message, alert.thread, alert.known, alert.pending,
                    alert.told_at,
                ),
            )  # fmt: skip


Numbers = list[int]


async def _key(handle: Handle, server: str, story: int) -> int:
    row = await handle.row("SELECT key FROM stories WHERE server = ? AND number = ?", (server, story))
    if row is None:
        raise missing("story", story)
    return int(row["key"])


def _read(row: sqlite3.Row) -> Alert:
    return Alert(
        row["server"], int(row["number"]), row["channel"], row["message"], row["thread"], row["known"],
        row["pending"], row["told_at"],
    )  # fmt: skip
