"""Grouping: one event together, the same kind of event elsewhere apart, in whatever order they come."""

from itertools import permutations

import pytest

from bot.comparing.likeness import MOST, likeness
from bot.comparing.stories import Profile, central, group, nearest, profile, terms
from bot.model import Article
from bot.services.rarity import rarity

RARITY = rarity()

MILL = "Fire broke out at the Garnet Mill in Ostrava on Friday night, and 4 people were killed, chief Petr Novak said."
MILL_TOO = (
    "Four people died in a blaze at the Garnet Mill, a former weaving plant in Ostrava, fire chief Petr Novak said."
)
PLANT = (
    "Fire broke out at a paint plant in Malmo on Friday night, and 4 people were killed, police chief Eva Lind said."
)
VOTE = (
    "The senate in Quito rejected the water law by 70 votes to 61, after a night of speeches by Laura Paz and others."
)


def article(id: str, text: str, **more: str) -> Article:
    """Make an article."""
    return Article(id, f"{id}.txt", text, **more)  # type: ignore[arg-type]


ALL = [article("mill", MILL), article("mill2", MILL_TOO), article("plant", PLANT), article("vote", VOTE)]


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_one_event_is_one_story_whatever_the_order(order: tuple[int, ...]) -> None:
    found = {frozenset(a.id for a in story) for story in group([ALL[n] for n in order], RARITY)}
    assert found == {frozenset({"mill", "mill2"}), frozenset({"plant"}), frozenset({"vote"})}


def test_an_article_joins_the_story_it_is_most_like_or_none() -> None:
    others = [(7, ALL[2]), (3, ALL[1]), (9, ALL[3])]
    assert nearest(ALL[0], others, RARITY) == 3
    assert nearest(article("new", "Snow fell in Oslo."), others, RARITY) is None
    assert nearest(ALL[0], [], RARITY) is None


def test_reports_months_apart_are_less_alike_and_those_of_one_week_more() -> None:
    def made(text: str, **more: str) -> Profile:
        return profile(article("a", text, **more), RARITY)

    one = made(MILL, published="2024-05-03")
    soon, late = made(PLANT, published="2024-05-05"), made(PLANT, published="2025-05-05")
    undated, guessed = made(PLANT), made(PLANT, published="2025-05-05", published_from="guess")
    assert likeness(one, late) < likeness(one, undated) == likeness(one, guessed) < likeness(one, soon) <= MOST


def test_other_years_in_the_text_and_other_names_are_less_alike() -> None:
    here = profile(article("a", MILL + " It was the worst since 1998."), RARITY)
    same, other = (profile(article("b", f"{PLANT} The worst since {y}."), RARITY) for y in ("1998", "2011"))
    assert likeness(here, other) < likeness(here, same)
    renamed = (
        MILL_TOO.replace("Garnet Mill", "Cobalt Works").replace("Ostrava", "Turku").replace("Petr Novak", "Aino Salo")
    )
    assert likeness(here, profile(article("c", renamed), RARITY)) < 0 < likeness(here, profile(ALL[1], RARITY))


def test_moderators_put_together_and_apart() -> None:
    def ids(found: list[list[Article]]) -> list[list[str]]:
        return [[a.id for a in story] for story in found]

    assert ids(group(ALL, RARITY, apart=[("mill2", "mill")])) == [["mill"], ["mill2"], ["plant"], ["vote"]]
    assert ids(group(ALL, RARITY, together=[("vote", "mill")])) == [["mill", "mill2", "vote"], ["plant"]]
    # What was put together holds whichever came last, and joins whole stories.
    bound = group(ALL[::-1], RARITY, together=[("mill", "plant"), ("mill", "vote")])
    assert ids(bound) == [["vote", "plant", "mill"], ["mill2"]]
    assert nearest(ALL[0], [(7, ALL[1])], RARITY, apart=[7]) is None


def test_two_stories_that_grew_towards_each_other_become_one() -> None:
    thin = article("thin", "Blaze kills four in a mill, an official says.")
    late = article("late", "Blaze kills four in a mill in Ostrava, chief Petr Novak says. The Garnet Mill burnt down.")
    found = group([thin, ALL[0], late, ALL[1]], RARITY, together=[("thin", "late")])
    assert [[a.id for a in story] for story in found] == [["thin", "mill", "late", "mill2"]]


def test_the_title_is_the_most_central_headline() -> None:
    one = article("a", MILL, title="A city in tears")
    two = article("b", MILL_TOO, title="Four people killed in fire at Garnet Mill in Ostrava")
    three = article("c", MILL + " Police asked for patience.", title="Firefighters tell of a long night")
    assert central([one, two, three], RARITY).id == "b"
    assert central([three, one, two], RARITY).id == "b"
    assert central([one, two], RARITY).id == "a", "of two headlines neither is more central"
    assert central([article("x", MILL), two, article("y", MILL_TOO)], RARITY).id == "b", "a headline if there is one"
    assert central([article("x", MILL)], RARITY).id == "x"


def test_search_terms_are_the_telling_words() -> None:
    assert {"garnet", "mill", "ostrava"} <= set(terms(ALL[0], RARITY, most=8))
    assert not {"the", "said"} & {t.lower() for t in terms(ALL[0], RARITY)}


def test_empty_and_odd_texts_are_no_trouble() -> None:
    empty = profile(article("a", ""), RARITY)
    assert (empty.first, empty.names, empty.length, empty.published) == ({}, {}, 0, None)
    assert terms(article("a", "\n…—\n"), RARITY) == []
    assert group([], RARITY) == []
    assert [len(s) for s in group([article("a", ""), article("b", "朝日新聞 12")], RARITY)] == [1, 1]
