"""Modals, and what every view of ours has in common: whatever it raises is caught, answered and logged."""

import secrets
from typing import TYPE_CHECKING

import discord
from discord import ui

from bot.model import CorrobotError
from cogs import errors, texts
from cogs.adding import add_file, add_text
from cogs.asked import Asked
from cogs.material import day_in

if TYPE_CHECKING:
    from cogs.client import Corrobot

MOST_PASTED = 4_000
PATIENCE_S = 3_600.0


class Form(ui.Modal):
    """A modal whose errors are answered; `submitted` is called in a server, at a human pace."""

    async def on_submit(self, interaction: "discord.Interaction[Corrobot]", /) -> None:  # type: ignore[override]
        """Let the request in and hand it on."""
        try:
            interaction.client.admit(interaction)
            await self.submitted(Asked(interaction))
        except Exception as error:
            await errors.answer(interaction, error)

    async def submitted(self, asked: Asked) -> None:
        """Do what the form is for."""
        raise NotImplementedError

    async def on_error(self, interaction: "discord.Interaction[Corrobot]", error: Exception, /) -> None:  # type: ignore[override]
        """Answer what discord.py itself could not do with the form."""
        await errors.answer(interaction, error)


class Paste(Form, title=texts.MODAL_TITLE):
    """Outlet, date, and the article as text or as a file; one of the two is demanded."""

    outlet: ui.Label["Paste"] = ui.Label(
        text=texts.MODAL_OUTLET,
        description=texts.MODAL_OUTLET_HINT,
        component=ui.TextInput(custom_id="outlet", required=False, max_length=100),
    )
    published: ui.Label["Paste"] = ui.Label(
        text=texts.MODAL_DATE,
        description=texts.MODAL_DATE_HINT,
        component=ui.TextInput(custom_id="published", required=False, max_length=40),
    )
    text: ui.Label["Paste"] = ui.Label(
        text=texts.MODAL_TEXT,
        description=texts.MODAL_TEXT_HINT,
        component=ui.TextInput(
            custom_id="text", style=discord.TextStyle.paragraph, required=False, max_length=MOST_PASTED
        ),
    )
    file: ui.Label["Paste"] = ui.Label(
        text=texts.MODAL_FILE,
        description=texts.MODAL_FILE_HINT,
        component=ui.FileUpload(custom_id="file", required=False, max_values=1),
    )

    def __init__(self, *, outlet: str | None = None, published: str | None = None) -> None:
        # An id of its own: two people may have the form open at once.
        super().__init__(custom_id=f"corrobot:form:article:{secrets.token_hex(6)}", timeout=PATIENCE_S)
        self._input(self.outlet).default = outlet
        self._input(self.published).default = published

    @staticmethod
    def _input(label: "ui.Label[Paste]") -> "ui.TextInput[Paste]":
        assert isinstance(label.component, ui.TextInput)
        return label.component

    async def submitted(self, asked: Asked) -> None:
        """Add the article."""
        assert isinstance(self.file.component, ui.FileUpload)
        outlet = self._input(self.outlet).value.strip() or None
        text, files = self._input(self.text).value.strip(), self.file.component.values
        if not text and not files:
            raise CorrobotError("usage", texts.NEED_TEXT_OR_FILE)
        if text and files:
            raise CorrobotError("usage", texts.TEXT_AND_FILE)
        published = day_in(self._input(self.published).value)
        await asked.think()
        if files:
            await add_file(asked, files[0], outlet, published)
        else:
            await add_text(asked, text, outlet, published)
