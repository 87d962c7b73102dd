"""When figures hold: as stated, else when they were published."""

import re
from datetime import date
from typing import Literal

from bot.comparing.context import Context
from bot.comparing.say import YEAR
from bot.model import Article, Figure

Standing = Literal["same", "later", "apart", "unknown"]


def as_of(context: Context, f: Figure) -> str | None:
    """Return when a count holds: as stated, else the publication date (ISO, or "--MM-DD")."""
    if f.as_of:
        return f.as_of
    published = context.once(Context.published, f)
    return published.isoformat() if published else None


def when(context: Context, f: Figure) -> str:
    """Return a figure's time in words for a reason."""
    if f.period and (f.period[0] or f.period[1]):
        start, end = f.period
        return str(start) if start == end else f"since {start}" if end is None else f"{start} to {end}"
    return as_of(context, f) or "date not stated"


def days_apart(one: str, two: str) -> int | None:
    """Return the days between two ISO dates; year-less ones compare with each other and with the day of a full one."""
    if one.startswith("--") or two.startswith("--"):
        return 0 if one[-5:] == two[-5:] else 400
    try:
        return abs((date.fromisoformat(one[:10]) - date.fromisoformat(two[:10])).days)
    except ValueError:
        return None


WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(r"(?:\b(\w+)\s+)?\b(mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)
# News names the day by its weekday for less than a week: later in the list it is the week before.
_WEEK_BACK = 4


def days_after(context: Context, f: Figure, own: int | None) -> int | None:
    """Return how many days after its event's weekday an undated article was written: the last weekday named as past.

    News tells the day of writing by its weekday ("the governor said on Monday"), so the event's own is the first.
    """
    if own is None or context.published(f) is not None:
        return None
    named = context.once_in(_weekdays, f.article)
    return max((d for w in named if (d := (w - own) % 7) <= _WEEK_BACK), default=None)


def _weekdays(context: Context, article: Article) -> frozenset[int]:
    """Return the weekdays that an article names as past, 0 for Monday."""
    named: set[int] = set()
    text = article.text
    for m in _WEEKDAY.finditer(text):
        around = text[text.rfind(".", 0, m.start()) + 1 : m.start()]
        if (m.group(1) or "").lower() not in context.another_week and not context.ahead.search(around):
            named.add(WEEK.index(f"{m.group(2).lower()}day"))
    return frozenset(named)


def _weekday(day: str | None) -> int | None:
    """Return the weekday of an event's day, as told ("wd3") or of its date."""
    if day is None or day.startswith("wd"):
        return int(day[2:]) if day else None
    try:
        return date.fromisoformat(day).weekday()
    except ValueError:
        return None


def moments(context: Context, a: Figure, b: Figure) -> tuple[float, float] | None:
    """Place two figures on one line of days, or None where a date is missing."""
    one, two = as_of(context, a), as_of(context, b)
    if one is None and two is None and a.anchor is None and b.anchor is None:
        events = {w for f in (a, b) if (w := _weekday(f.day)) is not None}
        own = events.pop() if len(events) == 1 else None
        first_after, second_after = days_after(context, a, own), days_after(context, b, own)
        if first_after is not None and second_after is not None:
            return float(first_after), float(second_after)
    if one is not None and two is not None:
        days = days_apart(one, two)
        if days is None:
            return None
        yearless = one.startswith("--") or two.startswith("--")
        first = one[-5:] < two[-5:] if yearless else one < two
        return (0.0, float(days)) if first else (float(days), 0.0)
    return None


def standing(context: Context, a: Figure, b: Figure) -> Standing:
    """Say whether the times agree: "same", "later" (a running measure at another time), "apart" or "unknown"."""
    if a.type == "count" and (_spans_long(a) or _spans_long(b)) and a.period != b.period:
        return "apart"
    for one_period, other in ((a.period, b.period), (b.period, a.period)):
        # A count since some year is not the count of one day or event; those displaced since then are there now.
        if (
            context.family.get(a.event or "") != "displaced"
            and one_period
            and one_period[0]
            and one_period[1] is None
            and not one_period[0].startswith("--")
            and (not other or other[1] is not None)
        ):
            return "apart"
    if a.period and b.period and context.family.get(a.event or "") != "displaced":
        (a0, a1), (b0, b1) = a.period, b.period
        closed = all(x is not None and not x.startswith("--") for x in (a0, a1, b0, b1))
        if closed and (str(a1) < str(b0) or str(b1) < str(a0)):
            return "apart"
        if a0 and b0 and a0.startswith("--") and b0.startswith("--") and a0 == a1 and b0 == b1 and a0 != b0:
            return "apart"
    on = moments(context, a, b)
    if on is None:
        return "unknown"
    one, two = on
    unnamed = a.type == "count" and a.event not in context.family and b.event not in context.family
    # What no word of the lexicon names may have moved, ships at anchor or tents in a camp, unless a text says it did.
    if abs(one - two) > 1 and unnamed and not {"count.rose", "count.fell"} & {*a.rules, *b.rules}:
        return "apart"
    if one == two or not (a.running and b.running):
        return "same"
    if abs(one - two) <= 1 and not (a.as_of and b.as_of):
        # Within a day is compatible, but a toll that the next day's article raises has been updated.
        early, late = (a, b) if one < two else (b, a)
        return "later" if (late.value or 0) > (early.value or 0) else "same"
    return "later"


# So many days apart a birthday is the likelier reason for a year's difference.
_SAME_AGE_DAYS = 3
_NAMESAKE_YEARS = 12
# Without dates, a trial's report may stand beside one of the arrest.
_UNDATED_YEARS = 3.5


def older(context: Context, a: Figure, b: Figure) -> str | None:
    """Say why two ages of one person may both be right, or None: a birthday lies between, or nobody knows when."""
    one, two = context.published(a), context.published(b)
    if a.value is None or b.value is None or a.value == b.value:
        return None
    if abs(a.value - b.value) > _NAMESAKE_YEARS * YEAR:
        return "so far apart they are namesakes, as father and son"
    if {a.subject, b.subject} & context.dead or str(a.subject).endswith(" killed"):
        return None  # the dead age no more
    gap = abs(a.value - b.value) / YEAR
    if one is None or two is None:
        return "nobody says how much time lies between the two articles" if gap < _UNDATED_YEARS else None
    days = abs((one - two).days)
    if gap < 1.5 and days > _SAME_AGE_DAYS:
        return "a birthday may lie between"
    return "a year or more lies between" if days >= 365 else None


def expected(f: Figure) -> bool:
    """Tell a price still talked about ("will pay $12 billion to $13 billion") from a price agreed on."""
    return f.status in {"projected", "hypothetical", "presumed", "estimated"} and f.bound != "exact"


def settled_later(context: Context, a: Figure, b: Figure) -> bool:
    """Tell that one of two prices was talked about before the other was agreed on."""
    earlier, later = in_order(context, a, b)
    return expected(earlier) and not expected(later)


def in_order(context: Context, a: Figure, b: Figure) -> tuple[Figure, Figure]:
    """Return the two figures, the earlier first; where no date tells, what is expected before what is settled."""
    on = moments(context, a, b)
    if on is None or on[0] == on[1]:
        return (b, a) if expected(b) and not expected(a) else (a, b)
    return (b, a) if on[0] > on[1] else (a, b)


def _spans_long(f: Figure) -> bool:
    """Tell a count over a year or more ("seven homicides for the year") from one of an event."""
    if not f.period or f.period[0] is None or f.period[1] is None:
        return False
    return (days_apart(f.period[0], f.period[1]) or 0) > 60
