"""Run the number grammar on two peers' own test cases (Recognizers-Text, quantulum3): `python -m bench.quality.peers`.

A case is right where every number (or interval) that the peer expects is read with its value. A case that is read
otherwise on purpose is counted apart, under the rule of `REASONS` that says why; `--show` prints each. An open low end
and 0 are one: nothing is counted below zero. An end of a range belongs to it here or not as its bound says, so only
the numbers are compared. quantulum3's value of a range is its middle.

quantulum3 and text2num run over the same cases where a Python has them (bench/quality/peer_tools.py); of them, as of
"of all", nothing is taken for different on purpose.
"""

import argparse
import json
import math
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.base import Knowledge
from bot.language.grammar import Grammar
from bot.language.identifiers import mask_identifiers
from bot.language.quantity import Quantity
from bot.resources import resource

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("CORROBOT_EVAL_DATA", HERE.parents[2] / "shared"))
FILES = ("NumberModel", "NumberRangeModel", "PercentModel", "CurrencyModel", "DimensionModel")
TOOLS = ("quantulum3", "text2num")


@dataclass(frozen=True, slots=True)
class Case:
    """A text and what its peer expects: spans with a value, or with the low and high end of an interval."""

    text: str
    wanted: tuple[tuple[int, int, float | None, float | None], ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A reading that differs on purpose: how a missed span (or its text) looks, what it was read as, and why."""

    name: str
    why: str
    span: str = ""
    text: str = ""
    types: frozenset[str] = frozenset()

    def holds(self, text: str, span: str, types: set[str]) -> bool:
        """Tell whether a missed span is one of these."""
        return (
            (not self.types or bool(self.types & types))
            and (not self.span or re.search(self.span, span, re.IGNORECASE) is not None)
            and (not self.text or re.search(self.text, text, re.IGNORECASE) is not None)
        )


REASONS = (
    Reason("two units", "years and months, metres and decimetres make one quantity", types=frozenset({"joined"})),
    Reason("ordinal", "a place in a row is typed as an ordinal, not as a count", types=frozenset({"ordinal"})),
    Reason("date", "dates, years and times are typed as such", types=frozenset({"date", "time", "year"})),
    Reason("identifier", "numbers of telephones, addresses and codes name; they count nothing",
           types=frozenset({"identifier"})),
    Reason("change", "\"rose from 44 to 50\" tells two levels, the former and the present, no range",
           span=r"\bto\b", text=r"\b(?:rose|reduced) from\b"),
    Reason("one more in a row", "\"a fifth\" is one more in a row unless \"of\" follows", span=r"^an? \w+(?:th|st)$"),
    Reason("article", "\"a gallon\", \"a dozen\": an article is no number, and a dozen is twelve",
           span=r"^(?:an? [a-z' ]+|a square dozen)$"),
    Reason("dash", "a dash between spaces parts clauses: \"fifty - two of them children - drowned\"",
           span=r"[a-z] - [a-z]"),
    Reason("mark apart", "a mark between spaces before a number is a list's or a dash, no minus", span=r"^- "),
    Reason("two signs", "two signs before one number are a slip", span=r"--\d"),
    Reason("letter apart", "a letter set apart from a plain number is no scale: \"10 k\" is a race, \"10 m\" a length",
           span=r"\d\s+[kM]$"),
    Reason("engineering prefix", "G for a billion is no English of news", span=r"\dG$|\d G$"),
    Reason("over", "\"2000 over 3 years\": after a larger number \"over\" says in the course of",
           span=r"^\d{4} over \d$"),
    Reason("comma", "one digit after a comma is the next of a list in English", span=r"^\d,\d$"),
    Reason("and after crores", "after a thousand or more \"and\" between figure and word may join two counts",
           span=r"^\d+ crore and "),
    Reason("old form", "\"twenty and three\" for 23 is not said today", span=r"^twenty and three and"),
    Reason("slip of grammar", "\"two out of five hundreds\" is a slip", span=r"out of \w+ hundreds"),
    Reason("compound denominator", "a fraction of hundreds in words has two readings and is never printed",
           span=r"hundred thirty fifths$|one thousand fifths$"),
    Reason("cents without a name", "a number after \"and\" whose own noun is another counts that noun",
           span=r"^one dollar and (?:one|two)$"),
    Reason("sign apart", "a sign belongs to the number behind it; one apart from its letter is no currency",
           span=r"^\d+ \$ \d+ cent$|^c \$ "),
    Reason("slang of money", "kuai and mao are no names that English news prints", span=r"\bkuai\b"),
    Reason("accounts", "brackets mean a minus in tables of accounts, an aside in prose", span=r"^\(.*\)$"),
    Reason("broken comparison", "a comparison without its end or with its number in the middle is a query, no sentence",
           span=r"or (?:more|less|greater) than$"),
    Reason("share", "\"2 in 5\" is one share, not a bound on 2", span=r"^more than 2$"),
)  # fmt: skip


def _number(text: str) -> float | None:
    m = re.match(r"^-?[\d.,]+(?:E[+-]?\d+)?", text.replace("%", "").strip())
    return float(m.group().replace(",", "")) if m else None


def _interval(text: str) -> tuple[float | None, float | None] | None:
    m = re.fullmatch(r"[(\[]([^,]*),([^,]*)[)\]]", text.strip())
    return (_number(m.group(1)), _number(m.group(2))) if m else None


def recognizers(name: str) -> Iterator[Case]:
    """Yield the cases of one file of Recognizers-Text that expect a number."""
    for case in json.loads((DATA / "peers" / f"recognizers-{name}.json").read_text(encoding="utf-8")):
        wanted = []
        for r in case["Results"]:
            text = str((r.get("Resolution") or {}).get("value") or "")
            ends = _interval(text) if "Range" in name else (_number(text),) * 2
            if ends is not None and ends != (None, None) and "Start" in r:
                wanted.append((r["Start"], r["End"] + 1, *ends))
        if wanted:
            yield Case(case["Input"], tuple(wanted))


def quantulum() -> Iterator[Case]:
    """Yield quantulum3's own cases."""
    for case in json.loads((DATA / "peers" / "quantulum3-quantities.json").read_text(encoding="utf-8")):
        wanted, at = [], 0
        for r in case["res"]:
            if r.get("value") is None:
                continue
            start = case["req"].find(r.get("surface") or "", at)
            start, end = (
                (start, start + len(r["surface"])) if start >= 0 and r.get("surface") else (0, len(case["req"]))
            )
            wanted.append((start, end, float(r["value"]), float(r["value"])))
        if wanted:
            yield Case(case["req"], tuple(wanted))


def _close(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return (a or 0.0) == (b or 0.0)
    return math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-12)


def _ends(q: Quantity) -> tuple[float | None, float | None]:
    """Return both ends in the unit that was printed."""
    low, high = ((None if x is None else (x - q.offset) / q.factor) for x in (q.low, q.high))
    return low, high


def _reads(q: Quantity, low: float | None, high: float | None, *, ranged: bool) -> bool:
    """Tell whether a quantity is what is wanted, as printed, in its base unit, or as a share in per cent."""
    mine = _ends(q)
    if ranged:
        return _close(mine[0], low) and _close(mine[1], high)
    values = [q.printed_value, q.value]
    if q.bound in {"range", "vague"}:
        values += [x for x in mine if x is not None]
        if mine[0] is not None and mine[1] is not None:
            values.append((mine[0] + mine[1]) / 2)
    if q.type == "ratio":
        values.append(q.value * 100)
    return any(_close(v, low) for v in values)


def judge(grammar: Grammar, case: Case, *, ranged: bool) -> tuple[str, str]:
    """Return "right", "wrong" or the name of the reason of a case, and what was missed."""
    dates, quantities = grammar.scan(case.text)
    misses, reasons = [], []
    for start, end, low, high in case.wanted:
        near = [q for q in quantities if q.start < end and start < q.end]
        if any(_reads(q, low, high, ranged=ranged) for q in near):
            continue
        span = case.text[start:end].strip()
        types: set[str] = {q.type for q in near} | {d.kind for d in dates if d.start < end and start < d.end}
        types |= {"joined" for q in near if q.rules[-1].endswith(".joined")}
        types |= {"identifier" for s, e, _ in mask_identifiers(case.text) if s < end and start < e}
        reasons.append(next((r.name for r in REASONS if r.holds(case.text, span, types)), "wrong"))
        misses.append((span, low, high, [(case.text[q.start : q.end], *_ends(q), q.type) for q in near]))
    if not misses:
        return "right", ""
    return "wrong" if "wrong" in reasons else reasons[0], f"{case.text[:110]!r}: {misses[:2]}"


def found_by(tool: str, texts: list[str]) -> list[list[float]] | None:
    """Return the numbers that another tool finds in each text, or None where it is not installed."""
    python = os.environ.get("CORROBOT_PEERS_PYTHON", sys.executable)
    command = [python, str(HERE / "peer_tools.py"), tool]
    run = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=False)
    found: list[list[float]] | None = None if run.returncode else json.loads(run.stdout)
    return found


def beside(tool: str, cases: list[Case], *, ranged: bool) -> int | None:
    """Return how many cases another tool reads with all their values, or None where it is not installed."""
    found = found_by(tool, [c.text for c in cases])
    if found is None:
        return None
    right = 0
    for case, values in zip(cases, found, strict=True):
        ends = [v for _, _, low, high in case.wanted for v in ({low, high} if ranged else {low}) if v is not None]
        right += all(any(_close(v, w) or _close(v * 100, w) for v in values) for w in ends)
    return right


def rows(grammar: Grammar, *, show: bool) -> Iterator[tuple[str, list[Case], Counter[str], bool]]:
    """Yield each file's name, cases, verdicts, and whether it holds intervals."""
    sources: list[tuple[str, list[Case]]] = [(f"Recognizers-Text {n}", list(recognizers(n))) for n in FILES]
    for name, cases in [*sources, ("quantulum3", list(quantulum()))]:
        verdicts: Counter[str] = Counter()
        ranged = "Range" in name
        for case in cases:
            verdict, miss = judge(grammar, case, ranged=ranged)
            verdicts[verdict] += 1
            if miss and show:
                print(f"  {verdict if verdict == 'wrong' else f'on purpose ({verdict})'}: {miss}")
        yield name, cases, verdicts, ranged


def main() -> int:
    """Print a line a file."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--show", action="store_true", help="print each case that is not right, and the reasons")
    ap.add_argument("--check", action="store_true", help="fail where a file is under its floor")
    args = ap.parse_args()
    if not (DATA / "peers").is_dir():
        print(f"skipped: no measuring data in {DATA} (set CORROBOT_EVAL_DATA)")
        return 0
    grammar = Grammar.make(Knowledge.load(resource("data")))
    floors = json.loads((HERE / "baseline.json").read_text(encoding="utf-8")).get("peers", {})
    reasons: Counter[str] = Counter()
    below = []
    head = f"{'peer cases':34}{'right':>6}{'wrong':>6}{'on purpose':>11}{'of figures':>11}{'of all':>8}"
    print(head + "".join(f"{t:>15}" for t in TOOLS))
    for name, cases, verdicts, ranged in rows(grammar, show=args.show):
        right, wrong = verdicts["right"], verdicts["wrong"]
        other = len(cases) - right - wrong
        share = right / max(1, right + wrong)
        reasons.update({k: v for k, v in verdicts.items() if k not in {"right", "wrong"}})
        shares = [beside(t, cases, ranged=ranged) for t in TOOLS]
        told = ["not installed" if s is None else f"{s / len(cases):.1%}" for s in shares]
        line = f"{name:34}{right:6}{wrong:6}{other:11}{share:11.1%}{right / len(cases):8.1%}"
        print(line + "".join(f"{t:>15}" for t in told))
        floor = floors.get(name, {})
        if right < floor.get("right", 0) or share < floor.get("of figures", 0.0):
            below.append(f"{name}: {right} right, {share:.1%} of figures, is under {floor}")
    if args.show:
        print("different on purpose:")
        for reason in REASONS:
            print(f"{reasons[reason.name]:5}  {reason.name}: {reason.why}")
    if args.check:
        print("\n".join(below) or "all floors hold")
    return bool(args.check and below)


if __name__ == "__main__":
    sys.exit(main())
