"""How a claimed job ends, also where the store fails at that very moment: what could not be written is owed."""

from dataclasses import dataclass
from datetime import timedelta

from bot.model import CorrobotError
from bot.services.desk import Clock, stamp_of
from bot.store import Job, Store, StoreError

# The store is looked at again so soon.
STORE_RETRY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class End:
    """What became of a job: done where `error` is None; else tried again after `wait`, unless that is `final`."""

    error: CorrobotError | None = None
    wait: timedelta = STORE_RETRY
    final: bool = False


class Settling:
    """Writes down how jobs ended. What the store refuses is kept and written by `pay`."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._owed: dict[int, End] = {}

    async def settle(self, job: Job, end: End) -> None:
        """Write the end of a job. Raises StoreError, and remembers the end, where that fails."""
        try:
            await self._write(job.key, end, end.wait)
        except StoreError:
            self._owed[job.key] = end
            raise

    async def pay(self) -> None:
        """Write what is owed. Raises StoreError where the store still fails."""
        for key, end in list(self._owed.items()):
            # What waited for the store need not wait any longer.
            await self._write(key, end, timedelta(0) if _of_the_store(end) else end.wait)
            self._owed.pop(key, None)

    async def _write(self, key: int, end: End, wait: timedelta) -> None:
        now, again = stamp_of(self._clock()), stamp_of(self._clock() + wait)
        if end.error is None:
            await self._store.jobs.done(key, now)
        elif _of_the_store(end):
            # No fault of the work: it is not counted as an attempt.
            await self._store.jobs.put_back(key, end.error.message, now, retry_at=again)
        else:
            await self._store.jobs.fail(key, end.error.message, now, retry_at=again, final=end.final)


def _of_the_store(end: End) -> bool:
    return isinstance(end.error, StoreError) and end.error.code == "store"
