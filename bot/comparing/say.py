"""Explanations in plain words: who says what, and why it does or does not fit."""

import re

from bot.comparing.containment import told
from bot.comparing.context import Context
from bot.comparing.voices import voice_name
from bot.model import Figure

# Seconds, as ages are kept (data/lexicon/units.toml).
YEAR = 31556952
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(iso: str) -> str:
    """Return an ISO date in words; a date without a year stays without one."""
    parts = iso.lstrip("-").split("-")
    if iso.startswith("--") and len(parts) == 2:
        return f"{_MONTHS[int(parts[0]) - 1]} {int(parts[1])}"
    if len(parts) == 3:
        return f"{_MONTHS[int(parts[1]) - 1]} {int(parts[2][:2])}, {parts[0]}"
    return iso


def _printed(f: Figure) -> str:
    """Return a number as printed, in the middle of a sentence: "At least 977" gives "at least 977"."""
    return f.printed if f.printed[:2].isupper() else f.printed[:1].lower() + f.printed[1:]


def number(f: Figure) -> str:
    """Return the printed number with what it counts: "more than 2,400 civilians", "thousands of people", "none"."""
    printed = _printed(f)
    if f.type == "age" and f.value is not None:
        return f"{f.value / YEAR:.0f} years"
    if f.type != "count":
        return printed
    if f.high == 0:
        return "none"
    group = f.group or ""
    if not group:
        return printed
    joined = " of " if f.bound == "vague" and printed.endswith("s") and not printed.endswith("several") else " "
    return f"{printed}{joined}{group}"


def _says(voice: str) -> str:
    first = voice.split()[0].lower() if voice.split() else ""
    many = first in {"police", "authorities", "people"} or (
        voice[:1].islower() and first.endswith("s") and not first.endswith("ss")
    )
    return "say" if many else "says"


def people(context: Context, f: Figure) -> str:
    """Return whom a figure counts, narrowed as the text narrows them; the event's own patients where it names none."""
    group = f.group or context.patients.get(f.event or "") or "those counted"
    return " ".join((*(q for q in f.qualifiers if q not in context.unrestrictive), group))


def claim(context: Context, f: Figure) -> str:
    """Return one side in words: "officials of Mariupol say more than 2,400 civilians in Mariupol, as of March 22"."""
    return context.once(_claim, f)


def _claim(context: Context, f: Figure) -> str:
    voice = voice_name(context, f)
    place = f" in {f.place}" if f.place and f.place_from != "article" else f" ({f.body})" if f.body else ""
    when = f", as of {day(f.as_of)}" if f.as_of else ""
    via = f" ({context.outlet(f)})" if f.voice else ""
    return f"{voice} {_says(voice)} {number(f)}{place}{when}{via}"


def _named(lowered: str) -> str:
    """Write a name with its capitals again: "ada mcbride" is Ada McBride."""
    return re.sub(r"\bMc([a-z])", lambda m: f"Mc{m.group(1).upper()}", lowered.title())


def measure(a: Figure, b: Figure) -> str:
    """Return the measure's name for the head of a sentence: "Killed", "Age of Ada Norton", "Sentence of Omar Hale"."""
    name = a.event if a.event == b.event else f"{a.event} / {b.event}"
    if "noun.doers" in a.rules:
        name = a.group
    owned = {"noun.offspring", "noun.kin", "noun.staff"} & set(a.rules) or "event.struck" in a.rules
    if owned:
        name = "times hit" if "event.struck" in a.rules else "children" if "noun.offspring" in a.rules else a.group
    whose = a.subject or b.subject
    # Who did something is no part of what was counted.
    owner = (whose or "") if a.type == "measure" else _named(whose or "")
    if a.type == "age" and "age.role" in a.rules:
        owner = f"the {whose}"  # "the girl killed"
    told = f" of {owner}" if whose and (a.type != "count" or owned) else ""
    return f"{name or a.measure or a.type}".capitalize() + told


_UNNAMED = {"duration": "length of time", "money": "amount", "percent": "share", "ratio": "share"}
_MOST_SHARED = 4


def _by_words(context: Context, a: Figure, b: Figure) -> str | None:
    """Name what neither text names by the words that both tell it with: "Length of time (police, negotiated)".

    None where both name it, or where the counted noun does.
    """
    named = a.event and a.event == b.event and not {"event.stated", "property.generic"} & {*a.rules, *b.rules}
    if named or a.type == "count":
        return None
    both = told(context, a).keys() & told(context, b).keys()
    words = [printed for word, printed in told(context, a).items() if word in both]
    return f"{_UNNAMED.get(a.type, a.type)} ({', '.join(words[:_MOST_SHARED])})".capitalize()


def part(context: Context, small: Figure, whole: Figure, scope: str) -> str:
    """Explain a part above its whole."""
    caveat = ""
    if whole.caveat:
        own = context.articles[whole.article].text[whole.sentence[0] : whole.sentence[1]] == whole.caveat
        caveat = f" Its source calls “{whole.printed}” incomplete" + ("." if own else f": “{whole.caveat}”")
    inside = {
        "place": f"{small.place} lies in {whole.place}",
        "group": f"{people(context, small)} are among {people(context, whole)}",
        "measure": f"{small.event} is part of {whole.event}",
    }[scope]
    return f"{measure(small, whole)}: {claim(context, small)}; {claim(context, whole)}. {inside}, and a part cannot exceed the whole.{caveat}"


def conflict(context: Context, a: Figure, b: Figure, *, dated: bool) -> str:
    """Explain two intervals that cannot both hold; `dated` tells that both are known to hold at one time."""
    name = _by_words(context, a, b)
    if a.type == "age":
        why = "One person has one age."
    elif name is not None:
        why = "Both tell it in much the same words: these cannot both hold."
    elif dated:
        why = "Same measure, place and time: these cannot both hold."
    elif a.running:
        why = "Same measure and place; a date is not stated. At one time these cannot both hold."
    else:
        why = "Same measure and place: these cannot both hold."
    return f"{name or measure(a, b)}: {claim(context, a)}; {claim(context, b)}. {why}"


def days(context: Context, a: Figure, b: Figure) -> str:
    """Explain two days of one happening."""
    whom = a.subject if {"date.count", "date.where"} & set(a.rules) else _named(a.subject or "")
    unit = "year" if "date.year" in a.rules else "day"
    one, two = (f"{voice_name(context, f)} {_says(voice_name(context, f))} {_on(f)}" for f in (a, b))
    return f"{unit.capitalize()} {a.event}: {one}, {two} for {whom}. One event has one {unit}."


def _on(f: Figure) -> str:
    """Return a day as printed, and in full where the print leaves that open: "Tuesday (May 19, 2009)"."""
    full = day(f.value_from) if f.value_from and "date.year" not in f.rules else ""
    return f"{f.printed} ({full})" if full and full not in f.printed else f.printed


def agree(context: Context, a: Figure, b: Figure) -> str:
    """Explain equal numbers, or equal words for them."""
    same = "They use the same word" if a.bound == "vague" else "The numbers are equal"
    return f"{measure(a, b)}: {claim(context, a)}; {claim(context, b)}. {same}."


def _dated(f: Figure) -> str:
    return f"as of {day(f.as_of)}" if f.as_of else "with no date"


def attribution(context: Context, a: Figure, b: Figure) -> str:
    """Explain equal numbers credited to others."""
    who = (
        f"credited to {voice_name(context, a)} in one, to {voice_name(context, b)} in the other"
        if voice_name(context, a) != voice_name(context, b)
        else "from the same voice"
    )
    when = f"; {_dated(a)} in one, {_dated(b)} in the other" if a.as_of != b.as_of else ""
    one, two = _printed(a), _printed(b)
    what = f"both give {one}" if one == two else f"{one} and {two} are one number"
    return f"{measure(a, b)}: {what}, {who}{when}."


def rounded(context: Context, a: Figure, b: Figure) -> str:
    """Explain a rounding."""
    return f"{measure(a, b)}: {claim(context, a)}; {claim(context, b)}. One is the other in round numbers."


def compatible(context: Context, a: Figure, b: Figure) -> str:
    """Explain bounds that fit."""
    return f"{measure(a, b)}: {claim(context, a)}; {claim(context, b)}. Both can hold."


def update(context: Context, earlier: Figure, later: Figure) -> str:
    """Explain a later count, up or down."""
    way = "up" if (later.value or 0) > (earlier.value or 0) else "down"
    return f"{measure(earlier, later)}: {claim(context, earlier)}; later {claim(context, later)}. The count went {way} with time."


def different_scope(context: Context, small: Figure, whole: Figure, scope: str) -> str:
    """Explain a part below its whole."""
    inside = {
        "place": f"{small.place} is only a part of {whole.place}",
        "group": f"{people(context, small)} are only some of {people(context, whole)}",
        "measure": f"{small.event} is only a part of {whole.event}",
    }[scope]
    return f"Not compared: {inside} (“{small.printed}” / “{whole.printed}”)."


def total(context: Context, whole: Figure, parts: tuple[Figure, ...]) -> str:
    """Explain a total that its parts give."""
    terms = " + ".join(f"{p.printed} {p.event or p.group or ''}".strip() for p in parts)
    value = sum(p.value or 0 for p in parts)
    return f"{measure(whole, whole)}: {terms} = {value:,.0f}, which fits “{whole.printed}” ({context.outlet(whole)})."
