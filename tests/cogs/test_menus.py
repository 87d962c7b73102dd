"""Menus on messages of other people: links, text and attachments."""

from tests.cogs.town import FERRY_A, FERRY_B, FERRY_PAGE, FERRY_URL, Town, private, said, texts_in


async def test_read_this_article(town: Town) -> None:
    town.web.pages[FERRY_URL] = FERRY_PAGE
    link = await town.other.send(town.channel, f"Seen this? {FERRY_URL}")
    result = await town.member.context_menu(town.channel, "Read this article", link)
    assert f"[Orla Herald](<{FERRY_URL}>)" in texts_in(result) and not private(result)
    text = await town.other.send(town.channel, FERRY_B)
    assert "⚠️" in said(await town.member.context_menu(town.channel, "Read this article", text))
    file = await town.other.send(town.channel, "", attachments=[("message.txt", FERRY_A.encode())])
    assert "article 3" in said(await town.member.context_menu(town.channel, "Read this article", file))


async def test_check_these_figures(town: Town) -> None:
    await town.ferry()
    text = await town.other.send(town.channel, "I hear the ferry accident on Lake Orla killed 25 people on Monday")
    result = await town.member.context_menu(town.channel, "Check these figures", text)
    assert "**25** people killed" in said(result) and "⚠️" in said(result) and private(result)
    file = await town.other.send(town.channel, "", attachments=[("a.txt", FERRY_A.encode())])
    assert "**Twelve** people killed" in said(await town.member.context_menu(town.channel, "Check these figures", file))
    assert "article 3" not in said(await town.slash("article list"))


async def test_summarize_keeps_nothing(town: Town) -> None:
    town.web.pages[FERRY_URL] = FERRY_PAGE
    for content, files in ((FERRY_URL, []), (FERRY_A, []), ("", [("a.txt", FERRY_A.encode())])):
        message = await town.other.send(town.channel, content, attachments=files)
        result = await town.member.context_menu(town.channel, "Summarize", message)
        assert "> Twelve people were killed when the ferry Marigold ran aground" in said(result)
        assert private(result) and "not stored" in said(result)
    assert "There are no articles here yet." in said(await town.slash("article list"))


async def test_nothing_to_read(town: Town) -> None:
    message = await town.other.send(town.channel, "", attachments=[("cat.png", b"\x89PNG")])
    for menu in ("Read this article", "Summarize"):
        result = await town.member.context_menu(town.channel, menu, message)
        assert "cat.png" in said(result) and private(result)
    town.expected()
