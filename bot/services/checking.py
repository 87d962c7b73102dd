"""Hold the figures of a sentence against stored coverage."""

import asyncio
from dataclasses import replace

from bot.model import FIGURE_TYPES_SHOWN, Article, CorrobotError, Figure, Story
from bot.services.desk import CANDIDATES, WINDOW, Desk, Material
from bot.services.rarity import search_terms
from bot.services.views import CheckedStory, CheckView
from bot.services.worker import Analyser
from bot.store import Store

ID = "text"
MOST_CHARACTERS = 20_000
STORIES = 3


class Checker:
    """Finds the stories that a text may speak of and compares its figures with theirs."""

    def __init__(self, store: Store, analyser: Analyser, desk: Desk) -> None:
        self._store = store
        self._analyser = analyser
        self._desk = desk

    async def check(self, server: str, text: str) -> CheckView:
        """Give the figures of a text and what stored coverage has to say about them. Raises CorrobotError."""
        text = text.strip()
        if not text:
            raise CorrobotError("empty", "There is no text to check; give a sentence with a figure.", ID)
        if len(text) > MOST_CHARACTERS:
            message = f"The text is longer than {MOST_CHARACTERS:,} characters; add it as an article instead."
            raise CorrobotError("too_large", message, ID)
        article = Article(ID, ID, text, outlet="your text")
        reading = await self._analyser.read(article)
        own = tuple(f for f in reading.figures if f.type in FIGURE_TYPES_SHOWN)
        if not own:
            return CheckView(article, (), (), ("No figure was found in this text.",))
        numbers = await self._stories(server, article, own)
        looked = await asyncio.gather(*(self._material(server, number) for number in numbers))
        found = [one for one in looked if one is not None]
        stories = [((*m.articles, article), (*m.readings, reading), m.letters) for _, m in found]
        results = await self._analyser.check(stories, ID) if stories else []
        checked: list[CheckedStory] = []
        for (story, material), result in zip(found, results, strict=True):
            if result.relations or result.not_compared:
                texts = {a.id: a for a in (*material.articles, article)}
                named = {f.article for f in result.figures} | {ID}
                kept = tuple(replace(a, text=texts[a.id].text) for a in result.articles if a.id in named)
                checked.append(CheckedStory(story, replace(result, articles=kept)))
        # A story that can be compared tells more than one that cannot.
        checked.sort(key=lambda c: not c.comparison.relations)
        if any(c.comparison.relations for c in checked):
            checked = [c for c in checked if c.comparison.relations]
            return CheckView(article, own, tuple(checked))
        remark = "No stored figure can be compared with these." if checked else "No stored coverage speaks of this."
        return CheckView(article, own, tuple(checked), (remark,))

    async def _material(self, server: str, number: int) -> tuple[Story, Material] | None:
        story = await self._store.stories.get(server, number)
        if story is None:
            return None
        return story, await self._desk.material(server, await self._store.stories.articles(server, number))

    async def _stories(self, server: str, article: Article, own: tuple[Figure, ...]) -> list[int]:
        """Return the numbers of the stories that share most with the text: its words, and figures like its own."""
        terms = await search_terms(article)
        wanted = [" ".join(w for w in (figure.measure, figure.place) if w) for figure in own[:5]]
        # Asked at once: the store has more than one reader.
        search = self._store.search
        keys, alike = await asyncio.gather(
            search.candidates(server, terms, newest=WINDOW, limit=CANDIDATES),
            asyncio.gather(*(search.figures(server, q, limit=10, match="any") for q in dict.fromkeys(wanted))),
        )
        points: dict[int, float] = {}
        for rank, stored in enumerate(await self._store.articles.by_keys(server, keys)):
            if stored.story is not None:
                points[stored.story] = points.get(stored.story, 0.0) + 1 / (1 + rank)
        for likes in alike:
            for rank, found in enumerate(likes):
                if found.stored.story is not None:
                    points[found.stored.story] = points.get(found.stored.story, 0.0) + 0.5 / (1 + rank)
        return sorted(points, key=lambda number: (-points[number], -number))[:STORIES]
