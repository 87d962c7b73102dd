"""Score comparing on pairs of made-up articles, one figure of each told apart: `python -m bench.quality.contrast`.

Two articles tell one story; of one figure in each a writer who never saw the bot said whether the two conflict, whether
one is news after the other, or why they only look alike (`contrast.jsonl`, in our own words: some 240 pairs, a hundred
kinds of measure). Rules were written with the sets "dev1" and "dev2" in view; nobody reads "held". `--show` prints what
was missed and what was flagged wrongly; `--check` holds the shares against `baseline.json`.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from bot.model import Article, Comparison, Figure
from bot.services.engine import Engine

HERE = Path(__file__).resolve().parent
SIDES = ("a", "b")


def pairs(only: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield the pairs, of one set or of all."""
    for line in (HERE / "contrast.jsonl").read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        if only in (None, pair["set"]):
            yield pair


def compared(engine: Engine, pair: dict[str, Any]) -> Comparison:
    """Read and compare the two articles of a pair."""
    articles = [
        Article(
            f"a{n}",
            f"{pair['id']}{side}",
            f"{own['title']}\n{own['text']}",
            title=own["title"],
            outlet=own["outlet"],
            published=own["published"],
            published_from="header" if own["published"] else None,
        )
        for n, side in enumerate(SIDES, 1)
        for own in (pair[side],)
    ]
    return engine.compare(articles, [engine.read(a) for a in articles])


def marked(c: Comparison, pair: dict[str, Any]) -> list[set[str]]:
    """Return the ids of the figures that lie on the marked number, for each article; empty where it was not read.

    A headline's "47 arrested" above the marked "arrested 47 people" is the same number told twice.
    """
    found = []
    for article, side in zip(c.articles, SIDES, strict=True):
        quote = article.text.index(pair[f"quote_{side}"])
        start = quote + pair[f"quote_{side}"].index(pair[f"num_{side}"])
        end = start + len(pair[f"num_{side}"])
        own = [f for f in c.figures if f.article == article.id]
        told = {(f.type, f.event, f.value) for f in own if _on(f, start, end)}
        found.append({f.id for f in own if (f.type, f.event, f.value) in told})
    return found


def _on(f: Figure, start: int, end: int) -> bool:
    return any(s < end and start < e for s, e in (f.spans or ((f.start, f.end),)))


def judge(c: Comparison, pair: dict[str, Any]) -> tuple[bool, bool, int]:
    """Tell whether the marked pair was flagged, whether it was told as news, and how many other pairs were flagged."""
    first, second = marked(c, pair)
    flagged = news = False
    others = 0
    for r in c.relations:
        for one, other in combinations(r.figures, 2):
            own = (one in first and other in second) or (one in second and other in first)
            flagged |= own and r.flag
            news |= own and r.kind in ("update", "self_revision")
            others += r.flag and not own
    return flagged, news, others


def main() -> int:
    """Print a line a set and label; the exit status tells whether the floors hold."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--set", choices=("dev1", "dev2", "held"))
    ap.add_argument("--show", action="store_true")
    ap.add_argument("--check", action="store_true")
    args = ap.parse_args()
    engine = Engine.load()
    total, count = Counter[tuple[str, str]](), Counter[tuple[str, str, str]]()
    for pair in pairs(args.set):
        c = compared(engine, pair)
        flagged, news, others = judge(c, pair)
        key = pair["set"], pair["label"]
        total[key] += 1
        count[*key, "flagged"] += flagged
        count[*key, "news"] += news
        count[*key, "others"] += bool(others)
        if args.show and pair["set"] != "held" and (others or flagged != (pair["label"] == "conflict")):
            print(pair["id"], pair["label"], pair["family"], "| flagged" if flagged else "|", f"others {others}")
    floors, kept = json.loads((HERE / "baseline.json").read_text())["contrast"], True
    print(f"{'set':6}{'label':10}{'pairs':>6}{'flagged':>9}{'as news':>9}{'other flags':>13}")
    for (name, label), n in sorted(total.items()):
        own, told, more = (count[name, label, what] for what in ("flagged", "news", "others"))
        print(f"{name:6}{label:10}{n:6}{own:9}{told:9}{more:13}")
        floor = floors[name]
        if label == "conflict":
            kept &= own / n >= floor["conflicts"]
        else:
            kept &= (own + more) / n <= floor["false alarms"]
    return int(args.check and not kept)


if __name__ == "__main__":
    sys.exit(main())
