"""Whose age a number is, told by the words beside it: "Ada Norton, 34,", "the 34-year-old Norton", "Norton, aged 34".

Ages and names of one person are compared under the gate (design/domain.md: "fixed", publication time excuses little).
"""

import re

from bot.language.quantity import Quantity
from bot.reading.document import View
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
