"""Measure how long the event loop stands still while articles are analysed, beside an idle loop in the same run.

    python bench/loop.py [--articles 40] [FOLDER]

FOLDER (default $CORROBOT_EVAL_DATA/clusters/annotated, else ../shared/clusters/annotated) is searched for *.txt.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bot.app import build
from bot.model import CorrobotError
from bot.settings import Settings

TICK = 0.001


class Watch:
    """Notes how much later than asked the loop comes back, again and again."""

    def __init__(self) -> None:
        self.late: list[float] = []

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            self.late.append(time.perf_counter() - before - TICK)

    def told(self) -> str:
        """Return the percentiles in milliseconds."""
        late = sorted(self.late)
        at = {name: late[min(len(late) - 1, int(share * len(late)))] * 1000 for name, share in SHARES.items()}
        return "  ".join(f"{name} {value:.1f} ms" for name, value in at.items()) + f"  ({len(late)} ticks)"


SHARES = {"p50": 0.5, "p99": 0.99, "p99.9": 0.999, "max": 1.0}


async def watched(seconds: float | None, files: Sequence[Path], store: Path) -> tuple[Watch, float, int]:
    """Watch an idle loop for some seconds, or a loop that adds the files."""
    watch = Watch()
    settings = Settings.model_construct(database_url=f"sqlite:///{store}")
    added = 0
    async with build(settings) as services:
        if seconds is None:
            await services.analyser.warm()
        watching = asyncio.create_task(watch.run())
        started = time.perf_counter()
        if seconds is not None:
            await asyncio.sleep(seconds)
        else:
            for file in files:
                data = await asyncio.to_thread(file.read_bytes)
                try:
                    await services.coverage.add_file("bench", file.name, data)
                    added += 1
                except CorrobotError as error:
                    print(f"{file}: {error.message}", file=sys.stderr)
        taken = time.perf_counter() - started
        watching.cancel()
    return watch, taken, added


def main() -> int:
    """Print both measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    shared = Path(os.environ.get("CORROBOT_EVAL_DATA", "../shared"))
    parser.add_argument("folder", type=Path, nargs="?", default=shared / "clusters" / "annotated")
    parser.add_argument("--articles", type=int, default=40)
    given = parser.parse_args()
    files = sorted(given.folder.rglob("*.txt"))[: given.articles]
    if not files:
        print(f"no articles in {given.folder}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        idle, _, _ = asyncio.run(watched(5.0, [], Path(folder) / "idle.db"))
        busy, taken, added = asyncio.run(watched(None, files, Path(folder) / "busy.db"))
    print(f"idle loop:  {idle.told()}")
    print(f"busy loop:  {busy.told()}")
    print(f"{added} articles in {taken:.1f} s, {taken / max(1, added):.2f} s each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
