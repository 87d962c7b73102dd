"""A card as Discord's own components."""

import io

import discord
from discord import ui

from bot.render.card import BUTTONS_A_ROW, MOST_ALT, MOST_BUTTONS, Card
from bot.render.words import short

# Never the only sign: a flag says so in words and with its sign.
COLOURS = {"flag": 0xD55E00, "change": 0x0072B2, "plain": 0x7A7F87}
_STYLES = {
    "primary": discord.ButtonStyle.primary,
    "secondary": discord.ButtonStyle.secondary,
    "danger": discord.ButtonStyle.danger,
}


def layout(card: Card) -> ui.LayoutView:
    """Make the view of a card. Its buttons are found by their ids whenever they are pressed, so it needs no memory."""
    view = ui.LayoutView(timeout=None)
    box: ui.Container[ui.LayoutView] = ui.Container(accent_colour=COLOURS[card.tone])
    for place, block in enumerate(card.blocks):
        if place:
            box.add_item(ui.Separator(visible=place == 1))
        box.add_item(ui.TextDisplay(block))
    if card.picture:
        item = discord.MediaGalleryItem(
            f"attachment://{card.picture.name}", description=short(card.picture.alt, MOST_ALT)
        )
        box.add_item(ui.MediaGallery(item))
    shown = card.buttons[:MOST_BUTTONS]
    for at in range(0, len(shown), BUTTONS_A_ROW):
        row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
        for button in shown[at : at + BUTTONS_A_ROW]:
            row.add_item(ui.Button(label=button.label, custom_id=button.id, style=_STYLES[button.style]))
        box.add_item(row)
    view.add_item(box)
    view.stop()
    return view


def rows(card: Card) -> ui.View:
    """Make the buttons of a card alone, to go along with plain text."""
    view = ui.View(timeout=None)
    for button in card.buttons[:MOST_BUTTONS]:
        view.add_item(ui.Button(label=button.label, custom_id=button.id, style=_STYLES[button.style]))
    view.stop()
    return view


def files(card: Card) -> list[discord.File]:
    """Return the files that a card shows."""
    if card.picture is None:
        return []
    file = discord.File(io.BytesIO(card.picture.png), card.picture.name, description=short(card.picture.alt, MOST_ALT))
    return [file]
