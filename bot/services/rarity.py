"""How rare English words are: the counts that TextBlob ships, read from its file, for importing it takes a second."""

import asyncio
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from bot.comparing.stories import Rarity, central, terms
from bot.model import Article


@cache
def rarity() -> Rarity:
    """Return the rarity of words; read once a process, in some 20 ms."""
    spec = find_spec("textblob")
    places = spec.submodule_search_locations if spec else None
    if not places:
        raise RuntimeError("TextBlob is not installed; install Corrobot again")
    counts: dict[str, int] = {}
    for line in (Path(places[0]) / "en" / "en-spelling.txt").read_text(encoding="utf-8").splitlines():
        word, _, number = line.partition(" ")
        if number.strip().isdigit():
            counts[word.lower()] = counts.get(word.lower(), 0) + int(number)
    return Rarity.make(counts)


async def load_rarity() -> None:
    """Read the counts ahead of their first use; in a thread."""
    await asyncio.to_thread(rarity)


async def search_terms(article: Article) -> list[str]:
    """Return the words to search candidates by; in a thread, for a long text takes some tens of milliseconds."""
    return await asyncio.to_thread(lambda: terms(article, rarity()))


async def central_article(articles: Sequence[Article]) -> Article:
    """Return the article whose headline stands for a story; in a thread, as above."""
    return await asyncio.to_thread(lambda: central(articles, rarity()))
