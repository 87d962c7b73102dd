"""A moderator adds two articles and a member compares them; forms, mentions, menus, buttons; bad lines and limits."""

from dataclasses import dataclass

import pytest
import pytest_asyncio

from tests.wire import coverage
from tests.wire.interactions import DEFER, MODAL, Interaction, Upload
from tests.wire.loopback import Loopback
from tests.wire.messages import Message
from tests.wire.process import Bot
from tests.wire.rest import HOOK
from tests.wire.rules import EPHEMERAL
from tests.wire.schema import ABSENT

pytestmark = pytest.mark.asyncio(loop_scope="module")
FERRY = "/news/ferry"
BRIDGE = "/news/bridge"


@dataclass(frozen=True, slots=True)
class Told:
    """What adding the two articles gave."""

    file: Interaction
    link: Interaction


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ferry(discord: Loopback, bot: Bot) -> Told:
    """Add two articles that conflict, as a moderator: one as a file, one by its address."""
    moderator = discord.world.moderator
    discord.pages[FERRY] = coverage.NAVY_PAGE
    file = await discord.slash(moderator, "article add", file=Upload("herald.txt", coverage.HEADED.encode()))
    await discord.answer(file)
    link = await discord.slash(moderator, "article add", url=discord.address + FERRY)
    await discord.answer(link)
    return Told(file, link)


def demand_comparison(card: Message) -> None:
    """Assert that a card compares the two articles so that a reader needs no click."""
    assert coverage.POLICE in card.text, card.text
    assert coverage.NAVY in card.text
    assert "Harbour Herald" in card.text
    assert "Island Times" in card.text
    line = next(line for line in card.text.splitlines() if "⚠" in line)
    assert "12" in line
    assert "18" in line
    assert "killed" in line.lower()


async def test_adding_a_file_answers_with_its_card(ferry: Told) -> None:
    card = ferry.file.messages[-1]
    assert ferry.file.kind == DEFER
    assert card.v2
    assert not card.ephemeral
    assert "Ferry accident off Vostmark" in card.text
    assert "Harbour Herald" in card.text
    assert "12" in card.text


async def test_adding_an_address_fetches_the_page_and_shows_what_conflicts(discord: Loopback, ferry: Told) -> None:
    assert discord.fetched == ["/robots.txt", FERRY]
    demand_comparison(ferry.link.messages[-1])
    assert discord.address + FERRY in ferry.link.messages[-1].text


async def test_a_member_compares_and_gets_both_quotes_and_the_chart(discord: Loopback, ferry: Told) -> None:
    asked = await discord.slash(discord.world.member, "compare", story="ferry")
    card = await discord.answer(asked)
    assert asked.kind == DEFER
    demand_comparison(card)
    (picture,) = card.pictures
    (attached,) = card.payload["attachments"]
    assert picture["media"]["url"] == attached["url"]
    assert "18" in picture["description"]
    assert card.files[attached["filename"]].startswith(b"\x89PNG\r\n")
    assert card.buttons


async def test_a_button_of_the_card_answers_the_one_who_pressed(discord: Loopback, ferry: Told) -> None:
    card = await discord.answer(await discord.slash(discord.world.moderator, "compare", story="1"))
    page = await discord.answer(await discord.press(discord.world.member, card, "Quotes"))
    assert page.ephemeral
    assert coverage.POLICE in page.text
    assert coverage.NAVY in page.text


async def test_autocomplete_offers_the_story(discord: Loopback, ferry: Told) -> None:
    (choice,) = await discord.autocomplete(discord.world.member, "compare", "story", "ferr")
    assert choice["value"] == "1"
    assert "erry" in choice["name"]


async def test_pasting_opens_a_form_first_and_adds_what_it_holds(discord: Loopback, ferry: Told) -> None:
    member = discord.world.member
    form = await discord.first(await discord.slash(member, "article add", outlet="Bay Radio"))
    assert form.kind == MODAL
    sent = await discord.submit(member, form, {"text": coverage.PASTED, "published": "2024-05-02"})
    card = await discord.answer(sent)
    assert sent.kind == DEFER
    assert "Bay Radio" in card.text
    assert "31" in card.text
    assert "injured" in card.text
    empty = await discord.first(await discord.slash(member, "article add"))
    refusal = await discord.refusal(await discord.submit(member, empty, {}))
    assert "paste" in refusal.text.lower()


async def test_a_form_takes_a_file(discord: Loopback, ferry: Told) -> None:
    member = discord.world.member
    form = await discord.first(await discord.slash(member, "article add"))
    upload = Upload("herald.txt", coverage.HEADED.encode())
    card = await discord.answer(await discord.submit(member, form, {}, {"file": upload}))
    assert "Already known" in card.text
    assert "Ferry accident off Vostmark" in card.text


async def test_a_mention_compares(discord: Loopback, ferry: Told) -> None:
    asked = await discord.say(discord.world.member, f"{discord.world.mention} compare ferry")
    (card,) = await discord.replies(asked)
    demand_comparison(card)
    assert card.pictures


async def test_a_mention_with_an_article_reads_it(discord: Loopback, ferry: Told) -> None:
    asked = await discord.say(discord.world.member, f"{discord.world.mention} {coverage.MENTIONED}")
    (card,) = await discord.replies(asked)
    assert "40 percent" in card.text
    silent = await discord.say(discord.world.member, coverage.MENTIONED)
    await discord.answer(await discord.slash(discord.world.member, "help"))
    assert not [m for m in discord.channel if m.payload.get("message_reference", {}).get("message_id") == silent.id]


async def test_the_menu_reads_the_links_of_a_message(discord: Loopback, ferry: Told) -> None:
    discord.pages[BRIDGE] = coverage.BRIDGE_PAGE
    message = await discord.say(discord.world.owner, f"Look at this: {discord.address}{BRIDGE}")
    asked = await discord.menu(discord.world.member, "Read this article", message)
    card = await discord.answer(asked)
    assert asked.kind == DEFER
    assert "Bridge at Orlow closed after crack is found" in card.text
    assert "4,500" in card.text


async def test_a_forged_moderator_command_is_refused(discord: Loopback, ferry: Told) -> None:
    with pytest.raises(AssertionError, match="does not see /source"):
        await discord.slash(discord.world.member, "source add", name="Harbour Herald")
    forged = await discord.slash(discord.world.member, "source add", forged=True, name="Harbour Herald", letter="A")
    refusal = await discord.refusal(forged)
    assert "moderator" in refusal.text.lower()
    real = await discord.answer(await discord.slash(discord.world.moderator, "source list"))
    assert "Harbour Herald" not in real.text
    added = await discord.slash(discord.world.moderator, "source add", name="Harbour Herald", letter="B")
    assert "Harbour Herald (B)" in (await discord.answer(added)).text


async def test_an_unknown_story_is_refused_in_private(discord: Loopback, ferry: Told) -> None:
    asked = await discord.slash(discord.world.member, "compare", story="volcano")
    refusal = await discord.refusal(asked)
    assert "volcano" in refusal.text


async def test_a_lost_line_is_resumed_and_what_was_missed_is_answered(discord: Loopback, ferry: Told) -> None:
    before = discord.gateway.resumed, discord.gateway.identified
    await discord.gateway.drop()
    missed = await discord.slash(discord.world.member, "flags")
    await discord.until(lambda: discord.gateway.resumed > before[0], "the bot resumes", 20)
    assert "12" in (await discord.answer(missed)).text
    after = await discord.slash(discord.world.member, "story list")
    assert "Vostmark" in (await discord.answer(after)).text
    assert discord.gateway.identified == before[1]


async def test_a_forgotten_session_begins_anew(discord: Loopback, ferry: Told) -> None:
    before = discord.gateway.identified
    discord.gateway.forget()
    await discord.gateway.drop()
    await discord.until(lambda: discord.gateway.identified > before, "the bot identifies itself again", 30)
    again = await discord.slash(discord.world.member, "story list")
    assert "Vostmark" in (await discord.answer(again)).text


async def test_a_limit_on_a_follow_up_is_waited_out(discord: Loopback, ferry: Told) -> None:
    before = discord.count("POST", HOOK)
    discord.limit("POST", HOOK, 0.3, 0.2)
    asked = await discord.slash(discord.world.member, "compare", story="1")
    demand_comparison(await discord.answer(asked))
    assert discord.count("POST", HOOK) == before + 3
    assert len(asked.messages) == 1
    assert asked.messages[0].pictures


async def test_every_interaction_was_answered_in_time_and_nothing_is_left_loading(
    discord: Loopback, ferry: Told
) -> None:
    for one in discord.interactions.values():
        assert one.waited is not None
        assert one.waited < 3, one.payload["data"]
        assert not one.loading, one.payload["data"]


async def test_every_body_was_held_against_discords_own_description(discord: Loopback, ferry: Told) -> None:
    assert discord.refusals == []
    assert discord.gateway.heartbeats > 0
    private = [m for one in discord.interactions.values() for m in one.messages if m.payload["flags"] & EPHEMERAL]
    assert private
    if not discord.schema.present:
        pytest.skip(ABSENT)  # ../shared
    assert discord.schema.checked > len(discord.interactions)
