"""Measure the grouping of articles into stories: B-cubed and pairwise scores, one pass in several shuffled orders.

    python bench/quality/stories.py [--split train|dev] [--orders 3] [--data DIR]

DIR (default $CORROBOT_EVAL_DATA/stories, else ../shared/stories) holds stories.jsonl and texts/.
"""

import argparse
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.comparing import stories
from bot.model import Article
from bot.services.rarity import rarity


def load(folder: Path, split: str) -> list[tuple[Article, str]]:
    """Return the articles of a split, each with its story."""
    found = []
    for line in (folder / "stories.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["split"] == split:
            text = (folder / row["path"]).read_text(encoding="utf-8")
            article = Article(row["doc"], row["path"], text, published=row["date"], published_from="meta")
            found.append((article, row["story"]))
    return found


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
    }


def measure(articles: Sequence[tuple[Article, str]], orders: int) -> dict[str, float]:
    """Return the mean scores over some shuffled orders."""
    gold = {a.id: story for a, story in articles}
    total: Counter[str] = Counter()
    for seed in range(1, orders + 1):
        order = [a for a, _ in articles]
        random.Random(seed).shuffle(order)
        made = {a.id: n for n, story in enumerate(stories.group(order, rarity())) for a in story}
        total.update(score(made, gold))
    return {name: value / orders for name, value in total.items()}


def main() -> int:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", default="train", choices=("train", "dev"))
    parser.add_argument("--orders", type=int, default=3)
    parser.add_argument(
        "--data", type=Path, default=Path(os.environ.get("CORROBOT_EVAL_DATA", "../shared")) / "stories"
    )
    given = parser.parse_args()
    if not (given.data / "stories.jsonl").exists():
        print(f"no stories in {given.data}", file=sys.stderr)
        return 1
    articles = load(given.data, given.split)
    print(f"{given.split}: {len(articles)} articles, {len({s for _, s in articles})} stories, {given.orders} orders")
    for name, value in measure(articles, given.orders).items():
        print(f"  {name:<15} {value:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
