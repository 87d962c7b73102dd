"""What Discord refuses though its description of the API does not say so, and what this project forbids itself."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]
EPHEMERAL, V2 = 1 << 6, 1 << 15
ROW, BUTTON, TEXT_INPUT, SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL, UPLOAD = (
    *(1, 2, 4),
    *(9, 10, 11, 12, 13, 14, 17, 18, 19),
)
SELECTS = frozenset({3, 5, 6, 7, 8})
MOST_CONTENT, MOST_EMBEDDED, MOST_TEXT, MOST_COMPONENTS = 2_000, 6_000, 4_000, 40
MOST_ID, MOST_FILES, MOST_BYTES, MOST_TITLE = 100, 10, 10 * 1024 * 1024, 45
LINKS = frozenset({"http", "https"})


class Refused(Exception):
    """What Discord answers to a request that it does not do."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def invalid(message: str) -> Refused:
    """Refuse a body."""
    return Refused(400, 50035, f"Invalid Form Body: {message}")


def length(text: str) -> int:
    """Count as Discord's client does, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def walk(components: object) -> Iterator[Json]:
    """Yield all components, outer before inner."""
    for one in components if isinstance(components, list) else [components]:
        if isinstance(one, dict):
            yield one
            for key in ("components", "component", "accessory"):
                if key in one:
                    yield from walk(one[key])


def check_message(
    body: Json, files: Mapping[str, bytes], *, kept: Collection[str] = (), was_v2: bool = False, edit: bool = False
) -> None:
    """Raise Refused where a message is not one: `files` come along, `kept` are the names it already has."""
    v2 = was_v2 or bool((body.get("flags") or 0) & V2)
    components = list(walk(body.get("components") or []))
    _mentions(body)
    _files(files)
    if v2:
        _v2(body, components, [*files, *kept])
    else:
        _plain(body, components)
        filled = any(body.get(key) for key in ("content", "embeds", "components", "poll", "sticker_ids"))
        if not filled and not files and not edit:
            raise Refused(400, 50006, "Cannot send an empty message")
    check_ids(components)


def _mentions(body: Json) -> None:
    """Our own: articles hold @everyone, so every message says that nobody is to be notified.

    The one exception is the role that a server opted in for alerts, in a message that holds nothing but its mention.
    """
    given = body.get("allowed_mentions")
    if not isinstance(given, dict) or given.get("parse") != []:
        raise invalid(f"allowed_mentions must be there and parse nothing, not {given!r}")
    roles = [str(role) for role in given.get("roles") or ()]
    alone = len(roles) == 1 and body.get("content") == f"<@&{roles[0]}>" and not body.get("components")
    if given.get("users") or (roles and not alone) or given.get("replied_user"):
        raise invalid(f"allowed_mentions notifies somebody: {given!r}")


def _files(files: Mapping[str, bytes]) -> None:
    if len(files) > MOST_FILES:
        raise invalid(f"{len(files)} files, {MOST_FILES} are allowed")
    if any(len(data) > MOST_BYTES for data in files.values()):
        raise Refused(413, 40005, "Request entity too large")


def _v2(body: Json, components: list[Json], files: Collection[str]) -> None:
    if body.get("content") or body.get("embeds"):
        raise invalid("content or embeds beside components of the second version")
    if not components:
        raise Refused(400, 50006, "Cannot send an empty message")
    if len(components) > MOST_COMPONENTS:
        raise invalid(f"{len(components)} components, {MOST_COMPONENTS} are allowed")
    if (size := sum(length(c.get("content", "")) for c in components if c.get("type") == TEXT)) > MOST_TEXT:
        raise invalid(f"{size} characters in text displays, {MOST_TEXT} are allowed")
    if any(c.get("type") == TEXT and not c.get("content", "").strip() for c in components):
        raise invalid("an empty text display")
    named = set()
    for url in media(components):
        parts = urlsplit(url)
        if parts.scheme == "attachment":
            named.add(url.removeprefix("attachment://"))
        elif parts.scheme not in LINKS:
            raise invalid(f"the address of a medium is {url!r}")
    if unknown := named - set(files):
        raise invalid(f"no such attachment: {sorted(unknown)}")
    if unseen := set(files) - named:
        raise invalid(f"attachments that no component shows: {sorted(unseen)}")


def media(components: list[Json]) -> Iterator[str]:
    """Yield the addresses of pictures and files that components show."""
    for one in components:
        if one.get("type") == GALLERY:
            yield from (item["media"]["url"] for item in one.get("items", []))
        elif one.get("type") == THUMBNAIL:
            yield one["media"]["url"]
        elif one.get("type") == FILE:
            yield one["file"]["url"]


def _plain(body: Json, components: list[Json]) -> None:
    if any(c.get("type") not in {ROW, BUTTON, *SELECTS} for c in components):
        raise invalid("components of the second version without its flag")
    if length(body.get("content") or "") > MOST_CONTENT:
        raise invalid(f"content has {length(body['content'])} characters, {MOST_CONTENT} are allowed")
    size = 0
    for embed in body.get("embeds") or []:
        size += sum(length(embed.get(key) or "") for key in ("title", "description"))
        size += length((embed.get("footer") or {}).get("text") or "")
        size += length((embed.get("author") or {}).get("name") or "")
        for field in embed.get("fields") or []:
            if not str(field.get("name") or "").strip() or not str(field.get("value") or "").strip():
                raise invalid("an embed field without name or value")
            size += length(field["name"]) + length(field["value"])
        for url in (embed.get("url"), (embed.get("image") or {}).get("url"), (embed.get("thumbnail") or {}).get("url")):
            if url and urlsplit(url).scheme not in {*LINKS, "attachment"}:
                raise invalid(f"the address in an embed is {url!r}")
    if size > MOST_EMBEDDED:
        raise invalid(f"embeds have {size} characters, {MOST_EMBEDDED} are allowed")


def check_ids(components: list[Json]) -> None:
    """Raise Refused for custom ids that are too long, missing or there twice, and for rows and buttons that fail."""
    ids = [c["custom_id"] for c in components if c.get("custom_id") is not None]
    if wrong := [x for x in ids if not 1 <= length(x) <= MOST_ID]:
        raise invalid(f"a custom id of {length(wrong[0])} characters, 1 to {MOST_ID} are allowed")
    if len(ids) != len(set(ids)):
        raise invalid(f"a custom id is there twice: {ids}")
    for one in components:
        if one.get("type") == ROW and not 1 <= len(one.get("components", [])) <= 5:
            raise invalid(f"a row of {len(one.get('components', []))} buttons")
        if one.get("type") == BUTTON:
            _button(one)
        elif one.get("type") in {*SELECTS, TEXT_INPUT, UPLOAD} and "custom_id" not in one:
            raise invalid("a component without its custom id")


def _button(one: Json) -> None:
    link = one.get("style") == 5
    if not (one.get("label") or one.get("emoji")):
        raise invalid("a button that shows nothing")
    if link and urlsplit(one.get("url") or "").scheme not in {*LINKS, "discord"}:
        raise invalid(f"the address of a button is {one.get('url')!r}")
    if link == bool(one.get("custom_id")):
        raise invalid("a button has a link or a custom id, never both or none")


def check_modal(data: Json) -> None:
    """Raise Refused where a modal is not one."""
    top = data.get("components") or []
    if not 1 <= len(top) <= 5:
        raise invalid(f"a modal of {len(top)} components")
    if not 1 <= length(data.get("title") or "") <= MOST_TITLE or not data.get("custom_id"):
        raise invalid("a modal without title or custom id, or with a long title")
    check_ids([{"custom_id": data["custom_id"]}, *walk(top)])
