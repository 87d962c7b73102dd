"""A card before it is Discord's: blocks of text within a budget, a picture, buttons. Pure, and knows the limits.

Discord allows 40 components and 4,000 characters in all text of a message with components of the second version.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.render import card_texts as t

MOST_TEXT = 3_900
MOST_BUTTONS = 10
BUTTONS_A_ROW = 5
MOST_ALT = 1_000
# What a later section may count on when an earlier one is long.
SHARE = 260

Tone = Literal["flag", "change", "plain"]


@dataclass(frozen=True, slots=True)
class Button:
    """A button; its id says all there is to know, so that it works after a restart."""

    label: str
    id: str
    style: Literal["primary", "secondary", "danger"] = "secondary"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that goes along as a file, and its words for those who do not see it."""

    name: str
    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Card:
    """Blocks of text from top to bottom, then the picture, then buttons."""

    blocks: tuple[str, ...]
    tone: Tone = "plain"
    buttons: tuple[Button, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to tell, in full and, where there is no room, in brief."""

    full: str
    brief: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (or none) and its lines; what finds no room is counted. `between` parts the lines."""

    head: str
    lines: tuple[Line, ...]
    more: int = 0
    between: str = "\n"
    frame: tuple[str, str] = ("", "")
    share: int = SHARE


def section(head: str, lines: Sequence[str], *, more: int = 0) -> Section:
    """Make a section of lines that have no brief form."""
    return Section(head, tuple(Line(line) for line in lines), more)


def size(text: str) -> int:
    """Return the length as Discord's client counts it, in UTF-16 units."""
    return len(text) + sum(c > "\uffff" for c in text)


def fit(sections: Sequence[Section], most: int = MOST_TEXT) -> tuple[str, ...]:
    """Write sections into blocks of at most `most` characters together; each gets its share of the room."""
    wanted = [s for s in sections if s.lines or s.head]
    blocks: list[str] = []
    for place, one in enumerate(wanted):
        later = sum(min(s.share, size(_whole(s))) for s in wanted[place + 1 :])
        blocks.append(_fit(one, most - later))
        most -= size(blocks[-1])
    return tuple(block for block in blocks if block)


def _whole(s: Section) -> str:
    return s.between.join([s.head, *s.frame, *(line.full for line in s.lines), t.left(99)])


def _fit(s: Section, room: int) -> str:
    room -= size(s.head) + sum(map(size, s.frame)) + 1 + size(t.left(99_999)) + len(s.between)
    told: list[str] = []
    for line in s.lines:
        chosen = next((x for x in (line.full, line.brief) if x and size(x) + len(s.between) <= room), None)
        if chosen is None:
            break
        told.append(chosen)
        room -= size(chosen) + len(s.between)
    left = len(s.lines) - len(told) + s.more
    body = s.frame[0] + s.between.join(told) + s.frame[1] if told else ""
    parts = [s.head, body, t.left(left) if left else ""]
    return "\n".join(part for part in parts if part)


def plain(card: Card, most: int) -> str:
    """Return what a card says as one plain text of at most `most` characters, for where cards are not taken."""
    note = t.PLAIN if card.picture or size("\n".join(card.blocks)) > most else ""
    room = most - size(note) - 8
    told: list[str] = []
    for line in "\n\n".join(card.blocks).split("\n"):
        if size(line) + 1 > room:
            break
        told.append(line)
        room -= size(line) + 1
    if sum(line.strip() == "```" for line in told) % 2:
        told.append("```")
    return "\n".join([*told, note] if note else told)


def paged(lines: Sequence[str], most: int = MOST_TEXT - 300) -> list[list[str]]:
    """Deal lines out to pages, none longer than `most`; a single line that is longer is left out by its maker."""
    pages: list[list[str]] = [[]]
    room = most
    for line in lines:
        if pages[-1] and size(line) + 1 > room:
            pages.append([])
            room = most
        pages[-1].append(line)
        room -= size(line) + 1
    return pages
