"""What a server has, as a file: stories, figures and findings with their quotes and where they come from."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any, Literal, get_args

from bot.model import Comparison, CorrobotError, Figure
from bot.render import document, markdown
from bot.services.coverage import Coverage
from bot.services.views import StoryView

Format = Literal["csv", "json", "md"]
FORMATS: tuple[Format, ...] = get_args(Format)
PAGE = 100
# One row a figure; `findings` names what the figure is a part of, as "kind: explanation".
COLUMNS = (
    "story", "story_title", "article", "outlet", "author", "title", "url", "published", "published_from", "figure",
    "printed", "type", "low", "high", "bound", "measure", "event", "group", "unit", "place", "body", "as_of",
    "period_from", "period_to", "status", "voice", "attribution", "caveat", "start", "end", "sentence", "confidence",
    "flagged", "findings",
)  # fmt: skip


class Exports:
    """Writes files of a server's stories."""

    def __init__(self, coverage: Coverage) -> None:
        self._coverage = coverage

    async def export(self, server: str, format: str, story: int | None = None) -> str:
        """Write the stories of a server, or one of them. Raises CorrobotError."""
        if format not in FORMATS:
            raise CorrobotError("usage", f"{format} is no format; choose one of {', '.join(FORMATS)}.", format)
        views = [await self._coverage.story(server, number) for number in await self._numbers(server, story)]
        write: dict[str, Callable[[list[StoryView]], str]] = {"csv": to_csv, "json": to_json, "md": to_markdown}
        return write[format](views)

    async def _numbers(self, server: str, story: int | None) -> list[int]:
        if story is not None:
            return [story]
        numbers: list[int] = []
        while page := await self._coverage.stories(server, limit=PAGE, offset=len(numbers)):
            numbers += [s.number for s in page]
        return sorted(numbers)


def to_json(views: list[StoryView]) -> str:
    """Write one JSON document: each story with the keys of `corrobot compare --json`."""
    stories = [
        {
            "number": v.story.number,
            "title": v.story.title,
            "first": v.story.first,
            "last": v.story.last,
            **document.comparison(v.comparison, ()),
        }
        for v in views
    ]
    for story in stories:
        del story["errors"]
    return json.dumps({"stories": stories, "errors": []}, ensure_ascii=False, indent=1) + "\n"


def to_csv(views: list[StoryView]) -> str:
    """Write one row a figure."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for view in views:
        rows.writerows([safe(row[name]) for name in COLUMNS] for row in _rows(view))
    return out.getvalue()


def to_markdown(views: list[StoryView]) -> str:
    """Write a readable page, story by story."""
    return markdown.page([(v.story.number, v.story.title, v.comparison, v.remarks) for v in views])


def _rows(view: StoryView) -> Iterator[dict[str, Any]]:
    c = view.comparison
    for f in c.figures:
        a = c.article(f.article)
        findings = [x for x in c.findings if any(f.id in side.figures for side in x.sides)]
        yield {
            **{name: getattr(f, name, None) for name in COLUMNS},
            "story": view.story.number, "story_title": view.story.title, "article": a.id, "outlet": a.outlet,
            "author": a.author, "title": a.title, "url": a.url, "published": a.published,
            "published_from": a.published_from, "figure": f.id, "low": document.number(f.low),
            "high": document.number(f.high), "period_from": f.period[0] if f.period else None,
            "period_to": f.period[1] if f.period else None, "attribution": " < ".join(f.attribution),
            "sentence": sentence_of(c, f), "confidence": round(f.confidence, 2),
            "flagged": any(x.flag for x in findings),
            "findings": " | ".join(f"{x.kind}: {x.explanation}" for x in findings),
        }  # fmt: skip


def sentence_of(c: Comparison, f: Figure) -> str:
    """Return the sentence a figure was read from."""
    return c.article(f.article).text[slice(*f.sentence)]


def safe(value: Any) -> Any:
    """Return a cell that no spreadsheet runs as a formula: a text that looks like one gets an apostrophe before it."""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + value
    return value
