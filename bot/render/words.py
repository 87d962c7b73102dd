"""Small pieces of plain language that cards, pages and text forms share."""

import re

from bot.model import Article, Comparison, Figure, Finding, Lead, Policy, RelationKind

KIND_NAMES: dict[RelationKind, str] = {
    "part_exceeds_whole": "A part above its whole",
    "conflict": "Conflict",
    "self_revision": "Changed its own figure",
    "update": "Update",
    "sum_agrees": "Sums agree",
    "agree": "Agree",
    "rounded": "Rounded",
    "compatible_bound": "Both can hold",
    "different_scope": "Another scope",
    "different_measure": "Another measure",
    "different_event": "Another event",
    "different_unit": "Another unit",
    "different_status": "Another status",
    "denied": "Denied",
    "attribution_differs": "Credited differently",
}
# One voice is credited on both sides: they differ in the time alone.
DATED = "Dated differently"
CHANGES: frozenset[str] = frozenset({"update", "self_revision"})
POLICY_NAMES: dict[Policy, str] = {
    "lowest": "the lowest figure",
    "low_best_high": "lowest and highest",
    "range": "the whole range",
    "majority": "what most independent voices say",
    "newest_reliable": "the newest from the best-graded source",
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(r"(?:(\d{4})|-)-(\d\d)(?:-(\d\d))?")
# What a terminal would obey or a reader cannot see: controls, and marks that turn the direction of text around.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def visible(text: str) -> str:
    """Return a text without control characters and turns of direction."""
    return _UNSEEN.sub("", text)


def flat(text: str) -> str:
    """Return a text on one line, without control characters."""
    return " ".join(visible(text).split())


def short(text: str, most: int) -> str:
    """Return a text on one line, cut to `most` characters at a word."""
    text = flat(text)
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut).rstrip(" ,;:") + "…"


def quote(c: Comparison, f: Figure, most: int = 240) -> str:
    """Return the sentence a figure stands in, verbatim but for white space; a long one cut around the figure."""
    text = c.article(f.article).text
    start, end = f.sentence if f.sentence[0] <= f.start < f.sentence[1] else (f.start, f.end)
    if end - start > most:
        room = max(0, most - (f.end - f.start)) // 2
        left, right = max(start, f.start - room), min(end, f.end + room)
        left = left if left == start else _next_word(text, left, f.start)
        right = right if right == end else _last_word(text, f.end, right)
        return ("…" if left > start else "") + flat(text[left:right]) + ("…" if right < end else "")
    return flat(text[start:end])


def _next_word(text: str, start: int, most: int) -> int:
    found = text.find(" ", start, most)
    return found + 1 if found >= 0 else start


def _last_word(text: str, least: int, end: int) -> int:
    found = text.rfind(" ", least, end)
    return found if found > 0 else end


def outlet(a: Article) -> str:
    """Return the name that a reader knows an article by."""
    return short(a.outlet or a.title or a.input.rsplit("/", 1)[-1] or a.id, 48)


def title_of(a: Article) -> str:
    """Return a title for a story that an article begins: its own, else its first sentence, cut."""
    # "The U.S. government" ends no sentence after "U.S.": no single capital stands before its end.
    first = re.match(r"[^\n]*?(?<![.\s][A-Z])[.!?][\"”’]?(?=\s+[\"“A-Z0-9]|\s*$|\s*\n)|[^\n]*", a.text.strip())
    return short(a.title or (first[0] if first else "") or a.input, 120)


def date(value: str | None) -> str:
    """Return an ISO date in words, such as "22 Mar 2022" or, without its year, "22 Mar"."""
    match = _DATE.match(value or "")
    if not match:
        return value or ""
    year, month, day = match.groups()
    if not 1 <= int(month) <= 12:
        return value or ""
    return " ".join(w for w in (str(int(day)) if day else "", _MONTHS[int(month) - 1], year or "") if w)


def when(f: Figure, a: Article) -> str:
    """Return when a figure holds: as it says, else when its article came out."""
    if f.as_of:
        return date(f.as_of)
    if f.period and f.period[0] and not f.period[1]:
        return f"since {date(f.period[0])}"
    if f.period and (f.period[0] or f.period[1]):
        start, end = date(f.period[0]), date(f.period[1])
        return start if start == end else f"{start} – {end}"
    if a.published and a.published_from != "guess":
        return f"{date(a.published)} (published)"
    return "not stated"


def number(value: float | None) -> str:
    """Return a number with commas; an open end has none."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value == int(value) and abs(value) < 1e15 else f"{value:,g}"


def interval(low: float | None, high: float | None) -> str:
    """Return an interval in words."""
    if low is None and high is None:
        return "nothing"
    if high is None:
        return f"{number(low)} or more"
    if low is None:
        return f"{number(high)} or fewer"
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def lead(found: Lead) -> str:
    """Return what a policy leads with, in words."""
    return interval(found.low, found.high)


def place(f: Figure) -> str:
    """Return where a figure holds."""
    return flat(f.place or f.body or "")


def title(f: Finding) -> str:
    """Return the head of a finding: its kind, and the severity of a flag; of one that was dismissed, by which ruling."""
    name = KIND_NAMES[f.kind]
    if f.kind == "attribution_differs" and len({v for side in f.sides for v in side.voices}) == 1:
        name = DATED
    if f.ruling is not None:
        return f"{name}, dismissed by ruling {f.ruling.number} ({short(f.ruling.reason, 120)})"
    return f"{name} ({f.severity})" if f.flag and f.severity else name


# What a reason adds of the pair itself, which is named beside it; and the two sides that it names in the pair's order.
_PRINTED = re.compile(r"\s*\(“[^”]*” / “[^”]*”\)\.?$")
_SIDES = re.compile(r"(.+?: )(.+?) / (.+?)(\.?)")


def by_reason(c: Comparison) -> dict[str, list[tuple[Figure, Figure]]]:
    """Return the pairs that were not compared by their reason; one that names its sides the other way round is the same."""
    by: dict[str, list[tuple[Figure, Figure]]] = {}
    for n in c.not_compared:
        a, b = (c.figure(id) for id in n.figures)
        reason = _PRINTED.sub("", n.reason)
        sides = _SIDES.fullmatch(reason)
        turned = f"{sides[1]}{sides[3]} / {sides[2]}{sides[4]}" if sides is not None else reason
        if turned in by and reason not in by:
            by[turned].append((b, a))
        else:
            by.setdefault(reason, []).append((a, b))
    return by
