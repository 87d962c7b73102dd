"""Every REST body against Discord's own description of its API, with objects closed so that typing errors fail."""

import copy
import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.wire.rules import Json

ROOT = Path(__file__).parents[2]
DOCUMENT = Path(os.environ.get("CORROBOT_EVAL_DATA", ROOT.parent / "shared")) / "discord" / "openapi.json"
ABSENT = (
    f"no {DOCUMENT}: ../shared is absent (set CORROBOT_EVAL_DATA): REST bodies are held against our own rules alone"
)
MOST_DETAIL = 300


@cache
def _read(document: Path) -> Json:
    told: Json = json.loads(document.read_bytes())
    for one in _objects(told["components"]["schemas"]):
        one["additionalProperties"] = False
    return told


@cache
def _validator(document: Path, method: str, path: str) -> Draft202012Validator | None:
    told = _read(document)
    body = told["paths"].get(path, {}).get(method.lower(), {}).get("requestBody", {})
    if "application/json" not in body.get("content", {}):
        return None
    registry: Registry[Any] = Registry().with_resource("urn:discord", DRAFT202012.create_resource(told))
    steps = ("paths", path, method.lower(), "requestBody", "content", "application/json", "schema")
    pointer = "/".join(step.replace("~", "~0").replace("/", "~1") for step in steps)
    return Draft202012Validator({"$ref": f"urn:discord#/{pointer}"}, registry=registry)


class Schema:
    """Checks bodies by method and path template; `checked` counts how many were held against the document."""

    def __init__(self, document: Path = DOCUMENT) -> None:
        self.present = document.is_file()
        self.checked = 0
        self._document = document
        # Every test starts a bot, and every start sends the same commands: a third of a suite went into them.
        self._known: dict[tuple[str, str, str], str | None] = {}

    def problem(self, method: str, path: str, body: object) -> str | None:
        """Return what is wrong with the body of a request, None where it is as Discord describes it."""
        if not self.present:
            return None
        validator = _validator(self._document, method, path)
        if validator is None:
            return f"Discord describes no body of {method} {path}"
        self.checked += 1
        key = (method, path, json.dumps(body, sort_keys=True))
        if key not in self._known:
            errors = list(validator.iter_errors(without_departures(method, path, body)))
            self._known[key] = None if not errors else _told(_deepest(errors[0]))
        return self._known[key]


def _objects(node: Any) -> Iterator[dict[str, Any]]:
    """Yield the schemas of objects whose properties are listed; in this document none of them is within an allOf."""
    if isinstance(node, dict):
        if "properties" in node and "object" in node.get("type", ()) and "additionalProperties" not in node:
            yield node
        for inner in node.values():
            yield from _objects(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _objects(inner)


def without_departures(method: str, path: str, body: object) -> object:
    """Take away the known ways in which discord.py departs from the document; a post of a forum has neither type nor `tts`."""
    body = copy.deepcopy(body)
    if isinstance(body, list):
        for command in body:
            if isinstance(command, dict):
                command.pop("nsfw", None)
        return body
    if not isinstance(body, dict):
        return body
    post = path.endswith("/threads") and isinstance(body.get("message"), dict)
    updates = method == "PATCH" or body.get("type") == 7 or post
    message = body["data"] if path.endswith("/callback") and isinstance(body.get("data"), dict) else body
    if post:
        message = body["message"]
        body.pop("type", None)
    if updates:
        message.pop("tts", None)
    for embed in message.get("embeds") or ():
        embed.pop("flags", None)
    for attachment in message.get("attachments") or ():
        _as_text(attachment, "id")
    for name in ("message_id", "channel_id", "guild_id"):
        _as_text(message.get("message_reference"), name)
    mentions = message.get("allowed_mentions")
    if isinstance(mentions, dict):
        for name in ("users", "roles"):
            if isinstance(mentions.get(name), list):
                mentions[name] = [str(x) if type(x) is int else x for x in mentions[name]]
    return body


def _as_text(node: object, name: str) -> None:
    if isinstance(node, dict) and type(node.get(name)) is int:
        node[name] = str(node[name])


def _deepest(error: ValidationError) -> ValidationError:
    """Follow a choice of schemas into the one that was meant: the one whose `type` fits, else which fits furthest."""
    while error.context:
        branches: dict[object, list[ValidationError]] = {}
        for inner in error.context:
            branches.setdefault(inner.schema_path[0], []).append(inner)
        error = min(branches.values(), key=_unfit)[0]
    return error


def _unfit(errors: list[ValidationError]) -> tuple[bool, int, int]:
    wrong_kind = any(not e.path or e.path[-1] == "type" for e in errors if e.validator in ("enum", "type"))
    return wrong_kind, -max(len(e.path) for e in errors), len(errors)


def _told(error: ValidationError) -> str:
    where = "/".join(str(step) for step in error.absolute_path) or "the body"
    return f"{where}: {error.message[:MOST_DETAIL]}"
