"""Which stories and outlets a server muted, and which servers the bot left."""

import sqlite3
from dataclasses import dataclass

from bot.store.database import Database
from bot.store.errors import missing


@dataclass(frozen=True, slots=True)
class Mute:
    """One muted thing: the number and title of a story, or no number and the name of an outlet."""

    story: int | None
    name: str
    by: str
    at: str


# Named out here: inside the class `list` is its method.
MuteList = list[Mute]
_MUTES = (
    "SELECT s.number, coalesce(s.title, m.printed) AS name, m.by, m.at FROM mutes m"
    " LEFT JOIN stories s ON s.key = m.story_key WHERE m.server = ? ORDER BY m.key"
)


class Mutes:
    """The mutes of all servers; that of a story goes with it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def story(self, server: str, number: int, *, by: str, now: str) -> bool:
        """Mute a story; False where it is already. Raises StoreError where there is none."""
        async with self._database.write() as handle:
            row = await handle.row("SELECT key FROM stories WHERE server = ? AND number = ?", (server, number))
            if row is None:
                raise missing("story", number)
            sql = "INSERT INTO mutes (server, story_key, by, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
            return await handle.run(sql, (server, row["key"], by, now)) > 0

    async def outlet(self, server: str, name: str, *, by: str, now: str) -> bool:
        """Mute an outlet; False where it is already."""
        sql = "INSERT INTO mutes (server, outlet, printed, by, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
        async with self._database.write() as handle:
            return await handle.run(sql, (server, name.casefold(), name, by, now)) > 0

    async def list(self, server: str) -> MuteList:
        """List what a server muted, oldest first."""
        return [_read(row) for row in await self._database.rows(_MUTES, (server,))]

    async def remove(self, server: str, *, story: int | None = None, outlet: str | None = None) -> bool:
        """Mute no longer; False where it was not."""
        sql = (
            "DELETE FROM mutes WHERE server = :server AND (outlet = :outlet OR story_key ="
            " (SELECT key FROM stories WHERE server = :server AND number = :story))"
        )
        folded = outlet.casefold() if outlet is not None else None
        async with self._database.write() as handle:
            return await handle.run(sql, {"server": server, "outlet": folded, "story": story}) > 0


class Departures:
    """The servers that the bot left, and since when."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, server: str, now: str) -> bool:
        """Note that the bot left a server; False where that is noted already."""
        async with self._database.write() as handle:
            sql = "INSERT INTO departures (server, at) VALUES (?, ?) ON CONFLICT DO NOTHING"
            return await handle.run(sql, (server, now)) > 0

    async def remove(self, server: str) -> bool:
        """Note that the bot is back; False where it had not left."""
        async with self._database.write() as handle:
            return await handle.run("DELETE FROM departures WHERE server = ?", (server,)) > 0

    async def all(self) -> dict[str, str]:
        """Give the servers that the bot left, with the time."""
        return {r["server"]: r["at"] for r in await self._database.rows("SELECT server, at FROM departures")}

    async def known(self) -> set[str]:
        """Give the servers of which there is anything."""
        sql = " UNION ".join(f"SELECT server FROM {table}" for table in ("visibility", "sources", "settings", "audit"))
        return {str(row["server"]) for row in await self._database.rows(sql)}


def _read(row: sqlite3.Row) -> Mute:
    return Mute(None if row["number"] is None else int(row["number"]), row["name"], row["by"], row["at"])
