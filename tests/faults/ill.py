"""Work for the pool that asks for more than there is, and processes that hold or fill what the bot needs."""

import asyncio
import ctypes
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOLD = """
import sqlite3, sys
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""
PR_CAPBSET_DROP, DAC_OVERRIDE, DAC_READ_SEARCH = 24, 1, 2


def hoards() -> int:
    """Ask for 8 GiB."""
    return len(bytearray(8 << 30))


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Hold the lock of a database in another process until the end of the block."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdin is not None and holder.stdout is not None
    with holder:
        assert holder.stdout.readline() == "held\n"
        try:
            yield
        finally:
            holder.stdin.close()


def without_privilege() -> None:
    """Give up, in a new process, what lets an administrator write to files that are read-only."""
    libc = ctypes.CDLL(None)
    for capability in (DAC_OVERRIDE, DAC_READ_SEARCH):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def own_disks() -> bool:
    """Tell whether a process may have disks of its own here."""
    tool = shutil.which("unshare")
    return tool is not None and subprocess.run([tool, "-rm", "true"], check=False).returncode == 0


async def bot(folder: Path, *arguments: str, plain: bool = False) -> tuple[int, str, str]:
    """Run a command in a folder; return exit status, standard output and standard error. `plain` has no privilege."""
    env = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "PYTHONPATH": str(ROOT), "DISCORD_TOKEN": "x.y.z"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=folder,
        env=env | {"CORROBOT_DATABASE_URL": "sqlite:///coverage.db", "DISCORD_API_URL": "http://127.0.0.1:9"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=without_privilege if plain else None,
    )
    out, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()
