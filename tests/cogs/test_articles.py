"""`/article`: what people read after adding, showing, listing and removing."""

import pytest

from tests.cogs.town import (
    FERRY_A,
    FERRY_PAGE,
    FERRY_URL,
    FRENCH,
    Town,
    buttons,
    message_of,
    private,
    said,
    texts_in,
)


async def test_a_file_is_read_and_the_first_has_no_other_coverage(town: Town) -> None:
    result = await town.add("ferry.txt", FERRY_A, outlet="Orla Herald", published="2024-05-06")
    told = said(result)
    assert not private(result)
    assert "Ferry accident on Lake Orla leaves 12 dead" in told
    assert "Orla Herald" in told and "6 May 2024 (from option)" in told
    assert "There is no other coverage of this story yet." in told
    assert "> Twelve people were killed when the ferry Marigold ran aground on Lake Orla on Monday" in told
    assert "**Twelve** people killed" in told and "**40** people injured" in told
    assert "seen in this server only" in told
    assert "⚠" not in told and "onflict" not in told


async def test_a_link_is_read_and_linked(town: Town) -> None:
    town.web.pages[FERRY_URL] = FERRY_PAGE
    result = await town.slash("article add", url=FERRY_URL)
    assert f"[Orla Herald](<{FERRY_URL}>)" in texts_in(result)
    assert "from meta" in said(result) or "from jsonld" in said(result)
    again = await town.slash("article add", url=FERRY_URL)
    assert "Already known here." in said(again) and "article 1" in said(again)


async def test_the_form_is_the_first_answer_and_takes_text(town: Town) -> None:
    result = await town.slash("article add", outlet="Orla Herald")
    assert result.modal is not None and not result.deferred
    labels = [c["label"] for c in result.modal["components"]]
    assert labels == ["Outlet", "Publication date", "Text", "File"]
    answer = await town.member.submit_modal(
        result, {"outlet": "Orla Herald", "published": "2024-05-06", "text": FERRY_A}
    )
    assert "**Twelve** people killed" in said(answer) and "Orla Herald" in said(answer)


async def test_the_form_takes_a_file(town: Town) -> None:
    form = await town.slash("article add")
    answer = await town.member.submit_modal(form, {"file": ("message.txt", FERRY_A.encode())})
    assert "**40** people injured" in said(answer)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "paste the article's text or attach a file"),
        ({"text": FERRY_A, "file": ("a.txt", b"x")}, "either the text or a file"),
        ({"text": FERRY_A, "published": "last Monday"}, "“last Monday” is no date"),
    ],
)
async def test_the_form_demands_what_it_needs(town: Town, values: dict[str, object], told: str) -> None:
    answer = await town.member.submit_modal(await town.slash("article add"), values)
    assert told in said(answer) and private(answer)


async def test_two_people_may_have_the_form_open(town: Town) -> None:
    first = await town.slash("article add")
    second = await town.slash("article add", who=town.other)
    await town.other.submit_modal(second, {"text": FERRY_A})
    answer = await town.member.submit_modal(first, {"text": FERRY_A.replace("Lake Orla", "Lake Tarn")})
    assert "Lake Tarn" in said(answer)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"file": ("a.txt", b"")}, "empty"),
        ({"file": ("a.txt", b"\x00\x01\x02\x03" * 50)}, "a.txt"),
        ({"file": ("a.exe", b"MZ")}, "no known kind"),
        ({"file": ("a.txt", b"caf\xe9 \xff\xfe x")}, "a.txt"),
        ({"url": "https://nowhere.example/x"}, "cannot be reached"),
        ({"url": FERRY_URL, "file": ("a.txt", b"x")}, "either a link or a file"),
        ({"url": FERRY_URL, "published": "soon"}, "“soon” is no date"),
    ],
)
async def test_bad_input_is_refused_for_the_asker_alone(town: Town, options: dict[str, object], told: str) -> None:
    result = await town.slash("article add", **options)
    town.expected()
    assert told in said(result) and private(result)
    assert len(town.channel.history()) == 0


async def test_another_language_is_stored_unread(town: Town) -> None:
    told = said(await town.add("lac.txt", FRENCH))
    assert "not in English" in told and "unread" in told


async def test_show_by_number_and_by_words(town: Town) -> None:
    await town.ferry()
    assert "Eighteen" in said(await town.slash("article show", article="2"))
    assert "Eighteen" in said(await town.slash("article show", article="eighteen people"))
    unsure = await town.slash("article show", article="Marigold")
    town.expected()
    assert "Several articles fit “Marigold”" in said(unsure) and private(unsure)
    missing = await town.slash("article show", article="99")
    assert "There is no article 99 here." in said(missing) and private(missing)
    town.expected()


async def test_the_list_is_paged(town: Town) -> None:
    assert "There are no articles here yet." in said(await town.slash("article list"))
    for n in range(11):
        await town.add(
            f"{n}.txt", f"Storm number {n} in Bergen\n\nThe storm in Bergen felled {n + 20} trees on Monday."
        )
    first = await town.slash("article list")
    assert "Storm number 10 in Bergen" in said(first) and "Storm number 0 " not in said(first)
    more = await town.other.click(message_of(first), label="More ▶")
    assert "Storm number 0 in Bergen" in said(more) and private(more)
    assert list(buttons(more)) == ["◀ Back"]


async def test_removing_is_for_the_adder_in_time_and_for_moderators(town: Town) -> None:
    await town.ferry()
    refused = await town.slash("article remove", who=town.other, article="1")
    town.expected()
    assert "can be removed by moderators" in said(refused) and private(refused)
    mine = await town.slash("article remove", article="1")
    assert "Article 1 (Ferry accident on Lake Orla leaves 12 dead) was removed" in said(mine)
    await town.env.advance_time(16 * 60)
    late = await town.slash("article remove", article="2")
    town.expected()
    assert "within 15 minutes" in said(late)
    assert "was removed" in said(await town.slash("article remove", who=town.moderator, article="2"))
    assert "There are no articles here yet." in said(await town.slash("article list"))


async def test_the_adder_corrects_an_article_in_time_and_nobody_else_does(town: Town) -> None:
    await town.add("b.txt", FERRY_A, outlet="Lake Curier", published="2024-05-07")
    for who in (town.other, town.moderator):
        refused = await town.slash("article edit", who=who, article="1", outlet="Mine")
        town.expected()
        assert "can be corrected here by the person who added it, within 15 minutes" in said(refused)
        assert "/ruling correct" in said(refused) and private(refused)
    card = await town.slash("article edit", article="1", outlet="Lake Courier", published="2024-05-06", title="Ferry")
    assert "Corrected." in said(card) and "Lake Courier" in said(card) and "6 May 2024" in said(card) and private(card)
    shown = said(await town.slash("article show", article="1"))
    assert "## Ferry\n" in shown and "Curier" not in shown
    assert "**article edit** article 1, outlet: Lake Courier" in said(await town.slash("audit", who=town.moderator))
    await town.env.advance_time(15 * 60 + 1)
    late = await town.slash("article edit", article="1", outlet="Other")
    town.expected()
    assert "within 15 minutes of adding it" in said(late) and private(late)
    assert "Lake Courier" in said(await town.slash("article show", article="1"))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "Say what to correct"),
        ({"published": "soon"}, "“soon” is no date"),
        ({"article": "9", "outlet": "x"}, "There is no article 9 here."),
    ],
)
async def test_a_correction_that_says_nothing_is_refused(town: Town, options: dict[str, str], told: str) -> None:
    await town.add("b.txt", FERRY_A)
    result = await town.slash("article edit", **({"article": "1"} | options))
    town.expected()
    assert told in said(result) and private(result)


async def test_what_a_moderator_corrected_is_not_corrected_over(town: Town) -> None:
    await town.add("b.txt", FERRY_A, outlet="Lake Curier")
    await town.slash("ruling correct", who=town.moderator, article="1", reason="a slip", outlet="Lake Courier")
    refused = await town.slash("article edit", article="1", outlet="Lake Curier")
    town.expected()
    assert "A moderator has corrected the outlet of article 1." in said(refused)
    assert "Corrected." in said(await town.slash("article edit", article="1", title="Ferry on Lake Orla"))


async def test_autocomplete_offers_articles(town: Town) -> None:
    await town.ferry()
    every = await town.member.autocomplete(town.channel, "article show", "article", "")
    assert [c["value"] for c in every] == ["2", "1"]
    some = await town.member.autocomplete(town.channel, "article show", "article", "12 dead")
    assert some[0]["name"] == "1 · Orla Herald, Ferry accident on Lake Orla leaves 12 dead"
