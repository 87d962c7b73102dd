"""Messages as Discord keeps them and gives them back, and as the people of a channel read them."""

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.wire.rules import EPHEMERAL, GALLERY, TEXT, V2, Json, check_message, invalid, media, walk
from tests.wire.world import Person, World, now, snowflake

MARKDOWN = re.compile(r"\\([^\w\s])")
Files = Mapping[int, tuple[str, bytes]]


@dataclass(slots=True)
class Message:
    """One message; `files` are the bytes of what is attached, by name."""

    payload: Json
    files: dict[str, bytes] = field(default_factory=dict)
    deleted: bool = False
    edits: int = 0

    @property
    def id(self) -> str:
        """Return the id."""
        return str(self.payload["id"])

    @property
    def ephemeral(self) -> bool:
        """Tell whether only one person sees it."""
        return bool(self.payload["flags"] & EPHEMERAL)

    @property
    def v2(self) -> bool:
        """Tell whether it is made of components of the second version."""
        return bool(self.payload["flags"] & V2)

    @property
    def components(self) -> list[Json]:
        """Return all components, outer before inner."""
        return list(walk(self.payload["components"]))

    @property
    def text(self) -> str:
        """Return all it says as a person reads it: back-slashes and unseen marks gone."""
        told = [self.payload["content"], *(c["content"] for c in self.components if c["type"] == TEXT)]
        return MARKDOWN.sub(r"\1", "\n".join(x for x in told if x)).replace("\u200b", "")

    @property
    def buttons(self) -> dict[str, str]:
        """Return the custom ids of its buttons by label."""
        return {c["label"]: c["custom_id"] for c in self.components if c["type"] == 2 and "custom_id" in c}

    @property
    def pictures(self) -> list[Json]:
        """Return the items of its galleries."""
        return [item for c in self.components if c["type"] == GALLERY for item in c["items"]]


class Messages:
    """All messages of the loopback Discord, and the files that people and the bot sent."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.address = ""
        self.by_id: dict[str, Message] = {}
        self.uploads: dict[str, bytes] = {}

    def upload(self, name: str, data: bytes, kind: str = "text/plain; charset=utf-8") -> Json:
        """Keep a file and return its attachment payload."""
        id = snowflake()
        path = f"/attachments/{self.world.channel}/{id}/{name}"
        self.uploads[path] = data
        url = f"{self.address}{path}"
        return {"id": id, "filename": name, "size": len(data), "url": url, "proxy_url": url, "content_type": kind}

    def post(self, author: Person, content: str, attachments: list[Json] | None = None, **more: Any) -> Message:
        """Add a message of a person."""
        mentions = [p.user for p in self.world.people if f"<@{p.id}>" in content]
        return self._keep(author, {"content": content, "mentions": mentions, "attachments": attachments or [], **more})

    def create(self, body: Json, files: Files, *, ephemeral: bool = False, **more: Any) -> Message:
        """Add a message of the bot. Raises Refused."""
        names = dict(files.values())
        attachments = self._attached(body, files, [])
        check_message(body, names)
        flags = int(body.get("flags") or 0) & ~EPHEMERAL | (EPHEMERAL if ephemeral else 0)
        told = {key: body[key] for key in ("content", "embeds", "components") if body.get(key)}
        message = self._keep(self.world.bot, told | {"attachments": attachments, "flags": flags} | more)
        message.files.update(names)
        self._resolve(message)
        return message

    def edit(self, message: Message, body: Json, files: Files) -> None:
        """Change a message of the bot. Raises Refused."""
        names = dict(files.values())
        old = message.payload["attachments"]
        attachments = self._attached(body, files, old)
        kept = [a["filename"] for a in attachments if a in old]
        full = dict(body)
        if message.v2 and "components" not in body:
            # A card keeps its components, and with them what they show.
            pictures = {p["media"]["url"]: p["media"].get("name") for p in message.pictures}
            full["components"] = _named(message.payload["components"], pictures)
        check_message(full, names, kept=kept, was_v2=message.v2, edit=True)
        told = {key: body[key] or ("" if key == "content" else []) for key in ("content", "embeds") if key in body}
        flags = message.payload["flags"] | int(body.get("flags") or 0) & V2
        message.payload |= told | {"attachments": attachments, "flags": flags, "edited_timestamp": now()}
        if "components" in body:
            message.payload["components"] = copy.deepcopy(body["components"] or [])
        message.files.update(names)
        message.edits += 1
        self._resolve(message)

    def _attached(self, body: Json, files: Files, old: list[Json]) -> list[Json]:
        named = {str(a["id"]): a for a in body.get("attachments") or []}
        known = {str(a["id"]) for a in old}
        if unknown := set(named) - known - {str(n) for n in files}:
            raise invalid(f"attachments without a file: {sorted(unknown)}")
        kept = [a for a in old if "attachments" not in body or str(a["id"]) in named]
        for index, (name, data) in files.items():
            told = named.get(str(index), {})
            if told.get("filename", name) != name:
                raise invalid(f"file {index} is named {name!r} and {told['filename']!r}")
            kind = "image/png" if name.endswith(".png") else "application/octet-stream"
            made = self.upload(name, data, kind)
            kept.append(made | ({"description": told["description"]} if told.get("description") else {}))
        return kept

    def _keep(self, author: Person, given: Json) -> Message:
        payload: Json = {
            "id": snowflake(),
            "channel_id": self.world.channel,
            "author": author.user,
            "content": "",
            "timestamp": now(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "components": [],
            "pinned": False,
            "type": 0,
            "flags": 0,
        }
        message = Message(payload | copy.deepcopy(given))
        self.by_id[message.id] = message
        return message

    @staticmethod
    def _resolve(message: Message) -> None:
        """Write addresses in the place of `attachment://`, as Discord does."""
        urls = {f"attachment://{a['filename']}": a for a in message.payload["attachments"]}
        for place, one in enumerate(walk(message.payload["components"]), 1):
            one.setdefault("id", place)
            for holder in (*one.get("items", []), one):
                for key in ("media", "file"):
                    known = urls.get(holder[key]["url"]) if key in holder else None
                    if known is not None:
                        holder[key] |= {"url": known["url"], "proxy_url": known["url"], "name": known["filename"]}


def _named(components: list[Json], pictures: Mapping[str, str | None]) -> list[Json]:
    """Return components with `attachment://` again where a medium is attached."""
    told = copy.deepcopy(components)
    for one in walk(told):
        for item in one.get("items", []):
            if name := pictures.get(item["media"]["url"]):
                item["media"]["url"] = f"attachment://{name}"
    return told


def shown(message: Message) -> list[str]:
    """Return the addresses of all that a message shows."""
    return list(media(message.components))
