"""A consistent copy of a running store, and a check of a store's health."""

from pathlib import Path

import aiosqlite

from bot.store.database import Database
from bot.store.errors import StoreError, translated


async def backup(database: Database, path: Path) -> None:
    """Write a copy of the store as it is now; writers go on meanwhile. An existing file is never overwritten."""
    path, partial = _prepare(path)
    try:
        # A connection of its own: the copy reads one state of the store for as long as it takes.
        with translated(partial):
            async with aiosqlite.connect(database.path, isolation_level=None) as source:
                await source.execute_fetchall("VACUUM INTO ?", (str(partial),))
            async with aiosqlite.connect(partial, isolation_level=None) as copy:
                found = [str(row[0]) for row in await copy.execute_fetchall("PRAGMA quick_check")]
        if found != ["ok"]:
            raise StoreError("store", f"The copy is damaged ({found[0]}). Run `corrobot doctor`.", str(path))
        partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)


def _prepare(path: Path) -> tuple[Path, Path]:
    """Make folder and unfinished copy; the copy gets its name when it is whole."""
    path = path.expanduser().absolute()
    if path.exists():
        raise StoreError("usage", f"{path} exists already. Choose a name that is free.", str(path))
    partial = path.with_name(path.name + ".partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
    except OSError as error:
        raise StoreError("usage", f"{path} cannot be written ({error.strerror}).", str(path)) from error
    return path, partial


async def integrity(database: Database) -> list[str]:
    """Check file, foreign keys and search indexes; give the problems in words, none if all is well."""
    problems: list[str] = []
    for row in await _try(database, "PRAGMA integrity_check", problems):
        if row != ("ok",):
            problems.append(f"damaged: {row[0]}")
    for row in await _try(database, "PRAGMA foreign_key_check", problems):
        problems.append(f"a row of {row[0]} points to a missing row of {row[2]}")
    for index in ("article_search", "title_search", "figure_search", "story_search"):
        try:
            async with database.write() as handle:
                # Rank 1: also compare with the texts the index was made from.
                await handle.run(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        except StoreError as error:
            problems.append(f"the search index {index} does not match its texts: {error.message}")
    return problems


async def _try(database: Database, sql: str, problems: list[str]) -> list[tuple[object, ...]]:
    try:
        return [tuple(row) for row in await database.rows(sql)]
    except StoreError as error:
        problems.append(error.message)
        return []
