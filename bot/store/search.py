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
_NEWEST_FIGURES = 3_000
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
    return f" {joiner} ".join(match_words(texts)[:most]) or None


def match_words(texts: Iterable[str]) -> list[str]:
    """Return the words of texts, each once, as FTS5 takes them."""
    # Only letters, digits and .,'- are left, so quoting is enough and nothing is an operator.
    return list(dict.fromkeys(f'"{word}"' for text in texts for word in _WORD.findall(text)))


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
            keys = await _with_words(handle, wanted, server, limit)
            snippets = await _snippets(handle, wanted, keys, mark)
            articles = await _seen(handle, server, keys)
        return [Found(articles[key], snippets.get(key) or articles[key].article.text[:160]) for key in keys]

    async def matching(self, server: str, query: str, *, limit: int) -> list[StoredArticle]:
        """Find the same articles without the passages that matched, for who is still typing."""
        wanted = match_expression([query], "AND", _MOST_WORDS)
        if wanted is None or limit <= 0:
            return []
        async with self._database.read() as handle:
            keys = await _with_words(handle, wanted, server, limit)
            articles = await _seen(handle, server, keys)
        return [articles[key] for key in keys]

    async def figures(self, server: str, query: str, *, limit: int, match: Match = "all") -> list[FoundFigure]:
        """Find figures by what was printed, measure, place, voice and sentence, best first."""
        words = match_words([query])[:_MOST_WORDS]
        if not words or limit <= 0:
            return []
        async with self._database.read() as handle:
            newest = await handle.row("SELECT max(key) FROM figures")
            last = int(newest[0] or 0) if newest else 0
            # Every hit is weighed, and a common word has very many: the newest figures are nearly always enough, and
            # else the newest hits of each word, unless those are other servers'.
            for since, most in ((max(0, last - _NEWEST_FIGURES), -1), (0, _NEWEST_FIGURES), (0, -1)):
                weights, whole = await _weighed(handle, words, since, most, match)
                rows = await _best_figures(handle, server, weights, limit)
                if len(rows) >= limit or (since == 0 and whole):
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


# Not by bm25, which walks through all articles that have a word: where all words are wanted, it matters only whether
# they stand in the title, and then how new the article is.
_ARTICLES = """
SELECT v.article_key AS key FROM article_search JOIN visibility v ON v.article_key = article_search.rowid
WHERE article_search MATCH :wanted AND v.server = :server AND v.removed_at IS NULL
ORDER BY article_search.rowid DESC LIMIT :limit
"""
_TITLES = """
SELECT v.article_key AS key FROM title_search JOIN visibility v ON v.id = title_search.rowid
WHERE title_search MATCH :wanted AND v.server = :server AND v.removed_at IS NULL
ORDER BY bm25(title_search), v.number DESC LIMIT :limit
"""
# The CROSS keeps SQLite from walking through all articles of the server.
# What a word counts by where it stands: in the number and what it counts, in place and voice, in the sentence.
_COLUMNS = (("printed measure", 4.0), ("place voice", 2.0), ("sentence", 1.0))
_FIGURES = """
SELECT f.key FROM json_each(:keys) wanted CROSS JOIN figures f ON f.key = wanted.value
CROSS JOIN visibility v ON v.article_key = f.article_key AND v.server = :server
WHERE v.removed_at IS NULL
    AND f.type NOT IN ('date', 'time', 'year', 'age', 'ordinal', 'duration', 'identifier') -- recognised, but no figures
"""


async def _weighed(
    handle: Handle, words: Sequence[str], since: int, most: int, match: Match
) -> tuple[dict[int, float], bool]:
    """Weigh the figures after `since` by the words they have, rare ones most, and where; `all` asks for every word.

    Not bm25, which counts each word in the whole store. Of a word's hits in a column the newest `most` count (-1: all);
    the second of the answers tells whether those were all.
    """
    asked = [(place, column) for place in range(len(words)) for column in range(len(_COLUMNS))]
    # In the whole store the rare words lead; among a few thousand it is quicker to ask for each word by itself.
    also = f"({' AND '.join(words)}) AND " if match == "all" and len(words) > 1 and since == 0 else ""
    hits = "SELECT rowid AS hit FROM figure_search WHERE figure_search MATCH ? AND rowid > ?"
    if most >= 0:
        hits += f" ORDER BY rowid DESC LIMIT {most}"
    one = f"SELECT ? AS word, ? AS part, json_group_array(hit) AS found FROM ({hits})"
    values = [v for n, c in asked for v in (n, c, f"{also}{{{_COLUMNS[c][0]}}} : {words[n]}", since)]
    parts: list[list[tuple[float, list[int]]]] = [[] for _ in words]
    for row in await handle.rows(" UNION ALL ".join([one] * len(asked)), values):
        parts[row["word"]].append((_COLUMNS[row["part"]][1], json.loads(row["found"])))
    total = max((max(keys) for found in parts for _, keys in found if keys), default=since) - since
    shared: set[int] | None = None
    weights: dict[int, float] = {}
    for found in parts:
        having = set[int]().union(*(keys for _, keys in found))
        shared = having if shared is None else shared & having
        rare = math.log(1 + total / max(1, len(having)))
        for weight, keys in found:
            more = weight * rare
            for key in keys:
                weights[key] = weights.get(key, 0.0) + more
    whole = most < 0 or all(len(keys) < most for found in parts for _, keys in found)
    return ({key: weights[key] for key in shared or ()} if match == "all" else weights), whole


async def _best_figures(handle: Handle, server: str, weights: dict[int, float], limit: int) -> list[sqlite3.Row]:
    """Give the rows of the heaviest figures that a server sees, of equals the newest article's first."""
    # Other servers' figures stand in the index too: a first look at the best is nearly always enough.
    # Sorted as pairs, without a function for each: of a common word there are thousands.
    order = [key for _, key in sorted(zip(weights.values(), weights, strict=True), reverse=True)]
    for most in (8 * limit, len(order)):
        ranked = order[:most]
        rows = await handle.rows(_FIGURES, {"keys": json.dumps(ranked), "server": server})
        if len(rows) >= limit or most >= len(order):
            break
    seen = {int(row["key"]) for row in rows}
    best = [key for key in ranked if key in seen][:limit]
    found = await handle.rows(
        "SELECT f.key, f.article_key, f.ordinal, f.body, f.sentence, v.number FROM json_each(:keys) wanted"
        " CROSS JOIN figures f ON f.key = wanted.value"
        " CROSS JOIN visibility v ON v.article_key = f.article_key AND v.server = :server WHERE v.removed_at IS NULL",
        {"keys": json.dumps(best), "server": server},
    )
    return sorted(found, key=lambda row: (-weights[row["key"]], -row["number"], row["ordinal"]))


async def _with_words(handle: Handle, wanted: str, server: str, limit: int) -> list[int]:
    """Give the keys of the articles with all the words, best first."""
    values = {"wanted": wanted, "server": server, "limit": limit}
    # Titles the server itself corrected come first: somebody chose those words.
    keys = [int(row["key"]) for row in await handle.rows(_TITLES, values)]
    for where in (f"title : ({wanted})", wanted):
        if len(set(keys)) < limit:
            keys += [int(row["key"]) for row in await handle.rows(_ARTICLES, values | {"wanted": where})]
    return list(dict.fromkeys(keys))[:limit]


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
