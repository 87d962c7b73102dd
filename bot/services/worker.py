"""The analysis in processes of its own, so that the event loop never waits for it.

One slot holds one process: where a process dies or is killed for taking too long, only the call it ran is hit.
"""

import asyncio
import logging
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from bot.model import Article, Comparison, CorrobotError, Reading, SummarySentence
from bot.services import work
from bot.services.metrics import Metrics
from bot.services.work import Chart, Looked

if TYPE_CHECKING:
    from bot.ingest.fetch import Fetched
    from bot.summarizing.digest import Digest

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")
START_LIMIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How many seconds one call may take before its process is killed, and how many bytes a process may take."""

    extract: float = 20.0
    page: float = 10.0
    read: float = 120.0
    compare: float = 60.0
    summarize: float = 30.0
    chart: float = 60.0
    memory: int = work.MEMORY


@dataclass(frozen=True, slots=True)
class _Slot:
    executor: ProcessPoolExecutor
    pid: int

    def kill(self) -> None:
        """End the process at once, whatever it is doing, and wait until it is gone: some milliseconds."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        # What died in the middle of its answer leaves the executor's thread waiting for the rest of it, for ever, as
        # long as the other end of the pipe is open in this process too. There is no public way to close that one.
        if (answers := getattr(self.executor, "_result_queue", None)) is not None:
            answers._writer.close()
        self.executor.shutdown(wait=True, cancel_futures=True)


class Analyser:
    """Runs the analysis in `workers` processes; use as an async context manager.

    Processes start at the first call. A call whose process dies is run once more in a new one. Raises CorrobotError:
    those of the analysis itself, and `analysis` where it failed, took too long or killed its process twice.
    """

    def __init__(self, workers: int = 1, *, limits: Limits | None = None, metrics: Metrics | None = None) -> None:
        self._limits = limits or Limits()
        self._metrics = metrics or Metrics()
        self._slots: asyncio.Queue[_Slot | None] = asyncio.Queue()
        for _ in range(workers):
            self._slots.put_nowait(None)
        self._workers = workers
        self._alive: set[_Slot] = set()
        self._calls: set[asyncio.Task[object]] = set()
        self._ending: set[asyncio.Task[None]] = set()
        self._closed = False

    async def __aenter__(self) -> "Analyser":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """End the processes; calls under way fail."""
        self._closed = True
        for call in self._calls:
            call.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)
        for slot in tuple(self._alive):
            self._drop(slot)
        await asyncio.gather(*self._ending)

    def pids(self) -> tuple[int, ...]:
        """Return the ids of the processes that live."""
        return tuple(slot.pid for slot in self._alive)

    async def warm(self) -> None:
        """Load what every process needs now rather than at the first article."""
        await asyncio.gather(*(self._call(START_LIMIT_S, "warm", work.warm) for _ in range(self._workers)))

    async def article_from_bytes(
        self,
        id: str,
        name: str,
        data: bytes,
        *,
        url: str | None = None,
        outlet: str | None = None,
        published: str | None = None,
    ) -> Article:
        """Make an article of a file's bytes, its kind told by the suffix of its name."""
        return await self._call(
            self._limits.extract, name, work.article_from_bytes, id, name, data, url, outlet, published
        )

    async def page(
        self, id: str, name: str, fetched: "Fetched", *, outlet: str | None = None, published: str | None = None
    ) -> Article:
        """Make an article of a fetched page; `name` is the address as it was given."""
        return await self._call(self._limits.page, name, work.page, id, name, fetched, outlet, published)

    async def feed(self, url: str, fetched: "Fetched") -> Looked:
        """Read a fetched feed."""
        return await self._call(self._limits.page, url, work.feed, url, fetched)

    async def feeds_of_page(self, fetched: "Fetched") -> list[str]:
        """Return the feeds that a fetched page names."""
        return await self._call(self._limits.page, fetched.url, work.feeds_of_page, fetched)

    async def read(self, article: Article) -> Reading:
        """Read one article."""
        return await self._call(self._limits.read, article.input, work.read, article)

    async def compare(
        self, articles: Sequence[Article], readings: Sequence[Reading], letters: Sequence[tuple[str, str]] = ()
    ) -> Comparison:
        """Compare the articles of one story; the result's articles have no text."""
        return await self._call(
            self._limits.compare, "the story", work.compare, tuple(articles), tuple(readings), tuple(letters)
        )

    async def compare_packed(
        self, articles: Sequence[Article], readings: Sequence[Reading], letters: Sequence[tuple[str, str]], stamp: str
    ) -> str:
        """Compare the articles of one story; return the result as `packing.unpack` reads it."""
        return await self._call(
            self._limits.compare,
            "the story",
            work.compare_packed,
            tuple(articles),
            tuple(readings),
            tuple(letters),
            stamp,
        )

    async def check(
        self, stories: Sequence[tuple[Sequence[Article], Sequence[Reading], Sequence[tuple[str, str]]]], id: str
    ) -> list[Comparison]:
        """Compare the articles of each story; return only what involves the article `id`, without texts."""
        return await self._call(self._limits.compare, "the text", work.check, list(stories), id)

    async def summarize(
        self, articles: Sequence[Article], *, sentences: int | None = 3, words: int | None = None
    ) -> tuple[SummarySentence, ...]:
        """Summarize one article, or several as one story."""
        return await self._call(
            self._limits.summarize, "the summary", work.summarize, tuple(articles), sentences, words
        )

    async def digest(self, articles: Sequence[Article], comparison: Comparison) -> "Digest":
        """Tell a story in three parts: agreed, said by one, differing."""
        return await self._call(self._limits.summarize, "the summary", work.digest, tuple(articles), comparison)

    async def chart(self, comparison: Comparison, *, title: str | None = None, timeline: bool = False) -> Chart:
        """Draw the chart of a comparison, by outlets or by days."""
        return await self._call(self._limits.chart, "the chart", work.chart, comparison, title, timeline)

    async def nearest_story(self, article: Article, others: Sequence[tuple[int, Article]]) -> int | None:
        """Return the story that an article belongs to, of those that the others are in; None for a new one."""
        return await self._call(self._limits.compare, article.input, work.nearest_story, article, tuple(others))

    async def _call(self, limit: float, name: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a function in a process. A caller that is cancelled leaves; its call ends by itself."""
        if self._closed:
            raise CorrobotError("analysis", f"{name} was not analysed: the program is stopping", name)
        call = asyncio.create_task(self._run(limit, name, function, *args, **kwargs))
        self._calls.add(call)
        call.add_done_callback(self._forget)
        return await asyncio.shield(call)

    def _forget(self, call: asyncio.Task[object]) -> None:
        self._calls.discard(call)
        if not call.cancelled():
            call.exception()  # fetched here, for the caller may have left

    async def _run(self, limit: float, name: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a function in the next free process, and count how it went and how long it took with its wait."""
        began, outcome = perf_counter(), "failed"
        try:
            result = await self._in_slot(limit, name, function, *args, **kwargs)
            outcome = "done"
            return result
        except CorrobotError as error:
            outcome = "failed" if error.code == "analysis" else "refused"
            raise
        except asyncio.CancelledError:
            outcome = "stopped"
            raise
        finally:
            self._metrics.analyses.add(function.__name__, outcome)
            self._metrics.analysis_seconds.observe(perf_counter() - began, function.__name__)

    async def _in_slot(self, limit: float, name: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        slot = await self._slots.get()
        try:
            for attempt in (1, 2):
                slot = slot or await self._start()
                try:
                    running = slot.executor.submit(work.guarded, partial(function, *args, **kwargs))
                    return await asyncio.wait_for(asyncio.wrap_future(running), limit)
                except BrokenProcessPool:
                    log.warning("worker %d died while working on %s (attempt %d)", slot.pid, name, attempt)
                    self._lose(slot, "died")
                    slot = None
                except work.OutOfMemory:
                    log.warning("worker %d ran out of memory while working on %s and was replaced", slot.pid, name)
                    self._lose(slot, "memory")
                    slot = None
                    message = f"{name} needs too much memory to analyse; send the article's text alone"
                    raise CorrobotError("analysis", message, name) from None
                except TimeoutError:
                    log.warning("worker %d took over %g s for %s and was killed", slot.pid, limit, name)
                    self._lose(slot, "time")
                    slot = None
                    message = f"{name} takes too long to analyse (over {limit:g} s); send the article's text alone"
                    raise CorrobotError("analysis", message, name) from None
                except RuntimeError as error:
                    log.error("analysis of %s failed: %s", name, error)
                    message = f"{name} could not be analysed ({error}); please report this"
                    raise CorrobotError("analysis", message, name) from error
            raise CorrobotError("analysis", f"{name} could not be analysed: the analysis crashed twice on it", name)
        except asyncio.CancelledError:
            if slot is not None:
                self._drop(slot)
                slot = None
            raise
        finally:
            self._slots.put_nowait(slot)

    async def _start(self) -> _Slot:
        """Start a process; in a thread, for it takes some ten milliseconds and the loop must not wait."""
        try:
            slot = await asyncio.wait_for(asyncio.to_thread(_start, self._limits.memory), START_LIMIT_S)
        except (OSError, BrokenProcessPool, TimeoutError) as error:
            message = f"no analysis process could be started ({error or type(error).__name__}); is memory short?"
            raise CorrobotError("analysis", message) from error
        self._alive.add(slot)
        return slot

    def _lose(self, slot: _Slot, cause: str) -> None:
        """Count a process that must be replaced, and end it."""
        self._metrics.worker_restarts.add(cause)
        self._drop(slot)

    def _drop(self, slot: _Slot) -> None:
        self._alive.discard(slot)
        ending = asyncio.create_task(asyncio.to_thread(slot.kill))
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)


def _start(memory: int) -> _Slot:
    executor = ProcessPoolExecutor(1, get_context("spawn"), initializer=work.start, initargs=(memory,))
    try:
        return _Slot(executor, executor.submit(work.ready).result())
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise
