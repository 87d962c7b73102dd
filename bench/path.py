"""The whole path of a pasted 500-word article, from the submitted form to its card: `python -m bench.path [--articles N]`.

Articles are offered at a steady rate to the services that the bot runs on, whether or not the ones before are done, and
each is timed until its card is laid out; the rest of the way is Discord's. Beside it the event loop is watched, and so
are the memory of this process, which holds what the bot's main process holds, and of the worker.
"""

import argparse
import asyncio
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from bench.loop import Watch
from bench.material import article_files
from bench.table import Row, at, number, show
from bot.app import build
from bot.model import CorrobotError
from bot.render.card_layout import files, layout
from bot.services.all import Services
from bot.services.worker import Analyser
from bot.settings import Settings
from cogs.adding import card_of, note_of

SERVER = "bench"


@dataclass(slots=True)
class Run:
    """What one run gave: seconds of each article, how long all took, and what was seen beside."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    late: list[float] = field(default_factory=list)
    main_mb: float = 0.0
    worker_mb: float = 0.0


def resident_mb(pid: int | str) -> float:
    """Return the resident memory of a process in MB; 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


async def paste(services: Services, text: str, run: Run) -> None:
    """Do what submitting the form does, up to the card."""
    before = perf_counter()
    try:
        view = await services.coverage.add_text(SERVER, text)
    except CorrobotError as error:
        print(f"not added: {error.message}", file=sys.stderr)
        return
    card = card_of(view, note_of(view))
    layout(card), files(card)
    run.times.append(perf_counter() - before)


async def offered(articles: list[str], rate: float | None, workers: int = 1, analyser: Analyser | None = None) -> Run:
    """Offer articles, so many a second, or eight at a time as fast as they are done where no rate is given."""
    run, watch = Run(), Watch()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.model_construct(database_url=f"sqlite:///{folder}/path.db", workers=workers)
        async with build(settings, analyser) as services:
            await services.coverage.warm()
            watching = asyncio.create_task(watch.run())
            began, gate = perf_counter(), asyncio.Semaphore(8 if rate is None else len(articles))

            async def one(place: int, text: str) -> None:
                if rate is not None:
                    await asyncio.sleep(max(0.0, began + place / rate - perf_counter()))
                async with gate:
                    await paste(services, text, run)

            await asyncio.gather(*(one(n, text) for n, text in enumerate(articles)))
            run.seconds = perf_counter() - began
            watching.cancel()
            run.late = watch.late
            run.main_mb = resident_mb("self")
            run.worker_mb = max(map(resident_mb, services.analyser.pids()), default=0.0)
    return run


async def idle(seconds: float) -> list[float]:
    """Watch a loop that has nothing else to do."""
    watch = Watch()
    watching = asyncio.create_task(watch.run())
    await asyncio.sleep(seconds)
    watching.cancel()
    return watch.late


async def measure(most: int, analyser: Analyser | None = None) -> list[Row]:
    """Return the rows, measured on so many articles; with few, two workers are left out.

    An analyser that is given does the work of one worker, so that none has to be loaded.
    """
    given = [data.decode() for _, data in article_files()][:most]
    few = most < 20
    slow = await offered(given[: 4 if few else 20], 1.0, analyser=analyser)
    ten = await offered(given, 10.0, analyser=analyser)
    fifty = await offered(given, 50.0, analyser=analyser)
    # Ten a second are more than one worker does, so that with few articles the same run tells what it sustains.
    one = ten if few else await offered(given, None, analyser=analyser)
    two = one if few else await offered(given, None, workers=2)
    resting = await idle(1.0 if few else 5.0)
    rows = []
    for name, run in (("1 article/s", slow), ("10 articles/s", ten), ("50 articles/s", fifty)):
        told = f"p99 {number(at(run.times, 0.99) * 1000)} ms ({len(run.times)} articles)"
        rows.append(Row(f"paste to card, {name} offered: p50", at(run.times, 0.5) * 1000, "ms", told))
    rows += [
        Row("sustained, 1 worker", len(one.times) / one.seconds, "articles/s"),
        *([] if few else [Row("sustained, 2 workers", len(two.times) / two.seconds, "articles/s")]),
        Row("memory of the main process", two.main_mb, "MB", "services, store, cards; no gateway", most=120),
        Row("memory of a worker", max(run.worker_mb for run in (one, two)), "MB", most=400),
        Row(
            "event loop late, p99.9 at 10 articles/s",
            at(ten.late, 0.999) * 1000,
            "ms",
            f"idle loop {number(at(resting, 0.999) * 1000)} ms",
            most=50,
        ),
    ]
    return rows


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=94)
    show(asyncio.run(measure(parser.parse_args().articles)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
