"""Powers and numbers in scientific notation: "1e10", "10^8", "1.5 x 10^6", "2.5 × 10⁻⁵", "2 to the power of 10"."""

import math
from collections.abc import Sequence

from bot.language.number import NumberWords, low_at, number_at
from bot.language.tokens import Token, value_of

_TIMES = frozenset({"x", "×", "*", "·"})
_SIGNS = {"+": 1.0, "-": -1.0, "\u2212": -1.0, "\u2013": -1.0}
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# Beyond these no quantity lies; a larger exponent is no exponent.
_LARGEST = 60


def _signed(tokens: Sequence[Token], i: int) -> tuple[float, int] | None:
    """Read a whole number with an optional sign, set without a space."""
    sign = 1.0
    if i < len(tokens) and tokens[i].text in _SIGNS and tokens[i].glued:
        sign, i = _SIGNS[tokens[i].text], i + 1
    if not number_at(tokens, i, glued=True) or not tokens[i].text.isdecimal() or len(tokens[i].text) > 3:
        return None
    return sign * float(tokens[i].text), i + 1


def _raised(tokens: Sequence[Token], i: int) -> tuple[float, int] | None:
    """Read an exponent in raised figures."""
    sign = 1.0
    if low_at(tokens, i) == "⁻" and tokens[i].glued:
        sign, i = -1.0, i + 1
    digits = low_at(tokens, i).translate(_RAISED)
    if i >= len(tokens) or not tokens[i].glued or not digits.isdecimal() or len(digits) > 3:
        return None
    return sign * float(digits), i + 1


def _exponent(tokens: Sequence[Token], i: int, words: NumberWords, ten: bool) -> tuple[float, int] | None:
    """Read the exponent after a base. After "x 10" a sign alone may stand for a lost raised figure ("10−5")."""
    if low_at(tokens, i) == "^":
        return _signed(tokens, i + 1)
    if ten and i < len(tokens) and tokens[i].text in _SIGNS:
        return _signed(tokens, i)
    if [low_at(tokens, i + n) for n in range(3)] == ["to", "the", "power"]:
        i += 4 if low_at(tokens, i + 3) == "of" else 3
        if low_at(tokens, i) in words.cardinals:
            return words.cardinals[tokens[i].low], i + 1
        if number_at(tokens, i) and tokens[i].text.isdecimal() and len(tokens[i].text) < 4:
            return float(tokens[i].text), i + 1
    return None


def _power(base: float, exponent: float) -> float | None:
    if abs(exponent) > _LARGEST or not base or abs(math.log10(base) * exponent) > _LARGEST:
        return None
    return float(base**exponent)


def read_power(tokens: Sequence[Token], i: int, value: float, words: NumberWords) -> tuple[float, int] | None:
    """Return the value of a number with its power, and the end, where token i - 1 is the number and a power follows."""
    if low_at(tokens, i) == "e" and tokens[i].glued and (found := _signed(tokens, i + 1)) is not None:
        power = _power(10.0, found[0])
        return None if power is None else (value * power, found[1])
    if low_at(tokens, i) in _TIMES and number_at(tokens, i + 1) and len(tokens[i + 1].text) < 5:
        base = value_of(tokens[i + 1].text)
        exponent = _exponent(tokens, i + 2, words, base == 10) or (_raised(tokens, i + 2) if base == 10 else None)
        if exponent is None or (power := _power(base, exponent[0])) is None:
            return None
        return value * power, exponent[1]
    # A raised figure after another base than ten is a footnote's or a unit's.
    found = _exponent(tokens, i, words, ten=False) or (_raised(tokens, i) if value == 10 else None)
    if found is None or (power := _power(value, found[0])) is None:
        return None
    return power, found[1]
