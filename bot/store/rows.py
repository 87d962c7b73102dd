"""Rows of the store as the nouns of the domain, and what is computed about an article before it becomes a row."""

import hashlib
import json
import sqlite3
import zlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.model import Article, StoredArticle


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """An article's raw content, compressed, and the hashes by which it is found again."""

    body: bytes
    raw_hash: str
    text_hash: str


def fingerprint(article: Article, raw: bytes | str) -> Fingerprint:
    """Hash and compress; takes some ten milliseconds for a megabyte, so call it in a thread."""
    content = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    text = article.text.encode("utf-8", "surrogatepass")
    return Fingerprint(zlib.compress(content), hashlib.sha256(content).hexdigest(), hashlib.sha256(text).hexdigest())


def host(url: str | None) -> str | None:
    """Give the host of an address, without www."""
    if url is None:
        return None
    try:
        name = urlsplit(url).hostname
    except ValueError:
        return None
    return name.removeprefix("www.") if name else None


def article_values(article: Article, print_: Fingerprint, now: str) -> dict[str, object]:
    """Give the columns of an article, but for its server."""
    return {
        "id": article.id,
        "input": article.input,
        "text": article.text,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "published": article.published,
        "published_from": article.published_from,
        "url": article.url,
        "host": host(article.url),
        "copy_of": article.copy_of,
        "notes": json.dumps(article.notes, ensure_ascii=False),
        "language": article.language,
        "raw_hash": print_.raw_hash,
        "text_hash": print_.text_hash,
        "stored_at": now,
    }


def stored_article(row: sqlite3.Row) -> StoredArticle:
    """Read a row of the view `seen`."""
    article = Article(
        id=row["id"],
        input=row["input"],
        text=row["text"],
        title=row["title"],
        outlet=row["outlet"],
        author=row["author"],
        published=row["published"],
        published_from=row["published_from"],
        url=row["url"],
        copy_of=row["copy_of"],
        notes=tuple(json.loads(row["notes"])),
        language=row["language"],
    )
    return StoredArticle(
        key=row["key"],
        number=row["number"],
        article=article,
        story=row["story"],
        added_by=row["added_by"],
        added_at=row["added_at"],
        private=row["owner"] is not None,
    )


def plain(text: str) -> str:
    """Take out of a query what SQLite cannot hold: lone surrogates and NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
