"""Two bots on one store: the second one leaves with one line, and commands beside the first one go on."""

from pathlib import Path

import pytest

from tests.faults import ill
from tests.services import articles
from tests.services.test_metrics import free_port, got
from tests.wire.loopback import Loopback
from tests.wire.process import Bot, running, settings

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.slow
async def test_a_second_bot_leaves_and_commands_go_on(tmp_path: Path) -> None:
    (tmp_path / "times.txt").write_text(articles.TIMES)
    async with Loopback().serving() as discord:
        port = free_port()
        async with running(discord, tmp_path, CORROBOT_METRICS_PORT=str(port)) as first:
            second = Bot(tmp_path, **settings(discord, tmp_path))
            assert await second.ended() == 1
            lines = second.words.splitlines()
            assert len(lines) == 1, second.words
            assert f"Another bot runs on {tmp_path / 'coverage.db'} (process " in lines[0]
            assert "CORROBOT_DATABASE_URL" in lines[0]
            for command in (("ingest", "times.txt", "--server", discord.world.guild), ("backup", "copy.db")):
                status, _, err = await ill.bot(tmp_path, *command)
                assert status == 0, err
            listed = await discord.answer(await discord.slash(discord.world.member, "article list"))
            assert "Many dead as ferry Selma Lund goes down" in listed.text
            async with got(port, "/healthz") as (status, _, _), got(port, "/metrics") as (_, _, text):
                assert status == 200
                assert 'corrobot_command_seconds_count{command="article list",outcome="done"} 1' in text
            # However the first one ends, the next one may start.
            first.kill()
            await first.ended()
        async with running(discord, tmp_path) as third:
            assert await third.stop() == 0
