"""Stories: which articles of a server tell of one event, and what comparing them gave."""

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from bot.model import Comparison, Finding, StoredArticle, Story
from bot.store import codec
from bot.store.database import Database, Handle
from bot.store.errors import StoreError, missing
from bot.store.rows import plain, stored_article

_STORIES = "SELECT s.key, s.number, s.title, s.flags, s.created_at FROM stories s WHERE s.server = :server"
# Of so many newest stories the titles are looked through before the index of all titles is asked.
_NEAR = 500
# A report's time is its publication where a full date is known, else when it was added. julianday puts dates with
# different offsets in order; the date is given back as it was printed.
_REPORTS = """
SELECT story_key, outlet, at, julianday(at) AS day FROM (
    SELECT sa.story_key, coalesce(v.outlet, a.outlet) AS outlet,
        iif(coalesce(v.published, a.published) GLOB '[0-9][0-9][0-9][0-9]-*'
            AND julianday(coalesce(v.published, a.published)) IS NOT NULL,
            coalesce(v.published, a.published), v.added_at) AS at
    FROM story_articles sa
    JOIN visibility v ON v.server = sa.server AND v.article_key = sa.article_key AND v.removed_at IS NULL
    JOIN articles a ON a.key = sa.article_key
    WHERE sa.story_key IN (SELECT value FROM json_each(:keys)))
ORDER BY story_key, day
"""


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A flagged finding that nobody dismissed, and the number of its story."""

    story: int
    finding: Finding


# Named out here: inside the class `list` is its method.
StoryList = list[Story]
StoredArticles = list[StoredArticle]
OpenFindings = list[OpenFinding]
Numbers = list[tuple[str, int]]


class Stories:
    """The stories of all servers; each belongs to one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, server: str, title: str, now: str) -> Story:
        """Make a story without articles. It goes when its last article leaves it."""
        async with self._database.write() as handle:
            number = await handle.number(server, "story")
            await handle.run(
                "INSERT INTO stories (server, number, title, folded, created_at, touched_at) VALUES (?, ?, ?, ?, ?, ?)",
                (server, number, title, title.casefold(), now, now),
            )
            return await _story(handle, server, number)

    async def get(self, server: str, number: int) -> Story | None:
        """Find a story by the number that people see."""
        async with self._database.read() as handle:
            found = await _stories(handle, " AND s.number = :number", {"server": server, "number": number})
        return found[0] if found else None

    async def of_article(self, server: str, key: int) -> Story | None:
        """Find the story that an article is in, as this server groups them."""
        mine = " AND s.key = (SELECT story_key FROM story_articles WHERE server = :server AND article_key = :key)"
        async with self._database.read() as handle:
            found = await _stories(handle, mine, {"server": server, "key": key})
        return found[0] if found else None

    async def list(self, server: str, *, limit: int, offset: int = 0, query: str | None = None) -> StoryList:
        """List the stories of a server, the one with the newest article first; `query` is words of the title."""
        values: dict[str, object] = {"server": server, "limit": limit, "offset": offset}
        words = plain(query or "").casefold().split()[:20]
        values |= {f"word{place}": word for place, word in enumerate(words)}
        wanted = "".join(f" AND instr(s.folded, :word{place})" for place in range(len(words)))
        order = " ORDER BY s.touched_at DESC, s.key DESC LIMIT :limit OFFSET :offset"
        # The index knows parts of three letters and more; what is shorter is looked for title by title.
        known = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in words if len(word) > 2)
        async with self._database.read() as handle:
            if not known:
                return await _stories(handle, wanted + order, values)
            # The newest stories are nearly always enough, and of a common word the index gives very many. The + keeps
            # SQLite from walking through all stories of the server in the order that is wanted.
            order = order.replace("s.touched_at", "+s.touched_at")
            near = "SELECT key FROM stories WHERE server = :server ORDER BY touched_at DESC, key DESC LIMIT :near"
            found = await _stories(handle, f" AND s.key IN ({near})" + wanted + order, values | {"near": _NEAR})
            if len(found) == limit:
                return found
            indexed = " AND s.key IN (SELECT rowid FROM story_search WHERE story_search MATCH :known)"
            return await _stories(handle, indexed + wanted + order, values | {"known": known})

    async def articles(self, server: str, number: int) -> StoredArticles:
        """Give the articles of a story in the order they were added."""
        # The + keeps SQLite from walking through all articles of the server, in the order of their numbers.
        rows = await self._database.rows(
            "SELECT * FROM seen WHERE server = :server AND key IN (SELECT article_key FROM story_articles"
            " WHERE story_key = (SELECT key FROM stories WHERE server = :server AND number = :number))"
            " ORDER BY +number",
            {"server": server, "number": number},
        )
        return [stored_article(row) for row in rows]

    async def add_article(self, server: str, story_number: int, article_key: int) -> Story:
        """Put an article that the server sees into a story, out of the one it may be in."""
        async with self._database.write() as handle:
            story = await _key(handle, server, story_number)
            row = await handle.row("SELECT added_at FROM seen WHERE server = ? AND key = ?", (server, article_key))
            if row is None:
                raise StoreError("not_found", "There is no such article here.", str(article_key))
            await handle.run(
                "INSERT INTO story_articles (server, article_key, story_key) VALUES (?, ?, ?)"
                " ON CONFLICT DO UPDATE SET story_key = excluded.story_key",
                (server, article_key, story),
            )
            await handle.run(
                "UPDATE stories SET touched_at = max(touched_at, ?) WHERE key = ?", (row["added_at"], story)
            )
            return await _story(handle, server, story_number)

    async def move_article(self, server: str, article_key: int, story_number: int) -> Story:
        """Move an article to another story; a story that loses its last article goes."""
        return await self.add_article(server, story_number, article_key)

    async def retitle(self, server: str, number: int, title: str) -> Story:
        """Give a story another title."""
        async with self._database.write() as handle:
            story = await _key(handle, server, number)
            await handle.run("UPDATE stories SET title = ?, folded = ? WHERE key = ?", (title, title.casefold(), story))
            return await _story(handle, server, number)

    async def merge(self, server: str, into: int, other: int) -> Story:
        """Move every article of `other` to `into`; `other` goes and its number is not used again."""
        if into == other:
            raise StoreError("usage", "A story cannot be merged with itself.", str(into))
        async with self._database.write() as handle:
            kept, gone = await _key(handle, server, into), await _key(handle, server, other)
            await handle.run(
                "UPDATE stories SET touched_at = max(touched_at, (SELECT touched_at FROM stories WHERE key = ?))"
                " WHERE key = ?",
                (gone, kept),
            )
            await handle.run("UPDATE story_articles SET story_key = ? WHERE story_key = ?", (kept, gone))
            # The trigger did this already unless the story was empty from the start.
            await handle.run("DELETE FROM stories WHERE key = ?", (gone,))
            return await _story(handle, server, into)

    async def version(self, server: str, number: int) -> int | None:
        """Count what happened to a story so far; read it before comparing and pass it when saving."""
        row = await self._database.row("SELECT version FROM stories WHERE server = ? AND number = ?", (server, number))
        return None if row is None else int(row["version"])

    async def save_comparison(
        self,
        server: str,
        number: int,
        comparison_json: str,
        flags: int,
        now: str,
        *,
        comparison: Comparison | None = None,
        dismissed: Collection[str] = (),
        version: int | None = None,
    ) -> None:
        """Keep the comparison of a story in place of the one before.

        `comparison` fills the rows of relations and findings; `dismissed` names the findings that a ruling closed;
        `version` is the story's version that was compared (unsaid, the present one).
        """
        async with self._database.write() as handle:
            story = await _key(handle, server, number)
            await handle.run(
                "UPDATE stories SET comparison = ?, flags = ?, compared_at = ?,"
                " compared_version = coalesce(?, version) WHERE key = ?",
                (comparison_json, flags, now, version, story),
            )
            await _save_rows(handle, story, comparison, dismissed)

    async def comparison(self, server: str, number: int) -> str | None:
        """Give the JSON of the last comparison of a story."""
        row = await self._database.row(
            "SELECT comparison FROM stories WHERE server = ? AND number = ?", (server, number)
        )
        return None if row is None else row["comparison"]

    async def needs_comparing(self, limit: int = 100) -> Numbers:
        """Give server and number of the stories that changed since they were compared, oldest change first."""
        rows = await self._database.rows(
            "SELECT server, number FROM stories WHERE compared_version IS NOT version"
            " AND EXISTS (SELECT 1 FROM story_articles WHERE story_key = key) ORDER BY touched_at, key LIMIT ?",
            (limit,),
        )
        return [(str(row["server"]), int(row["number"])) for row in rows]

    async def flags(self, server: str, *, limit: int = 100, offset: int = 0) -> OpenFindings:
        """List the open flagged findings of a server, newest story first, most severe first."""
        rows = await self._database.rows(
            "SELECT s.number, f.body FROM findings f JOIN stories s ON s.key = f.story_key"
            " WHERE s.server = ? AND f.open = 1 ORDER BY s.touched_at DESC, s.key DESC,"
            " CASE f.severity WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, f.ordinal LIMIT ? OFFSET ?",
            (server, limit, offset),
        )
        return [OpenFinding(int(row["number"]), codec.finding(row["body"])) for row in rows]


async def _save_rows(handle: Handle, story: int, comparison: Comparison | None, dismissed: Collection[str]) -> None:
    await handle.run("DELETE FROM relations WHERE story_key = ?", (story,))
    await handle.run("DELETE FROM findings WHERE story_key = ?", (story,))
    if comparison is None:
        return
    await handle.many(
        "INSERT INTO relations (story_key, ordinal, kind, flag, measure, severity, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (story, place, relation.kind, relation.flag, relation.measure, relation.severity, codec.dump(relation))
            for place, relation in enumerate(comparison.relations)
        ],
    )
    await handle.many(
        "INSERT INTO findings (story_key, ordinal, kind, open, severity, body) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (story, place, found.kind, found.flag and found.id not in dismissed, found.severity, codec.dump(found))
            for place, found in enumerate(comparison.findings)
        ],
    )


async def _key(handle: Handle, server: str, number: int) -> int:
    row = await handle.row("SELECT key FROM stories WHERE server = ? AND number = ?", (server, number))
    if row is None:
        raise missing("story", number)
    return int(row["key"])


async def _story(handle: Handle, server: str, number: int) -> Story:
    found = await _stories(handle, " AND s.number = :number", {"server": server, "number": number})
    if not found:
        raise missing("story", number)
    return found[0]


async def _stories(handle: Handle, which: str, values: dict[str, object]) -> list[Story]:
    stories = await handle.rows(_STORIES + which, values)
    reports: dict[int, list[sqlite3.Row]] = {row["key"]: [] for row in stories}
    for report in await handle.rows(_REPORTS, {"keys": json.dumps([*reports])}):
        reports[report["story_key"]].append(report)
    return [_read(row, reports[row["key"]]) for row in stories]


def _read(row: sqlite3.Row, reports: list[sqlite3.Row]) -> Story:
    return Story(
        key=row["key"],
        number=row["number"],
        title=row["title"],
        articles=len(reports),
        outlets=len({report["outlet"].casefold() for report in reports if report["outlet"]}),
        first=reports[0]["at"] if reports else row["created_at"],
        last=reports[-1]["at"] if reports else row["created_at"],
        flags=row["flags"],
    )
