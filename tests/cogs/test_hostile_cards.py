"""Every kind of card over fifty outlets that do what they can to break it: valid, mentions nobody, shows it as written."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from simcord.components import walk_components

import bot.render
from bot.model import Comparison, Finding, Reading, Ruled, Ruling, Source, StoredArticle, Story, SummarySentence
from bot.render import card_article, card_audit, card_digest, card_feeds, card_lists, card_story
from bot.render.card import Card, Picture
from bot.render.card_layout import layout
from bot.services import work
from bot.summarizing.digest import Digest, digest
from tests.cogs.test_hostile import EVIL, LONG_WORD, article, check_parts
from tests.wire.rules import EPHEMERAL, V2, check_message
from tests.wire.schema import ABSENT, Schema

OUTLETS = 50
OWN = 7
NAME = f"[Bank](https://evil.example) @everyone {EVIL}"
HOOK = "/webhooks/{webhook_id}/{webhook_token}"
# As it was written: each of these stands somewhere on the cards of a kind, whatever they have room for.
WRITTEN = ("@everyone", "<@&1>", "[x](javascript:alert(1))")


@dataclass(frozen=True)
class Evil:
    """What cards are made of, hostile in every field that comes from articles or people."""

    story: Story
    stored: tuple[StoredArticle, ...]
    readings: tuple[Reading, ...]
    c: Comparison
    digest: Digest
    sentences: tuple[SummarySentence, ...]

    @property
    def flag(self) -> Finding:
        """Return the worst flag."""
        return next(f for f in self.c.findings if f.flag)


@dataclass(frozen=True)
class Shown:
    """A flag or a checked story, as the services give it."""

    story: Story
    comparison: Comparison
    finding: Finding


@dataclass(frozen=True)
class Feed:
    """A feed in trouble, an entry of it, and an act of a moderator, by the fields that their cards read."""

    source: int = 1
    outlet: str = NAME
    url: str = "https://evil.example/@everyone"
    last_ok: str | None = "2024-05-06T08:00:00+00:00"
    last_error: str | None = EVIL + LONG_WORD
    failures: int = 3
    paused_at: str | None = None
    title: str = EVIL + LONG_WORD
    published: str | None = "2024-05-06"
    at: str = "2024-05-06T08:00:00+00:00"
    by: str = str(OWN)
    what: str = "forget @everyone"
    about: str = EVIL
    why: str = LONG_WORD


@pytest.fixture(scope="module")
def evil() -> Evil:
    """Read and compare fifty hostile articles that all count differently."""
    engine = work.engine()
    articles = tuple(
        replace(
            engine.article(f"a{n}", f"@everyone-`{n}`.txt", article(n + 6).encode(), published="2024-05-06"),
            outlet=f"{n} {NAME}", author=EVIL, url=f"https://bank{n}.example/@everyone" if n % 2 else f"javascript:{EVIL}",
            notes=(EVIL, LONG_WORD),
        )
        for n in range(1, OUTLETS + 1)
    )  # fmt: skip
    readings = tuple(engine.read(a) for a in articles)
    c = engine.compare(articles, readings)
    ruling = Ruling(1, "dismiss", "x", EVIL + LONG_WORD, str(OWN), "2024-05-06T08:00:00+00:00")
    c = replace(
        c, ruled=(Ruled(ruling, EVIL, "dismissed"), Ruled(replace(ruling, by=EVIL), LONG_WORD, "not_comparable"))
    )
    stored = tuple(
        StoredArticle(n, n, a, 1, str(OWN), "2024-05-06T08:00:00+00:00", True) for n, a in enumerate(articles, 1)
    )
    story = Story(1, 1, f"{EVIL} {LONG_WORD}", OUTLETS, OUTLETS, "2024-05-06", "2024-05-07", 3)
    sentences = tuple(SummarySentence(a.id, 0, len(a.text), a.text) for a in articles[:9])
    return Evil(story, stored, readings, c, digest(articles, c), sentences)


def _named(e: Evil) -> list[tuple[SummarySentence, Any]]:
    return [(s, e.c.article(s.article)) for s in e.sentences]


def _pages(e: Evil) -> Iterator[Card]:
    chart = Picture("timeline.png", b"png", EVIL + LONG_WORD)
    for what in card_story.PAGES:
        for number in (0, 1, 99):
            yield card_story.page(what, e.story, e.c, number, chart)


def _comparisons(e: Evil) -> Iterator[Card]:
    chart = Picture("chart.png", b"png", EVIL + LONG_WORD)
    yield card_story.comparison(e.story, e.c, policy="range", remarks=[EVIL, LONG_WORD], picture=chart)
    yield card_story.comparison(e.story, e.c, remarks=[f"New conflict. {EVIL}"], watched=True)


def _checks(e: Evil) -> Iterator[Card]:
    text = e.stored[0].article
    own = e.readings[0].figures
    yield card_lists.checked(text, own, [Shown(e.story, e.c, e.flag)] * 3, [EVIL, LONG_WORD])


# For every function of bot/render that makes a card: how it is called with all that is hostile.
MAKERS: dict[str, Callable[[Evil], Iterator[Card]]] = {
    "card_article.article": lambda e: iter(
        [card_article.article(s, r, e.story, e.c, e.sentences, [EVIL] * 9, "Added.")
         for s, r in list(zip(e.stored, e.readings, strict=True))[:3]]),
    "card_audit.audit": lambda _: iter([card_audit.audit([Feed()] * 11, 1)]),
    "card_digest.summary": lambda e: iter(
        [card_digest.summary(e.story.title, _named(e), {a.id: a for a in e.c.articles}, e.digest, "as written")]),
    "card_feeds.health": lambda _: iter([card_feeds.health([Feed()] * 60, 5)]),
    "card_feeds.tried": lambda _: iter([card_feeds.tried(EVIL, "https://evil.example/@everyone", [Feed()] * 30)]),
    "card_lists.articles": lambda e: iter([card_lists.articles(e.stored[:11], 1)]),
    "card_lists.stories": lambda e: iter([card_lists.stories([e.story] * 11, 1, "", {1}), card_lists.stories([e.story], 0, EVIL)]),
    "card_lists.sources": lambda _: iter([card_lists.sources([Source(n, " ".join(WRITTEN), (EVIL, LONG_WORD), (EVIL,)) for n in range(60)])]),
    "card_lists.flags": lambda e: iter([card_lists.flags([Shown(e.story, e.c, e.flag)] * 10, EVIL)]),
    "card_lists.checked": _checks,
    "card_lists.searched": lambda e: iter(
        [card_lists.searched(EVIL, [(s, r.figures[0], s.article.text) for s, r in zip(e.stored, e.readings, strict=True)])]),
    "card_lists.summary": lambda e: iter([card_lists.summary(e.story.title, _named(e), "as written")]),
    "card_story.comparison": _comparisons,
    "card_story.side_by_side": lambda e: iter([card_story.side_by_side(e.story, e.stored, e.c, remarks=[EVIL])]),
    "card_story.page": _pages,
}  # fmt: skip


def kinds() -> set[str]:
    """Return every function of bot/render that makes a card."""
    found = set()
    for module in pkgutil.iter_modules(bot.render.__path__):
        there = importlib.import_module(f"bot.render.{module.name}")
        for name, made in inspect.getmembers(there, inspect.isfunction):
            if made.__module__ == there.__name__ and inspect.signature(made).return_annotation is Card:
                found.add(f"{module.name}.{name}")
    return found


def test_there_is_a_case_for_every_kind_of_card() -> None:
    assert kinds() == set(MAKERS)


def test_what_the_cards_are_made_of_is_hostile(evil: Evil) -> None:
    assert len(evil.c.articles) == OUTLETS and len({a.outlet for a in evil.c.articles}) == OUTLETS
    assert len(evil.flag.sides) > 10 and evil.c.not_compared and evil.digest.differ
    assert all(LONG_WORD in a.text and EVIL.split(" ", 1)[0] in a.text for a in evil.c.articles)


@pytest.mark.parametrize("kind", MAKERS)
def test_every_card_stays_valid_mentions_nobody_and_shows_the_text_as_written(kind: str, evil: Evil) -> None:
    schema = Schema()
    made, seen = 0, ""
    for card in MAKERS[kind](evil):
        made += 1
        view: Any = layout(card)
        top = view.to_components()
        parts = list(walk_components(top))
        shown = "\n".join(c["content"] for c in parts if c.get("type") == 10)
        check_parts(parts, shown, [OWN])
        as_seen = re.sub(r"\\([^A-Za-z0-9\s])", r"\1", shown).replace("\u200b", "")
        assert WRITTEN[0] in as_seen
        seen += as_seen
        assert "\\" not in as_seen.replace("\\\\", ""), "a back-slash of ours is shown"
        body = {"flags": V2 | EPHEMERAL, "components": top, "allowed_mentions": {"parse": []}}
        files = {card.picture.name: card.picture.png} if card.picture else {}
        check_message(body, files)
        assert schema.problem("POST", HOOK, body) is None
    assert all(one in seen for one in WRITTEN), [one for one in WRITTEN if one not in seen]
    if not schema.present:
        pytest.skip(ABSENT)  # ../shared
    assert schema.checked == made
