"""A fetcher that is made when the first page is asked for: most commands need none, and aiohttp imports slowly."""

import time
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.ingest.fetch import Fetched, Fetcher
    from bot.settings import Settings


class Pages(Protocol):
    """Whoever gives the page of an address."""

    async def fetch(
        self,
        url: str,
        *,
        types: frozenset[str] | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> "Fetched":
        """Fetch an address, a page unless `types` says what else. Raises CorrobotError."""
        ...


class LateFetcher:
    """Fetches pages within the limits of the settings; close it at the end."""

    def __init__(self, settings: "Settings") -> None:
        self._settings = settings
        self._fetcher: Fetcher | None = None

    async def fetch(
        self,
        url: str,
        *,
        types: frozenset[str] | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> "Fetched":
        """Fetch an address, a page unless `types` says what else. Raises CorrobotError."""
        if self._fetcher is None:
            self._fetcher = await make(self._settings).__aenter__()
        return await self._fetcher.fetch(url, types=types, etag=etag, last_modified=last_modified)

    async def close(self) -> None:
        """Close the connections."""
        if self._fetcher is not None:
            await self._fetcher.__aexit__(None, None, None)


def make(settings: "Settings") -> "Fetcher":
    """Make a fetcher with the limits of the settings; use it as an async context manager."""
    from bot.ingest.fetch import Fetcher, FetchSettings, user_agent

    patience = settings.fetch_timeout_s
    limits = FetchSettings(
        user_agent=user_agent(settings.fetch_contact),
        whole_timeout=3 * patience,
        max_bytes=settings.fetch_max_bytes,
        total_timeout=patience,
        connect_timeout=min(5.0, patience),
        first_byte_timeout=min(10.0, patience),
        allow_hosts=settings.fetch_allow_hosts,
    )
    return Fetcher(limits, clock=time.monotonic)
