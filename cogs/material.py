"""What there is to read in a message: links, files, and the text beside them."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

import discord

from bot.model import CorrobotError
from cogs import texts

MOST_LINKS = 5
MOST_FILES = 5
MOST_BYTES = 10 * 1024 * 1024
# A text of so many characters is an article rather than a question.
LONG = 280
KINDS = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".pdf"})
_LINK = re.compile(r"<?(https?://[^\s<>]+)>?", re.IGNORECASE)
_MENTION = re.compile(r"<@[!&]?\d+>")


@dataclass(frozen=True, slots=True)
class Material:
    """Links, files and text of one message; `left` counts what is beyond the limits."""

    links: tuple[str, ...]
    files: tuple[discord.Attachment, ...]
    text: str
    left: int = 0

    def __bool__(self) -> bool:
        return bool(self.links or self.files or self.text)

    @property
    def long(self) -> bool:
        """Tell an article from a remark."""
        return len(self.text) >= LONG


def material_of(content: str, attachments: Sequence[discord.Attachment] = ()) -> Material:
    """Take a message apart."""
    content = _MENTION.sub(" ", content)
    links = list(dict.fromkeys(_trimmed(found[1]) for found in _LINK.finditer(content)))
    text = _LINK.sub(" ", content)
    text = "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()
    known = [a for a in attachments if _readable(a)]
    files = known or ([] if links or text else list(attachments))
    left = max(0, len(links) - MOST_LINKS) + max(0, len(files) - MOST_FILES)
    return Material(tuple(links[:MOST_LINKS]), tuple(files[:MOST_FILES]), text, left)


def material(message: discord.Message) -> Material:
    """Take a message apart; of a forwarded one, what was forwarded."""
    found = material_of(message.content, message.attachments)
    if not found and message.message_snapshots:
        first = message.message_snapshots[0]
        return material_of(first.content, first.attachments)
    return found


def _trimmed(url: str) -> str:
    """Return an address without the punctuation of the sentence around it."""
    url = url.rstrip(".,;:!?\"'*_|~")
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(".,;:!?\"'")
    return url


def _readable(file: discord.Attachment) -> bool:
    suffix = PurePath(file.filename).suffix.lower()
    return suffix in KINDS or (file.content_type or "").split(";")[0] in ("text/plain", "text/html", "application/pdf")


async def bytes_of(file: discord.Attachment) -> bytes:
    """Fetch a file from Discord. Raises CorrobotError."""
    if file.size > MOST_BYTES:
        size, most = file.size / 1024 / 1024, MOST_BYTES / 1024 / 1024
        raise CorrobotError(
            "too_large", texts.TOO_LARGE.format(name=file.filename, size=size, most=most), file.filename
        )
    try:
        return await asyncio.wait_for(file.read(), 30)
    except (discord.HTTPException, TimeoutError) as error:
        raise CorrobotError("fetch_failed", texts.BAD_FILE.format(name=file.filename), file.filename) from error


def day_in(text: str | None) -> str | None:
    """Return a date that somebody typed, as they typed it. Raises CorrobotError where it is none."""
    if text is None or not text.strip():
        return None
    try:
        datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise CorrobotError("usage", texts.BAD_DATE.format(value=text.strip()[:40])) from error
    return text.strip()
