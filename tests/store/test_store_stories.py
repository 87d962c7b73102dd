"""Stories: grouped per server, merged, split, compared."""

import pytest

from bot.store import Store, StoreError

from .support import NOW, add, comparison, finding, page, paste

LATER = "2022-03-23T10:00:00+00:00"


async def test_a_story_counts_its_articles_outlets_and_times(store: Store) -> None:
    story = await store.stories.create("s", "Siege", NOW)
    assert (story.number, story.articles, story.outlets, story.first, story.last) == (1, 0, 0, NOW, NOW)
    articles = [
        paste("One.", outlet="Fox News", published="2022-03-22T01:00:00+03:00", published_from="meta"),
        paste("Two.", outlet="fox news", published="2022-03-21T23:00:00Z", published_from="meta"),
        paste("Three.", outlet="Latin Post", published="--03-20", published_from="text"),
        paste("Four.", published="2021", published_from="text"),
    ]
    for article in articles:
        key = (await add(store, "s", article, now=LATER)).stored.key
        story = await store.stories.add_article("s", 1, key)
    assert (story.articles, story.outlets) == (4, 2)
    # 01:00 in Moscow is before 23:00 in London; "--03-20" and "2021" tell no time, so those two count as added.
    assert (story.first, story.last) == ("2022-03-22T01:00:00+03:00", LATER)
    assert await store.stories.get("s", 1) == story
    assert [a.number for a in await store.stories.articles("s", 1)] == [1, 2, 3, 4]
    assert all(a.story == 1 for a in await store.stories.articles("s", 1))


async def test_each_server_groups_the_shared_page_its_own_way(store: Store) -> None:
    key = (await add(store, "a", page("https://x.example/1"))).stored.key
    await store.stories.create("a", "Empty", NOW)
    mine = await store.stories.create("a", "Mine", NOW)
    await store.stories.add_article("a", mine.number, key)
    theirs = await store.stories.create("b", "Theirs", NOW)
    with pytest.raises(StoreError, match="no such article") as caught:
        await store.stories.add_article("b", theirs.number, key)
    assert caught.value.code == "not_found"
    await add(store, "b", page("https://x.example/1"))
    assert await store.stories.of_article("b", key) is None
    await store.stories.add_article("b", theirs.number, key)
    for server, number, title in (("a", 2, "Mine"), ("b", 1, "Theirs")):
        found = await store.stories.of_article(server, key)
        assert found is not None and (found.number, found.title, found.articles) == (number, title, 1)
    assert await store.stories.get("b", 2) is None
    assert [s.title for s in await store.stories.list("b", limit=9)] == ["Theirs"]


async def test_a_story_cannot_hold_an_article_of_another_server(store: Store) -> None:
    key = (await add(store, "a", paste())).stored.key
    await store.stories.create("b", "Theirs", NOW)
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        async with store.database.write() as handle:
            await handle.run("INSERT INTO story_articles SELECT 'a', ?, key FROM stories", (key,))


async def test_moving_and_merging(store: Store) -> None:
    keys = [(await add(store, "s", paste(f"Text {i}."))).stored.key for i in range(4)]
    for title in ("One", "Two", "Three"):
        await store.stories.create("s", title, NOW)
    for number, key in ((1, keys[0]), (1, keys[1]), (2, keys[2]), (3, keys[3])):
        await store.stories.add_article("s", number, key)
    assert (await store.stories.move_article("s", keys[1], 2)).articles == 2
    assert [a.key for a in await store.stories.articles("s", 1)] == [keys[0]]
    assert (await store.stories.move_article("s", keys[1], 2)).articles == 2
    await store.stories.move_article("s", keys[0], 2)
    assert await store.stories.get("s", 1) is None, "a story without articles goes"
    merged = await store.stories.merge("s", 3, 2)
    assert (merged.number, merged.title, merged.articles) == (3, "Three", 4)
    assert await store.stories.get("s", 2) is None
    await store.stories.create("s", "Four", NOW)
    assert (await store.stories.merge("s", 3, 4)).articles == 4
    assert [s.number for s in await store.stories.list("s", limit=9)] == [3]
    assert (await store.stories.create("s", "Five", NOW)).number == 5
    for first, second in ((3, 3), (3, 99), (99, 3)):
        with pytest.raises(StoreError):
            await store.stories.merge("s", first, second)


async def test_a_story_goes_with_its_last_article(store: Store) -> None:
    key = (await add(store, "s", paste())).stored.key
    await store.stories.create("s", "One", NOW)
    await store.stories.add_article("s", 1, key)
    await store.articles.remove("s", 1, LATER)
    assert await store.stories.get("s", 1) is None


async def test_list_is_newest_first_and_finds_titles(store: Store) -> None:
    for number, title in enumerate(("Siege of Mariupol", "ÉLECTION 100% sûre", "Quake_in Türkiye"), start=1):
        await store.stories.create("s", title, f"2022-03-0{number}T00:00:00+00:00")
    key = (await add(store, "s", paste())).stored.key
    await store.stories.add_article("s", 1, key)

    async def titles(query: str | None) -> list[int]:
        return [s.number for s in await store.stories.list("s", limit=9, query=query)]

    assert await titles(None) == await titles("  ") == [1, 3, 2]
    assert await titles("mariupol SIEGE") == [1]
    assert await titles("élection") == [2]
    assert await titles("%") == [2]
    assert await titles("_") == [3]
    assert await titles("\ud800' OR 1=1 --") == []
    assert [s.number for s in await store.stories.list("s", limit=1, offset=1)] == [3]


async def test_retitle(store: Store) -> None:
    await store.stories.create("s", "Old", NOW)
    assert (await store.stories.retitle("s", 1, "New")).title == "New"
    assert [s.title for s in await store.stories.list("s", limit=9, query="new")] == ["New"]
    with pytest.raises(StoreError, match="no story 1 here"):
        await store.stories.retitle("other", 1, "New")


async def test_comparison_and_open_findings(store: Store) -> None:
    key = (await add(store, "s", paste())).stored.key
    await store.stories.create("s", "One", NOW)
    await store.stories.add_article("s", 1, key)
    assert await store.stories.comparison("s", 1) is None
    assert await store.stories.needs_comparing() == [("s", 1)]
    low, high = finding("c1", severity="low"), finding("c2", severity="high")
    found = comparison(low, high, finding("c3"), finding("c4", flag=False, severity=None))
    await store.stories.save_comparison("s", 1, '{"é": 1}', 2, NOW, comparison=found, dismissed={"c3"})
    assert await store.stories.comparison("s", 1) == '{"é": 1}'
    assert await store.stories.comparison("other", 1) is None
    story = await store.stories.get("s", 1)
    assert story is not None and story.flags == 2
    assert [(item.story, item.finding) for item in await store.stories.flags("s")] == [(1, high), (1, low)]
    assert await store.stories.flags("other") == []
    assert await store.stories.needs_comparing() == []
    row = await store.database.row("SELECT kind, flag, measure, severity FROM relations")
    assert row is not None and tuple(row) == ("conflict", 1, "civilians killed", "medium")
    await store.stories.save_comparison("s", 1, "{}", 0, NOW, comparison=comparison())
    assert await store.stories.flags("s") == []


async def test_what_happens_while_comparing_is_not_missed(store: Store) -> None:
    for text in ("One.", "Two."):
        await add(store, "s", paste(text))
    await store.stories.create("s", "One", NOW)
    await store.stories.add_article("s", 1, 1)
    version = await store.stories.version("s", 1)
    await store.stories.add_article("s", 1, 2)
    await store.stories.save_comparison("s", 1, "{}", 0, NOW, version=version)
    assert await store.stories.needs_comparing() == [("s", 1)]
    await store.stories.save_comparison("s", 1, "{}", 0, NOW, version=await store.stories.version("s", 1))
    assert await store.stories.needs_comparing() == []
    await store.articles.correct("s", 2, published="2022-03-22")
    assert await store.stories.needs_comparing() == [("s", 1)]
