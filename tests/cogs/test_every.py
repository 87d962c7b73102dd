"""Every command and menu in turn, by the table of cases: ordinary use, bad input, its limit, an analysis that takes too long."""

from typing import Any

import pytest

from bot.model import CorrobotError
from bot.services.all import Services
from cogs import texts
from cogs.client import Corrobot
from cogs.pace import Pace
from tests import cases
from tests.cases import CASES, MENUS, Case, File
from tests.cogs.test_meta import FIXED, MODERATORS
from tests.cogs.test_meta import MENUS as NAMES
from tests.cogs.test_walk import forget
from tests.cogs.town import Town, private, said
from tests.wire import coverage

SITE = "https://times.example"
# Commands that take nothing which could be wrong: no option, one of a fixed list, or a page (an empty one says so).
NOTHING_WRONG = {
    "privacy", "about", "article list", "watch list", "mydata show", "mydata delete", "source list", "source health", "source export",
    "audit", "mute list", "settings show", "settings reset",
}  # fmt: skip


@pytest.fixture
def filled(town: Town) -> Town:
    """Serve the pages that cases name."""
    town.web.pages |= {f"{SITE}/news/ferry": coverage.NAVY_PAGE, f"{SITE}/feed.xml": cases.RSS.format(site=SITE)}
    return town


async def use(town: Town, case: Case, options: dict[str, Any]) -> Any:
    """Use a command with what a case gives, as those would whom it is for."""
    who = town.moderator if case.moderator else town.member
    given: dict[str, Any] = {}
    for name, value in options.items():
        if value == cases.OFFERED:
            offered = await who.autocomplete(town.channel, case.command, name, "")
            assert offered, f"{case.command} offers nothing for {name}"
            given[name] = offered[0]["value"]
        elif value == cases.PERSON:
            given[name] = town.other
        elif isinstance(value, File):
            given[name] = (value.name, value.text.replace(cases.SITE, SITE).encode())
        else:
            given[name] = value.replace(cases.SITE, SITE) if isinstance(value, str) else value
    forget(town)
    return await town.slash(case.command, who=who, **given)


def test_every_command_and_menu_has_its_cases() -> None:
    assert {case.command for case in CASES} == FIXED
    assert set(MENUS) == NAMES
    assert {case.command for case in CASES if case.moderator} == {n for n in FIXED if n.split(" ")[0] in MODERATORS}
    wrong = {case.command for case in CASES if case.bad is not None}
    assert FIXED - wrong == NOTHING_WRONG
    assert all(case.says for case in CASES) and all(case.refuses for case in CASES if case.bad is not None)


async def test_every_command_does_what_it_is_for(filled: Town) -> None:
    wrong = []
    for case in CASES:
        result = await use(filled, case, case.options)
        if not cases.fits(case.says, said(result)):
            wrong.append((case.command, case.says, said(result)))
        assert private(result) or not case.moderator, case.command
    assert not wrong and not filled.env.errors


async def test_every_command_says_what_is_wrong_with_bad_input(filled: Town, services: Services) -> None:
    for case in CASES:
        # Before anything is there, and again where a story with a conflict is.
        if case.command not in ("article remove", "ruling merge", "ruling split"):
            await use(filled, case, case.options)
        if case.bad is None:
            continue
        result = await use(filled, case, case.bad)
        assert case.refuses in said(result), (case.command, said(result))
        assert case.empty or private(result), case.command
        assert texts.FAILED.split("{", maxsplit=1)[0] not in said(result), case.command
    filled.expected()


async def press(town: Town, menu: str, text: str, who: Any = None) -> Any:
    """Use a menu on a message."""
    message = await town.other.send(town.channel, text)
    return await (who or town.member).context_menu(town.channel, menu, message)


async def test_every_menu_does_what_it_is_for_and_refuses_a_message_without_text(filled: Town) -> None:
    await filled.add("herald.txt", coverage.HEADED)
    for menu, says in MENUS.items():
        assert says in said(await press(filled, menu, cases.MESSAGE)), menu
        assert not filled.env.errors, menu
    for menu in MENUS:
        refused = await press(filled, menu, "<@1>")
        assert texts.NO_TEXT_HERE in said(refused) and private(refused), menu
    filled.expected()


async def test_every_menu_is_refused_when_somebody_asks_too_fast(town: Town, services: Services) -> None:
    await town.env.restart_bot(Corrobot(services, pace=Pace(1, 1000)))
    await town.slash("about")
    for menu in MENUS:
        refused = await press(town, menu, cases.MESSAGE)
        assert "That was a lot at once. Try again in" in said(refused) and private(refused), menu


async def test_every_menu_is_answered_when_the_analysis_takes_too_long(
    town: Town, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = "It takes too long to analyse (over 60 s); send the article's text alone"

    async def stuck(*_: Any, **__: Any) -> None:
        raise CorrobotError("analysis", late, "it")

    monkeypatch.setattr(type(services.analyser), "_call", stuck)
    for menu in MENUS:
        result = await press(town, menu, cases.MESSAGE)
        assert late in said(result) and private(result), menu
    assert not town.env.bot.waiting
    town.expected()
