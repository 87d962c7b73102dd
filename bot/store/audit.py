"""Who did what when, and why: the log of moderators' acts. Rows are added and never changed."""

import sqlite3
from dataclasses import dataclass

from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Act:
    """One act: `what` names it, `about` is what it was done to."""

    at: str
    by: str
    what: str
    about: str
    why: str


Acts = list[Act]


class Audit:
    """The logs of all servers; each belongs to one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, server: str, *, by: str, what: str, about: str = "", why: str = "", now: str) -> None:
        """Write down an act."""
        async with self._database.write() as handle:
            await handle.run(
                "INSERT INTO audit (server, at, by, what, about, why) VALUES (?, ?, ?, ?, ?, ?)",
                (server, now, by, what, about, why),
            )

    async def list(self, server: str, *, limit: int = 25, offset: int = 0) -> Acts:
        """List the acts of a server, newest first."""
        rows = await self._database.rows(
            "SELECT at, by, what, about, why FROM audit WHERE server = ? ORDER BY key DESC LIMIT ? OFFSET ?",
            (server, limit, offset),
        )
        return [_read(row) for row in rows]


def _read(row: sqlite3.Row) -> Act:
    return Act(row["at"], row["by"], row["what"], row["about"], row["why"])
