"""Poll 100 feeds with 1,000 entries in three lives of a bot: `python -m bench.feeds [--feeds 100] [--check]`, minutes.

A server in a process of its own shows ten entries a feed: four at first, three more in each further life. The first two
lives end in the middle of their work. Printed: entries lost and taken twice, entries a second, and how much later than
asked the event loop came back, beside an idle loop in the same run. What is politeness towards one host (a pause of a
second) is left out, for here one machine stands for a hundred.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import PIPE

from bench.loop import Watch
from bench.table import Row, at, show
from bot.ingest.fetch import Fetcher, FetchSettings
from bot.services.coverage import Coverage
from bot.services.feeds import KIND, Feeds
from bot.services.poller import Poller
from bot.services.sources import Sources
from bot.services.worker import Analyser
from bot.store import Store
from tests.services.newsstand import stand

SERVER = "bench"
SHOWN = (4, 7, 10)
MOST_LATE_MS = 50.0
LIFE_S = 1_200.0


class Time:
    """The time, which can be put forward: a feed is due again after hours."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


async def serve() -> None:
    """Serve feeds; each line of standard input says how many there are and how many entries each shows now."""
    async with stand() as site:
        print(site.base, flush=True)
        shown = 0
        while line := await asyncio.to_thread(sys.stdin.readline):
            feeds, now = map(int, line.split())
            for n in range(feeds):
                site.fill(f"/feed/{n}", range(n * SHOWN[-1] + shown, n * SHOWN[-1] + now))
            shown = now
            print("shown", flush=True)


@asynccontextmanager
async def server() -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the server in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.feeds", "--serve"), stdin=PIPE, stdout=PIPE
    )
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


async def say(process: asyncio.subprocess.Process, line: str) -> str:
    """Tell the server something, and give what it answers."""
    assert process.stdin is not None and process.stdout is not None
    if line:
        process.stdin.write(f"{line}\n".encode())
        await process.stdin.drain()
    return (await process.stdout.readline()).decode().strip()


async def live(store: Store, clock: Time, base: str, *, feeds: int, until: int, watch: Watch) -> int:
    """Live once: register the feeds if there are none, poll until so many articles are stored, and stop."""
    settings = FetchSettings(allow_hosts=frozenset({base.removeprefix("http://")}), host_delay=0.0)
    async with Analyser(1) as analyser, Fetcher(settings, clock=time.monotonic) as fetcher:
        await analyser.warm()
        coverage = Coverage(store, analyser, fetcher, clock)
        polling = Feeds(store, analyser, fetcher, coverage, clock, lambda: 0.5)
        if not await polling.list(SERVER):
            for n in range(feeds):
                source = await Sources(store).add(SERVER, f"Outlet {n}")
                await polling.put(SERVER, source.number, f"{base}/feed/{n}")
        watching = asyncio.create_task(watch.run())
        await coverage.resume()
        running = asyncio.create_task(Poller(store, polling, clock).run())
        async with asyncio.timeout(LIFE_S):
            while (stored := await count(store)) < until:  # noqa: ASYNC110
                await asyncio.sleep(0.2)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await coverage.close()
        watching.cancel()
    return stored


async def count(store: Store) -> int:
    """Return how many articles there are."""
    rows = await store.database.rows("SELECT count(*) AS n FROM visibility WHERE removed_at IS NULL")
    return int(rows[0]["n"])


async def measure(feeds: int) -> list[Row]:
    """Run all lives and return what came out."""
    idle, busy, clock = Watch(), Watch(), Time()
    watching = asyncio.create_task(idle.run())
    await asyncio.sleep(5)
    watching.cancel()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        async with server() as process:
            base = await say(process, "")
            for shown in SHOWN:
                await say(process, f"{feeds} {shown}")
                async with await Store.open(Path(folder) / "feeds.db") as store:
                    end = feeds * shown if shown == SHOWN[-1] else await count(store) + feeds * 2
                    stored = await live(store, clock, base, feeds=feeds, until=end, watch=busy)
                print(f"life with {shown} entries a feed: ended at {stored} articles", flush=True)
                clock.ahead += timedelta(hours=5)
        seconds = time.perf_counter() - began
        async with await Store.open(Path(folder) / "feeds.db") as store:
            rows = await store.database.rows(
                "SELECT a.url FROM visibility v JOIN articles a ON a.key = v.article_key WHERE v.removed_at IS NULL"
            )
            given_up = len(await store.jobs.given_up(KIND))
            faults = await store.integrity()
    urls = Counter(str(row["url"]) for row in rows)
    late = f"{at(idle.late, 0.999) * 1000:.1f} ms idle"
    return [
        Row(f"entries of {feeds} feeds lost", float(feeds * SHOWN[-1] - len(urls)), "", "", 0.0),
        Row("taken twice", float(sum(urls.values()) - len(urls)), "", "", 0.0),
        Row("given up; faults of the store", float(given_up + len(faults)), "", "", 0.0),
        Row("entries a second, fetched, read and compared", len(rows) / seconds, "/s"),
        Row("event loop late, p99.9", at(busy.late, 0.999) * 1000, "ms", late, MOST_LATE_MS),
        Row("event loop late, most", max(busy.late) * 1000, "ms", f"{max(idle.late) * 1000:.1f} ms idle"),
    ]


def main() -> int:
    """Measure and print; with --check the exit status tells whether a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=100)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        asyncio.run(serve())
        return 0
    logging.disable(logging.WARNING)
    rows = asyncio.run(measure(given.feeds))
    show(rows)
    return int(given.check and not all(row.kept for row in rows))


if __name__ == "__main__":
    sys.exit(main())
