"""Run the number grammar on two peers' own test cases (Recognizers-Text, quantulum3): `python -m bench.quality.peers`.

A case is right where every number that the peer expects is read with its value. What the grammar types as something
else on purpose (ordinals, dates, parts of addresses) counts as different, not as right.
"""

import argparse
import json
import math
import os
import re
import sys
from pathlib import Path
from typing import Any

from bot.knowledge.base import Knowledge
from bot.language.grammar import Grammar
from bot.resources import resource

DATA = Path(os.environ.get("CORROBOT_EVAL_DATA", Path(__file__).resolve().parents[3] / "shared"))
FILES = ("NumberModel", "NumberRangeModel", "PercentModel", "CurrencyModel", "DimensionModel")


def _expected(results: list[dict[str, Any]]) -> list[tuple[int, int, float]]:
    found = []
    for r in results:
        text = str((r.get("Resolution") or {}).get("value") or "")
        m = re.match(r"^-?[\d.,]+(?:E[+-]?\d+)?", text.replace("%", "").strip())
        if m and "Start" in r:
            found.append((r["Start"], r["End"] + 1, float(m.group().replace(",", ""))))
    return found


def recognizers(grammar: Grammar, name: str, show: bool) -> tuple[int, int, int]:
    """Return how many cases of one file are right, wrong and different on purpose."""
    right = wrong = other = 0
    for case in json.loads((DATA / "peers" / f"recognizers-{name}.json").read_text(encoding="utf-8")):
        expected = _expected(case["Results"])
        if not expected:
            continue
        text = case["Input"]
        dates, quantities = grammar.scan(text)
        misses = []
        typed = False
        for start, end, value in expected:
            near = [q for q in quantities if q.start < end and start < q.end]
            values = {v for q in near for v in (q.value / q.factor, q.value, q.low, q.high) if v is not None}
            values |= {v * 100 for v in list(values)}
            if not any(math.isclose(v, abs(value), rel_tol=1e-6) for v in values):
                misses.append((text[start:end], value, [(text[q.start : q.end], q.value, q.type) for q in near]))
                typed = (
                    typed
                    or any(q.type in {"ordinal", "identifier", "score", "ratio", "age", "year"} for q in near)
                    or any(d.start < end and start < d.end for d in dates)
                )
        right += not misses
        other += bool(misses) and typed
        wrong += bool(misses) and not typed
        if misses and show:
            print(f"  {'different' if typed else 'WRONG'}: {text[:110]!r}: {misses[:2]}")
    return right, wrong, other


def quantulum(grammar: Grammar, show: bool) -> tuple[int, int]:
    """Return how many of quantulum3's own cases are right and wrong, by value."""
    right = wrong = 0
    for case in json.loads((DATA / "peers" / "quantulum3-quantities.json").read_text(encoding="utf-8")):
        _, quantities = grammar.scan(case["req"])
        values = {v for q in quantities for v in (q.value / q.factor, q.value, q.low, q.high) if v is not None}
        values |= {v / q.factor for q in quantities for v in (q.low, q.high) if v is not None}
        wanted = [abs(r["value"]) for r in case["res"] if r.get("value") is not None]
        missed = [w for w in wanted if not any(math.isclose(v, w, rel_tol=1e-4) for v in values)]
        right += not missed
        wrong += bool(missed)
        if missed and show:
            print(f"  WRONG: {case['req'][:110]!r}: {missed}")
    return right, wrong


def main() -> int:
    """Print a line a file."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--show", action="store_true")
    args = ap.parse_args()
    if not (DATA / "peers").is_dir():
        print(f"skipped: no measuring data in {DATA} (set CORROBOT_EVAL_DATA)")
        return 0
    grammar = Grammar.make(Knowledge.load(resource("data")))
    print(f"{'peer cases':36}{'right':>7}{'wrong':>7}{'different':>11}{'right of figures':>18}")
    for name in FILES:
        right, wrong, other = recognizers(grammar, name, args.show)
        print(f"Recognizers-Text {name:19}{right:7}{wrong:7}{other:11}{right / max(1, right + wrong):18.1%}")
    right, wrong = quantulum(grammar, args.show)
    print(f"{'quantulum3':36}{right:7}{wrong:7}{0:11}{right / max(1, right + wrong):18.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
