"""Measure page extraction on gold pages, beside trafilatura's default in the same run.

    python -m bench.quality.pages [FOLDER]      (default: $CORROBOT_EVAL_DATA/pages, else ../shared/pages)

FOLDER holds gold.json (id -> url, title, author, published, text) and ID.html.gz. Prints one table; exits with 1
where a floor or a ceiling is missed. Seconds are those of this process's own work on one core, whatever else runs.
"""

import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from statistics import mean

import trafilatura

from bot.ingest.boilerplate import Boilerplate
from bot.ingest.page import extract
from bot.model import CorrobotError

ROOT = Path(__file__).resolve().parents[2]
BASELINE = json.loads((Path(__file__).with_name("baseline.json")).read_text("utf-8"))["pages"]
FLOORS = {**BASELINE["at_least"], "pages/s": 8.0, "pages/s, command line": 8.0}
CEILINGS = {**BASELINE["below"], "slowest page, s": 5.0}


def words(text: str | None) -> list[str]:
    """Return the words of a text, lower case."""
    return re.findall(r"\w+", (text or "").lower())


def f1(found: str, gold: str) -> float:
    """Return the token F1 of a text against the gold text, tokens counted."""
    have, want = Counter(words(found)), Counter(words(gold))
    total = have.total() + want.total()
    return 2 * (have & want).total() / total if total else 1.0


def share(hits: list[bool]) -> float:
    """Return the share of hits."""
    return sum(hits) / len(hits) if hits else 0.0


def command_line(folder: Path, keys: Iterable[str]) -> float:
    """Return the pages a second of `corrobot extract` over all of them at once, its start included, in CPU seconds."""
    with tempfile.TemporaryDirectory() as unpacked:
        files = []
        for key in keys:
            files.append(Path(unpacked) / f"{key}.html")
            files[-1].write_bytes(gzip.decompress((folder / f"{key}.html.gz").read_bytes()))
        before = os.times()
        command = [sys.executable, "-m", "bot", "extract", *map(str, files), "--json"]
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return len(files) / spent


def main() -> int:
    """Measure, print, and compare with the floors."""
    default = Path(os.environ.get("CORROBOT_EVAL_DATA", ROOT.parent / "shared")) / "pages"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    lists = Boilerplate.load(ROOT / "data" / "lexicon")
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    ours: list[float] = []
    theirs: list[float] = []
    titles: list[bool] = []
    days: list[bool] = []
    stated: list[bool] = []
    named: list[bool] = []
    misnamed: list[bool] = []
    refused: list[str] = []
    seconds: list[float] = []
    their_seconds: list[float] = []
    # The first page pays for imports and word lists that every process loads once.
    extract(gzip.decompress((folder / f"{next(iter(gold))}.html.gz").read_bytes()), None, lists)
    for key, page in gold.items():
        data = gzip.decompress((folder / f"{key}.html.gz").read_bytes())
        began = time.process_time()
        default_text = trafilatura.extract(data, include_comments=False) or ""
        their_seconds.append(time.process_time() - began)
        theirs.append(f1(default_text, page["text"]))
        began = time.process_time()
        try:
            found = extract(data, page.get("url"), lists)
        except CorrobotError as error:
            seconds.append(time.process_time() - began)
            refused.append(f"{key} {error.code}: {error.message}")
            ours.append(0.0)
            continue
        seconds.append(time.process_time() - began)
        ours.append(f1(found.text, page["text"]))
        titles.append(words(found.title) == words(page["title"]))
        if page.get("published"):
            right = (found.published or "")[:10] == page["published"][:10]
            days.append(right)
            if found.published and found.published_from != "guess":
                stated.append(right)
        if page.get("author"):
            named.append(words(found.author) == words(page["author"]))
        else:
            misnamed.append(found.author is not None)
    measured = {
        "F1": mean(ours),
        "F1, trafilatura default": mean(theirs),
        "title": share(titles),
        "date": share(days),
        "date, where stated": share(stated),
        "author": share(named),
        "author named where there is none": share(misnamed),
        "pages/s": len(seconds) / sum(seconds),
        "pages/s, trafilatura default alone": len(their_seconds) / sum(their_seconds),
        "pages/s, command line": command_line(folder, gold),
        "slowest page, s": max(seconds),
    }
    for name, value in measured.items():
        print(f"{name:34} {value:8.4f}")
    print(*refused, sep="\n", end="\n" if refused else "")
    missed = [name for name, floor in FLOORS.items() if measured[name] < floor]
    missed += [name for name, ceiling in CEILINGS.items() if measured[name] >= ceiling]
    if measured["F1"] < measured["F1, trafilatura default"]:
        missed.append("F1, trafilatura default")
    print("missed:", ", ".join(missed) or "none")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
