"""Numbers in words: "twenty-one", "a hundred and five", "two point five million", "half a dozen", "a couple of hundred"."""

from collections.abc import Sequence

from bot.language.fractions import Whole, and_part, fraction, mixed, scaled
from bot.language.number import LARGE, SMALL_GROUPS, Cardinal, NumberWords, after_hyphen, low_at, read_scales
from bot.language.tokens import Token

_DOZENS = frozenset({"dozen", "dozens", "doz", "dozs"})
# After one of these "a third" is a part: "a third of", "a fifth to a quarter"; else it may be one more in a row.
_OF_PART = frozenset({"of", "to", "in", "more", "less", "as"})


def read_whole(tokens: Sequence[Token], i: int, words: NumberWords) -> Whole | None:
    """Read a whole number in words from token i on: "two hundred and five thousand", "twenty-one", "a hundred"."""
    total, current, j = 0.0, -1.0, i
    last_scale = float("inf")
    before = before_scale = 0.0
    joined = False
    first = low_at(tokens, j)
    if first in {"a", "an", "one"} and low_at(tokens, j + 1) in words.scales:
        current, j = 1.0, j + 1
    elif first in {"hundred", "thousand"} and words.scales.get(low_at(tokens, j + 1), 0.0) > words.scales[first]:
        current = 1.0  # "hundred thousand rupees"
    while j < len(tokens):
        k = after_hyphen(tokens, j) if j > i else j
        word = low_at(tokens, k)
        if (
            word == "and"
            and j > i
            and (current >= 100 or total)
            and low_at(tokens, j - 1) in words.scales
            and low_at(tokens, j + 1) in words.cardinals
            and and_part(tokens, j, words) is None
        ):
            before, before_scale, joined = total + max(current, 0.0), words.scales[low_at(tokens, j - 1)], True
            k, word = j + 1, low_at(tokens, j + 1)
        if word in words.cardinals:
            value = words.cardinals[word]
            if current < 0:
                current = value
            elif (current % 100 >= 20 and current % 10 == 0 and 0 < value < 10) or (
                current >= 100 and current % 100 == 0 and value < 100
            ):
                current += value
            else:
                break
        elif word in words.scales and current >= 0:
            scale = words.scales[word]
            if scale == 100 and current < 100:
                current *= 100
            elif scale > 100 and scale < last_scale:
                total += max(current, 1.0) * scale
                last_scale, current = scale, -1.0
                if low_at(tokens, k + 1) in words.scales and words.scales[low_at(tokens, k + 1)] > scale:
                    total *= words.scales[low_at(tokens, k + 1)]
                    k += 1
            else:
                break
            joined = False
        else:
            break
        j = k + 1
    if j == i or (current < 0 and total == 0):
        return None
    value = total + max(current, 0.0)
    if joined and value > before:
        return Whole(i, j, value, before, value - before, before_scale)
    return Whole(i, j, value, scale=words.scales.get(low_at(tokens, j - 1), 1.0))


def _point(tokens: Sequence[Token], whole: Whole, words: NumberWords) -> Cardinal | None:
    """Read the decimals said after "point": digit by digit, or as one number below a hundred."""
    if low_at(tokens, whole.last) != "point":
        return None
    digits, end = "", whole.last + 1
    while words.cardinals.get(low_at(tokens, end), 10) < 10 and len(digits) < 15:
        digits += str(int(words.cardinals[tokens[end].low]))
        end += 1
    if not digits and (said := read_whole(tokens, end, words)) is not None and said.value < 100:
        digits, end = str(int(said.value)), said.last
    if not digits:
        return None
    factor, end = read_scales(tokens, end, words)
    value = (whole.value + float(f"0.{digits}")) * factor
    return Cardinal(whole.first, end, value, value, worded=True, rule="number.point")


def _grouped(tokens: Sequence[Token], whole: Whole) -> Cardinal | None:
    """Read "three dozen", "four score"; in "three hundred and two dozen" the dozens are two."""
    k = after_hyphen(tokens, whole.last)
    word = low_at(tokens, k)
    if word not in _DOZENS and not (word == "score" and whole.value > 1):
        return None
    size = 12 if word in _DOZENS else 20
    value = whole.before + whole.after * size if whole.after else whole.value * size
    return Cardinal(whole.first, k + 1, value, value, worded=True, rule=f"number.{'dozen' if size == 12 else 'score'}")


def read_worded(tokens: Sequence[Token], i: int, words: NumberWords) -> Cardinal | None:
    """Read the longest number in words that starts at token i, fraction and all."""
    whole = read_whole(tokens, i, words)
    if whole is None:
        return None
    found = (
        mixed(tokens, whole, words)
        or _point(tokens, whole, words)
        or _grouped(tokens, whole)
        or fraction(tokens, whole, words)
    )
    if found is not None:
        return found
    if low_at(tokens, i) in {"nought", "naught"} and low_at(tokens, i - 1) in {"to", "for"} and whole.last == i + 1:
        return None  # "it came to naught"
    return Cardinal(i, whole.last, whole.value, whole.value, worded=True, rule="number.words")


def read_article_led(tokens: Sequence[Token], i: int, words: NumberWords) -> Cardinal | None:
    """Read "half a million", "a dozen", "a third of", "a quarter of a million", "a couple of hundred", "half"."""
    j = i
    half = 1.0
    if low_at(tokens, j) == "half":
        k = after_hyphen(tokens, j + 1)
        if low_at(tokens, k) in {"a", "an", "dozen"} or low_at(tokens, k) in words.scales:
            half, j = 0.5, k
    if low_at(tokens, j) in {"a", "an"}:
        j += 1
    if low_at(tokens, j) == "half" and half == 1.0 and j > i:
        k = after_hyphen(tokens, j + 1)
        if low_at(tokens, k) in LARGE or low_at(tokens, k) == "dozen":
            half, j = 0.5, k
    word = low_at(tokens, j)
    if half == 0.5 and word in words.scales:
        factor, end = read_scales(tokens, j, words)
        return Cardinal(i, end, half * factor, half * factor, worded=True, rule="number.half_scale")
    if word == "baker's" and low_at(tokens, j + 1) == "dozen":
        return Cardinal(i, j + 2, half * 13, half * 13, worded=True, rule="number.dozen")
    if word == "dozen":
        factor, end = read_scales(tokens, j + 1, words)
        return Cardinal(i, end, half * 12 * factor, half * 12 * factor, worded=True, rule="number.dozen")
    if word in SMALL_GROUPS and j > i and low_at(tokens, j + 1) == "of":
        factor, end = read_scales(tokens, j + 2, words)
        if factor == 1:
            end = j + 2
        value = words.groups[word] * factor
        return Cardinal(i, end, value, value, worded=True, rule="number.group")
    if word == "couple" and j > i and low_at(tokens, j + 1) in words.scales:
        factor, end = read_scales(tokens, j + 1, words)
        return Cardinal(i, end, 2 * factor, 2 * factor, worded=True, rule="number.group")
    if word in words.fractions and (j > i or word == "quarter") and low_at(tokens, j + 1) in LARGE:
        factor, end = read_scales(tokens, j + 1, words)
        part = words.fractions[word] * factor
        return Cardinal(i, end, part, part, worded=True, rule="number.half_scale")
    if word in words.fractions and (j > i or word == "half") and not word.endswith("s"):
        end = j + 1
        if word != "half" and low_at(tokens, end) not in _OF_PART:
            return None
        return scaled(tokens, i, end, words.fractions[word], words)
    if half == 0.5 and low_at(tokens, i) == "half":
        return Cardinal(i, i + 1, 0.5, 0.5, fraction=True, worded=True, rule="number.fraction")
    return None
