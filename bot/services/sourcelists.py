"""Bring lists of outlets and feeds in and out."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ingest.opml import Listed, read_list, to_json, to_opml
from bot.model import CorrobotError, Source
from bot.services.feeds import Feeds
from bot.services.sources import Sources


@dataclass(frozen=True, slots=True)
class Imported:
    """What bringing a list in did: outlets made, feeds added to these and to known ones, and what was refused."""

    sources: int
    feeds: int
    known: int
    errors: tuple[CorrobotError, ...]


async def bring_in(sources: Sources, feeds: Feeds, server: str, data: bytes, name: str) -> Imported:
    """Register what a list holds and is not here yet; an outlet that is known by its name keeps what it has.

    Feeds are not asked here but when they are due. Raises CorrobotError where the list cannot be read.
    """
    listed = read_list(data, name)
    known = {n.casefold(): s for s in await sources.list(server) for n in (s.name, *s.aliases)}
    polled = {f.url for f in await feeds.list(server)}
    made = added = met = 0
    errors: list[CorrobotError] = []
    for one in listed:
        try:
            source = known.get(one.name.casefold())
            if source is None:
                source = await _make(sources, server, one)
                made += 1
            else:
                met += 1
            for url in one.feeds:
                if url not in polled:
                    await feeds.put(server, source.number, url)
                    polled.add(url)
                    added += 1
        except CorrobotError as error:
            errors.append(CorrobotError(error.code, f"{one.name}: {error.message}", one.name))
    return Imported(made, added, met, tuple(errors))


async def _make(sources: Sources, server: str, one: Listed) -> Source:
    return await sources.add(
        server, one.name, domains=one.domains, aliases=one.aliases, letter=(one.letter or "F").upper()
    )


async def bring_out(sources: Sources, feeds: Feeds, server: str, format_: str) -> str:
    """Write the outlets and feeds of a server as `opml` or `json`."""
    of: dict[int, list[str]] = {}
    for feed in await feeds.list(server):
        of.setdefault(feed.source, []).append(feed.url)
    listed: Sequence[Listed] = [
        Listed(s.name, s.domains, s.aliases, s.letter, tuple(of.get(s.number, ()))) for s in await sources.list(server)
    ]
    return to_opml(listed) if format_ == "opml" else to_json(listed)
