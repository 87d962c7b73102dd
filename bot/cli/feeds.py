"""`corrobot source test|poll|health|import|export`: feeds of outlets, and lists of both."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.options import as_json as json_option
from bot.cli.options import stored
from bot.cli.output import complain, fail, page, report, write, write_json
from bot.cli.stored import run
from bot.model import CorrobotError
from bot.render import document, words

if TYPE_CHECKING:
    from bot.services.all import Services
    from bot.services.feeds import Answer
    from bot.services.work import Looked
    from bot.store import Job
    from bot.store.feeds import StoredFeed

SHOWN = 10
MOST_BYTES = 5_000_000


@click.command()
@click.argument("url")
@json_option
def test(url: str, as_json: bool) -> int:
    """Show what the feed at URL gives, or the feed that the page at URL names; nothing is stored."""
    try:
        found = asyncio.run(_look(url))
    except CorrobotError as error:
        return fail(error, as_json)
    feed = found.feed
    if as_json:
        entries = [
            {"guid": e.guid, "url": e.url, "title": e.title, "published": e.published, "origin": e.origin}
            for e in feed.entries
        ]
        write_json({"url": found.url, "title": feed.title, "ttl": feed.ttl, "entries": entries, "errors": []})
        return 0
    write(page().wrap(f"{feed.title or 'A feed without a title'}: {found.url}, {len(feed.entries)} entries"))
    rows = [(words.date(e.published), e.title, e.url) for e in feed.entries[:SHOWN]]
    write(page().table(("Published", "Entry", "Address"), rows))
    return 0


async def _look(url: str) -> "Looked":
    from bot.services.feeds import look
    from bot.services.fetching import make
    from bot.services.worker import Analyser
    from bot.settings import load_settings

    async with make(load_settings()) as fetcher, Analyser(1) as analyser:
        return await look(url, fetcher, analyser)


@click.command()
@click.argument("number", type=int, required=False)
@json_option
@stored
def poll(number: int | None, as_json: bool, db: str | None, server: str) -> int:
    """Ask the feeds that are due, or at once those of outlet NUMBER, and add what they give."""

    async def work(services: "Services") -> int:
        from bot.app import feeds_of, now
        from bot.services.poller import Poller

        feeds = feeds_of(services)
        if number is not None and not await feeds.wake(server, number):
            raise CorrobotError(
                "not_found", f"Source {number} has no feed here; `corrobot source list` shows which have.", str(number)
            )
        answers = await Poller(services.store, feeds, now).once(server)
        errors = [CorrobotError("fetch_failed", a.error, a.feed.url) for a in answers if a.error]
        if as_json:
            rows = [{"url": a.feed.url, "taken": a.taken, "left": a.left, "unchanged": a.unchanged} for a in answers]
            write_json({"feeds": rows, "errors": [document.error(e) for e in errors]})
        else:
            write("".join(page().wrap(_said(a)) for a in answers if not a.error))
            if not answers:
                complain("no feed is due; name an outlet to ask its feeds at once")
        return report(errors)

    return run(db, work, as_json)


def _said(answer: "Answer") -> str:
    if answer.unchanged:
        return f"{answer.feed.url}: nothing new"
    later = f", {answer.left} left for the next time" if answer.left else ""
    return f"{answer.feed.url}: {answer.taken} entries taken{later}"


@click.command()
@json_option
@stored
def health(as_json: bool, db: str | None, server: str) -> int:
    """Show how every feed fares, and the entries that were given up."""

    async def work(services: "Services") -> int:
        from bot.app import feeds_of
        from bot.services.feeds import KIND

        feeds = await feeds_of(services).list(server)
        dead = await services.store.jobs.given_up(KIND, server=server)
        if as_json:
            write_json({"feeds": [feed_row(f) for f in feeds], "given_up": [_dead(j) for j in dead], "errors": []})
        elif not feeds:
            complain("no feed is registered here; add one with `corrobot source add NAME --feed URL`")
        else:
            rows = [(str(f.source), f.outlet, state(f), f.last_ok or "never", str(f.failures), f.url) for f in feeds]
            write(page().table(("No.", "Outlet", "State", "Last success", "Failures", "Feed"), rows))
            write("".join(page().wrap(f"{f.url}: {f.last_error} ({f.failed_at})") for f in feeds if f.failures))
            write("".join(page().wrap(f"given up: {j.payload.get('url')}: {j.error}") for j in dead))
        return 0

    return run(db, work, as_json)


def state(feed: "StoredFeed") -> str:
    """Say in a word how a feed fares."""
    if feed.paused_at:
        return "paused"
    return "failing" if feed.failures else "ok" if feed.last_ok else "new"


def feed_row(feed: "StoredFeed") -> dict[str, Any]:
    """Return one feed as JSON."""
    return {
        "source": feed.source,
        "outlet": feed.outlet,
        "url": feed.url,
        "title": feed.title,
        "state": state(feed),
        "last_ok": feed.last_ok,
        "last_new": feed.last_new,
        "last_error": feed.last_error,
        "failed_at": feed.failed_at,
        "failures": feed.failures,
        "paused_at": feed.paused_at,
        "next_at": feed.next_at,
        "interval_s": feed.interval_s,
        "include": list(feed.include),
        "exclude": list(feed.exclude),
    }


def _dead(job: "Job") -> dict[str, Any]:
    return {"url": job.payload.get("url"), "feed": job.payload.get("feed"), "error": job.error, "at": job.updated_at}


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@stored
def import_(file: Path, as_json: bool, db: str | None, server: str) -> int:
    """Register the outlets and feeds of FILE: OPML, or JSON as `export` writes it."""

    async def work(services: "Services") -> int:
        from bot.app import feeds_of
        from bot.services.sourcelists import bring_in

        data = await asyncio.to_thread(_read, file)
        done = await bring_in(services.sources, feeds_of(services), server, data, str(file))
        if as_json:
            errors = [document.error(e) for e in done.errors]
            write_json({"sources": done.sources, "feeds": done.feeds, "known": done.known, "errors": errors})
        else:
            complain(f"{done.sources} outlets and {done.feeds} feeds added; {done.known} outlets were known")
        return report(done.errors)

    return run(db, work, as_json)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise CorrobotError(
            "not_found", f"{file} cannot be read ({error.strerror}); check the path", str(file)
        ) from error
    if len(data) > MOST_BYTES:
        raise CorrobotError("too_large", f"{file} is larger than {MOST_BYTES // 1_000_000} MB", str(file))
    return data


@click.command(name="export")
@click.option("--format", "format_", type=click.Choice(("opml", "json")), default="opml", help="Default: opml.")
@stored
def export(format_: str, db: str | None, server: str) -> int:
    """Write outlets and feeds to standard output; OPML leaves out outlets without a feed."""

    async def work(services: "Services") -> int:
        from bot.app import feeds_of
        from bot.services.sourcelists import bring_out

        write(await bring_out(services.sources, feeds_of(services), server, format_))
        return 0

    return run(db, work, format_ == "json")


COMMANDS: Sequence[click.Command] = (test, poll, health, import_, export)
