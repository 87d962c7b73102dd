"""How the cost of comparing grows with a story: `python -m bench.comparing [--quick]`.

Made-up articles on one sinking, twelve figures each, from a seeded generator; one line a size with CPU-seconds, relations
and how much the process grew, and beside them what one article more costs when the story was compared before. Reading
is not timed.
"""

import argparse
import random
import resource
import sys
import time

from bot.model import Article
from bot.resources import collect_rarely, keep_loaded
from bot.services.engine import Engine

SIZES = (10, 50, 100, 200, 1000)
GOAL = 200
# So many articles come to a story one after the other: what one of them costs is their mean.
MORE = 3
VOICES = ("Police", "The governor", "The navy", "The mayor", "The Red Cross")
# Measured goal of issue "Comparing": 200 articles with 3,000 figures in 3 s and 300 MB.
MOST_S, MOST_MB = 3.0, 300


def article(n: int, rng: random.Random) -> Article:
    """Make one article of a story."""
    voice = rng.choice(VOICES)
    text = (
        f"A ferry sank off Lagos on Monday. {voice} said {rng.randint(12, 18)} people were killed and"
        f" {rng.randint(40, 45)} injured. More than {rng.randint(90, 140)} homes were damaged in Lagos."
        f" {rng.randint(2, 9)} children were rescued. The UN said at least {rng.randint(900, 1100)} people were displaced"
        f" in Nigeria. {voice} arrested {rng.randint(2, 6)} suspects. About {rng.randint(100, 300)} people were trapped."
        f" Ann Norton, {rng.randint(30, 33)}, was missing. The repair cost ${rng.randint(20, 30)} million."
        f" {rng.randint(3, 5)} boats were destroyed. {rng.randint(10, 20)} sailors were hospitalized."
    )
    day = f"2024-05-0{1 + n % 3}"
    return Article(f"a{n}", f"{n}.txt", text, outlet=f"Outlet {n % 60}", published=day, published_from="header")


def main() -> int:
    """Print the table; the exit status tells whether a story of up to 200 articles kept to its goal."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--quick", action="store_true", help="up to 50 articles")
    args = ap.parse_args()
    collect_rarely()
    engine, rng = Engine.load(), random.Random(3)
    sizes = SIZES[: 2 if args.quick else None]
    articles = [article(n, rng) for n in range(1, sizes[-1] + 1 + MORE)]
    readings = [engine.read(a) for a in articles]
    keep_loaded()
    print(
        f"{'articles':>9}{'figures':>9}{'relations':>11}{'findings':>10}{'CPU-s':>9}{'MB more':>9}{'one more':>10}{'share':>8}"
    )
    kept = True
    for size in sizes:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.process_time()
        c = engine.compare(articles[:size], readings[:size])
        seconds = time.process_time() - start
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        start = time.process_time()
        for n in range(size + 1, size + 1 + MORE):
            engine.compare(articles[:n], readings[:n])
        more = (time.process_time() - start) / MORE
        counted = sum(len(r.figures) for r in readings[:size])
        print(
            f"{size:9}{counted:9}{len(c.relations):11}{len(c.findings):10}{seconds:9.2f}{grown:9.0f}{more:10.2f}{more / seconds:8.0%}"
        )
        kept = kept and (size > GOAL or (seconds <= MOST_S and grown <= MOST_MB))
        engine = Engine.load()
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main())
