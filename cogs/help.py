"""`/help`, made from the commands themselves; `/privacy`; `/about`."""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Annotated, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.model import CorrobotError
from bot.render.card import Card, Line, Section, fit
from bot.render.escape import escape
from bot.render.words import short
from bot.services.forgetting import GRACE
from cogs import finding, hybrid, texts
from cogs.asked import Asked

if TYPE_CHECKING:
    from cogs.client import Corrobot

Command = app_commands.Command[Any, ..., Any]


def commands_of(bot: "Corrobot") -> Iterator[Command]:
    """Yield every slash command that does something, by name."""
    found = [c for c in bot.tree.walk_commands() if isinstance(c, app_commands.Command)]
    yield from sorted(found, key=lambda c: c.qualified_name)


def by_mention(command: Command) -> bool:
    """Tell whether a command works by mention, too."""
    return hasattr(command, "wrapped")


def for_moderators(command: Command) -> bool:
    """Tell whether a command is for moderators."""
    root = command.root_parent or command
    given = root.default_permissions
    return given is not None and given.manage_guild


def line_of(command: Command) -> str:
    """Return one command in a line."""
    star = "\\*" if by_mention(command) else ""
    return f"`/{command.qualified_name}`{star} {escape(command.description)}"


def overview(bot: "Corrobot") -> Card:
    """Return all commands."""
    every = list(commands_of(bot))
    member = tuple(Line(line_of(c)) for c in every if not for_moderators(c))
    moderator = tuple(Line(line_of(c)) for c in every if for_moderators(c))
    menus = [m.name for m in bot.tree.walk_commands(type=discord.AppCommandType.message)]
    name = bot.user.name if bot.user else "Corrobot"
    example = f"@{escape(name)} compare mariupol policy:lowest"
    intro = Section("## Corrobot", (Line(texts.HELP_INTRO), Line(texts.HELP_READ)))
    sections = [
        intro,
        Section("", member),
        Section(f"**{texts.MODERATORS_HEAD}**", moderator),
        Section(f"**{texts.MENUS}**", (Line(", ".join(f"“{escape(m)}”" for m in menus)),)),
        Section("", (Line(f"-# {texts.HELP_MENTION.format(example=example)}"),)),
    ]
    return Card(fit([s for s in sections if s.lines]))


def detail(command: Command) -> Card:
    """Return one command with its options."""
    options = []
    for one in command.parameters:
        needed = "" if one.required else " (optional)"
        choices = f" One of: {', '.join(escape(c.name) for c in one.choices)}." if one.choices else ""
        options.append(Line(f"- `{one.display_name}`{needed}: {escape(str(one.description))}.{choices}"))
    facts = [Line(escape(command.description))]
    if for_moderators(command):
        facts.append(Line(f"-# {texts.MODERATORS_ONLY}"))
    if by_mention(command):
        facts.append(Line(f"-# also by mention: @Corrobot {escape(command.qualified_name)}"))
    return Card(
        fit(
            [
                Section(f"## /{command.qualified_name}", tuple(facts)),
                Section("**Options**" if options else "", tuple(options)),
            ]
        )
    )


async def show_help(asked: Asked, topic: str | None = None) -> None:
    """Answer with all commands, or with those of a topic."""
    if not topic:
        await asked.card(overview(asked.bot))
        return
    wanted = " ".join(topic.lower().replace("/", " ").split())
    every = list(commands_of(asked.bot))
    exact = [c for c in every if c.qualified_name == wanted]
    group = [c for c in every if c.qualified_name.split(" ")[0] == wanted]
    if exact:
        await asked.card(detail(exact[0]))
    elif group:
        lines = tuple(Line(line_of(c)) for c in group)
        await asked.card(Card(fit([Section(f"## /{wanted}", lines)])))
    else:
        topics = ", ".join(dict.fromkeys(c.qualified_name.split(" ")[0] for c in every))
        raise CorrobotError("not_found", texts.HELP_UNKNOWN.format(topic=short(topic, 60), topics=topics))


class Help(commands.Cog):
    """What the bot does and what it keeps."""

    @hybrid.command(name="help", description="What Corrobot does, and its commands.")
    @app_commands.describe(topic="A command, such as compare or article add")
    async def help(
        self, ctx: commands.Context["Corrobot"], *, topic: Annotated[str | None, hybrid.Words(100)] = None
    ) -> None:
        """Answer with the commands; for the asker alone where Discord can do that."""
        asked = Asked(ctx)
        await asked.think(private=True)
        await show_help(asked, topic)

    @help.autocomplete("topic")
    async def offer(self, interaction: discord.Interaction["Corrobot"], current: str) -> finding.Choices:
        """Offer commands."""
        names = [c.qualified_name for c in commands_of(interaction.client) if current.lower() in c.qualified_name]
        return [app_commands.Choice(name=name, value=name) for name in names[: finding.MOST_CHOICES]]

    @app_commands.command(name="privacy", description="What Corrobot keeps, where, and how to remove it.")
    async def privacy(self, interaction: discord.Interaction["Corrobot"]) -> None:
        """Answer with what is kept."""
        await Asked(interaction).card(Card((texts.PRIVACY.format(days=GRACE.days),)), private=True)

    @app_commands.command(name="about", description="What Corrobot is and how it works.")
    async def about(self, interaction: discord.Interaction["Corrobot"]) -> None:
        """Answer with what the bot is."""
        await Asked(interaction).card(Card((texts.ABOUT.format(version=_version()),)), private=True)


def _version() -> str:
    try:
        return version("corrobot")
    except PackageNotFoundError:
        return "(a checkout)"


async def setup(bot: "Corrobot") -> None:
    """Add the commands."""
    await bot.add_cog(Help())
