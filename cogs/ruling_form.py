"""The form behind "Rule on this": which flag, what is decided, and why."""

import secrets
from collections.abc import Sequence

import discord
from discord import ui

from bot.render.card_texts import plural
from bot.render.escape import escape
from bot.render.words import short
from bot.services.rulings import MOST_REASON, STEPS, OpenFlag, Outcome
from cogs import texts
from cogs.asked import Asked
from cogs.forms import PATIENCE_S, Form

MOST_LABEL = 100


def told(outcome: Outcome, text: str = texts.RULED) -> str:
    """Say what a ruling did."""
    stories = " ".join(
        texts.STORY_NOW.format(number=s.number, flags=plural(s.flags, "open flag")) for s in outcome.stories
    )
    return text.format(number=outcome.ruling.number, about=escape(outcome.about), stories=stories or texts.STORIES_GONE)


async def decide(asked: Asked, flag: str, decision: str, reason: str) -> list[Outcome]:
    """Do what was chosen: "dismiss", "scope.<step>" or "side.<number>"."""
    what, _, which = decision.partition(".")
    rulings = asked.services.rulings
    if what == "dismiss":
        return [await rulings.dismiss(asked.server, flag, reason, asked.by)]
    if what == "scope":
        return [await rulings.scope(asked.server, flag, which, reason, asked.by)]
    return await rulings.side(asked.server, flag, int(which), reason, asked.by)


class RuleForm(Form, title=texts.RULE_TITLE):
    """A flag, a decision and its reason."""

    flag: ui.Label["RuleForm"] = ui.Label(text=texts.RULE_FLAG, component=ui.Select(custom_id="flag"))
    decision: ui.Label["RuleForm"] = ui.Label(text=texts.RULE_WHAT, component=ui.Select(custom_id="decision"))
    reason: ui.Label["RuleForm"] = ui.Label(
        text=texts.RULE_WHY,
        description=texts.RULE_WHY_HINT,
        component=ui.TextInput(custom_id="reason", style=discord.TextStyle.paragraph, max_length=MOST_REASON),
    )

    def __init__(self, found: Sequence[OpenFlag]) -> None:
        super().__init__(custom_id=f"corrobot:form:rule:{secrets.token_hex(6)}", timeout=PATIENCE_S)
        flags, decisions = self._select(self.flag), self._select(self.decision)
        named = {f"{f.story}.{f.id}": f.explanation for f in found[:25]}
        for place, (id, explanation) in enumerate(named.items()):
            flags.append_option(
                discord.SelectOption(label=short(explanation, MOST_LABEL), value=id, default=place == 0)
            )
        decisions.add_option(label=texts.RULE_DISMISS, value="dismiss")
        for step in STEPS:
            decisions.add_option(label=texts.RULE_SCOPE.format(step=step), value=f"scope.{step}")
        for side in (1, 2):
            decisions.add_option(label=texts.RULE_SIDE.format(side=side), value=f"side.{side}")

    @staticmethod
    def _select(label: "ui.Label[RuleForm]") -> "ui.Select[RuleForm]":
        assert isinstance(label.component, ui.Select)
        return label.component

    async def submitted(self, asked: Asked) -> None:
        """Rule; the permission is checked once more."""
        await asked.demand_moderator()
        await asked.think(private=True)
        assert isinstance(self.reason.component, ui.TextInput)
        flag, decision = self._select(self.flag).values[0], self._select(self.decision).values[0]
        made = await decide(asked, flag, decision, self.reason.component.value)
        await asked.say("\n".join(told(one) for one in made))
