"""One bot for each store: a second one on the same file would answer twice and take the first one's work for left."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.store.errors import StoreError
from bot.store.location import locate, prepare


@contextmanager
def alone(url: str | Path) -> Iterator[None]:
    """Be the only bot on a store until the end of the block. Raises StoreError (refused) where another one runs.

    The lock is on a file beside the store, never on the store itself: it ends with the process, however that ends, and
    stops no command beside a running bot.
    """
    path = locate(url)
    prepare(path)
    mark = path.with_name(path.name + ".run")
    try:
        # A file of a bot that runs under another account cannot be opened, and that is an answer, too.
        file = os.open(mark, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError("refused", f"{mark} cannot be written ({error.strerror}).", str(mark)) from error
    try:
        if not _locked(file):
            other = os.read(file, 32).decode("ascii", "replace").strip() or "unknown"
            message = (
                f"Another bot runs on {path} (process {other}). Stop it first, or give this one a store of its own in"
                " CORROBOT_DATABASE_URL."
            )
            raise StoreError("refused", message, str(path))
        os.ftruncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(file)


if sys.platform == "win32":
    import msvcrt

    def _locked(file: int) -> bool:
        try:
            # A byte far behind the number, which the other process must be able to read.
            os.lseek(file, 1024, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(file, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _locked(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
