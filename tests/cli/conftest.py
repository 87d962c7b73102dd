"""Run the program as people do: a process of its own, an empty home, a folder of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Done:
    """What a run gave."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Return the one JSON document on standard output."""
        return json.loads(self.out)


Run = Callable[..., Done]


def run_in(folder: Path, *arguments: str, input: bytes = b"", **environment: str) -> Done:
    """Run `python -m bot` in a folder; no setting of this machine reaches it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CORROBOT_", "DISCORD_"))}
    env = kept | {"HOME": str(folder), "PYTHONPATH": str(ROOT)} | environment
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments], cwd=folder, env=env, input=input, capture_output=True, timeout=100
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def run_all(
    folder: Path, commands: dict[str, tuple[str, ...]], inputs: dict[str, bytes] | None = None
) -> dict[str, Done]:
    """Run commands that do not disturb each other, two at a time."""
    given = inputs or {}
    with ThreadPoolExecutor(2) as pool:
        runs = {n: pool.submit(run_in, folder, *c, input=given.get(n, b"")) for n, c in commands.items()}
        return {name: run.result() for name, run in runs.items()}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the program in an empty folder."""

    def go(*arguments: str, input: bytes = b"", **environment: str) -> Done:
        return run_in(tmp_path, *arguments, input=input, **environment)

    return go
