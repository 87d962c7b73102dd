"""Cards of large stories: within Discord's limits, and what finds no room is counted."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from discord import ui

from bot.model import Comparison, StoredArticle, Story
from bot.render import card_lists, card_story
from bot.render.card import Card, Line, Section, fit, size
from bot.render.card_layout import layout
from bot.services import work

OUTLETS = 200


@pytest.fixture(scope="module")
def large() -> tuple[Story, tuple[StoredArticle, ...], Comparison]:
    """Compare two hundred outlets that all count differently."""
    engine = work.engine()
    articles = []
    for n in range(1, OUTLETS + 1):
        text = (
            f"Outlet: Outlet {n} *{'long ' * 6}*\nPublished: 2024-05-06\nURL: https://outlet{n}.example/{'x' * 150}\n\n"
            f"Fire in the harbour of Bergen\n\nThe fire in the harbour of Bergen killed {n + 3} people on Monday,"
            f" officer {n} said. The smoke stood over Bergen for hours."
        )
        articles.append(engine.article(f"a{n}", f"{n}.txt", text.encode()))
    result = engine.compare(articles, [engine.read(a) for a in articles])
    story = Story(1, 1, "Fire in the *harbour* of Bergen", OUTLETS, OUTLETS, "2024-05-06", "2024-05-06", 1)
    stored = tuple(
        StoredArticle(n, n, a, 1, "1", "2024-05-06T00:00:00+00:00", False) for n, a in enumerate(articles, 1)
    )
    return story, stored, result


def check(card: Card) -> str:
    """Check a card against the limits; return its text."""
    view = layout(card)
    texts = [item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay)]
    assert sum(map(size, texts)) <= 4000 and all(texts)
    assert sum(1 for _ in view.walk_children()) <= 40
    assert view.is_finished(), "discord.py must keep no view in memory: buttons are found by their ids"
    return "\n".join(texts)


async def test_two_hundred_outlets_fit(large: tuple[Story, tuple[StoredArticle, ...], Comparison]) -> None:
    story, stored, c = large
    told = check(card_story.comparison(story, c, policy="range", remarks=["A remark."] * 9))
    assert "200 outlets" in told and "… and" in told and "⚠️" in told and "Which figure leads" in told
    assert "Figures by outlet and time" in told
    told = check(card_story.side_by_side(story, stored, c))
    assert "Outlet 1 " in told and "… and" in told
    for what in card_story.PAGES:
        for number in (0, 1, 10_000):
            card = card_story.page(what, story, c, number)
            assert check(card)
            turns = [b.label for b in card.buttons]
            assert ("◀ Back" in turns) == (number > 0) or what in ("why", "agrees", "stopped", "timeline"), what
        assert "More ▶" not in turns
    flags = [_Flag(story, f, c) for f in c.findings if f.flag]
    assert flags
    check(card_lists.flags(flags * 10, "this server"))
    check(card_lists.articles(stored, 0))
    check(card_lists.stories([story] * 11, 3))


class _Flag:
    def __init__(self, story: Story, finding: object, comparison: Comparison) -> None:
        self.story = story
        self.finding = next(f for f in comparison.findings if f is finding)
        self.comparison = comparison


async def test_every_figure_is_on_some_page(large: tuple[Story, tuple[StoredArticle, ...], Comparison]) -> None:
    story, _, c = large
    pages = [check(card_story.page("figures", story, c, n)) for n in range(len(card_story.figure_pages(c)))]
    assert all(any(f"Outlet {n} " in page for page in pages) for n in range(1, OUTLETS + 1))


async def test_characters_beyond_the_first_plane_fit(
    large: tuple[Story, tuple[StoredArticle, ...], Comparison],
) -> None:
    story, _, c = large
    wide = replace(story, title="𝕳" * 500)
    told = check(
        card_story.comparison(wide, replace(c, articles=tuple(replace(a, outlet="🔥" * 300) for a in c.articles)))
    )
    assert "𝕳" in told


def _lines(count: int, length: int) -> Section:
    return Section("**Head**", tuple(Line(f"{n}" + "x" * length, f"{n}") for n in range(count)))


@pytest.mark.parametrize("shape", [(1, 10), (500, 30), (3, 3900), (0, 0), (40, 5000)])
@pytest.mark.parametrize("many", [1, 3, 8])
def test_sections_share_the_room(shape: tuple[int, int], many: int) -> None:
    blocks: Sequence[str] = fit([_lines(*shape)] * many)
    assert sum(map(size, blocks)) <= 3_900
    for block in blocks:
        shown = [line for line in block.splitlines() if line[0].isdigit()]
        left = shape[0] - len(shown)
        assert (f"and {left} more" in block) == (left > 0)
