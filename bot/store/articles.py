"""Articles as each server sees them: added, found, corrected, removed."""

import asyncio
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from json import dumps

from bot.model import Article, Reading, StoredArticle
from bot.store import readings
from bot.store.adding import is_fetched, place, reword, show
from bot.store.database import Database, Handle
from bot.store.rows import fingerprint, stored_article


@dataclass(frozen=True, slots=True)
class Added:
    """What adding did: `created` is new to this server, `revised` says that the page had changed since."""

    stored: StoredArticle
    created: bool
    revised: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """What an article said from `stored_at` until `replaced_at`."""

    title: str | None
    text: str
    raw_hash: str
    stored_at: str
    replaced_at: str


# Named out here: inside the class `list` is its method.
StoredArticles = list[StoredArticle]
Revisions = list[Revision]
Keys = list[int]
Readings = dict[int, Reading]


class Articles:
    """The articles of all servers; every question but those by `key` names the server that asks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, server: str, article: Article, *, raw: bytes | str, by: str | None, now: str, fetched: bool | None = None
    ) -> Added:
        """Store an article, or find the one that is stored already.

        A fetched page is shared between servers, anything else belongs to `server`. `fetched` says which; unsaid, an
        article is fetched if it has a `url` and its `input` is a web address.
        """
        shared = article.url is not None and (is_fetched(article) if fetched is None else fetched)
        print_ = await asyncio.to_thread(fingerprint, article, raw)
        async with self._database.write() as handle:
            key, revised = await place(handle, server, article, print_, shared, now)
            number, created = await show(handle, server, key, article, shared, by, now)
            stored = await _get(handle, server, number)
            assert stored is not None
        # Told that a page new to it was "revised", a server would learn that another one had it.
        return Added(stored, created, revised and not created)

    async def get(self, server: str, number: int) -> StoredArticle | None:
        """Find an article by the number that people see."""
        async with self._database.read() as handle:
            return await _get(handle, server, number)

    async def list(self, server: str, *, limit: int, offset: int = 0, by: str | None = None) -> StoredArticles:
        """List the articles of a server, newest first; `by` keeps to those one person added."""
        rows = await self._database.rows(
            "SELECT * FROM seen WHERE server = :server AND (:by IS NULL OR added_by = :by)"
            " ORDER BY number DESC LIMIT :limit OFFSET :offset",
            {"server": server, "by": by, "limit": limit, "offset": offset},
        )
        return [stored_article(row) for row in rows]

    async def count(self, server: str) -> int:
        """Count the articles of a server."""
        row = await self._database.row(
            "SELECT count(*) FROM visibility WHERE server = ? AND removed_at IS NULL", (server,)
        )
        return int(row[0]) if row else 0

    async def by_keys(self, server: str, keys: Sequence[int]) -> StoredArticles:
        """Give those of the keys that the server sees, in the order of the keys."""
        rows = await self._database.rows(
            "SELECT * FROM seen WHERE server = ? AND key IN (SELECT value FROM json_each(?))", (server, dumps([*keys]))
        )
        found = {int(row["key"]): stored_article(row) for row in rows}
        return [found[key] for key in dict.fromkeys(keys) if key in found]

    async def by_url(self, server: str, url: str) -> StoredArticle | None:
        """Find an article that the server sees by its canonical address."""
        # The + keeps SQLite from walking through all articles of the server, in the order of their numbers.
        row = await self._database.row(
            "SELECT * FROM seen WHERE server = :server AND key IN"
            " (SELECT key FROM articles WHERE url = :url AND server IS NULL"
            " UNION SELECT key FROM articles WHERE url = :url AND server = :server) ORDER BY +number LIMIT 1",
            {"server": server, "url": url},
        )
        return None if row is None else stored_article(row)

    async def correct(
        self,
        server: str,
        number: int,
        *,
        outlet: str | None = None,
        published: str | None = None,
        title: str | None = None,
    ) -> StoredArticle | None:
        """Correct what this server sees of an article; None leaves a field, an empty string takes a correction back."""
        async with self._database.write() as handle:
            await handle.run(
                "UPDATE visibility SET outlet = nullif(coalesce(:outlet, outlet), ''),"
                " published = nullif(coalesce(:published, published), ''),"
                " title = nullif(coalesce(:title, title), '')"
                " WHERE server = :server AND number = :number AND removed_at IS NULL",
                {"outlet": outlet, "published": published, "title": title, "server": server, "number": number},
            )
            await handle.run(
                "UPDATE stories SET version = version + 1"
                " WHERE key = (SELECT story_key FROM seen WHERE server = ? AND number = ?)",
                (server, number),
            )
            return await _get(handle, server, number)

    async def remove(self, server: str, number: int, now: str) -> bool:
        """Hide an article in this server for good; its content goes with the last server that sees it."""
        async with self._database.write() as handle:
            row = await handle.row("SELECT key, story_key FROM seen WHERE server = ? AND number = ?", (server, number))
            if row is None:
                return False
            # A saved comparison quotes the article.
            await handle.run(
                "UPDATE stories SET comparison = NULL, compared_version = NULL, flags = 0 WHERE key = ?",
                (row["story_key"],),
            )
            await handle.run("DELETE FROM relations WHERE story_key = ?", (row["story_key"],))
            await handle.run("DELETE FROM findings WHERE story_key = ?", (row["story_key"],))
            await handle.run("DELETE FROM story_articles WHERE server = ? AND article_key = ?", (server, row["key"]))
            await handle.run(
                "UPDATE visibility SET removed_at = ?, input = NULL, title = NULL, outlet = NULL, published = NULL,"
                " added_by = NULL WHERE server = ? AND number = ?",
                (now, server, number),
            )
            await drop_unseen(handle, row["key"])
        return True

    async def revisions(self, server: str, number: int) -> Revisions:
        """Give what an article said before, oldest first, as far back as this server has it."""
        rows = await self._database.rows(
            "SELECT r.title, r.text, r.raw_hash, r.stored_at, r.replaced_at FROM seen s"
            " JOIN revisions r ON r.article_key = s.key AND r.replaced_at > s.added_at"
            " WHERE s.server = ? AND s.number = ? ORDER BY r.ordinal",
            (server, number),
        )
        return [Revision(*row) for row in rows]

    async def raw(self, key: int) -> bytes | None:
        """Give the raw content that an article was derived from."""
        row = await self._database.row("SELECT body FROM raws WHERE article_key = ?", (key,))
        return None if row is None else await asyncio.to_thread(zlib.decompress, row["body"])

    async def content_hash(self, key: int) -> str | None:
        """Give the hash of the raw content, which a ruling is bound to."""
        row = await self._database.row("SELECT raw_hash FROM articles WHERE key = ?", (key,))
        return None if row is None else str(row["raw_hash"])

    async def reclean(self, key: int, article: Article) -> None:
        """Replace title and text by better cleaned ones of the same raw content; this is no revision."""
        print_ = await asyncio.to_thread(fingerprint, article, b"")
        async with self._database.write() as handle:
            await reword(handle, key, article.title, article.text, print_.text_hash)

    async def save_reading(self, key: int, reading: Reading, *, text: str | None = None) -> bool:
        """Save what was read out of an article in place of what was read before.

        With `text`, the text that was read: False, and nothing saved, if the article has other words by now.
        """
        async with self._database.write() as handle:
            return await readings.save(handle, key, reading, text)

    async def reading(self, key: int) -> Reading | None:
        """Give what was read out of an article, or None if its present text was not read yet."""
        async with self._database.read() as handle:
            return await readings.load(handle, key)

    async def readings(self, keys: Sequence[int]) -> Readings:
        """Give what was read out of several articles, by their keys; without those that were not read yet."""
        async with self._database.read() as handle:
            return await readings.load_all(handle, keys)

    async def needs_reading(self, limit: int = 1000) -> Keys:
        """Give the keys of articles without a reading, oldest first."""
        rows = await self._database.rows(
            "SELECT key FROM articles WHERE NOT EXISTS (SELECT 1 FROM readings WHERE article_key = key)"
            " ORDER BY key LIMIT ?",
            (limit,),
        )
        return [int(row["key"]) for row in rows]


async def _get(handle: Handle, server: str, number: int) -> StoredArticle | None:
    row = await handle.row("SELECT * FROM seen WHERE server = ? AND number = ?", (server, number))
    return None if row is None else stored_article(row)


async def drop_unseen(handle: Handle, key: int) -> None:
    """Delete an article that no server sees any more."""
    await handle.run(
        "DELETE FROM articles WHERE key = :key AND NOT EXISTS"
        " (SELECT 1 FROM visibility WHERE article_key = :key AND removed_at IS NULL)",
        {"key": key},
    )
