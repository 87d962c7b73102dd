"""The process that analyses dies in the middle, runs out of memory, or meets an article that it never survives."""

import asyncio
import os
import signal
from contextlib import suppress

import pytest

from bot.model import CorrobotError
from tests.faults import ill
from tests.faults.conftest import SERVER, Desk, Opener, long_text, until
from tests.services import articles


async def kill_the_reader(desk: Desk, number: int) -> int:
    """Kill the process that reads an article, once it is at it; give its id."""
    await until(lambda: desk.some("running"))
    # The job runs and the article has no reading: whatever process there is works on it.

    async def at_it() -> bool:
        return bool(desk.analyser.pids()) and not await desk.is_read(number)

    await until(at_it)
    [pid] = desk.analyser.pids()
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    return pid


@pytest.mark.slow
async def test_a_process_that_is_killed_while_it_reads_costs_nothing_but_time(opened: Opener) -> None:
    async with opened() as desk:
        await desk.add(articles.FROST)
        adding = asyncio.create_task(desk.add(long_text(60)))
        killed = await kill_the_reader(desk, 2)
        assert await adding == 2
        assert await desk.is_read(2)
        assert killed not in desk.analyser.pids()
        assert desk.metrics.worker_restarts.values == {("died",): 1}
        assert (await desk.store.jobs.counts()) | {"done": 0} == {"queued": 0, "running": 0, "done": 0, "dead": 0}


@pytest.mark.slow
async def test_work_that_needs_too_much_memory_is_refused_in_words_and_hits_no_other(opened: Opener) -> None:
    async with opened() as desk:
        with pytest.raises(CorrobotError, match=r"bomb.html needs too much memory to analyse; send the article's text"):
            await desk.analyser._call(30, "bomb.html", ill.hoards)
        assert desk.metrics.worker_restarts.values == {("memory",): 1}
        assert await desk.add(articles.TIMES) == 1
        assert await desk.is_read(1)


@pytest.mark.slow
async def test_an_article_that_always_kills_its_process_is_given_up_after_three_tries(opened: Opener) -> None:
    async with opened() as desk:
        await desk.add(articles.FROST)
        await desk.coverage.resume()
        poison = asyncio.create_task(desk.add(long_text(60)))

        async def kill() -> None:
            while (await desk.store.jobs.counts())["dead"] == 0:
                await kill_the_reader(desk, 2)
                await asyncio.sleep(0.05)

        killing = asyncio.create_task(kill())
        with pytest.raises(CorrobotError, match="the analysis crashed twice on it"):
            await poison
        for _ in range(2):
            # The next try is due only after a while, and then comes by itself.
            await until(lambda: desk.none("running"))
            desk.clock.turn(minutes=6)
            await until(lambda: desk.none("queued"))
        await until(lambda: desk.some("dead"))
        killing.cancel()
        [given_up] = await desk.store.jobs.given_up("analyse")
        assert given_up.attempts == 3
        assert given_up.payload == {"server": SERVER, "number": 2}
        assert given_up.error is not None and "crashed twice" in given_up.error
        assert desk.metrics.worker_restarts.values == {("died",): 6}
        desk.clock.turn(days=1)
        assert await desk.add(articles.TIMES) == 3
        assert await desk.is_read(1) and await desk.is_read(3) and not await desk.is_read(2)


@pytest.mark.slow
async def test_a_stop_with_many_waiting_costs_them_no_attempt(opened: Opener) -> None:
    texts = [articles.FROST.replace("40 percent", f"{n} percent") for n in range(20, 28)]
    async with opened() as desk:
        adding = [asyncio.create_task(desk.add(text)) for text in texts]

        async def all_stored() -> bool:
            return len(await desk.coverage.articles(SERVER)) == len(texts)

        await until(all_stored)
        await desk.coverage.close()
        await desk.analyser.close()
        ended = await asyncio.gather(*adding, return_exceptions=True)
        assert all(isinstance(e, int | asyncio.CancelledError | CorrobotError) for e in ended), ended
        left = await desk.store.database.rows("SELECT attempts, interrupted, state FROM jobs WHERE state <> 'done'")
        assert left and {tuple(row) for row in left} == {(0, 0, "queued")}
    async with opened() as desk:
        await desk.coverage.resume()
        await desk.coverage.idle()
        assert all([await desk.is_read(n) for n in range(1, len(texts) + 1)])
