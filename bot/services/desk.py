"""Stories of a server: which one an article joins, and its comparison, kept until something about it changes."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from bot.comparing import revisions
from bot.comparing import rulings as ruling
from bot.model import Article, Comparison, CorrobotError, Figure, Reading, Ruling, Source, StoredArticle, Story
from bot.render.words import title_of
from bot.services.packing import pack, unpack
from bot.services.rarity import central_article, search_terms
from bot.services.worker import Analyser
from bot.store import Store

Clock = Callable[[], datetime]
Letters = tuple[tuple[str, str], ...]
# A story is looked for among so many articles before this one, so that the search stays quick in a large store.
WINDOW = 5_000
CANDIDATES = 30
# After so many articles the headlines of a story have settled.
MOST_FOR_TITLE = 30
# Of a page that changes all day the last versions are held against it; what was read of so many versions is kept.
MOST_REVISIONS, MOST_READ = 3, 200
# Comparing costs the square of the figures: of a larger story the newest articles are compared.
MOST_COMPARED = 60


def stamp_of(moment: datetime) -> str:
    """Write a time as the store wants it: UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def numbered(stored: StoredArticle) -> Article:
    """Return an article under the id that a comparison of its server uses."""
    return replace(stored.article, id=f"a{stored.number}")


def renumbered(reading: Reading, id: str) -> Reading:
    """Return a reading whose article has another id."""
    return replace(
        reading,
        article=id,
        figures=tuple(replace(f, id=f"{id}.{n}", article=id) for n, f in enumerate(reading.figures, 1)),
        quotations=tuple(replace(q, article=id) for q in reading.quotations),
        tone=replace(reading.tone, article=id) if reading.tone else None,
    )


@dataclass(frozen=True, slots=True)
class Material:
    """What a comparison is made of. `rulings` are those that touch the articles, `names` what these are known by."""

    articles: tuple[Article, ...]
    readings: tuple[Reading, ...]
    letters: Letters
    left_out: int
    rulings: tuple[Ruling, ...] = ()
    names: ruling.Names = field(default_factory=dict)


class Locks:
    """One lock for each key, forgotten when nobody holds or awaits it."""

    def __init__(self) -> None:
        self._locks: dict[object, tuple[asyncio.Lock, list[None]]] = {}

    @asynccontextmanager
    async def hold(self, key: object) -> AsyncIterator[None]:
        """Hold the lock of a key."""
        lock, users = self._locks.setdefault(key, (asyncio.Lock(), []))
        users.append(None)
        try:
            async with lock:
                yield
        finally:
            users.pop()
            if not users:
                del self._locks[key]


class Desk:
    """Puts articles into stories and compares stories."""

    def __init__(self, store: Store, analyser: Analyser, clock: Clock) -> None:
        self._store = store
        self._analyser = analyser
        self._clock = clock
        self._locks = Locks()
        # Told of every new comparison of a story.
        self.listeners: list[Callable[[str, int, Comparison], Awaitable[None]]] = []
        # What was read out of earlier versions of pages, by the hash of their content.
        self._read: dict[str, tuple[Figure, ...]] = {}

    async def place(self, server: str, stored: StoredArticle) -> Story:
        """Give the story of an article; put it into one, or begin one, where it is in none."""
        async with self._locks.hold(("stories", server)):
            story = await self._store.stories.of_article(server, stored.key)
            if story is not None:
                return story
            number, barred = await self._ruled(server, stored)
            number = number or await self._nearest(server, stored, barred)
            if number is None:
                now = stamp_of(self._clock())
                number = (await self._store.stories.create(server, title_of(stored.article), now)).number
            story = await self._store.stories.add_article(server, number, stored.key)
            return await self._titled(server, story)

    async def _titled(self, server: str, story: Story) -> Story:
        """Give a growing story the most central headline of its articles; a large one keeps the title it has."""
        if not 2 < story.articles <= MOST_FOR_TITLE:
            return story
        articles = [a.article for a in await self._store.stories.articles(server, story.number)]
        title = title_of(await central_article(articles))
        return story if title == story.title else await self._store.stories.retitle(server, story.number, title)

    async def _ruled(self, server: str, stored: StoredArticle) -> tuple[int | None, frozenset[int]]:
        """Return the story that rulings put an article into, and those they keep it out of."""
        rulings = [r for r in await self._store.rulings.list(server) if r.kind in ("split", "merge")]
        together, apart = ruling.companions(rulings, await self.names(stored)) if rulings else ((), ())
        if not together and not apart:
            return None, frozenset()
        keys = [int(key) for r in rulings for key in ruling.target_of(r).get("keys", ())]
        known = [(a.story, await self.names(a)) for a in await self._store.articles.by_keys(server, keys)]
        homes = [story for story, names in known if story is not None and names & frozenset(together)]
        barred = frozenset(story for story, names in known if story is not None and names & frozenset(apart))
        return next((story for story in reversed(homes) if story not in barred), None), barred

    async def _nearest(self, server: str, stored: StoredArticle, barred: frozenset[int] = frozenset()) -> int | None:
        keys = await self._store.search.candidates(
            server,
            await search_terms(stored.article),
            newest=WINDOW,
            limit=CANDIDATES + 1,
        )
        found = await self._store.articles.by_keys(server, [key for key in keys if key != stored.key])
        others = [(a.story, numbered(a)) for a in found if a.story is not None and a.story not in barred]
        return await self._analyser.nearest_story(numbered(stored), others) if others else None

    async def comparison(self, server: str, number: int) -> tuple[Comparison, int]:
        """Give the comparison of a story, and how many of its articles are too many to compare."""
        async with self._locks.hold((server, number)):
            version = await self._store.stories.version(server, number)
            if version is None:
                raise CorrobotError("not_found", f"There is no story {number} here.", str(number))
            articles = await self._store.stories.articles(server, number)
            material = await self.material(server, articles)
            mark = _mark(version, material)
            kept = await self._store.stories.comparison(server, number)
            if kept is not None:
                found = await asyncio.to_thread(unpack, kept, material.articles, mark)
                if found is not None:
                    return ruling.apply(found, material.rulings, material.names), material.left_out
            packed = await self._analyser.compare_packed(material.articles, material.readings, material.letters, mark)
            result = await asyncio.to_thread(unpack, packed, material.articles, mark)
            assert result is not None
            if changed := await self._changes(server, articles, result):
                result = revisions.add(result, changed)
                packed = await asyncio.to_thread(pack, result, mark)
            result = ruling.apply(result, material.rulings, material.names)
            await self._save(server, number, packed, result, version)
            for listener in self.listeners:
                await listener(server, number, result)
            return result, material.left_out

    async def _changes(self, server: str, stored: Sequence[StoredArticle], c: Comparison) -> list[revisions.Change]:
        """Find the figures that articles changed in themselves since this server has them."""
        found: list[revisions.Change] = []
        compared = {a.id for a in c.articles}
        for one in stored:
            id = f"a{one.number}"
            if id not in compared or one.article.language != "en":
                continue
            figures = [f for f in c.figures if f.article == id]
            for was in (await self._store.articles.revisions(server, one.number))[-MOST_REVISIONS:]:
                if was.raw_hash not in self._read:
                    reading = await self._analyser.read(replace(one.article, text=was.text, title=was.title))
                    self._read[was.raw_hash] = reading.figures
                    while len(self._read) > MOST_READ:
                        self._read.pop(next(iter(self._read)))
                before = revisions.Before(was.text, self._read[was.raw_hash], was.stored_at, was.replaced_at)
                found += revisions.changes(one.article, figures, before)
        return found

    async def _save(self, server: str, number: int, packed: str, result: Comparison, version: int) -> None:
        resting = {id for f in result.findings for id in f.relations}
        slim = replace(result, relations=tuple(r for r in result.relations if r.id in resting))
        flags = sum(f.flag for f in result.findings)
        now = stamp_of(self._clock())
        await self._store.stories.save_comparison(server, number, packed, flags, now, comparison=slim, version=version)

    async def material(self, server: str, stored: Sequence[StoredArticle]) -> Material:
        """Load what a comparison of these articles is made of: those that were read, the newest of very many."""
        rulings = await self._store.rulings.list(server)
        found: list[tuple[Article, Reading]] = []
        names: dict[str, frozenset[str]] = {}
        readings = await self._store.articles.readings([one.key for one in stored])
        for one in stored:
            reading = readings.get(one.key)
            if reading is not None:
                article = numbered(one)
                if rulings:
                    names[article.id] = await self.names(one)
                    reading = ruling.amend(reading, article, names[article.id], rulings)
                found.append((article, renumbered(reading, article.id)))
        left_out = max(0, len(found) - MOST_COMPARED)
        found = found[left_out:]
        articles = tuple(article for article, _ in found)
        letters = letters_of(articles, await self._store.sources.list(server))
        here = tuple(ruling.touching(rulings, names.values()))
        return Material(articles, tuple(reading for _, reading in found), letters, left_out, here, names)

    async def names(self, stored: StoredArticle) -> frozenset[str]:
        """Return what rulings know an article by."""
        return ruling.names_of(stored.article, await self._store.articles.content_hash(stored.key))

    async def reading(self, server: str, stored: StoredArticle) -> Reading | None:
        """Give what was read out of an article, as rulings would have it."""
        found = await self._store.articles.reading(stored.key)
        rulings = await self._store.rulings.list(server, kind="correct") if found is not None else []
        if found is None or not rulings:
            return found
        return ruling.amend(found, stored.article, await self.names(stored), rulings)

    async def dropped(self, server: str, stored: StoredArticle, figure: Figure) -> bool:
        """Tell whether a figure was ruled to be read wrongly."""
        rulings = await self._store.rulings.list(server, kind="correct")
        if not rulings:
            return False
        alone = Reading(figure.article, (), (figure,), ())
        return not ruling.amend(alone, stored.article, await self.names(stored), rulings).figures

    async def corrections(self, server: str, stored: StoredArticle) -> dict[str, str]:
        """Return the corrections in force of an article's outlet, date and title, whatever its number was then."""
        rulings = await self._store.rulings.list(server, kind="correct")
        return ruling.corrections(rulings, await self.names(stored)) if rulings else {}


def letters_of(articles: Sequence[Article], sources: Sequence[Source]) -> Letters:
    """Pair the outlets of articles with the letters of the sources they are, known by name, alias or domain."""
    names = {name.casefold(): s.letter for s in sources for name in (s.name, *s.aliases)}
    domains = {domain: s.letter for s in sources for domain in s.domains}
    found: dict[str, str] = {}
    for article in articles:
        if not article.outlet:
            continue
        letter = names.get(article.outlet.casefold())
        parts = (urlsplit(article.url).hostname or "").split(".") if article.url else []
        for start in range(len(parts)):
            letter = letter or domains.get(".".join(parts[start:]))
        if letter:
            found[article.outlet.lower()] = letter
    return tuple(sorted(found.items()))


def _mark(version: int, material: Material) -> str:
    """Say what a comparison was made of, so that an outdated one is known."""
    names = [(a.id, a.title, a.outlet, a.published, len(a.text)) for a in material.articles]
    ruled = [(r.number, r.kind, r.target, r.reason) for r in material.rulings]
    made_of = (names, material.letters, *([ruled] if ruled else []))
    digest = hashlib.sha256(repr(made_of).encode("utf-8", "replace")).hexdigest()
    return f"{version}:{digest[:16]}"
