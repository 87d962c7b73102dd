"""Where output goes: data to standard output, everything else to standard error, one line for each error."""

import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from bot.model import CorrobotError
from bot.render import document
from bot.render.plain import WIDTH, Page

T = TypeVar("T")
FEWEST_FOR_BAR = 3


def write(text: str) -> None:
    """Write data; what the output cannot hold, such as half a surrogate pair, is written as an escape."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def write_json(document: dict[str, Any]) -> None:
    """Write one JSON document."""
    write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def page() -> Page:
    """Return the page that standard output is: colours only on a terminal, and not where NO_COLOR forbids them."""
    terminal = sys.stdout.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Page(min(140, max(50, shutil.get_terminal_size((WIDTH, 24)).columns)) if terminal else WIDTH, colour)


def along(items: Sequence[T]) -> Iterator[T]:
    """Give items one by one, with a bar on standard error where that is a terminal and there are several."""
    if len(items) < FEWEST_FOR_BAR or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(items, description="Reading")


def fail(error: CorrobotError, as_json: bool) -> int:
    """Report what stopped a command; in JSON, too, where JSON was asked for."""
    if as_json:
        write_json({"errors": [document.error(error)]})
    return report([error])


def complain(message: str) -> None:
    """Write one line for people to standard error."""
    sys.stderr.write("corrobot: " + one_line(message) + "\n")
    sys.stderr.flush()


def one_line(message: str) -> str:
    """Return a message without line breaks and without what a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in message).strip()


def report(errors: Iterable[CorrobotError]) -> int:
    """Write a line for each error; return the exit status they give together."""
    status = 0
    for error in errors:
        complain(error.message)
        status = max(status, 2 if error.code == "usage" else 1)
    return status


def hang_up() -> None:
    """Point standard output to nowhere: whoever read it has gone, and the interpreter will still flush it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
