"""What the tests of ingest share: the real word lists."""

from pathlib import Path

import pytest

from bot.ingest.boilerplate import Boilerplate

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def lists() -> Boilerplate:
    return Boilerplate.load(ROOT / "data" / "lexicon")
