"""Coverage end to end: real texts, the real pool, a real file."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web

from bot.ingest.fetch import Fetcher
from bot.model import CorrobotError
from bot.services.coverage import Coverage
from bot.services.exports import COLUMNS, Exports, safe
from bot.services.sources import Sources
from bot.services.worker import Analyser
from bot.store import Store

from .articles import FROST, GERMAN, HERALD, POST, TIMES
from .conftest import Clock

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_first_article_is_alone_and_the_next_ones_join_its_story(coverage: Coverage) -> None:
    first = await coverage.add_text("s", HERALD, by="7")
    assert (first.created, first.revised, first.stored.number, first.stored.added_by) == (True, False, 1, "7")
    assert first.story is not None
    assert first.story.title == "Ferry sinks off Vostmark"
    assert first.remarks == ("There is no other coverage of this story yet.",)
    assert first.reading is not None
    assert [f.printed for f in first.reading.figures if f.event == "killed"] == ["12"]
    assert first.summary[0].text.startswith("The ferry Selma Lund sank off Vostmark")
    other = await coverage.add_file("s", "frost.txt", FROST.encode())
    assert other.story is not None
    assert other.story.number == 2
    second = await coverage.add_text("s", TIMES)
    assert second.story is not None
    assert (second.story.number, second.story.articles, second.remarks) == (1, 2, ())
    assert second.comparison is not None
    [flag] = [f for f in second.comparison.findings if f.flag]
    assert flag.kind == "conflict"
    quoted = {f.article: f.printed for f in second.comparison.figures if any(f.id in s.figures for s in flag.sides)}
    assert quoted == {"a1": "12", "a3": "18"}
    for f in second.comparison.figures:
        assert second.comparison.article(f.article).text[f.start : f.end] == f.printed
    again = await coverage.add_text("s", HERALD)
    assert (again.created, again.stored.number) == (False, 1)
    assert [s.number for s in await coverage.stories("s")] == [1, 2]
    assert [s.number for s in await coverage.stories("s", "ferry")] == [1]
    assert await coverage.stories("elsewhere") == []


async def test_flags_checks_searches_and_summaries(coverage: Coverage) -> None:
    for text in (HERALD, TIMES, FROST):
        await coverage.add_text("s", text)
    [flag] = await coverage.flags("s")
    assert (flag.story.number, flag.finding.kind) == (1, "conflict")
    assert await coverage.flags("s", 1) == [flag]
    assert await coverage.flags("s", 2) == []
    with pytest.raises(CorrobotError, match="There is no story 9 here"):
        await coverage.flags("s", 9)
    checked = await coverage.check("s", "The Selma Lund sank off Vostmark and 25 people were killed.")
    [story] = checked.stories
    assert story.story.number == 1
    assert {r.kind for r in story.comparison.relations} == {"conflict"}
    named = {f.article for f in story.comparison.figures}
    assert named == {"a1", "a2", "text"}
    assert {a.id for a in story.comparison.articles} == named
    assert (await coverage.check("s", "It sank.")).remarks == ("No figure was found in this text.",)
    nothing = await coverage.check("s", "In Quito 3 dogs were rescued.")
    assert nothing.remarks == ("No stored coverage speaks of this.",)
    with pytest.raises(CorrobotError, match="no text to check"):
        await coverage.check("s", " \n")
    figures = await coverage.figures("s", "killed vostmark")
    assert [f.figure.printed for f in figures][:2] == ["18", "12"] or {f.figure.printed for f in figures} >= {
        "12",
        "18",
    }
    assert [f.figure.printed for f in await coverage.figures("s", "apricots zeppelin")] == ["40 percent"]
    found = await coverage.search("s", "lighthouse rock")
    assert {a.stored.number for a in found.articles} == {1, 2}
    one = await coverage.summary("s", article=1, sentences=1)
    assert (one.story, [s.article for s in one.sentences]) == (None, ["a1"])
    both = await coverage.summary("s", story=1)
    assert both.story is not None
    for s in both.sentences:
        stored = next(a for a in both.articles if f"a{a.number}" == s.article)
        assert stored.article.text[s.start : s.end] == s.text
    with pytest.raises(CorrobotError, match="Name a story or an article"):
        await coverage.summary("s")
    chart = await coverage.chart(await coverage.story("s", 1))
    assert chart.png.startswith(b"\x89PNG")
    assert "Harbour Herald" in chart.alt


async def test_the_title_of_a_growing_story_is_its_most_central_headline(coverage: Coverage) -> None:
    for text in (TIMES.replace("Many dead as ferry Selma Lund goes down", "A night of tears"), POST, HERALD):
        view = await coverage.add_text("s", text)
    assert view.story is not None
    assert (view.story.articles, view.story.title) == (3, "Ferry sinks off Vostmark")
    assert [s.title for s in await coverage.stories("s", "tears")] == []


async def test_removing_an_article_takes_its_conflict_along(coverage: Coverage) -> None:
    for text in (HERALD, TIMES, POST):
        await coverage.add_text("s", text)
    assert len(await coverage.flags("s")) == 1
    assert (await coverage.remove("s", 2)).article.outlet == "Island Times"
    assert await coverage.flags("s") == []
    view = await coverage.story("s", 1)
    assert [a.number for a in view.articles] == [1, 3]
    with pytest.raises(CorrobotError, match="There is no article 2 here"):
        await coverage.article("s", 2)


async def test_an_article_that_is_not_english_is_stored_and_said_to_be_unread(coverage: Coverage) -> None:
    view = await coverage.add_text("s", GERMAN)
    assert view.remarks[0] == "Article 1 is not in English (de): stored, but its figures are unread."
    assert view.reading is not None
    assert view.reading.figures == ()
    assert (await coverage.story("s", 1)).comparison.figures == ()


async def test_a_policy_is_asked_for_or_the_server_s_own(coverage: Coverage, store: Store) -> None:
    await coverage.add_text("s", HERALD)
    await coverage.add_text("s", TIMES)
    assert (await coverage.compare("s", 1)).policy is None
    await store.settings.set("s", "policy", "majority")
    assert (await coverage.compare("s", 1)).policy == "majority"
    view = await coverage.compare("s", 1, "Lowest")
    assert view.policy == "lowest"
    assert [lead["lowest"].low for lead in view.comparison.leading.values()] == [12.0]
    with pytest.raises(CorrobotError, match="median is no policy; choose one of lowest"):
        await coverage.compare("s", 1, "median")


async def test_letters_of_sources_decide_what_is_reliable(coverage: Coverage, store: Store) -> None:
    await coverage.add_text("s", HERALD)
    await coverage.add_text("s", TIMES)
    sources = Sources(store)
    await sources.add("s", "Island Times", letter="a", domains=["https://www.island.example/x"])
    [lead] = (await coverage.compare("s", 1)).comparison.leading.values()
    assert lead["newest_reliable"].low == 18.0
    made = await sources.edit("s", 1, name="Islander", aliases=["The Isle"], letter="B")
    assert (made.name, made.domains, made.letter) == ("Islander", ("island.example",), "B")
    with pytest.raises(CorrobotError, match="'not a domain' is no domain"):
        await sources.add("s", "X", domains=["not a domain"])
    with pytest.raises(CorrobotError, match="There is no source 8 here"):
        await sources.remove("s", 8)
    assert (await sources.remove("s", 1)).name == "Islander"
    assert await sources.list("s") == []


async def test_exports_hold_quotes_and_where_they_come_from(coverage: Coverage) -> None:
    await coverage.add_text("s", HERALD.replace("Harbour Herald", "=cmd()"))
    await coverage.add_text("s", TIMES)
    exports = Exports(coverage)
    document = json.loads(await exports.export("s", "json"))
    [story] = document["stories"]
    texts = {a["id"]: a["text"] for a in story["articles"]}
    assert all(texts[f["article"]][f["start"] : f["end"]] == f["printed"] for f in story["figures"])
    assert [f["kind"] for f in story["findings"] if f["flag"]] == ["conflict"]
    table = await exports.export("s", "csv")
    assert table.splitlines()[0] == ",".join(COLUMNS)
    assert "'=cmd()" in table
    assert safe(-5) == -5
    assert "> The ferry Selma Lund sank off Vostmark" in await exports.export("s", "md", 1)
    assert json.loads(await exports.export("none", "json")) == {"stories": [], "errors": []}
    with pytest.raises(CorrobotError, match="pdf is no format"):
        await exports.export("s", "pdf")


async def test_an_ingest_that_is_killed_is_finished_at_the_next_start(
    tmp_path: Path, fetcher: Fetcher, clock: Clock, analyser: Analyser
) -> None:
    (tmp_path / "herald.txt").write_text(HERALD)
    env = {k: v for k, v in os.environ.items() if not k.startswith("CORROBOT_")} | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot", "ingest", "herald.txt", "--db", "sqlite:///news.db"]
    process = await asyncio.create_subprocess_exec(*command, cwd=tmp_path, env=env, start_new_session=True)
    async with await Store.open(tmp_path / "news.db") as opened:
        async with asyncio.timeout(30):
            while (await opened.jobs.counts())["running"] == 0:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        # The whole machine stops, so to say: the process and its workers at once.
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        assert await opened.articles.needs_reading() == [1]
        living = Coverage(opened, analyser, fetcher, clock)
        assert await living.resume() == 1
        await living.idle()
        view = await living.article("local", 1)
        assert view.story is not None
        assert view.reading is not None
        assert [f.printed for f in view.reading.figures if f.type == "count"] == ["12", "31"]
        await living.close()
        assert await opened.integrity() == []


async def test_a_worker_killed_while_articles_are_added_loses_none(coverage: Coverage, analyser: Analyser) -> None:
    await analyser.warm()
    adding = asyncio.gather(*(coverage.add_text("s", text) for text in (HERALD, TIMES, POST, FROST)))
    await asyncio.sleep(0.05)
    for pid in analyser.pids():
        os.kill(pid, signal.SIGKILL)
    views = await adding
    assert {v.stored.number for v in views} == {1, 2, 3, 4}
    assert all(v.reading is not None and v.reading.figures for v in views)
    assert {v.stored.article.outlet: v.story.number for v in views if v.story}.keys() == {
        "Harbour Herald",
        "Island Times",
        "Northern Post",
        "Farm Weekly",
    }
    assert len(await coverage.stories("s")) == 2


PAGE = """<!doctype html><html><head><title>Ferry sinks - Harbour Herald</title>
<meta property="og:site_name" content="Harbour Herald">
<meta property="article:published_time" content="2024-05-02T18:00:00Z"></head><body><article><h1>Ferry sinks off Vostmark</h1>
{}</article></body></html>"""


@pytest.fixture
def text() -> list[str]:
    """Hold what the page says now."""
    return ["The ferry Selma Lund sank off Vostmark on Thursday, and 12 people were killed, the coast guard said. " * 2]


@pytest_asyncio.fixture(loop_scope="package")
async def page(text: list[str], unused_tcp_port: int) -> AsyncIterator[str]:
    """Serve the page."""

    async def answer(request: web.Request) -> web.Response:
        if request.path != "/ferry":
            return web.Response(status=404)
        paragraphs = "".join(f"<p>{text[0]} Rescuers went on through the night with boats and lamps.</p>" for _ in "12")
        return web.Response(text=PAGE.format(paragraphs), content_type="text/html")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    yield f"http://127.0.0.1:{unused_tcp_port}/ferry"
    await runner.cleanup()


async def test_a_page_is_fetched_shared_between_servers_and_revised(
    coverage: Coverage, page: str, text: list[str]
) -> None:
    first = await coverage.add_url("s", page, by="7")
    assert (first.stored.private, first.stored.article.outlet) == (False, "Harbour Herald")
    assert first.stored.article.published == "2024-05-02T18:00:00+00:00"
    other = await coverage.add_url("t", page)
    assert (other.created, other.stored.number, other.stored.key) == (True, 1, first.stored.key)
    text[0] = text[0].replace("12 people", "15 people")
    changed = await coverage.add_url("s", page)
    assert (changed.created, changed.revised) == (False, True)
    assert changed.reading is not None
    assert "15" in {f.printed for f in changed.reading.figures}
    # The other server sees the page as it is now, and its story is compared again.
    seen = await coverage.article("t", 1)
    assert seen.comparison is not None
    assert "15" in {f.printed for f in seen.comparison.figures}
    with pytest.raises(CorrobotError) as caught:
        await coverage.add_url("s", page + "/gone")
    assert caught.value.code == "fetch_failed"
