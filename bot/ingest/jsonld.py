"""Read what a page says of itself in JSON-LD: the node of the article, found among graphs and lists."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

_LIMIT = 400_000
_NODES = 2_000
_COMMA = re.compile(r",(\s*[}\]])")
_WRAP = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")
_KINDS = (
    "Article",
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "OpinionNewsArticle",
    "ReviewNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "Report",
    "TechArticle",
    "ScholarlyArticle",
)
_LESSER = (
    "WebPage",
    "Review",
    "SocialMediaPosting",
    "DiscussionForumPosting",
    "Blog",
    "VideoObject",
    "HowTo",
    "Recipe",
)

Node = dict[str, Any]


def nodes(tree: HtmlElement) -> list[Node]:
    """Return every JSON-LD object of a page that has a type, graphs and lists taken apart."""
    found: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text_content()
        if len(text) <= _LIMIT and (parsed := _parse(text)) is not None:
            found.extend(_walk(parsed))
    return found[:_NODES]


def _parse(text: str) -> Any:
    text = _WRAP.sub("", text.strip()).strip().rstrip(";")
    for attempt in (text, _COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: Any, depth: int = 0) -> Iterator[Node]:
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value[:_NODES]:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            if isinstance(value.get(key), (list, dict)):
                yield from _walk(value[key], depth + 1)


def types_of(node: Node) -> list[str]:
    """Return the types of a node as a list of names."""
    kind = node.get("@type")
    names = kind if isinstance(kind, list) else [kind]
    return [str(name).rsplit("/", 1)[-1] for name in names if isinstance(name, str)]


def article_node(found: list[Node]) -> Node | None:
    """Choose the node of the article itself: the article kinds first, the one that says most of itself."""
    for kinds in (_KINDS, _LESSER):
        matching = [node for node in found if any(name in kinds for name in types_of(node))]
        if matching:
            fields = ("headline", "datePublished", "author", "articleBody", "publisher")
            return max(matching, key=lambda node: sum(bool(node.get(field)) for field in fields))
    return None


def text_of(value: Any) -> str | None:
    """Return a plain string out of a JSON-LD value, entities and tags resolved."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    if not isinstance(value, str):
        return None
    text = html.unescape(re.sub(r"<[^<>]{1,200}>", "", html.unescape(value)))
    return " ".join(text.split()) or None


def names_of(value: Any, found: list[Node]) -> list[str]:
    """Return the names of an author value: strings, objects, lists, and references to other nodes."""
    names: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and not item.get("name") and item.get("@id"):
            item = next((node for node in found if node.get("@id") == item["@id"] and node.get("name")), item)
        raw = item.get("name") if isinstance(item, dict) else item
        for part in raw if isinstance(raw, list) else [raw]:
            if (name := text_of(part)) and name not in names:
                names.append(name)
    return names


def body_of(node: Node | None) -> str | None:
    """Return the article's whole text where the node carries it, paragraphs kept."""
    body = node.get("articleBody") if node else None
    if isinstance(body, list):
        body = "\n".join(part for part in body if isinstance(part, str))
    if not isinstance(body, str):
        return None
    body = re.sub(r"<(?:br|/p|/div|/li|/h\d)\s*/?>", "\n", html.unescape(body), flags=re.IGNORECASE)
    body = html.unescape(re.sub(r"<[^<>]{1,300}>", "", body))
    lines = [" ".join(line.split()) for line in body.splitlines()]
    return "\n".join(line for line in lines if line) or None
