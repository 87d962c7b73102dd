"""The way of an accepted article: read, put into a story, compared. A queue in the store survives a crash."""

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta

from bot.model import CorrobotError, Reading, StoredArticle
from bot.services.desk import Clock, Desk, stamp_of
from bot.services.logs import about
from bot.services.metrics import Metrics
from bot.services.settling import STORE_RETRY, End, Settling
from bot.services.worker import Analyser
from bot.store import Job, Store, StoreError

log = logging.getLogger(__name__)
KIND = "analyse"
# Somebody waits for it: due before everything that waits since the last start.
AT_ONCE = "1970-01-01T00:00:00+00:00"
RETRY = timedelta(minutes=5)
# Among so many additions what was not queued is looked for before the start is over, among all others soon after.
NEWEST = 1_000
# Jobs that ended, or were given up, are forgotten after so long.
KEPT = timedelta(days=30)
# So soon, and then ever more seldom, who waits looks whether another process has done the work: with hundreds waiting
# it was a third of a core.
POLL_S, MOST_POLL_S = 1.0, 15.0
# So often a running bot looks for what waits: retries that are due, jobs of other processes, a store that works again.
TEND_S = 15.0
STOPPING = "The bot is stopping. What was stored is read at the next start."


class Pipeline:
    """Works off the queue of articles, a few at a time. `close` leaves what is under way to the next start."""

    def __init__(
        self,
        store: Store,
        analyser: Analyser,
        desk: Desk,
        clock: Clock,
        *,
        runners: int = 2,
        tend_s: float = TEND_S,
        metrics: Metrics | None = None,
    ) -> None:
        self._store = store
        self._analyser = analyser
        self._desk = desk
        self._clock = clock
        self._most = runners
        self._runners: set[asyncio.Task[None]] = set()
        # While jobs wait that an earlier process left running, one runner works, so that each of them runs alone.
        self._careful = False
        self._waiting: dict[int, list[asyncio.Future[None]]] = {}
        self._settling = Settling(store, clock)
        self._tend_s = tend_s
        self._tending: asyncio.Task[None] | None = None
        self._closed = False
        self._metrics = metrics or Metrics()

    async def analyse(self, server: str, number: int) -> None:
        """Have an article read, placed and compared, and wait for it. Raises CorrobotError."""
        key = await self._enqueue(server, number, AT_ONCE)
        if self._closed:
            raise CorrobotError("analysis", STOPPING)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(key, []).append(done)
        patience = POLL_S
        try:
            while not done.done():
                self.kick()
                await asyncio.wait([done], timeout=patience)
                patience = min(2 * patience, MOST_POLL_S)
                # Another process on the same store may have taken the job.
                job = None if done.done() else await self._store.jobs.get(key)
                if job is not None and job.state in ("done", "dead") and not done.done():
                    done.set_result(None)
            done.result()
        finally:
            self._waiting[key].remove(done)
            if not self._waiting[key]:
                del self._waiting[key]

    async def resume(self) -> int:
        """Take up, at the start, what a stopped process left, and from then on what comes due; return how many wait.

        What it stored and had not queued yet counts as well.
        """
        await self._store.jobs.requeue_running(self._now())
        await self._store.jobs.nobody_waits(KIND, AT_ONCE, self._now())
        await self._store.jobs.prune(stamp_of(self._clock() - KEPT))
        await self._queue_unfinished(NEWEST)
        await self._is_careful()
        waiting = (await self._store.jobs.counts())["queued"]
        self.kick()
        if self._tending is None:
            self._tending = asyncio.create_task(self._tend())
        return waiting

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        while self._runners:
            await asyncio.wait(self._runners)

    async def close(self) -> None:
        """Stop; jobs under way are taken up at the next start, and who waits for them is cancelled."""
        # From here on no job may be claimed: without processes it would fail, and be given up after some restarts.
        self._closed = True
        if self._tending is not None:
            self._tending.cancel()
            await asyncio.gather(self._tending, return_exceptions=True)
        for runner in self._runners:
            runner.cancel()
        await asyncio.gather(*self._runners, return_exceptions=True)
        for waiting in [one for many in self._waiting.values() for one in many]:
            waiting.cancel()

    def kick(self) -> None:
        """Work off the queue in the background."""
        if len(self._runners) < (1 if self._careful else self._most) and not self._closed:
            runner = asyncio.create_task(self._run())
            self._runners.add(runner)
            runner.add_done_callback(self._runners.discard)

    async def _enqueue(self, server: str, number: int, due: str | None = None) -> int:
        values = {"server": server, "number": number}
        return await self._store.jobs.enqueue(
            KIND, values, now=self._now(), not_before=due, server=server, name=f"{server}:{number}"
        )

    async def _queue_unfinished(self, newest: int | None = None) -> None:
        found = await self._store.jobs.unfinished(KIND, newest=newest)
        for server, number in found:
            await self._enqueue(server, number)
        if found:
            log.info("%d articles had been stored and not queued", len(found))

    async def _tend(self) -> None:
        # Those further back as well, but nobody waits for them at the start.
        try:
            await self._queue_unfinished()
        except StoreError as error:
            log.error("what waits for nothing was not looked for: %s", error.message)
        while True:
            await asyncio.sleep(self._tend_s)
            self.kick()

    async def _run(self) -> None:
        try:
            await self._settling.pay()
            if self._careful and await self._is_careful():
                # Loading takes longer than most articles, and no article is to blame for a blow that falls in it.
                with suppress(CorrobotError):
                    await self._analyser.warm()
            while (job := await self._store.jobs.claim(self._now(), kind=KIND)) is not None:
                with about(job=job.key, server=str(job.payload["server"]), article=int(job.payload["number"])):
                    await self._work(job)
                if self._careful and not await self._is_careful():
                    self.kick()
        except StoreError as error:
            log.error("the queue stands still: %s", error.message)
            for key in list(self._waiting):
                self._answer(key, error)

    async def _is_careful(self) -> bool:
        self._careful = await self._store.jobs.interrupted(KIND) > 0
        return self._careful

    async def _work(self, job: Job) -> None:
        failed: CorrobotError | None = None
        try:
            await self._article(str(job.payload["server"]), int(job.payload["number"]))
        except asyncio.CancelledError:
            # A stop in good order: the job waits as though it had not been claimed.
            with suppress(StoreError):
                await self._store.jobs.put_back(job.key, "the bot stopped", self._now(), retry_at=job.not_before)
            raise
        except CorrobotError as error:
            failed = error
        except Exception as error:
            log.exception("the analysis failed")
            failed = CorrobotError("analysis", f"The analysis failed ({type(error).__name__}); please report this.")
        if failed is not None:
            self._metrics.failures.add(failed.code)
            log.warning("not analysed: %s", failed.code)
        else:
            log.info("analysed")
        self._answer(job.key, failed)
        await self._settling.settle(job, End(failed, STORE_RETRY if isinstance(failed, StoreError) else RETRY))

    def _answer(self, key: int, error: CorrobotError | None) -> None:
        for waiting in self._waiting.get(key, ()):
            if waiting.done():
                continue
            if error is None:
                waiting.set_result(None)
            else:
                waiting.set_exception(error)

    async def _article(self, server: str, number: int) -> None:
        stored = await self._store.articles.get(server, number)
        if stored is None:
            return
        await self._read(server, stored)
        story = await self._desk.place(server, stored)
        await self._desk.comparison(server, story.number)

    async def _read(self, server: str, stored: StoredArticle) -> None:
        """Read an article unless it is read; again where its text was replaced meanwhile."""
        for _ in range(3):
            if await self._store.articles.reading(stored.key) is not None:
                return
            article = stored.article
            # Words of another language give no figures; an empty reading says that this was seen to.
            reading = Reading(article.id, (), (), ())
            if article.language == "en":
                reading = await self._analyser.read(article)
            if await self._store.articles.save_reading(stored.key, reading, text=article.text):
                return
            again = await self._store.articles.get(server, stored.number)
            if again is None:
                return
            stored = again

    def _now(self) -> str:
        return stamp_of(self._clock())
