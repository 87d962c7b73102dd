"""Watches and alerts: what of a story's comparison is news to its watchers, and when they may be told.

A notice is sent only for a new kind of finding, a value outside the known range by more than the threshold, a downward
revision, or a page that changed its own figure; it waits for the end of quiet hours, for the digest, and for the rate.
"""

import json
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.comparing.rulings import digest
from bot.model import Comparison, Figure, Finding
from bot.render.words import CHANGES, number
from bot.services.coverage import Coverage
from bot.services.desk import Clock, stamp_of
from bot.services.preferences import Choosing, Preferences
from bot.store import Store
from bot.store.watches import Alert, Watch

HOUR = timedelta(hours=1)
MOST_NEWS = 10
# What watchers know of a story, and what is news: pairs of a kind and the words for it.
Facts = dict[str, Any]
News = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be told in a channel now; `alert.message` is the card to edit, None where there is none yet."""

    alert: Alert
    news: tuple[News, ...]


class Alerts:
    """Keeps watches, hears of comparisons, and says what is due; the front door delivers it."""

    def __init__(self, store: Store, coverage: Coverage, choosing: Choosing, clock: Clock) -> None:
        self._store = store
        self._coverage = coverage
        self._choosing = choosing
        self._clock = clock
        self._told: dict[str, deque[datetime]] = {}
        # What the front door does when there is something to tell.
        self.wake: Callable[[], None] = lambda: None
        coverage.desk.listeners.append(self.heard)

    async def watch(self, server: str, story: int, by: str, channel: str) -> bool:
        """Watch a story from what is known of it now; False where the person does already."""
        comparison, _ = await self._coverage.desk.comparison(server, story)
        new = await self._store.watches.add(server, story, by=by, channel=channel, now=stamp_of(self._clock()))
        await self.heard(server, story, comparison)
        return new

    async def unwatch(self, server: str, story: int, by: str) -> bool:
        """Watch no longer; False where the person did not."""
        return await self._store.watches.remove(server, story, by)

    async def watches(self, server: str, by: str) -> list[Watch]:
        """List what a person watches."""
        return await self._store.watches.list(server, by=by)

    async def heard(self, server: str, story: int, comparison: Comparison) -> None:
        """Keep what is news in a comparison for each channel; what a channel hears of first is where it begins."""
        watches = await self._store.watches.list(server, story=story)
        if not watches:
            return
        chosen = await self._choosing.of(server)
        to = chosen.id("alert_channel")
        muted = await self._coverage.muting.of(server)
        silent = story in muted.stories
        comparison = muted.without(comparison)
        facts = facts_of(comparison)
        for channel in [str(to)] if to else dict.fromkeys(w.channel for w in watches):
            alert = await self._store.watches.alert(server, story, channel)
            if alert is None:
                begun = Alert(server, story, channel, None, None, json.dumps(facts), "", None)
                await self._store.watches.save(begun)
                continue
            known: Facts = json.loads(alert.known)
            news = news_of(known, comparison, chosen.number("alert_threshold"))
            if silent:
                # Nothing is news, and nothing of it will be when the story is heard again.
                await self._store.watches.save(replace(alert, known=json.dumps(merged(known, facts)), pending=""))
                continue
            if not news and known == facts and not alert.pending:
                continue
            waiting = json.loads(alert.pending) if alert.pending else {"since": stamp_of(self._clock()), "news": []}
            # What was dismissed, or went with its article, before it could be told is no news any more.
            holds = {f.explanation for f in comparison.findings if f.flag or f.kind in CHANGES}
            waiting["news"] = [n for n in waiting["news"] if n[0] == "range" or n[1] in holds]
            waiting["news"] = [list(n) for n in dict.fromkeys((*map(tuple, waiting["news"]), *news))][-MOST_NEWS:]
            pending = json.dumps(waiting, ensure_ascii=False) if waiting["news"] else ""
            await self._store.watches.save(replace(alert, known=json.dumps(merged(known, facts)), pending=pending))
            if pending:
                self.wake()

    async def due(self) -> list[Notice]:
        """Give what may be told now, within each server's rate."""
        now = self._clock()
        found: list[Notice] = []
        taken: dict[str, int] = {}
        left = await self._store.departures.all()
        for alert in await self._store.watches.pending():
            if alert.server in left:
                continue
            chosen = await self._choosing.of(alert.server)
            waiting = json.loads(alert.pending)
            if not await self._audible(alert, waiting["news"]):
                await self._store.watches.save(replace(alert, pending=""))
                continue
            if chosen.quiet(now) or not _released(chosen, datetime.fromisoformat(waiting["since"]), now):
                continue
            told = self._told.setdefault(alert.server, deque())
            while told and now - told[0] >= HOUR:
                told.popleft()
            if len(told) + taken.get(alert.server, 0) >= chosen.number("alert_rate"):
                continue
            taken[alert.server] = taken.get(alert.server, 0) + 1
            found.append(Notice(alert, tuple((kind, text) for kind, text in waiting["news"])))
        return found

    async def _audible(self, alert: Alert, news: list[list[str]]) -> bool:
        """Tell whether something that waits is of no muted story or outlet; drop from `news` what is."""
        muted = await self._coverage.muting.of(alert.server)
        if alert.story in muted.stories:
            return False
        if muted.names:
            whole, _ = await self._coverage.desk.comparison(alert.server, alert.story)
            rest = muted.without(whole)
            holds = {f.explanation for f in rest.findings}
            ends = {f"{key}: {number(end)}," for key, ends in _ranges(rest).items() for end in ends}
            news[:] = [n for n in news if (n[1].split(" known until")[0] in ends if n[0] == "range" else n[1] in holds)]
        return bool(news)

    async def told(self, notice: Notice, message: str | None, thread: str | None = None) -> None:
        """Take a notice for delivered, or with no message for one that cannot be."""
        now = self._clock()
        if message is not None:
            self._told.setdefault(notice.alert.server, deque()).append(now)
        present = await self._store.watches.alert(notice.alert.server, notice.alert.story, notice.alert.channel)
        if present is None:
            return
        # What came while it was sent stays for the next time.
        pending = "" if present.pending == notice.alert.pending else present.pending
        at = stamp_of(now) if message else present.told_at
        await self._store.watches.save(replace(present, message=message, thread=thread, pending=pending, told_at=at))


def facts_of(c: Comparison) -> Facts:
    """Return what is known of a story: its kinds of findings, the range of each measure, what was revised.

    In digests: what watchers know is kept when an article goes, and must not tell what it said.
    """
    return {
        "kinds": sorted({_kind(c, f) for f in c.findings if f.flag}),
        "ranges": {digest(key): found for key, found in _ranges(c).items()},
        "down": sorted({digest(f.explanation) for f in c.findings if _downward(c, f)}),
        "revised": sorted({digest(f.explanation) for f in c.findings if f.kind == "self_revision"}),
    }


def news_of(known: Facts, c: Comparison, threshold: int) -> list[News]:
    """Return what is news, each with its kind and its words."""
    news = [("kind", f.explanation) for f in c.findings if f.flag and _kind(c, f) not in known["kinds"]]
    for key, (low, high) in _ranges(c).items():
        before = known["ranges"].get(digest(key))
        if before is None:
            continue
        told = number(before[0]) if before[0] == before[1] else f"{number(before[0])} to {number(before[1])}"
        for value, end, outside in ((high, before[1], high > before[1]), (low, before[0], low < before[0])):
            if outside and abs(value - end) * 100 > threshold * abs(end):
                news.append(("range", f"{key}: {number(value)}, known until now {told}"))
    for f in c.findings:
        if _downward(c, f) and digest(f.explanation) not in known["down"]:
            news.append(("down", f.explanation))
        if f.kind == "self_revision" and digest(f.explanation) not in known["revised"]:
            news.append(("revised", f.explanation))
    return list(dict.fromkeys(news))


def _ranges(c: Comparison) -> dict[str, list[float]]:
    """Return the lowest and highest count of each measure and place."""
    ranges: dict[str, list[float]] = {}
    for f in c.figures:
        counted = f.type == "count" and f.role == "level" and f.event and not f.anchor and f.bound != "vague"
        if not counted or f.value is None:
            continue
        low, high = ranges.get(_measure(f), [f.value, f.value])
        ranges[_measure(f)] = [min(low, f.value), max(high, f.value)]
    return ranges


def _kind(c: Comparison, f: Finding) -> str:
    about = next((_measure(c.figure(id)) for side in f.sides for id in side.figures), "")
    return digest(f"{f.kind}|{about}")


def merged(known: Facts, facts: Facts) -> Facts:
    """Return what is known after hearing of new facts: what was told once is no news when it comes back."""
    ranges = dict(facts["ranges"])
    for key, (low, high) in known["ranges"].items():
        now = ranges.get(key, [low, high])
        ranges[key] = [min(low, now[0]), max(high, now[1])]
    lists = {name: sorted({*known[name], *facts[name]}) for name in ("kinds", "down", "revised")}
    return {**lists, "ranges": ranges}


def _released(chosen: Preferences, since: datetime, now: datetime) -> bool:
    """Tell whether a digest that gathers since a moment is due: when the hour, or the day, of the server is over."""
    digest = chosen["digest"]
    shapes: dict[str, Callable[[datetime], object]] = {
        "hourly": lambda t: (t.date(), t.hour),
        "daily": lambda t: t.date(),
    }
    shape = shapes.get(digest)
    return shape is None or shape(since.astimezone(chosen.zone)) != shape(now.astimezone(chosen.zone))


def _downward(c: Comparison, f: Finding) -> bool:
    """Tell whether an update's newer number is below its older one: its first relation names the older first."""
    if f.kind != "update":
        return False
    own = frozenset(f.relations)
    for r in c.relations:
        if r.id in own and len(r.figures) == 2:
            old, new = (c.figure(id) for id in r.figures)
            return old.value is not None and new.value is not None and new.value < old.value
    return False


def _measure(f: Figure) -> str:
    return f"{f.event or f.measure}{f' in {f.place}' if f.place else ''}"


def words_of(news: Sequence[News], heads: dict[str, str]) -> list[str]:
    """Return news as lines, each under the head of its kind."""
    return [f"{heads[kind]} {text[:1].upper()}{text[1:]}" for kind, text in news]
