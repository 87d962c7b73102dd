"""Work for the pool that dies, hangs or fails; imported by the worker process."""

import os
import struct
import sys
import time
from pathlib import Path

from bot.model import CorrobotError


def killed_once(mark: Path) -> str:
    """Hang the first time, telling the process id, and answer the second time."""
    if mark.exists():
        return "done"
    mark.with_suffix(".tmp").write_text(str(os.getpid()))
    mark.with_suffix(".tmp").rename(mark)
    time.sleep(60)
    return "never"


def dies() -> None:
    """End the process as a crash in C would."""
    os._exit(11)


def hangs() -> None:
    """Never return."""
    while True:
        time.sleep(1)


def pid() -> int:
    """Return the process id."""
    return os.getpid()


def niceness() -> int:
    """Return how nice the process is."""
    return os.nice(0)


def refuses() -> None:
    """Raise an error for people."""
    raise CorrobotError("not_an_article", "This is a menu; give a page with an article.", "menu.html")


class Odd(Exception):
    """An exception that cannot be made again from its arguments."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__("odd")


def breaks() -> None:
    """Raise what does not cross a process border."""
    raise Odd(1, 2)


def quotes(text: str) -> None:
    """Raise what quotes the text it was given, as many a library does."""
    raise ValueError(f"cannot read {text!r}")


def dies_in_mid_answer() -> None:
    """Begin to answer, as a process does that is killed while it writes, and end."""
    frame = sys._getframe()
    while "result_queue" not in frame.f_locals:
        assert frame.f_back is not None
        frame = frame.f_back
    frame.f_locals["result_queue"]._writer._send(struct.pack("!i", 1_000))
    os._exit(9)
