"""Half an hour of work with faults thrown in: `python -m bench.soak [--minutes 30] [--rate 5]`, `make soak`.

Short made-up reports come at a steady rate through the services of the bot. Meanwhile workers are killed, another
process holds the lock of the store for some seconds, and the whole bot is put down in mid-work and started again. What
was acknowledged, and what was stored before a fault, must be read and in a story at the end. Printed each tenth: what
came, what waits, memory of the main process and of the worker, size of the store. The exit status is 1 where an article
was lost or given up.
"""

import argparse
import asyncio
import logging
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from bench.growth_stories import Event, Press
from bench.path import resident_mb
from bot.app import build
from bot.model import CorrobotError
from bot.services.all import Services
from bot.settings import Settings

SERVER = "soak"
KILL_S, LOCK_S, RESTART_S, HELD_S = 60.0, 45.0, 150.0, 3.0
# Each event in words of its own: with one sentence for all, hundreds of events are one story, and no story is that long.
FIGURES = (
    "Police said {n} people were killed by {what} in {place}.",
    "{what} injured {n} people, the mayor of {place} said.",
    "Some {n} houses in {place} were destroyed in {what}, according to the coast guard.",
    "{place} mourned {n} sailors who died in {what}.",
)
WHAT = ("a flood", "a fire", "a bus crash", "a landslide", "a gas leak", "a storm", "a ferry accident", "a bombing")
DRAIN_S = 1_800.0


@dataclass(slots=True)
class Soak:
    """One soak: the store, what runs on it now, and what is counted."""

    folder: Path
    rate: float
    workers: int = 2
    chance: random.Random = field(default_factory=lambda: random.Random(5))
    press: Press = field(default_factory=lambda: Press(5))
    events: list[Event] = field(default_factory=list)
    services: Services | None = None
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    acknowledged: set[int] = field(default_factory=set)
    offered: int = 0
    refused: int = 0
    faults: dict[str, int] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        """Return the store's file."""
        return self.folder / "soak.db"

    async def start(self) -> None:
        """Start everything on the store, as the bot does."""
        settings = Settings.model_construct(database_url=f"sqlite:///{self.file}", workers=self.workers)
        self.services = await self.stack.enter_async_context(build(settings))
        await self.services.coverage.resume()

    async def stop(self) -> None:
        """Stop everything, whatever is under way."""
        self.services = None
        await self.stack.aclose()
        self.stack = AsyncExitStack()

    def text(self) -> str:
        """Write the next report."""
        if len(self.events) * 4 <= self.offered:
            self.events.append(self.press.event())
        event = self.events[max(0, len(self.events) - 1 - int(self.chance.expovariate(1 / 10)))]
        report = self.press.report(self.offered, event, words=60)
        kind = random.Random(event[0][0])
        told = kind.choice(FIGURES).format(n=self.chance.randint(2, 90), place=event[0][0], what=kind.choice(WHAT))
        head = f"Outlet: Paper {self.offered % 20}\nTitle: {report.title}\nPublished: {report.published}"
        return f"{head}\n\n{told}\n{report.text}"

    async def add(self) -> None:
        """Give one report; a refusal is counted, for the person was told."""
        self.offered += 1
        text, services = self.text(), self.services
        try:
            if services is None:
                raise CorrobotError("store", "The bot is down.")
            view = await services.coverage.add_text(SERVER, text)
        except (CorrobotError, asyncio.CancelledError):
            self.refused += 1
        else:
            self.acknowledged.add(view.stored.number)

    async def kill(self) -> None:
        """Kill a worker."""
        pids = self.services.analyser.pids() if self.services else ()
        for pid in pids[:1]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    async def lock(self) -> None:
        """Hold the store's lock for some seconds in another connection."""

        def hold() -> None:
            store = sqlite3.connect(self.file, isolation_level=None, timeout=30)
            try:
                store.execute("BEGIN IMMEDIATE")
                time.sleep(HELD_S)
            finally:
                store.close()

        await asyncio.to_thread(hold)

    async def restart(self) -> None:
        """Put the bot down in mid-work and start it again."""
        await self.stop()
        await self.start()

    async def throw(self, name: str, every: float) -> None:
        """Throw one kind of fault again and again."""
        while True:
            await asyncio.sleep(every)
            await getattr(self, name)()
            self.faults[name] = self.faults.get(name, 0) + 1

    async def told(self) -> str:
        """Return how it stands."""
        assert self.services is not None
        jobs = await self.services.store.jobs.counts()
        worker = max(map(resident_mb, self.services.analyser.pids()), default=0.0)
        size = sum(f.stat().st_size for f in self.folder.glob("soak.db*")) / 2**20
        return (
            f"offered {self.offered}, acknowledged {len(self.acknowledged)}, refused {self.refused}, waiting"
            f" {jobs['queued'] + jobs['running']}, dead {jobs['dead']}, main {resident_mb('self'):.0f} MB, worker"
            f" {worker:.0f} MB, store {size:.1f} MB, faults {self.faults}"
        )

    async def drained(self) -> bool:
        """Wait, at most half an hour, until no job waits; retries that are due later come by themselves."""
        assert self.services is not None
        end = perf_counter() + DRAIN_S
        while perf_counter() < end:
            jobs = await self.services.store.jobs.counts()
            if not jobs["queued"] + jobs["running"]:
                return True
            await asyncio.sleep(1)
        return False

    async def lost(self) -> list[int]:
        """Return the stored articles that are not read or in no story, and the acknowledged ones that are gone."""
        assert self.services is not None
        store, wrong = self.services.store, []
        rows = await store.database.rows("SELECT number FROM visibility WHERE removed_at IS NULL")
        numbers = {int(row[0]) for row in rows}
        for number in sorted(numbers):
            stored = await store.articles.get(SERVER, number)
            assert stored is not None
            if stored.story is None or await store.articles.reading(stored.key) is None:
                wrong.append(number)
        return wrong + sorted(self.acknowledged - numbers)


async def soak(minutes: float, rate: float) -> int:
    """Run it and return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        run = Soak(Path(folder), rate)
        await run.start()
        faults = (("kill", KILL_S), ("lock", LOCK_S), ("restart", RESTART_S))
        throwing = [asyncio.create_task(run.throw(name, every)) for name, every in faults]
        began, adding = perf_counter(), set[asyncio.Task[None]]()
        tenth = 1
        while (passed := perf_counter() - began) < minutes * 60:
            task = asyncio.create_task(run.add())
            adding.add(task)
            task.add_done_callback(adding.discard)
            if passed > tenth * minutes * 6 and run.services is not None:
                print(f"{passed:6.0f} s  {await run.told()}", flush=True)
                tenth += 1
            await asyncio.sleep(max(0.0, began + run.offered / rate - perf_counter()))
        for one in throwing:
            one.cancel()
        await asyncio.gather(*throwing, return_exceptions=True)
        if run.services is None:
            await run.start()
        await asyncio.wait(adding, timeout=DRAIN_S) if adding else None
        assert run.services is not None
        drained = await run.drained()
        print(f"at the end  {await run.told()}")
        lost, problems = await run.lost(), await run.services.store.integrity()
        print(f"lost {len(lost)} {lost[:10]}; problems of the store: {problems or 'none'}")
        dead = (await run.services.store.jobs.counts())["dead"]
        await run.stop()
    return int(bool(lost or problems or dead or not drained))


def main() -> int:
    """Run the soak."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--rate", type=float, default=5.0, help="articles a second")
    given = parser.parse_args()
    logging.disable(logging.ERROR)
    return asyncio.run(soak(given.minutes, given.rate))


if __name__ == "__main__":
    sys.exit(main())
