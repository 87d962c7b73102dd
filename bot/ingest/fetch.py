"""Fetch a page safely and politely: guarded addresses, hard limits, robots.txt, bounded retries.

Nothing is remembered between fetches but robots.txt and when a host may be asked again; cookies live for one fetch.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.ingest.address import GuardedResolver, check_url
from bot.ingest.body import read_body
from bot.ingest.polite import AskedToWait, Queues, Robots, RobotsCache, parse_robots, retry_after
from bot.model import CorrobotError

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf"})
FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/json",
        "application/xml",
        "text/xml",
        "text/plain",
        "text/html",
        "application/xhtml+xml",
    }
)
_ABOUT = "Discord bot that compares figures in news coverage"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AGAIN = frozenset({429, 500, 502, 503, 504})
_ROBOTS_BYTES = 500_000


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Limits and manners of the fetcher; times in seconds.

    `total_timeout` is for one request, `whole_timeout` for all requests of one fetch: redirects, robots.txt, repetitions
    and the pauses before these, but not the wait for others to leave the host alone.
    """

    user_agent: str = f"Corrobot/0.1 ({_ABOUT})"
    agent_token: str = "Corrobot"
    max_bytes: int = 10_000_000
    connect_timeout: float = 5.0
    first_byte_timeout: float = 10.0
    total_timeout: float = 20.0
    whole_timeout: float = 60.0
    max_redirects: int = 5
    host_delay: float = 1.0
    max_host_delay: float = 10.0
    attempts: int = 3
    backoff: float = 1.0
    max_wait: float = 15.0
    robots_lifetime: float = 3_600.0
    allow_hosts: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave. `not_modified` says that the server answered 304 to a conditional request."""

    url: str
    final_url: str
    content_type: str
    body: bytes
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False


def user_agent(contact: str | None) -> str:
    """Say who fetches, and where whoever is fetched from can complain: an address of the web or of mail."""
    return f"Corrobot/0.1 (+{contact}; {_ABOUT})" if contact else f"Corrobot/0.1 ({_ABOUT})"


@dataclass(frozen=True, slots=True)
class _Visit:
    """One fetch: its session, with cookies of its own, and what is left of its time."""

    session: aiohttp.ClientSession
    cap: asyncio.Timeout


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    content_type: str
    charset: str | None
    body: bytes = b""


class Fetcher:
    """Fetch pages; use as an async context manager. `clock` gives seconds that never run backwards."""

    def __init__(
        self,
        settings: FetchSettings,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._sleep = sleep
        self._resolver = resolver
        self._queues = Queues(clock, sleep)
        self._robots = RobotsCache(clock)
        self._connector: aiohttp.TCPConnector | None = None

    async def __aenter__(self) -> "Fetcher":
        inner = self._resolver or aiohttp.ThreadedResolver()
        self._connector = aiohttp.TCPConnector(
            resolver=GuardedResolver(inner, self._settings.allow_hosts), use_dns_cache=False, limit=20, limit_per_host=1
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connector:
            await self._connector.close()
            self._connector = None

    async def fetch(
        self,
        url: str,
        *,
        types: frozenset[str] | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Fetched:
        """Fetch an address, following redirects; raise CorrobotError with what to do where it cannot be had.

        `types` are the kinds of content that are wanted, else those of pages. Raises AskedToWait where the host asks for
        more time than a fetch may take.
        """
        conditions = {
            name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if value
        }
        try:
            async with self._session() as session, asyncio.timeout(self._settings.whole_timeout) as cap:
                return await self._follow(_Visit(session, cap), url, types or PAGE_TYPES, conditions)
        except TimeoutError as error:
            message = f"{url} takes longer than {self._settings.whole_timeout:g} s; try later or paste the text"
            raise CorrobotError("fetch_failed", message, url) from error

    async def _follow(self, visit: _Visit, url: str, types: frozenset[str], conditions: Mapping[str, str]) -> Fetched:
        current = check_url(url, self._settings.allow_hosts)
        for _ in range(self._settings.max_redirects + 1):
            robots = await self._robots_of(visit, current)
            if not robots.allows(str(current), self._settings.agent_token):
                reason = robots.trouble or "asks bots not to fetch this page (robots.txt)"
                raise CorrobotError("fetch_failed", f"{current.host} {reason}; paste the text instead", url)
            delay = robots.delay(self._settings.agent_token, self._settings.host_delay, self._settings.max_host_delay)
            answer = await self._patiently(
                visit, current, types, conditions, max_bytes=self._settings.max_bytes, delay=delay
            )
            if answer.status not in _REDIRECTS:
                return self._finish(url, current, answer)
            current = self._next(current, answer, url)
        raise CorrobotError("fetch_failed", f"{url} redirects more than {self._settings.max_redirects} times", url)

    def _session(self) -> aiohttp.ClientSession:
        if not self._connector:
            raise RuntimeError("use the fetcher as an async context manager")
        limits = self._settings
        return aiohttp.ClientSession(
            connector=self._connector,
            connector_owner=False,
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            auto_decompress=False,
            trust_env=False,
            timeout=aiohttp.ClientTimeout(
                total=None, sock_connect=limits.connect_timeout, sock_read=limits.first_byte_timeout
            ),
            headers={
                "User-Agent": limits.user_agent,
                "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.8,text/plain;q=0.8,*/*;q=0.1",
                "Accept-Encoding": "gzip, deflate",
                "Accept-Language": "en,*;q=0.5",
            },
        )

    def _next(self, current: URL, answer: _Answer, url: str) -> URL:
        location = answer.headers.get("Location", "").strip()
        if not location:
            raise CorrobotError("fetch_failed", f"{url} redirects to nowhere; try again later", url)
        try:
            target = str(current.join(URL(location)))
        except ValueError as error:
            raise CorrobotError("fetch_failed", f"{url} redirects to no valid address", url) from error
        try:
            return check_url(target, self._settings.allow_hosts)
        except CorrobotError as error:
            raise CorrobotError(error.code, f"{url} redirects to {error.message}", url) from error

    def _finish(self, url: str, current: URL, answer: _Answer) -> Fetched:
        status = answer.status
        if status == 304 or 200 <= status < 300:
            return Fetched(
                url=url,
                final_url=str(current),
                content_type=answer.content_type,
                body=answer.body,
                charset=answer.charset,
                etag=answer.headers.get("ETag"),
                last_modified=answer.headers.get("Last-Modified"),
                not_modified=status == 304,
            )
        if status in (401, 402, 403, 407, 451):
            advice = "does not let bots read it; paste the text instead"
        elif status in (404, 410):
            advice = "has no such page; check the link"
        else:
            advice = "cannot give it now; try again later or paste the text"
        raise CorrobotError("fetch_failed", f"{current.host} answered {status} and {advice}", url)

    async def _patiently(
        self,
        visit: _Visit,
        url: URL,
        types: frozenset[str],
        extra: Mapping[str, str],
        *,
        max_bytes: int,
        delay: float,
    ) -> _Answer:
        """Ask, and ask again after 429, 5xx or a broken connection, waiting as the host wishes within bounds."""
        limits = self._settings
        attempt = 1
        while True:
            wait = limits.backoff * 2 ** (attempt - 1)
            try:
                answer = await self._ask(visit, url, delay, types, extra, max_bytes)
            except aiohttp.ClientConnectionError as error:
                final = isinstance(error, (aiohttp.ClientConnectorDNSError, aiohttp.ClientSSLError))
                if final or attempt >= limits.attempts:
                    raise CorrobotError("fetch_failed", f"{url.host} {_trouble(error)}", str(url)) from error
            else:
                asked = retry_after(answer.headers) if answer.status in _AGAIN else None
                if asked:
                    self._queues.hold(_host(url), asked)
                if asked and asked > limits.max_wait:
                    message = f"{url.host} answered {answer.status} and asks to wait {asked:.0f} s; try again then"
                    raise AskedToWait("fetch_failed", message, str(url), asked)
                if answer.status not in _AGAIN or attempt >= limits.attempts:
                    return answer
                wait = max(wait, asked or 0.0)
            attempt += 1
            await self._sleep(wait)

    async def _ask(
        self,
        visit: _Visit,
        url: URL,
        delay: float,
        types: frozenset[str],
        extra: Mapping[str, str],
        max_bytes: int,
    ) -> _Answer:
        if (held := self._queues.held(_host(url))) > self._settings.max_wait:
            message = f"{url.host} asked to be left alone for {held:.0f} s more; try again then"
            raise AskedToWait("fetch_failed", message, str(url), held)
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with self._queues.turn(_host(url), delay):
            if (ends := visit.cap.when()) is not None:
                visit.cap.reschedule(ends + loop.time() - began)
            try:
                async with (
                    asyncio.timeout(self._settings.total_timeout),
                    visit.session.get(url, allow_redirects=False, headers=extra) as response,
                ):
                    return await _receive(response, str(url), types, max_bytes)
            except TimeoutError as error:
                raise CorrobotError(
                    "fetch_failed", f"{url.host} is too slow; try later or paste the text", str(url)
                ) from error
            except aiohttp.ClientConnectionError:
                raise
            except (aiohttp.ClientError, ValueError) as error:
                message = f"{url.host} does not answer as a web server should; paste the text instead"
                raise CorrobotError("fetch_failed", message, str(url)) from error

    async def _robots_of(self, visit: _Visit, url: URL) -> Robots:
        origin = str(url.origin())
        if known := self._robots.get(origin):
            return known
        until = self._clock() + self._settings.robots_lifetime
        current = url.origin().with_path("/robots.txt")
        nothing = Robots(None, until)
        for hop in range(self._settings.max_redirects + 1):
            try:
                answer = await self._patiently(visit, current, frozenset(), {}, max_bytes=_ROBOTS_BYTES, delay=0.0)
                if answer.status not in _REDIRECTS:
                    break
                current = self._next(current, answer, str(url))
            except CorrobotError as error:
                # RFC 9309, 2.3.1.2 and 2.5: too large, or leading nowhere it may, is as good as none.
                if (hop or error.code in ("too_large", "unsupported")) and not isinstance(error, AskedToWait):
                    return self._robots.put(origin, nothing)
                raise
        else:
            return self._robots.put(origin, nothing)
        if answer.status >= 500:
            # RFC 9309, 2.3.1.4: unreachable by a server error means keep out, for now.
            return Robots(None, until, f"answered {answer.status} when asked what bots may fetch")
        rules = parse_robots(answer.body) if answer.status == 200 else None
        return self._robots.put(origin, Robots(rules, until))


def _host(url: URL) -> str:
    return f"{url.host}:{url.port}"


def _trouble(error: aiohttp.ClientConnectionError) -> str:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "is no known host; check the link"
    if isinstance(error, aiohttp.ClientSSLError):
        return "has no valid certificate; paste the text instead"
    return "cannot be reached; try again later or paste the text"


async def _receive(response: aiohttp.ClientResponse, url: str, types: frozenset[str], limit: int) -> _Answer:
    """Take a response in: its body only where it is a success of a wanted type (any type where `types` is empty)."""
    kind = response.content_type.lower() if response.headers.get("Content-Type", "").strip() else ""
    answer = _Answer(response.status, response.headers, kind, response.charset)
    if not 200 <= response.status < 300:
        response.close()
        return answer
    if types and kind and kind not in types:
        response.close()
        message = f"{url} is {kind}; only web pages, plain text and PDF can be read"
        raise CorrobotError("unsupported", message, url)
    chunks: AsyncIterator[bytes] = response.content.iter_chunked(16_384)
    body = await read_body(chunks, response.headers.get("Content-Encoding", ""), limit, url)
    if types and not kind:
        kind = _sniff(body)
        if kind not in types:
            raise CorrobotError("unsupported", f"{url} does not say what it is; paste the text instead", url)
    return _Answer(response.status, response.headers, kind, response.charset, body)


def _sniff(body: bytes) -> str:
    start = body[:1_024].lstrip().lower()
    if start.startswith(b"%pdf-"):
        return "application/pdf"
    if start.startswith((b"<?xml", b"<rss", b"<feed")):
        return "application/xml"
    return "text/html" if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) else ""
