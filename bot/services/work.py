"""What the worker processes run: the Engine behind plain functions whose arguments and results are small."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from multiprocessing import parent_process
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, TypeVar

from bot.model import Article, Comparison, CorrobotError, Reading, SummarySentence
from bot.resources import collect_rarely, keep_loaded
from bot.services.engine import Engine
from bot.services.logs import where
from bot.services.packing import involving, pack

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from bot.ingest.feeds import Feed
    from bot.ingest.fetch import Fetched
    from bot.summarizing.digest import Digest

R = TypeVar("R")
NICENESS = 5
# What one process may take, in bytes of address space; reading needs some 400 MB of it.
MEMORY = 2 << 30
# Libraries of numbers would start a thread for each core, and each thread reserves address space.
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


class OutOfMemory(Exception):
    """The work needs more memory than one process may take."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture as PNG bytes, and what it shows in words."""

    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A feed and the address it is at."""

    url: str
    feed: "Feed"


def start(memory: int = MEMORY) -> None:
    """Prepare a worker process: behind the event loop in priority, deaf to Ctrl-C, gone when its parent is gone.

    `memory` bounds its address space, in bytes, where the system can do that: a page that makes a library ask for all
    of a machine's memory then fails by itself instead of taking the bot with it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    collect_rarely()
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    if sys.platform != "win32":
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        # macOS knows the limit and refuses to set it.
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory if most < 0 else min(memory, most), most))
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def ready() -> int:
    """Return the process id once the process can read a page.

    Loading what that needs is no part of the time that a page may take: on a busy machine it takes longer, and each new
    process would be killed for it as the one before was.
    """
    engine()
    import_module("bot.ingest.page")
    return os.getpid()


@cache
def engine() -> Engine:
    """Return this process's engine; made at the first use."""
    return Engine.load()


def warm() -> None:
    """Do each kind of work once, so that nobody waits for what is loaded at its first use."""
    text = "In Paris, officials said that {} people were killed on Monday. Police had reported {} injured."
    articles = [Article(f"a{n}", "warm", text.format(n + 7, n + 4), title="Fire in Paris") for n in (0, 1)]
    compare(articles, [read(article) for article in articles], ())
    nearest_story(articles[0], [(1, articles[1])])
    summarize(articles[:1], 1, None)
    keep_loaded()


def guarded(call: Callable[[], R]) -> R:
    """Call; what is raised crosses the process border for certain, whatever a library made of it."""
    try:
        return call()
    except CorrobotError:
        raise
    except MemoryError:
        raise OutOfMemory from None
    except Exception as error:
        # Without its message, which may quote the article, into the log of the bot.
        raise RuntimeError(where(error)) from None


def article_from_bytes(
    id: str, name: str, data: bytes, url: str | None, outlet: str | None, published: str | None
) -> Article:
    """Make an article of a file's bytes."""
    return engine().article(id, name, data, url=url, outlet=outlet, published=published)


def page(id: str, name: str, fetched: "Fetched", outlet: str | None, published: str | None) -> Article:
    """Make an article of a fetched page."""
    return engine().page(id, name, fetched, outlet=outlet, published=published)


def feed(url: str, fetched: "Fetched") -> Looked:
    """Read a fetched feed. Raises CorrobotError where it is none."""
    from bot.ingest.feeds import parse_feed

    return Looked(url, parse_feed(fetched.body, fetched.final_url, fetched.content_type))


def feeds_of_page(fetched: "Fetched") -> list[str]:
    """Return the feeds that a fetched page names."""
    from bot.ingest.feeds import feeds_of_page

    return feeds_of_page(fetched.body, fetched.final_url)


def read(article: Article) -> Reading:
    """Read one article."""
    return engine().read(article)


def compare(
    articles: Sequence[Article],
    readings: Sequence[Reading],
    letters: Sequence[tuple[str, str]],
    about: str | None = None,
) -> Comparison:
    """Compare the articles of a story; the texts, which the caller has, are left out of the result."""
    result = engine().compare(articles, readings, letters, about)
    return replace(result, articles=tuple(replace(a, text="") for a in result.articles))


def compare_packed(
    articles: Sequence[Article], readings: Sequence[Reading], letters: Sequence[tuple[str, str]], stamp: str
) -> str:
    """Compare the articles of a story; return what is kept of the result as one string, which crosses cheaply."""
    return pack(engine().compare(articles, readings, letters), stamp)


def check(
    stories: Sequence[tuple[Sequence[Article], Sequence[Reading], Sequence[tuple[str, str]]]], id: str
) -> list[Comparison]:
    """Hold one article more, `id`, that is in all, against the others of each story; keep what involves it."""
    return [involving(compare(*story, about=id), id) for story in stories]


def summarize(articles: Sequence[Article], sentences: int | None, words: int | None) -> tuple[SummarySentence, ...]:
    """Summarize one article, or several as one story."""
    if len(articles) == 1:
        return engine().summarize(articles[0], sentences=sentences, words=words)
    return engine().summarize_story(articles, sentences=sentences, words=words)


def digest(articles: Sequence[Article], comparison: Comparison) -> "Digest":
    """Tell a story in three parts: agreed, said by one, differing."""
    from bot.summarizing.digest import digest

    return digest(articles, comparison)


def chart(comparison: Comparison, title: str | None, timeline: bool = False) -> Chart:
    """Draw the chart of a comparison, by outlets or by days."""
    return Chart(*engine().chart(comparison, title=title, timeline=timeline))


def nearest_story(article: Article, others: Sequence[tuple[int, Article]]) -> int | None:
    """Return the story that an article belongs to, of those that the others are in."""
    from bot.comparing.stories import nearest
    from bot.services.rarity import rarity

    return nearest(article, others, rarity())
