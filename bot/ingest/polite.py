"""Politeness towards hosts: one connection and a pause each, robots.txt, and waiting when asked to wait."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from protego import Protego

from bot.model import CorrobotError

_HOSTS_KEPT = 1_000
# Nobody is left alone for longer than a day because of one answer.
_LONGEST_HOLD = 86_400.0


class AskedToWait(CorrobotError):
    """A host that asks to come back later; `seconds` says when."""

    def __init__(self, code: str, message: str, input: str = "", seconds: float = 0.0) -> None:
        super().__init__(code, message, input)
        self.seconds = seconds

    def __reduce__(self) -> tuple[type["CorrobotError"], tuple[object, ...]]:  # type: ignore[override]
        """Cross the border of a process whole."""
        return type(self), (self.code, self.message, self.input, self.seconds)


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    held_until: float = 0.0
    waiting: int = 0


class Queues:
    """Let one request at a time at each host, with a pause between them. Times are seconds of the given clock."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    @asynccontextmanager
    async def turn(self, host: str, delay: float) -> AsyncIterator[None]:
        """Wait for the host to be free, hold it, and keep it for `delay` seconds after."""
        state = self._hosts.setdefault(host, _Host())
        self._hosts.move_to_end(host)
        state.waiting += 1
        try:
            async with state.lock:
                if (wait := state.free_at - self._clock()) > 0:
                    await self._sleep(wait)
                try:
                    yield
                finally:
                    state.free_at = self._clock() + delay
        finally:
            state.waiting -= 1
            self._forget()

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for as long as it asked for."""
        state = self._hosts.setdefault(host, _Host())
        state.held_until = max(state.held_until, self._clock() + min(seconds, _LONGEST_HOLD))

    def held(self, host: str) -> float:
        """Return for how many seconds more a host asked to be left alone."""
        state = self._hosts.get(host)
        return max(0.0, state.held_until - self._clock()) if state else 0.0

    def _forget(self) -> None:
        # The oldest idle hosts go, so that a long-running bot does not remember every host it ever saw.
        now = self._clock()
        while len(self._hosts) > _HOSTS_KEPT:
            name, state = next(iter(self._hosts.items()))
            if state.waiting or max(state.free_at, state.held_until) > now:
                return
            del self._hosts[name]


@dataclass(frozen=True, slots=True)
class Robots:
    """What one host's robots.txt allows; `until` is when it is to be read again, `trouble` why it was not read."""

    rules: Protego | None
    until: float
    trouble: str | None = None

    def allows(self, url: str, agent: str) -> bool:
        """Tell whether the agent may fetch an address."""
        return self.trouble is None and (self.rules is None or bool(self.rules.can_fetch(url, agent)))

    def delay(self, agent: str, least: float, most: float) -> float:
        """Return the pause between requests: the host's wish within bounds."""
        wish = self.rules.crawl_delay(agent) if self.rules else None
        return max(least, min(float(wish), most)) if wish else least


class RobotsCache:
    """Remember robots.txt by scheme, host and port."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._known: OrderedDict[str, Robots] = OrderedDict()

    def get(self, origin: str) -> Robots | None:
        """Return what is known and still fresh."""
        known = self._known.get(origin)
        return known if known and known.until > self._clock() else None

    def put(self, origin: str, robots: Robots) -> Robots:
        """Remember what was read."""
        self._known[origin] = robots
        self._known.move_to_end(origin)
        while len(self._known) > _HOSTS_KEPT:
            self._known.popitem(last=False)
        return robots


def parse_robots(body: bytes) -> Protego | None:
    """Parse a robots.txt; what cannot be parsed forbids nothing."""
    try:
        return Protego.parse(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Read Retry-After in seconds; a date counts from the server's own Date, so no clock of ours is asked."""
    value = headers.get("Retry-After", "").strip()
    if value.isdigit():
        return float(value) if len(value) < 9 else 1e9
    try:
        until = parsedate_to_datetime(value)
        now = parsedate_to_datetime(headers.get("Date", ""))
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None
