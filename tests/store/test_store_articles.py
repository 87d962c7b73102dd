"""Articles: added once, revised, corrected, removed, numbered per server; readings without loss."""

import asyncio
import hashlib
from dataclasses import replace

import pytest

from bot.model import Article, Figure, Reading
from bot.store import Store, StoreError

from .support import NOW, TEXT, add, page, paste, reading

LATER = "2022-03-23T10:00:00+00:00"


async def test_every_field_comes_back(store: Store) -> None:
    article = Article(
        "a7", "pasted text", TEXT, "Title", "Fox News", "A. Reporter", "2022-03-22", "text", None, "a3",
        ("outlet: told by the text", "published: guessed"), "en",
    )  # fmt: skip
    added = await add(store, "s", article, by="42")
    assert (added.created, added.revised) == (True, False)
    stored = added.stored
    assert stored.article == article
    assert (stored.number, stored.story, stored.added_by, stored.added_at, stored.private) == (1, None, "42", NOW, True)
    assert await store.articles.get("s", 1) == stored
    assert await store.articles.raw(stored.key) == TEXT.encode()
    fetched = replace(article, input="https://fox.example/a", url="https://fox.example/a")
    second = (await add(store, "t", fetched, raw=b"<html>", by=None)).stored
    assert second.article == fetched
    assert (second.number, second.private, second.added_by) == (1, False, None)
    assert await store.articles.content_hash(second.key) == hashlib.sha256(b"<html>").hexdigest()


async def test_a_page_is_stored_once_for_all_servers(store: Store) -> None:
    one = await add(store, "a", page("https://x.example/1", input="https://x.example/1?user=alice"), by="alice")
    two = await add(store, "b", page("https://x.example/1"), by="bob")
    assert one.stored.key == two.stored.key
    assert (one.created, two.created) == (True, True)
    assert (two.stored.added_by, two.stored.article.input) == ("bob", "https://x.example/1")
    assert (await add(store, "b", page("https://x.example/1"))).created is False
    assert await store.articles.count("b") == 1


async def test_a_pasted_text_that_claims_an_address_stays_private(store: Store) -> None:
    forged = await add(store, "a", paste("Forged words.", url="https://bbc.example/1"))
    real = await add(store, "b", page("https://bbc.example/1", "Real words."))
    assert forged.stored.private and not real.stored.private
    assert real.stored.article.text == "Real words."
    assert await store.articles.revisions("b", 1) == []
    # And the page fetched in the same server is another article than the paste.
    assert (await add(store, "a", page("https://bbc.example/1", "Real words."))).stored.article.text == "Real words."


async def test_who_fetches_may_say_so(store: Store) -> None:
    saved = replace(page("https://x.example/1"), input="saved.html")
    assert (await add(store, "a", saved)).stored.private
    assert not (await add(store, "b", saved, fetched=True)).stored.private


@pytest.mark.parametrize("article", [paste(), page("https://x.example/1")], ids=["paste", "page"])
async def test_adding_twice_gives_the_stored_one(store: Store, article: Article) -> None:
    first = await add(store, "s", article)
    again = await add(store, "s", article, by="other", now=LATER)
    assert (again.created, again.revised) == (False, False)
    assert again.stored == first.stored
    assert len(await store.articles.list("s", limit=10)) == 1


async def test_the_same_words_from_two_named_outlets_are_two_articles(store: Store) -> None:
    await add(store, "s", paste(outlet="AP"))
    assert (await add(store, "s", paste(outlet="Fox News"))).created
    assert not (await add(store, "s", paste())).created
    assert (await add(store, "s", page("https://ap.example/1", outlet="Reuters"))).created
    assert (await add(store, "s", page("https://copy.example/1", outlet="Reuters"))).created
    assert not (await add(store, "s", page("https://copy.example/1?print", outlet="Reuters"))).created


async def test_a_changed_page_is_a_revision(store: Store) -> None:
    url = "https://x.example/1"
    first = await add(store, "a", page(url, "12 people were killed."))
    await add(store, "b", page(url, "12 people were killed."), now=LATER)
    await store.articles.save_reading(first.stored.key, reading("12 people were killed.", "12"))
    story = await store.stories.create("b", "Blast", NOW)
    await store.stories.add_article("b", story.number, first.stored.key)
    await store.stories.save_comparison("b", story.number, "{}", 0, NOW)
    assert await store.stories.needs_comparing() == []

    changed = await add(store, "a", page(url, "15 people were killed."), now="2022-03-24T00:00:00+00:00")
    assert (changed.created, changed.revised) == (False, True)
    assert changed.stored.article.text == "15 people were killed."
    seen_by_b = await store.articles.get("b", 1)
    assert seen_by_b is not None and seen_by_b.article.text == "15 people were killed."
    [old] = await store.articles.revisions("a", 1)
    assert (old.text, old.stored_at, old.replaced_at) == ("12 people were killed.", NOW, "2022-03-24T00:00:00+00:00")
    # What was read out of the old words has the wrong offsets now.
    assert await store.articles.reading(first.stored.key) is None
    assert await store.articles.needs_reading() == [first.stored.key]
    assert await store.stories.needs_comparing() == [("b", story.number)]
    assert await store.search.figures("a", "12", limit=5) == []
    assert await store.search.articles("a", "12", limit=5) == []

    await add(store, "a", page(url, "16 people were killed."), now="2022-03-25T00:00:00+00:00")
    assert [r.text for r in await store.articles.revisions("a", 1)] == [
        "12 people were killed.",
        "15 people were killed.",
    ]


async def test_a_changed_title_is_a_revision_too(store: Store) -> None:
    await add(store, "s", page("https://x.example/1", title="12 killed"), raw="one")
    assert (await add(store, "s", page("https://x.example/1", title="15 killed"), raw="two")).revised


async def test_noise_and_better_cleaning_are_no_revision(store: Store) -> None:
    url = "https://x.example/1"
    added = await add(store, "s", page(url, "Words. READ MORE"), raw="<html 1>")
    await add(store, "s", page(url, "Words. READ MORE"), raw="<html 2>")
    assert await store.articles.raw(added.stored.key) == b"<html 2>"
    cleaned = await add(store, "s", page(url, "Words."), raw="<html 2>")
    assert (cleaned.revised, cleaned.stored.article.text) == (False, "Words.")
    await store.articles.reclean(added.stored.key, page(url, "Words"))
    recleaned = await store.articles.get("s", 1)
    assert recleaned is not None and recleaned.article.text == "Words"
    assert await store.articles.revisions("s", 1) == []


async def test_a_file_never_rewrites_the_shared_page(store: Store) -> None:
    await add(store, "a", page("https://x.example/1", "Words of the page."), raw="<html>")
    await add(store, "b", page("https://x.example/1", "Words of the page."), raw="<html>")
    given = await add(store, "b", paste("Other words."), raw="<html>")
    assert given.created is False
    seen_by_a = await store.articles.get("a", 1)
    assert seen_by_a is not None and seen_by_a.article.text == "Words of the page."


async def test_nobody_learns_what_another_server_has(store: Store) -> None:
    await add(store, "a", paste("The secret of Mariupol."))
    await add(store, "a", page("https://x.example/1", "Old words of the page."))
    await store.articles.save_reading(1, reading("The secret of Mariupol.", "secret", place="Mariupol"))
    for number in range(-1, 5):
        assert await store.articles.get("b", number) is None
    assert await store.articles.list("b", limit=10) == []
    assert await store.articles.by_keys("b", [1, 2, 3]) == []
    assert await store.articles.by_url("b", "https://x.example/1") is None
    assert await store.search.articles("b", "secret", limit=10) == []
    assert await store.search.figures("b", "secret", limit=10) == []
    assert await store.search.candidates("b", ["secret", "words"], limit=10) == []
    assert not await store.articles.remove("b", 1, NOW)
    assert await store.articles.correct("b", 1, title="Mine") is None

    own = await add(store, "b", paste("The secret of Mariupol."), now=LATER)
    assert (own.created, own.revised, own.stored.number) == (True, False, 1)
    assert own.stored.key != 1
    fetched = await add(store, "b", page("https://x.example/1", "New words of the page."), now=LATER)
    assert (fetched.created, fetched.revised) == (True, False)
    assert await store.articles.revisions("b", 2) == []
    assert [r.text for r in await store.articles.revisions("a", 2)] == ["Old words of the page."]


async def test_the_database_itself_keeps_pastes_apart(store: Store) -> None:
    key = (await add(store, "a", paste())).stored.key
    with pytest.raises(StoreError, match="own server only"):
        async with store.database.write() as handle:
            await handle.run(
                "INSERT INTO visibility (server, number, article_key, added_at) VALUES ('b', 1, ?, ?)", (key, NOW)
            )


async def test_a_removed_paste_leaves_no_row_that_tells_of_it(store: Store) -> None:
    added = await add(store, "s", paste("The zebra fled."), by="forty-two")
    await store.articles.save_reading(added.stored.key, reading("The zebra fled.", "zebra"))
    story = await store.stories.create("s", "Zoo", NOW)
    other = await add(store, "s", paste("The lion stayed."))
    await store.stories.add_article("s", story.number, added.stored.key)
    await store.stories.add_article("s", story.number, other.stored.key)
    await store.stories.save_comparison("s", story.number, '{"text": "The zebra fled."}', 1, NOW)
    assert await store.articles.remove("s", 1, LATER)
    assert not await store.articles.remove("s", 1, LATER)
    assert await store.articles.get("s", 1) is None
    assert await store.search.articles("s", "zebra", limit=5) == []
    assert await store.articles.reading(added.stored.key) is None
    dump = await _dump(store)
    assert "zebra" not in dump and "forty-two" not in dump
    assert "lion" in dump
    assert (await add(store, "s", paste("The zebra fled."))).stored.number == 3


async def test_a_shared_page_lives_until_its_last_server_lets_go(store: Store) -> None:
    key = (await add(store, "a", page("https://x.example/1"))).stored.key
    await add(store, "b", page("https://x.example/1"))
    await store.articles.save_reading(key, reading())
    assert await store.articles.remove("a", 1, LATER)
    assert await store.articles.list("a", limit=5) == []
    assert await store.search.articles("a", "Mariupol", limit=5) == []
    assert await store.articles.get("b", 1) is not None
    again = await add(store, "a", page("https://x.example/1"))
    assert (again.created, again.stored.number, again.stored.key) == (True, 2, key)
    await store.articles.remove("a", 2, LATER)
    await store.articles.remove("b", 1, LATER)
    assert await store.articles.raw(key) is None
    assert (await add(store, "b", page("https://x.example/1"))).stored.key > key


async def test_corrections_are_per_server(store: Store) -> None:
    for server in "ab":
        await add(store, server, page("https://x.example/1", outlet="x.example", title="Untitled"))
    corrected = await store.articles.correct("a", 1, outlet="The X", published="2022-03-21", title="Zeppelin lands")
    assert corrected is not None
    article = corrected.article
    assert (article.outlet, article.published, article.published_from) == ("The X", "2022-03-21", "option")
    untouched = await store.articles.get("b", 1)
    assert untouched is not None
    assert (untouched.article.outlet, untouched.article.title) == ("x.example", "Untitled")
    [found] = await store.search.articles("a", "zeppelin", limit=5)
    assert found.stored == corrected
    assert await store.search.articles("b", "zeppelin", limit=5) == []
    back = await store.articles.correct("a", 1, title="", published="")
    assert back is not None
    assert (back.article.title, back.article.outlet, back.article.published_from) == ("Untitled", "The X", None)
    assert await store.search.articles("a", "zeppelin", limit=5) == []


async def test_a_date_given_as_an_option_stays_in_its_server(store: Store) -> None:
    mine = await add(store, "a", page("https://x.example/1", published="1999-01-01", published_from="option"))
    theirs = await add(store, "b", page("https://x.example/1"))
    assert mine.stored.article.published == "1999-01-01"
    assert theirs.stored.article.published is None


async def test_list_pages_and_by_keys(store: Store) -> None:
    keys = [(await add(store, "s", paste(f"Text {i}."), by=str(i % 2))).stored.key for i in range(5)]
    assert [a.number for a in await store.articles.list("s", limit=2)] == [5, 4]
    assert [a.number for a in await store.articles.list("s", limit=2, offset=4)] == [1]
    assert [a.number for a in await store.articles.list("s", limit=9, by="1")] == [4, 2]
    found = await store.articles.by_keys("s", [keys[3], 999, keys[0], keys[3]])
    assert [a.key for a in found] == [keys[3], keys[0]]


async def test_a_reading_comes_back_as_it_was(store: Store) -> None:
    key = (await add(store, "s", paste())).stored.key
    first = reading()
    assert await store.articles.needs_reading() == [key]
    await store.articles.save_reading(key, first)
    found = await store.articles.reading(key)
    assert found == first
    # 2400 is not printed as 2400.0, nor 0.1 + 0.2 as 0.3.
    assert repr(found) == repr(first)
    assert await store.articles.needs_reading() == []
    bare = Figure("f1", "a1", 0, 9, ((0, 9), (20, 22)), "Officials", "date", None, float("inf"), "vague")
    huge = Figure("f2", "a1", 0, 9, (), "Officials", "money", 0.1, 10**30, "range")
    second = Reading("a1", (), (bare, huge), (), None)
    await store.articles.save_reading(key, second)
    assert await store.articles.reading(key) == second
    assert await store.search.figures("s", "2,400", limit=5) == []


async def test_a_reading_of_words_that_changed_is_not_saved(store: Store) -> None:
    key = (await add(store, "s", page("https://x.example/1", "12 killed."))).stored.key
    await add(store, "s", page("https://x.example/1", "15 killed."))
    assert not await store.articles.save_reading(key, reading("12 killed.", "12"), text="12 killed.")
    assert await store.articles.reading(key) is None
    assert not await store.articles.save_reading(12345, reading())


async def test_many_at_once_get_one_article_and_separate_numbers(store: Store) -> None:
    same = await asyncio.gather(*(add(store, "s", page("https://x.example/1")) for _ in range(20)))
    assert sum(added.created for added in same) == 1
    many = await asyncio.gather(*(add(store, "s", paste(f"Text {i}.")) for i in range(50)))
    assert sorted(added.stored.number for added in many) == list(range(2, 52))


async def test_broken_characters_and_absurd_numbers_are_refused_in_words(store: Store) -> None:
    with pytest.raises(StoreError, match="broken characters"):
        await add(store, "s", paste("\ud800"))
    with pytest.raises(StoreError, match="too large"):
        await store.articles.get("s", 10**30)


async def test_a_forgotten_server_takes_nothing_of_others(store: Store) -> None:
    for server in "ab":
        await add(store, server, page("https://x.example/shared", "Shared."))
        key = (await add(store, server, page(f"https://x.example/{server}", f"Only {server}."))).stored.key
        await add(store, server, paste(f"Pasted in {server}."))
        story = await store.stories.create(server, "Story", NOW)
        await store.stories.add_article(server, story.number, key)
        await store.sources.add(server, "BBC", domains=["bbc.co.uk"])
        await store.rulings.add(server, kind="dismiss", target="t", reason="r", by="m", now=NOW)
        await store.settings.set(server, "policy", "range")
        await store.jobs.enqueue("read", {}, now=NOW, server=server)
    await store.forget_server("a")
    for table in await _tables(store):
        if any(c["name"] == "server" for c in await store.database.rows(f"PRAGMA table_info({table})")):
            assert await store.database.row(f"SELECT 1 FROM {table} WHERE server = 'a'") is None, table
    assert await store.articles.count("b") == 3
    assert [a.article.text for a in await store.stories.articles("b", 1)] == ["Only b."]
    row = await store.database.row("SELECT count(*) FROM articles")
    assert row is not None and row[0] == 3


async def _tables(store: Store) -> list[str]:
    rows = await store.database.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%search%' AND name NOT LIKE 'sqlite%'"
    )
    return [str(row["name"]) for row in rows]


async def _dump(store: Store) -> str:
    rows = [row for table in await _tables(store) for row in await store.database.rows(f"SELECT * FROM {table}")]
    return "\n".join(str(tuple(row)) for row in rows)
