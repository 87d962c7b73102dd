"""Infer outlet, author and date from the fixed formulas of publishing in a text, each with the line it was taken from.

A mention in prose never counts: only whole lines that do nothing but name their publisher, writer or date.
"""

from dataclasses import dataclass

from bot.ingest import dates, names
from bot.ingest.boilerplate import Boilerplate
from bot.ingest.clean import is_prose
from bot.ingest.paste import dateline

_HEAD = 8
_TAIL = 8


@dataclass(frozen=True, slots=True)
class Inferred:
    """A value and the note that tells a reader where it was taken from."""

    value: str
    note: str


def _lines(text: str) -> list[str]:
    return [line.strip().replace("\xa0", " ") for line in text.splitlines() if line.strip()]


def infer_outlet(text: str, lists: Boilerplate) -> Inferred | None:
    """Find the outlet that the text itself names as its publisher; an agency's dateline comes last."""
    lines = [line for line in _lines(text) if len(line) <= lists.line_limit]
    for rule in lists.outlet:
        for line in lines:
            if not (match := rule.pattern.fullmatch(line)):
                continue
            name = names.outlet(match["outlet"], lists)
            if name and not (rule.name == "contributors of" and _is_agency(name, lists)):
                return Inferred(name, f'outlet "{name}" taken from the line "{_short(line)}"')
    for line in _lines(text)[:4]:
        if (match := dateline(line)) and (code := match["agency"]):
            agencies = {key.casefold(): name for key, name in lists.outlets.agencies.items()}
            if name := agencies.get(code.casefold()):
                return Inferred(name, f'outlet "{name}" taken from the dateline "{match[0].strip()}"')
    return None


def _is_agency(name: str, lists: Boilerplate) -> bool:
    # Thanking an agency for help tells who did not publish the text.
    return name.casefold().removeprefix("the ") in {agency.casefold() for agency in lists.outlets.agencies.values()} - {
        "cnn",
        "bbc",
    }


def infer_author(text: str, lists: Boilerplate) -> Inferred | None:
    """Find the writer in a by-line among the first or last lines."""
    lines = _lines(text)
    edge = lines[:_HEAD] + lines[max(_HEAD, len(lines) - _TAIL) :]
    for rule in lists.author:
        for line in edge:
            if len(line) > 120 or is_prose(line) or not (match := rule.pattern.fullmatch(line)):
                continue
            if name := names.persons(match["author"], lists):
                return Inferred(name, f'author "{name}" taken from the line "{_short(line)}"')
    return None


def infer_date(text: str, lists: Boilerplate) -> Inferred | None:
    """Find the day of publication in a line that only dates the article, or in a dateline with a year."""
    lines = _lines(text)
    updated: Inferred | None = None
    for line in lines[:_HEAD] + lines[max(_HEAD, len(lines) - 3) :]:
        found = dates.line_date(line, lists.dates)
        if not found and (match := dateline(line)) and (in_dateline := dates.date_in(match[0], lists.dates)):
            found = in_dateline[0], False
        if not found:
            continue
        iso, is_update = found
        taken = Inferred(iso, f'date {iso} taken from the line "{_short(line)}"')
        if not is_update:
            return taken
        updated = updated or taken
    return updated


def _short(line: str) -> str:
    return line if len(line) <= 100 else line[:97].rstrip() + "..."
