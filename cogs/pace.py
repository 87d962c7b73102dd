"""How often a member, and a whole server, may ask."""

from collections import deque
from datetime import datetime

from bot.model import CorrobotError
from cogs import texts

WINDOW_S = 60.0
MEMBER = 30
SERVER = 300
MOST_KEPT = 10_000


class Pace:
    """Counts requests in the last minute by Discord's own time stamps."""

    def __init__(self, member: int = MEMBER, server: int = SERVER) -> None:
        self._limits = {"member": member, "server": server}
        self._seen: dict[tuple[str, int, int], deque[float]] = {}

    def spend(self, server: int, member: int, when: datetime) -> None:
        """Count one request. Raises CorrobotError where it is one too many."""
        now = when.timestamp()
        if len(self._seen) > MOST_KEPT:
            self._seen = {k: v for k, v in self._seen.items() if v and now - v[-1] < WINDOW_S}
        counted: list[deque[float]] = []
        for kind, key in (("member", (server, member)), ("server", (server, 0))):
            seen = self._seen.setdefault((kind, *key), deque())
            while seen and now - seen[0] >= WINDOW_S:
                seen.popleft()
            if len(seen) >= self._limits[kind]:
                seconds = max(1, round(WINDOW_S - (now - seen[0])))
                raise CorrobotError("too_fast", texts.TOO_FAST.format(seconds=seconds))
            counted.append(seen)
        for seen in counted:
            seen.append(now)
