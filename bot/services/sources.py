"""The outlets that moderators of a server registered."""

from collections.abc import Sequence

from bot.ingest.identity import host_of
from bot.model import CorrobotError, Source
from bot.store import Store


class Sources:
    """Register, list, edit and remove sources. Numbers are those that people of the server see."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def add(
        self, server: str, name: str, *, domains: Sequence[str] = (), aliases: Sequence[str] = (), letter: str = "F"
    ) -> Source:
        """Register an outlet; a name, alias or domain that another source has is refused."""
        return await self._store.sources.add(
            server, name, domains=[domain_of(d) for d in domains], aliases=aliases, letter=letter
        )

    async def list(self, server: str) -> "SourceList":
        """List the sources by number."""
        return await self._store.sources.list(server)

    async def edit(
        self,
        server: str,
        number: int,
        *,
        name: str | None = None,
        domains: Sequence[str] | None = None,
        aliases: Sequence[str] | None = None,
        letter: str | None = None,
    ) -> Source:
        """Change what is given and leave the rest."""
        hosts = None if domains is None else [domain_of(d) for d in domains]
        return await self._store.sources.edit(server, number, name=name, domains=hosts, aliases=aliases, letter=letter)

    async def remove(self, server: str, number: int) -> Source:
        """Forget a source; give what it was."""
        source = await self._store.sources.get(server, number)
        if source is None or not await self._store.sources.remove(server, number):
            raise CorrobotError("not_found", f"There is no source {number} here.", str(number))
        return source


SourceList = list[Source]


def domain_of(given: str) -> str:
    """Return the domain of what people give for one: a host or a whole address. Raises CorrobotError."""
    text = given.strip().lower()
    host = host_of(text if "//" in text else f"https://{text}")
    if not host or "." not in host or " " in text:
        raise CorrobotError("usage", f"{given!r} is no domain; give one like example.org.", given)
    return host.removeprefix("www.")
