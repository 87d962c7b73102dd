"""Each hostile page goes the way of a link in Discord, fetched and then read in a worker, and has a named outcome.

Nothing private is reached, nothing hangs over its limit, and neither process takes 300 MB.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.ingest.fetch import Fetcher, FetchSettings
from bot.ingest.liveblog import entry_times
from bot.model import Article, CorrobotError
from bot.services.worker import Analyser, Limits

from .gallery import HOME, LIVE, Gallery, gallery
from .test_page import LINES
from .web import Names

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(sys.platform != "linux", reason="needs /proc and all of 127.0.0.0/8"),
]
MOST_MB = 300
# Far above every limit: nothing hangs, and no clock decides what comes out.
HANGS_S = 60
REFUSED = {
    "loop": ("fetch_failed", "redirects more than 5 times"),
    "cookie-wall": ("fetch_failed", "redirects more than 5 times"),
    "to-private": ("refused_address", "private network"),
    "to-metadata": ("refused_address", "private network"),
    "to-mapped": ("refused_address", "private network"),
    "to-decimal": ("refused_address", "hides its host"),
    "to-octal": ("refused_address", "hides its host"),
    "to-hex": ("refused_address", "hides its host"),
    "to-circled": ("refused_address", "private network"),
    "to-name": ("refused_address", "'trap.example' leads to a private network"),
    "to-credentials": ("refused_address", "user name or password"),
    "to-file": ("refused_address", "no http or https"),
    "to-data": ("refused_address", "no http or https"),
    "to-two-lines": ("fetch_failed", "web server"),
    "to-escaped-lines": ("fetch_failed", "404"),
    "two-answers": ("fetch_failed", "web server"),
    "meta-refresh": ("not_an_article", "hardly any text"),
    "gzip-bomb": ("too_large", "larger than 5 MB"),
    "deflate-bomb": ("too_large", "larger than 5 MB"),
    "endless": ("too_large", "larger than 5 MB"),
    "endless-headers": ("fetch_failed", "web server"),
    "huge-headers": ("fetch_failed", "web server"),
    "one-long-word": ("too_large", "larger than 2 MB"),
    "drip": ("fetch_failed", "too slow"),
    "silence": ("fetch_failed", "too slow"),
    "brotli": ("unsupported", "not asked for (br)"),
    "broken-gzip": ("fetch_failed", "broken compressed body"),
    "body-too-short": ("fetch_failed", "web server"),
    "broken-chunks": ("fetch_failed", "web server"),
    "no-http": ("fetch_failed", "web server"),
    "picture": ("unsupported", "image/png"),
    "picture-as-page": ("binary", "a PNG picture"),
    "json": ("unsupported", "application/json"),
    "binary": ("binary", "binary"),
    "nothing-said": ("unsupported", "does not say what it is"),
    "empty": ("empty", "is empty"),
    "entities": ("not_an_article", "hardly any text"),
    "soft-404": ("not_an_article", "missing"),
    "consent": ("not_an_article", "cookies"),
    "robot-check": ("not_an_article", "robot check"),
    "script-shell": ("not_an_article", "browser"),
    "paywall": ("not_an_article", "paywall"),
    "pdf-bomb": ("unsupported", "PDF"),
    "broken-pdf": ("unsupported", "broken PDF"),
}
READ = {
    "plain": LINES[0],
    "frame": LINES[0],
    "canonical": LINES[0],
    "next-pages": LINES[0],
    "wrong-charset": "Fähre “0”: ",
    "unknown-charset": LINES[0],
    "divs": LINES[0],
    "rows": LINES[0],
    "attributes": LINES[0],
    "linked-nonsense": LINES[0],
    "script-article": LINES[0],
    "amp": LINES[0],
    "live": LINES[0],
    "pdf": LINES[0],
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[Gallery]:
    async with gallery() as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def analyser() -> AsyncIterator[Analyser]:
    # On a busy machine a page may need longer than a user should wait.
    async with Analyser(1, limits=Limits(page=30.0)) as pool:
        # A bot's worker has read articles before: it holds parser and word lists.
        await pool.warm()
        for pid in pool.pids():
            assert resident(pid, "VmRSS") > MOST_MB / 2
        yield pool
        print(f"the worker took {max(resident(pid, 'VmHWM') for pid in pool.pids()):.0f} MB at most")


def forget_peak() -> None:
    """Have the system begin anew with the most that this process took."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def resident(pid: int | str, what: str) -> float:
    """Return what a process takes ("VmRSS") or took at most ("VmHWM"), in MB."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024


async def taken(site: Gallery, analyser: Analyser, name: str) -> Article:
    """Fetch a page and read it in the worker, as a link in Discord is; watch time, memory and the private server."""
    settings = FetchSettings(
        allow_hosts=frozenset({f"127.0.0.1:{site.port}"}),
        host_delay=0.0,
        backoff=0.0,
        connect_timeout=1.0,
        first_byte_timeout=0.5,
        total_timeout=1.5,
        max_bytes=5_000_000,
    )
    forget_peak()
    before, began = resident("self", "VmRSS"), time.monotonic()
    try:
        async with Fetcher(settings, clock=lambda: 0.0, resolver=Names({"trap.example": [[HOME]]})) as fetcher:
            fetched = await fetcher.fetch(f"http://127.0.0.1:{site.port}/{name}")
            assert len(fetched.body) <= settings.max_bytes
            return await analyser.page("a1", fetched.url, fetched)
    finally:
        assert site.reached == []
        assert time.monotonic() - began < HANGS_S
        # The process of the tests may hold a parser, which the bot's does not: what counts is what the page adds.
        assert resident("self", "VmHWM") - before < MOST_MB / 3
        for pid in analyser.pids():
            assert resident(pid, "VmHWM") < MOST_MB


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_refused_and_in_which_words(site: Gallery, analyser: Analyser, name: str) -> None:
    code, words = REFUSED[name]
    with pytest.raises(CorrobotError) as caught:
        await taken(site, analyser, name)
    error = caught.value
    assert (error.code, words in error.message) == (code, True), error.message
    assert "\n" not in error.message and "\r" not in error.message and "secret" not in error.message


@pytest.mark.parametrize("name", READ)
async def test_what_is_read_and_to_what_end(site: Gallery, analyser: Analyser, name: str) -> None:
    found = await taken(site, analyser, name)
    assert READ[name] in " ".join(found.text.split("\n"))
    assert found.url == f"http://127.0.0.1:{site.port}/{'plain' if name == 'amp' else name}"
    # Neither frames nor further pages are fetched.
    assert site.hits[name] == 1
    assert [at for _, at in entry_times(found.text)] == (list(reversed(LIVE)) if name == "live" else [])


async def test_every_page_of_the_gallery_has_an_outcome(site: Gallery) -> None:
    streams = {"endless", "endless-headers", "drip", "silence"}
    assert set(REFUSED) | set(READ) == set(site.pages) | streams and len(REFUSED) + len(READ) > 50


async def test_the_private_server_could_be_reached(site: Gallery) -> None:
    reader, writer = await asyncio.open_connection(HOME, site.home)
    writer.write(b"hello")
    assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()
    assert site.reached.pop() == b"hello"
