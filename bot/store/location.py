"""Where the store is: the address in CORROBOT_DATABASE_URL as a path."""

import os
from pathlib import Path

from bot.store.errors import StoreError, read_only

_SCHEME = "sqlite:///"


def locate(url: str | Path) -> Path:
    """Give the path that an address names: `sqlite:///x` from the working folder, `sqlite:////x` from the root."""
    if isinstance(url, Path):
        return url.expanduser().absolute()
    name = url.removeprefix(_SCHEME)
    if not url.startswith(_SCHEME) or not name:
        raise _wrong(url, "is not the address of an SQLite file")
    if name.startswith((":memory:", "file:")):
        raise _wrong(url, "names no file, and the store needs one")
    if "?" in name or "\0" in name:
        raise _wrong(url, "has options, which are not supported")
    return Path(name).expanduser().absolute()


def prepare(path: Path) -> None:
    """Make the missing folders and the file, readable by its owner only: it holds texts that people pasted."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise _wrong(str(path), f"cannot be written to ({error.strerror})") from error
    if not path.is_file():
        raise _wrong(str(path), "is not a file")
    if not os.access(path, os.W_OK):
        # SQLite would notice as well, but leave files beside it that stay read-only when this one is no longer so.
        raise read_only(path)


def _wrong(url: str, what: str) -> StoreError:
    right = (
        "sqlite:///data/coverage.db (from the working folder) or sqlite:////srv/corrobot/coverage.db (from the root)"
    )
    return StoreError("usage", f"CORROBOT_DATABASE_URL: {url!r} {what}. Write it like {right}.", url)
