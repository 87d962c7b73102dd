"""The seeds are one story, in any order and by every way in; an unrelated article beside them is another."""

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.main import corrobot
from bot.resources import resource
from bot.services.coverage import Coverage
from bot.services.desk import numbered
from bot.services.engine import Engine
from bot.summarizing.select import select_sentences
from bot.summarizing.story import summarize_story

from .articles import FROST

pytestmark = pytest.mark.asyncio(loop_scope="package")
SEEDS = sorted(resource("seeds").glob("*.txt"))


@pytest.mark.parametrize("seed", range(6))
async def test_grouped_in_any_order(seed: int) -> None:
    engine = Engine.load()
    inputs = [(file.name, file.read_bytes()) for file in SEEDS] + [("frost.txt", FROST.encode())]
    random.Random(seed).shuffle(inputs)
    articles = [engine.article(f"a{n}", name, data) for n, (name, data) in enumerate(inputs)]
    stories = engine.group(articles)
    assert sorted(sorted(a.input for a in story) for story in stories) == [[f.name for f in SEEDS], ["frost.txt"]]


async def test_grouped_by_the_command_line(tmp_path: Path) -> None:
    (other := tmp_path / "frost.txt").write_text(FROST, "utf-8")
    result = CliRunner().invoke(corrobot, ["group", *map(str, SEEDS), str(other), "--json"], standalone_mode=False)
    assert [len(story["articles"]) for story in json.loads(result.stdout)["stories"]] == [len(SEEDS), 1]


async def test_stored_one_after_the_other_and_summarized_by_the_same_code(coverage: Coverage) -> None:
    views = [await coverage.add_file("s", file.name, file.read_bytes()) for file in SEEDS[:2]]
    other = await coverage.add_file("s", "frost.txt", FROST.encode())
    views += [await coverage.add_file("s", file.name, file.read_bytes()) for file in SEEDS[2:]]
    assert {view.story.number for view in views if view.story} == {1} and len(views) == len(SEEDS)
    assert other.story is not None and (other.story.number, other.story.articles) == (2, 1)
    story = await coverage.story("s", 1)
    assert [a.article.input for a in story.articles] == [file.name for file in SEEDS]
    one = await coverage.summary("s", article=1)
    assert one.sentences == select_sentences(numbered(one.articles[0]), sentences=3, words=None)
    whole = await coverage.summary("s", story=1, words=80)
    assert 0 < sum(len(sentence.text.split()) for sentence in whole.sentences) <= 80
    assert whole.sentences == summarize_story([numbered(a) for a in story.articles], sentences=None, words=80)
