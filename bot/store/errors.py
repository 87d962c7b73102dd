"""The store's one error family, and what each SQLite failure means for the person who reads it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.model import CorrobotError


class StoreError(CorrobotError):
    """A failure of the store; `code` is usage or not_found where the person can mend it, else store."""


# By primary result code (https://www.sqlite.org/rescode.html); {path} is the store's file.
_MEANINGS: dict[int, str] = {
    sqlite3.SQLITE_FULL: "The disk that holds {path} is full. Free some space and try again; nothing was saved.",
    sqlite3.SQLITE_READONLY: "{path} can only be read. Give the bot the right to write to the file and its folder.",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened. Check that its folder exists and may be written to.",
    sqlite3.SQLITE_PERM: "{path} cannot be opened. Check that its folder exists and may be written to.",
    sqlite3.SQLITE_BUSY: "{path} is locked by another program. Close it, or try again when it is done.",
    sqlite3.SQLITE_LOCKED: "{path} is locked by another program. Close it, or try again when it is done.",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged. Restore the last copy made with `corrobot backup`.",
    sqlite3.SQLITE_NOTADB: "{path} is not a database. Point CORROBOT_DATABASE_URL to another file.",
    sqlite3.SQLITE_IOERR: "The disk that holds {path} reports an error. Check the disk, then run `corrobot doctor`.",
}


def explain(error: sqlite3.Error, path: Path) -> StoreError:
    """Turn an SQLite error into a sentence that says what to do."""
    # The low byte is the primary code, the rest refines it; misuse raised by Python itself carries none.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    meaning = _MEANINGS.get(code, "The store {path} failed ({error}). Run `corrobot doctor`.")
    return StoreError("store", meaning.format(path=path, error=error), str(path))


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Let nothing but StoreError out of a block that talks to SQLite."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path) from error
    except UnicodeEncodeError as error:
        # A lone surrogate, from a broken argument or a broken escape in JSON.
        raise StoreError("usage", "The text holds broken characters. Send it again as plain text.") from error
    except OverflowError as error:
        raise StoreError("not_found", "That number is too large to be the number of anything here.") from error


def read_only(path: Path) -> StoreError:
    """Say that the store may not be written to."""
    return StoreError("store", _MEANINGS[sqlite3.SQLITE_READONLY].format(path=path), str(path))


def missing(what: str, number: int) -> StoreError:
    """Say that a server has no such thing, whether or not another server has."""
    return StoreError("not_found", f"There is no {what} {number} here.", str(number))
