"""Look at a page, a file or a text without storing it."""

from bot.model import Article, SummarySentence
from bot.services.coverage import PASTED
from bot.services.fetching import Pages
from bot.services.worker import Analyser

ID = "a0"


class Glance:
    """Makes articles that nobody keeps. Raises CorrobotError."""

    def __init__(self, analyser: Analyser, fetcher: Pages) -> None:
        self._analyser = analyser
        self._fetcher = fetcher

    async def url(self, url: str) -> Article:
        """Fetch a page."""
        return await self._analyser.page(ID, url, await self._fetcher.fetch(url))

    async def file(self, name: str, data: bytes) -> Article:
        """Take a file's article."""
        return await self._analyser.article_from_bytes(ID, name, data)

    async def text(self, text: str) -> Article:
        """Take a pasted text's article."""
        return await self._analyser.article_from_bytes(ID, PASTED, text.encode("utf-8", "replace"))

    async def summary(self, article: Article) -> tuple[SummarySentence, ...]:
        """Summarize in three sentences."""
        return await self._analyser.summarize((article,))
