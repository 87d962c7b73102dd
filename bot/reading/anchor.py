"""Which event in the world a figure belongs to: the article's own (None) or another, told by its time or by words.

An earlier quake named for comparison is another event (design/domain.md, the gate's first step). The key of another
event is its time as far as the text gives it ("2004", "2008-09", "--09", "wd1"), so that two articles' figures about
the same earlier event still meet; an untimed other event ("in a similar raid") meets nothing.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bot.language.dates import DateSpan, resolve
from bot.reading.document import Document, View
from bot.reading.frames import Frame
from bot.reading.words import ReadingWords

_STAMPED = re.compile(r"\b(?:posted|updated|published|modified|filed|created)\b[^.]{0,24}$", re.IGNORECASE)
# How far from publication a day may lie and still be the article's own event; a lead that dates the event ("the Nov. 6
# election") may look back further.
NEAR_DAYS, TOLD_DAYS = 10, 31
# Events that are summed up lie over more than a day; what took a quarter of an hour is one.
DAY = 86_400
LEAD = 4
# Words before the day that a count holds on, which need not be that of any event.
AS_OF = re.compile(
    r"\b(?:as of|as at|by|until|up to|through|since as of)\s+(?:late\s+|early\s+|last\s+)?$", re.IGNORECASE
)


@dataclass(slots=True)
class AnchorReader:
    """Decide events in one article; remembers the anchor of each sentence for "that quake" in the next."""

    document: Document
    words: ReadingWords
    published: date | None
    main_day: date | None = None
    main_weekday: int | None = None
    main_month_day: str | None = None
    main_years: set[int] = field(default_factory=set)
    main_months: set[int] = field(default_factory=set)
    seen: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        days: Counter[str] = Counter()
        told: set[str] = set()
        opening = next((v.index for v in self.document.views if not v.heading), 0)
        for view in self.document.views[:LEAD]:
            for d in view.dates:
                if d.kind == "time" or self.is_speech(view, d) or self._is_stamp(view, d):
                    continue
                if AS_OF.search(view.text[: d.start - view.start]):
                    continue  # "by Thursday 16 had been found": when it was counted
                if d.year is not None and view.index == opening:
                    self.main_years.add(d.year)
                if d.month is not None and d.day is None and view.index == opening:
                    self.main_months.add(d.month)
                if d.granularity != "day":
                    continue
                when = resolve(d, self.published)
                key = (
                    when.start
                    if when is not None
                    else f"wd{d.weekday}"
                    if d.weekday is not None and self.published is None
                    else None
                )
                if key is not None:
                    if of_event := self._of_event(view, d):
                        told.add(key)
                    # The opening's own day stands in where the lead dates no event.
                    days[key] += 4 if of_event else 3 if view.index < 2 and not days else 1
        for key, _ in days.most_common():  # ties: the first named
            if key.startswith("wd"):
                self.main_weekday = int(key[2:]) if self.main_weekday is None else self.main_weekday
            elif key.startswith("--"):
                self.main_month_day = self.main_month_day or key
            elif self.main_day is None and days[key] >= 3:
                day = date.fromisoformat(key)
                most = TOLD_DAYS if key in told else NEAR_DAYS
                if self.published is None or 0 <= (self.published - day).days <= most:
                    self.main_day = day

    def _is_stamp(self, view: View, d: DateSpan) -> bool:
        """Tell the day of publication printed over a text ("Posted: 05/05/2010", "June 12, 2012 Acme has ...") from an event's."""
        before = view.text[: d.start - view.start]
        if _STAMPED.search(before):
            return True
        when = resolve(d, self.published)
        printed = d.year is not None and view.index < 2 and not re.search(r"\b(?:on|of|since|from|by)\s+$", before)
        return printed and self.published is not None and when is not None and when.start == self.published.isoformat()

    def _of_event(self, view: View, d: DateSpan) -> bool:
        """Tell whether a day stands by an event noun or a verb of happening: "Monday's quake", "struck on Sunday"."""
        host = view.token_at(d.start)
        for _ in range(5):
            if host is None:
                return False
            lemma = host.lemma_.lower()
            if lemma in self.words.event_nouns or lemma in self.words.verbs or lemma in self.words.intransitive:
                return True
            if host.pos_ in {"VERB", "AUX"}:
                return any(c.lemma_.lower() in self.words.event_nouns for c in host.children)
            if host.head == host:
                return False
            host = host.head
        return False

    def is_speech(self, view: View, d: DateSpan) -> bool:
        """Tell the day of saying ("said on Wednesday") from the day of the event."""
        host = view.token_at(d.start)
        for _ in range(6):
            if host is None or host.pos_ in {"VERB", "AUX"} or host.head == host:
                break
            host = host.head
        return host is not None and host.lemma_.lower() in self.words.speech

    @property
    def main(self) -> str | None:
        """Return the day of the article's own event as its lead tells it: an ISO date, "--MM-DD" or "wd0".."wd6"."""
        if self.main_day is not None:
            return self.main_day.isoformat()
        return self.main_month_day or (f"wd{self.main_weekday}" if self.main_weekday is not None else None)

    def read(self, view: View, token: Any, frame: Frame, chosen: DateSpan | None) -> str | None:
        """Return the key of another event, or None for the article's own."""
        key = self._told_apart(view, frame) or (self._far(chosen) if chosen is not None else None)
        if key is None and not self._names_main(chosen):
            key = self._inherited(view, token, frame) or self._by_words(view, token, frame)
        if key is not None:
            self.seen[view.index] = key
        return key

    def _told_apart(self, view: View, frame: Frame) -> str | None:
        """Take "four prior arrests" and "the deadliest shooting, which killed 49" as of other events, whatever the date."""
        clause = frame.verb
        info = self.words.events.get(frame.event or "")
        if info is not None and info.running and self._over_a_span(view, frame):
            return f"other:{self.document.article.id}:{view.index}"
        if clause is not None and any(
            c.dep_ in {"mark", "prep"} and c.lower_ in {"after", "before"} for c in clause.children
        ):
            # "days after five officers were killed": the clause tells another event to date this one.
            # "days after five officers were killed", "weeks after a driver shot eight"
            spans = {"hour", "day", "week", "month", "year", "decade"}
            marks = [c for c in clause.children if c.dep_ in {"mark", "prep"} and c.lower_ in {"after", "before"}]
            if any(c.i and view.doc[c.i - 1].lemma_.lower() in spans for c in marks) or any(
                c.dep_ in {"npadvmod", "nmod", "nsubj"} and c.lemma_.lower() in spans for c in clause.children
            ):
                return f"other:{self.document.article.id}:{view.index}"
        heads = [frame.anchor, frame.verb.head if frame.verb is not None and frame.verb.dep_ == "relcl" else None]
        apart = {"prior", "previous", "past", "deadliest", "worst", "biggest", "largest", "bloodiest"}
        for head in heads:
            if head is not None and any(c.lower_ in apart for c in head.children):
                return f"other:{self.document.article.id}:{view.index}"
        return None

    def _over_a_span(self, view: View, frame: Frame) -> bool:
        """Tell "nine people hurt over a span of ten days": a sum over many events is of none of them.

        The span hangs on the figure's own clause: "nine were hurt, and help came within ten minutes" tells of one event.
        """
        for q in view.quantities:
            long = q.type == "duration" and (q.value or q.low or 0) > DAY
            span = view.span(q.core_start, q.core_end) if long else None
            if not span or not self.words.over_a_span.search(view.text[: q.start - view.start]):
                continue
            host = span.root
            while host.dep_ in {"nummod", "pobj", "prep"} and host.head != host:
                host = host.head
            if host in (frame.anchor, frame.verb) or (frame.verb is not None and host == frame.verb.head):
                return True
        return False

    def _names_main(self, chosen: DateSpan | None) -> bool:
        return chosen is not None and chosen.granularity == "day"

    def _far(self, d: DateSpan) -> str | None:
        """Return the key of a time that is not the main event's, or None."""
        when = resolve(d, self.published)
        if when is not None and not when.start.startswith("--"):
            start, end = date.fromisoformat(when.start), date.fromisoformat(when.end)
            if d.direction == "ahead" and self.published is not None and end >= self.published:
                return None  # what is planned is planned in this story
            main = self.main_day
            if main is not None:
                near = start - timedelta(days=0 if when.granularity == "day" else 3) <= main <= end + timedelta(days=0)
            elif self.published is not None:
                near = end >= self.published - timedelta(days=NEAR_DAYS)
            else:
                near = start.year in self.main_years
            if near or (when.granularity in {"year", "decade"} and start.year in self.main_years):
                return None
            if when.granularity == "day" and main is None and self.published is None and self.main_weekday is None:
                return None
            return (
                when.start
                if when.granularity in {"day", "week"}
                else when.start[:7]
                if when.granularity == "month"
                else when.start[:4]
            )
        if d.weekday is not None:
            return f"wd{d.weekday}" if self.main_weekday is not None and d.weekday != self.main_weekday else None
        if when is not None and when.granularity == "day":
            return when.start if self.main_month_day is not None and when.start != self.main_month_day else None
        if d.month is not None:
            own = self.main_months | ({int(self.main_month_day[2:4])} if self.main_month_day else set())
            return None if d.month in own else f"--{d.month:02d}"
        if d.rule == "date.earlier":
            return f"earlier:{d.unit}"
        if d.direction == "ago" and d.unit in {"month", "year", "decade"}:
            return f"ago:{d.amount}:{d.unit}"
        if d.direction == "last" and d.unit in {"month", "year", "decade"}:
            return f"last:{d.unit}"
        return None

    def _event_words(self, token: Any, frame: Frame) -> list[Any]:
        """Return the event nouns that stand around a figure: subject of its verb, what it happened in, what holds it."""
        found: list[Any] = []
        if frame.anchor is not None and frame.anchor.tag_.startswith("NN"):
            found.append(frame.anchor)
        clause = frame.verb if frame.verb is not None else token
        for _ in range(5):
            if clause.pos_ in {"VERB", "AUX"} or clause.head == clause:
                break
            clause = clause.head
        nodes = [clause]
        here = clause
        for _ in range(3):
            if here.dep_ in {"advcl", "conj", "acl", "relcl", "xcomp"} and here.head != here:
                here = here.head
                nodes.append(here)
        for node in nodes:
            if node.lemma_.lower() in self.words.event_nouns and node.tag_.startswith("NN"):
                found.append(node)
            for child in node.children:
                if child.dep_ in {"nsubj", "nsubjpass", "agent", "dobj"} and child.tag_.startswith("NN"):
                    found.append(child)
                if child.dep_ in {"prep", "agent"} and child.lower_ in {
                    "in",
                    "by",
                    "during",
                    "after",
                    "from",
                    "at",
                    "of",
                }:
                    found += [g for g in child.children if g.dep_ == "pobj"]
        return [t for t in found if t.lemma_.lower() in self.words.event_nouns]

    def _inherited(self, view: View, token: Any, frame: Frame) -> str | None:
        """Follow "that temblor", "those bombings", or a bare "It", to the event of the sentence before."""
        before = self.seen.get(view.index - 1) or self._dated(view.index - 1)
        if before is None:
            return None
        for noun in self._event_words(token, frame):
            if any(c.lower_ in {"that", "those", "this", "these"} for c in noun.children):
                return before
        first = view.doc[0] if len(view.doc) else None
        if first is not None and first.lower_ in {"it", "that", "those"} and first.dep_ in {"nsubj", "nsubjpass"}:
            return before
        return None

    def _dated(self, index: int) -> str | None:
        """Return the other event that a sentence without figures is dated by."""
        if not 0 <= index < len(self.document.views):
            return None
        view = self.document.views[index]
        keys = [k for d in view.dates if d.kind != "time" and not self.is_speech(view, d) and (k := self._far(d))]
        return keys[0] if keys else None

    def _by_words(self, view: View, token: Any, frame: Frame) -> str | None:
        """Take "another shooting", "a similar attack", "in previous raids" as other events."""
        for noun in self._event_words(token, frame):
            ordinal = (
                frame.event is not None
                and frame.event in self.words.events
                and any(c.lower_ == "first" for c in noun.children)
            )
            if ordinal or any(
                c.lower_ in self.words.other_event | {"one"}
                and c.dep_ in {"amod", "det", "advmod", "nummod"}
                and c.i < noun.i
                for c in noun.children
            ):
                return f"other:{self.document.article.id}:{view.index}"
        return None
