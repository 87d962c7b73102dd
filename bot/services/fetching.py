"""A fetcher that is made when the first page is asked for: most commands need none, and aiohttp imports slowly."""

import time
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.ingest.fetch import Fetched, Fetcher
    from bot.settings import Settings


class Pages(Protocol):
    """Whoever gives the page of an address."""

    async def fetch(self, url: str) -> "Fetched":
        """Fetch an address. Raises CorrobotError."""
        ...


class LateFetcher:
    """Fetches pages within the limits of the settings; close it at the end."""

    def __init__(self, settings: "Settings") -> None:
        self._settings = settings
        self._fetcher: Fetcher | None = None

    async def fetch(self, url: str) -> "Fetched":
        """Fetch an address. Raises CorrobotError."""
        if self._fetcher is None:
            self._fetcher = await make(self._settings).__aenter__()
        return await self._fetcher.fetch(url)

    async def close(self) -> None:
        """Close the connections."""
        if self._fetcher is not None:
            await self._fetcher.__aexit__(None, None, None)


def make(settings: "Settings") -> "Fetcher":
    """Make a fetcher with the limits of the settings; use it as an async context manager."""
    from bot.ingest.fetch import Fetcher, FetchSettings

    patience = settings.fetch_timeout_s
    limits = FetchSettings(
        max_bytes=settings.fetch_max_bytes,
        total_timeout=patience,
        connect_timeout=min(5.0, patience),
        first_byte_timeout=min(10.0, patience),
        allow_hosts=settings.fetch_allow_hosts,
    )
    return Fetcher(limits, clock=time.monotonic)
