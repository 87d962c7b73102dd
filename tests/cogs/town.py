"""A server to act in, articles to add, and the words of what its people read. All names and events are made up."""

import re
from typing import Any

import discord
from simcord.components import walk_components

from tests.cogs.local import Web

FERRY_A = """Ferry accident on Lake Orla leaves 12 dead

Twelve people were killed when the ferry Marigold ran aground on Lake Orla on Monday, the coast guard said.
The coast guard said 40 people were injured. Rescue boats searched the water until dark on Monday.
"""
FERRY_B = """Ferry accident on Lake Orla: 18 dead

Eighteen people were killed when the ferry Marigold ran aground on Lake Orla on Monday, police said.
Police said 40 people were injured. The operator of the ferry promised an inquiry into the accident.
"""
# A part above its whole: Nantes lies in France.
FLOOD_IN_TOWN = """Flood in Nantes after the storm

At least 29 people died in the flood in Nantes on Tuesday, the mayor said.
Rescue crews were still searching the cellars of Nantes after the flood, and the Loire rose through the night.
"""
FLOOD_IN_ALL = """Flood on the Loire: the dead are counted

The flood killed 21 people in France on Tuesday, the interior ministry said.
Nantes was hit hardest by the flood on Tuesday, the ministry said, and the Loire rose through the night.
"""
FRENCH = """Un ferry s'échoue sur le lac

Le ferry s'est échoué lundi sur le lac, ont annoncé les autorités. Douze personnes sont mortes dans l'accident et une
quarantaine d'autres ont été blessées, selon les secours qui poursuivent les recherches dans la nuit avec des bateaux.
"""


def page(title: str, site: str, *paragraphs: str, published: str = "2024-05-06") -> str:
    """Return an article as a web page."""
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f'<html lang="en"><head><title>{title}</title><meta property="og:site_name" content="{site}">'
        f'<meta property="og:title" content="{title}"><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{published}T08:00:00Z"></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


FERRY_URL = "https://orla-herald.example/news/ferry"
FERRY_PAGE = page(
    "Ferry accident on Lake Orla leaves 12 dead",
    "Orla Herald",
    "Twelve people were killed when the ferry Marigold ran aground on Lake Orla on Monday, the coast guard said.",
    "The coast guard said 40 people were injured. Rescue boats searched the water until dark on Monday, and the ferry"
    " was towed to the harbour at night.",
    "The Marigold had crossed the lake twice a day for thirty years without an accident, its operator said in a short"
    " statement that gave no reason for what happened.",
)


class Town:
    """One server with a channel, two members and a moderator."""

    def __init__(self, env: Any, web: Web) -> None:
        self.env = env
        self.web = web
        self.guild = env.create_guild(name="Newsroom")
        self.channel = self.guild.create_text_channel("desk")
        self.other_channel = self.channel
        manage = self.guild.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
        self.member = self.guild.add_member(env.create_user("mila"))
        self.other = self.guild.add_member(env.create_user("otto"))
        self.moderator = self.guild.add_member(env.create_user("mona"), roles=[manage])

    @property
    def me(self) -> str:
        """Return the mention of the bot."""
        return f"<@{self.env.bot.user.id}>"

    async def slash(self, command: str, /, who: Any = None, **options: Any) -> Any:
        """Use a slash command."""
        return await (who or self.member).slash(self.channel, command, **options)

    async def mention(self, text: str, who: Any = None, **options: Any) -> Any:
        """Mention the bot and return what it answered, None if it said nothing."""
        sent = await (who or self.member).send(self.channel, f"{self.me} {text}".rstrip(), **options)
        last = self.channel.last_message
        return None if last.id == sent.id else last

    async def add(self, name: str, text: str, /, **options: Any) -> Any:
        """Add an article as a file."""
        return await self.slash("article add", file=(name, text.encode()), **options)

    async def open(self, name: str) -> None:
        """Show a command to everybody, as an administrator of the server can."""
        command = next(c for c in await self.env.bot.tree.fetch_commands() if c.name == name)
        self.guild.set_command_permissions(command, {self.guild.default_role: True})

    async def ferry(self) -> None:
        """Add two articles that conflict; the first has a link."""
        self.web.pages[FERRY_URL] = FERRY_PAGE
        await self.slash("article add", url=FERRY_URL)
        await self.add("b.txt", FERRY_B, outlet="Lake Courier", published="2024-05-06")

    def expected(self) -> None:
        """Say that what the bot reported as an error so far was expected."""
        assert self.env.errors


def message_of(result: Any) -> Any:
    """Return the last message of a result; a message is its own."""
    if not hasattr(result, "followups"):
        return result
    return result.followups[-1] if result.followups else result.response


def components(message: Any) -> list[dict[str, Any]]:
    """Return all components of a message as payload."""
    return list(walk_components([c if isinstance(c, dict) else c.to_dict() for c in message.components]))


def texts_in(result: Any) -> str:
    """Return all that a message says, as it was sent."""
    message = message_of(result)
    return "\n".join([message.content, *(c["content"] for c in components(message) if c.get("type") == 10)])


def said(result: Any) -> str:
    """Return what a message says as a person sees it: back-slashes and unseen marks gone."""
    return re.sub(r"\\([^A-Za-z0-9\s])", r"\1", texts_in(result)).replace("\u200b", "")


def buttons(result: Any) -> dict[str, str]:
    """Return the ids of a message's buttons by label."""
    return {c["label"]: c["custom_id"] for c in components(message_of(result)) if c.get("type") == 2}


def private(result: Any) -> bool:
    """Tell whether only the asker sees the last answer."""
    return bool(message_of(result).flags.ephemeral)
