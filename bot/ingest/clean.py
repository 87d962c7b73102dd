"""Clean a text once, before it is stored: what is not the article leaves, line by line, and prose stays.

Narrow on purpose: a line goes only if it wholly matches a rule of `boilerplate.toml`, or is a capital teaser in prose.
"""

import re

from bot.ingest import dates, names
from bot.ingest.boilerplate import Boilerplate, Rule

# Stored beside each text: a text cleaned by an older version is derived again, and that is no revision.
CLEANER_VERSION = 1

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]"
)
_BLANKS = re.compile(r"\n{3,}")
_PROSE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_EDGE_LINES = 8


def clean(text: str, lists: Boilerplate) -> str:
    """Return the text without residue, promotion, credits and by-lines; paragraphs stay as they were.

    Cleaning a clean text changes nothing. The result is empty where nothing but boilerplate was there.
    """
    # A dropped line may bring another rule's line to an edge, so the pass runs until nothing changes; each shortens.
    current = _normalise(text)
    while (cleaner := _pass(current, lists)) != current:
        current = cleaner
    return current


def _normalise(text: str) -> str:
    text = _LINE_ENDS.sub("\n", text)
    return _INVISIBLE.sub("", _SPACES.sub(" ", text))


def _pass(text: str, lists: Boilerplate) -> str:
    kept: list[str] = []
    lines = text.split("\n")
    edges = _edges(lines)
    for number, line in enumerate(lines):
        stripped = line.strip(" ")
        for rule in lists.inline:
            stripped = rule.pattern.sub("", stripped).strip(" ")
        if stripped and (dropped_by(stripped, lists) or (number in edges and is_byline(stripped, lists))):
            continue
        if not stripped and line.strip(" "):
            # The line held only residue: it leaves no blank line behind that would part a paragraph.
            continue
        kept.append(stripped)
    teasers = _teasers(kept, lists)
    rest = "\n".join(line for number, line in enumerate(kept) if number not in teasers)
    return _BLANKS.sub("\n\n", rest).strip("\n ")


def _edges(lines: list[str]) -> set[int]:
    filled = [number for number, line in enumerate(lines) if line.strip()]
    return set(filled[:_EDGE_LINES]) | set(filled[-_EDGE_LINES:])


def dropped_by(line: str, lists: Boilerplate) -> Rule | None:
    """Return the rule that takes a whole line out, if one does."""
    if len(line) > lists.line_limit:
        return None
    capitals = is_capitals(line)
    for rule in lists.drop:
        if (capitals or not rule.caps) and rule.pattern.fullmatch(line):
            return rule
    return None


def is_byline(line: str, lists: Boilerplate) -> bool:
    """Tell whether a line does nothing but name its author."""
    return not line.endswith(".") and any(
        match and names.persons(match["author"], lists)
        for match in (rule.pattern.fullmatch(line) for rule in lists.author)
    )


def is_capitals(line: str) -> bool:
    """Tell whether a line is written in capitals."""
    return line.isupper() and sum(char.isalpha() for char in line) > 3


def is_prose(line: str) -> bool:
    """Tell whether a line is a sentence of running text."""
    return not is_capitals(line) and len(line.split()) >= 8 and bool(_PROSE_END.search(line))


def _teasers(lines: list[str], lists: Boilerplate) -> set[int]:
    filled = [number for number, line in enumerate(lines) if line]
    capital = [number for number in filled if is_capitals(lines[number])]
    first_prose = next((number for number in filled if is_prose(lines[number])), len(lines))
    after = [number for number in filled if number > first_prose]
    if sum(number > first_prose for number in capital) > lists.caps_max_share * len(after):
        return set()
    return {
        number
        for number in capital
        # Before the first prose stands the headline; after a colon comes a list; a full stop ends a sentence.
        if number > first_prose
        and len(lines[number].split()) >= lists.caps_min_words
        and not dates.line_date(lines[number], lists.dates)
        and lines[number][-1] not in ".:;,"
        and not _PROSE_END.search(lines[number])
        and len(lines[number]) <= lists.line_limit
        and not lines[number].startswith(('"', "“", "‘", "-", "•", "*"))
        # Numbered headings and the heads of tables belong to the article.
        and "|" not in lines[number]
        and not re.match(r"\(?(?:\d+|[A-Z])[.)]\s", lines[number])
    }
