"""A mention that is no command: the links, files and text of its message are read; if unsure, it is asked."""

import re

import discord
from discord import ui

from bot.model import CorrobotError
from bot.render.card_lists import checked
from cogs import texts
from cogs.adding import add_all, add_text
from cogs.asked import Asked
from cogs.material import Material, material

_FIGURE = re.compile(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million)s?\b", re.I)


async def heard(asked: Asked, message: discord.Message) -> None:
    """Do what a mention seems to ask for."""
    found = material(message)
    if not found:
        await offer_form(asked)
    elif (found.links or found.files) and found.long:
        await ask(asked, message, texts.ASK_LINK_OR_TEXT, links=True)
    elif found.links or found.files:
        await asked.think()
        await add_all(asked, found)
    elif found.long:
        await asked.think()
        await add_text(asked, found.text)
    elif _FIGURE.search(found.text):
        await ask(asked, message, texts.ASK_WHICH, links=False)
    else:
        from cogs.help import show_help

        await show_help(asked)


async def offer_form(asked: Asked) -> None:
    """Answer with a button that opens the form: only an interaction may open one."""
    await asked.say(texts.PASTE_HERE, view=buttons((texts.PASTE_BUTTON, "corrobot:paste")))


async def ask(asked: Asked, message: discord.Message, question: str, *, links: bool) -> None:
    """Ask what shall be done with a message."""
    first = (texts.READ_LINKS, f"corrobot:read:links:{message.id}") if links else None
    rest = (
        (texts.READ_TEXT, f"corrobot:read:text:{message.id}"),
        (texts.CHECK_TEXT, f"corrobot:read:check:{message.id}"),
    )
    await asked.say(question, view=buttons(*([first] if first else []), *rest))


def buttons(*given: tuple[str, str]) -> ui.View:
    """Make a row of buttons that are found by their ids."""
    view = ui.View(timeout=None)
    for label, id in given:
        view.add_item(ui.Button(label=label, custom_id=id))
    view.stop()
    return view


async def read(asked: Asked, found: Material, what: str) -> None:
    """Do what was chosen for a message."""
    if what == "check":
        await check(asked, found.text)
    elif what == "text":
        await add_text(asked, found.text)
    else:
        await add_all(asked, found)


async def check(asked: Asked, text: str) -> None:
    """Answer with how the figures of a text stand to stored coverage."""
    if not text.strip():
        raise CorrobotError("empty", texts.NO_TEXT_HERE)
    view = await asked.services.coverage.check(asked.server, text)
    await asked.card(checked(view.article, view.figures, view.stories, view.remarks))
