"""Add articles for somebody, and answer with their cards."""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

import discord

from bot.model import CorrobotError
from bot.render.card import Card
from bot.render.card_article import article
from cogs import texts
from cogs.asked import Asked
from cogs.material import Material, bytes_of

if TYPE_CHECKING:
    from bot.services.views import AddedView, ArticleView

_OPTION = re.compile(r"\b(outlet|published):(?:\"([^\"]*)\"|“([^”]*)”|(\S+))", re.IGNORECASE)


def card_of(view: "ArticleView", note: str = "") -> Card:
    """Return the card of an article."""
    return article(view.stored, view.reading, view.story, view.comparison, view.summary, view.remarks, note)


def note_of(view: "AddedView") -> str:
    """Say what adding did."""
    return texts.ADDED if view.created else texts.REVISED if view.revised else texts.KNOWN


async def add_link(asked: Asked, url: str, outlet: str | None = None, published: str | None = None) -> None:
    """Fetch a page and answer with its card."""
    view = await asked.services.coverage.add_url(asked.server, url, outlet=outlet, published=published, by=asked.by)
    await asked.card(card_of(view, note_of(view)))


async def add_unasked(asked: Asked, url: str) -> None:
    """Fetch a page that nobody asked for; its card is shown unless its story or outlet is muted here."""
    view = await asked.services.coverage.add_url(asked.server, url, by=asked.by)
    muted = await asked.services.coverage.muting.of(asked.server)
    if not (muted.outlet(view.stored.article) or (view.story and view.story.number in muted.stories)):
        await asked.card(card_of(view, note_of(view)))


async def add_file(
    asked: Asked, file: discord.Attachment, outlet: str | None = None, published: str | None = None
) -> None:
    """Read an attached file and answer with its card."""
    data = await bytes_of(file)
    view = await asked.services.coverage.add_file(
        asked.server, file.filename, data, outlet=outlet, published=published, by=asked.by
    )
    await asked.card(card_of(view, note_of(view)))


async def add_text(asked: Asked, text: str, outlet: str | None = None, published: str | None = None) -> None:
    """Read a pasted text and answer with its card."""
    view = await asked.services.coverage.add_text(asked.server, text, outlet=outlet, published=published, by=asked.by)
    await asked.card(card_of(view, note_of(view)))


async def add_all(
    asked: Asked, found: Material, outlet: str | None = None, published: str | None = None, *, text: bool = False
) -> None:
    """Read links and files, and the text where that is wanted; each fails on its own."""
    work: list[Callable[[], Awaitable[None]]] = []
    work += [lambda url=url: add_link(asked, url, outlet, published) for url in found.links]  # type: ignore[misc]
    work += [lambda file=file: add_file(asked, file, outlet, published) for file in found.files]  # type: ignore[misc]
    if text and found.text:
        work.append(lambda: add_text(asked, found.text, outlet, published))
    await each(asked, work)
    if found.left:
        await asked.say(texts.MORE_LEFT.format(number=found.left))


async def each(asked: Asked, work: Sequence[Callable[[], Awaitable[None]]]) -> None:
    """Do several things; with one, what it raises is raised, with more it is told and the next is done."""
    if len(work) == 1:
        await work[0]()
        return
    for one in work:
        try:
            await one()
        except CorrobotError as error:
            await asked.refuse(error.message)


def options_in(text: str) -> tuple[str, str | None, str | None]:
    """Take `outlet:Name` and `published:date` out of what was typed after a mention."""
    found: dict[str, str] = {}
    for name, quoted, curly, plain in _OPTION.findall(text):
        found.setdefault(name.lower(), (quoted or curly or plain).strip())
    return _OPTION.sub(" ", text).strip(), found.get("outlet"), found.get("published")
