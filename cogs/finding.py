"""Which story, article or source is meant by what somebody typed."""

import re
from typing import TYPE_CHECKING

from discord import app_commands

from bot.model import CorrobotError
from bot.render.words import short
from cogs import texts

if TYPE_CHECKING:
    from bot.services.all import Services

MOST_CHOICES = 25
MOST_NAME = 100
_NUMBER = re.compile(r"#?(\d{1,9})(?:\s*·.*)?", re.DOTALL)
Choices = list[app_commands.Choice[str]]


def number_in(text: str) -> int | None:
    """Return the number in "3", "#3" or "3 · the title that autocomplete shows"."""
    found = _NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else None


async def story_number(services: "Services", server: str, text: str) -> int:
    """Return the number of the story that is meant: its number, words of its title, else of its articles."""
    number = number_in(re.sub(r"^story\s+(?=#?\d)", "", text.strip(), flags=re.IGNORECASE))
    if number is not None:
        return number
    found = await services.coverage.stories(server, text, limit=6)
    numbers = [s.number for s in found]
    if not numbers:
        # A title is one outlet's; what the articles say finds a story as well.
        told = await services.coverage.search(server, text, limit=25)
        numbers = list(dict.fromkeys(a.stored.story for a in told.articles if a.stored.story is not None))
    if len(numbers) == 1:
        return numbers[0]
    if not numbers:
        there = await services.coverage.stories(server, limit=1)
        hint = texts.SEE_STORIES if there else texts.NO_STORIES
        raise CorrobotError("not_found", texts.NO_STORY.format(text=short(text, 80), hint=hint), text)
    titles = {s.number: s.title for s in await services.coverage.stories(server, limit=100)}
    told_ = "; ".join(f"{n} ({short(titles.get(n, '…'), 60)})" for n in numbers[:5])
    raise CorrobotError("usage", texts.WHICH_STORY.format(text=short(text, 80), stories=told_), text)


async def article_number(services: "Services", server: str, text: str) -> int:
    """Return the number of the article that is meant: its number, else words that only it has."""
    number = number_in(re.sub(r"^article\s+(?=#?\d)", "", text.strip(), flags=re.IGNORECASE))
    if number is not None:
        return number
    found = [x.stored for x in (await services.coverage.search(server, text, limit=6)).articles]
    if len(found) == 1:
        return found[0].number
    if not found:
        raise CorrobotError("not_found", texts.NO_ARTICLE.format(text=short(text, 80)), text)
    told = "; ".join(f"{a.number} ({short(a.article.title or a.article.text, 60)})" for a in found[:5])
    raise CorrobotError("usage", texts.WHICH_ARTICLE.format(text=short(text, 80), articles=told), text)


async def source_number(services: "Services", server: str, text: str) -> int:
    """Return the number of the source that is meant: its number or its name."""
    number = number_in(text)
    if number is not None:
        return number
    wanted = text.strip().casefold()
    for source in await services.sources.list(server):
        if wanted in (name.casefold() for name in (source.name, *source.aliases, *source.domains)):
            return source.number
    raise CorrobotError("not_found", texts.NO_SOURCE.format(text=short(text, 80)), text)


def choice(number: int, title: str) -> app_commands.Choice[str]:
    """Return one choice of an autocomplete."""
    return app_commands.Choice(name=short(f"{number} · {title}", MOST_NAME) or str(number), value=str(number))


def typed_words(typed: str) -> str:
    """Return what was typed without the number before a title that was chosen earlier."""
    return re.sub(r"^#?\d+\s*·\s*", "", typed).strip()


async def stories(services: "Services", server: str, typed: str) -> Choices:
    """Offer stories: by their numbers or words of their titles, newest first."""
    words = typed_words(typed)
    found = await services.coverage.stories(server, words or None, limit=MOST_CHOICES)
    if words.isdecimal():
        newest = await services.coverage.stories(server, limit=4 * MOST_CHOICES)
        found = [*(s for s in newest if str(s.number).startswith(words)), *found]
    named = {s.number: s.title for s in found}
    return [choice(number, title) for number, title in named.items()][:MOST_CHOICES]


async def articles(services: "Services", server: str, typed: str) -> Choices:
    """Offer articles: the newest, or those with the number or the words."""
    words = typed_words(typed).casefold()
    newest = await services.coverage.articles(server, limit=MOST_CHOICES if not words else 2 * MOST_CHOICES)
    fits = [a for a in newest if words in f"{a.number} {a.article.title} {a.article.outlet}".casefold()]
    if words and len(fits) < 5:
        known = {a.number for a in fits}
        found = await services.coverage.found(server, words, limit=MOST_CHOICES)
        fits += [a for a in found if a.number not in known]
    chosen = [(a.number, a.article.outlet, a.article.title or a.article.text[:80]) for a in fits[:MOST_CHOICES]]
    return [choice(number, ", ".join(x for x in (outlet, title) if x)) for number, outlet, title in chosen]


async def sources(services: "Services", server: str, typed: str) -> Choices:
    """Offer sources by name."""
    words = typed.strip().casefold()
    found = [s for s in await services.sources.list(server) if words in f"{s.number} {s.name}".casefold()]
    return [choice(s.number, s.name) for s in found[:MOST_CHOICES]]
