"""The log of moderators' acts, a page at a time."""

from collections.abc import Sequence
from typing import Protocol

from bot.render import card_texts as t
from bot.render import words
from bot.render.card import Button, Card, Line, Section, fit, section
from bot.render.card_lists import PER_PAGE
from bot.render.escape import cut


class Act(Protocol):
    """Who did what when and why."""

    @property
    def at(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def why(self) -> str: ...


def audit(acts: Sequence[Act], page: int) -> Card:
    """Return a page of the log, newest first; one more act than a page holds says that there is another."""
    lines = []
    for act in acts[:PER_PAGE]:
        who = f"<@{act.by}>" if act.by.isdigit() else cut(act.by, 40)
        told = f"- {words.date(act.at)} {act.at[11:16]} UTC, {who}: **{cut(act.what, 40)}**"
        full = f"{told} {cut(act.about, 200)}" + (f" – {cut(act.why, 300)}" if act.why else "")
        lines.append(Line(full, f"{told} {cut(act.about, 80)}"))
    head = section(t.AUDIT, [f"-# newest first, page {page + 1}"])
    turns = [Button(t.BACK, f"corrobot:audit:{page - 1}")] if page else []
    turns += [Button(t.ON, f"corrobot:audit:{page + 1}")] if len(acts) > PER_PAGE else []
    return Card(fit([head, Section("", tuple(lines))]), buttons=tuple(turns))
