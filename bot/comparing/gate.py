"""The comparability gate of design/domain.md: explicit steps in order; the first that fails is the reason printed."""

import re
from dataclasses import dataclass

from bot.comparing import containment, intervals, timing
from bot.comparing.context import Context
from bot.model import Figure, GateStep, RelationKind


@dataclass(frozen=True, slots=True)
class Gate:
    """The outcome: `step` is None where the pair passes; else the step that stopped it, its kind and reason.

    `part` is "a" or "b" where one figure is a part of the other's scope and all else holds.
    """

    step: GateStep | None
    kind: RelationKind | None = None
    reason: str = ""
    part: str | None = None
    scope: str = ""
    update: bool = False
    dated: bool = True


# What the event of the day does not change.
LASTING = frozenset({"had", "age", "inhabited"})
# A price or a sentence holds wherever the article plays, and an event has one time wherever in it an article
# looks; only places in both clauses tell two apart.
_ANYWHERE = frozenset({"money", "percent", "ratio", "duration", "age", "time", "measure"})
_COUNTING = frozenset({"reported", "confirmed", "estimated", "presumed"})


def pass_gate(context: Context, a: Figure, b: Figure) -> Gate:
    """Hold two figures against every step of the gate."""
    lasting = (a.event in LASTING and a.event == b.event) or "event.struck" in a.rules
    if lasting:
        pass  # whose children, how many inhabitants, how often he was hit: no event moves them
    elif not same_event(a.anchor, b.anchor) and not _one_day(a, b) and not _one_day(b, a):
        return Gate("event", "different_event", f"not the same event: {_event_of(a)} / {_event_of(b)}")
    elif a.anchor is None and b.anchor is None and a.article != b.article and _other_days(a.day, b.day):
        return Gate("event", "different_event", f"not the same event: {_day(a)} / {_day(b)}")
    if (far := _too_far(context, a, b)) is not None:
        return Gate("event", "different_event", far)
    standing = containment.measures(context, a, b)
    if standing == "unknown":
        what = "what came to pass then" if a.type == "time" else "what was counted"
        return Gate("measure", "different_measure", f"the text does not say alike {what}")
    if standing == "apart":
        return Gate("measure", "different_measure", f"{a.event or a.measure} is not {b.event or b.measure}")
    roles = {a.role, b.role}
    stated = a.place_from in {"clause", "resolved"} and b.place_from in {"clause", "resolved"}
    if "share" in roles and not stated:
        return Gate(
            "place", "different_scope", "one is told for a part of the place, the other for no place of its own"
        )
    if not roles <= {"level", "share"}:
        return Gate("measure", "different_measure", _role_reason(a, b))
    if a.unit != b.unit and not (a.type == b.type == "count"):
        return Gate("unit", "different_unit", f"{a.unit or a.type} is not {b.unit or b.type}")
    if a.type == b.type == "money" and (one := context.currency(a)) != (two := context.currency(b)):
        return Gate("unit", "different_unit", f"“$” is the outlet's own: {one} / {two}")
    part: str | None = None
    scope = ""
    if standing in {"within", "contains"}:
        part, scope = ("a" if standing == "within" else "b"), "measure"
    place = containment.places(context, a, b)
    if (lasting and a.event != "inhabited") or (a.type in _ANYWHERE and not stated):
        place = "unknown"
    if place == "apart" and not _may_hold_the_other(context, a, b):
        return Gate("place", "different_scope", f"another place: {a.place or a.body} / {b.place or b.body}")
    if place in {"contains", "within"}:
        smaller = "a" if place == "within" else "b"
        if stated:
            if part is not None and part != smaller:
                return Gate("place", "different_scope", _neither(context, a, b))
            part, scope = smaller, "place" if part is None else scope
        elif _perhaps_local(a, b, smaller):
            narrow_place = (a if smaller == "a" else b).place
            return Gate("place", "different_scope", f"the smaller number may be of {narrow_place} alone")
    group = containment.groups(context, a, b)
    if a.type in {"money", "measure", "percent", "duration"} and a.subject and b.subject and a.subject != b.subject:
        return Gate("group", "different_scope", f"another subject: {a.subject} / {b.subject}")
    if a.event in context.volatile and not (a.subject and a.subject == b.subject and a.period and a.period == b.period):
        return Gate(
            "time",
            "different_scope",
            f"{a.event} moves by the hour, and the texts do not tell one moment and one company",
        )
    if (
        (tolerance := context.tolerance.get(a.event or ""))
        and a.value
        and b.value
        and 0 < abs(a.value - b.value) <= tolerance * max(a.value, b.value)
        and not (_included(context, a) and _included(context, a) == _included(context, b))
    ):
        if timing.settled_later(context, a, b):
            return Gate(None, update=True)
        return Gate(
            "measure", "different_measure", f"two {a.event}s this close may count different things (debt, fees, parts)"
        )
    if a.type == "age" and not _one_person(a.subject or "", b.subject or ""):
        return Gate("group", "different_scope", f"another person: {a.subject} / {b.subject}")
    if a.type == "age" and (why := timing.older(context, a, b)) is not None:
        return Gate("time", "different_scope", why)
    lexical = (
        (a.event in context.family and a.event not in context.by_doer) or a.type != "count" or containment.doers(a, b)
    )
    if a.type == "duration" and (spans := (_span_unit(a), _span_unit(b))) and spans[0] != spans[1]:
        return Gate("unit", "different_unit", f"one is told in {spans[0]}s, the other in {spans[1]}s")
    if (
        not lexical
        and a.subject != b.subject
        and not intervals.same_number(a, b)
        # Where one does not say whose children they are or who counted, what both say decides.
        and ((a.subject and b.subject) or not (a.event == "had" or containment.alike(context, a, b)))
    ):
        return Gate(
            "group", "different_scope", f"another doer: {a.subject or 'not stated'} / {b.subject or 'not stated'}"
        )
    if not lexical and group != "same":
        return Gate("group", "different_scope", f"another group: {_who(context, a)} / {_who(context, b)}")
    if group == "apart":
        return Gate("group", "different_scope", f"another group: {_who(context, a)} / {_who(context, b)}")
    if group in {"contains", "within"}:
        smaller = "a" if group == "within" else "b"
        if part is not None and part != smaller:
            return Gate("group", "different_scope", _neither(context, a, b))
        if part is None:
            part, scope = smaller, "group"
    narrow = _narrower(context, a, b)
    if narrow is not None:
        if part is not None and part != narrow:
            return Gate("group", "different_scope", _neither(context, a, b))
        if part is None:
            part, scope = narrow, "group"
    elif narrow is None and _differently_narrow(context, a, b):
        return Gate("group", "different_scope", f"another group: {_described(a)} / {_described(b)}")
    if context.family.get(a.event or "") == "things" and _summed(context, a) != _summed(context, b):
        return Gate("time", "different_scope", "one is told as the sum over several occasions, the other of one")
    if not (a.status in _COUNTING and b.status in _COUNTING) and a.status != b.status:
        denied = "denied" in {a.status, b.status}
        return Gate("status", "denied" if denied else "different_status", f"one is {a.status}, the other {b.status}")
    time = "same" if lasting else timing.standing(context, a, b)
    if time == "apart":
        return Gate("time", "different_scope", f"another time: {timing.when(context, a)} / {timing.when(context, b)}")
    if time == "later" and scope == "group" and narrow is None and (a if part == "a" else b).id in context.alone:
        part, scope = None, ""  # five teens were hurt, and the next day six people: the count went up
    return Gate(None, part=part, scope=scope, update=time == "later", dated=time != "unknown")


def _included(context: Context, f: Figure) -> frozenset[str]:
    """Return what a sentence says a price includes, "debt" or "fees": where both say the same, it counts alike."""
    sentence = context.articles[f.article].text[f.sentence[0] : f.sentence[1]].lower()
    return context.included & frozenset(re.findall(r"[a-z]+", sentence))


def _one_day(own: Figure, other: Figure) -> bool:
    """Tell whether the event that one text sets apart by its day is the other text's own event of that day."""
    # A weekday alone may be another week's, and quakes of one day are many: only a full date, and no magnitudes.
    return (
        own.anchor is None
        and own.day is not None
        and own.day[:1].isdigit()
        and other.anchor is not None
        and own.day.startswith(other.anchor)
        and own.type != "measure"
    )


def _other_days(one: str | None, two: str | None) -> bool:
    """Tell whether two articles' leads tell other days of their event; a weekday compares with weekdays only."""
    if one is None or two is None or one == two or one.startswith("wd") != two.startswith("wd"):
        return False
    if one.startswith("--") or two.startswith("--"):
        return one[-5:] != two[-5:]
    if one.startswith("wd"):
        return True
    # A day's difference is time zones and midnight as often as another event.
    return (timing.days_apart(one, two) or 0) > 1


def _day(f: Figure) -> str:
    return (
        timing.WEEK[int(f.day[2:])].title()
        if f.day and f.day.startswith("wd")
        else (f.day or "no day told").lstrip("-")
    )


# Toll figures this many times apart are not of one event; measured values of one thing differ by less than this factor.
TOLL_FACTOR, VALUE_FACTOR, MAGNITUDE_STEP, CLOCK_MINUTES = 50.0, 1.6, 0.5, 120.0


def _too_far(context: Context, a: Figure, b: Figure) -> str | None:
    """Say why two numbers are too far apart to be of one event or thing, or None.

    Agencies put one quake within half a magnitude; a price told twice is not doubled; a toll of twelve and one of two
    million belong to other events.
    """
    if a.value is None or b.value is None or a.anchor is not None or b.anchor is not None:
        return None
    low, high = sorted((abs(a.value), abs(b.value)))
    if a.unit == b.unit == "magnitude":
        return (
            f"{a.printed} and {b.printed} are too far apart to be one quake"
            if high - low > MAGNITUDE_STEP + 1e-9
            else None
        )
    if a.type == b.type == "time":
        return f"{a.printed} and {b.printed} are too far apart to be one moment" if high - low > CLOCK_MINUTES else None
    if (a.type == b.type == "money" or a.event == b.event == "sentence") and low and high / low > VALUE_FACTOR:
        return f"{a.printed} and {b.printed} are too far apart to be one amount"
    if (
        a.running
        and b.running
        and ((high > low * TOLL_FACTOR and low > 0 and high > 1000) or (low == 0 and high >= 1000))
        and "vague" not in {a.bound, b.bound}
        and not _contained_by_place(context, a, b)
    ):
        return f"{a.printed} and {b.printed} are too far apart to be of one event"
    return None


def _perhaps_local(a: Figure, b: Figure, smaller: str) -> bool:
    """Tell that a number whose article plays in a part of the other's stated place is smaller: it may be the part's."""
    narrow, wide = (a, b) if smaller == "a" else (b, a)
    stated = wide.place_from == "clause" and narrow.place_from == "article"
    return stated and a.type == "count" and (narrow.value or 0) < (wide.value or 0)


def _may_hold_the_other(context: Context, a: Figure, b: Figure) -> bool:
    """Tell that of two places one may be a quarter of the other: both main places and named in one article, or told so."""
    if a.body or b.body or {a.place_from, b.place_from} == {"clause"}:
        return False
    texts = context.articles[a.article].text, context.articles[b.article].text
    if {a.place_from, b.place_from} == {"article"} and (str(b.place) in texts[0] or str(a.place) in texts[1]):
        return True
    one, two = re.escape(str(a.place)), re.escape(str(b.place))
    # "the East Flatbush neighborhood in Brooklyn": a gazetteer knows few quarters, the articles tell.
    within = r"\b{}(?: [a-z]+)?(?:,| in| of) (?:the )?{}\b"
    return any(re.search(within.format(*pair), t) for pair in ((one, two), (two, one)) for t in texts)


def _contained_by_place(context: Context, a: Figure, b: Figure) -> bool:
    return containment.places(context, a, b) in {"contains", "within"}


def same_event(one: str | None, two: str | None) -> bool:
    """Tell whether two anchors can be one event: equal, or one time inside the other ("2004" holds "2004-12")."""
    if one == two:
        return one is None or not one.startswith("other:")
    if one is None or two is None:
        return False
    short, long = sorted((one, two), key=len)
    if short[:1].isdigit() and long[:1].isdigit():
        return long.startswith(short)
    if short.startswith("--") and long[:1].isdigit():
        return long[4:].startswith(short[1:])
    return short.startswith("--") and long.startswith(short)


def _restrictive(context: Context, f: Figure) -> frozenset[str]:
    """Return the words that narrow what was counted: "seriously", "female", "Dallas"; "innocent" narrows nothing."""
    words = frozenset(q.removesuffix("ly") if q in context.severity else q for q in f.qualifiers)
    return words - context.unrestrictive if f.type == "count" else frozenset()


def _narrower(context: Context, a: Figure, b: Figure) -> str | None:
    """Say which figure is narrowed by a word of severity that the other lacks: the seriously injured are some of the injured."""
    one, two = _restrictive(context, a), _restrictive(context, b)
    if one == two:
        return None
    return "a" if one and not two else "b" if two and not one else None


def _differently_narrow(context: Context, a: Figure, b: Figure) -> bool:
    one, two = _restrictive(context, a), _restrictive(context, b)
    return bool(one and two and one != two) or (
        a.event not in context.family and a.type == "count" and one != two and not containment.doers(a, b)
    )


def _neither(context: Context, a: Figure, b: Figure) -> str:
    """Say that each figure is the wider one in some respect, so that neither is a part of the other."""
    one, two = (" ".join(filter(None, (_who(context, f), f.event, f"in {f.place}" if f.place else ""))) for f in (a, b))
    return f"neither is a part of the other: {one} / {two}"


def _one_person(one: str, two: str) -> bool:
    """Tell whether two full names are one person's: first and last alike, or the shorter within the longer."""
    a, b = one.split(), two.split()
    return a[:1] == b[:1] and (a[-1] == b[-1] or set(a) <= set(b) or set(b) <= set(a))


def _summed(context: Context, f: Figure) -> bool:
    sentence = context.articles[f.article].text[f.sentence[0] : f.sentence[1]].lower()
    return any(phrase in sentence for phrase in context.cumulative)


def _span_unit(f: Figure) -> str:
    """Return the unit a duration is printed in: days passed are not hours spent."""
    words = [*re.findall(r"[a-z]+", f.printed.lower()), ""]
    return str(words[-2]).removesuffix("s")


def _who(context: Context, f: Figure) -> str:
    return f.group or context.patients.get(f.event or "") or "not stated"


def _described(f: Figure) -> str:
    return " ".join((*f.qualifiers, f.group or f.event or f.measure))


def _role_reason(a: Figure, b: Figure) -> str:
    odd = a if a.role not in {"level", "share"} else b
    words = {"part": "only a part of a count", "change": "a change, not a level", "former": "a number since replaced"}
    return f"“{odd.printed}” is {words[odd.role]}"


def _event_of(f: Figure) -> str:
    return f.anchor or "the story's own event"
