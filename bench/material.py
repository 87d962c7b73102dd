"""What is measured: news articles of some 500 words, and web pages, of the measuring data; else the seeds."""

import gzip
import os
from pathlib import Path

from bot.resources import resource

SHARED = Path(os.environ.get("CORROBOT_EVAL_DATA", "../shared"))
WORDS = 500


def article_files() -> list[tuple[str, bytes]]:
    """Return articles as files with header lines, cut to 500 words, cluster by cluster."""
    found = sorted((SHARED / "clusters" / "annotated").rglob("*.txt")) or sorted(resource("seeds").glob("*.txt"))
    return [(file.name, _cut(file.read_text("utf-8")).encode()) for file in found]


def pages(most: int) -> list[tuple[str, bytes]]:
    """Return web pages with their names; none where there is no measuring data."""
    found = sorted((SHARED / "pages").glob("*.html.gz"))[:most]
    return [(file.name.removesuffix(".gz"), gzip.decompress(file.read_bytes())) for file in found]


def _cut(text: str) -> str:
    head, gap, body = text.partition("\n\n")
    kept, left = [], WORDS
    for line in body.splitlines():
        words = line.split()
        kept.append(line if len(words) <= left else " ".join(words[:left]))
        left -= len(words)
        if left <= 0:
            break
    return head + gap + "\n".join(kept)
