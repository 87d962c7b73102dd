"""A web server on loopback that lies, and beside it a private one that nobody may reach: what is hostile, by name.

It writes bytes to the socket itself, for a decent server library refuses to send most of this.
"""

import asyncio
import json
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from .test_page import BODY, LINES, linked
from .test_page import page as plain_page
from .test_pdf import make_pdf

HOME = "127.0.0.2"
MEGA = 1 << 20
Send = Callable[[bytes], Awaitable[None]]
LIVE = ("2024-05-02T09:05:00+02:00", "2024-05-02T11:40:00+02:00", "2024-05-02T18:15:00+02:00")


def answer(body: bytes, *headers: str, kind: str = "text/html", status: str = "200 OK") -> bytes:
    """Write a response."""
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def to(target: str, *headers: str) -> bytes:
    """Write a redirection."""
    return answer(b"", f"Location: {target}", *headers, status="302 Found")


def wall(html: str) -> bytes:
    """Write a page that has no article."""
    return answer(f"<!doctype html><html><body>{html}</body></html>".encode())


def zeros(window: int, *, size: int = 1 << 30) -> bytes:
    """Compress so many zeros: one block that is complete in itself, repeated; `window` is zlib's, raw or wrapped."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(bytes(MEGA)) + packer.flush(zlib.Z_FULL_FLUSH)
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" if window > zlib.MAX_WBITS else b"\x78\x9c"
    return head + block * (size // MEGA) + packer.flush()


def pdf_bomb() -> bytes:
    """Write a PDF whose one page unpacks to a gigabyte."""
    stream = zeros(zlib.MAX_WBITS)
    whole = make_pdf([["x"]])
    begin, end = whole.index(b"<< /Length"), whole.index(b"endstream") + len(b"endstream")
    bomb = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)
    return whole[:begin] + bomb + whole[end:]


def live() -> bytes:
    """Write a live blog with three entries."""
    updates = [
        {"@type": "BlogPosting", "datePublished": at, "headline": f"Entry {n}", "articleBody": LINES[n]}
        for n, at in enumerate(LIVE)
    ]
    head = f"<script type='application/ld+json'>{json.dumps({'@type': 'LiveBlogPosting', 'liveBlogUpdate': updates})}</script>"
    return answer(plain_page(head))


def article(head: str = "", more: str = "", *headers: str, kind: str = "text/html") -> bytes:
    """Write a page with an article and something else."""
    return answer(plain_page(head, body=BODY + more), *headers, kind=kind)


def pages(port: int, home: int) -> dict[str, bytes]:
    """Return the answers that are bytes, by name; `port` is the server's own, `home` that of the private one."""
    private = f"http://{HOME}:{home}/inside"
    doctype = "<!DOCTYPE html [<!ENTITY a 'ha'>" + "".join(
        f"<!ENTITY {c} '{f'&{b};' * 20}'>" for b, c in zip("abcdef", "bcdefg", strict=True)
    )
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    return {
        "plain": article(),
        "loop": to("/loop"),
        "cookie-wall": to("/cookie-wall", "Set-Cookie: seen=0; Path=/elsewhere"),
        "to-private": to(private),
        "to-metadata": to("http://169.254.169.254/latest/meta-data/"),
        "to-mapped": to(f"http://[::ffff:{HOME}]:{home}/"),
        "to-decimal": to(f"http://2130706434:{home}/"),
        "to-octal": to(f"http://0177.0.0.2:{home}/"),
        "to-hex": to(f"http://0x7f000002:{home}/"),
        "to-circled": to(f"http://①②⑦.⓪.⓪.②:{home}/"),
        "to-name": to(f"http://trap.example:{home}/"),
        "to-credentials": to(f"http://ada:secret@127.0.0.1:{port}/plain"),
        "to-file": to("file:///etc/passwd"),
        "to-data": to("data:text/html,<p>Nine people died.</p>"),
        "to-two-lines": to("/plain\rX-Injected: 1"),
        "to-escaped-lines": to("/plain%0d%0aHost:%20trap.example"),
        "two-answers": article() + answer(b"<p>smuggled</p>"),
        "meta-refresh": wall(f"<meta http-equiv='refresh' content='0; url={private}'><p>One moment</p>"),
        "frame": article("", f"<iframe src='{private}'></iframe><img src='{private}'><script src='{private}'></script>"),
        "canonical": article(f"<link rel='canonical' href='{private}'><base href='{private}'>"),
        "next-pages": article(f"<link rel='next' href='http://127.0.0.1:{port}/next-pages?page=2'>"),
        "gzip-bomb": answer(zeros(16 + zlib.MAX_WBITS), "Content-Encoding: gzip"),
        "deflate-bomb": answer(zeros(zlib.MAX_WBITS), "Content-Encoding: deflate"),
        "brotli": answer(b"\x0b\x02\x80\x00" * 9, "Content-Encoding: br"),
        "broken-gzip": answer(b"\x1f\x8b\x08\x00 no gzip at all", "Content-Encoding: gzip"),
        "huge-headers": article("", "", *(f"X-{n}: {'a' * 900}" for n in range(2_000))),
        "body-too-short": article().replace(b"Content-Length: ", b"Content-Length: 9"),
        "broken-chunks": chunked + b"zz\r\n<p>Nine people died.</p>\r\n0\r\n\r\n",
        "no-http": b"SSH-2.0-OpenSSH_9.6\r\n",
        "picture": answer(b"\x89PNG\r\n", kind="image/png"),
        "picture-as-page": answer(b"\x89PNG\r\n" + bytes(900)),
        "json": answer(b'{"text": "Nine people died."}', kind="application/json"),
        "binary": answer(bytes(range(256)) * 40),
        "nothing-said": answer(b"Nine people died.", kind=""),
        "empty": answer(b""),
        "wrong-charset": answer("".join(f"<p>Fähre “{n}”: {x}</p>" for n, x in enumerate(LINES)).encode("cp1252"), kind="text/html; charset=utf-8"),
        "unknown-charset": article(kind="text/html; charset=x-no-such-thing"),
        "divs": answer(plain_page(body="<div>" * 3_000 + BODY + "</div>" * 3_000)),
        "rows": article("", "<table>" + "<tr><td>1</td><td>two words</td></tr>" * 30_000 + "</table>"),
        "attributes": answer(plain_page(body="<p " + " ".join(f"a{n}=1" for n in range(20_000)) + f">{BODY}")),
        "one-long-word": article("", f"<p>{'a' * 3_000_000}</p>"),
        "linked-nonsense": article(f"<script type='application/ld+json'>{'[' * 200_000}</script>"),
        "entities": answer(f"{doctype}]><html><body><p>&g;</p></body></html>".encode(), kind="application/xhtml+xml"),
        "soft-404": wall("<h1>404</h1><p>Sorry, page not found. It may have gone away, or you may have followed an old link.</p>"),
        "consent": wall("<h1>We value your privacy</h1><button>Accept all</button><button>Reject all</button>"),
        "robot-check": wall("<h1>Just a moment...</h1><p>Checking your browser before you go on.</p>"),
        "script-shell": wall("<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div>"),
        "paywall": wall(linked(isAccessibleForFree="False", headline="x") + f"<h1>Ferries</h1><p>{LINES[0]}</p>"),
        "script-article": answer(plain_page(linked(articleBody="\n".join(LINES)), top="", body="<div id='root'></div>")),
        "amp": article(f"<link rel='canonical' href='http://127.0.0.1:{port}/plain'>"),
        "live": live(),
        "pdf": answer(make_pdf([LINES]), kind="application/pdf"),
        "pdf-bomb": answer(pdf_bomb(), kind="application/pdf"),
        "broken-pdf": answer(make_pdf([LINES])[:300], kind="application/pdf"),
    }  # fmt: skip


async def endless_body(send: Send) -> None:
    """Send a page that has no end."""
    await send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        await send(b"<p>all work and no play</p>" * 1_000)


async def endless_headers(send: Send) -> None:
    """Send headers that have no end."""
    await send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await send(b"X-More: and more\r\n" * 100)


async def drip(send: Send) -> None:
    """Send a letter at a time."""
    await send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        await send(b"a")
        await asyncio.sleep(0.05)


async def silence(send: Send) -> None:
    """Send nothing and stay."""
    await asyncio.sleep(3_600)


STREAMS = {"endless": endless_body, "endless-headers": endless_headers, "drip": drip, "silence": silence}


@dataclass(slots=True)
class Gallery:
    """The running servers: what was asked of the one, and of the private one."""

    port: int = 0
    home: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    reached: list[bytes] = field(default_factory=list)
    pages: dict[str, bytes] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""

        async def send(data: bytes) -> None:
            writer.write(data)
            await writer.drain()

        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            name = request.split()[1].decode().lstrip("/").split("?")[0]
            self.hits[name] += 1
            if stream := STREAMS.get(name):
                await stream(send)
            await send(self.pages.get(name) or answer(b"", status="404 Not Found"))
            writer.close()
            await writer.wait_closed()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            # Whoever asked has left, or the end has come.
            writer.transport.abort()
        finally:
            self.tasks.discard(task)

    async def betray(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Note that the private server was reached."""
        self.reached.append(await reader.read(1_000))
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def gallery() -> AsyncIterator[Gallery]:
    """Run both servers until the block ends."""
    state = Gallery()
    public = await asyncio.start_server(state.serve, "127.0.0.1", 0)
    private = await asyncio.start_server(state.betray, HOME, 0)
    state.port, state.home = (server.sockets[0].getsockname()[1] for server in (public, private))
    state.pages = pages(state.port, state.home)
    try:
        yield state
    finally:
        for server in (public, private):
            server.close()
        for task in state.tasks:
            task.cancel()
        await asyncio.gather(*state.tasks, return_exceptions=True)
