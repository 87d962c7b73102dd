"""Totals that parts of the story explain: dead and injured make casualties. Bounded, never exponential."""

from collections.abc import Sequence

from bot.comparing import containment, intervals
from bot.comparing.context import Context
from bot.model import Figure

# At most so many candidates a measure are tried (design/domain.md, issue "Comparing").
MOST = 12


def find_sums(context: Context, figures: Sequence[Figure]) -> list[tuple[Figure, tuple[Figure, ...]]]:
    """Return every (total, parts) where two parts of one article and place add up inside the total's bounds."""
    found: list[tuple[Figure, tuple[Figure, ...]]] = []
    wholes = [
        f
        for f in figures
        if f.type == "count" and f.role == "level" and f.event in set(context.within.values()) and f.bound != "vague"
    ][: MOST * 4]
    for whole in wholes:
        names = sorted(n for n, w in context.within.items() if w == whole.event)
        tried = 0
        for first in figures:
            if first.event != names[0] or first.role != "level" or first.bound == "vague":
                continue
            for second in figures:
                if (
                    second.event not in names[1:]
                    or second.article != first.article
                    or second.sentence != first.sentence
                    or second.role != "level"
                    or second.bound == "vague"
                ):
                    continue
                tried += 1
                if tried > MOST:
                    break
                if _fits(context, whole, first, second):
                    found.append((whole, (first, second)))
    return found


def _fits(context: Context, whole: Figure, first: Figure, second: Figure) -> bool:
    if containment.places(context, first, second) not in {"same", "unknown"} or containment.places(
        context, whole, first
    ) not in {"same", "unknown"}:
        return False
    if whole.anchor != first.anchor or first.anchor != second.anchor:
        return False
    if (
        containment.groups(context, whole, first) == "apart"
        or first.value is None
        or second.value is None
        or whole.value is None
    ):
        return False
    total = first.value + second.value
    low, high = intervals.bounds(whole)
    if whole.bound in {"at_least", "more_than"}:
        # An open total is explained only by a sum that its number rounds: 2,571 is "more than 2,500", 40,000 is not.
        return low <= total <= whole.value * 1.1
    return low <= total <= high
