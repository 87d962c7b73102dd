"""Menus on a message: read it, check its figures, summarize it. They need no intent to see what it says."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.model import Article, CorrobotError
from bot.render.card_lists import summary
from bot.render.words import title_of
from bot.services.glance import Glance
from cogs import texts
from cogs.adding import add_all, each
from cogs.asked import Asked
from cogs.material import Material, bytes_of, material
from cogs.mention import check

if TYPE_CHECKING:
    from cogs.client import Corrobot


def _found(message: discord.Message) -> Material:
    found = material(message)
    if not found:
        raise CorrobotError("empty", texts.NO_TEXT_HERE)
    return found


@app_commands.context_menu(name="Read this article")
async def read_article(interaction: discord.Interaction["Corrobot"], message: discord.Message) -> None:
    """Add the links and files of a message; its text where there are none, or where it is long."""
    asked = Asked(interaction)
    found = _found(message)
    await asked.think()
    await add_all(asked, found, text=found.long or not (found.links or found.files))


@app_commands.context_menu(name="Check these figures")
async def check_figures(interaction: discord.Interaction["Corrobot"], message: discord.Message) -> None:
    """Hold the figures of a message, or of what it links to, against stored coverage."""
    asked = Asked(interaction)
    found = _found(message)
    await asked.think(private=True)
    if found.text:
        await check(asked, found.text)
        return
    await each(asked, [lambda one=one: _check(asked, one) for one in (*found.links, *found.files)])  # type: ignore[misc]


async def _check(asked: Asked, one: str | discord.Attachment) -> None:
    article = await _look(asked, one)
    await check(asked, article.text[:20_000])


@app_commands.context_menu(name="Summarize")
async def summarize(interaction: discord.Interaction["Corrobot"], message: discord.Message) -> None:
    """Summarize what a message links to, holds or says, without keeping it."""
    asked = Asked(interaction)
    found = _found(message)
    await asked.think(private=True)
    inputs = (*found.links, *found.files)
    if inputs:
        await each(asked, [lambda one=one: _summarize(asked, one) for one in inputs])  # type: ignore[misc]
    else:
        await _summarize(asked, found.text, text=True)


async def _summarize(asked: Asked, one: str | discord.Attachment, *, text: bool = False) -> None:
    glance = Glance(asked.services.analyser, asked.services.fetcher)
    article = await glance.text(str(one)) if text else await _look(asked, one)
    sentences = await glance.summary(article)
    await asked.card(summary(title_of(article), [(s, article) for s in sentences], texts.NOT_STORED))


async def _look(asked: Asked, one: str | discord.Attachment) -> Article:
    glance = Glance(asked.services.analyser, asked.services.fetcher)
    if isinstance(one, str):
        return await glance.url(one)
    return await glance.file(one.filename, await bytes_of(one))


MENUS = (read_article, check_figures, summarize)


async def setup(bot: "Corrobot") -> None:
    """Add the menus."""
    for menu in MENUS:
        bot.tree.add_command(menu)


async def teardown(bot: "Corrobot") -> None:
    """Take the menus away."""
    for menu in MENUS:
        bot.tree.remove_command(menu.name, type=menu.type)
