"""At what time of day the article's event came to pass: told with a word of it, else the first time told early."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.language.dates import DateSpan
from bot.model import Bound
from bot.reading.document import View
from bot.reading.properties import PropertyWords

_AROUND = re.compile(
    r"(?:about|around|approximately|roughly|some|circa|approx\.?|near(?:ly)?|close to|at approximately)\s*$", re.I
)
_AFTER = re.compile(r"(?:(?:just|shortly|soon|a little|right)\s+after|after)\s*$", re.I)
_BEFORE = re.compile(r"(?:(?:just|shortly|a little|right)\s+before|before|by|nearly)\s*$", re.I)


@dataclass(frozen=True, slots=True)
class EventTime:
    """A time of day at which the event came to pass, in minutes, with its bound."""

    minute: int
    bound: Bound
    hedge: str
    token: Any
    rule: str


# "7:41 left", "the 2:15 mark", "| 1:32": a clock that runs down, the length of a film.
_NO_DAYTIME = re.compile(r"\s*(?:left|remaining|mark|minutes?|seconds?|to (?:go|play)|of the)\b", re.I)
_DAYTIME = re.compile(r"\d\s?[ap]\.?\s?m\b|(?:noon|midnight|hours|hrs)\b", re.I)
_AT = re.compile(
    r"\b(?:at|around|about|approximately|roughly|near|(?:just|shortly|soon)\s+(?:after|before|past)|after|before|past)\s+$",
    re.I,
)
# So early in an article a time of day is the time of what the article is about.
EARLY = 12


def read_time(words: PropertyWords, view: View, d: DateSpan, *, first: bool = False) -> EventTime | None:
    """Return the time of the event that a time of day tells, or None where it tells another moment.

    Where no word of the event stands by it, the first that an article tells (`first`) counts by where it stands.
    "about" is ± 15 minutes (design/domain.md); "just after" and "just before" lean one way.
    """
    if d.kind != "time" or d.minute is None or view.doc is None or (d.zone and d.zone not in {"local"}):
        return None
    if not d.zone and any(o.zone and o.zone != "local" and 0 < o.start - d.end < 12 for o in view.dates):
        return None  # "between 07:28 and 08:06 UTC", "10:00 am (0800 GMT)": no local time of the event
    token = view.token_at(d.start)
    before, after = view.text[: d.start - view.start], view.text[d.end - view.start :]
    daytime = _DAYTIME.search(view.text[d.start - view.start : d.end - view.start]) or _AT.search(before)
    if token is None or _NO_DAYTIME.match(after) or not daytime:
        return None
    early = first and view.index <= EARLY and _AT.search(before) is not None
    found = _moment(words, token, early=early)
    if found is None:
        return None
    hedge = (
        "about"
        if _AROUND.search(before)
        else "after"
        if _AFTER.search(before)
        else "before"
        if _BEFORE.search(before)
        else ""
    )
    here, rule = found
    return EventTime(d.minute, "about" if hedge == "about" else "exact", hedge, here, rule)


def _moment(words: PropertyWords, token: Any, *, early: bool) -> tuple[Any, str] | None:
    """Return the word that a time of day hangs on and the rule by which it is the event's, or None."""
    here, governed = token, None
    for _ in range(6):
        lemma = here.lemma_.lower()
        if here != token:
            stopped = lemma in words.late and not any(c.dep_ == "prt" and c.lower_ == "over" for c in here.children)
            if stopped or any(c.dep_ == "aux" and c.tag_ == "MD" for c in here.children):
                break  # "failed tests shortly after 2 a.m., police said": its own verb is met before the saying
            if here.tag_.startswith("NN") and lemma in words.occur_nouns:
                return here, "time.noun"
            if here.pos_ in {"VERB", "AUX"} and (
                lemma in words.strong_verbs
                or (
                    lemma in words.occur_verbs
                    and any(
                        c.dep_ in {"dobj", "nsubj", "nsubjpass"}
                        and (here.head if c.tag_ in {"WDT", "WP"} else c).lemma_.lower() in words.occur_nouns
                        for c in here.children
                    )
                )
            ):
                return here, "time.verb"
            if (
                here.pos_ in {"VERB", "AUX"}
                and (lemma in words.reported or lemma == "be" or _takes_place(here))
                and any(c.lemma_.lower() in words.occur_nouns for t in [here] for c in t.subtree)
            ):
                return here, "time.reported"
            if governed is None and here.pos_ in {"VERB", "AUX"}:
                governed = here
        if here.head == here:
            break
        here = here.head
    if early and governed is not None and _is_past(governed):
        return governed, "time.first"
    return None


def _is_past(verb: Any) -> bool:
    """Tell "walked in", "was driving", "was pulled over" from "is set for" and "will leave"."""
    told = next((c for c in verb.children if c.dep_ in {"aux", "auxpass"} and c.tag_ != "TO"), verb)
    return told.tag_ == "VBD" or (told is verb and verb.tag_ == "VBN")


def _takes_place(verb: Any) -> bool:
    return verb.lemma_.lower() == "take" and any(c.dep_ == "dobj" and c.lower_ == "place" for c in verb.children)


def event_time(words: PropertyWords, views: Sequence[View]) -> tuple[View, DateSpan, EventTime] | None:
    """Return the time of day of an article's event: the first told with a word of it, else the first told early.

    Later ones are of other moments.
    """
    told: dict[bool, tuple[View, DateSpan, EventTime]] = {}
    for view in views:
        for d in view.dates:
            if (time := read_time(words, view, d, first=False not in told)) is not None:
                told.setdefault(time.rule == "time.first", (view, d, time))
    named, first = told.get(False), told.get(True)
    return first if named is None or (first is not None and named[0].index > EARLY) else named
