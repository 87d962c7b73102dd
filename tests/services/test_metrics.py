"""What the bot counts, asked for over HTTP as Prometheus asks."""

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.app import build, gauges
from bot.model import CorrobotError
from bot.services.metrics import Histogram, Metrics, serving
from bot.settings import Settings
from bot.store import StoreError

from . import articles

LINE = re.compile(r'[a-z_]+(?:\{[a-z]+="[^"\n]*"(?:,[a-z]+="[^"\n]*")*\})? (?:\d+(?:\.\d+)?(?:e-?\d+)?)')


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@asynccontextmanager
async def got(port: int, path: str) -> AsyncIterator[tuple[int, str, str]]:
    """Ask for a path; give status, type and text."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        yield answer.status, answer.content_type, await answer.text()


async def test_what_happened_is_told_over_http(tmp_path: Path) -> None:
    port = free_port()
    settings = Settings.model_construct(database_url=f"sqlite:///{tmp_path / 'coverage.db'}")
    async with build(settings) as services, serving(port, services.metrics, lambda: gauges(services)):
        await services.coverage.add_text("s", articles.HERALD)
        await services.coverage.add_text("s", articles.HERALD)
        with pytest.raises(CorrobotError):
            await services.coverage.add_text("s", " ")
        async with got(port, "/metrics") as (status, kind, text):
            assert (status, kind) == (200, "text/plain")
        async with got(port, "/healthz") as (status, kind, told):
            assert (status, kind, json.loads(told)) == (200, "application/json", {"ok": True})
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert len(lines) == len({line.rpartition(" ")[0] for line in lines}), "a series is there twice"
    for wanted in (
        'corrobot_articles_total{outcome="new"} 1',
        'corrobot_articles_total{outcome="known"} 1',
        'corrobot_analyses_total{work="read",outcome="done"} 1',
        'corrobot_analyses_total{work="article_from_bytes",outcome="refused"} 1',
        'corrobot_analysis_seconds_count{work="read"} 1',
        'corrobot_analysis_seconds_bucket{work="read",le="+Inf"} 1',
        'corrobot_jobs{state="queued"} 0',
        "corrobot_workers 1",
    ):
        assert wanted in lines, wanted
    assert any(line.startswith("corrobot_loop_lag_seconds_count ") for line in lines)
    assert "Vostmark" not in text and "Herald" not in text


async def test_a_store_that_fails_is_ill_and_the_counts_are_still_told() -> None:
    async def failing() -> dict[str, float]:
        raise StoreError("store", "/srv/secret.db is damaged.")

    port = free_port()
    async with serving(port, Metrics(), failing):
        async with got(port, "/healthz") as (status, _, told):
            assert status == 503
            assert "/srv" not in told
        async with got(port, "/metrics") as (status, _, text):
            assert status == 200
            assert "corrobot_jobs" not in text.replace("corrobot_job_failures", "")


async def test_a_port_that_is_taken_is_named() -> None:
    async def nothing() -> dict[str, float]:
        await asyncio.sleep(0)
        return {}

    port = free_port()
    async with serving(port, Metrics(), nothing):
        with pytest.raises(CorrobotError, match=rf"CORROBOT_METRICS_PORT {port} cannot be used \(.*\); choose a free"):
            async with serving(port, Metrics(), nothing):
                pass


async def test_it_listens_on_loopback_alone() -> None:
    async def nothing() -> dict[str, float]:
        return {}

    port = free_port()
    async with serving(port, Metrics(), nothing):
        with pytest.raises(OSError), socket.create_connection(("127.0.0.2", port), timeout=2):
            pass


def test_a_histogram_adds_up() -> None:
    one = Histogram("x_seconds", "X.", "kind")
    for seconds in (0.001, 0.2, 0.2, 500.0):
        one.observe(seconds, 'a"b')
    lines = one.lines()
    assert 'x_seconds_bucket{kind="a\\"b",le="0.005"} 1' in lines
    assert 'x_seconds_bucket{kind="a\\"b",le="0.25"} 3' in lines
    assert 'x_seconds_bucket{kind="a\\"b",le="+Inf"} 4' in lines
    assert 'x_seconds_count{kind="a\\"b"} 4' in lines
