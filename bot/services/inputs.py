"""What people name on the command line to articles: files and standard input, each failing on its own."""

import asyncio
import logging
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.ingest.text import TEXT_LIMIT, read_input, too_large
from bot.model import Article, CorrobotError, Reading
from bot.services.engine import Engine
from bot.services.fetching import make

if TYPE_CHECKING:
    from bot.ingest.fetch import Fetched
    from bot.settings import Settings

log = logging.getLogger(__name__)
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Options:
    """What was said of the inputs beside their names."""

    url: str | None = None
    outlet: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """The inputs that worked, in the order given, and what went wrong with the others."""

    articles: tuple[Article, ...]
    errors: tuple[CorrobotError, ...]


def read_all(
    engine: Engine, loaded: Loaded, along: Callable[[Sequence[Article]], Iterable[Article]] = iter
) -> tuple[Loaded, list[Reading]]:
    """Read every article; one whose analysis breaks becomes an error, and the others are still done.

    `along` gives the articles one by one and may show how far it is.
    """
    articles: list[Article] = []
    readings: list[Reading] = []
    errors = list(loaded.errors)
    for article in along(loaded.articles):
        try:
            reading = engine.read(article)
        except Exception as error:
            log.debug("analysis of %s failed", article.input, exc_info=error)
            message = f"{article.input} could not be analysed ({type(error).__name__}: {error}); please report this"
            errors.append(CorrobotError("analysis", message, article.input))
            continue
        articles.append(article)
        readings.append(reading)
    return Loaded(tuple(articles), tuple(errors)), readings


def read_bytes(name: str) -> bytes:
    """Return the bytes of a file, or of standard input for "-". Raises CorrobotError."""
    if name != STDIN:
        return read_input(Path(name))
    data = sys.stdin.buffer.read(TEXT_LIMIT + 1)
    if len(data) > TEXT_LIMIT:
        raise too_large(STDIN, TEXT_LIMIT)
    return data


def is_address(name: str) -> bool:
    """Tell a web address from the name of a file."""
    return name.lower().startswith(("http://", "https://"))


def load(engine: Engine, names: Sequence[str], options: Options, settings: "Settings | None" = None) -> Loaded:
    """Make articles a1, a2, ... of the inputs that work; `settings` are needed where one is a web address."""
    pages = asyncio.run(_fetch([n for n in names if is_address(n)], settings)) if settings else {}
    articles: list[Article] = []
    errors: list[CorrobotError] = []
    for name in names:
        id = f"a{len(articles) + 1}"
        try:
            if name in pages:
                articles.append(_page(engine, id, name, pages[name], options))
            else:
                articles.append(
                    engine.article(
                        id,
                        name,
                        read_bytes(name),
                        url=options.url,
                        outlet=options.outlet,
                        published=options.published,
                    )
                )
        except CorrobotError as error:
            errors.append(CorrobotError(error.code, error.message, name))
    return Loaded(tuple(articles), tuple(errors))


def _page(engine: Engine, id: str, name: str, fetched: "Fetched | CorrobotError", options: Options) -> Article:
    if isinstance(fetched, CorrobotError):
        raise fetched
    return engine.page(id, name, fetched, outlet=options.outlet, published=options.published)


async def _fetch(names: Sequence[str], settings: "Settings") -> "dict[str, Fetched | CorrobotError]":
    found: dict[str, Fetched | CorrobotError] = {}
    async with make(settings) as fetcher:
        for name in dict.fromkeys(names):
            try:
                found[name] = await fetcher.fetch(name)
            except CorrobotError as error:
                found[name] = error
    return found
