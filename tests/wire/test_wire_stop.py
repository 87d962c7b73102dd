"""SIGTERM in the middle of work: a clean end, and the next start takes the work up, once."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.wire.interactions import Upload
from tests.wire.loopback import Loopback
from tests.wire.process import running

pytestmark = pytest.mark.asyncio(loop_scope="module")
TOWNS = ("Orlow", "Vostmark", "Lerida", "Halden", "Tarn", "Ebrach", "Solund", "Miravel")
HEAD = "Outlet: Valley Post\nTitle: A year of storms in the valley\nPublished: 2024-05-03\n\n"
SENTENCES = 1_800
FIRST = "Police said 12 people were killed when a storm hit Orlow in March."


def long_article() -> bytes:
    """Return an article that takes the parser some seconds."""
    told = [FIRST]
    for n in range(SENTENCES):
        here, there, far = (TOWNS[(n * step + step) % 8] for step in (1, 3, 5))
        told.append(
            f"Officials in {here} said the storm tore roofs from houses near {there}, and help came from {far}."
        )
    return (HEAD + "\n".join(told)).encode()


def counts(folder: Path) -> tuple[int, int]:
    """Return how many articles are stored, and how many of them are read."""
    file = folder / "coverage.db"
    if not file.is_file():
        return 0, 0
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as store:
        try:
            ((articles,),) = store.execute("SELECT count(*) FROM articles")
            ((readings,),) = store.execute("SELECT count(*) FROM readings")
        except sqlite3.OperationalError:
            return 0, 0
    return articles, readings


async def test_an_article_that_was_under_way_is_there_once_and_read_after_a_restart(
    discord: Loopback, folder: Path
) -> None:
    async with running(discord, folder) as first:
        upload = Upload("storms.txt", long_article())
        asked = await discord.slash(discord.world.moderator, "article add", file=upload)
        await discord.until(lambda: counts(folder)[0] == 1, "the article is stored")
        assert counts(folder) == (1, 0), "the article was read too soon for this test: make it longer"
        first.terminate()
        assert await first.ended(15) == 0, first.tail()
        assert counts(folder) == (1, 0)
    assert asked.waited is not None
    assert not asked.loading, "the bot seems to think for ever"
    assert "Corrobot is restarting" in asked.messages[0].text
    assert "Traceback" not in first.words, first.words
    assert "never" not in first.words, first.words
    async with running(discord, folder) as second:
        await discord.until(lambda: counts(folder)[1] == 1, "the article is read after the restart", 60)
        shown = await discord.answer(await discord.slash(discord.world.member, "article show", article="1"))
        assert "A year of storms in the valley" in shown.text
        assert "12" in shown.text
        listed = await discord.answer(await discord.slash(discord.world.member, "article list"))
        assert listed.text.count("A year of storms in the valley") == 1
        assert counts(folder) == (1, 1)
        assert await second.stop() == 0
    assert "Traceback" not in second.words, second.words
    assert discord.refusals == []
