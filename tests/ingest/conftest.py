"""What the tests of ingest share: the real word lists, and where the measuring data lies."""

import os
from pathlib import Path

import pytest

from bot.ingest.boilerplate import Boilerplate

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def lists() -> Boilerplate:
    return Boilerplate.load(ROOT / "data" / "lexicon")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Find the shared measuring data, or skip with the reason."""
    folder = Path(os.environ.get("CORROBOT_EVAL_DATA", ROOT.parent / "shared"))
    if not (folder / "seeds").is_dir():
        pytest.skip(f"no measuring data in {folder} (set CORROBOT_EVAL_DATA)")
    return folder
