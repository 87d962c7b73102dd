"""The loopback Discord: a server on this machine with its state, and what people do in it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.wire import interactions as kinds
from tests.wire.gateway import MESSAGE_CONTENT, Gateway
from tests.wire.interactions import LIFE_S, PATIENCE_S, Interaction, Upload
from tests.wire.messages import Message, Messages
from tests.wire.rest import BASE, Rest
from tests.wire.rules import Json
from tests.wire.schema import Schema
from tests.wire.world import Person, World

TOKEN = "loopback.token.of-no-worth"
WAIT_S = 45.0


class Loopback:
    """One Discord. What the bot was refused is in `refusals`; a good run leaves it empty."""

    def __init__(self, *, token: str = TOKEN, patience: float = PATIENCE_S, life: float = LIFE_S) -> None:
        self.world = World()
        self.schema = Schema()
        self.messages = Messages(self.world)
        self.gateway = Gateway(self.world, token, self.changed)
        self.patience, self.life = patience, life
        self.commands: list[Json] = []
        self.synced = 0
        self.interactions: dict[str, Interaction] = {}
        self.channel: list[Message] = []
        self.calls: list[tuple[str, str]] = []
        self.refusals: list[str] = []
        self.pages: dict[str, str] = {}
        self.fetched: list[str] = []
        self.open_gateway = False
        self.limits: dict[tuple[str, str], list[float]] = {}
        # What a failed wait tells of the bot, and whether there is one to wait for.
        self.trouble: Callable[[], str] = lambda: ""
        self.alive: Callable[[], bool] = lambda: True
        self._news = asyncio.Condition()

    @property
    def address(self) -> str:
        """Return where everything is."""
        return self.messages.address

    @property
    def api(self) -> str:
        """Return what DISCORD_API_URL is set to."""
        return self.address + BASE

    @property
    def host(self) -> str:
        """Return host and port."""
        return self.address.removeprefix("http://")

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Loopback"]:
        """Serve on a free port of loopback."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.add_routes(Rest(self).routes())
        app.add_routes([web.get("/", self.gateway.handle), web.get("/{path:.*}", self._file)])
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.messages.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self.gateway.url = f"ws://{self.host}/"
        try:
            yield self
        finally:
            await self.gateway.close()
            await runner.cleanup()

    async def _file(self, request: web.Request) -> web.Response:
        """Give an attachment or a page."""
        if (data := self.messages.uploads.get(request.path)) is not None:
            return web.Response(body=data)
        self.fetched.append(request.path)
        page = self.pages.get(request.path)
        if page is None:
            return web.Response(status=404, text="not here")
        kind = "application/rss+xml" if page.startswith("<?xml") else "text/html"
        return web.Response(text=page, content_type=kind, charset="utf-8")

    async def changed(self) -> None:
        """Wake whoever waits for something."""
        async with self._news:
            self._news.notify_all()

    async def until(self, there: Callable[[], bool], what: str, seconds: float = WAIT_S) -> None:
        """Wait until something is so; raise AssertionError with what the bot said where it is not."""
        end = asyncio.get_running_loop().time() + seconds
        while not there():
            left = end - asyncio.get_running_loop().time()
            if left <= 0 or not self.alive():
                why = f"after {seconds:g} s" if left <= 0 else "and the bot has ended"
                raise AssertionError(f"{what}: not so {why}\nrefused: {self.refusals[-5:]}\n{self.trouble()}")
            async with self._news:
                try:
                    await asyncio.wait_for(self._news.wait(), min(left, 0.25))
                except TimeoutError:
                    continue

    def limit(self, method: str, path: str, *pauses: float) -> None:
        """Answer the next requests with 429, each with a pause in seconds."""
        self.limits[method, path] = list(pauses)

    def limited(self, method: str, path: str) -> float | None:
        """Return the pause where a request is one too many."""
        pauses = self.limits.get((method, path))
        return pauses.pop(0) if pauses else None

    def count(self, method: str, path: str) -> int:
        """Count requests by method and path template."""
        return self.calls.count((method, path))

    def seen(self, message: Message) -> Json:
        """Return a message as the bot sees it: without the intent, content only where it is spoken to."""
        me = self.world.bot.id
        mine = message.payload["author"]["id"] == me or me in (m["id"] for m in message.payload["mentions"])
        if mine or self.gateway.intents & MESSAGE_CONTENT:
            return message.payload
        return message.payload | {"content": "", "embeds": [], "attachments": [], "components": []}

    async def told(self, message: Message) -> None:
        """Put a message into the channel and tell the bot of it."""
        self.channel.append(message)
        author = next(p for p in self.world.people if p.id == message.payload["author"]["id"])
        told = self.seen(message) | {"guild_id": self.world.guild, "member": author.member}
        await self.gateway.send("MESSAGE_CREATE", told)

    async def say(self, person: Person, text: str, *files: Upload) -> Message:
        """Write a message in the channel."""
        attached = [self.messages.upload(f.name, f.data) for f in files]
        message = self.messages.post(person, text, attached)
        await self.told(message)
        return message

    def posts(self) -> dict[str, list[Message]]:
        """Return the messages of each post in the forum, by its name."""
        every = self.channel
        return {t["name"]: [m for m in every if m.payload["channel_id"] == id] for id, t in self.world.threads.items()}

    async def leave(self) -> None:
        """Remove the bot from the server."""
        await self.gateway.send("GUILD_DELETE", {"id": self.world.guild})

    async def invite(self) -> None:
        """Take the bot back into the server."""
        await self.gateway.send("GUILD_CREATE", self.world.guild_payload())

    async def replies(self, message: Message, seconds: float = WAIT_S) -> list[Message]:
        """Wait for the bot's reply to a message."""

        def found() -> list[Message]:
            given = [m for m in self.channel if "message_reference" in m.payload]
            return [m for m in given if str(m.payload["message_reference"]["message_id"]) == message.id]

        await self.until(lambda: bool(found()), f"a reply to {message.payload['content']!r}", seconds)
        return found()

    async def slash(self, person: Person, name: str, /, *, forged: bool = False, **given: Any) -> Interaction:
        """Use a command; `forged` uses one that Discord hides from the person."""
        command, steps = kinds.find(self.commands, name)
        if not forged:
            kinds.demand_visible(command, person)
        files = {n: self.messages.upload(u.name, u.data) for n, u in given.items() if isinstance(u, Upload)}
        people = {n: p for n, p in given.items() if isinstance(p, Person)}
        plain = given | {n: a["id"] for n, a in files.items()} | {n: p.id for n, p in people.items()}
        leaf = kinds.options(steps[-1] if steps else command, plain)
        resolved: Json = {"attachments": {a["id"]: a for a in files.values()}} if files else {}
        resolved |= {"users": {p.id: p.user for p in people.values()}} if people else {}
        more = {"resolved": resolved} if resolved else {}
        return await self._act(person, kinds.COMMAND, kinds.nested(command, steps, leaf, **more))

    async def autocomplete(self, person: Person, name: str, option: str, typed: str) -> list[Json]:
        """Type into an option and return what is offered."""
        command, steps = kinds.find(self.commands, name)
        leaf = [{"name": option, "type": 3, "value": typed, "focused": True}]
        one = await self._act(person, kinds.AUTOCOMPLETE, kinds.nested(command, steps, leaf))
        await self.first(one)
        return one.choices

    async def menu(self, person: Person, name: str, message: Message) -> Interaction:
        """Use a menu on a message; Discord sends the whole message along."""
        command, _ = kinds.find(self.commands, name, type=3)
        data = {"id": command["id"], "name": name, "type": 3, "target_id": message.id}
        return await self._act(person, kinds.COMMAND, data | {"resolved": {"messages": {message.id: message.payload}}})

    async def press(self, person: Person, message: Message, label: str) -> Interaction:
        """Press a button of a message."""
        assert label in message.buttons, f"no button {label!r}, only {sorted(message.buttons)}"
        data = {"custom_id": message.buttons[label], "component_type": 2, "id": 1}
        return await self._act(person, kinds.COMPONENT, data, message)

    async def submit(
        self, person: Person, form: Interaction, texts: dict[str, str], files: dict[str, Upload] | None = None
    ) -> Interaction:
        """Fill in the form that answered an interaction, and send it."""
        assert form.modal is not None, "no form is open"
        attached = {n: self.messages.upload(u.name, u.data) for n, u in (files or {}).items()}
        return await self._act(person, kinds.SUBMIT, kinds.filled(form.modal, texts, attached), form.pressed)

    async def _act(self, person: Person, type: int, data: Json, pressed: Message | None = None) -> Interaction:
        more = {"message": pressed.payload} if pressed else {}
        one = kinds.make(self.world, person, type, data, **more)
        one.pressed = pressed
        self.interactions[one.token] = one
        await self.gateway.send("INTERACTION_CREATE", one.payload)
        return one

    async def first(self, one: Interaction) -> Interaction:
        """Wait for the first answer, whatever it is; a late one is refused, and so is waited for in vain."""
        await self.until(lambda: one.waited is not None, f"the first answer to {one.payload['data']}", 10)
        return one

    async def answer(self, one: Interaction, messages: int = 1, seconds: float = WAIT_S) -> Message:
        """Wait for the messages that answer an interaction, and return the last."""
        await self.first(one)
        what = f"{messages} messages in answer to {one.payload['data']}"
        await self.until(lambda: len(one.messages) >= messages, what, seconds)
        return one.messages[-1]

    async def refusal(self, one: Interaction) -> Message:
        """Wait until an interaction is answered for its asker's eyes alone, and return that."""
        await self.first(one)
        what = f"nothing but a private answer to {one.payload['data']}"
        await self.until(lambda: bool(one.messages) and all(m.ephemeral for m in one.messages), what)
        return one.messages[-1]
