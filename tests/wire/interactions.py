"""Interactions: what people do with commands, menus, buttons and forms, and what the bot answered."""

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from tests.wire.messages import Message
from tests.wire.rules import LABEL, TEXT_INPUT, UPLOAD, Json, Refused, walk
from tests.wire.world import Person, World, snowflake

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5
MESSAGE, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
ALLOWED = {
    COMMAND: {MESSAGE, DEFER, MODAL},
    COMPONENT: {MESSAGE, DEFER, DEFER_UPDATE, UPDATE, MODAL},
    AUTOCOMPLETE: {CHOICES},
    SUBMIT: {MESSAGE, DEFER, DEFER_UPDATE, UPDATE},
}
PATIENCE_S, LIFE_S = 3.0, 900.0


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a person attaches."""

    name: str
    data: bytes


@dataclass(slots=True)
class Interaction:
    """One interaction. `waited` is how many seconds passed between the event and the first answer."""

    payload: Json
    sent: float
    pressed: Message | None = None
    waited: float | None = None
    kind: int | None = None
    ephemeral: bool = False
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Return the id."""
        return str(self.payload["id"])

    @property
    def token(self) -> str:
        """Return the token that answers need."""
        return str(self.payload["token"])

    @property
    def messages(self) -> list[Message]:
        """Return what stands there in answer, oldest first."""
        given = ([self.original] if self.original else []) + self.followups
        return [m for m in given if not m.deleted]

    @property
    def loading(self) -> bool:
        """Tell whether people still see the bot think."""
        return self.kind == DEFER and self.original is None

    def answer(self, kind: int, patience: float) -> None:
        """Take the first answer. Raises Refused where it is late, the second, or not one to this."""
        if self.waited is not None:
            raise Refused(400, 40060, "Interaction has already been acknowledged.")
        waited = time.monotonic() - self.sent
        if waited > patience:
            raise Refused(404, 10062, f"Unknown interaction (answered after {waited:.2f} s)")
        if kind not in ALLOWED[self.payload["type"]]:
            raise Refused(400, 50035, f"Invalid Form Body: type {kind} answers no interaction {self.payload['type']}")
        self.waited, self.kind = waited, kind

    def demand_open(self, life: float) -> None:
        """Raise Refused unless follow-ups are allowed."""
        if time.monotonic() - self.sent > life:
            raise Refused(401, 50027, "Invalid Webhook Token")
        if self.waited is None:
            raise Refused(404, 10015, "Unknown Webhook")


def make(world: World, person: Person, type: int, data: Json, **more: Any) -> Interaction:
    """Make an interaction of a person in the channel."""
    payload: Json = {
        "id": snowflake(),
        "application_id": world.application,
        "type": type,
        "data": data,
        "guild_id": world.guild,
        "guild": {"id": world.guild, "locale": "en-US", "features": []},
        "channel_id": world.channel,
        "channel": world.channel_payload() | {"permissions": str(person.permissions)},
        "member": person.acting,
        "token": secrets.token_urlsafe(48),
        "version": 1,
        "app_permissions": str(world.bot.permissions),
        "locale": "en-US",
        "guild_locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": {"0": world.guild},
        "context": 0,
        "attachment_size_limit": 10 * 1024 * 1024,
    }
    return Interaction(payload | more, time.monotonic())


def find(commands: list[Json], name: str, type: int = 1) -> tuple[Json, list[Json]]:
    """Return a synced command and the steps down to what is called, by a name such as "article add"."""
    top, *rest = name.split(" ") if type == 1 else [name]
    command = next((c for c in commands if c["name"] == top and c.get("type", 1) == type), None)
    assert command is not None, f"no command {name!r} was synced, only {sorted(c['name'] for c in commands)}"
    steps, here = [], command
    for step in rest:
        inner = {o["name"]: o for o in here.get("options", []) if o["type"] in (1, 2)}
        assert step in inner, f"{name!r} was not synced, only {sorted(inner)} under {here['name']}"
        here = inner[step]
        steps.append(here)
    return command, steps


def demand_visible(command: Json, person: Person) -> None:
    """Raise AssertionError where Discord hides a command from a person: then it takes a forged interaction."""
    needed = int(command.get("default_member_permissions") or 0)
    assert person.permissions & needed == needed, f"{person.name} does not see /{command['name']}"


def options(target: Json, given: Json) -> list[Json]:
    """Return the options of a command as Discord's client sends them; what was not synced cannot be typed."""
    known = {o["name"]: o for o in target.get("options") or []}
    assert set(given) <= set(known), f"{target['name']} has the options {sorted(known)}, not {sorted(given)}"
    missing = [n for n, o in known.items() if o.get("required") and n not in given]
    assert not missing, f"{target['name']} demands {missing}"
    return [{"name": n, "type": known[n]["type"], "value": value} for n, value in given.items()]


def nested(command: Json, steps: list[Json], leaf: list[Json], **more: Any) -> Json:
    """Return the data of a command with its options under the groups they stand in."""
    for step in reversed(steps):
        leaf = [{"name": step["name"], "type": step["type"], "options": leaf}]
    return {"id": command["id"], "name": command["name"], "type": command.get("type", 1), "options": leaf} | more


def filled(modal: Json, texts: dict[str, str], files: dict[str, Json]) -> Json:
    """Return the data of a form as it was filled in; raise AssertionError where a person could not send it."""
    known = {c["custom_id"]: c for c in walk(modal["components"]) if "custom_id" in c}
    assert set(texts) | set(files) <= set(known), f"the form has {sorted(known)}"
    told = []
    for place, top in enumerate(modal["components"], 1):
        assert top["type"] == LABEL, "only labels are filled in here"
        one = top["component"]
        value = texts.get(one["custom_id"], one.get("value") or "")
        upload = files.get(one["custom_id"])
        assert value or upload or not one.get("required", True), f"{top['label']} is demanded"
        inner: Json = {"type": one["type"], "id": 100 + place, "custom_id": one["custom_id"]}
        if one["type"] == TEXT_INPUT:
            assert len(value) <= one.get("max_length", 4000), f"{top['label']} is too long"
            inner["value"] = value
        elif one["type"] == UPLOAD:
            inner["values"] = [upload["id"]] if upload else []
        told.append({"type": LABEL, "id": place, "component": inner})
    resolved = {"attachments": {a["id"]: a for a in files.values()}} if files else {}
    return {"custom_id": modal["custom_id"], "components": told, "resolved": resolved}
