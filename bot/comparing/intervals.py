"""Intervals with open ends, and rounding at the printed precision."""

import math
import re
from functools import lru_cache

from bot.model import Figure

_ZEROS = re.compile(r"0+$")


def bounds(f: Figure) -> tuple[float, float]:
    """Return [low, high] for flags: a vague word's high end is open and its low end soft (design/domain.md)."""
    if f.type == "time" and f.value is not None:
        return _clock(f)
    low = f.low if f.low is not None else -math.inf
    high = f.high if f.high is not None else math.inf
    if f.bound == "vague":
        return (low * 0.5 if low < 20 else low * 0.8), math.inf
    return low, high


def _clock(f: Figure) -> tuple[float, float]:
    """Return the minutes a time of day may mean: about and a bare hour are ± 15, else ± 5.

    Nobody rounds to 4:12: when it came to pass is then told to the minute, ± 2; when it was reported is another moment.
    """
    assert f.value is not None
    hedge = f.qualifiers[0] if f.qualifiers else ""
    if hedge == "after":
        return f.value, f.value + 10
    if hedge == "before":
        return f.value - 20, f.value
    exact = f.value % 5 != 0 and "time.reported" not in f.rules
    slack = 15 if hedge in {"about", "hour"} else 2 if exact else 5
    return f.value - slack, f.value + slack


def disjoint(a: Figure, b: Figure) -> bool:
    """Tell whether the two intervals cannot both hold; "more than n" does not hold n itself."""
    (alow, ahigh), (blow, bhigh) = bounds(a), bounds(b)
    if alow > bhigh or blow > ahigh:
        return True
    # Touching ends: "nearly 500" stays below 500, "more than 500" above it.
    if alow == bhigh:
        return a.bound == "more_than" and (b.bound in {"less_than", "at_most"} or is_nearly(b))
    if blow == ahigh:
        return b.bound == "more_than" and (a.bound in {"less_than", "at_most"} or is_nearly(a))
    return False


def is_nearly(f: Figure) -> bool:
    """Tell "nearly n" from "about n": its number is its high end."""
    return f.bound == "about" and f.value is not None and f.high == f.value


def same_number(a: Figure, b: Figure) -> bool:
    """Tell whether the printed numbers are equal, whatever the hedges; vague words and ranges by both ends."""
    if "vague" in {a.bound, b.bound} or "range" in {a.bound, b.bound}:
        return a.bound == b.bound and a.low == b.low and a.high == b.high
    return a.value is not None and b.value is not None and math.isclose(a.value, b.value, rel_tol=1e-9)


def opposite(a: Figure, b: Figure) -> bool:
    """Tell whether one bound points strictly up and the other strictly down."""
    up = {"more_than"}

    def down(f: Figure) -> bool:
        return f.bound in {"less_than", "at_most"} or is_nearly(f)

    return (a.bound in up and down(b)) or (b.bound in up and down(a))


@lru_cache(maxsize=5_000)
def significant(value: float) -> int:
    """Return how many significant digits a number shows: 1,000 has one, 977 three."""
    digits = f"{abs(value):.10g}"
    if "e" in digits:
        digits = digits.split("e")[0]
    whole = digits.replace(".", "").lstrip("0")
    return len(_ZEROS.sub("", whole)) or 1


def rounded_to(value: float, digits: int) -> float:
    """Round to a number of significant digits, halves away from zero."""
    if value == 0:
        return 0.0
    scale = 10 ** (math.floor(math.log10(abs(value))) - digits + 1)
    return math.copysign(math.floor(abs(value) / scale + 0.5) * scale, value)


def is_rounding(a: Figure, b: Figure) -> bool:
    """Tell whether the numbers differ and one is the other at fewer significant digits, or lies within its "about".

    A whole number under 100 rounds only with a hedge: 12 is not 10.
    """
    if a.value is None or b.value is None or "vague" in {a.bound, b.bound} or "range" in {a.bound, b.bound}:
        return False
    for rough, fine in ((a, b), (b, a)):
        assert rough.value is not None and fine.value is not None
        if (
            rough.bound == "about"
            and fine.low is not None
            and fine.high is not None
            and rough.low is not None
            and rough.high is not None
            and rough.low <= fine.value <= rough.high
        ):
            return True
        if rough.type == fine.type == "measure" and rough.unit != "magnitude" and _within_print(rough, fine):
            return True
        whole_small = rough.value < 100 and rough.value == int(rough.value) and rough.type in {"count", "measure"}
        if whole_small and rough.bound != "about":
            continue
        if rough.unit == "magnitude":
            continue
        digits = significant(rough.value)
        if digits < significant(fine.value) and math.isclose(rounded_to(fine.value, digits), rough.value, rel_tol=1e-9):
            # "more than 500" is no rounding of 490, "less than" none of 510.
            if rough.bound in {"more_than", "at_least"} and fine.value < rough.value:
                continue
            if rough.bound in {"less_than", "at_most"} and fine.value > rough.value:
                continue
            return True
    return False


_DIGITS = re.compile(r"\d+(?:\.(\d+))?")


def _within_print(rough: Figure, fine: Figure) -> bool:
    """Tell whether a measured value is the other at the precision printed: 1.2 miles are "one mile", not "two"."""
    assert rough.value is not None and fine.value is not None
    places, unit = _printed_unit(rough) or (0, (_printed_unit(fine) or (0, 0.0))[1])
    spelled = unit and math.isclose(rough.value / unit, round(rough.value / unit, places), rel_tol=1e-6)
    return bool(spelled) and abs(fine.value - rough.value) <= unit * 10.0**-places / 2


def _printed_unit(f: Figure) -> tuple[int, float] | None:
    """Return the decimals a number is printed with and how much of the base unit its printed unit is, or None."""
    m = _DIGITS.search(f.printed.replace(",", ""))
    return (len(m.group(1) or ""), f.value / float(m.group())) if m and f.value and float(m.group()) else None


def apart(a: Figure, b: Figure) -> float:
    """Return how far the nearest ends of two disjoint intervals are apart, as a share of the larger."""
    (alow, ahigh), (blow, bhigh) = bounds(a), bounds(b)
    low, high = (ahigh, blow) if ahigh < blow else (bhigh, alow)
    if not math.isfinite(low) or not math.isfinite(high) or high == 0:
        return 0.0
    return abs(high - low) / max(abs(high), abs(low))
