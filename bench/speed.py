"""Every figure of speed, memory and growth in one table: `python -m bench.speed [--quick | --short] [--check]`."""

import argparse
import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from bench import growth, path, stages
from bench.table import Row, show
from bot.services.worker import Analyser

# Making 100,000 articles takes five minutes; the stores are kept where built things are.
KEPT = Path(__file__).resolve().parents[1] / "build" / "growth"


def measure(quick: bool, short: bool) -> list[Row]:
    """Return all rows, each part measured in a process of its own; what is measured is said on standard error."""
    sizes = [1_000, 10_000] if short else [1_000, 10_000, 100_000]
    parts: list[tuple[str, Callable[[], list[Row]]]] = [("stages", partial(stages.measure, 8 if quick else 40))]
    if quick:
        parts.append(("the whole path and growth", _quick))
    else:
        parts.append(("the whole path", partial(_path, 60)))
        parts.append(("growth", partial(_growth, sizes, 100)))
    rows: list[Row] = []
    for name, part in parts:
        print(f"measuring {name}", file=sys.stderr, flush=True)
        with ProcessPoolExecutor(1, get_context("spawn")) as process:
            rows += process.submit(part).result()
    return rows


def _path(most: int) -> list[Row]:
    return asyncio.run(path.measure(most))


def _quick() -> list[Row]:
    """Measure path and growth with one worker, for loading one takes longer than what it does here."""

    async def both() -> list[Row]:
        async with Analyser() as analyser:
            return await path.measure(8, analyser) + await growth.measure([300, 600], 5, analyser=analyser)

    return asyncio.run(both())


def _growth(sizes: list[int], rounds: int) -> list[Row]:
    KEPT.mkdir(parents=True, exist_ok=True)
    return asyncio.run(growth.measure(sizes, rounds, keep=KEPT))


def main() -> int:
    """Print the table; with --check the exit status tells whether a limit was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="a few articles, under 50 seconds")
    size.add_argument("--short", action="store_true", help="no store of 100,000 articles")
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    rows = measure(given.quick, given.short)
    show(rows)
    return int(given.check and not all(row.kept for row in rows))


if __name__ == "__main__":
    sys.exit(main())
