"""Score reading on single sentences of news: `python -m bench.quality.sentences [--show] [--check]`.

480 sentences in our own words, by three writers who never saw the bot, each quantity annotated with its value in the unit
as printed, its counted noun and what happened to it (`sentences.jsonl`). Two sets were read before rules were written;
nobody reads "held". A value is right where a figure on the same number has it within half a percent (of ranges, bounds
and vague words the low end); a figure on no annotated number counts against precision. quantulum3 and text2num run over
the same sentences where a Python has them (bench/quality/peer_tools.py): theirs is any number found in the sentence.
"""

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from textblob.en.inflect import singularize

from bench.quality.peers import TOOLS, found_by
from bot.model import Article, Figure
from bot.services.engine import Engine

HERE = Path(__file__).resolve().parent
# Of lengths of time only the annotated ones count: the others are told to have happened "40 years ago".
TYPES = frozenset({"count", "money", "percent", "ratio", "measure", "duration", "score"})
WITHIN = 0.005


def sentences() -> Iterator[dict[str, Any]]:
    """Yield the annotated sentences."""
    for line in (HERE / "sentences.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


class Units:
    """Factors to base units by the names that annotators wrote ("mile per hour")."""

    def __init__(self, engine: Engine) -> None:
        self._factors = {
            name.lower(): (float(factor), float(row.get("offset", 0.0)))
            for row in engine.knowledge.lexicon.rows("units", "unit")
            for name, factor in row["names"].items()
        }

    def base(self, unit: str, value: float | None) -> float | None:
        """Return a value in its base unit; of a unit that is not known as it is."""
        if unit.isupper():
            return value  # "GBP"
        head, _, tail = unit.lower().partition(" per ")
        plural = f"{'feet' if head == 'foot' else head + 's'}{' per ' + tail if tail else ''}"
        names = (unit.lower(), plural, head, f"{head}s", unit.lower().replace("degree", "degrees"))
        factor, offset = next((self._factors[n] for n in names if n in self._factors), (1.0, 0.0))
        return None if value is None else value * factor + offset


def close(one: float | None, two: float | None) -> bool:
    """Tell whether two values are one."""
    return one is not None and two is not None and math.isclose(one, two, rel_tol=WITHIN, abs_tol=1e-9)


def right(f: Figure, gold: dict[str, Any], units: Units) -> bool:
    """Tell whether a figure has the value that was annotated."""
    value, low, high = (units.base(gold["unit"], gold[k]) for k in ("value", "low", "high"))
    if value is None:
        return close(f.low, low) if low is not None else close(f.high, high)
    own = f.value
    if own is not None and f.type == "ratio" and gold["unit"] == "percent":
        own *= 100
    return close(own, value)


def names(f: Figure) -> set[str]:
    """Return the words that a figure names what it counts by, each also in the singular; a person stands for people."""
    words = {
        w for part in (f.group, f.event, f.measure, f.subject, *f.qualifiers) if part for w in part.lower().split()
    }
    return words | {str(singularize(w)) for w in words} | ({"person"} if f.unit == "person" else set())


def score(engine: Engine, *, show: bool) -> dict[str, Counter[str]]:
    """Return by set how many quantities there are, how many were found with their value and noun, and how many are none."""
    units, count = Units(engine), dict[str, Counter[str]]()
    for n, own in enumerate(sentences(), 1):
        c = count.setdefault(own["set"], Counter())
        text, at = own["text"], Counter[str]()
        figures = [f for f in engine.read(Article(f"a{n}", f"{n}.txt", text)).figures if f.type in TYPES]
        used: set[int] = set()
        for gold in own["quantities"]:
            start = text.index(gold["printed"], at[gold["printed"]])
            end = at[gold["printed"]] = start + len(gold["printed"])
            on = [i for i, f in enumerate(figures) if any(s < end and start < e for s, e in f.spans)]
            used.update(on)
            best = next((figures[i] for i in on if right(figures[i], gold, units)), None)
            c["quantities"] += 1
            c["found"] += bool(on)
            c["value"] += best is not None
            if best is not None and gold["noun"]:
                named = gold["noun"].lower().split()[-1] in names(best)
                c["with noun"] += 1
                c["noun"] += named
                if show and own["set"] != "held" and not named:
                    print(f"NOUN {gold['noun']}: {gold['printed']} is {best.group} {best.event} | {text}")
            if show and own["set"] != "held" and best is None:
                print(f"VALUE {gold['printed']}: {[(figures[i].printed, figures[i].value) for i in on]} | {text}")
        c["none"] += sum(i not in used and f.type != "duration" for i, f in enumerate(figures))
    return count


def main() -> int:
    """Print a line a set; the exit status tells whether the floors hold."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--show", action="store_true", help="print what was missed, but of the set that nobody reads")
    ap.add_argument("--check", action="store_true", help="fail where a share is under its floor")
    args = ap.parse_args()
    floors, kept = json.loads((HERE / "baseline.json").read_text(encoding="utf-8"))["sentences"], True
    print(
        f"{'set':6}{'quantities':>11}{'recall':>8}{'precision':>11}{'F1':>8}{'noun':>8}"
        + "".join(f"{t:>15}" for t in TOOLS)
    )
    for name, c in score(Engine.load(), show=args.show).items():
        recall, precision = c["value"] / c["quantities"], c["value"] / (c["found"] + c["none"])
        f1, noun = 2 * recall * precision / (recall + precision), c["noun"] / c["with noun"]
        own = [s for s in sentences() if s["set"] == name]
        told = []
        for tool in TOOLS:
            found = found_by(tool, [s["text"] for s in own])
            wanted = [
                (q["value"] if q["value"] is not None else q["low"], n)
                for n, s in enumerate(own)
                for q in s["quantities"]
            ]
            hit = sum(any(close(v, w) for v in found[n]) for w, n in wanted) if found is not None else 0
            told.append("not installed" if found is None else f"{hit / len(wanted):.1%}")
        print(
            f"{name:6}{c['quantities']:11}{recall:8.1%}{precision:11.1%}{f1:8.1%}{noun:8.1%}"
            + "".join(f"{t:>15}" for t in told)
        )
        kept &= f1 >= floors[name]["F1"] and noun >= floors[name]["noun"]
    return int(args.check and not kept)


if __name__ == "__main__":
    sys.exit(main())
