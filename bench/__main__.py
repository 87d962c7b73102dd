"""Run every measurement, or with --quick its core in under a minute: `make bench`, `make bench-quick`."""

import subprocess
import sys

FULL: list[tuple[str, list[str]]] = [
    ("The labelled sets are those that the floors were measured on", ["bench.quality.data"]),
    ("Speed, memory and growth to 100,000 articles in one table", ["bench.speed", "--check"]),
    ("First answers at 200 interactions a minute, articles under way", ["bench.interactions", "--check"]),
    ("The event loop while articles are analysed, beside an idle loop", ["bench.loop"]),
    ("Reading: two peers' own number cases, against the floors", ["bench.quality.peers", "--check"]),
    ("Feeds: a hundred over two restarts, nothing lost, nothing twice", ["bench.feeds", "--check"]),
    ("Comparing: the annotated clusters, against the floors", ["bench.quality.clusters", "--check"]),
    ("Reading: sentences of news, values and nouns", ["bench.quality.sentences", "--check"]),
    ("Comparing: made-up pairs on a hundred kinds of measure", ["bench.quality.contrast", "--check"]),
    ("Reading: judged numbers that nothing was tuned on", ["bench.quality.figures", "--held-out", "--check"]),
    ("Policies: hand-coded death counts, against the known answers", ["bench.quality.policies"]),
    ("Stories: ECB+ and the clusters in one heap, beside TF-IDF", ["bench.quality.stories", "--check"]),
    (
        "Stories: what the 100,000th article costs beside the 1,000th",
        ["bench.growth_stories", "--keep", "build/growth", "--check"],
    ),
    ("Summaries beside LEAD-3 and sumy", ["bench.quality.summaries", "--check"]),
    ("Memory over 2,000 articles", ["bench.flat", "--articles", "2000"]),
    ("Extraction: 150 gold pages beside trafilatura", ["bench.quality.pages"]),
]
QUICK: list[tuple[str, list[str]]] = [
    ("Speed, memory and growth in one table", ["bench.speed", "--quick"]),
    ("Reading: two peers' own number cases, against the floors", ["bench.quality.peers", "--check"]),
]


def main() -> int:
    """Run them one after the other; the exit status tells whether one failed."""
    failed = 0
    for title, module in QUICK if "--quick" in sys.argv[1:] else FULL:
        print(f"\n== {title} (python -m {' '.join(module)})", flush=True)
        failed |= subprocess.run([sys.executable, "-m", *module], check=False).returncode
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
