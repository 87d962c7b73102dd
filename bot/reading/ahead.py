"""Which dates lie ahead: "will close in April", "is to open on Tuesday", "between now and November"."""

from dataclasses import replace
from typing import Any

from bot.language.dates import DateSpan
from bot.reading.document import View
from bot.reading.words import ReadingWords


def look_ahead(view: View, words: ReadingWords) -> None:
    """Give the bare months, weekdays and days of a parsed sentence that are still to come the direction "ahead"."""
    view.dates = [replace(d, direction="ahead") if _bare(d) and _ahead(view, d, words) else d for d in view.dates]


def _bare(d: DateSpan) -> bool:
    return (
        d.kind == "date" and d.year is None and d.direction is None and (d.month is not None or d.weekday is not None)
    )


def _ahead(view: View, d: DateSpan, words: ReadingWords) -> bool:
    if words.since_now.search(view.text[: d.start - view.start]):
        return True
    verb = _verb(view, d)
    if verb is not None and verb.tag_ == "VBG" and verb.lemma_.lower() in words.onset and verb.head != verb:
        verb = verb.head  # "36 will close, starting in April"
    if verb is None:
        return False
    helpers = [c for c in verb.children if c.dep_ == "aux"]
    if any(words.modals.get(c.lower_) == "projected" for c in helpers):
        return not any(c.lemma_ == "have" for c in helpers)
    infinitive = verb.dep_ == "xcomp" and any(c.lower_ == "to" for c in helpers)
    return infinitive and verb.head.lemma_.lower() in words.planned and not _past(verb.head)


def _verb(view: View, d: DateSpan) -> Any:
    """Return the verb that a date hangs on, or None."""
    here = view.token_at(d.start)
    for _ in range(6):
        if here is None or (here.pos_ in {"VERB", "AUX"} and not d.start <= view.start + here.idx < d.end):
            return here
        if here.head == here:
            return None
        here = here.head
    return None


def _past(verb: Any) -> bool:
    """Tell "was expected to open on Monday": it may have."""
    told = next((c for c in verb.children if c.dep_ in {"aux", "auxpass"}), verb)
    return bool(told.tag_ == "VBD")
