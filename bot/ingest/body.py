"""Read a response's body within a limit that counts decompressed bytes, so that a zip bomb stops early."""

import zlib
from collections.abc import AsyncIterator
from typing import Protocol

from bot.ingest.text import too_large
from bot.model import CorrobotError

_STEP = 65_536


class Inflater(Protocol):
    """What zlib's decompression objects do."""

    @property
    def unconsumed_tail(self) -> bytes: ...

    @property
    def unused_data(self) -> bytes: ...

    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int = ...) -> bytes: ...


async def read_body(chunks: AsyncIterator[bytes], encoding: str, limit: int, url: str) -> bytes:
    """Collect the decoded body; stop with too_large at the first byte over the limit."""
    body = bytearray()
    coding = encoding.strip().lower()
    if coding in ("", "identity"):
        async for chunk in chunks:
            body += chunk
            _check(len(body), limit, url)
        return bytes(body)
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise CorrobotError("unsupported", f"{url} is sent in an encoding that was not asked for ({coding[:40]})", url)
    inflater: Inflater | None = None
    async for chunk in chunks:
        if inflater is None:
            inflater = _inflater(coding, chunk)
        data = chunk
        while data:
            try:
                body += inflater.decompress(data, _STEP)
            except zlib.error as error:
                raise CorrobotError(
                    "fetch_failed", f"{url} sent a broken compressed body; try again later", url
                ) from error
            _check(len(body), limit, url)
            data = inflater.unconsumed_tail
            if inflater.eof:
                data = inflater.unused_data
                # A gzip body may be several members in a row; anything else after the end is padding.
                if not data.startswith(b"\x1f\x8b"):
                    break
                inflater = _inflater(coding, data)
    return bytes(body)


def _inflater(coding: str, start: bytes) -> Inflater:
    if coding != "deflate":
        return zlib.decompressobj(16 + zlib.MAX_WBITS)
    # "deflate" means a zlib stream, and some servers send a raw one.
    wrapped = len(start) > 1 and start[0] & 0x0F == 8 and (start[0] << 8 | start[1]) % 31 == 0
    return zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)


def _check(size: int, limit: int, url: str) -> None:
    if size > limit:
        raise too_large(url, limit)
