"""What moderators decided about findings, readings and stories; undone, never deleted."""

import sqlite3

from bot.model import Ruling
from bot.store.database import Database
from bot.store.errors import StoreError

RULING_KINDS = ("dismiss", "scope", "split", "merge", "correct")


class Rulings:
    """The rulings of all servers; each belongs to one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, server: str, *, kind: str, target: str, reason: str, by: str, now: str) -> Ruling:
        """Record a decision about `target`, which names what was printed."""
        if kind not in RULING_KINDS:
            raise StoreError("usage", f"A ruling is one of {', '.join(RULING_KINDS)}, not {kind!r}.", kind)
        async with self._database.write() as handle:
            number = await handle.number(server, "ruling")
            row = await handle.row(
                "INSERT INTO rulings (server, number, kind, target, reason, by, at) VALUES (?, ?, ?, ?, ?, ?, ?)"
                " RETURNING *",
                (server, number, kind, target, reason, by, now),
            )
        assert row is not None
        return _read(row)

    async def get(self, server: str, number: int) -> Ruling | None:
        """Find a ruling by the number that people see."""
        row = await self._database.row("SELECT * FROM rulings WHERE server = ? AND number = ?", (server, number))
        return None if row is None else _read(row)

    async def list(
        self, server: str, *, kind: str | None = None, target: str | None = None, undone: bool = False
    ) -> "RulingList":
        """List the rulings in force, oldest first; with `undone` also those that were taken back."""
        rows = await self._database.rows(
            "SELECT * FROM rulings WHERE server = :server AND (:kind IS NULL OR kind = :kind)"
            " AND (:target IS NULL OR target = :target) AND (:undone OR undone_at IS NULL) ORDER BY number",
            {"server": server, "kind": kind, "target": target, "undone": undone},
        )
        return [_read(row) for row in rows]

    async def undo(self, server: str, number: int, *, by: str, now: str) -> bool:
        """Take a ruling back; False if there is none in force with this number."""
        async with self._database.write() as handle:
            changed = await handle.run(
                "UPDATE rulings SET undone_by = ?, undone_at = ? WHERE server = ? AND number = ? AND undone_at IS NULL",
                (by, now, server, number),
            )
        return changed > 0


RulingList = list[Ruling]


def _read(row: sqlite3.Row) -> Ruling:
    return Ruling(
        number=row["number"],
        kind=row["kind"],
        target=row["target"],
        reason=row["reason"],
        by=row["by"],
        at=row["at"],
        undone=row["undone_at"] is not None,
    )
