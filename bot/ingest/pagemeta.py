"""What a page says of itself: its title, outlet and canonical address, each by the surest sign.

The title is the heading that agrees with the other titles, for a heading is written for readers of the page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from bot.ingest import jsonld, names
from bot.ingest.boilerplate import Boilerplate
from bot.ingest.identity import host_of, same_site

_SEPARATOR = re.compile(r"\s+[|\-–—:·•»«~/]+\s+|\s*[|»]\s*|\s::\s")
_ASIDE = re.compile(r"related|recent|sidebar|comment|latest|read-?more|recommend", re.IGNORECASE)
_TEXT_TAGS = ("h1", "p", "span", "div", "a", "time", "li", "h4", "h5", "h6", "address", "small", "em")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class PageMeta:
    """The signs of one page, each read when it is asked for."""

    tree: HtmlElement
    url: str | None
    lists: Boilerplate

    @cached_property
    def linked(self) -> list[jsonld.Node]:
        return jsonld.nodes(self.tree)

    @cached_property
    def article(self) -> jsonld.Node | None:
        return jsonld.article_node(self.linked)

    @cached_property
    def metas(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for meta in self.tree.iter("meta"):
            key = (
                meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
            ).lower()
            content = " ".join((meta.get("content") or "").split())
            if key and content:
                found.setdefault(key, content)
        return found

    @cached_property
    def title(self) -> str | None:
        """Choose the h1 that agrees with the titles told elsewhere, else the best of these, site name cut."""
        told = [
            value
            for value in (
                jsonld.text_of(self.article.get("headline")) if self.article else None,
                self.metas.get("og:title"),
                self.metas.get("twitter:title"),
                content(self.tree.find(".//title")),
            )
            if value
        ]
        cut = [title for title in (self.cut(value) for value in told) if title]
        best, score = None, 0.0
        for h1 in self.headings():
            agreement = max((_alike(h1, title) for title in [*told, *cut]), default=0.0)
            if agreement > score:
                best, score = h1, agreement
        if best and score >= 0.5:
            return best
        if cut:
            return cut[0]
        headings = list(self.headings())
        return headings[0] if len(headings) == 1 else None

    @cached_property
    def heading(self) -> HtmlElement | None:
        """Return the heading that is the title."""
        title = self.title
        return next((h1 for h1 in self.tree.iter("h1") if content(h1) == title), None)

    def headings(self) -> Iterator[str]:
        for h1 in self.tree.iter("h1"):
            text = content(h1)
            if text and 1 < len(text) <= 300:
                yield text

    def cut(self, title: str) -> str:
        """Cut the name of the site off a title."""
        title = " ".join(title.split())
        site = {plain(name) for name in (self.site_name() or "", self.host.split(".")[0], self.host) if name}
        parts = _SEPARATOR.split(title)
        if len(parts) < 2:
            return title
        for index in (len(parts) - 1, 0):
            part = plain(parts[index])
            if part and any(part == name or (len(name) > 3 and (part in name or name in part)) for name in site):
                if index == 0:
                    return title[title.find(parts[1], len(parts[0])) :].strip()
                return title[: title.rfind(parts[-1])].rstrip(" |-–—:·•»«~/")
        last = parts[-1]
        # An unknown last part is a site's name where it is much shorter than what stands before it.
        if len(last.split()) <= 4 and len(_SEPARATOR.split(title)[0].split()) >= 2 and re.search(r"\s[|»–—-]\s", title):
            return title[: title.rfind(last)].rstrip(" |-–—:·•»«~/")
        return title

    @property
    def host(self) -> str:
        return re.sub(r"^(?:www\d?|m|amp)\.", "", (host_of(self.url) or "") if self.url else "")

    def site_name(self) -> str | None:
        """Return the site's name as it gives it."""
        return self.metas.get("og:site_name") or self.publisher() or self.metas.get("application-name")

    def publisher(self) -> str | None:
        """Return the publisher of the article in JSON-LD."""
        found = jsonld.names_of(self.article.get("publisher"), self.linked) if self.article else []
        return found[0] if found else None

    def outlet(self) -> str | None:
        """Name the outlet: the site's name, its publisher, its host."""
        for name in (self.metas.get("og:site_name"), self.publisher()):
            if name and len(name) <= 80 and not name.lower().startswith(("http:", "https:")):
                return name
        return names.host_outlet(self.host, self.lists) if self.host else None

    @cached_property
    def near_heading(self) -> list[str]:
        """Collect the short texts around the main heading, where by-lines and dates stand."""
        heading = self.heading
        if heading is None:
            return []
        elements = list(self.tree.iter(*_TEXT_TAGS))
        at = elements.index(heading)
        texts: list[str] = []
        for around, most in ((elements[at + 1 : at + 80], 40), (elements[max(0, at - 20) : at][::-1], 12)):
            found = (spaced(element, most=90) for element in around if len(element) <= 6)
            texts.extend([text for text in found if text and len(text) >= 5][:most])
        return texts

    def canonical(self) -> str | None:
        """Return the address that the page gives for itself, else its own.

        A page speaks for its own host alone: under another one's address it would take the place of that one's article.
        """
        link = next(
            (e.get("href") for e in self.tree.iter("link") if "canonical" in (e.get("rel") or "").lower().split()), None
        )
        for value in (link, self.metas.get("og:url")):
            try:
                target = urljoin(self.url or "", value.strip()) if value else ""
                path = urlsplit(target).path.strip("/")
            except ValueError:
                continue
            if not host_of(target) or (self.url and not same_site(self.url, target)):
                continue
            # A canonical link to the front page is a template's mistake, not this article's address.
            if path or not self.url or not urlsplit(self.url).path.strip("/"):
                return target.split("#")[0]
        return self.url if self.url and host_of(self.url) else None


def content(element: Any) -> str:
    """Return the text of an element, white space made even."""
    return " ".join(element.text_content().split()) if element is not None else ""


def spaced(element: HtmlElement, most: int) -> str | None:
    """Return the text of an element with a blank between its parts; None where it is longer than `most`."""
    # "By" and the name often stand in elements of their own, without a blank between them. Counting while gathering
    # spares the whole text of the page for each of the elements around it.
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        if part := part.strip():
            parts.append(part)
            size += len(part) + 1
            if size > most + 1:
                return None
    return " ".join(" ".join(parts).split())


def plain(text: str) -> str:
    """Return the letters and digits of a text alone, to compare names."""
    return "".join(_WORD.findall(text.lower()))


def _alike(one: str, other: str) -> float:
    first, second = set(_WORD.findall(one.lower())), set(_WORD.findall(other.lower()))
    total = len(first) + len(second)
    return 2 * len(first & second) / total if total else 0.0


def aside(element: HtmlElement) -> bool:
    """Tell whether an element stands beside the article: navigation, comments, links to other stories."""
    return any(
        parent.tag in ("aside", "footer", "nav")
        or _ASIDE.search(f"{parent.get('class') or ''} {parent.get('id') or ''}")
        for parent in element.iterancestors()
        if parent.tag not in ("body", "html")
    )
