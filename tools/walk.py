"""Follow README and docs in an empty folder, word for word: run what they show, compare what it prints. `make walk`.

Needs Python and make, nothing else, and takes the packages from wherever pip is set up to find them. What is followed
are the blocks marked `console`: a line that begins with `$ ` is typed (it goes on after a back-slash, and with lines that
begin with `> `), what follows it is what must be printed, by standard output and standard error together. `[...]` stands for anything: alone on
a line for lines, within one for words. A command may only fail where the last line shown begins with `corrobot: `.

`--keep` leaves the folder; `--list` only prints the commands.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# In this order, in one shell, as somebody reads them; the README leads to the others.
PAGES = ("README.md", "docs/cli.md", "docs/members.md", "docs/operators.md", "docs/contributing.md")
MASK = "[...]"
# What pip says of its own surroundings is nobody's example.
_NEWLINE = "\n"
_NOISE = re.compile(r"^(?:WARNING: Location .* is ignored|WARNING: Running pip as the 'root' user|\[notice\]).*$")


@dataclass(frozen=True, slots=True)
class Example:
    """A command as it is typed, and what a page shows that it prints."""

    page: str
    line: int
    command: str
    shown: str

    @property
    def may_fail(self) -> bool:
        """Tell whether the page shows an error."""
        return (self.shown.splitlines() or [""])[-1].startswith("corrobot: ")


def examples(page: str, text: str) -> Iterator[Example]:
    """Yield the commands of a page in order."""
    lines = text.splitlines()
    inside = False
    command: list[str] = []
    shown: list[str] = []
    at = 0
    for number, line in enumerate([*lines, "```"], 1):
        if not inside:
            inside = line.strip() == "```console"
            continue
        ends = line.strip() == "```"
        if (ends or line.startswith("$ ")) and command:
            yield Example(page, at, "\n".join(command), "\n".join(shown).rstrip())
            command, shown = [], []
        if ends:
            inside = False
        elif line.startswith("$ "):
            command, at = [line[2:]], number
        elif command and not shown and (line.startswith("> ") or command[-1].endswith("\\")):
            command.append(line.removeprefix("> "))
        elif command:
            shown.append(line)
        else:
            raise ValueError(f"{page}:{number}: a console block begins with a command")


def fits(shown: str, printed: str) -> bool:
    """Tell whether what was printed is what a page shows."""
    clean = [line.rstrip() for line in printed.splitlines() if not _NOISE.match(line)]
    pattern = ""
    for line in shown.splitlines():
        if line.strip() == MASK:
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += r"[^\n]*".join(map(re.escape, line.rstrip().split(MASK))) + r"\n"
    return re.fullmatch(pattern + r"\n*", "".join(f"{line}\n" for line in clean)) is not None


class Shell:
    """One shell that is typed into; what it is told stays, such as a folder or an activated environment."""

    def __init__(self, folder: Path) -> None:
        # A make below this one's would say which folder it enters.
        foreign = ("CORROBOT_", "DISCORD_", "PYTHON", "VIRTUAL", "MAKE", "MFLAGS")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
        pythons = str(Path(sys.executable).parent)
        env = kept | {"PATH": f"{pythons}:/usr/bin:/bin", "TERM": "dumb", "COLUMNS": "100", "LC_ALL": "C.UTF-8"}
        # Byte code comes into being at the first import, not for all that is installed: a minute less. (pip reads this
        # variable the wrong way round: 0 means that nothing is compiled.)
        env["PIP_NO_COMPILE"] = "0"
        self._shell = subprocess.Popen(
            ["sh"], cwd=folder, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def type(self, command: str) -> tuple[int, str]:
        """Run a command; return its exit status and what it printed."""
        assert self._shell.stdin is not None and self._shell.stdout is not None
        mark = f"--{uuid.uuid4()}--"
        self._shell.stdin.write(f"{{ {command}\n}} </dev/null\nprintf '\\n{mark} %s\\n' $?\n".encode())
        self._shell.stdin.flush()
        lines: list[str] = []
        for raw in self._shell.stdout:
            line = raw.decode("utf-8", "replace")
            if line.startswith(mark):
                return int(line.split()[1]), "".join(lines).removesuffix("\n")
            lines.append(line)
        return 127, "".join(lines) + "(the shell has ended)"

    def close(self) -> None:
        """End it."""
        self._shell.kill()
        self._shell.communicate()


def tree(target: Path) -> None:
    """Copy what a clone would hold: the files that git knows, else all that are not made by running things."""
    made = shutil.ignore_patterns(
        ".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "coverage.db*", ".env", "out"
    )
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False) if _git() else None
    if listed is None or listed.returncode:
        shutil.copytree(ROOT, target, ignore=made)
        return
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


def _git() -> bool:
    return shutil.which("git") is not None and (ROOT / ".git").exists()


def walk(folder: Path) -> int:
    """Follow every page in a folder; return how many examples did not fit."""
    tree(folder / "corrobot")
    shell = Shell(folder / "corrobot")
    wrong = done = 0
    began = time.monotonic()
    try:
        for page in PAGES:
            for one in examples(page, (folder / "corrobot" / page).read_text(encoding="utf-8")):
                start = time.monotonic()
                status, printed = shell.type(one.command)
                good = fits(one.shown, printed) and (status == 0 or one.may_fail)
                done, wrong = done + 1, wrong + (not good)
                head = f"{'ok  ' if good else 'FAIL'} {time.monotonic() - start:5.1f} s  {page}:{one.line}"
                print(f"{head}  {one.command.splitlines()[0]}", flush=True)
                if not good:
                    print(f"--- shown (exit status {'any' if one.may_fail else 0})\n{one.shown}")
                    clean = [line for line in printed.splitlines() if not _NOISE.match(line)]
                    print(f"--- printed (exit status {status})\n{_NEWLINE.join(clean[-60:])}\n---", flush=True)
    finally:
        shell.close()
    took = time.monotonic() - began
    print(f"{done} commands, {wrong} not as shown, {took:.0f} s")
    return wrong + (done == 0)


def main() -> int:
    """Walk in a temporary folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", action="store_true", help="leave the folder and say where it is")
    parser.add_argument("--list", action="store_true", help="only print the commands")
    chosen = parser.parse_args()
    if chosen.list:
        for page in PAGES:
            for one in examples(page, (ROOT / page).read_text(encoding="utf-8")):
                print(f"{page}:{one.line}  {one.command}")
        return 0
    folder = Path(tempfile.mkdtemp(prefix="corrobot-walk-"))
    try:
        return int(walk(folder) > 0)
    finally:
        if chosen.keep:
            print(f"kept {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
