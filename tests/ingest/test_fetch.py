"""Fetching against a real server: what arrives, what is refused, what is waited for, and nothing private."""

import asyncio
import pickle
import resource
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.ingest.fetch import Fetcher, FetchSettings, user_agent
from bot.ingest.polite import AskedToWait
from bot.model import CorrobotError

from .web import PAGE, Names, Site, serve


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serve() as running:
        yield running


def _settings(site: Site) -> FetchSettings:
    return FetchSettings(
        allow_hosts=frozenset({f"127.0.0.1:{site.port}"}),
        host_delay=0.0,
        connect_timeout=1.0,
        first_byte_timeout=0.4,
        total_timeout=0.8,
        max_bytes=1_000_000,
    )


class Waits:
    """Sleep for no time and remember how long was asked for."""

    def __init__(self) -> None:
        self.asked: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        await asyncio.sleep(0)


def _fetcher(site: Site, waits: Waits | None = None, names: Names | None = None, **changes: object) -> Fetcher:
    settings = replace(_settings(site), **changes)  # type: ignore[arg-type]
    return Fetcher(settings, clock=time.monotonic, sleep=waits or Waits(), resolver=names)


async def test_a_page(site: Site) -> None:
    async with _fetcher(site) as fetcher:
        got = await fetcher.fetch(f"{site.base}/hops/4#part")
    assert (got.body, got.content_type, got.charset, got.etag) == (PAGE, "text/html", "utf-8", '"one"')
    assert got.url == f"{site.base}/hops/4#part" and got.final_url == f"{site.base}/page"
    assert "Corrobot" in site.seen[-1]["User-Agent"]
    assert site.hits["/robots.txt"] == 1


@pytest.mark.parametrize("path", ["/gzip", "/deflate", "/untyped", "/cookie"])
async def test_other_ways_to_send_a_page(site: Site, path: str) -> None:
    async with _fetcher(site) as fetcher:
        assert (await fetcher.fetch(site.base + path)).body == PAGE


async def test_cookies_live_for_one_fetch(site: Site) -> None:
    async with _fetcher(site) as fetcher:
        await fetcher.fetch(f"{site.base}/cookie")
        await fetcher.fetch(f"{site.base}/page")
    assert "Cookie" not in site.seen[-1]


async def test_a_conditional_request(site: Site) -> None:
    async with _fetcher(site) as fetcher:
        got = await fetcher.fetch(f"{site.base}/conditional", etag='"one"')
    assert got.not_modified and not got.body


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("/hops/5", "fetch_failed", "redirects more than 5"),
        ("/slow", "fetch_failed", "too slow"),
        ("/drip", "fetch_failed", "too slow"),
        ("/endless", "too_large", "larger than 1 MB"),
        ("/bomb", "too_large", "larger than 1 MB"),
        ("/torn", "fetch_failed", "broken compressed body"),
        ("/brotli", "unsupported", "encoding"),
        ("/picture", "unsupported", "image/png"),
        ("/headers", "fetch_failed", "web server"),
        ("/missing", "fetch_failed", "404"),
        ("/forbidden", "fetch_failed", "paste the text"),
        ("/down", "fetch_failed", "500"),
        ("/hangup", "fetch_failed", "cannot be reached"),
        ("/nowhere", "fetch_failed", "nowhere"),
    ],
)
async def test_what_cannot_be_had(site: Site, path: str, code: str, words: str) -> None:
    began = time.monotonic()
    async with _fetcher(site) as fetcher:
        with pytest.raises(CorrobotError, match=words) as caught:
            await fetcher.fetch(site.base + path)
        assert caught.value.code == code and "\n" not in caught.value.message
        assert (await fetcher.fetch(f"{site.base}/page")).body == PAGE
    # A bound far above the limits: nothing hangs; the clock decides nothing else.
    assert time.monotonic() - began < 30


async def test_a_bomb_takes_no_memory(site: Site) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    async with _fetcher(site) as fetcher:
        with pytest.raises(CorrobotError):
            await fetcher.fetch(f"{site.base}/bomb")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:1/",
        "http://127.0.0.2/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://localhost/",
        "http://0x7f.1/",
        "file:///etc/passwd",
        "http://user:pass@example.org/",
        "http://inside.example/",
    ],
)
async def test_redirects_to_private_places_are_refused(site: Site, target: str) -> None:
    names = Names({"inside.example": [["10.0.0.1"]]})
    async with _fetcher(site, names=names) as fetcher:
        with pytest.raises(CorrobotError) as caught:
            await fetcher.fetch(f"{site.base}/to/x?u={target}")
    assert caught.value.code == "refused_address"


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"]
)
async def test_names_with_private_addresses_are_refused(site: Site, address: str) -> None:
    names = Names({"trap.example": [[address]], "mixed.example": [["93.184.216.34", address]]})
    async with _fetcher(site, names=names) as fetcher:
        for name in names.names:
            with pytest.raises(CorrobotError, match="private network") as caught:
                await fetcher.fetch(f"http://{name}:{site.port}/page")
            assert caught.value.code == "refused_address"
    assert not site.hits


async def test_a_name_that_changes_its_address_is_checked_each_time(site: Site) -> None:
    # The first answer is exempt by its port, as in a test set-up; the second leads elsewhere and is refused.
    names = Names({"turn.example": [["127.0.0.1"], ["127.0.0.1"]]})
    async with _fetcher(site, names=names, allow_hosts=frozenset({f"turn.example:{site.port}"})) as fetcher:
        assert (await fetcher.fetch(f"http://turn.example:{site.port}/page")).body == PAGE
        with pytest.raises(CorrobotError, match="private network"):
            await fetcher.fetch("http://turn.example:81/page")
    assert names.asked["turn.example"] == 2


async def test_an_unknown_name(site: Site) -> None:
    async with _fetcher(site, names=Names({})) as fetcher:
        with pytest.raises(CorrobotError, match="no known host") as caught:
            await fetcher.fetch("http://nobody.example/")
    assert caught.value.code == "fetch_failed"


async def test_robots_are_heeded_and_remembered(site: Site) -> None:
    site.robots = (200, "User-agent: Corrobot\nDisallow: /page\n")
    async with _fetcher(site) as fetcher:
        for _ in range(2):
            with pytest.raises(CorrobotError, match=r"robots\.txt"):
                await fetcher.fetch(f"{site.base}/page")
        assert (await fetcher.fetch(f"{site.base}/gzip")).body == PAGE
    assert site.hits["/page"] == 0 and site.hits["/robots.txt"] == 1


async def test_a_server_error_for_robots_means_keep_out_for_now(site: Site) -> None:
    site.robots = (503, "")
    async with _fetcher(site) as fetcher:
        with pytest.raises(CorrobotError, match="what bots may fetch"):
            await fetcher.fetch(f"{site.base}/page")
        site.robots = (404, "")
        assert (await fetcher.fetch(f"{site.base}/page")).body == PAGE


async def test_it_waits_as_long_as_the_host_asks(site: Site) -> None:
    waits = Waits()
    async with _fetcher(site, waits) as fetcher:
        assert (await fetcher.fetch(f"{site.base}/twice")).body == PAGE
    assert waits.asked == [2.0, 2.0]
    assert site.hits["/twice"] == 3


async def test_it_does_not_wait_for_an_hour(site: Site) -> None:
    waits = Waits()
    async with _fetcher(site, waits) as fetcher:
        with pytest.raises(CorrobotError, match="3600 s"):
            await fetcher.fetch(f"{site.base}/closed")
    assert waits.asked == []


async def test_one_connection_and_a_pause_for_each_host(site: Site) -> None:
    waits = Waits()
    async with _fetcher(site, waits, host_delay=7.0) as fetcher:
        await asyncio.gather(*(fetcher.fetch(f"{site.base}/busy") for _ in range(4)))
    assert site.busiest == 1
    assert len(waits.asked) == 3 and all(6.0 < wait <= 7.0 for wait in waits.asked)


async def test_the_fetcher_is_a_context_manager() -> None:
    with pytest.raises(RuntimeError, match="context manager"):
        await Fetcher(FetchSettings(), clock=time.monotonic).fetch("https://example.org/")


async def test_a_whole_fetch_has_an_end(site: Site) -> None:
    waits = Waits()
    async with _fetcher(site, waits, whole_timeout=0.3, first_byte_timeout=5.0, total_timeout=5.0) as fetcher:
        with pytest.raises(CorrobotError, match=r"takes longer than 0.3 s") as caught:
            await fetcher.fetch(f"{site.base}/slow")
    assert caught.value.code == "fetch_failed"


async def test_a_host_that_asks_for_time_is_left_alone(site: Site) -> None:
    now = 0.0
    settings = _settings(site)
    async with Fetcher(settings, clock=lambda: now, sleep=Waits()) as fetcher:
        with pytest.raises(AskedToWait) as caught:
            await fetcher.fetch(f"{site.base}/closed")
        assert caught.value.seconds == 3600.0
        assert pickle.loads(pickle.dumps(caught.value)).seconds == 3600.0
        with pytest.raises(AskedToWait, match="left alone for 3600 s more"):
            await fetcher.fetch(f"{site.base}/page")
        assert site.hits["/page"] == 0
        now = 3601.0
        assert (await fetcher.fetch(f"{site.base}/page")).body == PAGE


async def test_it_says_who_it_is_and_where_to_complain(site: Site) -> None:
    contact = "mailto:desk@news.example"
    async with _fetcher(site, user_agent=user_agent(contact)) as fetcher:
        await fetcher.fetch(f"{site.base}/page")
    assert site.seen[-1]["User-Agent"].startswith(f"Corrobot/0.1 (+{contact}; ")
    assert "+" not in user_agent(None)
