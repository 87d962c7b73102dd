"""A real web server on loopback with the pages that fetching has to survive, and a resolver of chosen names."""

import asyncio
import gzip
import socket
import zlib
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

PAGE = b"<!doctype html><title>Ferries collide</title><p>Two ferries collided at dawn."


class Names(AbstractResolver):
    """Resolve the given names, each to its next list of addresses; the last one stays."""

    def __init__(self, names: dict[str, list[list[str]]]) -> None:
        self.names = names
        self.asked: Counter[str] = Counter()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if host not in self.names:
            raise OSError(f"no address for {host}")
        turns = self.names[host]
        addresses = turns[min(self.asked[host], len(turns) - 1)]
        self.asked[host] += 1
        return [
            ResolveResult(
                hostname=host,
                host=a,
                port=port,
                family=socket.AF_INET6 if ":" in a else socket.AF_INET,
                proto=0,
                flags=0,
            )
            for a in addresses
        ]

    async def close(self) -> None:
        """Hold nothing."""


@dataclass(slots=True)
class Site:
    """The running server: where it listens, what was asked of it, and its robots.txt."""

    base: str = ""
    port: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    robots: tuple[int, str] = (404, "")
    seen: list[dict[str, str]] = field(default_factory=list)
    busy: int = 0
    busiest: int = 0


def _zeros(size: int) -> bytes:
    """Make the gzip of so many zeros: one block that is complete in itself, repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + block * (size >> 20) + packer.flush()


@asynccontextmanager
async def serve() -> AsyncIterator[Site]:
    """Run the site until the block ends."""
    site = Site()
    app = web.Application()

    async def answer(request: web.Request) -> web.StreamResponse:
        return await _answer(site, request)

    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    tcp = web.TCPSite(runner, "127.0.0.1", 0)
    await tcp.start()
    site.port = runner.addresses[0][1]
    site.base = f"http://127.0.0.1:{site.port}"
    try:
        yield site
    finally:
        await runner.cleanup()


async def _answer(site: Site, request: web.Request) -> web.StreamResponse:
    path = request.path
    site.hits[path] += 1
    site.seen.append(dict(request.headers))
    if path == "/robots.txt":
        return web.Response(status=site.robots[0], text=site.robots[1])
    if path.startswith("/to/"):
        raise web.HTTPFound(request.query["u"])
    if path.startswith("/hops/"):
        left = int(path.rsplit("/", 1)[1])
        raise web.HTTPFound(f"/hops/{left - 1}" if left else "/page")
    if handler := _PAGES.get(path):
        return await handler(site, request)
    raise web.HTTPNotFound


def _html(body: bytes = PAGE, **headers: str) -> web.Response:
    return web.Response(body=body, headers={"Content-Type": "text/html; charset=utf-8", **headers})


async def _page(site: Site, request: web.Request) -> web.StreamResponse:
    return _html(ETag='"one"')


async def _conditional(site: Site, request: web.Request) -> web.StreamResponse:
    if request.headers.get("If-None-Match") == '"one"':
        return web.Response(status=304)
    return _html(ETag='"one"')


async def _slow_start(site: Site, request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(5)
    return _html()


async def _drip(site: Site, request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    await response.prepare(request)
    for _ in range(200):
        await response.write(b"a")
        await asyncio.sleep(0.05)
    return response


async def _endless(site: Site, request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    await response.prepare(request)
    while True:
        await response.write(b"all work and no play " * 1_000)


async def _bomb(site: Site, request: web.Request) -> web.StreamResponse:
    return _html(_zeros(1 << 30), **{"Content-Encoding": "gzip"})


async def _gzip(site: Site, request: web.Request) -> web.StreamResponse:
    return _html(gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:]), **{"Content-Encoding": "gzip"})


async def _deflate(site: Site, request: web.Request) -> web.StreamResponse:
    raw = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return _html(raw.compress(PAGE) + raw.flush(), **{"Content-Encoding": "deflate"})


async def _torn(site: Site, request: web.Request) -> web.StreamResponse:
    return _html(b"\x1f\x8b\x08\x00 this is no gzip", **{"Content-Encoding": "gzip"})


async def _brotli(site: Site, request: web.Request) -> web.StreamResponse:
    return _html(b"\x0b\x02\x80", **{"Content-Encoding": "br"})


async def _picture(site: Site, request: web.Request) -> web.StreamResponse:
    return web.Response(body=b"\x89PNG", content_type="image/png")


async def _untyped(site: Site, request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    response.headers["Content-Type"] = ""
    await response.prepare(request)
    await response.write(PAGE)
    return response


async def _headers(site: Site, request: web.Request) -> web.StreamResponse:
    return _html(PAGE, **{"X-Long": "a" * 100_000})


async def _cookie(site: Site, request: web.Request) -> web.StreamResponse:
    if "pass" in request.cookies:
        return _html()
    response = web.HTTPFound("/cookie")
    response.set_cookie("pass", "1")
    raise response


async def _busy(site: Site, request: web.Request) -> web.StreamResponse:
    site.busy += 1
    site.busiest = max(site.busiest, site.busy)
    await asyncio.sleep(0.02)
    site.busy -= 1
    return _html()


async def _twice(site: Site, request: web.Request) -> web.StreamResponse:
    if site.hits[request.path] < 3:
        return web.Response(status=429, headers={"Retry-After": "2"})
    return _html()


async def _closed(site: Site, request: web.Request) -> web.StreamResponse:
    return web.Response(status=503, headers={"Retry-After": "3600"})


async def _down(site: Site, request: web.Request) -> web.StreamResponse:
    return web.Response(status=500)


async def _hangup(site: Site, request: web.Request) -> web.StreamResponse:
    assert request.transport
    request.transport.abort()
    return web.Response()


async def _forbidden(site: Site, request: web.Request) -> web.StreamResponse:
    return web.Response(status=403)


async def _nowhere(site: Site, request: web.Request) -> web.StreamResponse:
    return web.Response(status=302)


_PAGES = {
    "/page": _page,
    "/conditional": _conditional,
    "/slow": _slow_start,
    "/drip": _drip,
    "/endless": _endless,
    "/bomb": _bomb,
    "/gzip": _gzip,
    "/deflate": _deflate,
    "/torn": _torn,
    "/brotli": _brotli,
    "/picture": _picture,
    "/untyped": _untyped,
    "/headers": _headers,
    "/cookie": _cookie,
    "/busy": _busy,
    "/twice": _twice,
    "/closed": _closed,
    "/down": _down,
    "/hangup": _hangup,
    "/forbidden": _forbidden,
    "/nowhere": _nowhere,
}
