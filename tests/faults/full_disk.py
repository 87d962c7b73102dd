"""Fill a small disk of its own under a working store: `unshare -rm python -m tests.faults.full_disk FOLDER`.

The disk is a tmpfs that only this process sees. What happened is printed, one line a step.
"""

import asyncio
import subprocess
import sys
from pathlib import Path

from bot.ingest.fetch import Fetcher, FetchSettings
from bot.model import CorrobotError
from bot.services.metrics import Metrics
from bot.services.worker import Analyser
from bot.store import Store
from tests.faults.conftest import Clock, Desk, long_text, until
from tests.services import articles

SIZE_KB = 3_000


def fill(ballast: Path) -> None:
    """Write until the disk is full."""
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 1024)
        except OSError:
            return


async def steps(folder: Path) -> None:
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
        fill(folder / "ballast")
        try:
            print("added in spite of it", await adding)
        except CorrobotError as error:
            print("refused", error.message, flush=True)
        try:
            print("added in spite of it", await desk.add(articles.TIMES))
        except CorrobotError as error:
            print("refused", error.message, flush=True)
        (folder / "ballast").unlink()
        desk.clock.turn(minutes=2)
        await until(lambda: desk.is_read(2))
        print("read by itself", 2, flush=True)
        print("added", await desk.add(articles.TIMES), flush=True)
        print("dead", (await store.jobs.counts())["dead"], "problems", await store.integrity(), flush=True)
        await desk.coverage.close()


def main() -> None:
    """Make the disk and go through the steps."""
    folder = Path(sys.argv[1])
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE_KB}k", "tmpfs", str(folder)], check=True)
    asyncio.run(asyncio.wait_for(steps(folder), 60))


if __name__ == "__main__":
    main()
