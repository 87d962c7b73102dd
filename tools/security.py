"""Look for weak spots: bandit over the program, each of its findings answered here, and pip-audit: `make security`.

A finding that no answer below covers, and an answer that covers none any more, end it with 1. pip-audit asks a database
of known weaknesses; where that cannot be reached it says so in a line, and nothing else is made of it.
"""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = "deploy/requirements.lock"
PATIENCE_S = 120
# By bandit's number of the test: where, and why it is no weakness. A folder stands for all files in it.
ANSWERS: dict[tuple[str, str], str] = {
    ("B101", "bot"): "an assert tells the type checker what is so; no input and no right is checked by one",
    ("B101", "cogs"): "as above; rights are checked by `Asked.demand_*`, which raise",
    ("B105", "bot/settings.py"): "no token, but the sentence that says what a token is",
    ("B406", "bot/ingest/opml.py"): "quoteattr writes XML; what reads it is lxml, without entities and network",
    ("B608", "bot/store"): "what is put together are constants of the module and marks for parameters; what people"
    " wrote is always a parameter (tests/store, bench.fuzz)",
}


def bandit() -> list[str]:
    """Return what is wrong: findings without an answer, answers without a finding."""
    command = [sys.executable, "-m", "bandit", "-q", "-r", "bot", "cogs", "-f", "json"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    results = json.loads(found.stdout)["results"]
    used: Counter[tuple[str, str]] = Counter()
    wrong = []
    for one in results:
        file = Path(one["filename"]).as_posix().removeprefix("./")
        answer = next(
            (key for key in ANSWERS if key[0] == one["test_id"] and f"{file}/".startswith(f"{key[1]}/")), None
        )
        if answer is None:
            wrong.append(f"{file}:{one['line_number']}: {one['test_id']} {one['issue_text']}")
        else:
            used[answer] += 1
    for (test, where), why in ANSWERS.items():
        print(f"{test} in {where}: {used[test, where]} found; {why}")
        if not used[test, where]:
            wrong.append(f"the answer to {test} in {where} covers nothing any more")
    return wrong


def audit() -> list[str]:
    """Return the known weaknesses of what is installed to run the program."""
    options = ["-r", LOCK, "--require-hashes", "--disable-pip", "--progress-spinner", "off", "-f", "json"]
    command = [sys.executable, "-m", "pip_audit", *options]
    try:
        found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
        told = json.loads(found.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError):
        print("pip-audit: its database does not answer here; nothing was looked up")
        return []
    looked = [one for one in told if "vulns" in one]
    print(f"pip-audit: {len(looked)} of {len(told)} packages looked up; its database does not know or reach the others")
    return [f"{one['name']} {one['version']}: {weak['id']}" for one in looked for weak in one["vulns"]]


def main() -> int:
    """Run both."""
    wrong = bandit() + audit()
    print("\n".join(wrong) or "nothing unanswered")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
