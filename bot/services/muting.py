"""Muted stories and outlets: they raise no alert and answer no link on their own, and can be asked for all the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from bot.model import Article, Comparison, CorrobotError
from bot.services.desk import Clock, stamp_of
from bot.store import Store
from bot.store.mutes import Mute

# Outlets are offered out of so many of the newest articles.
RECENT = 300


@dataclass(frozen=True, slots=True)
class Muted:
    """What a server muted: numbers of stories, names of outlets without case, and domains of those that are sources."""

    stories: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()

    def outlet(self, article: Article) -> bool:
        """Tell whether an article is of a muted outlet, by its name or by where it stands."""
        if article.outlet and folded(article.outlet) in self.names:
            return True
        parts = (urlsplit(article.url).hostname or "").split(".") if article.url and self.domains else []
        return any(".".join(parts[start:]) in self.domains for start in range(len(parts)))

    def without(self, c: Comparison) -> Comparison:
        """Return a comparison without what muted outlets say: a finding needs two sides, or one that changed itself."""
        gone = {a.id for a in c.articles if self.outlet(a)}
        if not gone:
            return c
        figures = tuple(f for f in c.figures if f.article not in gone)
        left = {f.id for f in figures}
        findings = []
        for f in c.findings:
            sides = tuple(
                s
                for side in f.sides
                if (s := replace(side, figures=tuple(x for x in side.figures if x in left))).figures
            )
            if sides and len(sides) == len(f.sides):
                findings.append(replace(f, sides=sides))
        relations = tuple(r for r in c.relations if left.issuperset(r.figures))
        return replace(c, figures=figures, relations=relations, findings=tuple(findings))


class Muting:
    """Mutes and unmutes for a server."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def of(self, server: str) -> Muted:
        """Return what a server muted; a source is muted under all its names and domains."""
        found = await self._store.mutes.list(server)
        if not found:
            return Muted()
        names = {folded(m.name) for m in found if m.story is None}
        sources = [
            s for s in await self._store.sources.list(server) if names & {folded(n) for n in (s.name, *s.aliases)}
        ]
        names |= {folded(n) for s in sources for n in (s.name, *s.aliases)}
        domains = frozenset(domain for s in sources for domain in s.domains)
        return Muted(frozenset(m.story for m in found if m.story is not None), frozenset(names), domains)

    async def list(self, server: str) -> list[Mute]:
        """List what a server muted, oldest first."""
        return await self._store.mutes.list(server)

    async def story(self, server: str, number: int, by: str) -> bool:
        """Mute a story; False where it is already. Raises CorrobotError where there is none."""
        return await self._store.mutes.story(server, number, by=by, now=stamp_of(self._clock()))

    async def outlet(self, server: str, name: str, by: str) -> tuple[str, bool]:
        """Mute an outlet; give its name, a source's own where it is one, and False where it is muted already."""
        kept = await self._named(server, name)
        return kept, await self._store.mutes.outlet(server, kept, by=by, now=stamp_of(self._clock()))

    async def lift(self, server: str, *, story: int | None = None, outlet: str | None = None) -> str:
        """Mute no longer; give the name of what it was. Raises CorrobotError where it is not muted."""
        kept = await self._named(server, outlet) if outlet is not None else None
        for name in dict.fromkeys((kept, outlet) if outlet is not None else (None,)):
            if await self._store.mutes.remove(server, story=story, outlet=name):
                return name or f"story {story}"
        what = f"Story {story}" if outlet is None else f"“{kept}”"
        raise CorrobotError("not_found", f"{what} is not muted here; see /mute list.", str(story or outlet))

    async def outlets(self, server: str) -> Sequence[str]:
        """Name outlets that can be muted: sources, then those of the newest articles."""
        sources = [s.name for s in await self._store.sources.list(server)]
        recent = [a.article.outlet for a in await self._store.articles.list(server, limit=RECENT)]
        return list({folded(name): name for name in reversed([*sources, *filter(None, recent)])}.values())[::-1]

    async def _named(self, server: str, name: str) -> str:
        kept = " ".join(name.split())
        if not kept:
            raise CorrobotError("usage", "Name an outlet.", name)
        source = await self._store.sources.find_by_name(server, kept)
        if source is not None:
            return source.name
        names = [m.name for m in await self._store.mutes.list(server) if m.story is None]
        return next((x for x in (*names, *await self.outlets(server)) if folded(x) == folded(kept)), kept)


def folded(name: str) -> str:
    """Return a name as names are compared."""
    return " ".join(name.casefold().split())
