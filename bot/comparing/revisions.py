"""A figure that an article changed in itself: the same sentence or measure, another number, other raw content. Pure.

It is shown prominently and is never a conflict (design/domain.md, "self_revision").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from bot.comparing.rulings import numbered
from bot.model import Article, Comparison, Figure, Finding, Relation, Side

# Two sentences that share so much, numbers aside, are one sentence that was edited.
ALIKE = 0.6
MOST_SENTENCE = 300
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TOLD = re.compile(
    r"\b(?:correction|corrected|clarification|updated|an earlier version|this (?:story|article) has been)\b", re.I
)
_NUMBERS = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class Before:
    """What an article said from `since` until `until` (ISO times), and what was read out of it."""

    text: str
    figures: tuple[Figure, ...]
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of an earlier version and the one that stands in its place now."""

    old: Figure
    new: Figure
    before: Before
    rule: str


def changes(article: Article, figures: Sequence[Figure], before: Before) -> list[Change]:
    """Return the figures that another number took the place of; `figures` are those of the article now."""
    now = [f for f in figures if f.role == "level" and not _told(before.text, _sentence(article.text, f))]
    then = [f for f in before.figures if f.role == "level" and not _told(article.text, _sentence(before.text, f))]
    found: list[Change] = []
    for new in now:
        alike = [
            (_likeness(before.text, old, article.text, new), old)
            for old in then
            if _key(old) == _key(new) and _together(old.place, new.place) and _together(old.group, new.group)
        ]
        best = max(alike, key=lambda x: x[0], default=None)
        if best is None:
            continue
        rule = "revision.sentence"
        if best[0] < ALIKE:
            # Written anew; still the one count of its measure in both versions.
            rule = "revision.measure"
            alone = len(alike) == 1 and sum(_key(f) == _key(new) for f in now) == 1
            if not alone or new.event is None:
                continue
        if (best[1].low, best[1].high, best[1].value) != (new.low, new.high, new.value):
            found.append(Change(best[1], new, before, rule))
    return found


def add(c: Comparison, found: Sequence[Change]) -> Comparison:
    """Return a comparison that tells of the changes, behind its flags; of the same change twice the later holds."""
    if not found:
        return c
    latest = {(x.new.id, x.old.value): x for x in found}
    relations = [_relation(c, x, f"changed:{id},{value}") for (id, value), x in latest.items()]
    flags = [f for f in c.findings if f.flag]
    rest = [f for f in c.findings if not f.flag]
    # Ids of their own until all are numbered: another finding's lead must not become theirs.
    told = [_finding(c, r) for r in relations]
    return numbered(replace(c, relations=(*c.relations, *relations), findings=(*flags, *told, *rest)))


def _relation(c: Comparison, x: Change, id: str) -> Relation:
    a = c.article(x.new.article)
    name = a.outlet or a.title or a.input.rsplit("/", 1)[-1]
    measure = x.new.measure or x.old.measure
    how = "changed, and says so," if _TOLD.search(a.text) else "silently changed"
    sentence = _sentence(x.before.text, x.old)
    said = sentence if len(sentence) <= MOST_SENTENCE else sentence[: MOST_SENTENCE - 1] + "…"
    told = (
        f"{(measure or 'Figure').capitalize()}: {name} {how} {x.old.printed} to {x.new.printed} between"
        f" {_time(x.before.since)} and {_time(x.before.until)} UTC. It had said: “{said}”"
    )
    confidence = min(x.old.confidence, x.new.confidence)
    return Relation(id, "self_revision", False, (x.new.id,), measure, told, None, confidence, x.rule)


def _finding(c: Comparison, r: Relation) -> Finding:
    f = c.figure(r.figures[0])
    a = c.article(f.article)
    name = a.outlet or a.title or a.input.rsplit("/", 1)[-1]
    side = Side((f.id,), (f.voice or name,), (name,))
    return Finding(r.id, "self_revision", False, (r.id,), (side,), r.explanation, None, r.confidence)


def _key(f: Figure) -> tuple[object, ...]:
    return f.type, f.event, f.unit, f.subject, f.anchor


def _together(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a == b


def _sentence(text: str, f: Figure) -> str:
    start, end = f.sentence if f.sentence[0] <= f.start < f.sentence[1] else (f.start, f.end)
    return " ".join(text[start:end].split())


def _told(text: str, sentence: str) -> bool:
    return sentence in " ".join(text.split())


def _likeness(before: str, old: Figure, now: str, new: Figure) -> float:
    one, two = (
        _NUMBERS.sub("#", _sentence(text, f).replace(f.printed, "#")).lower().split()
        for text, f in ((before, old), (now, new))
    )
    return SequenceMatcher(None, one, two, autojunk=False).ratio()


def _time(stamp: str) -> str:
    """Return an ISO time as people write it."""
    year, month, day = stamp[:10].split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year} {stamp[11:16]}"
