"""List the copies found in the measuring stories, for reading: `python -m bench.quality.copies [--show]`.

Nobody has marked the copies of these stories: the figure that counts, how many of those found are copies, comes from
reading what `--show` prints. Without it only the number is printed, and the share of words that the weakest pair has.
"""

import argparse
import os
from pathlib import Path

from bot.comparing.copies import Agencies, containment, copies, shingles
from bot.services.engine import Engine

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("CORROBOT_EVAL_DATA", HERE.parents[2] / "shared"))


def main() -> int:
    """Print what was found."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--show", action="store_true")
    show = ap.parse_args().show
    if not (DATA / "clusters").is_dir():
        print(f"skipped: no measuring data in {DATA} (set CORROBOT_EVAL_DATA)")
        return 0
    engine = Engine.load()
    agencies = Agencies.make(engine.knowledge.lexicon)
    read, shares = 0, []
    for folder in sorted(p for p in (DATA / "clusters").glob("*/*") if p.is_dir()):
        articles = [engine.article(p.stem, str(p), p.read_bytes()) for p in sorted(folder.glob("*.txt"))]
        read += len(articles)
        by_id = {a.id: a for a in articles}
        for id, origin in copies(articles, agencies).items():
            one, other = by_id[id], by_id[origin]
            share = containment(shingles(one.text), shingles(other.text))
            shares.append(share)
            if show:
                print(f"{share:.2f} {folder.name}/{id} ({one.outlet}) copies {origin} ({other.outlet})")
    print(f"{len(shares)} of {read} articles copy another; the least share of words is {min(shares, default=0):.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
