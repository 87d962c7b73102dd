"""Measure the grouping of articles into stories, one at a time in shuffled orders: `python -m bench.quality.stories`.

    python -m bench.quality.stories [--sets train dev clusters] [--orders 10] [--check]

B-cubed scores (Bagga and Baldwin 1998) and pairwise ones, beside a one-pass TF-IDF grouping of the same orders. `train`
and `dev` are ECB+, where events come in pairs of one kind; `clusters` are the 73 stories of the clusters in one heap.
"""

import argparse
import json
import math
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.comparing.likeness import dot, likeness, profile, unit
from bot.comparing.stories import Grouping, Profile
from bot.model import Article
from bot.services.rarity import rarity

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("CORROBOT_EVAL_DATA", HERE.parents[2] / "shared"))
SETS = ("train", "dev", "clusters")
# Of the TF-IDF grouping: the threshold that is best on train.
TFIDF_JOIN = 0.2
Labelled = list[tuple[Article, str]]


def load(folder: Path, split: str) -> Labelled:
    """Return the articles of a split of ECB+, each with its story."""
    found = []
    for line in (folder / "stories.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["split"] == split:
            text = (folder / row["path"]).read_text(encoding="utf-8")
            article = Article(row["doc"], row["path"], text, published=row["date"], published_from="meta")
            found.append((article, row["story"]))
    return found


def load_clusters(folder: Path) -> Labelled:
    """Return the articles of all clusters, each with its cluster, made as the command line makes them."""
    from bot.services.engine import Engine

    engine = Engine.load()
    paths = sorted(folder.glob("*/*/*.txt"))
    return [(engine.article(f"{p.parent.name}/{p.stem}", str(p), p.read_bytes()), p.parent.name) for p in paths]


def score(made: Mapping[str, int], gold: Mapping[str, str]) -> dict[str, float]:
    """Return B-cubed and pairwise precision, recall and F1."""
    both = Counter((made[i], gold[i]) for i in gold)
    mine, theirs = Counter(made[i] for i in gold), Counter(gold.values())
    many = len(gold)
    precision = sum(n * n / mine[m] for (m, _), n in both.items()) / many
    recall = sum(n * n / theirs[g] for (_, g), n in both.items()) / many
    pairs = [sum(n * (n - 1) / 2 for n in c.values()) for c in (both, mine, theirs)]
    pair_precision, pair_recall = pairs[0] / max(1.0, pairs[1]), pairs[0] / max(1.0, pairs[2])
    return {
        "b3 precision": precision,
        "b3 recall": recall,
        "b3 f1": 2 * precision * recall / (precision + recall),
        "pair precision": pair_precision,
        "pair recall": pair_recall,
        "pair f1": 2 * pair_precision * pair_recall / max(1e-9, pair_precision + pair_recall),
    }


def ours(articles: Sequence[Article]) -> Callable[[Sequence[Article]], list[list[Article]]]:
    """Return the product's grouping; profiles and scores of pairs are kept over the orders."""
    profiles = {a.id: profile(a, rarity()) for a in articles}
    known: dict[tuple[int, int], float] = {}

    def kept(a: Profile, b: Profile) -> float:
        pair = (id(a), id(b)) if id(a) < id(b) else (id(b), id(a))
        if pair not in known:
            known[pair] = likeness(a, b)
        return known[pair]

    def run(order: Sequence[Article]) -> list[list[Article]]:
        grouping = Grouping(rarity(), score=kept, profiles=lambda a, _: profiles[a.id])
        for article in order:
            grouping.add(article)
        return grouping.stories()

    return run


def tfidf(articles: Sequence[Article]) -> Callable[[Sequence[Article]], list[list[Article]]]:
    """Return one-pass grouping by cosine with the mean of a story, frequencies from the whole set."""
    words = {a.id: Counter(re.findall(r"[a-z0-9]+", f"{a.title or ''} {a.text}".lower())) for a in articles}
    held = Counter(w for counted in words.values() for w in counted)
    rare = {w: math.log((1 + len(articles)) / n) for w, n in held.items()}
    vectors = {id: unit(counted, rare) for id, counted in words.items()}

    def run(order: Sequence[Article]) -> list[list[Article]]:
        made: list[list[Article]] = []
        sums: list[Counter[str]] = []
        for article in order:
            mine = vectors[article.id]
            found = [dot(mine, s) / math.sqrt(sum(x * x for x in s.values())) for s in sums]
            best = max(range(len(found)), key=found.__getitem__, default=-1)
            if best < 0 or found[best] < TFIDF_JOIN:
                made.append([])
                sums.append(Counter())
                best = len(made) - 1
            made[best].append(article)
            for word, weight in mine.items():
                sums[best][word] += weight  # type: ignore[assignment]
        return made

    return run


def measure(articles: Labelled, orders: int, way: Callable[[Sequence[Article]], list[list[Article]]]) -> dict[str, Any]:
    """Return the mean scores over some shuffled orders, with the lowest B-cubed F1 and pairwise precision."""
    gold = {a.id: story for a, story in articles}
    runs = []
    for seed in range(1, orders + 1):
        order = [a for a, _ in articles]
        random.Random(seed).shuffle(order)
        runs.append(score({a.id: n for n, story in enumerate(way(order)) for a in story}, gold))
    mean = {name: sum(run[name] for run in runs) / orders for name in runs[0]}
    return mean | {f"lowest {name}": min(run[name] for run in runs) for name in ("b3 f1", "pair precision")}


def check(found: Mapping[str, Mapping[str, float]], floors: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return the floors of the baseline that the scores fall below."""
    return [
        f"{name}: {what} {found[name][what]:.3f} is under {floor}"
        for name, wanted in floors.items()
        for what, floor in wanted.items()
        if name in found and found[name][what] < floor
    ]


def main() -> int:
    """Print the scores and, with --check, what fell below a floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", default=SETS, choices=SETS)
    parser.add_argument("--orders", type=int, default=10)
    parser.add_argument("--no-peer", action="store_true", help="leave out the TF-IDF grouping")
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    if not (DATA / "stories" / "stories.jsonl").exists():
        print(f"skipped: no measuring data in {DATA} (set CORROBOT_EVAL_DATA)")
        return 0
    found: dict[str, dict[str, float]] = {}
    for name in given.sets:
        articles = load_clusters(DATA / "clusters") if name == "clusters" else load(DATA / "stories", name)
        only = [a for a, _ in articles]
        print(f"{name}: {len(only)} articles, {len({s for _, s in articles})} stories, mean of {given.orders} orders")
        found[name] = measure(articles, given.orders, ours(only))
        peer = {} if given.no_peer else measure(articles, given.orders, tfidf(only))
        for what, value in found[name].items():
            print(f"  {what:<22} {value:.3f}" + (f"   one-pass TF-IDF {peer[what]:.3f}" if peer else ""), flush=True)
    if not given.check:
        return 0
    wrong = check(found, json.loads((HERE / "baseline.json").read_text(encoding="utf-8"))["stories"])
    print("\n".join(wrong) if wrong else "all floors hold")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
