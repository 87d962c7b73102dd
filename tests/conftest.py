"""What all tests share: the real knowledge and reader, loaded once, and where the measuring data lies."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge.base import Knowledge
from bot.language.grammar import Grammar
from bot.model import Article, Comparison, Figure
from bot.resources import resource
from bot.services.engine import Engine

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine.load()


@pytest.fixture(scope="session")
def knowledge(engine: Engine) -> Knowledge:
    return engine.knowledge


@pytest.fixture(scope="session")
def grammar(knowledge: Knowledge) -> Grammar:
    return Grammar.make(knowledge)


@pytest.fixture(scope="session")
def eval_data() -> Path:
    """Find the shared measuring data, or skip with the reason."""
    folder = Path(os.environ.get("CORROBOT_EVAL_DATA", ROOT.parent / "shared"))
    if not (folder / "truth").is_dir():
        pytest.skip(f"no measuring data in {folder}: ../shared is absent (set CORROBOT_EVAL_DATA)")
    return folder


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    return sorted(resource("seeds").glob("*.txt"))


Read = Callable[..., list[Figure]]
Compare = Callable[..., Comparison]


@pytest.fixture(scope="session")
def read(engine: Engine) -> Read:
    """Read the figures of one text."""

    def _read(text: str, published: str | None = None, outlet: str | None = None) -> list[Figure]:
        return list(engine.read(Article("a1", "a1.txt", text, published=published, outlet=outlet)).figures)

    return _read


@pytest.fixture(scope="session")
def compare(engine: Engine) -> Compare:
    """Compare texts, or (text, publication date) pairs, as coverage of one story."""

    def _compare(*texts: str | tuple[str, str]) -> Comparison:
        articles = []
        for n, entry in enumerate(texts, 1):
            text, published = (entry, None) if isinstance(entry, str) else entry
            articles.append(
                Article(
                    f"a{n}",
                    f"a{n}.txt",
                    text,
                    outlet=f"Paper {n}",
                    published=published,
                    published_from="header" if published else None,
                )
            )
        return engine.compare(articles, [engine.read(a) for a in articles])

    return _compare
