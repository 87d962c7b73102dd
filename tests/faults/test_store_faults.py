"""The store is locked, full, read-only or damaged, or the clock it is written by is put back."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from bot.model import CorrobotError
from bot.services.desk import stamp_of
from bot.services.pipeline import KIND
from bot.services.settling import End
from bot.store import Store, StoreError
from bot.store.feeds import Feeds
from tests.faults import ill
from tests.faults.conftest import SERVER, Opener, long_text, until
from tests.services import articles


@pytest.mark.slow
async def test_a_lock_that_ends_in_time_is_waited_out(opened: Opener, tmp_path: Path) -> None:
    async with opened() as desk:
        await desk.add(articles.FROST)
        with ill.held(tmp_path / "coverage.db"):
            adding = asyncio.create_task(desk.add(articles.TIMES))
            await asyncio.sleep(0.5)
            assert not adding.done()
        assert await adding == 2


@pytest.mark.slow
async def test_a_lock_in_mid_work_is_told_and_the_work_is_taken_up_by_itself(opened: Opener, tmp_path: Path) -> None:
    async with opened(busy_timeout_ms=100) as desk:
        await desk.add(articles.FROST)
        await desk.coverage.resume()
        adding = asyncio.create_task(desk.add(long_text(60)))
        await until(lambda: desk.some("running"))
        with ill.held(tmp_path / "coverage.db"):
            with pytest.raises(CorrobotError, match=r"coverage\.db is locked by another program\. Close it, or try"):
                await adding
            assert not await desk.is_read(2)
            # What was stored can be looked at meanwhile.
            assert [a.number for a in await desk.coverage.articles(SERVER)] == [2, 1]
        desk.clock.turn(minutes=2)
        await until(lambda: desk.is_read(2))
        assert (await desk.store.jobs.counts())["dead"] == 0


@pytest.mark.slow
async def test_a_disk_that_is_full_for_a_day_gives_up_nothing(opened: Opener, tmp_path: Path) -> None:
    async with opened(busy_timeout_ms=50) as desk:
        stored = await desk.store.articles.add(
            SERVER, (await desk.analyser.article_from_bytes("a0", "x.txt", articles.TIMES.encode())),
            raw=b"x", by=None, now=stamp_of(desk.clock()),
        )  # fmt: skip
        payload = {"server": SERVER, "number": stored.stored.number}
        key = await desk.store.jobs.enqueue(KIND, payload, now=stamp_of(desk.clock()))
        for _ in range(5):
            job = await desk.store.jobs.claim(stamp_of(desk.clock()), kind=KIND)
            assert job is not None
            settling = desk.coverage._pipeline._settling
            await settling.settle(job, End(StoreError("store", "The disk is full.")))
            desk.clock.turn(hours=5)
        waiting = await desk.store.jobs.get(key)
        assert waiting is not None
        assert (waiting.state, waiting.attempts) == ("queued", 0)
        await desk.coverage.resume()
        await until(lambda: desk.is_read(1))


@pytest.mark.slow
async def test_a_full_disk_refuses_in_words_and_room_is_enough_to_go_on(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    own = ["unshare", "-rm"] if ill.own_disks() else []
    process = await asyncio.create_subprocess_exec(
        *(*own, sys.executable, "-m", "tests.faults.full_disk", str(disk), "disk" if own else "pages"),
        cwd=ill.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), 90)
    assert process.returncode == 0, err.decode()[-2000:]
    full = (
        f"refused The disk that holds {disk / 'coverage.db'} is full. Free some space and try again; nothing was saved."
    )
    assert out.decode().splitlines() == [
        "added 1", full, full, "read by itself 2", "added 3", "dead 0 problems []"
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("what", ["file", "folder"])
async def test_a_read_only_store_is_named_in_one_line(tmp_path: Path, what: str) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    async with await Store.open(folder / "coverage.db"):
        pass
    (folder / "article.txt").write_text(articles.TIMES)
    shut = folder if what == "folder" else folder / "coverage.db"
    mode = shut.stat().st_mode
    shut.chmod(0o555 if what == "folder" else 0o444)
    try:
        status, out, err = await ill.bot(folder, "ingest", "article.txt", plain=True)
        assert (status, out) == (1, "")
        assert len(err.splitlines()) == 1, err
        assert "coverage.db" in err
        assert (
            "can only be read" in err or "cannot be opened. Check that its folder exists and may be written to" in err
        )
    finally:
        shut.chmod(mode)
    assert (await ill.bot(folder, "ingest", "article.txt", plain=True))[0] == 0


@pytest.mark.parametrize("command", [("run",), ("ingest", "article.txt"), ("stories",)], ids=lambda c: c[0])
async def test_a_damaged_store_is_named_in_one_line_and_left_as_it_is(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "article.txt").write_text(articles.TIMES)
    async with await Store.open(tmp_path / "coverage.db"):
        pass
    content = (tmp_path / "coverage.db").read_bytes()
    broken = content[:4096] + b"\xa5" * (len(content) - 4096)
    (tmp_path / "coverage.db").write_bytes(broken)
    status, out, err = await ill.bot(tmp_path, *command)
    assert (status, out) == (1, "")
    told = [line for line in err.splitlines() if " INFO " not in line]
    assert len(told) == 1, err
    assert "is damaged. Restore the last copy made with `corrobot backup`" in told[0]
    assert (tmp_path / "coverage.db").read_bytes() == broken


@pytest.mark.slow
async def test_a_clock_that_is_put_back_leaves_nothing_waiting(opened: Opener) -> None:
    async with opened() as desk:
        article = await desk.analyser.article_from_bytes("a0", "x.txt", articles.HERALD.encode())
        await desk.store.articles.add(SERVER, article, raw=b"x", by=None, now=stamp_of(desk.clock()))
        # Written by a clock that is years ahead: an article to try again, and a feed to ask again.
        await desk.store.jobs.enqueue(KIND, {"server": SERVER, "number": 1}, now=stamp_of(desk.clock()))
        source = await desk.store.sources.add(SERVER, "Harbour Herald")
        feeds = Feeds(desk.store.database)
        at = stamp_of(desk.clock())
        await feeds.add(SERVER, source.number, "https://herald.example/feed", now=at, interval_s=900)
        desk.clock.turn(days=-400)
        assert [f.url for f in await feeds.take_due(stamp_of(desk.clock()), at, limit=4)] == [
            "https://herald.example/feed"
        ]
        await desk.coverage.resume()
        await until(lambda: desk.is_read(1))
        view = await desk.coverage.add_text(SERVER, articles.TIMES)
        assert view.story is not None and view.story.articles == 2
        assert [a.number for a in await desk.coverage.articles(SERVER)] == [2, 1]
