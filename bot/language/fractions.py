"""Fractions in words: "two fifths", "twenty-two and a half", "three twenty-fifths", "six million and two thirds"."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.number import ARTICLES, Cardinal, NumberWords, after_hyphen, low_at, read_scales
from bot.language.tokens import Token


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number in words at tokens [first, last): with "and" in it, what stands before and after that word."""

    first: int
    last: int
    value: float
    before: float = 0.0
    after: float = 0.0
    # The scale that the number (or what stands before its "and") ends in: "six million" a million, else 1.
    scale: float = 1.0


def denominator(tokens: Sequence[Token], i: int, words: NumberWords) -> tuple[float, int, bool] | None:
    """Read what a fraction is parts of ("fifths", "twenty-firsts"): its number, the end, whether it is a plural."""
    tens = words.cardinals.get(low_at(tokens, i), 0.0)
    if 20 <= tens < 100 and tens % 10 == 0:
        k = after_hyphen(tokens, i + 1)
        word = low_at(tokens, k)
        unit = words.ordinals.get(word.removesuffix("s"), 0.0)
        return (tens + unit, k + 1, word.endswith("s")) if 1 <= unit < 10 else None
    word = low_at(tokens, i)
    if word in words.fractions:
        return 1 / words.fractions[word], i + 1, word.endswith("s")
    number = words.ordinals.get(word.removesuffix("s"), 0.0)
    return (number, i + 1, word.endswith("s")) if number > 2 else None


def _small(tokens: Sequence[Token], i: int, words: NumberWords) -> tuple[float, int] | None:
    """Read a number below a hundred, without its denominator's tens."""
    value = words.cardinals.get(low_at(tokens, i), 0.0)
    if value < 1:
        return None
    k = after_hyphen(tokens, i + 1)
    unit = words.cardinals.get(low_at(tokens, k), 0.0)
    return (value + unit, k + 1) if value >= 20 and value % 10 == 0 and 1 <= unit < 10 else (value, i + 1)


def _countable(top: float, bottom: float) -> bool:
    """Tell a fraction from the parts of a year or a match: "two quarters", "two halves"."""
    return not ((bottom == 2 and (top < 3 or top % 2 == 0)) or (bottom == 4 and top != 3))


def and_part(tokens: Sequence[Token], i: int, words: NumberWords) -> tuple[float, int] | None:
    """Read the fraction after "and" at token i: "and a half", "and three fifths"; return its value and the end."""
    if low_at(tokens, i) != "and":
        return None
    if low_at(tokens, i + 1) in ARTICLES:
        k = after_hyphen(tokens, i + 2)
        bottom = denominator(tokens, k, words)
        return (1 / bottom[0], bottom[1]) if bottom is not None and not bottom[2] else None
    top = _small(tokens, i + 1, words)
    if top is None:
        return None
    bottom = denominator(tokens, after_hyphen(tokens, top[1]), words)
    if bottom is None or not bottom[2] or top[0] >= bottom[0]:
        return None
    return top[0] / bottom[0], bottom[1]


def mixed(tokens: Sequence[Token], whole: Whole, words: NumberWords) -> Cardinal | None:
    """Read "two and a half million", "a million and a half", "one billion and a half million", "six and two fifths"."""
    part = and_part(tokens, whole.last, words)
    if part is None:
        return None
    factor, end = read_scales(tokens, part[1], words)
    if factor == 1.0:
        # "a million and a half" is half a million more; "two and a half" half of one.
        value = whole.value + part[0] * (whole.scale if whole.scale >= 1000 else 1.0)
    elif factor < whole.scale:
        value = whole.value + part[0] * factor
    else:
        value = (whole.value + part[0]) * factor
    return Cardinal(whole.first, end, value, value, worded=True, rule="number.and_a_half")


def fraction(tokens: Sequence[Token], whole: Whole, words: NumberWords) -> Cardinal | None:
    """Read the denominator after a number in words: "three fifths", "one hundred and three quarters" (100 3/4)."""
    first, value = whole.first, whole.value
    k = after_hyphen(tokens, whole.last)
    bottom = denominator(tokens, k, words)
    tens = words.cardinals.get(low_at(tokens, whole.last - 1), 0.0)
    if k > whole.last and tens >= 20 and tens % 10 == 0 and value > tens and not whole.after:
        # "one hundred thirty-fifths": the hyphen binds thirty to fifths.
        bottom = denominator(tokens, whole.last - 1, words)
        value -= tens
    if bottom is None:
        return None
    number, end, plural = bottom
    if not plural:
        if value != 1 or low_at(tokens, k) == "second":
            return None
    elif not _countable(value, number) and not whole.after:
        return None
    if whole.after and whole.after < number and plural:
        factor, after = read_scales(tokens, end, words)
        unit = factor if factor > 1 else whole.scale if whole.scale >= 1000 else 1.0
        total = whole.before + whole.after / number * unit
        return Cardinal(first, after if factor > 1 else end, total, total, worded=True, rule="number.and_a_half")
    return scaled(tokens, first, end, value / number, words)


def scaled(tokens: Sequence[Token], first: int, end: int, part: float, words: NumberWords) -> Cardinal:
    """Return a fraction, or what it is of a scale: "two thirds of a million", "three quarters billion"."""
    of = low_at(tokens, end) == "of" and low_at(tokens, end + 1) in ARTICLES
    factor, after = read_scales(tokens, end + 2 if of else end, words)
    if factor >= (100 if of else 1000):
        return Cardinal(first, after, part * factor, part * factor, worded=True, rule="number.half_scale")
    return Cardinal(first, end, part, part, fraction=True, worded=True, rule="number.fraction")
