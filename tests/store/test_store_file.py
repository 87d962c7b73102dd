"""The file: addresses, migrations, refusals, failures in words."""

import asyncio
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import Store, StoreError
from bot.store.database import Database
from bot.store.location import locate
from bot.store.schema import APPLICATION_ID, Migration, shipped, statements

from .support import NOW, add, names, paste


async def test_relative_address_is_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with await Store.open("sqlite:///data/deep/coverage.db"):
        pass
    assert (tmp_path / "data/deep/coverage.db").is_file()


async def test_absolute_address_and_path_name_the_same_file(tmp_path: Path) -> None:
    async with await Store.open(f"sqlite:///{tmp_path}/a b/ä.db") as store:
        await store.settings.set("s", "k", "v")
    async with await Store.open(tmp_path / "a b" / "ä.db") as store:
        assert await store.settings.get("s", "k") == "v"


def test_home_is_known() -> None:
    assert locate("sqlite:///~/x.db") == Path.home() / "x.db"


@pytest.mark.parametrize(
    "url",
    ["", "coverage.db", "sqlite://", "sqlite:///", "sqlite://host/x", "postgresql://x/y", "sqlite:///:memory:",
     "sqlite:///x.db?mode=ro", "sqlite:///file:x", "sqlite:///a\0b"],
)  # fmt: skip
def test_other_addresses_are_refused_by_name(url: str) -> None:
    with pytest.raises(StoreError, match=r"CORROBOT_DATABASE_URL.*sqlite:///data/coverage\.db") as caught:
        locate(url)
    assert caught.value.code == "usage"


async def test_a_folder_or_an_impossible_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path, tmp_path / "file" / "x.db", Path("/proc/corrobot/x.db")):
        with pytest.raises(StoreError, match="CORROBOT_DATABASE_URL"):
            await Store.open(place)


async def test_only_the_owner_can_read_the_file(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "x.db") as store:
        await add(store, "s", paste())
        assert "x.db-wal" in names(tmp_path)
        for name in names(tmp_path):
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) & 0o077 == 0, name


async def test_the_connection_is_set_up(store: Store) -> None:
    async with store.database.write() as handle:
        settings = {}
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "application_id", "user_version"):
            row = await handle.row(f"PRAGMA {name}")
            assert row is not None
            settings[name] = row[0]
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 1,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
        "application_id": APPLICATION_ID,
        "user_version": len(shipped()),
    }


async def test_a_later_migration_keeps_what_is_there(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "x.db") as store:
        await store.settings.set("s", "k", "v")
    second = Migration(len(shipped()) + 1, "9999_more.sql", "ALTER TABLE settings ADD COLUMN at TEXT;")
    async with await Store.open(tmp_path / "x.db", migrations=[*shipped(), second]) as store:
        assert await store.settings.get("s", "k") == "v"
        assert [row["at"] for row in await store.database.rows("SELECT at FROM settings")] == [None]
    with pytest.raises(StoreError, match=rf"newer Corrobot.*schema is {len(shipped()) + 1}.*knows {len(shipped())}"):
        await Store.open(tmp_path / "x.db")


@pytest.mark.parametrize(
    "sql",
    ["CREATE TABLE more (x TEXT);\nSELECT broken FROM nowhere;",
     "CREATE TABLE more (x TEXT);\nINSERT INTO raws VALUES (99, x'00');"],
    ids=["fails", "breaks a foreign key"],
)  # fmt: skip
async def test_a_failing_migration_leaves_the_file_as_it_was(tmp_path: Path, sql: str) -> None:
    async with await Store.open(tmp_path / "x.db") as store:
        await store.settings.set("s", "k", "v")
    with pytest.raises(StoreError):
        await Store.open(tmp_path / "x.db", migrations=[*shipped(), Migration(len(shipped()) + 1, "9999_bad.sql", sql)])
    async with await Store.open(tmp_path / "x.db") as store:
        assert await store.settings.get("s", "k") == "v"
        assert await store.database.row("SELECT 1 FROM sqlite_master WHERE name = 'more'") is None
        assert await store.integrity() == []


def test_statements_keep_triggers_whole_and_miss_nothing() -> None:
    found = list(statements(shipped()[0].sql))
    assert sum("CREATE TRIGGER" in one for one in found) == shipped()[0].sql.count("CREATE TRIGGER")
    assert "".join(found).strip() == shipped()[0].sql.strip()
    with pytest.raises(RuntimeError, match="ends inside"):
        list(statements("CREATE TABLE x (y);\nCREATE TABLE z ("))


async def test_first_starts_at_the_same_moment(tmp_path: Path) -> None:
    stores = await asyncio.gather(*(Store.open(tmp_path / "x.db") for _ in range(6)))
    for number, store in enumerate(stores):
        await store.settings.set("s", str(number), "v")
    assert len(await stores[0].settings.all("s")) == 6
    for store in stores:
        await store.close()


@pytest.mark.parametrize("pragma", ["application_id = 77", "user_version = 5"])
async def test_a_foreign_file_is_refused_and_untouched(tmp_path: Path, pragma: str) -> None:
    path = tmp_path / "x.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (x)")
        other.execute(f"PRAGMA {pragma}")
        other.commit()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"another program.*CORROBOT_DATABASE_URL"):
        await Store.open(path)
    assert path.read_bytes() == before
    assert names(tmp_path) == ["x.db"]


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"Dear diary, " * 500)
    with pytest.raises(StoreError, match="is not a database"):
        await Store.open(tmp_path / "x.db")
    assert (tmp_path / "x.db").read_bytes() == b"Dear diary, " * 500


async def test_a_damaged_file_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    async with await Store.open(path) as store:
        for number in range(200):
            await add(store, "s", paste(f"Text {number} " * 300))
    content = bytearray(path.read_bytes())
    half = len(content) // 2
    content[half:] = b"\xa5" * (len(content) - half)
    path.write_bytes(content)
    async with await Store.open(path) as store:
        with pytest.raises(StoreError, match=r"damaged.*corrobot backup"):
            await store.articles.list("s", limit=1000)
        assert await store.integrity() != []
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"damaged.*corrobot backup"):
        await Store.open(path)


async def test_a_full_disk_loses_nothing_and_says_so(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "x.db") as store:
        await add(store, "s", paste("Short."))
        async with store.database.write() as handle:
            row = await handle.row("PRAGMA page_count")
            assert row is not None
            await handle.rows(f"PRAGMA max_page_count = {row[0]}")
        with pytest.raises(StoreError, match="is full"):
            await add(store, "s", paste("Long. " * 50_000))
        async with store.database.write() as handle:
            await handle.rows("PRAGMA max_page_count = 1073741823")
        assert (await add(store, "s", paste("Next."))).stored.number == 2
        assert await store.integrity() == []


async def test_a_locked_file_says_so_and_works_afterwards(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "x.db", busy_timeout_ms=50) as store:
        with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match="locked"):
                await store.settings.set("s", "k", "v")
            assert await store.settings.all("s") == {}
        await store.settings.set("s", "k", "v")
        assert await store.settings.get("s", "k") == "v"


async def test_readers_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError, match="only be read"):
        await store.database.rows("DELETE FROM settings")


async def test_a_block_that_raises_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        async with store.database.write() as handle:
            await handle.run("INSERT INTO settings VALUES ('s', 'k', 'v')")
            raise ZeroDivisionError
    assert await store.settings.all("s") == {}


async def test_cancelled_writers_leave_no_open_transaction(store: Store) -> None:
    for pause in range(12):
        task = asyncio.create_task(store.settings.set("s", f"cancelled{pause}", "v"))
        for _ in range(pause):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await store.settings.set("s", "after", "v")
    assert (await store.settings.all("s"))["after"] == "v"


async def test_fifty_writers_in_two_stores_and_a_reader(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "x.db") as one, await Store.open(tmp_path / "x.db") as two:
        readers = [asyncio.create_task(one.articles.list("s", limit=10)) for _ in range(20)]
        added = await asyncio.gather(*(add((one, two)[i % 2], "s", paste(f"Text number {i}.")) for i in range(50)))
        assert sorted(item.stored.number for item in added) == list(range(1, 51))
        assert all(len(found) <= 10 for found in await asyncio.gather(*readers))


async def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = await Store.open(tmp_path / "x.db")
    waiting = [asyncio.create_task(store.settings.set("s", str(i), "v")) for i in range(5)]
    await asyncio.sleep(0)
    await store.close()
    await store.close()
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(outcome is None or isinstance(outcome, StoreError) for outcome in outcomes)
    for work in (store.settings.get("s", "k"), store.settings.set("s", "k", "v"), store.articles.get("s", 1)):
        with pytest.raises(StoreError, match="closed"):
            await work


async def test_every_foreign_key_has_an_index_and_is_enforced(store: Store) -> None:
    tables = [str(row["name"]) for row in await store.database.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%REFERENCES%'")]  # fmt: skip
    assert len(tables) >= 10
    for table in tables:
        keys: dict[int, list[str]] = {}
        for row in await store.database.rows(f"PRAGMA foreign_key_list({table})"):
            keys.setdefault(row["id"], []).append(str(row["from"]))
        for columns in keys.values():
            where = " AND ".join(f"{column} = 1" for column in columns)
            plan = await store.database.rows(f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {where}")
            assert "SEARCH" in plan[0]["detail"], (table, columns)
            await _refuses_orphan(store, table, columns)


async def _refuses_orphan(store: Store, table: str, columns: list[str]) -> None:
    """Insert a row that would be right but for its parent."""
    info = await store.database.rows(f"PRAGMA table_info({table})")
    samples = {"letter": "'A'", "kind": "'conflict'", "state": "'queued'", "added_at": f"'{NOW}'"}
    zero = {"INTEGER": "12345", "TEXT": "'12345'", "BLOB": "x'00'"}
    values = {str(c["name"]): samples.get(str(c["name"]), zero[str(c["type"])]) for c in info}
    names = ", ".join(f'"{name}"' for name in values)
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        async with store.database.write() as handle:
            await handle.run(f"INSERT INTO {table} ({names}) VALUES ({', '.join(values.values())})")


async def test_migrations_are_shipped_in_order() -> None:
    assert [step.number for step in shipped()] == list(range(1, len(shipped()) + 1))


async def test_an_open_that_fails_leaves_no_connection(tmp_path: Path) -> None:
    bad = [Migration(1, "0001_bad.sql", "CREATE TABLE;")]
    with pytest.raises(StoreError):
        await Database.open(tmp_path / "x.db", migrations=bad)
    # A connection left open would hold the lock of its transaction.
    async with await Store.open(tmp_path / "x.db", busy_timeout_ms=1) as store:
        await store.settings.set("s", "k", "v")
