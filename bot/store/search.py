"""Full-text search over what one server may see. Any text at all is a query: it is cut into quoted words first."""

import json
import math
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.model import Figure, StoredArticle
from bot.store import codec
from bot.store.database import Database, Handle
from bot.store.rows import stored_article

# A word with what may stand inside it ("2,400", "don't"), which FTS5 reads as a phrase.
_WORD = re.compile(r"[^\W_]+(?:[.,'’\-][^\W_]+)*")
_MOST_WORDS = 32
_MOST_TERMS = 64
# In a window of more articles than this, a term that more than one in ten of them has is too common to tell.
_COMMON_FROM = 1000
# Of a word that more articles have than this, however large the window, nothing is learnt about one story.
_MOST_HITS = 500
# Figures are looked for among so many first, whoever they belong to, and in the whole store where those give too few.
_NEWEST_FIGURES = 5_000
Match = Literal["all", "any"]


@dataclass(frozen=True, slots=True)
class Found:
    """An article that a search found, with the passage that matched."""

    stored: StoredArticle
    snippet: str


class FoundFigure(NamedTuple):
    """A figure that a search found, with its article and the text of its sentence."""

    stored: StoredArticle
    figure: Figure
    sentence: str


def match_expression(texts: Iterable[str], joiner: Literal["AND", "OR"], most: int) -> str | None:
    """Write an FTS5 query that asks for every word, or any; None where there is no word in the texts."""
    words = dict.fromkeys(word for text in texts for word in _WORD.findall(text))
    # Only letters, digits and .,'- are left, so quoting is enough and nothing is an operator.
    return f" {joiner} ".join(f'"{word}"' for word in list(words)[:most]) or None


class Search:
    """Search in the articles and figures that a server sees."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def articles(self, server: str, query: str, *, limit: int, mark: tuple[str, str] = ("", "")) -> list[Found]:
        """Find articles with all the words in title or text, best first; `mark` is put around words in the snippet."""
        wanted = match_expression([query], "AND", _MOST_WORDS)
        if wanted is None or limit <= 0:
            return []
        async with self._database.read() as handle:
            values = {"wanted": wanted, "server": server, "limit": limit}
            # Titles the server itself corrected come first: somebody chose those words.
            seen = [*await handle.rows(_TITLES, values), *await handle.rows(_ARTICLES, values)]
            keys = list(dict.fromkeys(int(row["key"]) for row in seen))[:limit]
            snippets = await _snippets(handle, wanted, keys, mark)
            articles = await _seen(handle, server, keys)
        return [Found(articles[key], snippets.get(key) or articles[key].article.text[:160]) for key in keys]

    async def figures(self, server: str, query: str, *, limit: int, match: Match = "all") -> list[FoundFigure]:
        """Find figures by what was printed, measure, place, voice and sentence, best first."""
        wanted = match_expression([query], "AND" if match == "all" else "OR", _MOST_WORDS)
        if wanted is None or limit <= 0:
            return []
        async with self._database.read() as handle:
            newest = await handle.row("SELECT max(key) FROM figures")
            last = int(newest[0] or 0) if newest else 0
            # Every hit is weighed, and a common word has very many: the newest figures are nearly always enough.
            for since in (max(0, last - _NEWEST_FIGURES), 0):
                values = {"wanted": wanted, "server": server, "limit": limit, "since": since}
                rows = await handle.rows(_FIGURES, values)
                if len(rows) >= limit or since == 0:
                    break
            articles = await _seen(handle, server, [int(row["article_key"]) for row in rows])
        return [FoundFigure(articles[row["article_key"]], codec.figure(row["body"]), row["sentence"]) for row in rows]

    async def candidates(
        self,
        server: str,
        terms: Sequence[str],
        *,
        since_key: int | None = None,
        newest: int | None = None,
        limit: int,
    ) -> list[int]:
        """Give the keys of articles that share terms, those with most and rarest first: candidates for one story.

        `since_key` keeps to the articles that joined this server after that one, or `newest` to about so many of the
        last. A term is the rarer the fewer articles of the window have it; one that very many have tells nothing.
        """
        if limit <= 0:
            return []
        async with self._database.read() as handle:
            window = await _window(handle, server, since_key, newest)
            if window is None:
                return []
            number, key = window
            words = [w for w in (match_expression([term], "AND", _MOST_WORDS) for term in terms) if w is not None]
            weights = await _shared(handle, list(dict.fromkeys(words))[:_MOST_TERMS], key)
            ranked = sorted(weights, key=lambda found: (-weights[found], -found))
            # Other servers' pastes stand in the index too: a first look at the best is nearly always enough. The +
            # keeps SQLite from walking through the window instead of the keys.
            for most in (8 * limit, len(ranked)):
                rows = await handle.rows(
                    "SELECT article_key AS key, number FROM visibility WHERE server = ? AND removed_at IS NULL"
                    " AND +number >= ? AND article_key IN (SELECT value FROM json_each(?))",
                    (server, number, json.dumps(ranked[:most])),
                )
                if len(rows) >= limit or most >= len(ranked):
                    break
        numbers = {int(row["key"]): int(row["number"]) for row in rows}
        return sorted(numbers, key=lambda found: (-weights[found], -numbers[found]))[:limit]


_ARTICLES = """
SELECT v.article_key AS key FROM article_search JOIN visibility v ON v.article_key = article_search.rowid
WHERE article_search MATCH :wanted AND v.server = :server AND v.removed_at IS NULL
ORDER BY bm25(article_search, 5.0, 1.0), v.number DESC LIMIT :limit
"""
_TITLES = """
SELECT v.article_key AS key FROM title_search JOIN visibility v ON v.id = title_search.rowid
WHERE title_search MATCH :wanted AND v.server = :server AND v.removed_at IS NULL
ORDER BY bm25(title_search), v.number DESC LIMIT :limit
"""
_FIGURES = """
SELECT f.article_key, f.body, f.sentence FROM figure_search JOIN figures f ON f.key = figure_search.rowid
JOIN visibility v ON v.article_key = f.article_key
WHERE figure_search MATCH :wanted AND figure_search.rowid > :since AND v.server = :server AND v.removed_at IS NULL
    AND f.type NOT IN ('date', 'time', 'year', 'age', 'ordinal', 'duration', 'identifier') -- recognised, but no figures
ORDER BY bm25(figure_search, 4.0, 4.0, 2.0, 2.0, 1.0), v.number DESC, f.ordinal LIMIT :limit
"""


async def _seen(handle: Handle, server: str, keys: Sequence[int]) -> dict[int, StoredArticle]:
    rows = await handle.rows(
        "SELECT * FROM seen WHERE server = ? AND key IN (SELECT value FROM json_each(?))", (server, json.dumps([*keys]))
    )
    return {int(row["key"]): stored_article(row) for row in rows}


async def _snippets(handle: Handle, wanted: str, keys: Sequence[int], mark: tuple[str, str]) -> dict[int, str]:
    # Asked apart from the ranking: a snippet costs a walk through the text, and only the best few are shown.
    rows: list[sqlite3.Row] = await handle.rows(
        "SELECT rowid AS key, snippet(article_search, 1, ?, ?, ' … ', 24) AS snippet FROM article_search"
        " WHERE article_search MATCH ? AND rowid IN (SELECT value FROM json_each(?))",
        (*mark, wanted, json.dumps([*keys])),
    )
    return {int(row["key"]): str(row["snippet"]) for row in rows}


async def _window(handle: Handle, server: str, since_key: int | None, newest: int | None) -> tuple[int, int] | None:
    """Give the lowest number and the lowest key in the window; a page another server had earlier has an old key."""
    if newest is not None:
        start = "max(0, (SELECT max(number) FROM visibility WHERE server = :server) - :newest + 1)"
    elif since_key is None:
        return 0, 1
    else:
        start = "coalesce((SELECT number + 1 FROM mine WHERE key = :since), (SELECT min(number) FROM mine WHERE key > :since))"
    row = await handle.row(
        "WITH mine AS (SELECT number, article_key AS key FROM visibility"
        " WHERE server = :server AND removed_at IS NULL),"
        f" start AS (SELECT {start} AS number)"
        # The + keeps SQLite from walking through the older articles in the order of their keys.
        " SELECT start.number, (SELECT min(+key) FROM mine WHERE mine.number >= start.number) AS key FROM start",
        {"server": server, "since": since_key, "newest": newest},
    )
    if row is None or row["key"] is None:
        return None
    return int(row["number"]), int(row["key"])


async def _shared(handle: Handle, words: Sequence[str], key: int) -> dict[int, float]:
    """Weigh the articles from `key` on by the words they have. Not bm25, which counts each word in the whole store."""
    last = await handle.row("SELECT max(key) FROM articles")
    total = (last[0] or 0) - key + 1 if last else 0
    most = min(_MOST_HITS, total // 10 if total > _COMMON_FROM else total)
    one = (
        "SELECT ? AS word, json_group_array(found) AS found FROM (SELECT rowid AS found FROM article_search"
        " WHERE article_search MATCH ? AND rowid >= ? ORDER BY rowid DESC LIMIT ?)"
    )
    values = [value for place, word in enumerate(words) for value in (place, word, key, most + 1)]
    rows = await handle.rows(" UNION ALL ".join([one] * len(words)), values) if words else []
    hits = [json.loads(row["found"]) for row in sorted(rows, key=lambda row: int(row["word"]))]
    telling = [found for found in hits if len(found) <= most] or hits[:3]
    weights: dict[int, float] = {}
    for found in telling:
        for hit in found:
            weights[hit] = weights.get(hit, 0.0) + math.log(1 + total / len(found))
    return weights
