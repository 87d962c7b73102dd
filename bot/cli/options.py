"""Arguments and options that several commands share."""

from collections.abc import Callable
from typing import Any

import click

Command = Callable[..., Any]


def inputs(command: Command) -> Command:
    """Add the arguments and options that every command over inputs has."""
    command = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)
    command = click.option("--url", help="The address that one input came from.")(command)
    command = click.option("--published", help="The date of the inputs, such as 2022-03-23.")(command)
    command = click.option("--outlet", help="The outlet of the inputs.")(command)
    return click.argument("inputs", nargs=-1, metavar="INPUT...")(command)


def stored(command: Command) -> Command:
    """Add the options of every command that uses the store."""
    command = click.option("--server", default="local", help="The server to read and write for (default: local).")(
        command
    )
    return click.option("--db", metavar="URL", help="The store (default: CORROBOT_DATABASE_URL).")(command)


def as_json(command: Command) -> Command:
    """Add --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)


def check_inputs(names: tuple[str, ...], url: str | None) -> None:
    """Refuse no inputs, and one address for several."""
    if not names:
        raise click.UsageError("Give at least one INPUT: a file, a web address, or - for standard input.")
    if url is not None and len(names) > 1:
        raise click.UsageError("--url says where one input came from; give one INPUT with it.")
