"""Coverage of a server: add articles, look at them and their stories, ask what their figures say."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

from bot.model import POLICIES, Article, Comparison, CorrobotError, Policy, StoredArticle, Story, SummarySentence
from bot.services.checking import Checker
from bot.services.desk import Clock, Desk, numbered, renumbered, stamp_of
from bot.services.fetching import Pages
from bot.services.found import article_of, story_of
from bot.services.metrics import Metrics
from bot.services.muting import Muted, Muting
from bot.services.pipeline import Pipeline
from bot.services.polling import Told
from bot.services.rarity import load_rarity
from bot.services.views import (
    AddedView,
    ArticleView,
    CheckView,
    FlagView,
    FoundFigure,
    SearchView,
    StoryView,
    SummaryView,
)
from bot.services.work import Chart
from bot.services.worker import Analyser
from bot.store import Added, Store
from bot.summarizing.digest import Digest

log = logging.getLogger(__name__)
PASTED = "pasted text"


class Coverage:
    """What people do with articles. Every number is one that the people of that server see."""

    def __init__(
        self, store: Store, analyser: Analyser, fetcher: Pages, clock: Clock, *, metrics: Metrics | None = None
    ) -> None:
        self._store = store
        self._analyser = analyser
        self._fetcher = fetcher
        self._clock = clock
        self._desk = self.desk = Desk(store, analyser, clock)
        self._pipeline = Pipeline(store, analyser, self._desk, clock, metrics=metrics)
        self._metrics = metrics or Metrics()
        self._checker = Checker(store, analyser, self._desk)
        self.muting = Muting(store, clock)

    async def resume(self) -> int:
        """Take up, at the start, what a stopped process left; return how many articles wait."""
        return await self._pipeline.resume()

    async def warm(self) -> None:
        """Load what the first article would wait for; a failure is logged alone, for each call tells of its own."""
        try:
            await asyncio.gather(load_rarity(), self._analyser.warm())
        except CorrobotError as error:
            log.warning("the analysis was not loaded ahead: %s", error.message)

    async def idle(self) -> None:
        """Wait until no article is under way."""
        await self._pipeline.idle()

    async def close(self) -> None:
        """Stop; what is under way is taken up at the next start."""
        await self._pipeline.close()

    async def add_url(
        self,
        server: str,
        url: str,
        *,
        outlet: str | None = None,
        published: str | None = None,
        by: str | None = None,
        told: Told | None = None,
    ) -> AddedView:
        """Fetch a page and add it; `told` is what a feed says of it."""
        fetched = await self._fetcher.fetch(url)
        article = await self._analyser.page("a0", url, fetched, outlet=outlet, published=published)
        if told is not None:
            article = told.beside(article)
        return await self._add(server, article, fetched.body, by, fetched=True)

    async def add_text(
        self,
        server: str,
        text: str,
        *,
        outlet: str | None = None,
        published: str | None = None,
        by: str | None = None,
        input: str = PASTED,
    ) -> AddedView:
        """Add a pasted text; only this server sees it."""
        raw = text.encode("utf-8", "replace")
        article = await self._analyser.article_from_bytes("a0", input, raw, outlet=outlet, published=published)
        return await self._add(server, article, raw, by, fetched=False)

    async def add_file(
        self,
        server: str,
        name: str,
        data: bytes,
        *,
        outlet: str | None = None,
        published: str | None = None,
        url: str | None = None,
        by: str | None = None,
    ) -> AddedView:
        """Add a file (.txt .md .html .pdf); only this server sees it."""
        article = await self._analyser.article_from_bytes("a0", name, data, url=url, outlet=outlet, published=published)
        return await self._add(server, article, data, by, fetched=False)

    async def _add(self, server: str, article: Article, raw: bytes, by: str | None, *, fetched: bool) -> AddedView:
        now = stamp_of(self._clock())
        added: Added = await self._store.articles.add(server, article, raw=raw, by=by, now=now, fetched=fetched)
        number = added.stored.number
        self._metrics.articles.add("new" if added.created else "revised" if added.revised else "known")
        if added.created and (known := await self._desk.corrections(server, added.stored)):
            # Corrected before it was removed: the correction belongs to the words, not to the number.
            await self._store.articles.correct(server, number, **known)
        await self._pipeline.analyse(server, number)
        view = await self.article(server, number)
        return AddedView(
            view.stored,
            view.reading,
            view.story,
            view.comparison,
            view.summary,
            view.remarks,
            created=added.created,
            revised=added.revised,
        )

    async def article(self, server: str, number: int) -> ArticleView:
        """Give an article with its summary, figures and story."""
        stored = await article_of(self._store, server, number)
        reading = await self._desk.reading(server, stored)
        story = await self._store.stories.of_article(server, stored.key)
        if reading is None or story is None:
            # A crash came between, or the page has changed: see to it now.
            await self._pipeline.analyse(server, number)
            stored = await article_of(self._store, server, number)
            reading = await self._desk.reading(server, stored)
            story = await self._store.stories.of_article(server, stored.key)
        comparison, left_out = await self._desk.comparison(server, story.number) if story else (None, 0)
        article = numbered(stored)
        summary = await self._analyser.summarize((article,))
        muted = await self.muting.of(server)
        remarks = (*_unread(stored), *_alone(story), *_left_out(left_out), *_muted(muted, story, (stored,)))
        return ArticleView(
            stored, renumbered(reading, article.id) if reading else None, story, comparison, summary, remarks
        )

    async def articles(
        self, server: str, *, limit: int = 25, offset: int = 0, by: str | None = None
    ) -> list[StoredArticle]:
        """List articles, newest first."""
        return await self._store.articles.list(server, limit=limit, offset=offset, by=by)

    async def stories(self, server: str, query: str | None = None, *, limit: int = 25, offset: int = 0) -> list[Story]:
        """List stories, the one with the newest article first; `query` is words of the title."""
        return await self._store.stories.list(server, limit=limit, offset=offset, query=query)

    async def story(self, server: str, number: int) -> StoryView:
        """Give a story with its articles and its comparison."""
        return await self.compare(server, number)

    async def compare(self, server: str, number: int, policy: str | None = None) -> StoryView:
        """Compare the coverage of a story; `policy` leads, else the one the server chose."""
        chosen = await self._policy(server, policy)
        comparison, left_out = await self._desk.comparison(server, number)
        story = await story_of(self._store, server, number)
        articles = tuple(await self._store.stories.articles(server, number))
        unread = tuple(remark for a in articles for remark in _unread(a))
        muted = _muted(await self.muting.of(server), story, articles)
        return StoryView(story, articles, comparison, chosen, (*_alone(story), *muted, *unread, *_left_out(left_out)))

    async def _policy(self, server: str, policy: str | None) -> Policy | None:
        name = policy or await self._store.settings.get(server, "policy")
        if name is None:
            return None
        for known in POLICIES:
            if known == name.strip().lower():
                return known
        raise CorrobotError("usage", f"{name} is no policy; choose one of {', '.join(POLICIES)}.", name)

    async def summary(
        self,
        server: str,
        *,
        story: int | None = None,
        article: int | None = None,
        sentences: int | None = None,
        words: int | None = None,
    ) -> SummaryView:
        """Summarize a story or an article in sentences of its articles (3 for an article, 5 for a story)."""
        if (story is None) == (article is None):
            raise CorrobotError("usage", "Name a story or an article.")
        about: Story | None = None
        if article is not None:
            chosen = [await article_of(self._store, server, article)]
        else:
            assert story is not None
            about = await story_of(self._store, server, story)
            chosen = await self._store.stories.articles(server, story)
        size = None if words else sentences or (3 if article is not None else 5)
        picked = await self._summarize(chosen, size, words)
        told = await self._digest(server, about, chosen) if about and len(chosen) > 1 and not words else None
        return SummaryView(tuple(chosen), picked, about, told)

    async def _digest(self, server: str, story: Story, stored: Sequence[StoredArticle]) -> Digest:
        """Tell a story in its three parts; rulings count, and a copy backs nothing."""
        comparison, _ = await self._desk.comparison(server, story.number)
        copies = {a.id: a.copy_of for a in comparison.articles}
        articles = [replace(a, copy_of=copies.get(a.id)) for a in map(numbered, stored)]
        return await self._analyser.digest(articles, replace(comparison, articles=(), relations=(), not_compared=()))

    async def _summarize(
        self, stored: Sequence[StoredArticle], sentences: int | None, words: int | None
    ) -> tuple[SummarySentence, ...]:
        return await self._analyser.summarize([numbered(a) for a in stored], sentences=sentences, words=words)

    async def flags(self, server: str, story: int | None = None, *, limit: int = 25) -> list[FlagView]:
        """Give the open flags of a server or a story, newest story first, most severe first."""
        if story is not None:
            await story_of(self._store, server, story)
            await self._desk.comparison(server, story)
        views: list[FlagView] = []
        known: dict[int, tuple[Story, Comparison]] = {}
        for open_ in await self._store.stories.flags(server, limit=1000):
            if story not in (None, open_.story) or len(views) >= limit:
                continue
            if open_.story not in known:
                comparison, _ = await self._desk.comparison(server, open_.story)
                known[open_.story] = await story_of(self._store, server, open_.story), comparison
            about, comparison = known[open_.story]
            if open_.finding in comparison.findings:
                views.append(FlagView(about, open_.finding, comparison))
        return views

    async def check(self, server: str, text: str) -> CheckView:
        """Hold the figures of a text against stored coverage."""
        return await self._checker.check(server, text)

    async def figures(self, server: str, query: str, *, limit: int = 25) -> list[FoundFigure]:
        """Find figures by what was printed, measure, place, voice and sentence: all words, else any."""
        found = await self._store.search.figures(server, query, limit=limit)
        found = found or await self._store.search.figures(server, query, limit=limit, match="any")
        return [x for x in found if not await self._desk.dropped(server, x.stored, x.figure)]

    async def found(self, server: str, query: str, *, limit: int = 25) -> list[StoredArticle]:
        """Find articles alone with all the words, for who is still typing."""
        return await self._store.search.matching(server, query, limit=limit)

    async def search(self, server: str, query: str, *, limit: int = 25, mark: tuple[str, str] = ("", "")) -> SearchView:
        """Find articles, figures and stories with all the words."""
        articles, figures, stories = await asyncio.gather(
            self._store.search.articles(server, query, limit=limit, mark=mark),
            self._store.search.figures(server, query, limit=limit),
            self._store.stories.list(server, limit=limit, query=query),
        )
        return SearchView(tuple(articles), tuple(figures), tuple(stories))

    async def remove(self, server: str, number: int) -> StoredArticle:
        """Remove an article from this server; its story is compared without it. Give what was removed."""
        stored = await article_of(self._store, server, number)
        await self._store.articles.remove(server, number, stamp_of(self._clock()))
        if stored.story is not None and await self._store.stories.get(server, stored.story):
            await self._desk.comparison(server, stored.story)
        return stored

    async def mend(
        self,
        server: str,
        number: int,
        *,
        outlet: str | None = None,
        published: str | None = None,
        title: str | None = None,
    ) -> ArticleView:
        """Correct what an article says of itself, as who added it would; a moderator's ruling is not touched."""
        given = {"outlet": outlet, "published": published, "title": title}
        fields = {name: value.strip() for name, value in given.items() if value is not None and value.strip()}
        if not fields:
            raise CorrobotError("usage", "Say what to correct: outlet, published or title.")
        stored = await article_of(self._store, server, number)
        ruled = [name for name in await self._desk.corrections(server, stored) if name in fields]
        if ruled:
            raise CorrobotError("refused", f"A moderator has corrected the {' and '.join(ruled)} of article {number}.")
        await self._store.articles.correct(server, number, **fields)
        return await self.article(server, number)

    async def chart(self, view: StoryView, *, timeline: bool = False) -> Chart:
        """Draw the figures of a story, or how they moved, as a picture with its words for those who do not see it."""
        return await self._analyser.chart(
            replace(view.comparison, articles=tuple(replace(a, text="") for a in view.comparison.articles)),
            title=view.story.title,
            timeline=timeline,
        )


def _unread(stored: StoredArticle) -> tuple[str, ...]:
    if stored.article.language == "en":
        return ()
    return (
        f"Article {stored.number} is not in English ({stored.article.language}): stored, but its figures are unread.",
    )


def _alone(story: Story | None) -> tuple[str, ...]:
    return ("There is no other coverage of this story yet.",) if story is not None and story.articles == 1 else ()


def _muted(muted: Muted, story: Story | None, articles: Sequence[StoredArticle]) -> tuple[str, ...]:
    told = (
        [f"Story {story.number} is muted here: it raises no alert."] if story and story.number in muted.stories else []
    )
    names = dict.fromkeys(a.article.outlet or a.article.url or "" for a in articles if muted.outlet(a.article))
    if names:
        told.append(
            f"Muted here: {', '.join(names)}. What it says raises no alert."
            if len(names) == 1
            else f"Muted here: {', '.join(names)}. What they say raises no alert."
        )
    return tuple(told)


def _left_out(number: int) -> tuple[str, ...]:
    return (f"The {number} oldest articles of this story are too many to compare and left out.",) if number else ()
