"""Memory over many articles: `python -m bench.flat [--articles 20000]`.

Short made-up reports go through the services of the bot, eight at a time and no faster than it can, on one worker that
is never put down. Printed ten times: resident memory of the main process (this one) and of the worker, and the store.
The exit status is 1 where, after the first fifth (caches fill), either grows by more than its share of the limit.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from bench.path import resident_mb
from bench.soak import Soak

AT_ONCE = 8
MOST_MAIN_MB, MOST_WORKER_MB = 120.0, 400.0
# What may be added from the first fifth to the end.
MOST_GROWTH_MB = 15.0


async def grow(articles: int) -> int:
    """Store so many articles and return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        run = Soak(Path(folder), 0.0, workers=1)
        await run.start()
        began, step, sizes = perf_counter(), max(1, articles // 10), list[tuple[float, float]]()
        free = asyncio.Semaphore(AT_ONCE)

        async def one() -> None:
            async with free:
                await run.add()

        for n in range(1, 11):
            await asyncio.gather(*(one() for _ in range(step)))
            assert run.services is not None
            sizes.append((resident_mb("self"), max(map(resident_mb, run.services.analyser.pids()), default=0.0)))
            print(f"{perf_counter() - began:6.0f} s  {n * step:6} articles  {await run.told()}", flush=True)
        await run.stop()
    grown = [max(s[k] for s in sizes[2:]) - sizes[1][k] for k in (0, 1)]
    print(f"grown after the first fifth: main {grown[0]:.1f} MB, worker {grown[1]:.1f} MB (limit {MOST_GROWTH_MB:.0f})")
    most = max(s[0] for s in sizes) <= MOST_MAIN_MB and max(s[1] for s in sizes) <= MOST_WORKER_MB
    return int(not (most and max(grown) <= MOST_GROWTH_MB))


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    logging.disable(logging.ERROR)
    return asyncio.run(grow(parser.parse_args().articles))


if __name__ == "__main__":
    sys.exit(main())
