"""Recognise pages that are no article: consent and robot checks, script shells, paywall teasers, missing pages."""

import trafilatura
from lxml import etree

from bot.ingest.boilerplate import Boilerplate
from bot.model import CorrobotError

_TEASER_WORDS = 120
_LEAST_WORDS = 12
# Few words of very many letters are no wall, and a search through them would take seconds.
_MOST_CHARS = 100_000


def refuse_walls(
    name: str, html: str, title: str | None, text: str, lists: Boilerplate, *, for_free: bool = True
) -> None:
    """Raise not_an_article where a page shows something else; `for_free` is what the page says of itself."""
    words = len(text.split())
    # The shown text of a page is long: it is gathered only where little was extracted.
    told = f"{title or ''}\n{text}"[:_MOST_CHARS]
    shown: str | None = None
    for wall in lists.walls:
        if words > wall.max_words:
            continue
        if wall.where == "page" and shown is None:
            shown = shown_text(html)[:_MOST_CHARS]
        if wall.pattern.search(shown or "" if wall.where == "page" else told):
            raise not_an_article(name, wall.is_called)
    if not for_free and words <= _TEASER_WORDS:
        raise not_an_article(name, "the beginning of a story behind a paywall")
    if words < _LEAST_WORDS:
        raise not_an_article(name, "no article: it holds hardly any text")


def not_an_article(name: str, is_called: str) -> CorrobotError:
    """Make the error for a page that is something else."""
    return CorrobotError("not_an_article", f"{name} is {is_called}; paste the text instead", name)


def shown_text(html: str) -> str:
    """Return what the body shows, "noscript" included, without scripts and styles."""
    tree = trafilatura.load_html(html)
    if tree is None:
        return ""
    etree.strip_elements(tree, "head", "script", "style", "template", "svg", with_tail=False)
    return " ".join(" ".join(tree.itertext()).split())
