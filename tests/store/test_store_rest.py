"""Sources, rulings, jobs, settings, and copies of a running store."""

import asyncio
from pathlib import Path

import pytest

from bot.model import Source
from bot.store import Store, StoreError
from bot.store.backup import integrity
from bot.store.jobs import MAX_INTERRUPTED

from .support import NOW, add, names, paste, reading

LATER = "2022-03-22T11:00:00+00:00"


async def test_sources_per_server(store: Store) -> None:
    cnn = await store.sources.add("a", " CNN ", domains=["CNN.com", "www.cnn.com"], aliases=["Cable  News"], letter="b")
    assert cnn == Source(1, "CNN", ("cnn.com",), ("Cable  News",), "B")
    money = await store.sources.add("a", "CNN Money", domains=["money.cnn.com"])
    other = await store.sources.add("b", "CNN", domains=["cnn.com"])
    assert (money.number, money.letter, other.number) == (2, "F", 1)
    assert await store.sources.list("a") == [cnn, money]
    assert await store.sources.get("a", 2) == money
    assert await store.sources.get("b", 2) is None
    for host, expected in (("cnn.com", cnn), ("Edition.CNN.com.", cnn), ("m.money.cnn.com", money)):
        assert await store.sources.find_by_domain("a", host) == expected
    for host in ("notcnn.com", "com", "", "cnn.com.evil.example", "." * 100):
        assert await store.sources.find_by_domain("a", host) is None
    assert await store.sources.find_by_name("a", "cable news") == cnn
    assert await store.sources.find_by_name("a", "BBC") is None


async def test_editing_and_removing_a_source(store: Store) -> None:
    await store.sources.add("s", "CNN", domains=["cnn.com"], aliases=["Cable"])
    edited = await store.sources.edit("s", 1, letter="A", aliases=[])
    assert edited == Source(1, "CNN", ("cnn.com",), (), "A")
    assert (await store.sources.edit("s", 1, name="CNN International", domains=["x.example"])).domains == ("x.example",)
    assert await store.sources.find_by_domain("s", "cnn.com") is None
    assert not await store.sources.remove("other", 1)
    assert await store.sources.remove("s", 1)
    assert not await store.sources.remove("s", 1)
    assert (await store.sources.add("s", "CNN", domains=["cnn.com"])).number == 2


async def test_a_source_that_clashes_is_refused_whole(store: Store) -> None:
    await store.sources.add("s", "CNN", domains=["cnn.com"], aliases=["Cable"])
    await store.sources.add("s", "BBC")
    for name, domains in (("cnn", []), ("CABLE", []), ("Other", ["cnn.com"])):
        with pytest.raises(StoreError, match="belongs to source 1"):
            await store.sources.add("s", name, domains=domains)
        with pytest.raises(StoreError, match="belongs to source 1"):
            await store.sources.edit("s", 2, name=name, domains=domains)
    assert await store.sources.get("s", 2) == Source(2, "BBC")
    for arguments in ({"name": "X", "letter": "G"}, {"name": "  "}):
        with pytest.raises(StoreError):
            await store.sources.add("s", **arguments)
    with pytest.raises(StoreError, match="no source 9 here"):
        await store.sources.edit("s", 9, name="X")
    assert len(await store.sources.list("s")) == 2


async def test_rulings_are_undone_not_deleted(store: Store) -> None:
    first = await store.rulings.add("a", kind="dismiss", target="t1", reason="typo", by="mod", now=NOW)
    await store.rulings.add("a", kind="scope", target="t2", reason="city", by="mod", now=NOW)
    assert (first.number, first.undone, first.at) == (1, False, NOW)
    assert await store.rulings.list("b") == []
    assert [r.number for r in await store.rulings.list("a", target="t2")] == [2]
    assert [r.number for r in await store.rulings.list("a", kind="dismiss")] == [1]
    assert not await store.rulings.undo("b", 1, by="mod", now=NOW)
    assert await store.rulings.undo("a", 1, by="mod", now=NOW)
    assert not await store.rulings.undo("a", 1, by="mod", now=NOW)
    assert [r.number for r in await store.rulings.list("a")] == [2]
    assert [r.undone for r in await store.rulings.list("a", undone=True)] == [True, False]
    undone = await store.rulings.get("a", 1)
    assert undone is not None and undone.undone
    with pytest.raises(StoreError, match="A ruling is one of"):
        await store.rulings.add("a", kind="shout", target="t", reason="r", by="m", now=NOW)


async def test_settings(store: Store) -> None:
    assert await store.settings.get("a", "policy") is None
    await store.settings.set("a", "policy", "range")
    await store.settings.set("a", "policy", "lowest")
    await store.settings.set("b", "policy", "majority")
    assert await store.settings.all("a") == {"policy": "lowest"}
    assert await store.settings.servers("policy") == {"a": "lowest", "b": "majority"}
    assert await store.settings.remove("a", "policy")
    assert not await store.settings.remove("a", "policy")
    assert await store.settings.get("b", "policy") == "majority"


async def test_a_job_from_queue_to_done(store: Store) -> None:
    late = await store.jobs.enqueue("read", {"key": 2}, now=NOW, not_before=LATER)
    soon = await store.jobs.enqueue("fetch", {"url": "ü", "deep": [1, {"a": None}]}, now=NOW, server="s")
    assert await store.jobs.claim(NOW, kind="read") is None
    job = await store.jobs.claim(NOW)
    assert job is not None
    assert (job.key, job.kind, job.state, job.attempts, job.server) == (soon, "fetch", "running", 1, "s")
    assert job.payload == {"url": "ü", "deep": [1, {"a": None}]}
    assert await store.jobs.claim(NOW) is None
    assert await store.jobs.done(soon, LATER)
    assert not await store.jobs.done(soon, LATER)
    done = await store.jobs.get(soon)
    assert done is not None and (done.state, done.payload) == ("done", {})
    claimed = await store.jobs.claim(LATER)
    assert claimed is not None and claimed.key == late
    assert await store.jobs.counts() == {"queued": 0, "running": 1, "done": 1, "dead": 0}
    assert await store.jobs.prune(LATER) == 0
    assert await store.jobs.prune("2023") == 1


async def test_a_job_that_keeps_failing_is_dead(store: Store) -> None:
    key = await store.jobs.enqueue("fetch", {"x": 1}, now=NOW)
    for expected in ("queued", "queued", "dead"):
        assert await store.jobs.claim(LATER) is not None
        assert await store.jobs.fail(key, "timed out", NOW, retry_at=LATER) == expected
        assert await store.jobs.claim(NOW) is None
    job = await store.jobs.get(key)
    assert job is not None and (job.state, job.attempts, job.error, job.payload) == ("dead", 3, "timed out", {"x": 1})
    assert await store.jobs.fail(key, "again", NOW) is None


async def test_jobs_of_a_stopped_process_come_back_without_a_cost_but_not_for_ever(tmp_path: Path) -> None:
    for start in range(MAX_INTERRUPTED + 1):
        async with await Store.open(tmp_path / "x.db") as store:
            if start == 0:
                await store.jobs.enqueue("crash", {}, now=NOW)
            assert await store.jobs.requeue_running(NOW) == (1 if 0 < start < MAX_INTERRUPTED else 0)
            assert await store.jobs.interrupted("crash") == (1 if 0 < start < MAX_INTERRUPTED else 0)
            assert await store.jobs.interrupted("other") == 0
            job = await store.jobs.claim(NOW)
            if start == MAX_INTERRUPTED:
                assert job is None and (await store.jobs.counts())["dead"] == 1
            else:
                assert job is not None and (job.attempts, job.interrupted) == (1, start)


async def test_at_a_start_what_somebody_waits_for_now_comes_before_what_was_left(store: Store) -> None:
    at_once = "1970-01-01T00:00:00+00:00"
    left = [await store.jobs.enqueue("read", {}, now=NOW, not_before=at_once) for _ in range(3)]
    other = await store.jobs.enqueue("fetch", {}, now=NOW, not_before=at_once)
    assert await store.jobs.nobody_waits("read", at_once, LATER) == 3
    waited_for = await store.jobs.enqueue("read", {}, now=LATER, not_before=at_once)
    claimed = [await store.jobs.claim(LATER, kind="read") for _ in range(5)]
    assert [job.key for job in claimed if job] == [waited_for, *left]
    assert (job := await store.jobs.get(other)) is not None and job.not_before == at_once


async def test_a_job_that_was_interrupted_comes_first_until_it_ends_of_its_own(store: Store) -> None:
    late = await store.jobs.enqueue("read", {}, now=LATER)
    assert (job := await store.jobs.claim(LATER)) is not None and job.key == late
    await store.jobs.enqueue("read", {}, now=NOW)
    await store.jobs.requeue_running(LATER)
    assert (job := await store.jobs.claim(LATER)) is not None and job.key == late
    assert await store.jobs.interrupted("read") == 1
    await store.jobs.fail(late, "no", LATER)
    assert await store.jobs.interrupted("read") == 0
    assert (job := await store.jobs.get(late)) is not None and (job.attempts, job.interrupted) == (1, 0)


async def test_jobs_of_one_name_wait_once(store: Store) -> None:
    first = await store.jobs.enqueue("compare", {}, now=NOW, name="s/1")
    assert await store.jobs.enqueue("compare", {}, now=NOW, name="s/1") == first
    assert await store.jobs.enqueue("compare", {}, now=NOW, name="s/2") != first
    assert (await store.jobs.claim(NOW)) is not None
    second = await store.jobs.enqueue("compare", {}, now=NOW, name="s/1")
    assert second != first, "what changes while the first one runs needs another run"
    assert await store.jobs.fail(first, "x", NOW) == "queued"


async def test_each_job_is_claimed_once(store: Store) -> None:
    for number in range(20):
        await store.jobs.enqueue("read", {"n": number}, now=NOW)
    claimed = await asyncio.gather(*(store.jobs.claim(NOW) for _ in range(30)))
    keys = [job.key for job in claimed if job is not None]
    assert len(keys) == len(set(keys)) == 20


async def test_a_backup_under_writes_is_whole(store: Store, tmp_path: Path) -> None:
    stop = asyncio.Event()

    async def write() -> None:
        number = 0
        while not stop.is_set():
            # Article and setting in step: a copy between two transactions shows as many of one as of the other.
            async with store.database.write() as handle:
                await handle.run("INSERT INTO settings VALUES ('s', ?, 'v')", (f"{number}",))
                await asyncio.sleep(0)
                await handle.run("INSERT INTO settings VALUES ('t', ?, 'v')", (f"{number}",))
            number += 1

    await add(store, "s", paste())
    await store.articles.save_reading(1, reading())
    writer = asyncio.create_task(write())
    for copy in range(3):
        await asyncio.sleep(0.05)
        await store.backup(tmp_path / "copies" / f"{copy}.db")
    stop.set()
    await writer
    assert names(tmp_path / "copies") == ["0.db", "1.db", "2.db"]
    sizes = []
    for copy in range(3):
        async with await Store.open(tmp_path / "copies" / f"{copy}.db") as restored:
            assert await integrity(restored.database) == []
            assert await restored.settings.all("s") == await restored.settings.all("t")
            sizes.append(len(await restored.settings.all("s")))
            assert await restored.articles.reading(1) == reading()
            assert len(await restored.search.articles("s", "Mariupol", limit=5)) == 1
            assert len(await restored.search.figures("s", "2,400", limit=5)) == 1
    assert 0 < sizes[0] < sizes[1] < sizes[2]


async def test_a_backup_never_overwrites(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("precious")
    for target in (tmp_path / "mine.txt", tmp_path / "coverage.db", tmp_path):
        with pytest.raises(StoreError, match="exists already"):
            await store.backup(target)
    with pytest.raises(StoreError, match="cannot be written"):
        await store.backup("/proc/corrobot/copy.db")
    assert (tmp_path / "mine.txt").read_text() == "precious"


async def test_integrity_names_what_is_wrong(tmp_path: Path) -> None:
    async with await Store.open(tmp_path / "x.db") as store:
        await add(store, "s", paste())
        async with store.database.write() as handle:
            await handle.run("INSERT INTO article_search (rowid, title, text) VALUES (77, 'ghost', 'ghost')")
        [problem] = await store.integrity()
        assert "article_search" in problem
