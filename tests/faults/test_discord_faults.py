"""Discord fails, or forgets the token before the answer is there: what was acknowledged is kept."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.services import articles
from tests.wire.interactions import LIFE_S, Upload
from tests.wire.loopback import Loopback
from tests.wire.process import running
from tests.wire.rest import HOOK
from tests.wire.rules import Refused

pytestmark = pytest.mark.asyncio(loop_scope="module")
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"


class Rough(Loopback):
    """A Discord that answers the next requests to a route with an error of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: dict[tuple[str, str], int] = {}

    def limited(self, method: str, path: str) -> float | None:
        """Fail as often as was said; then go on."""
        if left := self.errors.get((method, path), 0):
            self.errors[method, path] = left - 1
            raise Refused(500, 0, "500: Internal Server Error")
        return super().limited(method, path)


@pytest_asyncio.fixture(loop_scope="module")
async def rough() -> AsyncIterator[Rough]:
    """Serve a Discord that fails when it is told to."""
    discord = Rough()
    async with discord.serving():
        yield discord


@pytest.mark.slow
async def test_errors_of_discord_are_waited_out_and_a_late_answer_is_kept(rough: Rough, tmp_path: Path) -> None:
    async with running(rough, tmp_path) as bot:
        rough.errors["POST", CALLBACK] = rough.errors["POST", HOOK] = 1
        herald = Upload("herald.txt", articles.HERALD.encode())
        added = await rough.slash(rough.world.moderator, "article add", file=herald)
        assert "Ferry sinks off Vostmark" in (await rough.answer(added)).text
        assert rough.errors == {("POST", CALLBACK): 0, ("POST", HOOK): 0}
        rough.refusals.clear()

        rough.life = 0.0
        times = Upload("times.txt", articles.TIMES.encode())
        late = await rough.slash(rough.world.moderator, "article add", file=times)
        await rough.until(lambda: "did not arrive" in bot.words, "the log tells of the answer that came too late")
        assert late.messages == []
        rough.life = LIFE_S
        listed = await rough.answer(await rough.slash(rough.world.member, "article list"))
        assert "Many dead as ferry Selma Lund goes down" in listed.text
        compared = await rough.answer(await rough.slash(rough.world.member, "compare", story="1"))
        assert "12" in compared.text and "18" in compared.text
        assert await bot.stop() == 0
