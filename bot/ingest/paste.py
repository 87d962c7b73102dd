"""Read the header lines of a pasted text, and its headline where the first line is one."""

import re
from dataclasses import dataclass

from bot.ingest import dates
from bot.ingest.boilerplate import Boilerplate
from bot.ingest.clean import dropped_by, is_byline

FIELDS = ("title", "outlet", "author", "published", "url")
_HEADER = re.compile(r"(title|outlet|author|published|url)[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_OTHER = re.compile(r"[A-Z][\w-]*(?: [\w-]+)?[ \t]*:(?:[ \t].*)?")
_LINE = re.compile(r"\r\n?|\n")
_DATELINE = re.compile(
    r"(?P<place>[A-Z][\w'’.,/ -]{1,60}?)\s*(?:\((?P<agency>[A-Za-z]{2,20})\)\s*[-–—―:]*|[-–—―]{1,2}|:)"
    r"\s+(?=[\"'“‘A-Z0-9])"
)
_BARE_AGENCY = re.compile(r"\((?P<agency>[A-Za-z]{2,20})\)\s*[-–—―]*\s*(?=[\"'“‘A-Z0-9])")


@dataclass(frozen=True, slots=True)
class Headers:
    """What the header lines of a paste say, the text after them, and notes about lines that were not understood."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    text: str = ""
    notes: tuple[str, ...] = ()


def read_headers(raw: str, lists: Boilerplate) -> Headers:
    """Read `Title:`, `Outlet:`, `Author:`, `Published:`, `URL:` lines that begin a text and end at a blank line."""
    body = raw.removeprefix("\ufeff")
    block: list[str] = []
    position = 0
    ended = broken = False
    while position < len(body):
        end = _LINE.search(body, position)
        line = body[position : end.start() if end else len(body)].strip()
        position = end.end() if end else len(body)
        if not line:
            ended = True
            break
        if not (_HEADER.fullmatch(line) if not block else _OTHER.fullmatch(line) or _HEADER.fullmatch(line)):
            broken = True
            break
        block.append(line)
    if not block:
        return Headers(text=raw)
    if broken or (not ended and not all(map(_HEADER.fullmatch, block))):
        note = "the first lines look like header lines but no blank line follows them; they were read as text"
        return Headers(text=raw, notes=(note,))
    return _understand(block, body[position:], lists)


def _understand(block: list[str], text: str, lists: Boilerplate) -> Headers:
    values: dict[str, str] = {}
    notes: list[str] = []
    for line in block:
        match = _HEADER.fullmatch(line)
        if not match:
            notes.append(f'header line "{line[:80]}" is not one of {", ".join(FIELDS)}; it was left out')
            continue
        field, value = match[1].lower(), match[2].strip()
        if value and field in values:
            notes.append(f'a second {field} header "{value[:80]}" was left out')
        elif value:
            values[field] = value
    if published := values.pop("published", None):
        if stated := stated_date(published, lists):
            values["published"] = stated
        else:
            notes.append(
                f'the Published header "{published[:80]}" is no date with day, month and year; it was left out'
            )
    return Headers(text=text, notes=tuple(notes), **values)


def stated_date(value: str, lists: Boilerplate) -> str | None:
    """Read a date that somebody states: ISO 8601, or a day with month and year in words."""
    if iso := dates.iso_published(value):
        return iso
    found = dates.line_date(value, lists.dates)
    return found[0] if found else None


def dateline(line: str) -> re.Match[str] | None:
    """Match a dateline, "CITY, Region (AGENCY) -", at the start of a line of prose."""
    match = _DATELINE.match(line)
    if match and (match["agency"] or match["place"].split(",")[0].isupper()):
        return match
    return _BARE_AGENCY.match(line)


def headline(text: str, lists: Boilerplate) -> str | None:
    """Return the first line where it is a headline: short, without a full stop, and not the start of the prose."""
    lines = [line.strip() for line in _LINE.split(text)]
    start = 0
    while start < len(lines) and (not lines[start] or _is_furniture(lines[start], lists)):
        start += 1
    rest = [line for line in lines[start + 1 :] if line]
    if start >= len(lines) or not rest:
        return None
    line = re.sub(r"\s+", " ", lines[start])
    words = line.split()
    if not 2 <= len(words) <= 32 or len(line) > 220 or not any(char.isalpha() for char in line):
        return None
    if re.search(r"(?<!\.[A-Z])[.:;,…][\"'”’)]*$|[-–—]$", line) or line[0].islower() or dateline(line):
        return None
    # A wrapped sentence goes on in the next line; a headline is followed by a new start.
    following = lines[start + 1] if start + 1 < len(lines) else ""
    if following and (following[0].islower() or _is_wrapped(rest)):
        return None
    # Two sentences are prose, whatever ends the line.
    if re.search(r"[a-z]{3}[.!?][\"”’]? [A-Z]", line) and len(words) > 20:
        return None
    return line


def _is_furniture(line: str, lists: Boilerplate) -> bool:
    return bool(dropped_by(line, lists) or is_byline(line, lists) or dates.line_date(line, lists.dates)) or all(
        rule.pattern.sub("", line).strip() == "" for rule in lists.inline[:1]
    )


def _is_wrapped(lines: list[str]) -> bool:
    inner = lines[:-1][:40]
    if len(inner) < 3:
        return False
    open_ended = sum(1 for line in inner if not re.search(r"[.!?\"”:]$", line))
    return max(map(len, inner)) <= 100 and open_ended > 0.7 * len(inner)
