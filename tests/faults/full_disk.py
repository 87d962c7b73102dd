"""Fill a small disk of its own under a working store: `unshare -rm python -m tests.faults.full_disk FOLDER disk`.

The disk is a tmpfs that only this process sees. Where a process may have no disks of its own, `FOLDER pages` lets SQLite
run out of the pages it may use instead: it fails with the same error. What happened is printed, one line a step.
"""

import asyncio
import subprocess
import sys
from pathlib import Path

from bot.ingest.fetch import Fetcher, FetchSettings
from bot.model import CorrobotError
from bot.services.metrics import Metrics
from bot.services.worker import Analyser
from bot.store import Store, StoreError
from tests.faults.conftest import Clock, Desk, long_text, until
from tests.services import articles

SIZE_KB = 3_000


class Disk:
    """A tmpfs that fills up with ballast."""

    def __init__(self, folder: Path) -> None:
        self._ballast = folder / "ballast"
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE_KB}k", "tmpfs", str(folder)], check=True)

    async def fill(self, store: Store) -> None:
        """Write until the disk is full."""
        with self._ballast.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 1024)
            except OSError:
                return

    async def make_room(self, store: Store) -> None:
        """Take the ballast away."""
        self._ballast.unlink()


class Pages:
    """The pages that SQLite may use: as many as it has, or as many as it likes."""

    def __init__(self, folder: Path) -> None:
        del folder  # an ordinary one

    async def fill(self, store: Store) -> None:
        """Allow no page more than there are, and fill those that are there."""
        async with store.database.write() as handle:
            await handle.rows("CREATE TABLE ballast (weight BLOB)")
        async with store.database.write() as handle:
            await handle.rows("PRAGMA max_page_count = 1")
        for size in (100_000, 1_000, 10):
            try:
                while True:
                    async with store.database.write() as handle:
                        await handle.run("INSERT INTO ballast VALUES (zeroblob(?))", (size,))
            except StoreError:
                continue

    async def make_room(self, store: Store) -> None:
        """Allow pages again."""
        async with store.database.write() as handle:
            await handle.rows("PRAGMA max_page_count = 1000000")
            await handle.rows("DROP TABLE ballast")


async def steps(folder: Path, room: Disk | Pages) -> None:
    """Add, fill, fail, make room, and go on."""
    metrics = Metrics()
    async with (
        await Store.open(folder / "coverage.db") as store,
        Analyser(1, metrics=metrics) as analyser,
        Fetcher(FetchSettings(), clock=lambda: 0.0) as fetcher,
    ):
        desk = Desk(store, analyser, fetcher, Clock(), metrics)
        await desk.coverage.resume()
        print("added", await desk.add(articles.FROST), flush=True)
        adding = asyncio.create_task(desk.add(long_text(40)))
        await until(lambda: desk.some("running"))
        await room.fill(store)
        try:
            print("added in spite of it", await adding)
        except CorrobotError as error:
            print("refused", error.message, flush=True)
        try:
            print("added in spite of it", await desk.add(long_text(41)))
        except CorrobotError as error:
            print("refused", error.message, flush=True)
        await room.make_room(store)
        desk.clock.turn(minutes=2)
        await until(lambda: desk.is_read(2))
        print("read by itself", 2, flush=True)
        print("added", await desk.add(articles.TIMES), flush=True)
        print("dead", (await store.jobs.counts())["dead"], "problems", await store.integrity(), flush=True)
        await desk.coverage.close()


def main() -> None:
    """Make the room to run out of and go through the steps."""
    folder = Path(sys.argv[1])
    room = Disk(folder) if sys.argv[2] == "disk" else Pages(folder)
    asyncio.run(asyncio.wait_for(steps(folder, room), 60))


if __name__ == "__main__":
    main()
