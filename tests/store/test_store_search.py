"""Search: finds what the server sees, and no text at all breaks it."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.store import Store
from bot.store.search import Match

from .support import NOW, TEXT, add, page, paste, reading

SNIPPET = "Before it. " * 40 + "The pontoon bridge of Irpin was destroyed. " + "After it. " * 40
any_text = st.text(st.characters(exclude_categories=()), max_size=60)


async def test_articles_are_found_by_all_words_best_first(store: Store) -> None:
    await add(store, "s", paste(SNIPPET, title="War diary"))
    await add(store, "s", paste("Rain.", title="A pontoon bridge"))
    await add(store, "s", paste("A bridge only."))
    found = await store.search.articles("s", "Pontoon bridges", limit=5, mark=("[", "]"))
    assert [item.stored.number for item in found] == [2, 1]
    assert "[pontoon] [bridge] of Irpin" in found[1].snippet
    assert len(found[1].snippet) < 300
    assert len(await store.search.articles("s", "bridge", limit=2)) == 2
    assert await store.search.articles("s", "bridge", limit=0) == []
    assert await store.search.articles("s", "bridge zeppelin", limit=5) == []


async def test_a_number_is_found_as_it_is_printed(store: Store) -> None:
    await add(store, "s", paste("At least 2,400 died."))
    await add(store, "s", paste("There were 400 wounded and 2 dead."))
    assert [item.stored.number for item in await store.search.articles("s", "2,400", limit=5)] == [1]


async def test_figures_are_found_with_their_sentence(store: Store) -> None:
    key = (await add(store, "s", paste())).stored.key
    one = reading()
    await store.articles.save_reading(key, one)
    for query in ("2,400", "civilians killed", "officials of mariupol", "Mariupol said"):
        [found] = await store.search.figures("s", query, limit=5)
        assert (found.stored.key, found.figure) == (key, one.figures[0])
        assert found.sentence == "Officials of Mariupol said that more than 2,400 civilians were killed."
    assert await store.search.figures("s", "besieged", limit=5) == []
    assert await store.search.figures("s", "civilians zeppelin", limit=5) == []
    assert len(await store.search.figures("s", "civilians zeppelin", limit=5, match="any")) == 1
    await store.articles.remove("s", 1, "2022-03-23")
    assert await store.search.figures("s", "2,400", limit=5) == []


async def test_candidates_rank_by_shared_terms_inside_the_window(store: Store) -> None:
    texts = ["Quake in Izmir.", "Quake in Izmir, Türkiye, again.", "Election in Izmir.", "Rain."]
    keys = [(await add(store, "s", paste(text))).stored.key for text in texts]
    terms = ["quake", "türkiye", "Izmir", "", "AND"]
    assert await store.search.candidates("s", terms, limit=9) == [keys[1], keys[0], keys[2]]
    assert await store.search.candidates("s", terms, limit=1) == [keys[1]]
    assert await store.search.candidates("s", terms, since_key=keys[0], limit=9) == [keys[1], keys[2]]
    assert await store.search.candidates("s", terms, since_key=keys[3], limit=9) == []
    assert await store.search.candidates("s", terms, newest=2, limit=9) == [keys[2]]
    assert await store.search.candidates("s", terms, newest=99, limit=9) == [keys[1], keys[0], keys[2]]
    assert await store.search.candidates("nobody", terms, newest=99, limit=9) == []
    assert await store.search.candidates("s", ["izmir election"], limit=9) == [keys[2]]
    assert await store.search.candidates("s", [], limit=9) == []


async def test_the_window_counts_when_an_article_joined_this_server(store: Store) -> None:
    shared = (await add(store, "a", page("https://x.example/1", "Quake."))).stored.key
    first = (await add(store, "b", paste("Quake one."))).stored.key
    await add(store, "b", page("https://x.example/1", "Quake."))
    assert await store.search.candidates("b", ["quake"], since_key=first, limit=9) == [shared]


async def test_pastes_of_other_servers_do_not_crowd_out_the_candidates(store: Store) -> None:
    mine = (await add(store, "s", paste("Quake in Izmir."))).stored.key
    for number in range(30):
        await add(store, "t", paste(f"Quake in Izmir, report {number}."))
    assert await store.search.candidates("s", ["quake", "izmir"], limit=2) == [mine]


async def test_common_terms_do_not_slow_a_large_window(store: Store) -> None:
    async with store.database.write() as handle:
        row = "'s', 'a', 'i', 'War news ' || iif(value % 100 = 0, 'zebra', 'x' || value), '[]', 'en', value, value, ''"
        await handle.run(
            "INSERT INTO articles (server, id, input, text, notes, language, raw_hash, text_hash, stored_at)"
            f" SELECT {row} FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n"
            " WHERE value < 1500) SELECT value FROM n)"
        )
        await handle.run(
            "INSERT INTO visibility (server, number, article_key, added_at) SELECT 's', key, key, '' FROM articles"
        )
    assert len(await store.search.candidates("s", ["war", "news", "zebra"], limit=100)) == 15
    assert len(await store.search.candidates("s", ["war", "news"], limit=100)) == 100


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=any_text)
@example(query='"')
@example(query="a OR NOT (b NEAR/2 c) title:x *^ {} - +")
@example(query="'; DROP TABLE articles; --")
@example(query="\0a\0")
@example(query="\ud800")
@example(query="²½ ﬁ ı 漢字 हिन्दी 𞤀𞥐")
@example(query="word " * 5000)
@example(query="")
async def test_any_text_is_a_query(store: Store, query: str) -> None:
    await add(store, "s", paste())
    await store.articles.save_reading(1, reading())
    await store.search.articles("s", query, limit=3)
    await store.search.figures("s", query, limit=3)
    await store.search.figures("s", query, limit=3, match="any")
    await store.search.candidates("s", [query, "mariupol"], limit=3)
    await store.stories.list("s", limit=3, query=query)


@pytest.mark.parametrize("text", ["don't", "AT&T", "U.S.", "wait—what", "naïve", "COVID-19", "$2.4bn", "half_life"])
async def test_words_of_a_text_find_it(store: Store, text: str) -> None:
    await add(store, "s", paste(f"They said {text} today."))
    assert len(await store.search.articles("s", text, limit=3)) == 1
    assert len(await store.search.articles("s", f'"{text}"', limit=3)) == 1


async def test_titles_are_found_beyond_the_newest_stories(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.stories._NEAR", 1)
    for title in ('Quake "Big One" in Izmir', "Frost in Lerida", "Straße gesperrt"):
        await store.stories.create("s", title, NOW)
    await store.stories.create("other", "Quake in Izmir", NOW)

    async def found(query: str) -> list[int]:
        return [story.number for story in await store.stories.list("s", limit=5, query=query)]

    assert await found("zmi QUAKE") == [1]
    assert await found('"big one" in') == [1]
    assert await found("in") == [2, 1]
    assert await found("STRASSE") == [3]
    assert await found("quake lerida") == []
    await store.stories.retitle("s", 1, "Frost again")
    assert await found("frost") == [2, 1] and await found("quake") == []


async def test_figures_are_found_beyond_the_newest_and_behind_other_servers(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.search._NEWEST_FIGURES", 2)
    for number, server in enumerate(("s", "s", "t", "t", "t", "t")):
        text = f"{TEXT} Report {number}."
        key = (await add(store, server, paste(text))).stored.key
        await store.articles.save_reading(key, reading(text))
    asked: list[tuple[Match, str]] = [("all", "civilians killed"), ("any", "civilians zeppelin"), ("all", "mariupol")]
    for match, query in asked:
        found = await store.search.figures("s", query, limit=2, match=match)
        assert [x.stored.number for x in found] == [2, 1]
    assert await store.search.figures("s", "civilians zeppelin", limit=2) == []
