"""Measure what the 100,000th article costs beside the 1,000th: `python -m bench.growth_stories [--quick] [--keep FOLDER] [--check]`.

A store is filled with made-up reports (words as frequent as in English, invented names, some four reports an event) up
to 1,000 and up to 100,000 articles (--quick: 20,000). At each size new reports of known events are added and put into
stories by the product's own parts; what is timed is adding (with the full-text index), finding candidates in the
window that the desk uses and in the whole store, and placing (terms, candidates, likeness in the worker). No reading.
"""

import argparse
import asyncio
import itertools
import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.model import Article
from bot.services.desk import CANDIDATES, WINDOW, Desk
from bot.services.rarity import rarity, search_terms
from bot.services.worker import Analyser
from bot.store import Store

SERVER = "bench"
# Of the issue: candidates within 60 ms (p95), and the last article at most twice the 1,000th.
MOST_MS = 60.0
MOST_TIMES = json.loads((Path(__file__).parent / "quality" / "baseline.json").read_text("utf-8"))["growth"]["adding"]
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
Event = tuple[list[str], list[str]]
SYLLABLES = ("ka", "lo", "mir", "ten", "vos", "ru", "dal", "esh", "bo", "nin", "gar", "tha", "sel", "ou", "pra", "zin")


class Press:
    """Writes reports; the same seed writes the same."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        counts = rarity().counts
        self._words = sorted((w for w in counts if w.isalpha()), key=lambda w: (-counts[w], w))[:25_000]
        shares = list(itertools.accumulate(counts[w] for w in self._words))
        # Made once and shuffled among the reports: choosing every word anew would take longer than storing it.
        self._bodies = [
            self._random.choices(self._words, cum_weights=shares, k=self._random.randint(4, 20)) for _ in range(20_000)
        ]

    def name(self) -> str:
        """Return an invented name."""
        return "".join(self._random.choices(SYLLABLES, k=self._random.choice((2, 3, 3)))).capitalize()

    def event(self) -> Event:
        """Return the names and figures, and the telling words, of an event."""
        names = [self.name() for _ in range(6)] + [str(self._random.randint(2, 900))]
        return names, self._random.sample(self._words[300:], 25)

    def report(self, number: int, event: Event, words: int = 220) -> Article:
        """Return a report of an event."""
        pick = self._random
        names, telling = event
        sentences = []
        left = words
        while left > 0:
            body = [*pick.choice(self._bodies), *pick.choices(telling, k=2), *pick.choices(names, k=2)]
            pick.shuffle(body)
            sentences.append(" ".join(body).capitalize() + ".")
            left -= len(body)
        title = " ".join(pick.sample(names[:4], 2) + pick.sample(telling, 4))
        day = (BEGIN + timedelta(minutes=10 * number)).date().isoformat()
        return Article(
            f"a{number}", f"{number}.txt", " ".join(sentences), title, published=day, published_from="header"
        )


def title(event: Event) -> str:
    """Return the title of an event's story."""
    names, telling = event
    return " ".join((*names[:2], *telling[:4]))


async def fill(store: Store, press: Press, events: list[Event], to: int) -> None:
    """Add articles and their stories in bulk, with the product's triggers, until there are so many."""
    async with store.database.write() as handle:
        for start in range(1, to + 1, 1000):
            articles, seen, stories, inside = [], [], [], []
            for number in range(start, min(start + 1000, to + 1)):
                if len(events) < number / 4:
                    events.append(press.event())
                    told = title(events[-1])
                    stories.append((len(events), SERVER, len(events), told, told.casefold(), "", ""))
                which = max(0, len(events) - 1 - int(random.Random(number).expovariate(1 / 40)))
                a = press.report(number, events[which])
                articles.append(
                    (
                        SERVER,
                        number,
                        a.id,
                        a.input,
                        a.text,
                        a.title,
                        a.published,
                        "[]",
                        "en",
                        str(number),
                        str(number),
                        "",
                    )
                )
                seen.append((SERVER, number, number, ""))
                inside.append((SERVER, number, which + 1))
            await handle.many(
                "INSERT INTO articles (server, key, id, input, text, title, published, notes, language,"
                " raw_hash, text_hash, stored_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                articles,
            )
            await handle.many(
                "INSERT INTO visibility (server, number, article_key, added_at) VALUES (?, ?, ?, ?)", seen
            )
            await handle.many(
                "INSERT INTO stories (key, server, number, title, folded, created_at, touched_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                stories,
            )
            await handle.many("INSERT INTO story_articles (server, article_key, story_key) VALUES (?, ?, ?)", inside)
        for kind, many in (("article", to), ("story", len(events))):
            await handle.run("INSERT OR REPLACE INTO counters VALUES (?, ?, ?)", (SERVER, kind, many))


async def timed(work: Awaitable[object]) -> float:
    """Return how long it took, in milliseconds."""
    before = time.perf_counter()
    await work
    return (time.perf_counter() - before) * 1000


def at(times: list[float], share: float) -> float:
    """Return a percentile."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


async def probe(
    store: Store, desk: Desk, press: Press, events: list[Event], size: int, rounds: int, last: int
) -> dict[str, list[float]]:
    """Add and place new reports of late events, `last` the story of the last one; return times by what was done."""
    found: dict[str, list[float]] = {"add": [], "candidates": [], "whole store": [], "place": [], "add and place": []}
    right = 0
    for n in range(rounds):
        article = press.report(size + n, events[-1 - n % 60])
        before = time.perf_counter()
        added = await store.articles.add(
            SERVER, article, raw=article.text.encode(), by=None, now="2026-01-01T00:00:00+00:00"
        )
        found["add"].append((time.perf_counter() - before) * 1000)
        story = None

        async def place() -> None:
            nonlocal story
            story = await desk.place(SERVER, added.stored)  # noqa: B023

        found["place"].append(await timed(place()))
        found["add and place"].append(found["add"][-1] + found["place"][-1])
        right += story is not None and story.number == last - n % 60
        terms = await search_terms(article)
        search = store.search.candidates
        found["candidates"].append(await timed(search(SERVER, terms, newest=WINDOW, limit=CANDIDATES + 1)))
        found["whole store"].append(await timed(search(SERVER, terms, limit=CANDIDATES + 1)))
    print(f"  {right} of {rounds} reports found their story")
    return found


async def run(sizes: list[int], rounds: int, keep: Path | None = None) -> dict[int, dict[str, list[float]]]:
    """Fill a throw-away store of each size and measure; of a store that bench.growth kept, measure a copy."""
    results = {}
    # It fills its stores with what is here.
    from bench.growth import made

    async with Analyser() as analyser:
        await analyser.warm()
        for size in sizes:
            press, events = Press(7), list[Event]()
            with tempfile.TemporaryDirectory() as folder:
                before, file, last = time.perf_counter(), Path(folder) / "growth.db", 0
                if keep is not None:
                    kept = keep / f"growth-{size}.db"
                    last, events = await made(kept, size)
                    shutil.copyfile(kept, file)
                async with await Store.open(file) as store:
                    if keep is None:
                        await fill(store, press, events, size)
                        last = len(events)
                    print(f"{size} articles (made in {time.perf_counter() - before:.0f} s)", flush=True)
                    desk = Desk(store, analyser, lambda: datetime(2026, 1, 1, tzinfo=UTC))
                    results[size] = await probe(store, desk, press, events, size + 1, rounds, last)
            for what, times in results[size].items():
                print(f"  {what:14} p50 {at(times, 0.5):7.1f} ms   p95 {at(times, 0.95):7.1f} ms", flush=True)
    return results


def main() -> int:
    """Print the times and, with --check, what is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="20,000 articles instead of 100,000")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--keep", type=Path, help="take the stores that bench.growth keeps here, or make them")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--json", action="store_true", help="print the percentiles once more as JSON")
    given = parser.parse_args()
    sizes = [1_000, 20_000 if given.quick else 100_000]
    results = asyncio.run(run(sizes, given.rounds, given.keep))
    first, last = (results[size] for size in sizes)
    times = at(last["add and place"], 0.5) / at(first["add and place"], 0.5)
    print(f"adding and placing costs {times:.2f} times as much at {sizes[1]} as at {sizes[0]}")
    if given.json:
        print(json.dumps({s: {w: [at(t, 0.5), at(t, 0.95)] for w, t in r.items()} for s, r in results.items()}))
    wrong = [f"candidates p95 over {MOST_MS} ms"] if at(last["candidates"], 0.95) > MOST_MS else []
    wrong += [f"adding costs over {MOST_TIMES} times the 1,000th"] if times > MOST_TIMES else []
    print("\n".join(wrong))
    return bool(wrong) and given.check


if __name__ == "__main__":
    sys.exit(main())
