"""When a page was published: what is stated in data made for machines first, then what is shown, each named.

A guess is never made here: on nearly every undated page a guesser invents a date.
"""

import re
from email.utils import parsedate_to_datetime

from lxml.html import HtmlElement

from bot.ingest import dates, jsonld
from bot.ingest.boilerplate import Boilerplate
from bot.ingest.pagemeta import PageMeta, aside, spaced
from bot.model import PublishedFrom

# How many elements before and after the heading a line with the date stands, and how long it is at most.
_BEFORE, _AFTER, _LINE = 15, 30, 80
_MOST = 400
_CHANGED = re.compile(r"modif|updat|review", re.IGNORECASE)
_DATE_METAS = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "og:article:published_time",
    "article:published",
    "publishdate",
    "publish_date",
    "publish-date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "date",
    "published_time",
    "created",
    "originalpublicationdate",
    "release_date",
)


def published(meta: PageMeta) -> tuple[str, PublishedFrom] | None:
    """Find the stated day of publication: JSON-LD, meta, then the time element, then the address."""
    if meta.article:
        for key in ("datePublished", "dateCreated", "uploadDate"):
            if iso := read_date(jsonld.text_of(meta.article.get(key)), meta.lists):
                return iso, "jsonld"
    for node in meta.linked:
        if "WebPage" in jsonld.types_of(node) and (
            iso := read_date(jsonld.text_of(node.get("datePublished")), meta.lists)
        ):
            return iso, "jsonld"
    for key in _DATE_METAS:
        if iso := read_date(meta.metas.get(key), meta.lists):
            return iso, "meta"
    if iso := _shown_date(meta):
        return iso, "text"
    if meta.url and (day := dates.url_date(meta.url, meta.lists.dates)):
        return day, "url"
    return None


def read_date(value: str | None, lists: Boilerplate) -> str | None:
    """Read a date in the forms that pages use; None for what is no full date."""
    if not value or len(value) > 80:
        return None
    value = re.sub(r"(\.\d{6})\d+", r"\1", value.strip())
    if iso := dates.iso_published(re.sub(r"\s+([+-]\d\d:?\d\d|Z)$", r"\1", value)):
        return iso
    if (found := dates.date_in(value, lists.dates)) is not None:
        return found[0]
    if re.fullmatch(r"(?:19|20)\d{6}(?:T?\d{4,6}Z?)?", value):
        return dates.make_date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    try:
        return parsedate_to_datetime(value).isoformat()
    except (TypeError, ValueError, IndexError):
        return None


def guessed(meta: PageMeta) -> str | None:
    """Take the day of the last change where nobody states the day of publication: a guess, and marked as one."""
    if shown := _shown_date(meta, changed=True):
        return shown
    if meta.article and (iso := read_date(jsonld.text_of(meta.article.get("dateModified")), meta.lists)):
        return iso
    for key in ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified"):
        if iso := read_date(meta.metas.get(key), meta.lists):
            return iso
    return None


def _changed_by_label(element: HtmlElement) -> bool:
    # "Updated on" often stands in an element of its own beside the date.
    parent = element.getparent()
    text = spaced(parent, most=_LINE) if parent is not None else None
    return bool(text and _CHANGED.search(text))


def _shown_date(meta: PageMeta, *, changed: bool = False) -> str | None:
    """Find the date shown nearest to the heading: marked as the day of publication, else in a short line beside it."""
    heading = meta.heading
    elements = list(meta.tree.iter("h1", "time", "span", "abbr", "p", "div", "li", "small", "h4", "h5", "h6"))
    at = next((index for index, element in enumerate(elements) if element is heading), None)
    best: tuple[int, int, str] | None = None
    looked = 0
    for index, element in enumerate(elements):
        distance = abs(index - at) if at is not None else index
        kind = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}"
        marked = element.tag == "time" or "datePublished" in kind or "publish" in kind.lower()
        if not marked and (at is None or not -_BEFORE <= index - at <= _AFTER):
            continue
        if (best and best[0] == 0 and distance > best[1]) or len(element) > 8:
            continue
        looked += 1
        if looked > _MOST:
            break
        text = spaced(element, most=_LINE)
        if text is None or bool(_CHANGED.search(f"{kind} {text}")) != changed:
            continue
        iso = read_date(element.get("datetime") or element.get("content"), meta.lists) if marked else None
        if not (iso := iso or read_date(text, meta.lists)) or (not changed and _changed_by_label(element)):
            continue
        # A marked date beside the article belongs to another story; a line beside the heading is better than that.
        found = ((2 if aside(element) else 0) if marked else 1, distance, iso)
        best = min(best, found) if best else found
    return best[2] if best else None
