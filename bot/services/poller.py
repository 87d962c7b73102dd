"""Ask feeds when they are due and work off what they gave: one loop that sleeps until there is something to do."""

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta

from bot.model import CorrobotError
from bot.services.desk import Clock, stamp_of
from bot.services.feeds import KIND, Answer, Feeds
from bot.services.settling import End, Settling
from bot.store import Job, Store, StoreError

log = logging.getLogger(__name__)
# Another process may register a feed meanwhile, and failed entries come due again: look so often at least.
LONGEST_SLEEP_S = 60.0
RETRY = timedelta(minutes=10)
# What another try will not change.
FINAL = frozenset(
    {"refused_address", "unsupported", "not_an_article", "too_large", "empty", "binary", "bad_encoding", "usage"}
)


class Poller:
    """Runs until it is cancelled; `close` leaves what is under way to the next start. `runners` entries at a time."""

    def __init__(self, store: Store, feeds: Feeds, clock: Clock, *, runners: int = 2) -> None:
        self._store = store
        self._feeds = feeds
        self._clock = clock
        self._most = runners
        self._runners: set[asyncio.Task[None]] = set()
        self._poked = asyncio.Event()
        self._settling = Settling(store, clock)

    async def run(self) -> None:
        """Ask and work until cancelled; a failing store is logged and tried again."""
        try:
            while True:
                wait = LONGEST_SLEEP_S
                try:
                    self._kick()
                    if await self._feeds.ask_due():
                        continue
                    wait = await self._until_due()
                except StoreError as error:
                    log.error("feeds are not asked: %s", error.message)
                except Exception:
                    log.exception("feeds are not asked")
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._poked.wait(), wait)
                self._poked.clear()
        finally:
            await self.close()

    async def once(self, server: str | None = None) -> list[Answer]:
        """Ask every feed that is due and work off the entries, then stop; give what the feeds answered."""
        answers: list[Answer] = []
        while more := await self._feeds.ask_due(server):
            answers += more
        self._kick()
        while self._runners:
            await asyncio.wait(self._runners)
        return answers

    def poke(self) -> None:
        """Look now: a feed was registered."""
        self._poked.set()

    async def close(self) -> None:
        """Stop the work on entries; what was under way is taken up at the next start."""
        for runner in self._runners:
            runner.cancel()
        await asyncio.gather(*self._runners, return_exceptions=True)

    async def _until_due(self) -> float:
        due = await self._feeds.next_due()
        if due is None:
            return LONGEST_SLEEP_S
        # Due times are whole seconds; never less than one, so that no rounding makes the loop spin.
        return min(LONGEST_SLEEP_S, max(1.0, (due - self._clock()).total_seconds()))

    def _kick(self) -> None:
        while len(self._runners) < self._most:
            runner = asyncio.create_task(self._work())
            self._runners.add(runner)
            runner.add_done_callback(self._runners.discard)

    async def _work(self) -> None:
        try:
            await self._settling.pay()
            while (job := await self._store.jobs.claim(stamp_of(self._clock()), kind=KIND, fair=True)) is not None:
                await self._entry(job)
        except StoreError as error:
            log.error("entries of feeds wait: %s", error.message)

    async def _entry(self, job: Job) -> None:
        end = End()
        try:
            await self._feeds.take(str(job.server), job.payload)
        except CorrobotError as error:
            log.info("entry %s: %s", job.payload.get("url"), error.message)
            wait = max(_wait(job), timedelta(seconds=getattr(error, "seconds", None) or 0))
            end = End(error, wait, final=error.code in FINAL)
        except Exception as error:
            log.exception("entry %s failed", job.payload.get("url"))
            end = End(CorrobotError("analysis", f"{type(error).__name__}: {error}"), _wait(job))
        await self._settling.settle(job, end)


def _wait(job: Job) -> timedelta:
    return RETRY * int(3 ** (job.attempts - 1))
