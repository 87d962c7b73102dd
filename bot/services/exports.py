"""What a server has, as a file: stories, figures and findings with their quotes and where they come from."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Literal, get_args

from bot.model import Comparison, CorrobotError, Figure, StoredArticle, Story
from bot.render import document, markdown
from bot.services.coverage import Coverage
from bot.services.views import StoryView

Format = Literal["csv", "json", "md"]
FORMATS: tuple[Format, ...] = get_args(Format)
PAGE = 100
_FULL = re.compile(r"\d{4}-\d\d-\d\d")
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

    async def export(
        self, server: str, format: str, story: int | None = None, *, since: str | None = None, until: str | None = None
    ) -> str:
        """Write the stories of a server, or one of them. Raises CorrobotError.

        With days (`2024-03-22`, both included) those stories that have an article of these days: by the day it was
        published, else added. A story is written whole, for a finding has two sides.
        """
        if format not in FORMATS:
            raise CorrobotError("usage", f"{format} is no format; choose one of {', '.join(FORMATS)}.", format)
        if since and until and since > until:
            raise CorrobotError("usage", f"The range begins on {since}, after its end on {until}.", since)
        numbers = await self._numbers(server, story, since or "", until or "9999")
        views = [
            v for n in numbers if _within(v := await self._coverage.story(server, n), since or "", until or "9999")
        ]
        if not views and (since or until):
            days = " ".join(f"{word} {day}" for word, day in (("from", since), ("until", until)) if day)
            raise CorrobotError("empty", f"No story here has an article {days}.")
        write: dict[str, Callable[[list[StoryView]], str]] = {"csv": to_csv, "json": to_json, "md": to_markdown}
        return write[format](views)

    async def _numbers(self, server: str, story: int | None, since: str, until: str) -> list[int]:
        if story is not None:
            return [story]
        found: list[Story] = []
        while page := await self._coverage.stories(server, limit=PAGE, offset=len(found)):
            found += page
        return sorted(s.number for s in found if s.last[:10] >= since and s.first[:10] <= until)


def _within(view: StoryView, since: str, until: str) -> bool:
    if not since and until == "9999":
        return True
    days = [_day(a) for a in view.articles]
    return any(since <= day <= until for day in days)


def _day(stored: StoredArticle) -> str:
    published = stored.article.published or ""
    return (published if _FULL.match(published) else stored.added_at)[:10]


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
