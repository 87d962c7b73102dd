"""Live blogs as one text of dated entries: a header line with the ISO time of each, then its words, the newest first.

An entry's header line is `2024-05-02T14:05:00+02:00 · Headline` (the headline may be missing): what stands under it was
written at that time, whenever the page was published. Entries come from JSON-LD (schema.org LiveBlogPosting,
liveBlogUpdate), else from elements that are marked as entries and hold a `time`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml.html import HtmlElement

from bot.ingest import jsonld
from bot.ingest.dates import iso_published

_ENTRY_CLASS = re.compile(
    r"live[-_]?(?:blog|update|coverage|feed)s?[-_]*(?:post|entry|item|update|block|card)|^(?:post|entry|item|block)[-_]*live",
    re.IGNORECASE,
)
_BLOCKS = ("p", "li", "blockquote", "h2", "h3", "h4")
_LEAST_ENTRIES, _LEAST_WORDS, _MOST_ENTRIES = 2, 40, 1_000
_HEADER = re.compile(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[+-]\d\d:\d\d)?)(?: · (.*))?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class LiveEntry:
    """One entry: when it was written (ISO 8601 with a time), its headline and its words."""

    at: str
    headline: str | None
    text: str


def live_text(nodes: Sequence[jsonld.Node], tree: HtmlElement) -> str | None:
    """Return the text of a live blog, its lead first; None where the page is none."""
    blog = next((node for node in nodes if "LiveBlogPosting" in jsonld.types_of(node)), None)
    entries = _linked(blog.get("liveBlogUpdate")) if blog else []
    if len(entries) < _LEAST_ENTRIES:
        entries = _marked(tree)
    if len(entries) < _LEAST_ENTRIES or sum(len(e.text.split()) for e in entries) < _LEAST_WORDS:
        return None
    lead = (jsonld.body_of(blog) or jsonld.text_of(blog.get("description"))) if blog else None
    return write(lead, entries)


def write(lead: str | None, entries: Sequence[LiveEntry]) -> str:
    """Write a live blog as one text, the newest entry first."""
    newest = sorted(entries, key=lambda e: _moment(e.at), reverse=True)
    heads = (f"{e.at} · {e.headline}" if e.headline else e.at for e in newest)
    parts = [f"{head}\n{e.text}" for head, e in zip(heads, newest, strict=True)]
    return "\n\n".join(([lead] if lead else []) + parts)


def entry_times(text: str) -> list[tuple[int, str]]:
    """Return where each entry of a live blog's text begins, and its time: (offset, ISO 8601), in the text's order."""
    return [(match.start(), match[1]) for match in _HEADER.finditer(text)]


def _linked(updates: Any) -> list[LiveEntry]:
    found: list[LiveEntry] = []
    for node in (updates if isinstance(updates, list) else [updates])[:_MOST_ENTRIES]:
        if not isinstance(node, dict):
            continue
        at = _time(node.get("datePublished") or node.get("dateCreated") or node.get("dateModified"))
        headline, body = jsonld.text_of(node.get("headline")), jsonld.body_of(node)
        if at and (body or headline):
            found.append(LiveEntry(at, headline if body else None, body or headline or ""))
    return found


def _marked(tree: HtmlElement) -> list[LiveEntry]:
    found: list[LiveEntry] = []
    for element in tree.iter("article", "div", "li", "section"):
        if "liveBlogUpdate" not in (element.get("itemprop") or "") and not _is_entry(element):
            continue
        stamp = next((t.get("datetime") for t in element.iter("time") if t.get("datetime")), None)
        at = _time(stamp)
        title = next((_line(h) for h in element.iter("h2", "h3", "h4") if _line(h)), None)
        lines = [_line(e) for e in element.iter(*_BLOCKS) if not any(p.tag in _BLOCKS for p in _within(e, element))]
        text = "\n".join(line for line in lines if line and line != title)
        if at and text:
            found.append(LiveEntry(at, title, text))
        if len(found) >= _MOST_ENTRIES:
            break
    # An element around all entries is marked alike, and would hold them all a second time.
    return [e for n, e in enumerate(found) if not any(o.text in e.text for o in found[n + 1 : n + 3])]


def _is_entry(element: HtmlElement) -> bool:
    classes = element.get("class") or ""
    # The plain look for letters spares thousands of elements the pattern.
    return ("live" in classes or "Live" in classes) and any(map(_ENTRY_CLASS.search, classes.split()))


def _within(element: HtmlElement, outer: HtmlElement) -> list[HtmlElement]:
    found: list[HtmlElement] = []
    for parent in element.iterancestors():
        if parent is outer:
            break
        found.append(parent)
    return found


def _line(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _time(stated: Any) -> str | None:
    """Return a time of day that is stated with its date; a day alone does not tell entries apart."""
    iso = iso_published(stated) if isinstance(stated, str) else None
    return iso if iso and "T" in iso else None


def _moment(at: str) -> float:
    moment = datetime.fromisoformat(at)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
