"""Days of one event told differently: dates compare by themselves, for a day is what the gate tells events apart by."""

import re
from datetime import date

from bot.comparing import say
from bot.comparing.context import Context
from bot.comparing.gate import Gate
from bot.comparing.timing import WEEK
from bot.model import Figure, RelationKind

# Two tellings of one happening lie within a week; further apart they are two.
MOST_DAYS, MOST_YEARS = 7, 2
_NIGHT = re.compile(r"\b(?:night|overnight|midnight|late|early)\b", re.I)
_DATED = re.compile(r"\d")
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)


def relate_days(context: Context, a: Figure, b: Figure) -> tuple[RelationKind, str, str, Gate]:
    """Return kind, explanation, rule and gate of two dates of one happening."""
    passed = Gate(None)
    if a.value_from == b.value_from and (a.value_from or a.printed.lower() == b.printed.lower()):
        return "agree", say.agree(context, a, b), "date.same", passed
    why = _not_apart(context, a, b)
    if why is not None:
        return "different_scope", f"Not compared: {why}.", "gate.time", Gate("time", "different_scope", why)
    return "conflict", say.days(context, a, b), "date.differs", passed


def _not_apart(context: Context, a: Figure, b: Figure) -> str | None:
    """Say why two dates are no conflict, or None."""
    years = [int((f.value_from or "")[:4]) for f in (a, b) if "date.year" in f.rules]
    if len(years) == 2:
        # Told by the year: a wrong one is a year or two off, another happening more.
        return None if abs(years[0] - years[1]) <= MOST_YEARS else "years lie between: two happenings"
    one, two = _day(a.value_from), _day(b.value_from)
    named = [m.group().lower() if (m := _WEEKDAY.search(f.printed)) else None for f in (a, b)]
    if one is None and two is None and named[0] and named[1]:
        # Texts without a date: weekdays of one week.
        steps = abs(WEEK.index(named[0]) - WEEK.index(named[1]))
        apart = min(steps, 7 - steps)
    elif one is None or two is None or years:
        return "one of the dates is not resolved"
    else:
        apart = abs((one - two).days)
    if apart > MOST_DAYS:
        return f"{apart} days lie between: two happenings"
    if named[0] and named[0] == named[1] and not all(_DATED.search(f.printed) for f in (a, b)):
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
