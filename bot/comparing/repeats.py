"""Figures that say again what another says: a sentence copied into another article, a number restated in one article.

A copy is the voice of its origin, so its figures raise no flag of their own; nor does a looser restatement of a figure
beside the exact one.
"""

import math
import re
from collections.abc import Sequence

from bot.comparing import containment
from bot.comparing.context import Context
from bot.model import Figure

_SPACE = re.compile(r"[\W_]+")


def repeats(context: Context, figures: Sequence[Figure]) -> frozenset[str]:
    """Return the ids of figures that repeat an earlier or exacter one; they agree with it and raise no flags."""
    seen: dict[tuple[object, ...], str] = {}
    found: set[str] = set()
    best: dict[tuple[object, ...], list[Figure]] = {}
    for f in figures:
        text = context.once(_words, f)
        if len(text) > 40:
            key: tuple[object, ...] = (text, f.start - f.sentence[0])
            if key in seen and seen[key] != f.article:
                found.add(f.id)
                continue
            seen.setdefault(key, f.article)
        if f.value is None or (f.event is None and f.group is None):
            continue
        claim = (f.article, f.type, f.unit, f.event, f.subject, f.value, f.anchor, f.role)
        told = best.setdefault(claim, [])
        n = next((n for n, other in enumerate(told) if not _elsewhere(context, f, other)), None)
        if n is None:
            told.append(f)
            continue
        other = told[n]
        looser, told[n] = (
            (other, f)
            if _width(f) < _width(other) or (_width(f) == _width(other) and f.confidence > other.confidence)
            else (f, other)
        )
        found.add(looser.id)
    return frozenset(found | _minor(figures))


def _elsewhere(context: Context, a: Figure, b: Figure) -> bool:
    """Tell that two equal counts are told of two places: as many marched in Dover as in Deal."""
    stated = a.place_from in {"clause", "resolved"} and b.place_from in {"clause", "resolved"}
    return stated and containment.places(context, a, b) == "apart"


def _words(context: Context, f: Figure) -> str:
    return _SPACE.sub(" ", context.articles[f.article].text[f.sentence[0] : f.sentence[1]].lower()).strip()


def _minor(figures: Sequence[Figure]) -> set[str]:
    """Return the later values of a property that one article gives several of: they are of other things.

    The first is the article's own; one beside it in the same sentence or the next by another voice is of the same thing.
    """
    first: dict[tuple[object, ...], Figure] = {}
    minor: set[str] = set()
    for f in figures:
        if (
            f.type not in {"money", "measure", "time", "duration"}
            or f.event is None
            or f.value is None
            or f.role != "level"
            or f.status == "denied"
        ):
            continue
        key = (f.article, f.type, f.event, f.unit, f.anchor, f.subject)
        own = first.setdefault(key, f)
        if own is not f and own.value != f.value and not (f.voice and own.voice and f.voice != own.voice):
            minor.add(f.id)
    return minor


def _width(f: Figure) -> float:
    if f.low is None or f.high is None or f.bound == "vague":
        return math.inf
    return f.high - f.low
