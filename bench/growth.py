"""What people wait for in a large store: `python -m bench.growth [--sizes 1000 10000]`.

A store is filled with the made-up reports of bench.growth_stories, each with three figures in place of a reading, and
compare, check, figures and autocomplete are timed in the service. A comparison is timed twice: made anew, as after a new
article, and as kept.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, cast

from bench.growth_stories import SERVER, Event, Press, fill
from bench.table import Row, at, number, show
from bot.app import build
from bot.model import Figure, Reading
from bot.services.all import Services
from bot.settings import Settings
from bot.store import Store, readings
from cogs import finding

if TYPE_CHECKING:
    from bot.store.database import Handle

MOST_MS = 150.0
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


async def probe(services: Services, events: list[Event], rounds: int) -> dict[str, list[float]]:
    """Time what people ask for."""
    coverage, last = services.coverage, len(events)
    await services.coverage.warm()

    def words(n: int) -> str:
        names, telling = events[last - 1 - n]
        return f"{names[0]} {telling[0]}"

    return {
        "compare, made anew": await timed(lambda n: coverage.compare(SERVER, last - n), rounds),
        "compare, as kept": await timed(lambda n: coverage.compare(SERVER, last - n), rounds),
        "check": await timed(lambda n: coverage.check(SERVER, f"In {words(n)}, {n + 20} people were killed."), rounds),
        "figures": await timed(lambda n: coverage.figures(SERVER, NOUNS[n % len(NOUNS)]), rounds),
        "autocomplete of stories": await timed(lambda n: finding.stories(services, SERVER, words(n)), rounds),
        "autocomplete of articles": await timed(lambda n: finding.articles(services, SERVER, events[last - 1 - n][0][0]), rounds),
        "search": await timed(lambda n: coverage.search(SERVER, words(n)), rounds),
    }  # fmt: skip


async def measure(sizes: list[int], rounds: int = 30) -> list[Row]:
    """Return the rows: each figure at the largest size, beside the smallest."""
    found: dict[int, dict[str, list[float]]] = {}
    disk: dict[int, float] = {}
    for size in sizes:
        press, events = Press(7), list[Event]()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "growth.db"
            async with await Store.open(file) as store:
                await fill(store, press, events, size)
                await read_all(store, size)
            disk[size] = file.stat().st_size / 1024 / size
            before = perf_counter()
            async with build(Settings.model_construct(database_url=f"sqlite:///{file}")) as services:
                opened = (perf_counter() - before) * 1000
                found[size] = await probe(services, events, rounds) | {"open the store": [opened]}
    rows = []
    small, large = sizes[0], sizes[-1]
    for what, times in found[large].items():
        beside = f"p50 {number(at(times, 0.5))}; with {small:,} p50 {number(at(found[small][what], 0.5))}"
        beside += f", p99 {number(at(found[small][what], 0.99))} ms"
        # Checking and comparing call the worker, whose time is that of the analysis.
        rows.append(Row(f"{what}, {large:,} articles: p99", at(times, 0.99), "ms", beside, most=MOST_MS))
    rows.append(
        Row(f"disk of an article, {large:,} articles", disk[large], "KB", f"with {small:,} {number(disk[small])}")
    )
    return rows


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs=2, default=[1_000, 10_000])
    show(asyncio.run(measure(cast("list[int]", parser.parse_args().sizes))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
