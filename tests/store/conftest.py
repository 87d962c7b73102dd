from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import Store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """Open a fresh store; whatever a test did to it, it must be sound afterwards."""
    async with await Store.open(f"sqlite:///{tmp_path}/coverage.db") as opened:
        yield opened
        assert await opened.integrity() == []
