"""What a process leaves when it ends in the middle: nothing is forgotten, and no innocent article is given up."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.model import Article
from tests.faults.conftest import SERVER, Opener
from tests.faults.ill import ROOT
from tests.faults.test_kill import LIMIT_S, faults, halves, unfinished
from tests.services import articles

# Ends itself at the very moment when an article is stored and not yet queued.
DIES_BEFORE_QUEUEING = """
import asyncio, os, signal, sys
from bot.store.jobs import Jobs
from tests.faults.ingesting import ingest
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
Jobs.enqueue = die
asyncio.run(ingest(sys.argv[1], [3]))
"""
# Begins as the bot does, takes both jobs and works on them until it is killed.
CLAIMS = """
import asyncio, sys
from bot.store import Store
async def main():
    async with await Store.open(f"sqlite:///{sys.argv[1]}") as store:
        await store.jobs.requeue_running("2024-05-02T12:00:00+00:00")
        for _ in range(2):
            assert await store.jobs.claim("2024-05-02T12:00:00+00:00")
        print("claimed", flush=True)
        await asyncio.sleep(600)
asyncio.run(main())
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no kill -9")


@pytest.mark.slow
@posix
@pytest.mark.timeout(120)
async def test_what_was_stored_and_not_queued_is_taken_up_at_the_next_start(tmp_path: Path, opened: Opener) -> None:
    database = tmp_path / "coverage.db"
    command = [sys.executable, "-W", "ignore::UserWarning", "-c", DIES_BEFORE_QUEUEING, str(database)]
    ended = await asyncio.to_thread(subprocess.run, command, cwd=ROOT, check=False, stderr=subprocess.DEVNULL)
    assert ended.returncode == -signal.SIGKILL
    assert halves(database) == [1] and unfinished(database) == []
    async with opened() as desk:
        assert await desk.coverage.resume() == 1
        await desk.coverage.idle()
        assert await desk.is_read(1)
        # What is whole is not queued again.
        assert await desk.store.jobs.unfinished("analyse") == []


async def test_what_was_given_up_is_not_taken_up_again(opened: Opener) -> None:
    async with opened() as desk:
        await desk.add(articles.HERALD)
        async with desk.store.database.write() as handle:
            await handle.run("DELETE FROM readings")
        key = await desk.store.jobs.enqueue("analyse", {"server": SERVER, "number": 1}, now="2024", server=SERVER)
        await desk.store.jobs.claim("2024-05-03")
        await desk.store.jobs.fail(key, "too much", "2024-05-03", final=True)
        assert await desk.coverage.resume() == 0
        assert await desk.store.articles.needs_reading() == [1]


@posix
@pytest.mark.slow
async def test_three_kills_in_a_row_do_not_give_up_innocent_articles(
    tmp_path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "coverage.db"
    async with opened() as desk:
        for text in (articles.HERALD, articles.FROST):
            article = Article("a1", "pasted", text)
            await desk.store.articles.add(SERVER, article, raw=text, by=None, now="2024-05-02")
        assert await desk.store.jobs.unfinished("analyse", newest=1) == [(SERVER, 2)]
        for server, number in await desk.store.jobs.unfinished("analyse"):
            values = {"server": server, "number": number}
            await desk.store.jobs.enqueue("analyse", values, now="2024-05-02T12:00:00+00:00", server=server)
    for _ in range(3):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", CLAIMS, str(database), cwd=ROOT, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        assert await asyncio.wait_for(process.stdout.readline(), LIMIT_S) == b"claimed\n"
        process.send_signal(signal.SIGKILL)
        await process.wait()
    async with opened() as desk:
        # One of them may be what the processes died of: the other must not be beside it the next time.
        pipeline, beside, most = desk.coverage._pipeline, 0, 0
        work = pipeline._article

        async def watched(server: str, number: int) -> None:
            nonlocal beside, most
            beside += 1
            most = max(most, beside)
            await work(server, number)
            beside -= 1

        monkeypatch.setattr(pipeline, "_article", watched)
        assert await desk.coverage.resume() == 2
        while await desk.some("queued"):
            pipeline.kick()
        await desk.coverage.idle()
        assert most == 1 and await desk.is_read(1) and await desk.is_read(2)
    assert faults(database) == [] and unfinished(database) == []
