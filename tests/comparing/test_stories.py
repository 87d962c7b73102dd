"""Grouping: one event together, the same kind of event elsewhere apart, in whatever order they come."""

from itertools import permutations

import pytest

from bot.comparing.stories import Profile, group, nearest, profile, similarity, terms
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


def test_reports_months_apart_are_less_alike() -> None:
    one = profile(article("a", MILL, published="2024-05-03"), RARITY)
    soon = profile(article("b", MILL_TOO, published="2024-05-05"), RARITY)
    late = profile(article("c", MILL_TOO, published="2025-05-05"), RARITY)
    undated = profile(article("d", MILL_TOO), RARITY)
    guessed = profile(article("e", MILL_TOO, published="2025-05-05", published_from="guess"), RARITY)
    assert similarity(one, late) < similarity(one, soon) == similarity(one, undated) == similarity(one, guessed)


def test_search_terms_are_the_telling_words() -> None:
    assert {"Garnet", "Mill", "Ostrava"} <= set(terms(ALL[0], RARITY, most=8))
    assert not {"the", "said"} & {t.lower() for t in terms(ALL[0], RARITY)}


def test_empty_and_odd_texts_are_no_trouble() -> None:
    assert profile(article("a", ""), RARITY) == Profile({}, {}, None)
    assert terms(article("a", "\n…—\n"), RARITY) == []
    assert [len(s) for s in group([article("a", ""), article("b", "朝日新聞 12")], RARITY)] == [1, 1]
