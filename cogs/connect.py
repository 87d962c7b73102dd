"""Where Discord is: its own address, or the one that a test or a proxy stands at."""

import aiohttp
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.model import CorrobotError

DISCORD = "https://discord.com/api/v10"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
PATIENCE_S = 15.0


async def point_at(base: str, token: str) -> None:
    """Send everything to another base than Discord's own. Raises CorrobotError.

    discord.py never asks for the gateway's address (a plain Bot knows it), so it is asked for here.
    """
    base = base.rstrip("/")
    if base == DISCORD:
        return
    Route.BASE = base
    DiscordWebSocket.DEFAULT_GATEWAY = await gateway_of(base, token)


async def gateway_of(base: str, token: str) -> yarl.URL:
    """Ask a base for its gateway."""
    timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
    headers = {"Authorization": f"Bot {token}"}
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, headers=headers) as session,
            session.get(f"{base}/gateway/bot") as answer,
        ):
            if answer.status == 401:
                raise CorrobotError("refused", "Discord does not accept DISCORD_TOKEN; copy the bot's token again.")
            if answer.status != 200:
                raise CorrobotError("fetch_failed", f"{base} answered {answer.status} when asked for its gateway.")
            body = await answer.json()
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        what = str(error) or type(error).__name__
        raise CorrobotError("fetch_failed", f"DISCORD_API_URL {base} cannot be reached ({what}).") from error
    url = yarl.URL(str(body.get("url", "")) if isinstance(body, dict) else "")
    if url.scheme != "wss" and not (url.scheme == "ws" and url.host in LOOPBACK):
        raise CorrobotError("fetch_failed", f"{base} gave no gateway address that can be used.")
    return url
