"""The commands over the store: ingest, check, stories, search, export."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import click

from bot.cli.options import as_json as json_option
from bot.cli.options import check_inputs, inputs, stored
from bot.cli.output import along, complain, fail, page, report, write, write_json
from bot.model import FIGURE_TYPES_SHOWN, CorrobotError
from bot.render import document, text, words

if TYPE_CHECKING:
    from bot.services.all import Services
    from bot.services.views import AddedView, CheckView, SearchView

Work = Callable[["Services"], Awaitable[int]]


def run(db: str | None, work: Work, as_json: bool) -> int:
    """Run some work on the services of the store that `db`, else the settings, name; report what stops it."""
    from bot.app import build
    from bot.settings import load_settings

    async def _run() -> int:
        async with build(load_settings(CORROBOT_DATABASE_URL=db)) as services:
            return await work(services)

    try:
        return asyncio.run(_run())
    except CorrobotError as error:
        return fail(error, as_json)


@click.command()
@inputs
@stored
def ingest(
    inputs: tuple[str, ...],
    outlet: str | None,
    published: str | None,
    url: str | None,
    as_json: bool,
    db: str | None,
    server: str,
) -> int:
    """Add pages, files or standard input (-) to the store; safe to repeat."""
    check_inputs(inputs, url)

    async def work(services: "Services") -> int:
        from bot.services.inputs import is_address, read_bytes

        added: list[AddedView] = []
        errors: list[CorrobotError] = []
        # On a terminal the lines that are written say how far it is.
        for name in inputs if sys.stdout.isatty() else along(inputs):
            try:
                if is_address(name):
                    view = await services.coverage.add_url(server, name, outlet=outlet, published=published)
                else:
                    data = await asyncio.to_thread(read_bytes, name)
                    view = await services.coverage.add_file(
                        server, name, data, outlet=outlet, published=published, url=url
                    )
            except CorrobotError as error:
                errors.append(CorrobotError(error.code, error.message, name))
                if not as_json:
                    complain(error.message)
                continue
            added.append(view)
            if not as_json:
                write(_added(view))
        if as_json:
            write_json({"articles": [_added_row(v) for v in added], "errors": [document.error(e) for e in errors]})
            return report(errors)
        return max((2 if e.code == "usage" else 1 for e in errors), default=0)

    return run(db, work, as_json)


def _added(view: "AddedView") -> str:
    paper = page()
    a = view.stored
    did = "added" if view.created else "has changed and was read again" if view.revised else "is stored already"
    head = f"Article {a.number} {did}: {words.title_of(a.article)} ({words.outlet(a.article)})"
    figures = [f for f in view.reading.figures if f.type in FIGURE_TYPES_SHOWN] if view.reading else []
    parts = [paper.wrap(head)]
    if view.story:
        flags = sum(f.flag for f in view.comparison.findings) if view.comparison else 0
        parts.append(
            paper.wrap(
                f"{len(figures)} figure{'s' * (len(figures) != 1)}; story {view.story.number} of {view.story.articles} "
                f"article{'s' * (view.story.articles != 1)}: {view.story.title}; conflicts: {flags}",
                "  ",
            )
        )
    parts += [paper.wrap(remark, "  ") for remark in (*view.remarks, *a.article.notes)]
    return "".join(parts)


def _added_row(view: "AddedView") -> dict[str, Any]:
    return {
        "number": view.stored.number,
        "created": view.created,
        "revised": view.revised,
        **document.article(view.stored.article, text=False),
        "id": f"a{view.stored.number}",
        "story": view.story.number if view.story else None,
        "figures": len([f for f in view.reading.figures if f.type in FIGURE_TYPES_SHOWN]) if view.reading else 0,
        "flags": sum(f.flag for f in view.comparison.findings) if view.comparison else 0,
        "summary": document.sentences(view.summary),
        "remarks": list(view.remarks),
    }


@click.command()
@click.argument("sentence", metavar="TEXT")
@json_option
@stored
def check(sentence: str, as_json: bool, db: str | None, server: str) -> int:
    """Hold the figures of TEXT against stored coverage."""

    async def work(services: "Services") -> int:
        view = await services.coverage.check(server, sentence)
        if as_json:
            write_json(_check_row(view))
        else:
            write(_check(view))
        return 0

    return run(db, work, as_json)


def _check(view: "CheckView") -> str:
    paper = page()
    found = ", ".join(f"{words.flat(f.printed)} ({f.measure or f.type})" for f in view.figures)
    parts = [paper.wrap(f"Figures in the text: {found or 'none'}.")]
    parts += [paper.wrap(remark) for remark in view.remarks]
    for checked in view.stories:
        c = checked.comparison
        parts.append(paper.head(f"Story {checked.story.number}: {words.flat(checked.story.title)}"))
        for r in c.relations:
            name = words.KIND_NAMES[r.kind]
            line = paper.wrap(f"{'⚠ ' if r.flag else ''}{name}. {r.explanation}", "  ", "· ")
            parts.append(paper.flag(line.rstrip("\n")) + "\n" if r.flag else line)
            stored = [c.figure(id) for id in r.figures if c.figure(id).article != view.article.id]
            parts += [text.source(paper, c, f) for f in stored]
        if not c.relations:
            parts.append(text.stopped(paper, c))
    return "".join(parts)


def _check_row(view: "CheckView") -> dict[str, Any]:
    return {
        "text": view.article.text,
        "figures": [document.figure(f) for f in view.figures],
        "stories": [
            {
                **document.story(s.story),
                **{k: v for k, v in document.comparison(s.comparison, ()).items() if k in _KEPT},
            }
            for s in view.stories
        ],
        "remarks": list(view.remarks),
        "errors": [],
    }


_KEPT = ("articles", "figures", "relations", "not_compared")


@click.command()
@click.argument("query", required=False)
@click.option("--limit", type=click.IntRange(1, 1000), default=25, help="How many at most (default 25).")
@click.option("--offset", type=click.IntRange(0), default=0, help="How many to skip.")
@json_option
@stored
def stories(query: str | None, limit: int, offset: int, as_json: bool, db: str | None, server: str) -> int:
    """List the stored stories, newest first; QUERY is words of the title."""

    async def work(services: "Services") -> int:
        found = await services.coverage.stories(server, query, limit=limit, offset=offset)
        if as_json:
            write_json({"stories": [document.story(s) for s in found], "errors": []})
        elif not found:
            complain(
                "no story is stored here yet; add articles with `corrobot ingest`" if not query else "no story found"
            )
        else:
            rows = [
                (str(s.number), s.title, str(s.articles), str(s.outlets), str(s.flags), words.date(s.last))
                for s in found
            ]
            write(page().table(("No.", "Story", "Articles", "Outlets", "Conflicts", "Last"), rows))
        return 0

    return run(db, work, as_json)


@click.command()
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, 1000), default=25, help="How many at most (default 25).")
@json_option
@stored
def search(query: str, limit: int, as_json: bool, db: str | None, server: str) -> int:
    """Find stored articles, figures and stories that hold all the words of QUERY."""

    if not query.strip():
        raise click.UsageError("Give words to look for, such as 'killed lagos'.")

    async def work(services: "Services") -> int:
        found = await services.coverage.search(server, query, limit=limit)
        if as_json:
            write_json(_search_row(found))
        elif not (found.articles or found.figures or found.stories):
            complain("nothing found")
        else:
            write(_search(found))
        return 0

    return run(db, work, as_json)


def _search(found: "SearchView") -> str:
    paper = page()
    parts: list[str] = []
    if found.stories:
        parts.append(paper.head("Stories"))
        parts += [paper.wrap(f"{s.number}. {s.title} ({s.articles} articles)", "  ", "· ") for s in found.stories]
    if found.articles:
        parts.append(paper.head("Articles"))
        for one in found.articles:
            a = one.stored
            parts.append(paper.wrap(f"{a.number}. {words.title_of(a.article)} ({words.outlet(a.article)})", "  ", "· "))
            parts.append(paper.faint(paper.wrap(one.snippet, "      ")))
    if found.figures:
        parts.append(paper.head("Figures"))
        for hit in found.figures:
            where = f"article {hit.stored.number}, {words.outlet(hit.stored.article)}"
            parts.append(paper.wrap(f"{hit.figure.printed}: {hit.figure.measure} ({where})", "  ", "· "))
            parts.append(paper.faint(paper.wrap(f"“{words.short(hit.sentence, 240)}”", "      ")))
    return "".join(parts)


def _search_row(found: "SearchView") -> dict[str, Any]:
    return {
        "articles": [
            {
                "number": f.stored.number,
                "story": f.stored.story,
                **document.article(f.stored.article, text=False),
                "snippet": f.snippet,
            }
            for f in found.articles
        ],
        "figures": [
            {
                **document.figure(f.figure),
                "article": f.stored.number,
                "story": f.stored.story,
                "quote": f.sentence,
                "outlet": f.stored.article.outlet,
                "url": f.stored.article.url,
            }
            for f in found.figures
        ],
        "stories": [document.story(s) for s in found.stories],
        "errors": [],
    }


@click.command()
@click.option("--format", "format_", type=click.Choice(("csv", "json", "md")), required=True, help="The kind of file.")
@click.option("--story", type=int, help="Only this story.")
@stored
def export(format_: str, story: int | None, db: str | None, server: str) -> int:
    """Write stories, figures and findings with quotes and where they come from to standard output."""

    async def work(services: "Services") -> int:
        write(await services.exports.export(server, format_, story))
        return 0

    return run(db, work, format_ == "json")
