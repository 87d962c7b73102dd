"""Score the reading of figures on numbers judged twice: `python -m bench.quality.figures`.

`judged_figures.jsonl` holds one line a judge and number: the article, its offsets, and what two judges wrote who saw
neither the bot's answer nor each other's (values and labels, no text). A field counts as right where the bot's answer
is among those the judge would accept; the share against the stricter judge is the figure reported.
"""

import argparse
import json
import os
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from textblob.en.inflect import singularize

from bot.model import Article, Figure
from bot.services.engine import Engine

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("CORROBOT_EVAL_DATA", HERE.parents[2] / "shared"))
FIGURES = frozenset({"count", "money", "percent", "ratio", "measure", "score"})
# What the bot's words name too: an irregular past, and the lexicon's name of an event.
_SAME = {
    "fell": "fallen",
    "threw": "thrown",
    "went": "gone",
    "ran": "run",
    "accused": "charged",
    "indicted": "charged",
    "population": "inhabited",
    "housed": "inhabited",
    "home": "inhabited",
}
# No quantity either way: "the 112th Congress", "26th street", "one another".
_NAMES = frozenset({"ordinal", "identifier", "none"})


def judgements(part: str = "tuned") -> dict[tuple[str, int, int], dict[str, dict[str, Any]]]:
    """Return the verdicts by number (article, start, end) and judge."""
    found: dict[tuple[str, int, int], dict[str, dict[str, Any]]] = defaultdict(dict)
    for line in (HERE / "judged_figures.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["set"] != part:
            continue
        found[(row["doc"], row["start"], row["end"])][row["judge"]] = row
    return found


def read_all(docs: set[str]) -> dict[str, tuple[Article, list[Figure]]]:
    """Read the judged articles."""
    engine = Engine.load()
    out = {}
    for doc in sorted(docs):
        path = DATA / "clusters" / f"{doc}.txt"
        article = engine.article("a1", str(path), path.read_bytes())
        out[doc] = (article, list(engine.read(article).figures))
    return out


def at(figures: list[Figure], start: int, end: int) -> Figure | None:
    """Return what the bot read at a number: the narrowest span that covers it."""
    over = [(e - s, f) for f in figures for s, e in f.spans if s < end and start < e]
    return min(over, key=lambda p: p[0])[1] if over else None


def _close(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= 0.011 * max(abs(a), abs(b)) + 1e-9


def _stem(word: str) -> str:
    word = re.sub(r"[^a-z ]", "", word.lower()).strip()
    return singularize(word.split()[-1])[:6] if word else ""


def _name_words(label: str) -> set[str]:
    return {w for w in re.findall(r"[a-z]{3,}", label.lower()) if w not in {"the", "and", "county", "police", "city"}}


def _accepts(mine: str | None, labels: list[str]) -> bool:
    """Tell whether a label of ours is among those accepted: as a name, or by its words."""
    if not mine or not labels:
        return not mine and not labels
    low = mine.lower()
    return any(low in x.lower() or x.lower() in low or _name_words(mine) & _name_words(x) for x in labels)


def _right_value(f: Figure, v: dict[str, Any]) -> bool:
    if f.type == "measure":
        # Judges wrote the printed unit, the bot holds the base unit: scale by the number as printed.
        printed = re.search(r"\d[\d,]*(?:\.\d+)?", f.printed)
        scale = float(printed[0].replace(",", "")) / f.value if printed and f.value else None
        ends = [x for x in (v["low"], v["high"]) if x is not None]
        if scale is None:
            return (f.low is None) == (v["low"] is None) and (f.high is None) == (v["high"] is None)
        return all(_close(mine and mine * scale, x) for mine, x in ((f.low, v["low"]), (f.high, v["high"]))) or any(
            _close((f.value or 0) * scale, x) for x in ends if f.bound == v["bound"]
        )
    if f.type in {"percent", "ratio"}:
        return any(
            _close(f.low and f.low * k, v["low"]) and _close(f.high and f.high * k, v["high"]) for k in (1, 100, 0.01)
        )
    return _close(f.low, v["low"]) and _close(f.high, v["high"])


def grade(f: Figure | None, article: Article, v: dict[str, Any]) -> dict[str, bool]:
    """Return field by field whether the bot's answer is one the judge accepts."""
    kind = f.type if f is not None else "none"
    ago = kind == "date" and v["kind"] == "duration" and {"ago", "earlier"} & set(v["event"])
    verdict = {"kind": kind == v["kind"] or (kind in _NAMES and v["kind"] in _NAMES) or bool(ago)}
    if v["kind"] not in FIGURES:
        if kind in FIGURES:
            verdict["figure that is none"] = False
        return verdict
    if f is None or kind not in FIGURES:
        return {**verdict, "found": False}
    verdict["found"] = True
    verdict["value"] = _right_value(f, v)
    verdict["bound"] = f.bound == v["bound"]
    stems = {_stem(_SAME.get(w, w)) for label in v["event"] for w in (label, label.split()[0] if label.split() else "")}
    verdict["event"] = _stem(f.event or "") in stems if f.event else not v["event"]
    if f.event and v["event"] and not verdict["event"]:
        verdict["event"] = any(w in " ".join(v["event"]) for w in f.event.split() if len(w) > 3)
    groups = {_stem(w) for w in v["group"]}
    if v["kind"] == "count":
        own = _stem(f.group or ("people" if f.unit == "person" else ""))
        verdict["group"] = own in groups if own else not groups
        if not verdict["group"] and own == "people" and v.get("unit") == "person":
            verdict["group"] = f.group is None
        verdict["event+group"] = verdict["event"] and verdict["group"]
    verdict["place"] = _accepts(f.place or f.body, v["place"])
    verdict["voice"] = _accepts(f.voice, v["voice"])
    dates = [d for d in (f.as_of, *(f.period or ()), f.anchor, f.day, (article.published or "")[:10]) if d]
    verdict["as_of"] = (
        not f.as_of if not v["as_of"] else any(d.startswith(x) or x.startswith(d) for d in dates for x in v["as_of"])
    )
    verdict["status"] = f.status == v["status"]
    verdict["other_event"] = (f.anchor is not None) == v["other_event"]
    return verdict


def main() -> int:
    """Print the shares by field and judge, how the judges agree, and with --check what fell below a floor."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--show", metavar="FIELD", help="print each wrong one of a field")
    ap.add_argument("--held-out", action="store_true", help="the 136 numbers that nothing was tuned on")
    ap.add_argument("--check", action="store_true")
    args = ap.parse_args()
    if not (DATA / "clusters").is_dir():
        print(f"skipped: no measuring data in {DATA} (set CORROBOT_EVAL_DATA)")
        return 0
    part = "held out" if args.held_out else "tuned"
    verdicts = judgements(part)
    read = read_all({doc for doc, _, _ in verdicts})
    totals: dict[str, dict[str, Counter[bool]]] = defaultdict(lambda: defaultdict(Counter))
    for (doc, start, end), by in verdicts.items():
        article, figures = read[doc]
        f = at(figures, start, end)
        for judge, v in by.items():
            for name, right in grade(f, article, v).items():
                totals[name][judge][right] += 1
                if args.show == name and not right:
                    text = article.text
                    print(
                        f"{doc} {start} [{judge}] …{text[max(0, start - 90) : start]}⟦{text[start:end]}⟧{text[end : end + 60]}…".replace(
                            "\n", " "
                        )
                    )
                    print(
                        "     bot:",
                        f
                        and (
                            f.type,
                            f.low,
                            f.high,
                            f.bound,
                            f.event,
                            f.group,
                            f.subject,
                            f.place,
                            f.voice,
                            f.as_of,
                            f.status,
                            f.anchor,
                            f.role,
                        ),
                    )
                    print("   judge:", {k: x for k, x in v.items() if k not in {"doc", "start", "end", "judge"}})
    judges = sorted({j for by in verdicts.values() for j in by})
    print(f"\n{'field':22}" + "".join(f"{j:>14}" for j in judges) + f"{'stricter':>10}")
    strict: dict[str, float] = {}
    for name, of in totals.items():
        shares = {j: of[j][True] / sum(of[j].values()) for j in of}
        strict[name] = min(shares.values())
        row = "".join(f"{of[j][True]:5}/{sum(of[j].values()):<3}{shares.get(j, 0):6.1%}"[:14].rjust(14) for j in judges)
        print(f"{name:22}{row}{strict[name]:10.1%}")
    if len(judges) > 1:
        both = [by for by in verdicts.values() if len(by) == len(judges)]
        same = sum(len({v["kind"] for v in by.values()}) == 1 for by in both)
        print(f"judges agree on the kind of {same}/{len(both)}")
    if not args.check:
        return 0
    floors = json.loads((HERE / "baseline.json").read_text(encoding="utf-8"))[f"figures {part}"]
    wrong = [f"{k}: {strict[k]:.1%} is under {share:.0%}" for k, share in floors.items() if strict[k] < share]
    print("\n".join(wrong) if wrong else "all floors hold")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
