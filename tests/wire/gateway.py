"""The gateway of the loopback Discord: sessions that can be resumed, heartbeats, compressed events."""

import importlib
import json
import secrets
import zlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.wire.rules import Json
from tests.wire.world import World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, INVALID_SESSION, HELLO, ACK = 0, 1, 2, 6, 9, 10, 11
# Who is there, what they do, and what they write: an application gets these only where it was allowed to.
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
MESSAGE_CONTENT = 1 << 15
INTERVAL_MS = 4_000


class Plain:
    """Events as text."""

    def __call__(self, text: str) -> str | bytes:
        """Return what goes over the socket."""
        return text


class Zlib(Plain):
    """Events as one zlib stream, flushed after each."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj()

    def __call__(self, text: str) -> bytes:
        """Return what goes over the socket."""
        return self._stream.compress(text.encode()) + self._stream.flush(zlib.Z_SYNC_FLUSH)


class Zstd(Plain):
    """Events as one zstd stream: what discord.py asks for where Python has it (3.14)."""

    def __init__(self) -> None:
        module: Any = importlib.import_module("compression.zstd")
        self._stream = module.ZstdCompressor()
        self._flush = module.ZstdCompressor.FLUSH_BLOCK

    def __call__(self, text: str) -> bytes:
        """Return what goes over the socket."""
        packed: bytes = self._stream.compress(text.encode(), self._flush)
        return packed


PACKERS: dict[str, type[Plain]] = {"": Plain, "zlib-stream": Zlib, "zstd-stream": Zstd}


class Gateway:
    """One bot's connection; what it misses while the line is down waits for RESUME."""

    def __init__(self, world: World, token: str, changed: Callable[[], Awaitable[None]]) -> None:
        self.world = world
        self.token = token
        self.url = ""
        self.intents = 0
        self.identified = self.resumed = self.heartbeats = 0
        self.ready = False
        self._changed = changed
        self._socket: web.WebSocketResponse | None = None
        self._transport: Any = None
        self._pack: Plain = Plain()
        self._session = ""
        self._sent: list[Json] = []

    @property
    def connected(self) -> bool:
        """Tell whether a bot listens."""
        return self.ready and self._socket is not None and not self._socket.closed

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        packer = PACKERS.get(request.query.get("compress", ""))
        if packer is None or request.query.get("v") != "10" or request.query.get("encoding") != "json":
            await socket.close(code=4012, message=b"Unknown version, encoding or compression")
            return socket
        self._socket, self._pack, self._transport = socket, packer(), request.transport
        await self._tell(HELLO, {"heartbeat_interval": INTERVAL_MS})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._heard(json.loads(message.data))
                    await self._changed()
        finally:
            if self._socket is socket:
                self._socket, self.ready = None, False
            await self._changed()
        return socket

    async def _heard(self, message: Json) -> None:
        assert self._socket is not None
        op, data = message["op"], message.get("d")
        if op == HEARTBEAT:
            self.heartbeats += 1
            await self._tell(ACK)
        elif op == IDENTIFY and isinstance(data, dict):
            await self._identify(self._socket, data)
        elif op == RESUME and isinstance(data, dict):
            await self._resume(self._socket, data)
        elif op not in (3, 4, 8):
            await self._socket.close(code=4001, message=b"Unknown opcode")

    async def _identify(self, socket: web.WebSocketResponse, data: Json) -> None:
        if data.get("token") != self.token:
            await socket.close(code=4004, message=b"Authentication failed.")
            return
        self.intents = int(data.get("intents", 0))
        if self.intents & PRIVILEGED:
            await socket.close(code=4014, message=b"Disallowed intent(s).")
            return
        self.identified += 1
        self._session, self._sent = secrets.token_hex(16), []
        world = self.world
        self.ready = True
        await self.send(
            "READY",
            {
                "v": 10,
                "user": world.bot.user | {"email": None, "mfa_enabled": True, "verified": True, "flags": 0},
                "guilds": [{"id": world.guild, "unavailable": True}],
                "session_id": self._session,
                "resume_gateway_url": self.url,
                "application": {"id": world.application, "flags": 0},
                "shard": [0, 1],
                "private_channels": [],
                "relationships": [],
            },
        )
        await self.send("GUILD_CREATE", world.guild_payload())

    async def _resume(self, socket: web.WebSocketResponse, data: Json) -> None:
        if data.get("token") != self.token:
            await socket.close(code=4004, message=b"Authentication failed.")
            return
        if data.get("session_id") != self._session:
            await self._tell(INVALID_SESSION, False)
            return
        for event in self._sent:
            if event["s"] > (data.get("seq") or 0):
                await self._write(event)
        self.resumed += 1
        self.ready = True
        await self.send("RESUMED", {})

    async def send(self, event: str, data: Json) -> None:
        """Send an event; without a connection it waits for RESUME."""
        packet = {"op": DISPATCH, "t": event, "s": len(self._sent) + 1, "d": data}
        self._sent.append(packet)
        if self.ready:
            await self._write(packet)

    async def drop(self) -> None:
        """Cut the line without a word, as a network does."""
        self.ready = False
        if self._transport is not None:
            self._transport.abort()

    def forget(self) -> None:
        """Forget the session, as Discord does after a while; what RESUME asks for is gone."""
        self._session = ""

    async def close(self) -> None:
        """Hang up."""
        if self._socket is not None and not self._socket.closed:
            await self._socket.close(code=WSCloseCode.GOING_AWAY)

    async def _tell(self, op: int, data: object = None) -> None:
        await self._write({"op": op, "d": data, "s": None, "t": None})

    async def _write(self, packet: Json) -> None:
        told = self._pack(json.dumps(packet))
        with suppress(ConnectionError, RuntimeError):
            if self._socket is None or self._socket.closed:
                return
            await (self._socket.send_bytes(told) if isinstance(told, bytes) else self._socket.send_str(told))
