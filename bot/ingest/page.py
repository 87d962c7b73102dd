"""From the bytes of a web page to an article's text and what the page says of it."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import htmldate
import trafilatura
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from bot.ingest import dates, jsonld, pageauthor, pagedate
from bot.ingest.boilerplate import Boilerplate
from bot.ingest.charset import decode_page
from bot.ingest.extractors import extract_text, is_huge, tame
from bot.ingest.liveblog import live_text
from bot.ingest.pagemeta import PageMeta, plain
from bot.ingest.walls import not_an_article, refuse_walls
from bot.model import PublishedFrom

_BODY_LEAST = 60
_BODY_MORE = 1.5
# Among so many first lines the title may stand once more. A line of so many words is no list item, and a writer says
# one twice at most: above the text as its summary, and in it.
_ABOVE, _LONG_LINE, _OFTEN = 6, 8, 3
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_TAG = re.compile(r"</?(?:b|br|em|i|p|span|strong|u)(?:\s[^<>\n]{0,200})?/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a page holds. `published` is ISO 8601; `published_from` "guess" means that nobody states it."""

    title: str | None
    author: str | None
    outlet: str | None
    published: str | None
    published_from: PublishedFrom | None
    text: str
    canonical_url: str | None


def extract(
    data: bytes, url: str | None, lists: Boilerplate, *, name: str = "the page", charset: str | None = None
) -> Extracted:
    """Extract the article of a page; raise CorrobotError (empty, binary, not_an_article) where there is none.

    `url` is where the page came from, `charset` what the server said, `name` what an error calls the page.
    """
    html = tame(decode_page(data, name, charset))
    try:
        tree = trafilatura.load_html(html)
    except (LxmlError, ValueError, RecursionError):
        tree = None
    if tree is None:
        raise not_an_article(name, "no web page that can be read")
    meta = PageMeta(tree, url, lists)
    title, author = meta.title, pageauthor.author(meta)
    stated = pagedate.published(meta)
    guessed = None if stated else pagedate.guessed(meta) or _guess(html, tree, url)
    for_free = _for_free(meta.article)
    outlet, canonical = meta.outlet(), meta.canonical()
    body = jsonld.body_of(meta.article)
    live = live_text(meta.linked, tree)
    # The extractors change the tree they are given, so they come last.
    text = live or tidy(extract_text(html, tree), title)
    if not live and body and len(body.split()) >= max(_BODY_LEAST, _BODY_MORE * len(text.split())):
        text = body
    refuse_walls(name, html, title, text, lists, for_free=for_free)
    text = text if live else with_headline(text, title, lists.cardinals)
    published, published_from = stated or (guessed, "guess" if guessed else None)
    return Extracted(title, author, outlet, published, published_from, text, canonical)


def with_headline(text: str, title: str | None, cardinals: Mapping[str, int]) -> str:
    """Put the title above the text where it holds a number that the text does not: it would be read nowhere else.

    A number that the text spells out ("Twelve people" under "12 dead") is told there.
    """
    wanted = set(_NUMBER.findall(title or "")) - set(_NUMBER.findall(text))
    if not wanted:
        return text
    spelled = {str(sum(cardinals.get(part, 0) for part in word.split("-"))) for word in _WORD.findall(text.lower())}
    return text if title is None or spelled.issuperset(wanted) else f"{title}\n{text}"


def tidy(text: str, title: str | None) -> str:
    """Take out what templates repeat: the title above the text, a long line said again and again, tags as text."""
    lines = [line for line in _TAG.sub("", text).split("\n") if line.strip()]
    own = plain(title or "")
    told = [plain(line) if len(line.split()) >= _LONG_LINE else "" for line in lines]
    times, seen, kept = Counter(told), set[str](), list[str]()
    for n, line in enumerate(lines):
        above = n < _ABOVE and bool(own) and plain(line) == own
        if not above and not (told[n] in seen and times[told[n]] >= _OFTEN):
            kept.append(line)
        if told[n]:
            seen.add(told[n])
    return "\n".join(kept)


def _for_free(article: dict[str, Any] | None) -> bool:
    return str((article or {}).get("isAccessibleForFree", True)).strip().lower() not in ("false", "no", "0")


def _guess(html: str, tree: HtmlElement, url: str | None) -> str | None:
    """Guess a date as htmldate does. Its extensive search guesses more, for seconds of dateparser's locales."""
    if is_huge(html):
        return None
    try:
        found = htmldate.find_date(tree, url=url, extensive_search=False, original_date=True)
    except (LxmlError, ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return None
    return dates.iso_published(found) if isinstance(found, str) else None
