"""What happens when an article is added: is it known already, did it change, may this server see it."""

from bot.model import Article
from bot.store.database import Handle
from bot.store.rows import Fingerprint, article_values, host


def is_fetched(article: Article) -> bool:
    """Tell a page that was fetched from a pasted text that merely claims an address in its header."""
    return article.url is not None and article.input.lower().startswith(("http://", "https://"))


async def place(
    handle: Handle, server: str, article: Article, print_: Fingerprint, shared: bool, now: str
) -> tuple[int, bool]:
    """Find or make the row of an article; give its key and whether its raw content had changed."""
    key = await _by_url(handle, server, article, shared)
    if key is None or (shared and await _number(handle, server, key) is None):
        # A page that only others have is none here: the same words that this server has stand for it, as if it were new.
        own = await _by_content(handle, server, article, print_)
        key, same_address = (own, False) if own is not None else (key, key is not None)
    else:
        same_address = True
    if key is None:
        return await _insert(handle, None if shared else server, article, print_, now), False
    return key, await _renew(handle, key, article, print_, same_address, now)


async def show(
    handle: Handle, server: str, key: int, article: Article, shared: bool, by: str | None, now: str
) -> tuple[int, bool]:
    """Let a server see an article; give its number there and whether it is new to this server."""
    known = await _number(handle, server, key)
    if known is not None:
        return known, False
    number = await handle.number(server, "article")
    # What a person of this server typed stays in this server: the link as given, and a date given as an option.
    published = article.published if shared and article.published_from in ("option", "header") else None
    await handle.run(
        "INSERT INTO visibility (server, number, article_key, input, published, added_by, added_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (server, number, key, article.input, published, by, now),
    )
    return number, True


async def _number(handle: Handle, server: str, key: int) -> int | None:
    """Return the number of an article that a server sees."""
    row = await handle.row(
        "SELECT number FROM visibility WHERE server = ? AND article_key = ? AND removed_at IS NULL", (server, key)
    )
    return None if row is None else int(row["number"])


async def _by_url(handle: Handle, server: str, article: Article, shared: bool) -> int | None:
    if article.url is None:
        return None
    if shared:
        row = await handle.row("SELECT key FROM articles WHERE url = ? AND server IS NULL", (article.url,))
    else:
        row = await handle.row("SELECT key FROM articles WHERE url = ? AND server = ?", (article.url, server))
    return None if row is None else int(row["key"])


async def _by_content(handle: Handle, server: str, article: Article, print_: Fingerprint) -> int | None:
    """Find the same content among what the server sees.

    The same words from two named outlets, or from two sites, are two articles: one of them copies.
    """
    # The + keeps SQLite from walking through all articles of the server, in the order of their numbers.
    row = await handle.row(
        "SELECT a.key FROM articles a JOIN visibility v ON v.article_key = a.key"
        " WHERE v.server = :server AND v.removed_at IS NULL AND v.article_key IN"
        " (SELECT key FROM articles WHERE raw_hash = :raw UNION SELECT key FROM articles WHERE text_hash = :text)"
        " AND (:outlet IS NULL OR a.outlet IS NULL OR :outlet IN (a.outlet, v.outlet))"
        " AND (:host IS NULL OR a.host IS NULL OR a.host = :host)"
        " ORDER BY +v.number LIMIT 1",
        {
            "server": server,
            "raw": print_.raw_hash,
            "text": print_.text_hash,
            "outlet": article.outlet,
            "host": host(article.url),
        },
    )
    return None if row is None else int(row["key"])


async def _insert(handle: Handle, owner: str | None, article: Article, print_: Fingerprint, now: str) -> int:
    values = article_values(article, print_, now) | {"server": owner}
    if owner is None and article.published_from in ("option", "header"):
        values |= {"published": None, "published_from": None}
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    row = await handle.row(f"INSERT INTO articles ({names}) VALUES ({marks}) RETURNING key", values)
    assert row is not None
    key = int(row["key"])
    await handle.run("INSERT INTO raws (article_key, body) VALUES (?, ?)", (key, print_.body))
    return key


async def _renew(handle: Handle, key: int, article: Article, print_: Fingerprint, same_address: bool, now: str) -> bool:
    """Bring a known article up to date; True if its raw content changed and so its words did.

    Other words from the same raw content are better cleaning, which is no revision. Other raw content with the same
    words is the noise of a page (advertisements, tokens), which is none either.
    """
    old = await handle.row("SELECT server, title, text, raw_hash, stored_at FROM articles WHERE key = ?", (key,))
    assert old is not None
    same_raw = old["raw_hash"] == print_.raw_hash
    same_words = old["text"] == article.text and old["title"] == article.title
    # A file that one server gave in never rewrites the page that all of them share.
    same_thing = same_address or (same_raw and old["server"] is not None)
    if not same_thing or (same_raw and same_words):
        return False
    if not same_raw:
        await handle.run("UPDATE raws SET body = ? WHERE article_key = ?", (print_.body, key))
        await handle.run("UPDATE articles SET raw_hash = ? WHERE key = ?", (print_.raw_hash, key))
    if same_words:
        return False
    revised = not same_raw
    if revised:
        await handle.run(
            "INSERT INTO revisions (article_key, ordinal, title, text, raw_hash, stored_at, replaced_at)"
            " SELECT :key, count(*) + 1, :title, :text, :raw_hash, :stored_at, :now"
            " FROM revisions WHERE article_key = :key",
            {"key": key, "now": now, **dict(old)},  # server is in there too, and ignored
        )
        await handle.run("UPDATE articles SET stored_at = ? WHERE key = ?", (now, key))
    await reword(handle, key, article.title, article.text, print_.text_hash)
    return revised


async def reword(handle: Handle, key: int, title: str | None, text: str, text_hash: str) -> None:
    """Give an article other words: what was read out of the old ones and every comparison with them is out of date."""
    await handle.run(
        "UPDATE articles SET title = ?, text = ?, text_hash = ? WHERE key = ?", (title, text, text_hash, key)
    )
    await handle.run("DELETE FROM readings WHERE article_key = ?", (key,))
    await handle.run(
        "UPDATE stories SET version = version + 1"
        " WHERE key IN (SELECT story_key FROM story_articles WHERE article_key = ?)",
        (key,),
    )
