"""Between servers: what one does leaves everything that another can see, count or infer as it was.

The same deeds are done twice, once with those of the neighbour between them and once without: whatever the server can
look at must be the same both times, numbers included.
"""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.app import build
from bot.model import Article, CorrobotError
from bot.services.all import Services
from bot.services.worker import Analyser
from bot.settings import Settings
from cogs import finding
from tests.store.support import NOW, reading

pytestmark = pytest.mark.asyncio(loop_scope="package")

HERE, THERE = "alpha", "beta"
SAID = "Officials of Mariupol said that more than 2,400 civilians were killed. The city is besieged."
KINDS = ("page", "paste", "same paste", "source", "ruling", "watch", "setting", "mute", "title", "remove", "join")
KEYS = {"key", "story_key", "article_key", "seen"}
Deed = tuple[str, str, int]
deeds = st.lists(st.tuples(st.sampled_from((HERE, THERE)), st.sampled_from(KINDS), st.integers(1, 3)), max_size=16)


async def do(services: Services, deed: Deed) -> None:
    """Do one thing in a server; what is refused there is no matter."""
    store, (server, kind, n) = services.store, deed
    if kind in ("page", "paste", "same paste"):
        # A page that both fetch is shared; who typed a date or a text typed it for the own server.
        url = f"https://news.example/{n}" if kind == "page" else None
        text = f"{SAID} {server}word{n}" if kind == "paste" else f"{SAID} Report {n}."
        given_date = f"2022-03-0{n}" if server == THERE else None
        article = Article(
            "a1", url or f"{server} pasted", text, title=f"Siege {n}", url=url, published=given_date,
            published_from="option" if given_date else None,
        )  # fmt: skip
        added = await store.articles.add(server, article, raw=text, by=f"{server}-{n}", now=NOW)
        await store.articles.save_reading(added.stored.key, reading(text))
        if await store.stories.of_article(server, added.stored.key) is None:
            story = await store.stories.create(server, f"{server} story {n}", NOW)
            await store.stories.add_article(server, story.number, added.stored.key)
    elif kind == "source":
        await store.sources.add(server, f"{server} outlet {n}", domains=[f"{n}.example"], letter="ABC"[n - 1])
    elif kind == "ruling":
        await store.rulings.add(server, kind="scope", target=f'{{"n": {n}}}', reason=server, by=server, now=NOW)
    elif kind == "watch":
        await store.watches.add(server, n, by=server, channel=server, now=NOW)
    elif kind == "setting":
        await store.settings.set(server, "policy", ("lowest", "range", "majority")[n - 1])
    elif kind == "mute":
        await store.mutes.outlet(server, f"{server} {n}", by=server, now=NOW)
    elif kind == "title":
        await store.articles.correct(server, n, title=f"{server} says {n}")
    elif kind == "remove":
        await store.articles.remove(server, n, NOW)
    elif stored := await store.articles.get(server, n):
        await store.stories.move_article(server, stored.key, 1)


async def seen(services: Services, server: str) -> str:
    """Return everything that a server can look at, as text."""
    store, coverage = services.store, services.coverage
    candidates = await store.search.candidates(server, ["civilians", "besieged", "report"], limit=50)
    found = {
        "articles": await store.articles.list(server, limit=100),
        "count": await store.articles.count(server),
        "stories": await store.stories.list(server, limit=100),
        "one story": await store.stories.list(server, limit=100, query="story"),
        "needed": [s.number for s in await store.stories.list(server, limit=100, query=f"{other(server)} story")],
        "search": sorted(
            [
                (x.stored.number, x.snippet)
                for word in ("civilians", "report", f"{other(server)}word1", f"{other(server)} says")
                for x in await store.search.articles(server, word, limit=50)
            ]
        ),
        "figures": sorted(
            [
                (x.stored.number, x.figure.printed, x.sentence)
                for query in ("civilians killed", "Mariupol")
                for x in await coverage.figures(server, query, limit=50)
            ]
        ),
        "candidates": sorted(a.number for a in await store.articles.by_keys(server, candidates)),
        "revisions": [await store.articles.revisions(server, n) for n in range(1, 9)],
        "sources": await store.sources.list(server),
        "by name": [await store.sources.find_by_domain(server, f"{n}.example") for n in (1, 2, 3)],
        "rulings": await store.rulings.list(server, undone=True),
        "watches": await store.watches.list(server),
        "settings": await store.settings.all(server),
        "mutes": await store.mutes.list(server),
        "exports": [await services.exports.export(server, kind) for kind in ("json", "csv", "md")],
        "autocomplete": [
            (c.name, c.value)
            for typed in ("", "story", "siege", other(server))
            for offer in (finding.stories, finding.articles, finding.sources)
            for c in sorted(await offer(services, server, typed), key=lambda c: c.name)
        ],
    }
    return json.dumps(found, default=_plain, indent=1)


def other(server: str) -> str:
    """Return the neighbour."""
    return THERE if server == HERE else HERE


def _plain(item: Any) -> Any:
    # Keys of rows run through all servers and are shown to nobody.
    return {name: value for name, value in asdict(item).items() if name not in KEYS}


async def after(analyser: Analyser, done: Sequence[Deed], *servers: str) -> list[str]:
    """Do things in a fresh store; return what each server then sees."""
    with tempfile.TemporaryDirectory() as folder:
        configured = Settings.model_construct(database_url=f"sqlite:///{Path(folder)}/isolation.db")
        async with build(configured, analyser) as services:
            for deed in done:
                try:
                    await do(services, deed)
                except CorrobotError:
                    continue  # there is no such story or article, or the name is taken
            return [await seen(services, server) for server in servers]


@pytest.mark.timeout(180)
@settings(max_examples=12, deadline=None)
@given(done=deeds)
@example(done=[(THERE, "page", 1), (HERE, "page", 1), (THERE, "title", 1), (HERE, "paste", 1), (THERE, "remove", 1)])
@example(done=[(THERE, "same paste", 1), (HERE, "same paste", 1), (THERE, "source", 1), (THERE, "watch", 1)])
@example(done=[(HERE, "page", 2), (THERE, "same paste", 2), (THERE, "page", 2)])
@example(done=[(HERE, "page", 1), (HERE, "page", 2), *((THERE, kind, 1) for kind in KINDS), (THERE, "join", 2)])
async def test_what_one_server_does_changes_nothing_that_another_can_see(analyser: Analyser, done: list[Deed]) -> None:
    both = await after(analyser, done, HERE, THERE)
    for server, view in zip((HERE, THERE), both, strict=True):
        [alone] = await after(analyser, [deed for deed in done if deed[0] == server], server)
        assert view == alone
        assert f"{other(server)}-" not in view and f"{other(server)}word" not in view
