"""`corrobot doctor --invite`: the link for the token's application, asked of Discord or told by the token itself."""

import asyncio
import base64
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web

from bot.model import CorrobotError
from bot.services.invite import PERMISSIONS, invitation, link

from .conftest import run_in

APPLICATION = "123456789012345678"
TOKEN = base64.urlsafe_b64encode(APPLICATION.encode()).decode().rstrip("=") + ".made.up"
# Nobody listens on port 9.
NOWHERE = "http://127.0.0.1:9/api"


def test_the_link_asks_for_exactly_the_permissions_with_a_reason() -> None:
    import discord

    query = parse_qs(urlsplit(link(APPLICATION)).query)
    assert query["client_id"] == [APPLICATION] and query["scope"] == ["bot applications.commands"]
    asked = {name for name, given in discord.Permissions(int(query["permissions"][0])) if given}
    assert asked <= {
        "view_channel", "read_messages", "send_messages", "send_messages_in_threads", "create_public_threads",
        "embed_links", "attach_files", "read_message_history", "add_reactions",
    }  # fmt: skip
    assert len(asked) == len(PERMISSIONS)
    assert all(one.why for one in PERMISSIONS)


def test_without_discord_the_token_tells_the_application(tmp_path: Path) -> None:
    done = run_in(tmp_path, "doctor", "--invite", "--json", DISCORD_TOKEN=TOKEN, DISCORD_API_URL=NOWHERE)
    assert (done.status, done.err) == (0, "")
    assert f"client_id={APPLICATION}&" in done.document["url"] and done.document["message_content"] is None
    assert TOKEN not in done.out
    plain = run_in(tmp_path, "doctor", "--invite", DISCORD_TOKEN=TOKEN, DISCORD_API_URL=NOWHERE)
    assert plain.out.splitlines()[0] == done.document["url"]
    assert "Attach Files" in plain.out


def test_without_a_token_it_says_what_is_missing(tmp_path: Path) -> None:
    done = run_in(tmp_path, "doctor", "--invite")
    assert (done.status, done.out) == (2, "")
    assert "DISCORD_TOKEN is not set" in done.err


@pytest.fixture
async def discord_api() -> AsyncIterator[tuple[str, dict[str, object]]]:
    """Serve one answer of Discord, which a test may change."""
    says: dict[str, object] = {"status": 200, "body": {"id": "42", "flags": 1 << 19}}

    async def me(request: web.Request) -> web.Response:
        assert request.headers["Authorization"].startswith("Bot ")
        status = says["status"]
        assert isinstance(status, int)
        return web.json_response(says["body"], status=status)

    app = web.Application()
    app.router.add_get("/api/oauth2/applications/@me", me)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/api", says
    await runner.cleanup()
    await asyncio.sleep(0)


async def test_discord_is_asked_and_believed(discord_api: tuple[str, dict[str, object]]) -> None:
    api, says = discord_api
    made = await invitation(api, TOKEN)
    assert (made.application, made.content) == ("42", True)
    says["body"] = {"id": "42", "flags": 0}
    assert (await invitation(api, TOKEN)).content is False
    says["status"] = 401
    with pytest.raises(CorrobotError, match="does not accept DISCORD_TOKEN"):
        await invitation(api, TOKEN)
    says["status"] = 500
    assert (await invitation(api, TOKEN)).application == APPLICATION
    with pytest.raises(CorrobotError, match="names no application"):
        await invitation(api, "abc")
