"""Whose age a number is, told by the words beside it: "Ada Norton, 34,", "the 34-year-old Norton", "Norton, aged 34".

Ages and names of one person are compared under the gate (design/domain.md: "fixed", publication time excuses little).
Who has no name is one person of a story by what befell him: the girl killed, the man arrested.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.language.quantity import Quantity
from bot.model import Figure
from bot.reading.document import View
from bot.reading.events import EventReader
from bot.reading.happenings import full_name
from bot.reading.people import People, strip_name

_NAME = r"[A-Z][\w'’-]+(?:\s+(?:[A-Z]\.|[A-Z][\w'’-]+|de|la|al|bin|van|von|el)){0,3}\s+[A-Z][\w'’-]+|[A-Z][\w'’-]+"
# The name ends right before the number, with a comma, "is", "was", "aged" or an article between.
_BEFORE = re.compile(
    rf"({_NAME})(?:,?\s+(?:Jr|Sr|III|II)\.?)?(?:,\s+|\s+(?:is|was)\s+|\s*\()(?:(?:who\s+)?(?:is|was|turned)\s+|aged?\s+|a\s+|an\s+|the\s+)?$"
)
# The name follows "34-year-old", after at most four plain words: "34-year-old bus driver Ada Norton".
_AFTER = re.compile(rf"^[\s-]*(?:years?)?[\s-]*(?:old)?\s+(?:[a-z][\w'’-]*,?\s+){{0,4}}({_NAME})")


def aged_person(view: View, q: Quantity, people: People, titles: frozenset[str]) -> str | None:
    """Return the full name (lower case, without initials) of the person whose age a quantity is, or None."""
    before = view.text[max(0, q.start - view.start - 80) : q.start - view.start]
    after = view.text[q.end - view.start : q.end - view.start + 80]
    if re.match(r"[\s-]*(?:years?[\s-]*)?old\b", after):
        # "44-year-old Omar Hale, 32-year-old Ada Norton": the name follows, unless an article ties it to the one before.
        tied = re.search(r"\b(?:a|an|the|is|was)\s+$", before)
        found = (_BEFORE.search(before) if tied else None) or _AFTER.match(after)
    else:
        found = _BEFORE.search(before)
    if found is None:
        return None
    words = strip_name(found.group(1)).split()
    if len(words) == 1:
        if people.shared(words[0]):
            return None  # a family: which of them?
        single, words = words[0], strip_name(people.canonical(words[0])).split()
        if words[-1] != single:
            return None  # a first name that a family shares
        if len(words) == 1:
            words = people.surnamed(single).split()
    while len(words) > 1 and words[0].lower().rstrip(".") in titles:
        words = words[1:]
    if len(words) < 2 or not all(w[:1].isupper() for w in (words[0], words[-1])):
        return None
    return " ".join(w for w in words if len(w.rstrip(".")) > 1).lower()


_THE = re.compile(r"(?:^|[.\"“]\s*)The\s+$")
_OLD = re.compile(r"[\s-]*(?:years?)?[\s-]*old\b")
_OF = re.compile(r"\b([a-z]+)(?:,|\s+of|,?\s+aged)\s+$")
_ROLE_AFTER = re.compile(r"[\s-]*(?:years?)?[\s-]*old\s+((?:[\w'’-]+\s+){0,3}?[a-z]+)\b")


def unnamed(
    view: View, q: Quantity, events: EventReader, people: People, roles: Mapping[str, str]
) -> tuple[str, str] | None:
    """Return whose age a number is that stands by no name, and the rule.

    "The 34-year-old said" is the one person whom the sentences before name; "a 6-year-old girl was killed" and "a boy
    of 11 drowned" are told by role and event ("girl killed").
    """
    if view.doc is None:
        return None
    before = view.text[: q.start - view.start]
    after = view.text[q.end - view.start :]
    if _THE.search(before) and _OLD.match(after) and (name := _only_one(view, people)) is not None:
        return name, "age.resolved"
    found = _role(view, q, before, after, roles)
    if found is None:
        return _died_at(view, q, before, people)
    role, token = found
    number = view.span(q.core_start, q.core_end)
    if number is None or not len(number):
        return None
    event = events.find(token, number.root, q)
    return (f"{role} {event.name}", "age.role") if event is not None and event.lexical else None


def _role(view: View, q: Quantity, before: str, after: str, roles: Mapping[str, str]) -> tuple[str, Any] | None:
    m = _ROLE_AFTER.match(after)
    words = m.group(1).split() if m else []
    role = next(((roles[w], w) for w in words if w in roles), None)
    at = q.end + after.index(role[1], m.start(1)) if role and m else 0
    if role is None:
        of = _OF.search(before[-40:])
        if of is None or of.group(1) not in roles:
            return None
        role = roles[of.group(1)], of.group(1)
        at = q.start - len(before[-40:]) + of.start(1)
    token = view.token_at(at)
    return (role[0], token) if token is not None else None


def _only_one(view: View, people: People) -> str | None:
    """Return the full name of the person whom the two sentences before name, where it is one and bears no title.

    Of the chief who speaks and of whom he speaks only the chief may have a name.
    """
    start = view.start - 400
    named = {name for at, name in people.mentions if start <= at < view.start}
    if named & people.titled.keys():
        return None
    parts = strip_name(people.canonical(next(iter(named)))).split() if len(named) == 1 else []
    return f"{parts[0]} {parts[-1]}".lower() if len(parts) > 1 else None


_AT_AGE = re.compile(r"\bat (?:the )?age (?:of )?$|\b[Hh]e was $|\b[Ss]he was $")


def _died_at(view: View, q: Quantity, before: str, people: People) -> tuple[str, str] | None:
    """Return whose age "she died at the age of 88" and "She was 88." tell."""
    here = view.token_at(q.core_start)
    for _ in range(5):
        if here is None or here.head == here or here.pos_ in {"VERB", "AUX"}:
            break
        here = here.head
    if here is None or here.pos_ not in {"VERB", "AUX"} or not _AT_AGE.search(before):
        return None
    own = next((c for c in here.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    name = full_name(view, own, people) if own is not None else None
    return (name, "age.at") if name is not None else None


def without_several(figures: Sequence[Figure]) -> list[Figure]:
    """Take the role from ages where an article tells of several such: two boys killed are not one boy."""
    ages: dict[str, set[float | None]] = {}
    for f in figures:
        if "age.role" in f.rules and f.subject:
            ages.setdefault(f.subject, set()).add(f.value)
    many = {f.event for f in figures if f.type == "count" and (f.value or 0) >= 2}
    return [
        replace(f, subject=None, event=None)
        if "age.role" in f.rules and f.subject and (len(ages[f.subject]) > 1 or f.subject.split()[-1] in many)
        else f
        for f in figures
    ]
