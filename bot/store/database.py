"""The connections: one writer behind a lock, a few readers, and one way to begin, end and fail."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiosqlite

from bot.store.errors import StoreError, translated
from bot.store.location import prepare
from bot.store.schema import Migration, check, migrate, shipped

Parameters = Sequence[Any] | Mapping[str, Any]
READERS = 2
BUSY_TIMEOUT_MS = 10_000


class Handle:
    """One connection inside one transaction; every failure leaves as a StoreError."""

    def __init__(self, connection: aiosqlite.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    async def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Run one statement and give all its rows."""
        with translated(self._path):
            return list(await self._connection.execute_fetchall(sql, parameters))

    async def row(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """Run one statement and give its first row."""
        rows = await self.rows(sql, parameters)
        return rows[0] if rows else None

    async def run(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement and give the number of rows it changed."""
        with translated(self._path):
            async with self._connection.execute(sql, parameters) as cursor:
                return cursor.rowcount

    async def many(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each set of parameters."""
        with translated(self._path):
            await (await self._connection.executemany(sql, parameters)).close()

    async def number(self, server: str, kind: str) -> int:
        """Give the next number that a server's people will see for this kind; no number comes twice."""
        row = await self.row(
            "INSERT INTO counters (server, kind, last) VALUES (?, ?, 1)"
            " ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last",
            (server, kind),
        )
        assert row is not None
        return int(row[0])


class Database:
    """The open file. Made by `open`, which also brings it up to date."""

    def __init__(self, path: Path, writer: aiosqlite.Connection, readers: Sequence[aiosqlite.Connection]) -> None:
        self.path = path
        self._writer = writer
        self._lock = asyncio.Lock()
        self._readers: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        for reader in readers:
            self._readers.put_nowait(reader)
        self._closed = False

    @classmethod
    async def open(
        cls, path: Path, *, migrations: Sequence[Migration] | None = None, busy_timeout_ms: int = BUSY_TIMEOUT_MS
    ) -> "Database":
        """Open or make the file at `path`; refuse a file that is not ours or is newer than this program."""
        steps = shipped() if migrations is None else migrations
        prepare(path)
        opened: list[aiosqlite.Connection] = []
        try:
            with translated(path):
                for _ in range(1 + READERS):
                    opened.append(await _connect(path, busy_timeout_ms))
                writer, *readers = opened
                # Before the journal mode, which would change a file that may not be ours.
                await check(writer, path, len(steps))
                await _write_ahead(writer)
                await migrate(writer, path, steps)
                await writer.execute_fetchall("PRAGMA foreign_keys = ON")
                await writer.execute_fetchall("PRAGMA journal_size_limit = 67108864")
                for reader in readers:
                    await reader.execute_fetchall("PRAGMA query_only = ON")
        except BaseException:
            for connection in opened:
                await connection.close()
            raise
        return cls(path, writer, readers)

    async def close(self) -> None:
        """Wait for the writer, then close every connection; closing twice does nothing."""
        if self._closed:
            return
        self._closed = True
        async with self._lock:
            readers = [await self._readers.get() for _ in range(READERS)]
            with translated(self.path):
                for connection in (*readers, self._writer):
                    await connection.close()
            # Whoever still waits for a reader gets one, and then the sentence that the store is closed.
            for reader in readers:
                self._readers.put_nowait(reader)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Handle]:
        """Hold the one write transaction: committed at the end of the block, rolled back if it raises.

        Not re-entrant: a function that is called inside the block takes the Handle.
        """
        async with self._lock:
            self._check_open()
            async with self._transaction(self._writer, "BEGIN IMMEDIATE") as handle:
                yield handle

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Handle]:
        """Hold a reader on one unchanging state of the store, for reads that belong together."""
        self._check_open()
        connection = await self._readers.get()
        try:
            self._check_open()
            async with self._transaction(connection, "BEGIN") as handle:
                yield handle
        finally:
            self._readers.put_nowait(connection)

    async def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Read all rows of one query."""
        self._check_open()
        connection = await self._readers.get()
        try:
            self._check_open()
            return await Handle(connection, self.path).rows(sql, parameters)
        finally:
            self._readers.put_nowait(connection)

    async def row(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """Read the first row of one query."""
        rows = await self.rows(sql, parameters)
        return rows[0] if rows else None

    @asynccontextmanager
    async def _transaction(self, connection: aiosqlite.Connection, begin: str) -> AsyncIterator[Handle]:
        try:
            with translated(self.path):
                await connection.execute_fetchall(begin)
            yield Handle(connection, self.path)
            with translated(self.path):
                await connection.commit()
        except BaseException:
            # Also where BEGIN itself was cancelled: it still ran, in the connection's thread. The rollback is queued
            # there before anything of the next transaction, even if this task is cancelled again right here.
            with translated(self.path):
                await connection.rollback()
            raise

    def _check_open(self) -> None:
        if self._closed:
            raise StoreError("store", "The store is closed.", str(self.path))


async def _connect(path: Path, busy_timeout_ms: int) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(path, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        await connection.execute_fetchall(f"PRAGMA busy_timeout = {busy_timeout_ms}")
        await connection.execute_fetchall("PRAGMA synchronous = NORMAL")
    except BaseException:
        await connection.close()
        raise
    return connection


async def _write_ahead(writer: aiosqlite.Connection) -> None:
    """Switch to write-ahead logging; SQLite does not wait for locks here, so several first starts at once retry."""
    for attempt in range(50):
        try:
            await writer.execute_fetchall("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or attempt == 49:
                raise
            await asyncio.sleep(0.02)
        else:
            return
