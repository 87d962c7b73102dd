"""What people wait for in a large store: `python -m bench.growth [--sizes 1000 10000] [--keep FOLDER]`.

A store is filled with the made-up reports of bench.growth_stories, each with three figures in place of a reading, and
compare, check, figures and autocomplete are timed in the service. A comparison is timed twice: made anew, as after a new
article, and as kept. The store is made in one process and asked in another, whose memory is that of the bot's main
process. `--keep` keeps the stores in a folder and takes those that are there, for making 100,000 articles takes minutes.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from bench.growth_stories import SERVER, Event, Press, fill
from bench.path import resident_mb
from bench.table import Row, at, number, show
from bot.app import build
from bot.model import Figure, Reading
from bot.services.all import Services
from bot.services.worker import Analyser
from bot.settings import Settings
from bot.store import Store, readings
from cogs import finding

if TYPE_CHECKING:
    from bot.store.database import Handle

MOST_MS = 150.0
FLOORS = json.loads((Path(__file__).parent / "quality" / "baseline.json").read_text("utf-8"))["growth"]
MOST_ROUNDS = 200
READY, MEMORY = "start to ready", "memory"
NOUNS = ("people killed", "people injured", "houses destroyed", "tonnes of rice lost", "people without power")


async def read_all(store: Store, to: int) -> None:
    """Give each article sentences and three figures, as reading would."""
    async with store.database.write() as handle:
        for row in await handle.rows("SELECT key, text FROM articles WHERE key <= ?", (to,)):
            await _read(handle, int(row["key"]), str(row["text"]))


async def _read(handle: "Handle", key: int, text: str) -> None:
    pick = random.Random(key)
    ends = [n + 1 for n, letter in enumerate(text) if letter == "."]
    spans = tuple(zip([0, *(end + 1 for end in ends[:-1])], ends, strict=True))
    figures = []
    for n, (start, end) in enumerate(spans[:3], 1):
        value, measure = float(pick.randint(2, 900)), pick.choice(NOUNS)
        figures.append(
            Figure(
                f"a{key}.{n}", f"a{key}", start, min(end, start + 3), ((start, min(end, start + 3)),), f"{value:g}", "count",
                value, value, "exact", event=measure.split()[-1], unit="person", measure=measure, sentence=(start, end),
                voice="officials", value=value,
            )
        )  # fmt: skip
    await readings.save(handle, key, Reading(f"a{key}", spans, tuple(figures), ()), None)


async def timed(call: Callable[[int], Awaitable[object]], rounds: int) -> list[float]:
    """Return how long each round took, in milliseconds."""
    times = []
    for n in range(rounds):
        before = perf_counter()
        await call(n)
        times.append((perf_counter() - before) * 1000)
    return times


async def probe(services: Services, last: int, newest: list[Event], rounds: int) -> dict[str, list[float]]:
    """Time what people ask for; `last` is the number of the last story, `newest` the events of the last ones."""
    coverage = services.coverage
    await coverage.warm()

    def words(n: int) -> str:
        names, telling = newest[-1 - n]
        return f"{names[0]} {telling[0]}"

    return {
        "compare, made anew": await timed(lambda n: coverage.compare(SERVER, last - n), rounds),
        "compare, as kept": await timed(lambda n: coverage.compare(SERVER, last - n), rounds),
        "check": await timed(lambda n: coverage.check(SERVER, f"In {words(n)}, {n + 20} people were killed."), rounds),
        "figures": await timed(lambda n: coverage.figures(SERVER, NOUNS[n % len(NOUNS)]), rounds),
        "autocomplete of stories": await timed(lambda n: finding.stories(services, SERVER, words(n)), rounds),
        "autocomplete of articles": await timed(lambda n: finding.articles(services, SERVER, newest[-1 - n][0][0]), rounds),
        "search": await timed(lambda n: coverage.search(SERVER, words(n)), rounds),
    }  # fmt: skip


async def made(file: Path, size: int) -> tuple[int, list[Event]]:
    """Make a store of so many articles where there is none; give the number of stories and the events of the last."""
    told = file.with_suffix(".json")
    if not told.exists():
        press, events = Press(7), list[Event]()
        async with await Store.open(file) as store:
            await fill(store, press, events, size)
            await read_all(store, size)
        await asyncio.to_thread(told.write_text, json.dumps([len(events), events[-MOST_ROUNDS:]]))
    last, newest = json.loads(told.read_text())
    return int(last), newest


async def asked(
    file: Path, last: int, newest: list[Event], rounds: int, analyser: Analyser | None = None
) -> dict[str, list[float]]:
    """Start on a store and time what people ask for; the last figure is the memory of this process, in MB."""
    before = perf_counter()
    async with build(Settings.model_construct(database_url=f"sqlite:///{file}"), analyser) as services:
        await services.coverage.resume()
        ready = (perf_counter() - before) * 1000
        found = await probe(services, last, newest, rounds)
        return found | {READY: [ready], MEMORY: [resident_mb("self")]}


def _asked(file: Path, last: int, newest: list[Event], rounds: int) -> dict[str, list[float]]:
    return asyncio.run(asked(file, last, newest, rounds))


async def measure(
    sizes: list[int], rounds: int = 30, *, keep: Path | None = None, analyser: Analyser | None = None
) -> list[Row]:
    """Return the rows: each figure at the largest size, beside the smallest."""
    found: dict[int, dict[str, list[float]]] = {}
    disk: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            file = (keep or Path(folder)) / f"growth-{size}.db"
            last, newest = await made(file, size)
            disk[size] = file.stat().st_size / 1024 / size
            if analyser is not None:
                found[size] = await asked(file, last, newest, rounds, analyser)
            else:
                with ProcessPoolExecutor(1, get_context("spawn")) as process:
                    found[size] = process.submit(_asked, file, last, newest, rounds).result()
    return rows_of(found, disk, alone=analyser is None)


def rows_of(found: dict[int, dict[str, list[float]]], disk: dict[int, float], *, alone: bool) -> list[Row]:
    """Put the figures of all sizes into rows; memory only where the process did nothing else."""
    rows = []
    small, large = min(found), max(found)
    timed_ = [what for what in found[large] if what not in (READY, MEMORY)]
    for what in timed_:
        times = found[large][what]
        beside = f"p50 {number(at(times, 0.5))}"
        for size in sorted(found)[:-1]:
            beside += (
                f"; with {size:,} p50 {number(at(found[size][what], 0.5))}, p99 {number(at(found[size][what], 0.99))}"
            )
        # Checking and comparing call the worker, whose time is that of the analysis.
        rows.append(Row(f"{what}, {large:,} articles: p99", at(times, 0.99), "ms", beside, most=MOST_MS))
    growth = {what: at(found[large][what], 0.5) / at(found[small][what], 0.5) for what in timed_}
    most = max(growth, key=lambda what: growth[what])
    rows.append(
        Row(
            f"most growth of a p50, {large:,} beside {small:,}",
            growth[most],
            "times",
            most,
            most=FLOORS["most growth of a p50"] if alone else None,
        )
    )
    ready, little = found[large][READY][0], found[small][READY][0]
    rows.append(Row(f"start to ready, {large:,} articles", ready, "ms", f"with {small:,} {number(little)}", most=3000))
    if alone:
        beside = f"with {small:,} {number(found[small][MEMORY][0])}"
        rows.append(
            Row(f"memory of the main process, {large:,} articles", found[large][MEMORY][0], "MB", beside, most=120)
        )
    rows.append(
        Row(f"disk of an article, {large:,} articles", disk[large], "KB", f"with {small:,} {number(disk[small])}")
    )
    return rows


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--check", action="store_true", help="fail where a limit is missed")
    given = parser.parse_args()
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
    rows = asyncio.run(measure(given.sizes, min(MOST_ROUNDS, given.rounds), keep=given.keep))
    show(rows)
    return int(given.check and not all(row.kept for row in rows))


if __name__ == "__main__":
    sys.exit(main())
