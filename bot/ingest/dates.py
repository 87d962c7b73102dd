"""Publication dates as they are stated: ISO values, lines that only date an article, dates in addresses.

Only a date with its year counts; where day and month cannot be told apart nothing is read.
"""

import re
from datetime import date, datetime

from bot.ingest.boilerplate import DateWords

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?")
_YMD = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)")
_DMY = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?((?:19|20)\d\d)(?!\d)")
_WORDS = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*\.?")
_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-]|$|\.)", re.IGNORECASE)
_COMPACT = re.compile(r"[/-]((?:19|20)\d\d)(\d\d)(\d\d)(?=[/.-]|$)")


def iso_published(value: str) -> str | None:
    """Return an ISO 8601 date or datetime as such, anything else as None."""
    value = value.strip()
    if not _ISO.fullmatch(value):
        return None
    try:
        if len(value) == 10:
            return date.fromisoformat(value).isoformat()
        return datetime.fromisoformat(value.replace(" ", "T", 1).replace(" ", "")).isoformat()
    except ValueError:
        return None


def make_date(year: int, month: int, day: int) -> str | None:
    """Return a plausible calendar day in ISO form."""
    try:
        return date(year, month, day).isoformat() if 1800 <= year <= 2200 else None
    except ValueError:
        return None


def date_in(text: str, words: DateWords) -> tuple[str, str] | None:
    """Find the first full date in a short text: (ISO date, the text without it)."""
    names = "|".join(sorted(words.months, key=len, reverse=True))
    month_first = re.search(
        rf"\b({names})\b\.?\s*(\d{{1,2}})\s?(?:st|nd|rd|th)?\b\s*,?\s*(?:of\s+)?((?:19|20)\d\d)\b", text, re.IGNORECASE
    )
    day_first = re.search(
        rf"\b(\d{{1,2}})\s?(?:st|nd|rd|th)?\s*[-\s]\s*(?:of\s+)?({names})\b\.?\s*[-,\s]\s*((?:19|20)\d\d)\b",
        text,
        re.IGNORECASE,
    )
    candidates: list[tuple[int, re.Match[str], str | None]] = []
    if month_first:
        name, day, year = month_first.groups()
        candidates.append(
            (month_first.start(), month_first, make_date(int(year), words.months[name.lower()], int(day)))
        )
    if day_first:
        day, name, year = day_first.groups()
        candidates.append((day_first.start(), day_first, make_date(int(year), words.months[name.lower()], int(day))))
    if numeric := _YMD.search(text):
        year, month, day = map(int, numeric.groups())
        candidates.append((numeric.start(), numeric, make_date(year, month, day)))
    if numeric := _DMY.search(text):
        first, second, year = map(int, numeric.groups())
        # 03/04 is March or April by country: only a day over 12, or the same twice, settles the order.
        if first > 12 or first == second:
            candidates.append((numeric.start(), numeric, make_date(year, second, first)))
        elif second > 12:
            candidates.append((numeric.start(), numeric, make_date(year, first, second)))
    for _, match, iso in sorted(candidates, key=lambda candidate: candidate[0]):
        if iso:
            return iso, text[: match.start()] + " " + text[match.end() :]
    return None


def line_date(line: str, words: DateWords) -> tuple[str, bool] | None:
    """Read a line that does nothing but date the article: (ISO date, whether it dates an update)."""
    if len(line) > 120 or not (found := date_in(line, words)):
        return None
    iso, rest = found
    labels = [word.rstrip(".").lower() for word in _WORDS.findall(rest)]
    known = {word.rstrip(".") for word in words.around} | set(words.months)
    if any(label not in known for label in labels):
        return None
    return iso, any(label in words.updates for label in labels)


def url_date(url: str, words: DateWords) -> str | None:
    """Read the day that a news address carries in its path, as in /2019/01/02/."""
    path = re.sub(r"^[a-z]+://[^/]*", "", url.strip(), flags=re.IGNORECASE).split("?")[0].split("#")[0]
    for match in _PATH.finditer(path):
        year, month, day = match.groups()
        number = int(month) if month.isdigit() else words.months.get(month.lower())
        if number and (iso := make_date(int(year), number, int(day))):
            return iso
    for match in _COMPACT.finditer(path):
        if iso := make_date(*map(int, match.groups())):
            return iso
    return None
