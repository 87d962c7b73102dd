"""The link that brings the bot into a server, and the reason for each permission that it asks for."""

import base64
import binascii
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp

from bot.model import CorrobotError

AUTHORIZE = "https://discord.com/oauth2/authorize"
SCOPES = "bot applications.commands"
PATIENCE_S = 10.0
# Whether the application may see the content of messages, in full or as a bot in few servers.
CONTENT = (1 << 18) | (1 << 19)


@dataclass(frozen=True, slots=True)
class Permission:
    """A permission of Discord by its bit and name, and what the bot does with it."""

    bit: int
    name: str
    why: str


PERMISSIONS = (
    Permission(10, "View Channels", "be mentioned in a channel, and edit its own cards there"),
    Permission(11, "Send Messages", "answer mentions; send and edit the cards of watched stories"),
    Permission(38, "Send Messages in Threads", "the same in threads"),
    Permission(
        35, "Create Public Threads", "a thread for each watched story, if the server sets alert_place to thread"
    ),
    Permission(14, "Embed Links", "show links in answers as links"),
    Permission(15, "Attach Files", "the chart of a comparison, exports"),
    Permission(
        16, "Read Message History", "read the message that a mention replies to or that somebody marked with 📰"
    ),
    Permission(6, "Add Reactions", "mark a link that it could not read in a channel it listens to"),
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """The link, the application it is for, and whether that may see message content (None: nobody could tell)."""

    url: str
    application: str
    content: bool | None


async def invitation(api: str, token: str | None) -> Invitation:
    """Make the link for the application that a token belongs to. Raises CorrobotError without a usable token.

    Discord is asked; where it cannot be reached, the token's own first part tells the application.
    """
    if not token:
        raise CorrobotError("usage", "DISCORD_TOKEN is not set; the link is made for the application it belongs to")
    headers = {"Authorization": f"Bot {token}"}
    try:
        async with (
            aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=PATIENCE_S), headers=headers, trust_env=True
            ) as session,
            session.get(api + "/oauth2/applications/@me") as answer,
        ):
            if answer.status == 401:
                raise CorrobotError("refused", "Discord does not accept DISCORD_TOKEN; copy the bot's token again")
            body = await answer.json() if answer.status == 200 else {}
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        body = {}
    if isinstance(body, dict) and str(body.get("id", "")).isdecimal():
        return Invitation(link(str(body["id"])), str(body["id"]), bool(int(body.get("flags") or 0) & CONTENT))
    application = of_token(token)
    return Invitation(link(application), application, None)


def link(application: str) -> str:
    """Return the link for an application, with the permissions of this module and nothing else."""
    bits = sum(1 << one.bit for one in PERMISSIONS)
    return f"{AUTHORIZE}?{urlencode({'client_id': application, 'scope': SCOPES, 'permissions': bits})}"


def of_token(token: str) -> str:
    """Return the application that a token names in its first part. Raises CorrobotError where it names none."""
    first = token.split(".")[0]
    try:
        found = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        found = ""
    if not found.isdecimal():
        raise CorrobotError(
            "fetch_failed", "Discord cannot be reached and DISCORD_TOKEN names no application; try again later"
        )
    return found
