"""Feeds of outlets: how they fare, and what one gives when it is tried."""

from collections.abc import Sequence
from typing import Protocol

from bot.render import card_texts as t
from bot.render import words
from bot.render.card import Card, Line, Section, fit, section
from bot.render.escape import cut, link


class Feed(Protocol):
    """A registered feed."""

    @property
    def source(self) -> int: ...
    @property
    def outlet(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def last_ok(self) -> str | None: ...
    @property
    def last_error(self) -> str | None: ...
    @property
    def failures(self) -> int: ...
    @property
    def paused_at(self) -> str | None: ...


class Entry(Protocol):
    """An entry of a feed."""

    @property
    def url(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def published(self) -> str | None: ...


def health(feeds: Sequence[Feed], given_up: int) -> Card:
    """Return how every feed fares; those in trouble first."""
    lines = [feed_line(f) for f in sorted(feeds, key=lambda f: (not f.paused_at, not f.failures, f.source))]
    told = [t.plural(len(feeds), "feed")]
    told += [f"{t.plural(given_up, 'entry', 'entries')} given up"] if given_up else []
    return Card(fit([section(t.HEALTH, [f"-# {', '.join(told)}"]), section("", lines)]))


def feed_line(f: Feed) -> str:
    """Return one feed: its state in words, its last success, its failures."""
    state = "paused" if f.paused_at else "failing" if f.failures else "ok" if f.last_ok else "not asked yet"
    last = f"last success {words.date(f.last_ok)} {f.last_ok[11:16]} UTC" if f.last_ok else "never answered"
    told = f"- **{state}**: {f.source}. {cut(f.outlet, 60)}, {link('feed', f.url)}, {last}"
    return f"{told}; {t.plural(f.failures, 'failure')}: {cut(f.last_error or '', 160)}" if f.failures else told


def tried(title: str | None, url: str, entries: Sequence[Entry]) -> Card:
    """Return what a feed gives; nothing of it is stored."""
    head = section(
        f"## {cut(title or url, 120)}", [f"-# {link('feed', url)}, {t.plural(len(entries), 'entry', 'entries')}"]
    )
    lines = tuple(
        Line(f"- {words.date(e.published) or t.NO_DATE}: {link(cut_title(e), e.url)}", f"- {cut(cut_title(e), 80)}")
        for e in entries[:10]
    )
    return Card(fit([head, Section("", lines, more=max(0, len(entries) - 10))]))


def cut_title(e: Entry) -> str:
    """Return the title of an entry, short; its address where it has none."""
    return words.short(e.title or e.url, 120)
