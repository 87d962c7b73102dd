"""Find dates and times of day in text, and resolve them against the publication date.

A year is never taken from the clock: where neither text nor metadata gives it, a date is "--MM-DD" (ISO 8601:2000).
"""

import re
from bisect import bisect_left, insort
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

_LETTERS = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_FOLLOWING = re.compile(r"\s+([a-z]+)")
_CLOSED = re.compile(r"\s*(?:[-–:]|$)")
# How far before a match its words are looked for: over the whole text each match would cost its length.
_NEAR = 100

Granularity = Literal["minute", "hour", "day", "week", "month", "year", "decade"]


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """The words of `data/lexicon/calendar.toml`."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    relative: Mapping[str, int]
    units: Mapping[str, str]
    prepositions: frozenset[str]
    zones: frozenset[str]


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date or time as written, `offset` in days from publication; `direction` places a bare day or month, "ahead" by its verb."""

    start: int
    end: int
    kind: Literal["date", "time", "year"]
    granularity: Granularity
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    minute: int | None = None
    zone: str | None = None
    offset: int | None = None
    direction: Literal["last", "this", "next", "ago", "ahead"] | None = None
    unit: str | None = None
    amount: int | None = None
    rule: str = "date"


@dataclass(frozen=True, slots=True)
class When:
    """A resolved date: ISO start and end (inclusive, equal for a day), and its granularity."""

    start: str
    end: str
    granularity: Granularity


class DateGrammar:
    """Patterns made once from the calendar's words; `scan` is pure."""

    def __init__(self, words: CalendarWords) -> None:
        self.words = words
        months = "|".join(sorted(words.months, key=len, reverse=True))
        days = "|".join(sorted(words.weekdays, key=len, reverse=True))
        zones = "|".join(sorted(words.zones, key=len, reverse=True))
        units = "|".join(sorted(words.units, key=len, reverse=True))
        relative = "|".join(sorted((re.escape(w) for w in words.relative), key=len, reverse=True))
        year = r"(?:1[5-9]|20|21)\d\d"
        dom = r"(?:3[01]|[12]\d|0?[1-9])"
        flags = re.IGNORECASE
        wd = rf"(?:(?P<wd>{days})\.?(?:\s+(?:morning|afternoon|evening|night))?,?\s+(?:the\s+)?)?"
        self.patterns: list[tuple[str, re.Pattern[str]]] = [
            ("date.iso", re.compile(rf"\b(?P<y>{year})-(?P<m>0[1-9]|1[0-2])-(?P<d>{dom})(?:T[\d:.]+Z?)?\b")),
            (
                "date.mdy",
                re.compile(
                    rf"\b{wd}(?P<mon>{months})\b\.?\s+(?P<d>{dom})(?:st|nd|rd|th)?(?![\d:]|,\d{{3}}|\s*(?:per\s?cent|%))(?:(?:,\s*|\s+)(?P<y>{year})(?!\d|,\d))?\b",
                    flags,
                ),
            ),
            (
                "date.dmy",
                re.compile(
                    rf"\b{wd}(?P<d>{dom})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<mon>{months})\b\.?(?:,?\s+(?P<y>{year}))?\b",
                    flags,
                ),
            ),
            ("date.slash", re.compile(rf"\b(?P<m>1[0-2]|0?[1-9])\s?/\s?(?P<d>{dom})\s?/\s?(?P<y>{year}|\d\d)\b")),
            ("date.my", re.compile(rf"\b(?P<mon>{months})\b\.?,?\s+(?:of\s+)?(?P<y>{year})(?!\d|,\d)\b", flags)),
            (
                "date.ago",
                re.compile(
                    rf"\b(?P<n>\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|several)\s+(?P<u>{units})\s+(?:ago\b|earlier\b|before(?=\s*(?:[.,;:)]|$)))",  # noqa: E501
                    flags,
                ),
            ),
            (
                "date.last",
                re.compile(
                    rf"\b(?P<dir>for the|so far this|earlier this|later this|late last|early this|this past|last|this|next|past|previous|in recent|recent)\s+(?:(?P<wd>{days})\b|(?P<mon>{months})\b|(?P<u>weeks?|weekends?|days|months?|years?|decades?|summer|winter|spring|autumn|fall)\b)",  # noqa: E501
                    flags,
                ),
            ),
            ("date.relative", re.compile(rf"\b(?P<rel>{relative})\b", flags)),
            ("date.weekday", re.compile(rf"\b(?P<wd>{days})\b(?:\s+(?:morning|afternoon|evening|night))?", flags)),
            (
                "time.ampm",
                re.compile(
                    rf"(?<![:\d])\b(?P<h>1[0-2]|0?[1-9])(?:[:.]\s?(?P<min>[0-5]\d))?\s?(?P<ap>[ap])\.?\s?m\b\.?(?:\s+\(?(?P<z>{zones})\b)?",
                    flags,
                ),
            ),
            (
                "time.24h",
                re.compile(
                    rf"\b(?P<h>[01]?\d|2[0-3]):(?P<min>[0-5]\d)(?::[0-5]\d)?(?!\d)(?:\s?(?:hours|hrs|h|pm|am)\b)?(?:\s+\(?(?P<z>{zones})\b)?",
                    flags,
                ),
            ),
            (
                "time.military",
                re.compile(
                    r"\b(?P<h>[01]\d|2[0-3])[.:]?(?P<min>[0-5]\d)\s?(?:hours\b|hrs\b|(?P<z>gmt|utc|bst|est|edt|ist|cet)\b)",
                    flags,
                ),
            ),
            ("time.word", re.compile(r"\b(?P<word>noon|midnight|midday)\b", flags)),
            ("date.month", re.compile(rf"(?<![\w])(?P<mon>{months})\b", flags)),
            ("date.decade", re.compile(r"\b(?:the\s+)?(?P<y>(?:1[5-9]|20)\d)0s\b")),
            ("date.span", re.compile(rf"\b(?P<y>{year})[-–/](?P<y2>\d\d|{year})\b")),
            ("date.year", re.compile(rf"(?<![\d.,$£€#/-])\b(?P<y>{year})\b(?![\d%]|[.,]\d|-\w)")),
        ]

        first = {w.split()[0] for w in words.relative}
        named = frozenset(words.months) | frozenset(words.weekdays)
        directed = frozenset({"last", "this", "next", "past", "previous", "recent", "for"})
        # A pattern is tried only where the text has one of its words (or, for None, a digit): most sentences have none.
        self._needs: dict[str, frozenset[str] | None] = {
            "date.mdy": named,
            "date.dmy": named,
            "date.my": named,
            "date.ago": frozenset({"ago", "earlier", "before"}),
            "date.last": directed,
            "date.relative": frozenset(first),
            "date.weekday": frozenset(words.weekdays),
            "time.word": frozenset({"noon", "midnight", "midday"}),
            "date.month": frozenset(words.months),
        }

    def scan(self, text: str, base: int = 0) -> list[DateSpan]:
        """Return the dates and times of one sentence, in order, none overlapping; offsets count from `base`."""
        taken: list[tuple[int, int]] = []
        found: list[DateSpan] = []
        present = set(_LETTERS.findall(text.lower()))
        digits = _DIGIT.search(text) is not None
        for rule, pattern in self.patterns:
            needs = self._needs.get(rule)
            if present.isdisjoint(needs) if needs is not None else not digits:
                continue
            for m in pattern.finditer(text):
                n = bisect_left(taken, m.span())
                if (n and taken[n - 1][1] > m.start()) or (n < len(taken) and taken[n][0] < m.end()):
                    continue
                span = self._read(rule, m, text)
                if span is not None:
                    insort(taken, (span.start, span.end))
                    found.append(replace(span, start=span.start + base, end=span.end + base) if base else span)
        return sorted(found, key=lambda s: s.start)

    def _read(self, rule: str, m: re.Match[str], text: str) -> DateSpan | None:
        g = {k: v for k, v in m.groupdict().items() if v is not None}
        start, end = m.span()
        lead = text[max(0, start - _NEAR) : start]
        month = self.words.months[g["mon"].lower()] if "mon" in g else int(g["m"]) if "m" in g else None
        weekday = self.words.weekdays[g["wd"].lower()] if "wd" in g else None
        year = int(g["y"]) if "y" in g else None
        if "mon" in g and not g["mon"][0].isupper():
            return None  # "may" and "march" are words; a month has a capital
        if rule == "date.slash" and year is not None and year < 100:
            year += 2000 if year < 70 else 1900
        if rule == "date.iso" or rule in {"date.mdy", "date.dmy", "date.slash"}:
            return DateSpan(start, end, "date", "day", year, month, int(g["d"]), weekday, rule=rule)
        if rule == "date.my":
            return DateSpan(start, end, "date", "month", year, month, rule=rule)
        if rule == "date.ago":
            names = [
                "zero",
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
            ]
            word = g["n"].lower()
            amount = (
                int(word)
                if word.isdecimal() and len(word) < 5
                else 1
                if word in {"a", "an"}
                else names.index(word)
                if word in names
                else None
            )
            unit = self.words.units[g["u"].lower()]
            if amount is None or amount > 5000:
                return DateSpan(start, end, "date", "year", unit=unit, direction="ago", rule=rule)
            return DateSpan(start, end, "date", _coarser(unit), direction="ago", unit=unit, amount=amount, rule=rule)
        if rule == "date.last":
            word = g["dir"].lower()
            direction: Literal["last", "this", "next"] = (
                "next" if word == "next" else "this" if "this" in word.split() and "past" not in word else "last"
            )
            if weekday is not None:
                return DateSpan(start, end, "date", "day", weekday=weekday, direction=direction, rule=rule)
            if month is not None:
                return DateSpan(start, end, "date", "month", month=month, direction=direction, rule=rule)
            unit = g["u"].lower()
            if unit in {"summer", "winter", "spring", "autumn", "fall"}:
                return DateSpan(start, end, "date", "year", direction=direction, unit="year", rule=rule)
            unit = self.words.units.get(unit, unit)
            if word in {"earlier this", "in recent", "recent"}:
                # A time before the article's own, how long before is not said.
                return DateSpan(start, end, "date", _coarser(unit), unit=unit, direction="ago", rule="date.earlier")
            return DateSpan(start, end, "date", _coarser(unit), direction=direction, unit=unit, rule=rule)
        if rule == "date.relative":
            return DateSpan(start, end, "date", "day", offset=self.words.relative[g["rel"].lower()], rule=rule)
        if rule == "date.weekday" and re.search(r"\b(?:Easter|Palm|Good|Black|Ash)\s+$", lead):
            return None  # a feast, not the last of its weekdays
        if rule == "date.weekday":
            return (
                DateSpan(start, end, "date", "day", weekday=weekday, rule=rule)
                if g["wd"][0].isupper() and (len(g["wd"]) > 3 or g["wd"].endswith("."))
                else None
            )
        if rule == "time.ampm":
            hour = int(g["h"]) % 12 + (12 if g["ap"].lower() == "p" else 0)
            return DateSpan(
                start,
                end,
                "time",
                "minute" if "min" in g else "hour",
                minute=hour * 60 + int(g.get("min", 0)),
                zone=g.get("z", "").lower() or None,
                rule=rule,
            )
        if rule in {"time.24h", "time.military"}:
            return DateSpan(
                start,
                end,
                "time",
                "minute",
                minute=int(g["h"]) * 60 + int(g["min"]),
                zone=g.get("z", "").lower() or None,
                rule=rule,
            )
        if rule == "time.word":
            return DateSpan(start, end, "time", "hour", minute=0 if g["word"].lower() == "midnight" else 720, rule=rule)
        if rule == "date.month":
            before = re.findall(r"[A-Za-z]+", lead)[-1:]
            sure = len(g["mon"]) > 3 and g["mon"].lower() not in {"march", "may", "june", "april", "august"}
            if not (before and before[0].lower() in self.words.prepositions) and not sure:
                return None
            if (
                before
                and before[0].lower() in {"the", "a", "to", "and", "for", "as", "was", "of", "than", "or"}
                and not sure
                and g["mon"].lower() in {"march", "may", "mar"}
            ):
                return None
            return DateSpan(start, end, "date", "month", month=month, rule=rule)
        if rule == "date.decade":
            return DateSpan(start, end, "date", "decade", year=int(g["y"]) * 10, rule=rule)
        if rule == "date.span":
            return DateSpan(start, end, "date", "year", year=year, rule=rule)
        before = re.findall(r"[A-Za-z]+|[(,]", lead)[-1:]
        if before and (before[0].lower() in self.words.prepositions or before[0] in "(,"):
            following = _FOLLOWING.match(text, end)
            if (
                before[0] in {"and", "to", "for", "a", "than", "or", ","}
                and following
                and following.group(1).endswith("s")
            ):
                return None
            return DateSpan(start, end, "year", "year", year=year, rule=rule)
        if start < _NEAR and not lead.strip() and _CLOSED.match(text, end):
            return DateSpan(start, end, "year", "year", year=year, rule=rule)
        return None


def _coarser(unit: str) -> Granularity:
    return "day" if unit == "day" else "week" if unit == "week" else "month" if unit == "month" else "year"


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def resolve(span: DateSpan, published: date | None) -> When | None:
    """Resolve a date against the publication date; None where that is needed and missing, or the date is no date."""
    g = span.granularity
    if span.kind == "time":
        return None
    if span.year is not None and span.month is not None and span.day is not None:
        day = _safe(span.year, span.month, span.day)
        return When(day.isoformat(), day.isoformat(), "day") if day else None
    if span.year is not None and span.month is not None:
        return When(date(span.year, span.month, 1).isoformat(), _month_end(span.year, span.month).isoformat(), "month")
    if span.year is not None:
        last = span.year + (9 if g == "decade" else 0)
        return When(f"{span.year:04d}-01-01", f"{last:04d}-12-31", g)
    if span.month is not None and span.day is not None:
        if published is None:
            iso = f"--{span.month:02d}-{span.day:02d}"
            return When(iso, iso, "day") if _safe(2000, span.month, span.day) else None
        # The year that brings the date closest to publication, the past first: news looks back more than ahead.
        options = [d for y in (-1, 0, 1) if (d := _safe(published.year + y, span.month, span.day))]
        if span.direction == "ahead":
            options = [d for d in options if d >= published]
        if not options:
            return None
        best = min(options, key=lambda d: abs((d - published).days) + (60 if d > published else 0))
        return When(best.isoformat(), best.isoformat(), "day")
    if span.month is not None:
        if published is None:
            return When(f"--{span.month:02d}", f"--{span.month:02d}", "month")
        year = published.year
        if span.direction == "next":
            year += span.month <= published.month
        elif span.direction == "ahead":
            year += span.month < published.month
        elif span.direction == "last":
            year -= span.month >= published.month
        elif span.month > published.month + 1:
            year -= 1
        return When(date(year, span.month, 1).isoformat(), _month_end(year, span.month).isoformat(), "month")
    if published is None:
        return None
    if span.offset is not None:
        day = published + timedelta(days=span.offset)
        return When(day.isoformat(), day.isoformat(), "day")
    if span.weekday is not None:
        back = (published.weekday() - span.weekday) % 7
        if back == 6 and span.direction is None:
            return None  # tomorrow's name: a page updated since, or six days ago? Not known.
        if span.direction == "next":
            day = published + timedelta(days=7 - back)
        elif span.direction == "ahead":
            day = published + timedelta(days=-back % 7)
        elif span.direction == "last" and back == 0:
            day = published - timedelta(days=7)
        else:
            day = published - timedelta(days=back)
        return When(day.isoformat(), day.isoformat(), "day")
    return _shifted(span, published)


def _shifted(span: DateSpan, published: date) -> When | None:
    """Resolve "two weeks ago", "last month", "this year"."""
    steps = {"last": 1, "this": 0, "next": -1}.get(span.direction or "", 0) if span.direction != "ago" else span.amount
    if steps is None or span.unit is None:
        return None
    if span.unit == "day":
        day = published - timedelta(days=steps)
        return When(day.isoformat(), day.isoformat(), "day")
    if span.unit == "week":
        middle = published - timedelta(days=7 * steps)
        monday = middle - timedelta(days=middle.weekday())
        return When(monday.isoformat(), (monday + timedelta(days=6)).isoformat(), "week")
    if span.unit == "month":
        months = published.year * 12 + published.month - 1 - steps
        year, month = divmod(months, 12)
        return (
            When(date(year, month + 1, 1).isoformat(), _month_end(year, month + 1).isoformat(), "month")
            if year > 0
            else None
        )
    years = steps * (10 if span.unit == "decade" else 1)
    year = published.year - years
    return When(f"{year:04d}-01-01", f"{year:04d}-12-31", "year") if 0 < year < 10000 else None
