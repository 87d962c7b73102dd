"""The pool: results, errors, dead and hung processes, and a loop that never waits."""

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from bot.model import Article, CorrobotError
from bot.services import work
from bot.services.worker import Analyser

from . import slow

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_killed_process_is_replaced_and_its_work_done_again(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    async with Analyser(1) as pool:
        call = asyncio.create_task(pool._call(30, "x", slow.killed_once, mark))
        while not mark.exists():  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        os.kill(int(mark.read_text()), signal.SIGKILL)
        assert await call == "done"
        assert pool.pids() != (int(mark.read_text()),)


async def test_work_that_kills_its_process_twice_is_given_up_with_a_sentence() -> None:
    async with Analyser(1) as pool:
        with pytest.raises(CorrobotError, match="x could not be analysed: the analysis crashed twice on it") as caught:
            await pool._call(30, "x", slow.dies)
        assert caught.value.code == "analysis"
        # The pool lives on.
        assert await pool._call(30, "x", slow.pid) == pool.pids()[0]


async def test_a_hung_call_is_killed_and_hits_no_other(analyser: Analyser) -> None:
    async with Analyser(2) as pool:
        first = asyncio.create_task(pool._call(1.0, "page.html", slow.hangs))
        await asyncio.sleep(0.3)
        assert await pool._call(30, "y", slow.niceness) >= work.NICENESS
        with pytest.raises(CorrobotError, match=r"page.html takes too long to analyse \(over 1 s\)"):
            await first
        assert len(pool.pids()) == 1


async def test_a_process_that_died_in_mid_answer_does_not_hold_the_end_up() -> None:
    async with Analyser(1) as pool:
        pid = await pool._call(30, "x", slow.pid)
        with pytest.raises(CorrobotError, match=r"x takes too long to analyse \(over 1 s\)"):
            await pool._call(1.0, "x", slow.dies_in_mid_answer)
        assert await pool._call(30, "x", slow.pid) != pid
    # The end waits for what was killed: it would wait for ever.
    assert pool.pids() == ()


async def test_errors_cross_the_border_whole(analyser: Analyser) -> None:
    with pytest.raises(CorrobotError) as caught:
        await analyser._call(30, "x", slow.refuses)
    assert (caught.value.code, caught.value.input) == ("not_an_article", "menu.html")
    with pytest.raises(CorrobotError, match=r"could not be analysed \(Odd at slow.py:\d+ in breaks\)"):
        await analyser._call(30, "x", slow.breaks)
    with pytest.raises(CorrobotError) as caught:
        await analyser.article_from_bytes("a1", "empty.txt", b"")
    assert caught.value.code == "empty"


async def test_a_caller_who_leaves_does_not_stop_the_pool() -> None:
    async with Analyser(1) as pool:
        pid = await pool._call(30, "x", slow.pid)
        call = asyncio.create_task(pool._call(1.0, "x", slow.hangs))
        await asyncio.sleep(0.2)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        # The hung call keeps its process until its time is over; then comes a new one.
        assert await pool._call(30, "x", slow.pid) != pid


async def test_closing_ends_what_is_under_way_and_leaves_no_process() -> None:
    pool = Analyser(1)
    call = asyncio.create_task(pool._call(60, "x", slow.hangs))
    while not pool.pids():  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    [pid] = pool.pids()
    await pool.close()
    with pytest.raises(asyncio.CancelledError):
        await call
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(CorrobotError, match="the program is stopping"):
        await pool.read(Article("a1", "x", "Two died."))


async def test_the_loop_goes_on_while_articles_are_read(analyser: Analyser) -> None:
    article = Article("a1", "long.txt", "The police said that 12 people were killed in Oslo on Monday. " * 80)
    await analyser.read(Article("a0", "warm", "Two people died."))
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.005)
            longest = max(longest, time.perf_counter() - before - 0.005)

    watcher = asyncio.create_task(watch())
    reading = await analyser.read(article)
    watcher.cancel()
    assert reading.figures
    # What is promised (50 ms) is measured in bench/, for tests do not depend on the clock.
    assert longest < 1.0
