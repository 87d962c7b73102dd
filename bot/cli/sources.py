"""`corrobot source`: the outlets of a server."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from bot.cli.options import as_json as json_option
from bot.cli.options import stored
from bot.cli.output import complain, page, write, write_json
from bot.cli.stored import run
from bot.model import Source
from bot.render import document

if TYPE_CHECKING:
    from bot.services.all import Services

domain = click.option("--domain", "domains", multiple=True, help="A domain of the outlet; may be repeated.")
alias = click.option("--alias", "aliases", multiple=True, help="Another name of the outlet; may be repeated.")
letter = click.option("--letter", type=click.Choice("ABCDEF", case_sensitive=False), help="Its reliability, A to F.")


@click.group()
def source() -> None:
    """List, add, edit and remove outlets."""


@source.command()
@click.argument("name")
@domain
@alias
@letter
@json_option
@stored
def add(
    name: str,
    domains: Sequence[str],
    aliases: Sequence[str],
    letter: str | None,
    as_json: bool,
    db: str | None,
    server: str,
) -> int:
    """Register the outlet NAME."""

    async def work(services: "Services") -> int:
        made = await services.sources.add(server, name, domains=domains, aliases=aliases, letter=letter or "F")
        return _show([made], as_json)

    return run(db, work, as_json)


@source.command(name="list")
@json_option
@stored
def list_(as_json: bool, db: str | None, server: str) -> int:
    """List the outlets."""

    async def work(services: "Services") -> int:
        return _show(await services.sources.list(server), as_json)

    return run(db, work, as_json)


@source.command()
@click.argument("number", type=int)
@click.option("--name", help="Another name.")
@domain
@alias
@letter
@json_option
@stored
def edit(
    number: int,
    name: str | None,
    domains: Sequence[str],
    aliases: Sequence[str],
    letter: str | None,
    as_json: bool,
    db: str | None,
    server: str,
) -> int:
    """Change what is given of outlet NUMBER; given domains and aliases replace the old ones."""

    async def work(services: "Services") -> int:
        changed = await services.sources.edit(
            server, number, name=name, domains=domains or None, aliases=aliases or None, letter=letter
        )
        return _show([changed], as_json)

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
        return _show([gone], True) if as_json else 0

    return run(db, work, as_json)


def _show(sources: Sequence[Source], as_json: bool) -> int:
    if as_json:
        write_json({"sources": [document.source(s) for s in sources], "errors": []})
    elif not sources:
        complain("no source is registered here yet; add one with `corrobot source add NAME --domain DOMAIN`")
    else:
        rows = [(str(s.number), s.name, s.letter, ", ".join(s.domains), ", ".join(s.aliases)) for s in sources]
        write(page().table(("No.", "Outlet", "Letter", "Domains", "Also"), rows))
    return 0
