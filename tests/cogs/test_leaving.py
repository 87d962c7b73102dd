"""When the bot is removed from a server: kept for the grace period, then everything of that server goes."""

from datetime import timedelta
from typing import Any

import discord
from simcord.backend.serializers import guild_create_payload

from bot.services.all import Services
from bot.services.forgetting import GRACE
from cogs.client import Corrobot
from cogs.watching import TICK_S
from tests.cogs.town import FERRY_A, Town, said

HOUR = timedelta(hours=1)


async def later(town: Town, services: Services, passed: timedelta) -> None:
    """Put the clock of deletions ahead and let the bot look: a simulated week of heart-beats takes minutes."""
    services.forgetting._clock = lambda: discord.utils.utcnow() + passed
    await town.env.advance_time(TICK_S + 5)


async def leave(town: Town) -> None:
    """Remove the bot from the server: Discord tells it by a gateway event."""
    town.env.backend.remove_guild(town.guild.id)
    await town.env.settle()


async def rows(services: Services, server: str) -> dict[str, int]:
    """Count what the store has of a server, by table."""
    found = {}
    tables = await services.store.database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    for table in [t["name"] for t in tables]:
        columns = {c["name"] for c in await services.store.database.rows(f"PRAGMA table_info({table})")}
        if "server" in columns:
            row = await services.store.database.row(f"SELECT count(*) FROM {table} WHERE server = ?", (server,))
            if row and row[0]:
                found[table] = int(row[0])
    return found


async def furnish(town: Town) -> str:
    """Have something of every kind; return the server."""
    await town.ferry()
    await town.slash("watch add", story="1")
    await town.slash("source add", who=town.moderator, name="Lake Courier", letter="B")
    await town.slash("settings set", who=town.moderator, key="policy", value="lowest")
    await town.slash("mute add", who=town.moderator, outlet="Orla Herald")
    await town.slash("ruling dismiss", who=town.moderator, flag="1", reason="a slip")
    return str(town.guild.id)


async def test_everything_goes_after_the_grace_period_and_nothing_before(town: Town, services: Services) -> None:
    server = await furnish(town)
    await services.coverage.add_text("other", FERRY_A)
    before, others = await rows(services, server), await rows(services, "other")
    assert {"visibility", "stories", "sources", "settings", "mutes", "rulings", "audit", "watches"} <= set(before)
    await leave(town)
    await later(town, services, GRACE - HOUR)
    assert await rows(services, server) == before | {"departures": 1}
    await later(town, services, GRACE)
    assert await rows(services, server) == {}
    assert await rows(services, "other") == others
    texts: Any = await services.store.database.rows("SELECT text FROM articles")
    assert len(texts) == 1
    assert (await services.choosing.of(server))["policy"] == ""


async def test_a_server_that_takes_the_bot_back_in_time_finds_all(town: Town, services: Services) -> None:
    server = await furnish(town)
    before = await rows(services, server)
    backend: Any = town.env.backend
    guild, channels = backend.guilds[town.guild.id], dict(backend.channels)
    await leave(town)
    assert (await rows(services, server))["departures"] == 1
    backend.guilds[guild.id] = guild
    backend.channels.update(channels)
    backend.emit("GUILD_CREATE", guild_create_payload(backend, guild))
    await town.env.settle()
    await later(town, services, GRACE + HOUR)
    assert await rows(services, server) == before


async def test_a_server_left_while_the_bot_was_off_is_noted_at_its_start(town: Town, services: Services) -> None:
    await services.choosing.set("123456789012345678", "policy", "range")
    await services.choosing.set("local", "policy", "range")
    await furnish(town)
    await town.env.restart_bot(Corrobot(services))
    assert set(await services.store.departures.all()) == {"123456789012345678"}
    await later(town, services, GRACE + HOUR)
    assert await rows(services, "123456789012345678") == {}
    assert await rows(services, "local") == {"settings": 1}
    assert "18 dead" in said(await town.slash("article show", article="2"))
