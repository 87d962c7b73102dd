"""The analysis in this process: the pool of workers with the same questions, the real engine behind them."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from bot.ingest.fetch import Fetched
from bot.model import CorrobotError
from bot.services import work
from bot.services.worker import Analyser

P = ParamSpec("P")
R = TypeVar("R")


class LocalAnalyser(Analyser):
    """Answers at once, in the process of the tests, so that the parser is loaded once for all of them."""

    async def _call(self, limit: float, name: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        return work.guarded(lambda: function(*args, **kwargs))


class Web:
    """Pages by address; any other address cannot be fetched."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}

    async def fetch(
        self,
        url: str,
        *,
        types: frozenset[str] | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Fetched:
        """Give the page at an address."""
        if url not in self.pages:
            raise CorrobotError("fetch_failed", f"{url} cannot be reached; paste the text instead.", url)
        kind = "application/rss+xml" if self.pages[url].startswith("<?xml") else "text/html"
        return Fetched(url, url, kind, self.pages[url].encode(), "utf-8")
