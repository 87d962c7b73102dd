"""The log: each line with the ids of what it is about, and above debug without a word that people wrote.

An exception's message may quote what was being read, so that of a traceback is left out unless the level is debug; where
it happened and what kind it is stays.
"""

import json
import logging
import sqlite3
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from bot.model import CorrobotError

Ids = Mapping[str, str | int]
_ABOUT: ContextVar[Ids] = ContextVar("about", default={})  # noqa: B039 (nobody writes into it)
# Their messages are this program's own, the system's, SQLite's: they quote no article.
_HARMLESS = (CorrobotError, OSError, sqlite3.Error)


@contextmanager
def about(**ids: str | int) -> Iterator[None]:
    """Have what is logged in the block, and in tasks that begin there, name these ids: server, article, job."""
    token = _ABOUT.set({**_ABOUT.get(), **ids})
    try:
        yield
    finally:
        _ABOUT.reset(token)


def from_here_on(**ids: str | int) -> None:
    """Have what is logged in the rest of this task name these ids."""
    _ABOUT.set({**_ABOUT.get(), **ids})


def where(error: BaseException) -> str:
    """Say what kind of exception it is and where it was raised, without its message."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno} in {frames[-1].name}" if frames else ""
    return f"{type(error).__name__}{place}"


class _Formatter(logging.Formatter):
    """What both forms share: how a traceback is told."""

    def __init__(self, form: str | None = None, *, whole: bool = False) -> None:
        super().__init__(form)
        self._whole = whole

    def told(self, error: BaseException) -> str:
        """Write an exception with those it came of."""
        lines = []
        if (before := error.__cause__ or (None if error.__suppress_context__ else error.__context__)) is not None:
            lines = [self.told(before), "which led to:"]
        lines += [line.rstrip() for line in traceback.format_tb(error.__traceback__)]
        message = f": {error}" if self._whole or isinstance(error, _HARMLESS) else ""
        return "\n".join([*lines, f"{type(error).__name__}{message}"])


class Json(_Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write time, level, logger, message, ids and, where there is one, the traceback."""
        line: dict[str, str | int] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_ABOUT.get(),
        }
        if record.exc_info and record.exc_info[1]:
            line["error"] = self.told(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


class Text(_Formatter):
    """One line for people, the ids behind it."""

    def __init__(self, *, whole: bool = False) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", whole=whole)

    def format(self, record: logging.LogRecord) -> str:
        """Write the line, and under it the traceback, where there is one."""
        record.message = record.getMessage()
        record.asctime = self.formatTime(record)
        ids = " ".join(f"{name}={value}" for name, value in _ABOUT.get().items())
        line = self.formatMessage(record) + (f" [{ids}]" if ids else "")
        return f"{line}\n{self.told(record.exc_info[1])}" if record.exc_info and record.exc_info[1] else line


def handler_for(form: str, level: str, stream: TextIO) -> logging.Handler:
    """Make what writes the log: `form` is json or text."""
    handler = logging.StreamHandler(stream)
    whole = level.upper() == "DEBUG"
    handler.setFormatter(Json(whole=whole) if form == "json" else Text(whole=whole))
    return handler
