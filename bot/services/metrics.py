"""What the bot counts of itself, as Prometheus reads it, served on loopback beside `/healthz`.

No label holds anything that people wrote: the values are kinds of work, names of commands and causes.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from time import perf_counter
from typing import TYPE_CHECKING

from bot.model import CorrobotError

if TYPE_CHECKING:
    from aiohttp import web

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)
HOST = "127.0.0.1"
TYPE = "text/plain; version=0.0.4"
TICK_S = 0.05
PATIENCE_S = 5.0
Gauges = Callable[[], Awaitable[Mapping[str, float]]]


class Counter:
    """A number that only grows, one for each set of label values."""

    def __init__(self, name: str, about: str, *labels: str) -> None:
        self.name, self.about, self.labels = name, about, labels
        self.values: dict[tuple[str, ...], float] = {} if labels else {(): 0.0}

    def add(self, *values: str, by: float = 1.0) -> None:
        """Count one more, or `by` more."""
        self.values[values] = self.values.get(values, 0.0) + by

    def lines(self) -> list[str]:
        """Return the lines that Prometheus reads."""
        found = [f"{self.name}{_labels(self.labels, v)} {_number(n)}" for v, n in sorted(self.values.items())]
        return [f"# HELP {self.name} {self.about}", f"# TYPE {self.name} counter", *found]


class Histogram:
    """How long something took, in seconds, one distribution for each set of label values."""

    def __init__(self, name: str, about: str, *labels: str) -> None:
        self.name, self.about, self.labels = name, about, labels
        self._counts: dict[tuple[str, ...], list[int]] = {}
        self._sums: dict[tuple[str, ...], float] = {}

    def observe(self, seconds: float, *values: str) -> None:
        """Take one duration."""
        counts = self._counts.setdefault(values, [0] * (len(BUCKETS) + 1))
        counts[next((n for n, most in enumerate(BUCKETS) if seconds <= most), len(BUCKETS))] += 1
        self._sums[values] = self._sums.get(values, 0.0) + seconds

    def lines(self) -> list[str]:
        """Return the lines that Prometheus reads."""
        found = [f"# HELP {self.name} {self.about}", f"# TYPE {self.name} histogram"]
        for values, counts in sorted(self._counts.items()):
            seen = 0
            for most, count in zip((*map(_number, BUCKETS), "+Inf"), counts, strict=True):
                seen += count
                found.append(f"{self.name}_bucket{_labels((*self.labels, 'le'), (*values, most))} {seen}")
            told = _labels(self.labels, values)
            found += [f"{self.name}_sum{told} {_number(self._sums[values])}", f"{self.name}_count{told} {seen}"]
        return found


class Metrics:
    """Everything that is counted; made once by the composition root and handed to who counts."""

    def __init__(self) -> None:
        self.articles = Counter("corrobot_articles_total", "Articles that people and feeds gave.", "outcome")
        self.analyses = Counter("corrobot_analyses_total", "Calls of the analysis.", "work", "outcome")
        self.failures = Counter("corrobot_job_failures_total", "Failed attempts at a waiting job.", "cause")
        self.worker_restarts = Counter("corrobot_worker_restarts_total", "Processes that were replaced.", "cause")
        self.feed_polls = Counter("corrobot_feed_polls_total", "Feeds that were asked.", "outcome")
        self.analysis_seconds = Histogram(
            "corrobot_analysis_seconds", "Seconds of a call of the analysis with its wait for a process.", "work"
        )
        self.command_seconds = Histogram(
            "corrobot_command_seconds", "Seconds from a command to the end of its work.", "command", "outcome"
        )
        self.loop_lag = Histogram("corrobot_loop_lag_seconds", "Seconds that the event loop came back too late.")

    async def watch_loop(self) -> None:
        """Note how late the event loop comes back, until cancelled."""
        while True:
            before = perf_counter()
            await asyncio.sleep(TICK_S)
            self.loop_lag.observe(max(0.0, perf_counter() - before - TICK_S))

    def text(self, gauges: Mapping[str, float]) -> str:
        """Return all of it with these gauges, by name with labels."""
        counted = (self.articles, self.analyses, self.failures, self.worker_restarts, self.feed_polls)
        timed = (self.analysis_seconds, self.command_seconds, self.loop_lag)
        lines = [line for one in (*counted, *timed) for line in one.lines()]
        told = ""
        for name, value in gauges.items():
            if (bare := name.partition("{")[0]) != told:
                lines.append(f"# TYPE {bare} gauge")
                told = bare
            lines.append(f"{name} {_number(value)}")
        return "\n".join(lines) + "\n"


@asynccontextmanager
async def serving(port: int | None, metrics: Metrics, gauges: Gauges) -> AsyncIterator[None]:
    """Serve `/metrics` and `/healthz` on loopback until the end of the block; with no port, nothing.

    `gauges` asks the store; where it fails, `/healthz` answers 503 and `/metrics` leaves them out. Raises CorrobotError
    (usage) where the port is taken.
    """
    if port is None:
        yield
        return
    from aiohttp import web

    async def ask() -> Mapping[str, float]:
        return await asyncio.wait_for(gauges(), PATIENCE_S)

    async def numbers(_: "web.Request") -> "web.Response":
        try:
            found = await ask()
        except (CorrobotError, TimeoutError):
            found = {}
        return web.Response(text=metrics.text(found), headers={"Content-Type": TYPE})

    async def health(_: "web.Request") -> "web.Response":
        try:
            await ask()
        except (CorrobotError, TimeoutError) as error:
            told = {"ok": False, "problem": "the store does not answer" if isinstance(error, TimeoutError) else "store"}
            return web.Response(status=503, text=json.dumps(told), content_type="application/json")
        return web.Response(text=json.dumps({"ok": True}), content_type="application/json")

    app = web.Application()
    app.add_routes([web.get("/metrics", numbers), web.get("/healthz", health)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    watching = asyncio.create_task(metrics.watch_loop())
    try:
        try:
            await web.TCPSite(runner, HOST, port).start()
        except OSError as error:
            message = f"CORROBOT_METRICS_PORT {port} cannot be used ({error.strerror}); choose a free one"
            raise CorrobotError("usage", message, str(port)) from error
        yield
    finally:
        watching.cancel()
        await runner.cleanup()


def _labels(names: tuple[str, ...], values: tuple[str, ...]) -> str:
    if not names:
        return ""
    quoted = (v.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") for v in values)
    return "{" + ",".join(f'{n}="{v}"' for n, v in zip(names, quoted, strict=True)) + "}"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.6g}"
