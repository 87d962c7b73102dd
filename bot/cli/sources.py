"""`corrobot source`: the outlets of a server and their feeds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from bot.cli import feeds as of_feeds
from bot.cli.options import as_json as json_option
from bot.cli.options import stored
from bot.cli.output import complain, page, write, write_json
from bot.cli.stored import run
from bot.model import Source
from bot.render import document

if TYPE_CHECKING:
    from bot.services.all import Services
    from bot.store.feeds import StoredFeed

domain = click.option("--domain", "domains", multiple=True, help="A domain of the outlet; may be repeated.")
alias = click.option("--alias", "aliases", multiple=True, help="Another name of the outlet; may be repeated.")
letter = click.option("--letter", type=click.Choice("ABCDEF", case_sensitive=False), help="Its reliability, A to F.")
feed = click.option("--feed", "feeds", multiple=True, help="A feed, or a page that names one; may be repeated.")
include = click.option("--include", multiple=True, help="Take only entries with such a word; may be repeated.")
exclude = click.option("--exclude", multiple=True, help="Take no entries with such a word; may be repeated.")


@click.group()
def source() -> None:
    """Outlets and their feeds."""


for command in of_feeds.COMMANDS:
    source.add_command(command)


@source.command()
@click.argument("name")
@domain
@alias
@letter
@feed
@include
@exclude
@json_option
@stored
def add(
    name: str,
    domains: Sequence[str],
    aliases: Sequence[str],
    letter: str | None,
    feeds: Sequence[str],
    include: Sequence[str],
    exclude: Sequence[str],
    as_json: bool,
    db: str | None,
    server: str,
) -> int:
    """Register the outlet NAME; its feeds are asked while `corrobot run` runs, and by `source poll`."""
    if (include or exclude) and not feeds:
        raise click.UsageError("--include and --exclude choose among entries of a feed; give --feed with them.")

    async def work(services: "Services") -> int:
        from bot.app import feeds_of

        known = feeds_of(services)
        # Asked before anything is stored: a wrong address leaves nothing behind.
        found = [await known.look(url) for url in feeds]
        made = await services.sources.add(server, name, domains=domains, aliases=aliases, letter=letter or "F")
        for one in found:
            await known.put(server, made.number, one.url, title=one.feed.title, include=include, exclude=exclude)
        return _show([made], await known.list(server, made.number), as_json)

    return run(db, work, as_json)


@source.command(name="list")
@json_option
@stored
def list_(as_json: bool, db: str | None, server: str) -> int:
    """List the outlets."""

    async def work(services: "Services") -> int:
        from bot.app import feeds_of

        return _show(await services.sources.list(server), await feeds_of(services).list(server), as_json)

    return run(db, work, as_json)


@source.command()
@click.argument("number", type=int)
@click.option("--name", help="Another name.")
@domain
@alias
@letter
@feed
@include
@exclude
@click.option("--drop-feed", "dropped", multiple=True, help="Forget this feed; may be repeated.")
@json_option
@stored
def edit(
    number: int,
    name: str | None,
    domains: Sequence[str],
    aliases: Sequence[str],
    letter: str | None,
    feeds: Sequence[str],
    include: Sequence[str],
    exclude: Sequence[str],
    dropped: Sequence[str],
    as_json: bool,
    db: str | None,
    server: str,
) -> int:
    """Change what is given of outlet NUMBER; given domains and aliases replace the old ones, feeds come to them."""

    async def work(services: "Services") -> int:
        from bot.app import feeds_of

        known = feeds_of(services)
        changed = await services.sources.edit(
            server, number, name=name, domains=domains or None, aliases=aliases or None, letter=letter
        )
        for url in dropped:
            await known.remove(server, url)
        for url in feeds:
            await known.add(server, number, url, include=include, exclude=exclude)
        return _show([changed], await known.list(server, number), as_json)

    return run(db, work, as_json)


@source.command()
@click.argument("number", type=int)
@json_option
@stored
def remove(number: int, as_json: bool, db: str | None, server: str) -> int:
    """Forget outlet NUMBER."""

    async def work(services: "Services") -> int:
        gone = await services.sources.remove(server, number)
        complain(f"removed source {gone.number} ({gone.name})")
        return _show([gone], (), True) if as_json else 0

    return run(db, work, as_json)


def _show(sources: Sequence[Source], feeds: "Sequence[StoredFeed]", as_json: bool) -> int:
    of = {s.number: [f for f in feeds if f.source == s.number] for s in sources}
    if as_json:
        rows = [document.source(s) | {"feeds": [of_feeds.feed_row(f) for f in of[s.number]]} for s in sources]
        write_json({"sources": rows, "errors": []})
    elif not sources:
        complain("no source is registered here yet; add one with `corrobot source add NAME --domain DOMAIN`")
    else:
        lines = [
            (str(s.number), s.name, s.letter, ", ".join(s.domains), ", ".join(s.aliases), str(len(of[s.number])))
            for s in sources
        ]
        write(page().table(("No.", "Outlet", "Letter", "Domains", "Also", "Feeds"), lines))
    return 0
