"""What the log tells: which server, article and job a line is about, and above debug not a word that people wrote."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.model import CorrobotError
from bot.services import logs
from bot.services.coverage import Coverage
from bot.services.worker import Analyser
from bot.store import Store

from . import slow
from .articles import HERALD

pytestmark = pytest.mark.asyncio(loop_scope="package")
MEMBER = "Mona Vale"


@contextmanager
def written(form: str, level: str) -> Iterator[io.StringIO]:
    """Collect what the log of a bot would hold."""
    paper, root = io.StringIO(), logging.getLogger()
    handler, before = logs.handler_for(form, level, paper), root.level
    root.addHandler(handler)
    root.setLevel(level)
    try:
        yield paper
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def words_of_people(paper: io.StringIO) -> list[str]:
    """Return the words of the article, and the member's name, that stand in the log."""
    told = paper.getvalue()
    lines = [line.strip() for line in HERALD.splitlines() if line.strip()]
    return [line for line in [*lines, "Selma", "Vostmark", MEMBER] if line[:30] in told]


@pytest.mark.parametrize("level", ["INFO", "WARNING"])
async def test_a_line_has_the_ids_and_no_word_of_the_article(coverage: Coverage, level: str) -> None:
    with written("json", level) as paper:
        view = await coverage.add_text("77", HERALD, by=MEMBER)
        await coverage.idle()
    lines = [json.loads(line) for line in paper.getvalue().splitlines()]
    done = [line for line in lines if line["message"] == "analysed"]
    if level == "INFO":
        [line] = done
        assert (line["server"], line["article"], line["level"]) == ("77", view.stored.number, "INFO")
        assert isinstance(line["job"], int)
    else:
        assert done == []
    assert words_of_people(paper) == []


async def test_a_failure_names_the_place_and_no_word_of_the_article(analyser: Analyser) -> None:
    with written("text", "INFO") as paper, logs.about(server="77", article=3, job=9):
        with pytest.raises(CorrobotError) as caught:
            await analyser._call(30, "pasted text", slow.quotes, HERALD)
        try:
            slow.quotes(HERALD)
        except ValueError as error:
            logging.getLogger("bot").error("the analysis failed", exc_info=error)
    told = paper.getvalue()
    assert "analysis of pasted text failed: ValueError at slow.py:" in told
    assert told.count("[server=77 article=3 job=9]") == 2
    assert 'slow.py", line' in told and told.rstrip().endswith("ValueError")
    assert words_of_people(paper) == [] and "Selma" not in caught.value.message


async def test_debug_tells_the_message_and_harmless_ones_are_always_told(store: Store) -> None:
    with written("json", "DEBUG") as paper:
        try:
            slow.quotes("Selma Lund")
        except ValueError as error:
            logging.getLogger("bot").error("failed", exc_info=error)
    assert "cannot read 'Selma Lund'" in json.loads(paper.getvalue().splitlines()[-1])["error"]
    name = HERALD.split("ferry ")[1].split()[0]
    with written("text", "INFO") as paper:
        try:
            try:
                raise KeyError(name)
            except KeyError as error:
                raise CorrobotError("store", "The disk is full.") from error
        except CorrobotError as error:
            logging.getLogger("bot").error("failed", exc_info=error)
    assert "CorrobotError: The disk is full." in paper.getvalue() and "which led to:" in paper.getvalue()
    assert name == "Selma" and name not in paper.getvalue()
