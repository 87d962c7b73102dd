"""A real web server on loopback with feeds that grow and pages that they name."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from aiohttp import web

TOWNS = ("Halvo", "Skerrin", "Tornby", "Lunde", "Marsk", "Ostvig", "Brenna", "Fjelde", "Grimsa", "Havstad", "Ilsvik")
THINGS = ("ferry", "bridge", "mill", "school", "tunnel", "harbour", "market", "dam", "tram", "library", "quarry")


@dataclass
class Stand:
    """The feeds by path: items of (guid, path, title, more XML); what was asked, and how it shall fail."""

    base: str = ""
    feeds: dict[str, list[tuple[str, str, str, str]]] = field(default_factory=dict)
    hits: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    status: dict[str, int] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    ttl: int | None = None

    def fill(self, path: str, numbers: range, *, more: str = "") -> None:
        """Put items on top of a feed, the newest first, each with a page of its own."""
        items = [(f"{path}#{n}", f"/page{path}/{n}?utm_source=rss", f"{THINGS[n % 11]} {n}", more) for n in numbers]
        self.feeds[path] = [*reversed(items), *self.feeds.get(path, [])]

    def rss(self, path: str) -> str:
        """Write a feed."""
        items = "".join(
            f"<item><guid isPermaLink='false'>{escape(guid)}</guid><link>{escape(self.base + page)}</link>"
            f"<title>{escape(title)}</title>{more}</item>"
            for guid, page, title, more in self.feeds[path]
        )
        ttl = f"<ttl>{self.ttl}</ttl>" if self.ttl else ""
        return (
            f"<?xml version='1.0'?><rss version='2.0'><channel><title>Feed {path}</title>{ttl}{items}</channel></rss>"
        )


def article(path: str) -> str:
    """Write the page of an item: another event for each, told in names of its own, so that no two are one story."""
    number = int(path.rsplit("/", 1)[1])
    town, thing = TOWNS[number // 11 % 11] + "abcdefghijk"[number % 11], THINGS[number % 11]
    names = [f"{first}{last}{'aeiouy'[number % 6]}{number}" for first in TOWNS for last in ("ka", "mo", "ti", "re")]
    title = f"{town} {thing}"
    text = (
        f"{' '.join(names[:22])} of {town} injured {number + 3} people. {' '.join(names[22:])} in {town} told {thing}."
    )
    return (
        f"<!doctype html><html><head><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )


@asynccontextmanager
async def stand() -> AsyncIterator[Stand]:
    """Run the server until the block ends."""
    state = Stand()

    async def answer(request: web.Request) -> web.StreamResponse:
        path = request.path
        state.hits[path] += 1
        if path in state.status:
            return web.Response(status=state.status[path], headers=state.headers)
        if path in state.feeds:
            tag = f'"{len(state.feeds[path])}"'
            if request.headers.get("If-None-Match") == tag:
                state.unchanged[path] += 1
                return web.Response(status=304)
            return web.Response(
                text=state.rss(path), headers={"Content-Type": "application/rss+xml; charset=utf-8", "ETag": tag}
            )
        if path.startswith("/page/"):
            return web.Response(text=article(path), content_type="text/html")
        if path == "/home":
            link = "<link rel='alternate' type='application/rss+xml' href='/feed/0'>"
            return web.Response(text=f"<html><head>{link}</head><body>News</body></html>", content_type="text/html")
        raise web.HTTPNotFound

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    state.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield state
    finally:
        await runner.cleanup()
