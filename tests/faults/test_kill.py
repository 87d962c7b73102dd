"""Kill -9 at random moments of an ingest: whatever was accepted is there once, whole, and in a store without a fault.

`CORROBOT_KILLS=20 pytest tests/faults/test_kill.py -s` kills twenty times over two hundred articles and prints what it
did; without the variable it is once over twelve. `CORROBOT_SEED` chooses other moments. What counts as
accepted is what the process said is done, and what it had put in the queue.
"""

import asyncio
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from tests.faults.ill import ROOT
from tests.services.newsstand import article

KILLS = int(os.environ.get("CORROBOT_KILLS", "1"))
SEED = int(os.environ.get("CORROBOT_SEED", "5"))
ARTICLES = 200 if KILLS >= 20 else 12
# The blow comes after at most so many articles, and so long after the last of them; of each fourth process so long after
# its start, where it may still be loading.
MOST_DONE, MOST_DELAY_S, START_S = 2 * ARTICLES // (KILLS + 1), 0.3, 5.0
LIMIT_S = 60


class Life:
    """One process that ingests, and what it promised so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.told: dict[int, int] = {}
        self.workers: list[int] = []
        self.idle = False

    async def listen(self, most: int | None = None) -> None:
        """Take in what it says until so many articles are done, or to the end."""
        assert self.process.stdout is not None
        while (most is None or len(self.told) < most) and (line := await self.process.stdout.readline()):
            if not line.endswith(b"\n"):
                break  # torn by the blow: nothing was said
            what, *numbers = line.decode().split()
            if what == "done":
                self.told[int(numbers[0])] = int(numbers[1])
            elif what == "pids":
                self.workers = [int(number) for number in numbers]
            else:
                self.idle = what == "idle"


@asynccontextmanager
async def life(database: Path, numbers: list[int]) -> AsyncIterator[Life]:
    """Start a process that ingests; at the end it is gone, and its workers with it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CORROBOT_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.ingesting", str(database)),
        # The helper of the workers says at its end what the killed one left: that is what this is about.
        env=kept | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore::UserWarning"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(" ".join(map(str, numbers)).encode())
    process.stdin.close()
    running = Life(process)
    try:
        yield running
    finally:
        if process.returncode is None:
            process.kill()
        await running.listen()
        await process.wait()
        while any(map(lives, running.workers)):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def lives(pid: int) -> bool:
    """Tell whether a process lives; one that is dead and unreaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def faults(database: Path) -> list[str]:
    """Return what SQLite finds wrong with the file."""
    with closing(sqlite3.connect(database)) as store:
        found = [str(row[0]) for row in store.execute("PRAGMA integrity_check") if row[0] != "ok"]
        return found + [f"foreign key: {row}" for row in store.execute("PRAGMA foreign_key_check")]


def stored(database: Path) -> dict[int, str]:
    """Return the texts that the server sees, by their numbers."""
    query = "SELECT number, text FROM visibility v JOIN articles a ON a.key = v.article_key WHERE removed_at IS NULL"
    with closing(sqlite3.connect(database)) as store:
        return {int(number): str(text) for number, text in store.execute(query)}


def halves(database: Path) -> list[int]:
    """Return the numbers of the articles without a reading, a story or an up-to-date comparison."""
    with closing(sqlite3.connect(database)) as store:
        articles = store.execute(
            "SELECT v.number FROM visibility v LEFT JOIN readings r USING (article_key)"
            " LEFT JOIN story_articles sa ON sa.article_key = v.article_key AND sa.server = v.server"
            " LEFT JOIN stories s ON s.key = sa.story_key"
            " WHERE r.article_key IS NULL OR s.key IS NULL OR s.compared_version IS NOT s.version"
        )
        return [int(number) for (number,) in articles]


def unfinished(database: Path) -> list[tuple[str, int]]:
    """Return state and attempts of the jobs that did not end well."""
    with closing(sqlite3.connect(database)) as store:
        return store.execute("SELECT state, attempts FROM jobs WHERE state <> 'done'").fetchall()


def sentence(number: int) -> str:
    """Return the words that only this article has."""
    return article(f"/{number}").split("<p>")[1].split("</p>")[0]


async def blow(one: Life, chance: random.Random, *, early: bool) -> str:
    """Wait for a random moment of a process's work, or of its start, and kill it; say when that was."""
    delay = chance.uniform(0, START_S if early else MOST_DELAY_S)
    if not early:
        most = chance.randint(1, MOST_DONE)
        await asyncio.wait_for(one.listen(most), LIMIT_S)
    listening = asyncio.create_task(one.listen())
    await asyncio.sleep(delay)
    one.process.send_signal(signal.SIGKILL)
    await one.process.wait()
    await listening
    return f"{delay:.2f} s after {'its start' if early else f'{most} were done'}"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no kill -9")
@pytest.mark.timeout(120 + 30 * KILLS)
@pytest.mark.slow
async def test_kill_9_at_random_moments_of_an_ingest_loses_nothing(tmp_path: Path) -> None:
    database, chance = tmp_path / "coverage.db", random.Random(SEED)
    accepted: dict[int, int] = {}
    print(f"\nseed {SEED}: {KILLS} kills during the ingest of {ARTICLES} articles")
    for n in range(1, KILLS + 1):
        left = [number for number in range(ARTICLES) if number not in accepted]
        # Somebody sends again what is there: it is safe to repeat.
        again = chance.sample(sorted(accepted), min(3, len(accepted)))
        async with life(database, again + left) as one:
            when = await blow(one, chance, early=n % 4 == 0)
        assert one.process.returncode == -signal.SIGKILL, "it ended before it was killed"
        assert all(accepted.get(number, one.told[number]) == one.told[number] for number in one.told)
        accepted |= one.told
        assert faults(database) == []
        there = stored(database)
        assert all(sentence(number) in there[told] for number, told in accepted.items())
        print(f"kill {n:2}: {when}; accepted {len(accepted)}, stored {len(there)}, half done {len(halves(database))}")
    async with life(database, []) as unasked:
        await asyncio.wait_for(unasked.listen(), LIMIT_S)
    assert unasked.idle and unfinished(database) == []
    # What was stored at the very blow, before it was queued, as well.
    assert halves(database) == []
    print("taken up unasked: all that was stored")
    async with life(database, [number for number in range(ARTICLES) if number not in accepted]) as last:
        await asyncio.wait_for(last.listen(), 60 + ARTICLES)
    assert last.idle and last.process.returncode == 0
    accepted |= last.told
    assert faults(database) == [] and halves(database) == [] and unfinished(database) == []
    there = stored(database)
    assert sorted(accepted) == list(range(ARTICLES)) and sorted(there) == sorted(accepted.values())
    assert Counter(there.values()).most_common(1)[0][1] == 1
    assert all(sentence(number) in there[told] for number, told in accepted.items())
    print(f"at the end: {len(there)} articles, each once, read and compared; integrity_check ok")
