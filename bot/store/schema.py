"""The shape of the file: whose it is, which version it has, and the migrations that bring it up to date."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import aiosqlite

from bot.store.errors import StoreError

APPLICATION_ID = int.from_bytes(b"Corr", "big")


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered step; `number` is the schema version it leads to."""

    number: int
    name: str
    sql: str


def shipped() -> tuple[Migration, ...]:
    """Load the migrations of this package, in order and without a gap."""
    folder = files("bot.store") / "migrations"
    found = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(".sql"))
    steps = tuple(Migration(int(name[:4]), name, entry.read_text("utf-8")) for name, entry in found)
    if [step.number for step in steps] != list(range(1, len(steps) + 1)):
        raise RuntimeError(f"migrations must be numbered 1, 2, 3 ...: {[step.name for step in steps]}")
    return steps


def statements(sql: str) -> Iterator[str]:
    """Split a script into statements, triggers whole: executescript would end the transaction around it."""
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if any(line.strip() and not line.lstrip().startswith("--") for line in pending.splitlines()):
        raise RuntimeError(f"a migration ends inside a statement: {pending.strip()[:80]!r}")


async def _pragma(connection: aiosqlite.Connection, name: str) -> int:
    rows = list(await connection.execute_fetchall(f"PRAGMA {name}"))
    return int(rows[0][0])


async def check(connection: aiosqlite.Connection, path: Path, newest: int) -> int:
    """Give the schema version of a file that is ours; refuse another program's file and a newer Corrobot's."""
    # The order matters beside a second process that is migrating: its commit between two of these statements may
    # show us its tables, but then also, read later, its application_id.
    tables = list(await connection.execute_fetchall("SELECT count(*) FROM sqlite_master"))
    version = await _pragma(connection, "user_version")
    owner = await _pragma(connection, "application_id")
    if owner != APPLICATION_ID and (owner or version or tables[0][0]):
        message = f"{path} is the database of another program. Point CORROBOT_DATABASE_URL to another file."
        raise StoreError("usage", message, str(path))
    if version > newest:
        message = (
            f"{path} was written by a newer Corrobot (its schema is {version}, this program knows {newest}). "
            "Update Corrobot, or restore a copy from before the update."
        )
        raise StoreError("usage", message, str(path))
    return version


async def migrate(connection: aiosqlite.Connection, path: Path, steps: Sequence[Migration]) -> int:
    """Bring the file up to the last step, each step in one transaction with a check of foreign keys after it."""
    version = await check(connection, path, len(steps))
    if version == len(steps):
        return version
    # Off, so that a step may rebuild a table others refer to; SQLite ignores the switch inside a transaction.
    await connection.execute_fetchall("PRAGMA foreign_keys = OFF")
    for step in steps[version:]:
        await connection.execute_fetchall("BEGIN IMMEDIATE")
        try:
            # Another process may have done it while this one waited for the lock.
            if await check(connection, path, len(steps)) < step.number:
                await _apply(connection, path, step)
            await connection.commit()
        except BaseException:
            await connection.rollback()
            raise
    return len(steps)


async def _apply(connection: aiosqlite.Connection, path: Path, step: Migration) -> None:
    for statement in statements(step.sql):
        await connection.execute_fetchall(statement)
    broken = list(await connection.execute_fetchall("PRAGMA foreign_key_check"))
    if broken:
        message = (
            f"{path} could not be brought up to date: {step.name} leaves {len(broken)} rows of {broken[0][0]} "
            "that point to nothing. The file is unchanged; please report this."
        )
        raise StoreError("store", message, str(path))
    await connection.execute_fetchall(f"PRAGMA application_id = {APPLICATION_ID}")
    await connection.execute_fetchall(f"PRAGMA user_version = {step.number}")
