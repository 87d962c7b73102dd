"""Read feeds (RSS, Atom, JSON Feed) and find the feeds that a page names. Pure; feedparser reads what is no JSON."""

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

import feedparser
import lxml.html
from lxml.etree import LxmlError

from bot.ingest.dates import iso_published
from bot.ingest.identity import canonical_url, host_of
from bot.model import CorrobotError

_NAMED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
_MOST_ENTRIES = 1_000
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `guid` and `url` are what it is known by, `origin` whose text it says it is, `published` ISO 8601."""

    guid: str
    url: str
    title: str = ""
    published: str | None = None
    origin: str | None = None
    origin_host: str | None = None
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says: its entries in its own order, and how long it may be kept (`ttl`, seconds)."""

    title: str | None
    site: str | None
    ttl: int | None
    entries: tuple[Entry, ...]


def parse_feed(data: bytes, url: str, content_type: str = "") -> Feed:
    """Read a feed. Raises CorrobotError (unsupported) where the bytes are none.

    Entries without a web address are left out; of very long feeds the first thousand entries are read.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(data, url)
    # From a stream: given bytes or text, feedparser would also try them as the name of a file.
    headers = {"content-type": content_type} if content_type else {}
    found = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)
    if not found.get("version"):
        raise _no_feed(url)
    about = found.feed
    title, site = _line(dict.get(about, "title")), dict.get(about, "link")
    minutes = str(dict.get(about, "ttl") or "")
    entries = (_entry(dict(e), url, title) for e in found.entries[:_MOST_ENTRIES])
    return Feed(title, site, int(minutes) * 60 if minutes.isdigit() and len(minutes) < 7 else None, _once(entries))


def feeds_of_page(data: bytes, url: str) -> list[str]:
    """Return the addresses of the feeds that a page names (link rel=alternate), in its order."""
    try:
        tree = lxml.html.document_fromstring(data)
    except (LxmlError, ValueError):
        return []
    found: list[str] = []
    for link in tree.iter("link"):
        kind = (link.get("type") or "").split(";")[0].strip().lower()
        if "alternate" in (link.get("rel") or "").lower().split() and kind in _NAMED_TYPES and link.get("href"):
            target = _absolute(link.get("href"), url)
            if target and "/comments/" not in target and "/wp-json/" not in target and target not in found:
                found.append(target)
    return found


def _no_feed(url: str) -> CorrobotError:
    return CorrobotError("unsupported", f"{url} is no feed; give the address of an RSS, Atom or JSON feed", url)


def _once(entries: Iterator[Entry | None]) -> tuple[Entry, ...]:
    return tuple({e.guid: e for e in entries if e is not None}.values())


def _entry(e: dict[str, Any], url: str, feed_title: str | None) -> Entry | None:
    target = _absolute(e.get("feedburner_origlink") or e.get("link") or "", url)
    if target is None:
        return None
    source = e.get("source") or {}
    origin, where = _line(source.get("title")), host_of(source.get("href") or source.get("link") or "")
    if origin and feed_title and origin.casefold() == feed_title.casefold():
        origin = where = None
    title = _line(e.get("title")) or ""
    stated = e.get("published") or e.get("updated")
    guid = _guid(e.get("id"), target)
    return Entry(guid, target, title, _date(stated), origin, where, str(e.get("summary") or "")[:5_000])


def _json_feed(data: bytes, url: str) -> Feed:
    """Read a JSON Feed (jsonfeed.org, version 1.1)."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _no_feed(url) from error
    if not isinstance(found, dict) or "jsonfeed.org/version/" not in str(found.get("version")):
        raise _no_feed(url)
    entries: list[Entry | None] = []
    items = found.get("items")
    for item in items[:_MOST_ENTRIES] if isinstance(items, list) else []:
        if isinstance(item, dict) and (target := _absolute(str(item.get("url") or ""), url)):
            guid, title = _guid(item.get("id"), target), _line(item.get("title")) or ""
            text = str(item.get("summary") or item.get("content_text") or "")[:5_000]
            entries.append(Entry(guid, target, title, _date(item.get("date_published")), summary=text))
    home = found.get("home_page_url")
    return Feed(_line(found.get("title")), home if isinstance(home, str) else None, None, _once(iter(entries)))


def _absolute(target: str, base: str) -> str | None:
    try:
        whole = urljoin(base, target.strip()) if target.strip() else ""
    except ValueError:
        return None
    return whole if len(whole) <= 2_000 and host_of(whole) else None


def _guid(given: object, url: str) -> str:
    """Return what an entry is known by within its feed, in few characters."""
    name = str(given).strip() if given else canonical_url(url)
    return name if len(name) <= _LONGEST else hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def _date(stated: object) -> str | None:
    """Read a date of a feed: ISO 8601, or as mail writes it (RFC 822), with the zone it was stated in."""
    if not isinstance(stated, str):
        return None
    if iso := iso_published(stated):
        return iso
    try:
        return parsedate_to_datetime(stated).isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _line(text: object) -> str | None:
    return " ".join(text.split())[:_LONGEST] or None if isinstance(text, str) else None
