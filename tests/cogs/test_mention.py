"""Chat by mention: commands, things to read, questions when unsure; direct messages."""

import pytest

from tests.cogs.town import FERRY_A, FERRY_B, FERRY_PAGE, FERRY_URL, Town, buttons, message_of, said

LONG = FERRY_A + "The ferry had crossed the lake twice a day for thirty years, its operator said in a statement. " * 2


async def test_commands_work_by_mention(town: Town) -> None:
    await town.ferry()
    assert "⚠️ **Conflict" in said(await town.mention("compare ferry"))
    led = said(await town.mention("compare lake orla policy:lowest"))
    assert "**12** (lowest: the lowest figure)" in led
    assert "Eighteen" in said(await town.mention("article show 2"))
    assert "Sources side by side" in said(await town.mention("story show 1"))
    assert "Against story 1" in said(await town.mention("check The ferry accident on Lake Orla killed 25 people."))
    assert "**Eighteen** people killed" in said(await town.mention("figures killed marigold"))
    assert "1 conflict in this server" in said(await town.mention("flags"))
    assert "Summary: Ferry accident" in said(await town.mention("summary story ferry"))
    assert "Summary: Ferry accident on Lake Orla: 18 dead" in said(await town.mention("summary article 2"))
    assert "`/compare`" in said(await town.mention("help"))
    assert "policy" in said(await town.mention("help compare"))


async def test_wrong_use_by_mention_is_explained(town: Town) -> None:
    await town.ferry()
    assert "story is missing" in said(await town.mention("compare")) and town.env.errors
    assert "nonsense is no policy" in said(await town.mention("compare 1 policy:nonsense")) and town.env.errors
    assert "There is no command or topic “fly”" in said(await town.mention("help fly")) and town.env.errors


async def test_a_mention_with_a_link_is_read(town: Town) -> None:
    town.web.pages[FERRY_URL] = FERRY_PAGE
    assert "**Twelve** people killed" in said(await town.mention(f"look at this: <{FERRY_URL}>."))
    named = said(await town.mention(f'article add {FERRY_URL} outlet:"Herald of Orla" published:2024-05-07'))
    assert "Already known here." in named


async def test_a_mention_with_a_file_is_read(town: Town) -> None:
    answer = await town.mention("", attachments=[("message.txt", FERRY_A.encode())])
    assert "**Twelve** people killed" in said(answer)
    named = await town.mention("article add outlet:Courier", attachments=[("b.txt", FERRY_B.encode())])
    assert "Courier" in said(named) and "⚠️" in said(named)


async def test_a_mention_with_a_long_text_is_read(town: Town) -> None:
    assert "**Twelve** people killed" in said(await town.mention("\n" + LONG))
    assert "**Eighteen** people killed" in said(await town.mention("article add " + FERRY_B))


async def test_each_of_several_links_fails_on_its_own(town: Town) -> None:
    town.web.pages[FERRY_URL] = FERRY_PAGE
    await town.mention(f"https://nowhere.example/a {FERRY_URL}")
    told = [said(m) for m in town.channel.history()]
    assert any("nowhere.example/a cannot be reached" in t for t in told)
    assert any("**Twelve** people killed" in t for t in told)


async def test_unsure_asks_and_does_what_is_chosen(town: Town) -> None:
    await town.ferry()
    asked = await town.mention("did the ferry accident on Lake Orla kill 25 people?")
    assert list(buttons(asked)) == ["Read the text as an article", "Check its figures"]
    checked = await town.other.click(asked, label="Check its figures")
    assert "**25** people killed" in said(checked)
    both = await town.mention(f"{FERRY_URL}\n{LONG}")
    assert next(iter(buttons(both))) == "Read the links"
    assert "Already known here." in said(await town.member.click(both, label="Read the links"))


async def test_only_what_was_said_to_the_bot_is_read_by_its_buttons(town: Town) -> None:
    secret = await town.member.send(town.channel, "Nobody mentioned a bot: 25 people died in the ferry accident.")
    asked = await town.mention("did it kill 25?")
    forged = buttons(asked)["Check its figures"].rsplit(":", 1)[0] + f":{secret.id}"
    stored = town.env.backend.get_message(asked.channel.id, asked.id)
    for component in stored.components[0]["components"]:
        component["custom_id"] = forged if component["label"] == "Check its figures" else component["custom_id"]
    answer = await town.member.click(asked, custom_id=forged)
    assert "The message is gone, or its text cannot be seen" in said(answer)


async def test_nothing_to_read_offers_the_form(town: Town) -> None:
    for text in ("", "article add"):
        offered = await town.mention(text)
        assert list(buttons(offered)) == ["Paste an article"]
        form = await town.member.click(offered, label="Paste an article")
        assert form.modal is not None
    answer = await town.member.submit_modal(form, {"text": FERRY_A})
    assert "**Twelve** people killed" in said(answer)


async def test_small_talk_gets_help(town: Town) -> None:
    assert "`/article add`" in said(await town.mention("hello there"))


async def test_what_is_not_for_the_bot_gets_no_answer(town: Town) -> None:
    sent = await town.member.send(town.channel, f"compare this {FERRY_URL}")
    assert town.channel.last_message.id == sent.id


@pytest.mark.parametrize("text", ["hello", "compare 1", FERRY_URL])
async def test_a_direct_message_gets_one_line(town: Town, text: str) -> None:
    await town.member.send_dm(text)
    answer = town.member.user.dm_channel.last_message
    assert "Corrobot works in servers" in answer.content
    assert await town.slash("article list") and "no articles here yet" in said(await town.slash("article list"))


async def test_answers_mention_nobody(town: Town) -> None:
    await town.mention("check @everyone 12 people died")
    sent = [r for r in town.env.http_requests if r.method == "POST" and r.path.endswith("/messages")]
    assert sent
    for request in sent:
        assert request.json["allowed_mentions"] == {"parse": [], "replied_user": False}
    assert message_of(town.channel.last_message).mentions == []
