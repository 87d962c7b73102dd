"""The outlets that moderators of a server registered."""

import sqlite3
from collections.abc import Sequence

from bot.model import Source
from bot.store.database import Database, Handle
from bot.store.errors import StoreError, missing


class Sources:
    """The sources of all servers; each belongs to one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        server: str,
        name: str,
        *,
        domains: Sequence[str] = (),
        aliases: Sequence[str] = (),
        letter: str = "F",
    ) -> Source:
        """Register an outlet; a name, alias or domain that another source has is refused."""
        async with self._database.write() as handle:
            number = await handle.number(server, "source")
            row = await handle.row(
                "INSERT INTO sources (server, number, name, letter) VALUES (?, ?, ?, ?) RETURNING key",
                (server, number, name.strip(), _letter(letter)),
            )
            assert row is not None
            await _set_domains(handle, server, row["key"], domains)
            await _set_names(handle, server, row["key"], name, aliases)
            return await _required(handle, server, number)

    async def get(self, server: str, number: int) -> Source | None:
        """Find a source by the number that people see."""
        async with self._database.read() as handle:
            return await _get(handle, server, number)

    async def list(self, server: str) -> "SourceList":
        """List the sources of a server by number."""
        async with self._database.read() as handle:
            rows = await handle.rows("SELECT * FROM sources WHERE server = ? ORDER BY number", (server,))
            return [await _read(handle, row) for row in rows]

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
        async with self._database.write() as handle:
            old = await _required(handle, server, number)
            row = await handle.row("SELECT key FROM sources WHERE server = ? AND number = ?", (server, number))
            assert row is not None
            name = old.name if name is None else name
            await handle.run(
                "UPDATE sources SET name = ?, letter = ? WHERE key = ?",
                (name.strip(), _letter(letter or old.letter), row["key"]),
            )
            await _set_domains(handle, server, row["key"], old.domains if domains is None else domains)
            await _set_names(handle, server, row["key"], name, old.aliases if aliases is None else aliases)
            return await _required(handle, server, number)

    async def remove(self, server: str, number: int) -> bool:
        """Forget a source; its number is not used again."""
        async with self._database.write() as handle:
            return await handle.run("DELETE FROM sources WHERE server = ? AND number = ?", (server, number)) > 0

    async def find_by_domain(self, server: str, host: str) -> Source | None:
        """Find the source of a host: `edition.cnn.com` is of `cnn.com` unless a source names it more closely."""
        parts = _domain(host).split(".")
        suffixes = [".".join(parts[start:]) for start in range(min(len(parts), 20))]
        async with self._database.read() as handle:
            row = await handle.row(
                "SELECT s.* FROM source_domains d JOIN sources s ON s.key = d.source_key WHERE d.server = ?"
                f" AND d.domain IN ({', '.join('?' * len(suffixes))}) ORDER BY length(d.domain) DESC LIMIT 1",
                (server, *suffixes),
            )
            return None if row is None else await _read(handle, row)

    async def find_by_name(self, server: str, name: str) -> Source | None:
        """Find the source that goes by this name or alias, whatever the case."""
        async with self._database.read() as handle:
            row = await handle.row(
                "SELECT s.* FROM source_names n JOIN sources s ON s.key = n.source_key"
                " WHERE n.server = ? AND n.folded = ?",
                (server, _fold(name)),
            )
            return None if row is None else await _read(handle, row)


SourceList = list[Source]


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


def _domain(domain: str) -> str:
    return domain.strip().lower().strip(".").removeprefix("www.")


def _letter(letter: str) -> str:
    if letter.upper() not in ("A", "B", "C", "D", "E", "F"):
        raise StoreError("usage", f"A reliability letter is one of A to F, not {letter!r}.", letter)
    return letter.upper()


async def _set_domains(handle: Handle, server: str, key: int, domains: Sequence[str]) -> None:
    await handle.run("DELETE FROM source_domains WHERE source_key = ?", (key,))
    for ordinal, domain in enumerate(dict.fromkeys(filter(None, map(_domain, domains)))):
        taken = await handle.row(
            "SELECT s.number, s.name FROM source_domains d JOIN sources s ON s.key = d.source_key"
            " WHERE d.server = ? AND d.domain = ?",
            (server, domain),
        )
        if taken is not None:
            raise _taken(domain, taken)
        await handle.run(
            "INSERT INTO source_domains (server, domain, source_key, ordinal) VALUES (?, ?, ?, ?)",
            (server, domain, key, ordinal),
        )


async def _set_names(handle: Handle, server: str, key: int, name: str, aliases: Sequence[str]) -> None:
    if not _fold(name):
        raise StoreError("usage", "A source needs a name.", name)
    await handle.run("DELETE FROM source_names WHERE source_key = ?", (key,))
    names: dict[str, str] = {}
    for printed in (name, *aliases):
        if _fold(printed):
            names.setdefault(_fold(printed), printed.strip())
    for ordinal, (folded, printed) in enumerate(names.items(), start=-1):
        taken = await handle.row(
            "SELECT s.number, s.name FROM source_names n JOIN sources s ON s.key = n.source_key"
            " WHERE n.server = ? AND n.folded = ?",
            (server, folded),
        )
        if taken is not None:
            raise _taken(printed, taken)
        await handle.run(
            "INSERT INTO source_names (server, folded, printed, source_key, ordinal) VALUES (?, ?, ?, ?, ?)",
            (server, folded, printed, key, ordinal),
        )


def _taken(what: str, by: sqlite3.Row) -> StoreError:
    message = f"{what} belongs to source {by['number']} ({by['name']}) already. Edit that one, or choose another."
    return StoreError("usage", message, what)


async def _get(handle: Handle, server: str, number: int) -> Source | None:
    row = await handle.row("SELECT * FROM sources WHERE server = ? AND number = ?", (server, number))
    return None if row is None else await _read(handle, row)


async def _required(handle: Handle, server: str, number: int) -> Source:
    found = await _get(handle, server, number)
    if found is None:
        raise missing("source", number)
    return found


async def _read(handle: Handle, row: sqlite3.Row) -> Source:
    domains = await handle.rows(
        "SELECT domain FROM source_domains WHERE source_key = ? ORDER BY ordinal", (row["key"],)
    )
    aliases = await handle.rows(
        "SELECT printed FROM source_names WHERE source_key = ? AND ordinal >= 0 ORDER BY ordinal", (row["key"],)
    )
    return Source(
        number=row["number"],
        name=row["name"],
        domains=tuple(str(domain["domain"]) for domain in domains),
        aliases=tuple(str(alias["printed"]) for alias in aliases),
        letter=row["letter"],
    )
