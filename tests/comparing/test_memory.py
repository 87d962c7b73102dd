"""A comparison that remembers the last one: the same result, and only pairs of what is new related again."""

from dataclasses import replace

from bot.comparing.compare import Inputs, compare
from bot.comparing.memory import Memory
from bot.model import Article, Comparison
from bot.services.engine import REMEMBERED_FROM, Engine

TEXTS = [
    "A ferry sank off Lagos on Monday. Police said 12 people were killed and 40 injured.",
    "A ferry sank off Lagos on Monday. The navy said 15 people were killed. Ada Norton, 39, was hurt.",
    "A ferry sank off Lagos on Monday. At least 12 people died, police said. Police named Ada Norton, 32.",
    "A ferry sank off Lagos on Monday. Nine people were killed and 44 injured, the mayor said.",
    "A ferry sank off Lagos on Monday. The injured were revised from 44 to 41. Ada Norton, 39, died at sea.",
]


def _inputs(engine: Engine, texts: list[str], names: str = "a") -> Inputs:
    articles = [Article(f"{names}{n}", f"{n}.txt", t, outlet=f"Paper {t[-9:]}") for n, t in enumerate(texts, 1)]
    return Inputs(engine.with_origins(articles), tuple(engine.read(a) for a in articles))


def _anew(engine: Engine, inputs: Inputs) -> Comparison:
    return compare(inputs, engine.knowledge)


def test_a_growing_story_compares_as_if_anew(engine: Engine) -> None:
    memory = Memory()
    for n in range(1, len(TEXTS) + 1):
        inputs = _inputs(engine, TEXTS[:n])
        assert compare(inputs, engine.knowledge, memory) == _anew(engine, inputs)
    # Another order, other ids, one article less, one text changed.
    for texts, names in (
        (TEXTS[::-1], "a"),
        (TEXTS, "b"),
        (TEXTS[1:], "a"),
        ([*TEXTS[:4], TEXTS[0] + " It burnt."], "a"),
    ):
        inputs = _inputs(engine, texts, names)
        assert compare(inputs, engine.knowledge, memory) == _anew(engine, inputs)


def test_only_pairs_of_what_is_new_are_related(engine: Engine) -> None:
    memory = Memory()
    compare(_inputs(engine, TEXTS[:3]), engine.knowledge, memory)
    first = memory.related
    assert first > 3
    compare(_inputs(engine, TEXTS[:3]), engine.knowledge, memory)
    assert memory.related == 0
    more = compare(_inputs(engine, TEXTS[:4]), engine.knowledge, memory)
    fresh = {f.id for f in more.figures if f.article == "a4"}
    assert 0 < memory.related <= sum(1 for r in more.relations if fresh & set(r.figures))


def test_what_the_story_tells_of_somebody_is_asked_again(engine: Engine) -> None:
    """Ages a year apart may both be right until an article says that she died."""
    memory, alive = Memory(), ["Ada Norton, 39, was hurt.", "Ada Norton, 40, was hurt at sea."]
    inputs = _inputs(engine, alive)
    assert not any(r.flag for r in compare(inputs, engine.knowledge, memory).relations)
    inputs = _inputs(engine, [*alive, "Ada Norton, 39, died of her wounds."])
    assert any(r.flag for r in compare(inputs, engine.knowledge, memory).relations)


def test_the_engine_remembers_the_large_stories_it_compared_last(engine: Engine) -> None:
    texts = [f"{TEXTS[n % 4]} Boat {n} came." for n in range(REMEMBERED_FROM + 1)]
    articles = [Article(f"a{n}", f"{n}.txt", t, outlet=f"Paper {n}") for n, t in enumerate(texts, 1)]
    readings = [engine.read(a) for a in articles]
    engine.compare(articles[:-1], readings[:-1])
    grown = engine.compare(articles, readings)
    assert grown == Engine.load().compare(articles, readings)
    assert grown == engine.compare([replace(a) for a in articles], readings)


def test_a_figure_less_in_an_article_changes_what_its_others_are(engine: Engine) -> None:
    """Nine sailors hurt beside four cooks are a part of the hurt; all that an article counts is updated the next day."""
    texts = (
        ("Nine sailors were hurt. Four cooks were hurt.", "2023-05-01"),
        ("Thirty people were hurt.", "2023-05-02"),
    )
    articles = tuple(
        Article(
            f"a{n}",
            f"{n}.txt",
            f"A ferry sank off Lagos on Monday. {text}",
            outlet=f"Paper {n}",
            published=day,
            published_from="header",
        )
        for n, (text, day) in enumerate(texts, 1)
    )
    readings = [engine.read(a) for a in articles]
    memory = Memory()
    whole = Inputs(articles, tuple(readings))
    assert "update" not in {r.kind for r in compare(whole, engine.knowledge, memory).relations}
    kept = tuple(f for f in readings[0].figures if f.printed != "Four")
    less = Inputs(articles, (replace(readings[0], figures=kept), readings[1]))
    found = compare(less, engine.knowledge, memory)
    assert "update" in {r.kind for r in found.relations}
    assert found == _anew(engine, less)


def test_one_article_held_against_the_others_is_told_what_the_whole_tells_of_it(engine: Engine) -> None:
    inputs = _inputs(engine, TEXTS)
    whole, about = _anew(engine, inputs), _anew(engine, replace(inputs, about="a5"))
    own = {f.id for f in whole.figures if f.article == "a5"}
    told = [r for r in whole.relations if own & set(r.figures)]
    assert len(told) > 3
    assert [r for r in about.relations if own & set(r.figures)] == told
    assert all(own & set(r.figures) or r.kind == "sum_agrees" for r in about.relations)


def test_relations_are_named_by_what_they_relate(engine: Engine) -> None:
    """One article more leaves the names of the others' relations as they were."""
    few, more = _anew(engine, _inputs(engine, TEXTS[:4])), _anew(engine, _inputs(engine, TEXTS))
    before, after = {r.id: r for r in few.relations}, {r.id: r for r in more.relations}
    assert len(before) == len(few.relations) > 3
    kept = before.keys() & after.keys()
    assert len(kept) > len(before) / 2 and all(before[id].figures == after[id].figures for id in kept)
