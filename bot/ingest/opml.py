"""Lists of outlets and their feeds as other programs keep them: OPML 2.0, and a JSON list of our own. Pure."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from xml.sax.saxutils import quoteattr

from lxml import etree

from bot.ingest.identity import host_of
from bot.model import CorrobotError

_MOST = 5_000


@dataclass(frozen=True, slots=True)
class Listed:
    """One outlet of a list."""

    name: str
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    letter: str | None = None
    feeds: tuple[str, ...] = ()


def read_list(data: bytes, name: str) -> list[Listed]:
    """Read OPML or JSON; outlets of one name are one. Raises CorrobotError (unsupported) where it is neither."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    found = _from_json(data, name) if start in (b"[", b"{") else _from_opml(data, name)
    merged: dict[str, Listed] = {}
    for one in found[:_MOST]:
        key = one.name.casefold()
        old = merged.get(key, Listed(one.name))
        merged[key] = replace(
            old,
            domains=tuple(dict.fromkeys((*old.domains, *one.domains))),
            aliases=tuple(dict.fromkeys((*old.aliases, *one.aliases))),
            letter=old.letter or one.letter,
            feeds=tuple(dict.fromkeys((*old.feeds, *one.feeds))),
        )
    return list(merged.values())


def to_json(listed: Sequence[Listed]) -> str:
    """Write a list that `read_list` reads whole."""
    return json.dumps({"sources": [asdict(one) for one in listed]}, ensure_ascii=False, indent=1) + "\n"


def to_opml(listed: Sequence[Listed]) -> str:
    """Write OPML: one outline for each feed, with the outlet's name and first domain; outlets without feeds are left out."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', "<head><title>Corrobot</title></head>"]
    lines.append("<body>")
    for one in listed:
        site = f" htmlUrl={quoteattr('https://' + one.domains[0] + '/')}" if one.domains else ""
        for feed in one.feeds:
            name = quoteattr(one.name)
            lines.append(f'<outline type="rss" text={name} title={name} xmlUrl={quoteattr(feed)}{site}/>')
    return "\n".join([*lines, "</body>", "</opml>"]) + "\n"


def _refused(name: str, why: str) -> CorrobotError:
    return CorrobotError("unsupported", f"{name} {why}; give an OPML file or a JSON list of sources", name)


def _from_opml(data: bytes, name: str) -> list[Listed]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise _refused(name, "cannot be read") from error
    # Not by QName, which refuses the odd names that the parser lets pass.
    if root is None or str(root.tag).rpartition("}")[2].lower() != "opml":
        raise _refused(name, "is no OPML")
    found: list[Listed] = []
    for outline in root.iter("outline"):
        feed, site = (outline.get("xmlUrl") or "").strip(), (outline.get("htmlUrl") or "").strip()
        title = " ".join((outline.get("title") or outline.get("text") or host_of(feed) or "").split())[:100]
        if title and host_of(feed):
            domain = (host_of(site) or "").removeprefix("www.")
            found.append(Listed(title, domains=(domain,) if "." in domain else (), feeds=(feed,)))
    return found


def _from_json(data: bytes, name: str) -> list[Listed]:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _refused(name, "is no JSON") from error
    rows = document.get("sources") if isinstance(document, dict) else document
    if not isinstance(rows, list):
        raise _refused(name, "holds no list of sources")
    found: list[Listed] = []
    for row in rows:
        if not isinstance(row, dict) or not str(row.get("name") or "").strip():
            raise _refused(name, "holds a source without a name")
        letter = str(row["letter"]) if row.get("letter") else None
        feeds = tuple(feed for feed in _texts(row.get("feeds")) if host_of(feed))
        found.append(Listed(str(row["name"]), _texts(row.get("domains")), _texts(row.get("aliases")), letter, feeds))
    return found


def _texts(value: object) -> tuple[str, ...]:
    """Return the texts of a list, or the addresses of objects that have one: our own list of feeds holds both."""
    items = value if isinstance(value, list) else []
    texts = (item.get("url") if isinstance(item, dict) else item for item in items)
    return tuple(text for text in texts if isinstance(text, str) and text.strip())
