"""`/settings`: what a server chose. Who moderates is chosen by those who may manage the server."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.render.card import Card, fit, section
from bot.services.preferences import CHOICES, DEFAULTS
from cogs import finding, texts
from cogs.moderating import Moderating, hidden, moderator
from cogs.permissions import told

if TYPE_CHECKING:
    from cogs.client import Corrobot

KEYS = [app_commands.Choice(name=key, value=key) for key in DEFAULTS]


class Settings(
    Moderating, group_name="settings", group_description="What this server chose: policy, alerts, listening."
):
    """Settings of this server."""

    @app_commands.command(name="show", description="Show what this server chose, and what can be chosen.")
    async def show(self, interaction: discord.Interaction["Corrobot"]) -> None:
        """Answer with all settings."""
        asked = await moderator(interaction)
        chosen = await asked.services.choosing.of(asked.server)
        lines = []
        for key in DEFAULTS:
            value = chosen[key] or texts.NOT_SET
            lines.append(f"- `{key}`: **{value}** – {texts.SETTINGS[key]}")
        notes = [texts.NO_CONTENT_INTENT] if not asked.bot.intents.message_content else []
        notes += told(interaction.guild, chosen) if interaction.guild else []
        await asked.card(Card(fit([section(texts.SETTINGS_HEAD, notes), section("", lines)])))

    @app_commands.command(name="set", description="Choose a setting of this server.")
    @app_commands.describe(key="Which setting", value="Its value, as /settings show explains it")
    @app_commands.choices(key=KEYS)
    async def set(
        self, interaction: discord.Interaction["Corrobot"], key: str, value: app_commands.Range[str, 1, 300]
    ) -> None:
        """Choose."""
        asked = await moderator(interaction)
        if key == "moderator_role":
            asked.demand_manager()
        kept = await asked.services.choosing.set(asked.server, key, value)
        await asked.note("settings set", f"{key}: {kept}")
        lines = [texts.SETTING_KEPT.format(key=key, value=kept)]
        if key.startswith("listen") and not asked.bot.intents.message_content:
            lines.append(texts.NO_CONTENT_INTENT)
        if key in ("listen_channels", "alert_channel") and interaction.guild:
            lines += told(interaction.guild, await asked.services.choosing.of(asked.server))
        await asked.say("\n".join(lines))

    @app_commands.command(name="reset", description="Go back to the default of a setting.")
    @app_commands.describe(key="Which setting goes back")
    @app_commands.choices(key=KEYS)
    async def reset(self, interaction: discord.Interaction["Corrobot"], key: str) -> None:
        """Go back."""
        asked = await moderator(interaction)
        if key == "moderator_role":
            asked.demand_manager()
        await asked.services.choosing.reset(asked.server, key)
        await asked.note("settings reset", key)
        await asked.say(texts.SETTING_KEPT.format(key=key, value=DEFAULTS[key] or texts.NOT_SET))

    @set.autocomplete("value")
    async def offer(self, interaction: discord.Interaction["Corrobot"], current: str) -> finding.Choices:
        """Offer the values of a setting that has few."""
        known = CHOICES.get(str(interaction.namespace.key or ""), ())
        return [app_commands.Choice(name=v, value=v) for v in known if current.lower() in v]


async def setup(bot: "Corrobot") -> None:
    """Add the commands, hidden from those who may not use them."""
    await bot.add_cog(hidden(Settings()))
