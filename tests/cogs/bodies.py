"""What the bot sent to the Discord in memory, held against Discord's own description and the rules that it leaves out."""

import re
from collections.abc import Iterable
from typing import Any

from tests.wire.rules import CONTAINER, GALLERY, SEPARATOR, TEXT, V2, Json, Refused, check_message, check_modal, walk
from tests.wire.schema import Schema

HOOK = "/webhooks/{webhook_id}/{webhook_token}"
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
# The path templates of everything with a body that the bot sends.
TEMPLATES = (
    ("PUT", "/applications/{application_id}/commands"),
    ("POST", "/channels/{channel_id}/messages"),
    ("PATCH", "/channels/{channel_id}/messages/{message_id}"),
    ("POST", "/channels/{channel_id}/messages/{message_id}/threads"),
    ("POST", "/channels/{channel_id}/threads"),
    ("POST", CALLBACK),
    ("POST", HOOK),
    ("PATCH", HOOK + "/messages/@original"),
    ("PATCH", HOOK + "/messages/{message_id}"),
)
_ROUTES = tuple((method, path, re.compile(re.sub(r"\{\w+\}", r"[^/]+", path))) for method, path in TEMPLATES)
MESSAGE, UPDATE, MODAL = 4, 7, 9


def template(method: str, path: str) -> str | None:
    """Return the template of a path, None where there is none."""
    return next((t for m, t, route in _ROUTES if m == method and route.fullmatch(path)), None)


def problems(requests: Iterable[Any], schema: Schema) -> list[str]:
    """Return what Discord would refuse of all that was sent."""
    found = []
    for request in requests:
        if request.json is None:
            continue
        path = template(request.method, request.path)
        if path is None:
            found.append(f"{request.method} {request.path}: a body that nobody checks")
            continue
        wrong = schema.problem(request.method, path, request.json)
        if wrong is None and isinstance(request.json, dict):
            wrong = _broken(request.method, path, request.json)
        if wrong:
            found.append(f"{request.method} {path}: {wrong}")
    return found


def _broken(method: str, path: str, body: Json) -> str | None:
    message = body
    if path == CALLBACK:
        kind, message = body["type"], body.get("data") or {}
        if kind == MODAL:
            return _told(lambda: check_modal(message))
        if kind not in (MESSAGE, UPDATE):
            return None
    elif path.endswith("/threads"):
        message = body.get("message", {})
        if not message:
            return None if 1 <= len(body["name"]) <= 100 else "a thread has a name of 1 to 100 characters"
    edit = method == "PATCH" or body.get("type") == UPDATE
    return _told(lambda: _check(message, edit))


def _check(message: Json, edit: bool) -> None:
    files = {a["filename"]: b"" for a in message.get("attachments") or ()}
    types = {c.get("type") for c in walk(message.get("components") or [])}
    was = edit and bool(types & {TEXT, GALLERY, SEPARATOR, CONTAINER})
    if not (edit or files or (message.get("flags") or 0) & V2) and not (message.get("content") or types):
        # A file alone has no name here: the log keeps the body, not what came along.
        message = message | {"content": message.get("content") or "(a file)"}
    check_message(message, files, was_v2=was, edit=edit)


def _told(check: Any) -> str | None:
    try:
        check()
    except Refused as no:
        return no.message
    return None
