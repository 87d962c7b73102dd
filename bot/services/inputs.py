"""What people name on the command line to articles: files and standard input, each failing on its own."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.ingest.text import TEXT_LIMIT, read_input, too_large
from bot.model import Article, CorrobotError
from bot.services.engine import Engine

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


def load(engine: Engine, names: Sequence[str], options: Options) -> Loaded:
    """Make articles a1, a2, ... of the inputs that work."""
    articles: list[Article] = []
    errors: list[CorrobotError] = []
    for name in names:
        try:
            articles.append(_load(engine, f"a{len(articles) + 1}", name, options))
        except CorrobotError as error:
            errors.append(CorrobotError(error.code, error.message, name))
    return Loaded(tuple(articles), tuple(errors))


def _load(engine: Engine, id: str, name: str, options: Options) -> Article:
    return engine.article(
        id, name, read_bytes(name), url=options.url, outlet=options.outlet, published=options.published
    )
