"""Days of one event told differently: dates compare by themselves, for a day is what the gate tells events apart by."""

import re
from datetime import date

from bot.comparing import say
from bot.comparing.context import Context
from bot.comparing.gate import Gate
from bot.model import Figure, RelationKind

# Two tellings of one happening lie within a week; further apart they are two.
MOST_DAYS = 7
_NIGHT = re.compile(r"\b(?:night|overnight|midnight|late|early)\b", re.I)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)


def relate_days(context: Context, a: Figure, b: Figure) -> tuple[RelationKind, str, str, Gate]:
    """Return kind, explanation, rule and gate of two dates of one happening."""
    passed = Gate(None)
    if a.value_from == b.value_from:
        return "agree", say.agree(context, a, b), "date.same", passed
    why = _not_apart(context, a, b)
    if why is not None:
        return "different_scope", f"Not compared: {why}.", "gate.time", Gate("time", "different_scope", why)
    return "conflict", say.days(context, a, b), "date.differs", passed


def _not_apart(context: Context, a: Figure, b: Figure) -> str | None:
    """Say why two dates are no conflict, or None."""
    one, two = _day(a.value_from), _day(b.value_from)
    if one is None or two is None:
        return "one of the dates is not resolved"
    apart = abs((one - two).days)
    if apart > MOST_DAYS:
        return f"{apart} days lie between: two happenings"
    named = [m.group().lower() if (m := _WEEKDAY.search(f.printed)) else None for f in (a, b)]
    if named[0] and named[0] == named[1]:
        return "both say the same weekday"
    if apart == 1 and any(_NIGHT.search(_around(context, f)) for f in (a, b)):
        return "a night lies between two days"
    return None


def _day(iso: str | None) -> date | None:
    if iso is None:
        return None
    # Without a year, only days of one unnamed year can be told apart.
    try:
        return date.fromisoformat(f"2000{iso[1:]}" if iso.startswith("--") else iso[:10])
    except ValueError:
        return None


def _around(context: Context, f: Figure) -> str:
    return context.articles[f.article].text[max(0, f.start - 20) : f.end + 20]
