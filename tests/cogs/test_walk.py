"""Every command in turn: refused to whom it is not for, at its limit, with hostile words, when the analysis takes too long."""

from typing import Any

import pytest

from bot.model import CorrobotError
from bot.services.all import Services
from cogs import texts
from cogs.client import Corrobot
from cogs.pace import Pace
from tests.cogs.test_hostile import EVIL, article
from tests.cogs.test_hostile import check as check_card
from tests.cogs.test_meta import MODERATORS, commands
from tests.cogs.town import FERRY_A, Town, private, said

# What options are given where the walk is not after bad ones.
GIVEN: dict[str, Any] = {
    "story": "1", "other": "2", "article": "1", "articles": "1", "source": "1", "flag": "1", "figure": "1", "query": "killed",
    "text": "The ferry accident on Lake Orla killed 15 people.", "published": "2024-05-06", "as_of": "2024-05-06",
    "since": "2024-05-01", "until": "2024-05-31", "url": "https://nowhere.example/x", "name": "Lake Courier",
    "domains": "lake.example", "value": "range", "key": "policy", "address": "https://nowhere.example/feed",
}  # fmt: skip
WENT_WRONG = texts.FAILED.split("{", maxsplit=1)[0]


def options(town: Town, command: dict[str, Any], *, words: str | None = None, every: bool = False) -> dict[str, Any]:
    """Return options of a command: those it demands, or all; `words` stands in each that takes free text."""
    told: dict[str, Any] = {}
    for one in command.get("options", []):
        if not (one.get("required") or every):
            continue
        if one.get("choices"):
            told[one["name"]] = one["choices"][0]["value"]
        elif one["type"] == 3:
            text = GIVEN.get(one["name"], "words") if words is None else words
            told[one["name"]] = text[: one.get("max_length", 100)]
        elif one["type"] in (4, 10):
            told[one["name"]] = one.get("max_value", 1) if words is not None else one.get("min_value", 1)
        elif one["type"] == 5:
            told[one["name"]] = True
        elif one["type"] == 6:
            told[one["name"]] = town.other
        elif one["type"] == 11:
            told[one["name"]] = ("evil.txt", (words or FERRY_A).encode())
    return told


def slashes(town: Town) -> dict[str, dict[str, Any]]:
    """Return every slash command."""
    return {name: c for name, c in commands(town).items() if c.get("type", 1) != 3}


def forget(town: Town) -> None:
    """Begin a new minute for everybody: the walk is no person's pace."""
    town.env.bot.pace = Pace()


async def test_every_command_for_moderators_is_refused_to_members(town: Town) -> None:
    await town.ferry()
    for name in MODERATORS:
        await town.open(name)
    before = await town.env.bot.services.rulings.log(str(town.guild.id))
    for name, command in slashes(town).items():
        if name.split(" ")[0] not in MODERATORS:
            continue
        forget(town)
        refused = await town.slash(name, **options(town, command))
        assert said(refused) == texts.NOT_MODERATOR and private(refused), name
    assert await town.env.bot.services.rulings.log(str(town.guild.id)) == before == []
    town.expected()


async def test_every_autocomplete_takes_anything_and_offers_what_discord_takes(town: Town) -> None:
    await town.add("evil.txt", article(7), outlet=f"Bank {EVIL[:90]}")
    await town.ferry()
    for name in MODERATORS:
        await town.open(name)
    for name, command in slashes(town).items():
        for one in command.get("options", []):
            if not one.get("autocomplete"):
                continue
            forget(town)
            for typed in ("", "1", EVIL[:100], "x" * 100, "'\"*%_\\"):
                offered = await town.moderator.autocomplete(town.channel, name, one["name"], typed)
                assert len(offered) <= 25, (name, typed)
                assert all(1 <= len(c["name"]) <= 100 and 1 <= len(str(c["value"])) <= 100 for c in offered), name
            if name.split(" ")[0] in MODERATORS and one["name"] in ("flag", "figure", "source", "outlet"):
                assert await town.member.autocomplete(town.channel, name, one["name"], "") == [], name


@pytest.mark.parametrize("words", [EVIL, "x" * 6000, "\u202e\u200b \u2066"], ids=["hostile", "one long word", "unseen"])
async def test_every_command_takes_any_words_and_stays_a_valid_answer(town: Town, words: str) -> None:
    await town.add("evil.txt", article(7), outlet=f"Bank {EVIL[:90]}", published="2024-05-06")
    await town.add("worse.txt", article(9), outlet=f"Post {EVIL[:90]}", published="2024-05-06")
    for name, command in slashes(town).items():
        for every in (False, True):
            forget(town)
            given = options(town, command, words=words, every=every)
            given |= {"file": None} if "url" in given and "file" in given else {}
            result = await town.slash(name, who=town.moderator, **{k: v for k, v in given.items() if v is not None})
            if getattr(result, "modal", None) is not None:
                continue
            check_card(result, [m.id for m in (town.member, town.other, town.moderator)])
            assert WENT_WRONG not in said(result), name
    for request in town.env.http_requests:
        sent = (request.json or {}).get("allowed_mentions") if isinstance(request.json, dict) else None
        assert sent is None or sent["parse"] == []
    town.expected()


async def test_every_command_is_refused_when_somebody_asks_too_fast(town: Town, services: Services) -> None:
    await town.ferry()
    await town.env.restart_bot(Corrobot(services, pace=Pace(1, 1000)))
    await town.slash("about", who=town.moderator)
    for name, command in slashes(town).items():
        refused = await town.slash(name, who=town.moderator, **options(town, command))
        assert "That was a lot at once. Try again in" in said(refused) and private(refused), name


async def test_every_command_is_answered_when_the_analysis_takes_too_long(
    town: Town, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    await town.ferry()
    late = "It takes too long to analyse (over 60 s); send the article's text alone"

    async def stuck(*_: Any, **__: Any) -> None:
        raise CorrobotError("analysis", late, "it")

    monkeypatch.setattr(type(services.analyser), "_call", stuck)
    told: dict[str, str] = {}
    for name, command in slashes(town).items():
        forget(town)
        given = {"file": ("a.txt", FERRY_A.encode())} if name == "article add" else options(town, command)
        result = await town.slash(name, who=town.moderator, **given)
        told[name] = said(result)
        assert WENT_WRONG not in told[name] and told[name], name
        assert private(result) or late not in told[name], name
    assert late in told["article add"] and late in told["check"] and late in told["compare"]
    assert not town.env.bot.waiting
    town.expected()
