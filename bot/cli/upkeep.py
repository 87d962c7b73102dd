"""`corrobot backup` and `corrobot doctor`."""

import asyncio
from typing import TYPE_CHECKING

import click

from bot.cli.options import as_json as json_option
from bot.cli.output import complain, fail, page, write, write_json
from bot.cli.stored import run
from bot.model import CorrobotError

if TYPE_CHECKING:
    from bot.services.all import Services
    from bot.services.health import Check

db_option = click.option("--db", metavar="URL", help="The store (default: CORROBOT_DATABASE_URL).")


@click.command()
@click.argument("path", type=click.Path(dir_okay=False))
@db_option
@json_option
def backup(path: str, db: str | None, as_json: bool) -> int:
    """Write a consistent copy of the store to PATH, also while the bot runs."""
    from bot.services.health import store_exists
    from bot.settings import load_settings

    url = load_settings(CORROBOT_DATABASE_URL=db).database_url
    try:
        if not store_exists(url):
            raise CorrobotError("not_found", f"{url} does not exist; there is nothing to copy", url)
    except CorrobotError as error:
        return fail(error, as_json)

    async def work(services: "Services") -> int:
        await services.store.backup(path)
        if as_json:
            write_json({"path": path, "errors": []})
        else:
            complain(f"copied {url} to {path}")
        return 0

    return run(db, work, as_json)


@click.command()
@click.option("--invite", is_flag=True, help="Print the link that brings the bot into a server, and why it asks what.")
@db_option
@json_option
def doctor(invite: bool, db: str | None, as_json: bool) -> int:
    """Check settings, store, word lists, fonts and whether Discord can be reached."""
    from bot.services.health import Check, examine
    from bot.settings import load_settings

    if invite:
        return _invite(as_json)

    checks: list[Check] = []
    try:
        settings = load_settings(CORROBOT_DATABASE_URL=db)
    except CorrobotError as error:
        # Without settings it is not known what to check.
        checks.append(Check("settings", "problem", error.message))
    else:
        checks.append(Check("settings", "ok", "every setting has a possible value"))
        token = settings.discord_token.get_secret_value() if settings.discord_token else None
        checks += asyncio.run(examine(settings.database_url, settings.discord_api_url, token))
    failed = any(c.verdict == "problem" for c in checks)
    if as_json:
        rows = [{"name": c.name, "verdict": c.verdict, "detail": c.detail} for c in checks]
        write_json({"checks": rows, "ok": not failed, "errors": []})
    else:
        write(_report(checks))
    return 1 if failed else 0


def _invite(as_json: bool) -> int:
    from bot.services.invite import PERMISSIONS, invitation
    from bot.settings import load_settings

    try:
        settings = load_settings()
        token = settings.discord_token.get_secret_value() if settings.discord_token else None
        made = asyncio.run(invitation(settings.discord_api_url, token))
    except CorrobotError as error:
        return fail(error, as_json)
    if as_json:
        asked = [{"name": p.name, "why": p.why} for p in PERMISSIONS]
        told = {"url": made.url, "application": made.application, "permissions": asked}
        write_json({**told, "message_content": made.content, "errors": []})
        return 0
    write(made.url + "\n\n" + page().table(("Permission", "For"), [(p.name, p.why) for p in PERMISSIONS]))
    content = {
        True: "The Message Content Intent is on: moderators may name channels to listen in.",
        False: "The Message Content Intent is off: mentions and menus work, listening in channels does not.",
        None: "Discord could not be asked about the Message Content Intent.",
    }
    write("\n" + page().wrap(content[made.content]))
    return 0


def _report(checks: "list[Check]") -> str:
    paper = page()
    marks = {"ok": "ok     ", "note": "note   ", "problem": "PROBLEM"}
    parts = []
    for c in checks:
        line = paper.wrap(f"{c.name}: {c.detail}", " " * 9, f"{marks[c.verdict]}  ")
        parts.append(paper.flag(line.rstrip("\n")) + "\n" if c.verdict == "problem" else line)
    return "".join(parts)
