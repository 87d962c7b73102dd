"""Score comparing on the annotated clusters, and count what each step of the gate stopped: `python -m bench.quality.clusters`.

The scoring is that of shared/tools/score_clusters.py, run in this process so that the parser loads once. `--check`
holds the result against the floors of `baseline.json`; `--show` prints every miss and false alarm. `--set B` scores
another annotated set: pairs that readers who never saw the bot marked in clusters that came unlabelled
(`judged_clusters.jsonl`: articles, offsets and values, no text).
"""

import argparse
import importlib.util
import io
import json
import os
import sys
from collections import Counter
from contextlib import redirect_stdout
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.model import Comparison
from bot.services.engine import Engine

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("CORROBOT_EVAL_DATA", HERE.parents[2] / "shared"))
STEPS = ("event", "measure", "unit", "place", "group", "status", "time")


def compare_folder(engine: Engine, paths: list[Path]) -> Comparison:
    """Compare the articles of one folder as one story."""
    articles = [engine.article(f"a{n}", str(p), p.read_bytes()) for n, p in enumerate(paths, 1)]
    return engine.compare(articles, [engine.read(a) for a in articles])


def stopped(c: Comparison) -> Counter[str]:
    """Count the pairs of one measure that each step stopped, and those stopped because a field was unknown."""
    steps: Counter[str] = Counter()
    figures = {f.id: f for f in c.figures}
    for r in c.relations:
        if len(r.figures) != 2 or figures[r.figures[0]].event != figures[r.figures[1]].event:
            continue
        steps["pairs"] += 1
        if r.rule.startswith("gate."):
            steps[r.rule.removeprefix("gate.")] += 1
        if "does not say alike" in r.explanation or "no place of its own" in r.explanation:
            steps["unknown"] += 1
    return steps


def _load_tool() -> Any:
    spec = importlib.util.spec_from_file_location("score_clusters", DATA / "tools" / "score_clusters.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


def _home(folder: Path) -> Path:
    """Return where a cluster's articles lie: its own folder, else the heap of stories (set H)."""
    return folder if folder.is_dir() else DATA / "stories" / "texts"


def judged(name: str) -> list[dict[str, Any]]:
    """Return the clusters of an own set in the form of the shared tool, the quoted words taken from the articles."""
    rows = []
    for line in (HERE / "judged_clusters.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["set"] != name:
            continue
        for pair in (*row["conflicts"], *row["compatible"], *row["ambiguous"]):
            pair["topic"] = pair["kind"]
            for side in (pair["a"], pair["b"]):
                path = _home(DATA / "clusters" / "unlabelled" / row["cluster"]) / f"{side['doc']}.txt"
                side["text"] = path.read_text(encoding="utf-8")[side.pop("start") : side.pop("end")]
        rows.append(row)
    return rows


def score(show: bool = False, own: str | None = None) -> tuple[dict[str, Any], dict[str, Counter[str]]]:
    """Return the totals of the shared tool and, by cluster, what the gate stopped."""
    tool, engine = _load_tool(), Engine.load()
    gates: dict[str, Counter[str]] = {}

    def run(_bot: object, folder: Path, docs: list[str]) -> tuple[list[dict[str, Any]], int]:
        c = compare_folder(engine, [_home(folder) / f"{d}.txt" for d in docs])
        gates[folder.name] = stopped(c)
        texts = {a.id: a for a in c.articles}
        sides = {
            f.id: {
                "doc": Path(texts[f.article].input).stem,
                "low": f.low,
                "high": f.high,
                "printed": f.printed,
                "text": texts[f.article].text[f.sentence[0] : f.sentence[1]],
            }
            for f in c.figures
        }
        rows = [
            {"kind": r.kind, "flag": r.flag, "measure": r.measure, "sides": [sides[i] for i in pair]}
            for r in c.relations
            for pair in (combinations(r.figures, 2) if r.flag else [r.figures])
        ]
        return rows, len(c.figures)

    tool.run = run
    sys.argv = ["score_clusters.py", "--jobs", "1", "--json", *(["--show"] if show else [])]
    out = io.StringIO()
    with TemporaryDirectory() as folder, redirect_stdout(out):
        if own is not None:
            gold = Path(folder) / "gold.jsonl"
            gold.write_text("".join(json.dumps(row) + "\n" for row in judged(own)), encoding="utf-8")
            sys.argv += ["--clusters", str(DATA / "clusters" / "unlabelled"), "--gold", str(gold)]
        try:
            tool.main()
        except SystemExit as end:
            if end.code:
                raise
    lines = out.getvalue().splitlines()
    print("\n".join(lines[:-1]))
    return json.loads(lines[-1]), gates


def check(totals: dict[str, Any], floors: dict[str, Any]) -> list[str]:
    """Return the floors of the baseline that the totals fall below."""
    wrong = []
    for name, share in floors["at_least"].items():
        hit, of = totals[name]
        if of and hit / of < share:
            wrong.append(f"{name}: {hit}/{of} is under {share:.0%}")
    for name, share in floors["at_most"].items():
        hit, of = totals[name]
        if of and hit / of > share:
            wrong.append(f"{name}: {hit}/{of} is over {share:.0%}")
    if totals["flags"] / totals["clusters"] > floors["flags_a_cluster"]:
        wrong.append(f"{totals['flags'] / totals['clusters']:.1f} flags a cluster, at most {floors['flags_a_cluster']}")
    return wrong


def main() -> int:
    """Print the scores, the gate's table and, with --check, what fell below a floor."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--show", action="store_true")
    ap.add_argument("--check", action="store_true")
    ap.add_argument("--set", dest="own", metavar="NAME")
    args = ap.parse_args()
    if not (DATA / "truth").is_dir():
        print(f"skipped: no measuring data in {DATA} (set CORROBOT_EVAL_DATA)")
        return 0
    totals, gates = score(args.show, args.own)
    print(
        f"\n{'pairs of one measure, stopped by':34}{'pairs':>7}" + "".join(f"{s:>9}" for s in STEPS) + f"{'unknown':>9}"
    )
    whole: Counter[str] = Counter()
    for name, steps in gates.items():
        print(f"{name:34}{steps['pairs']:7}" + "".join(f"{steps[s]:9}" for s in STEPS) + f"{steps['unknown']:9}")
        whole.update(steps)
    print(f"{'all':34}{whole['pairs']:7}" + "".join(f"{whole[s]:9}" for s in STEPS) + f"{whole['unknown']:9}")
    if not args.check:
        return 0
    floors = json.loads((HERE / "baseline.json").read_text(encoding="utf-8"))[
        "clusters" if args.own is None else f"clusters {args.own}"
    ]
    wrong = check(totals, floors)
    if whole["pairs"] and whole["unknown"] / whole["pairs"] > floors["unknown_share"]:
        wrong.append(f"{whole['unknown']} of {whole['pairs']} pairs stopped for an unknown field")
    print("\n".join(wrong) if wrong else "all floors hold")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
