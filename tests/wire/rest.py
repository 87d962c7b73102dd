"""The REST API of the loopback Discord: every body is checked, every refusal is noted."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.wire import interactions as kinds
from tests.wire.interactions import Interaction
from tests.wire.messages import Message
from tests.wire.rules import EPHEMERAL, Json, Refused, check_message, check_modal, invalid
from tests.wire.world import snowflake

if TYPE_CHECKING:
    from tests.wire.loopback import Loopback

BASE = "/api/v10"
BLANK: Json = {"type": 1, "description": "", "options": [], "default_member_permissions": None, "nsfw": False}
HOOK = "/webhooks/{webhook_id}/{webhook_token}"


@dataclass(frozen=True, slots=True)
class Call:
    """One request, taken apart."""

    path: dict[str, str]
    query: dict[str, str]
    body: Any = None
    files: dict[int, tuple[str, bytes]] = field(default_factory=dict)


Handler = Callable[[Call], Awaitable[Any]]


def reply(status: int, body: object = None, **headers: str) -> web.Response:
    """Answer; discord.py takes for JSON only what is exactly of that type."""
    if body is None:
        return web.Response(status=status, headers=headers)
    return web.Response(
        status=status, body=json.dumps(body).encode(), headers={"Content-Type": "application/json"} | headers
    )


async def taken_apart(request: web.Request) -> Call:
    """Read the body of a request: JSON, or a form of JSON and files."""
    body: Any = None
    files: dict[int, tuple[str, bytes]] = {}
    if request.content_type.startswith("multipart/"):
        reader = await request.multipart()
        while (part := await reader.next()) is not None:
            assert not isinstance(part, type(reader))
            name = getattr(part, "name", None) or ""
            data = bytes(await part.read())  # type: ignore[union-attr]
            if name == "payload_json":
                body = json.loads(data)
            elif name.startswith("files[") and name.endswith("]"):
                files[int(name[6:-1])] = (getattr(part, "filename", None) or "", data)
            else:
                raise invalid(f"a part named {name!r}")
    elif data := await request.read():
        if request.content_type != "application/json":
            raise Refused(415, 0, f"Unsupported Media Type {request.content_type}")
        body = json.loads(data)
    return Call(dict(request.match_info), dict(request.query), body, files)


class Rest:
    """The routes, by the templates under which Discord describes them."""

    def __init__(self, discord: "Loopback") -> None:
        self.discord = discord

    def routes(self) -> list[web.RouteDef]:
        """Return all routes."""
        app, channel = "/applications/{application_id}/commands", "/channels/{channel_id}/messages"
        table: list[tuple[str, str, Handler]] = [
            ("GET", "/gateway/bot", self.gateway),
            ("GET", "/users/@me", self.me),
            ("GET", "/oauth2/applications/@me", self.application),
            ("PUT", app, self.sync),
            ("POST", channel, self.send),
            ("GET", channel + "/{message_id}", self.message),
            ("PATCH", channel + "/{message_id}", self.edit),
            ("POST", "/channels/{channel_id}/typing", self.typing),
            ("POST", "/channels/{channel_id}/threads", self.thread),
            ("POST", "/interactions/{interaction_id}/{interaction_token}/callback", self.callback),
            ("POST", HOOK, self.follow),
            ("GET", HOOK + "/messages/@original", self.original),
            ("PATCH", HOOK + "/messages/@original", self.edit_original),
            ("DELETE", HOOK + "/messages/@original", self.delete_original),
            ("PATCH", HOOK + "/messages/{message_id}", self.edit_follow),
        ]
        routes = [web.route(method, BASE + path, self._serve(method, path, do)) for method, path, do in table]
        return [*routes, web.route("*", BASE + "/{rest:.*}", self._serve("*", "/{rest}", self.unknown))]

    def _serve(self, method: str, path: str, do: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def served(request: web.Request) -> web.Response:
            discord = self.discord
            try:
                if not (path.startswith(("/interactions", "/webhooks")) or self._open(path)):
                    self._authorize(request)
                call = await taken_apart(request)
                if (pause := discord.limited(method, path)) is not None:
                    told = {"message": "You are being rate limited.", "retry_after": pause, "global": False}
                    return reply(429, told, Via="1.1 loopback", **{"Retry-After": str(pause)})
                if call.body is not None and (wrong := discord.schema.problem(method, path, call.body)):
                    raise invalid(wrong)
                answer = await do(call)
            except Refused as no:
                discord.refusals.append(f"{request.method} {request.path[:90]}: {no.status} {no.code} {no.message}")
                return reply(no.status, {"message": no.message, "code": no.code})
            finally:
                discord.calls.append((request.method, path))
                await discord.changed()
            return reply(204) if answer is None else reply(200, answer)

        return served

    def _open(self, path: str) -> bool:
        return path == "/gateway/bot" and self.discord.open_gateway

    def _authorize(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bot {self.discord.gateway.token}":
            raise Refused(401, 0, "401: Unauthorized")

    async def unknown(self, call: Call) -> None:
        """Refuse what is not built here."""
        raise Refused(404, 0, "404: Not Found (no such route in the loopback Discord)")

    async def gateway(self, call: Call) -> Json:
        """Tell where the gateway is."""
        limit = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
        return {"url": self.discord.gateway.url, "shards": 1, "session_start_limit": limit}

    async def me(self, call: Call) -> Json:
        """Tell the bot who it is."""
        return self.discord.world.bot.user

    async def application(self, call: Call) -> Json:
        """Tell of the application."""
        world = self.discord.world
        told = {
            "name": "Corrobot",
            "icon": None,
            "description": "",
            "bot_public": True,
            "bot_require_code_grant": False,
        }
        return told | {"id": world.application, "owner": world.owner.user, "team": None, "verify_key": "00", "flags": 0}

    async def sync(self, call: Call) -> list[Json]:
        """Take all commands."""
        discord = self.discord
        names = [(c.get("type", 1), c["name"]) for c in call.body]
        if len(names) != len(set(names)):
            raise invalid("a command is there twice")
        common = {"application_id": discord.world.application, "version": snowflake()}
        discord.commands[:] = [BLANK | c | common | {"id": snowflake()} for c in call.body]
        discord.synced += 1
        return discord.commands

    async def send(self, call: Call) -> Json:
        """Send to the channel."""
        self._channel(call)
        more: Json = {}
        if reference := call.body.get("message_reference"):
            target = self._stored(str(reference["message_id"]))
            more = {"type": 19, "message_reference": reference, "referenced_message": target.payload}
        message = self.discord.messages.create(call.body, call.files, channel_id=call.path["channel_id"], **more)
        await self.discord.told(message)
        return message.payload

    async def thread(self, call: Call) -> Json:
        """Open a post in the forum with its first message; Discord takes none without."""
        world = self.discord.world
        if call.path["channel_id"] != world.forum:
            raise Refused(404, 10003, "Unknown Channel")
        if not 1 <= len(call.body["name"]) <= 100 or not call.body.get("message"):
            raise invalid("a post has a name of 1 to 100 characters and a message")
        id = snowflake()
        message = self.discord.messages.create(call.body["message"], call.files, id=id, channel_id=id)
        told = world.open_thread(world.forum, call.body["name"], id)
        await self.discord.gateway.send("THREAD_CREATE", told | {"newly_created": True})
        await self.discord.told(message)
        return told | {"message": message.payload}

    async def message(self, call: Call) -> Json:
        """Show a message."""
        self._channel(call)
        return self.discord.seen(self._stored(call.path["message_id"]))

    async def edit(self, call: Call) -> Json:
        """Change a message."""
        self._channel(call)
        return self._edited(self._stored(call.path["message_id"]), call)

    async def typing(self, call: Call) -> None:
        """Show that the bot types."""
        self._channel(call)

    async def callback(self, call: Call) -> Json | None:
        """Take the first answer to an interaction."""
        one = self.discord.interactions.get(call.path["interaction_token"])
        if one is None or one.id != call.path["interaction_id"]:
            raise Refused(404, 10062, "Unknown interaction")
        kind, data = int(call.body["type"]), call.body.get("data") or {}
        if kind == kinds.MODAL:
            check_modal(data)
        elif kind == kinds.MESSAGE:
            # What is wrong with the message leaves the interaction unanswered.
            check_message(data, dict(call.files.values()))
        elif call.files and kind != kinds.UPDATE:
            raise invalid("files without a message")
        one.answer(kind, self.discord.patience)
        one.ephemeral = bool((data.get("flags") or 0) & EPHEMERAL)
        message: Message | None = None
        if kind == kinds.MODAL:
            one.modal = data
        elif kind == kinds.CHOICES:
            one.choices = data["choices"]
        elif kind == kinds.MESSAGE:
            message = one.original = await self._say(one, call, data, ephemeral=one.ephemeral)
        elif kind in (kinds.UPDATE, kinds.DEFER_UPDATE):
            message = one.original = one.pressed
            if message is not None and kind == kinds.UPDATE:
                self.discord.messages.edit(message, data, call.files)
        if call.query.get("with_response") not in ("1", "true"):
            return None
        state = {"id": one.id, "type": one.payload["type"], "response_message_loading": one.loading}
        state |= {"response_message_ephemeral": one.ephemeral}
        if message is None:
            return {"interaction": state}
        state["response_message_id"] = message.id
        return {"interaction": state, "resource": {"type": kind, "message": message.payload}}

    async def follow(self, call: Call) -> Json | None:
        """Take a follow-up; the first one after a defer takes the place of what was deferred."""
        one = self._hook(call)
        if one.loading:
            one.original = await self._say(one, call, call.body, ephemeral=one.ephemeral)
            return one.original.payload
        ephemeral = bool((call.body.get("flags") or 0) & EPHEMERAL)
        one.followups.append(await self._say(one, call, call.body, ephemeral=ephemeral))
        return one.followups[-1].payload

    async def original(self, call: Call) -> Json:
        """Show the first answer."""
        return self._original(self._hook(call)).payload

    async def edit_original(self, call: Call) -> Json:
        """Change the first answer, or give what was deferred."""
        one = self._hook(call)
        if one.loading:
            one.original = await self._say(one, call, call.body, ephemeral=one.ephemeral)
            return one.original.payload
        return self._edited(self._original(one), call)

    async def delete_original(self, call: Call) -> None:
        """Take the first answer away, or what was deferred."""
        one = self._hook(call)
        if one.loading:
            one.original = self.discord.messages.post(self.discord.world.bot, "")
        self._original(one).deleted = True

    async def edit_follow(self, call: Call) -> Json:
        """Change a follow-up."""
        one = self._hook(call)
        return self._edited(next(m for m in one.messages if m.id == call.path["message_id"]), call)

    async def _say(self, one: Interaction, call: Call, body: Json, *, ephemeral: bool) -> Message:
        more: Json = {"webhook_id": self.discord.world.application, "application_id": self.discord.world.application}
        more |= {"type": 20 if one.payload["type"] == kinds.COMMAND and one.original is None else 0}
        message = self.discord.messages.create(body, call.files, ephemeral=ephemeral, **more)
        if not ephemeral:
            await self.discord.told(message)
        return message

    def _edited(self, message: Message, call: Call) -> Json:
        self.discord.messages.edit(message, call.body, call.files)
        return message.payload

    def _hook(self, call: Call) -> Interaction:
        one = self.discord.interactions.get(call.path["webhook_token"])
        if one is None or call.path["webhook_id"] != self.discord.world.application:
            raise Refused(401, 50027, "Invalid Webhook Token")
        one.demand_open(self.discord.life)
        return one

    def _original(self, one: Interaction) -> Message:
        if one.original is None or one.original.deleted:
            raise Refused(404, 10008, "Unknown Message")
        return one.original

    def _stored(self, id: str) -> Message:
        message = self.discord.messages.by_id.get(id)
        if message is None or message.deleted or message.ephemeral:
            raise Refused(404, 10008, "Unknown Message")
        return message

    def _channel(self, call: Call) -> None:
        world = self.discord.world
        if call.path["channel_id"] not in (world.channel, *world.threads):
            raise Refused(404, 10003, "Unknown Channel")
