"""Read one plain number out of tokens: digits, words, scales, dozens, fractions, vague words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.language.tokens import Token, value_of


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words of `data/lexicon/numbers.toml`, keyed by their lower-cased form."""

    cardinals: Mapping[str, float]
    scales: Mapping[str, float]
    suffixes: Mapping[str, float]
    groups: Mapping[str, float]
    fractions: Mapping[str, float]
    ordinals: Mapping[str, float]
    vague: Mapping[tuple[str, ...], tuple[float, float | None]]
    vague_heads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cardinal:
    """A number at tokens [first, last): its interval, and how it was written."""

    first: int
    last: int
    low: float
    high: float | None
    vague: bool = False
    fraction: bool = False
    worded: bool = False
    rule: str = "number.digits"


_HYPHENS = frozenset("-\u2010\u2011\u2013")
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125, "⅕": 0.2}
_NO_FRACTION_ALONE = frozenset(
    {
        "half",
        "third",
        "quarter",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "hundredth",
        "thousandth",
    }
)


def _low(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].low if 0 <= i < len(tokens) else ""


def _after_hyphen(tokens: Sequence[Token], i: int) -> int:
    """Return i + 1 where token i is a hyphen set between words, else i."""
    return i + 1 if i < len(tokens) and tokens[i].text in _HYPHENS and tokens[i].glued else i


def _scales(tokens: Sequence[Token], i: int, words: NumberWords) -> tuple[float, int]:
    """Read scale words from i on ("hundred thousand", "-million"); return their product and the end."""
    factor = 1.0
    while True:
        j = _after_hyphen(tokens, i)
        word = _low(tokens, j)
        if word in words.scales:
            factor *= words.scales[word]
            i = j + 1
        elif word in words.groups and word not in {"score", "couple", "pair", "trio"} and factor == 1.0:
            return factor * words.groups[word], j + 1
        else:
            return factor, i


def _digits(tokens: Sequence[Token], i: int, words: NumberWords) -> Cardinal:
    value = value_of(tokens[i].text)
    j = i + 1
    # "2 1/2" and "1/2"
    if (
        _low(tokens, j + 1) == "/"
        and j + 2 < len(tokens)
        and tokens[j].kind == "num"
        and tokens[j + 1].glued
        and tokens[j + 2].kind == "num"
        and tokens[j + 2].glued
    ):
        bottom = value_of(tokens[j + 2].text)
        if bottom and not tokens[j].glued and value_of(tokens[j].text) < bottom:
            return Cardinal(
                i,
                j + 3,
                value + value_of(tokens[j].text) / bottom,
                value + value_of(tokens[j].text) / bottom,
                rule="number.mixed",
            )
    if (
        _low(tokens, j) == "/"
        and tokens[j].glued
        and j + 1 < len(tokens)
        and tokens[j + 1].kind == "num"
        and tokens[j + 1].glued
    ):
        bottom = value_of(tokens[j + 1].text)
        if bottom and value < bottom <= 100 and _low(tokens, j + 2) != "/":
            return Cardinal(i, j + 2, value / bottom, value / bottom, fraction=True, rule="number.fraction")
    if j < len(tokens) and tokens[j].text in _VULGAR:
        value += _VULGAR[tokens[j].text]
        j += 1
    elif (
        _low(tokens, j) == "and" and _low(tokens, j + 1) == "a" and _low(tokens, j + 2) in {"half", "quarter", "third"}
    ):
        value += words.fractions[_low(tokens, j + 2)]
        j += 3
    if j < len(tokens) and tokens[j].glued and tokens[j].kind == "word" and tokens[j].text in words.suffixes:
        value *= words.suffixes[tokens[j].text]
        return Cardinal(i, j + 1, value, value, rule="number.suffix")
    factor, j = _scales(tokens, j, words)
    return Cardinal(i, j, value * factor, value * factor, rule="number.scale" if factor != 1 else "number.digits")


def _worded(tokens: Sequence[Token], i: int, words: NumberWords) -> Cardinal | None:
    """Read a number in words from i on: "two hundred and five thousand", "twenty-one", "a hundred"."""
    total, current, j = 0.0, -1.0, i
    last_scale = float("inf")
    if _low(tokens, j) in {"a", "an", "one"} and _low(tokens, j + 1) in words.scales:
        current, j = 1.0, j + 1
    while j < len(tokens):
        k = _after_hyphen(tokens, j) if j > i else j
        word = _low(tokens, k)
        if (
            word == "and"
            and j > i
            and (current >= 100 or total)
            and _low(tokens, j - 1) in words.scales
            and _low(tokens, j + 1) in words.cardinals
        ):
            k, word = j + 1, _low(tokens, j + 1)
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
                if _low(tokens, k + 1) in words.scales and words.scales[_low(tokens, k + 1)] > scale:
                    total *= words.scales[_low(tokens, k + 1)]
                    k += 1
            else:
                break
        else:
            break
        j = k + 1
    if j == i:
        return None
    value = total + max(current, 0.0)
    if current < 0 and total == 0:
        return None
    rule = "number.words"
    # "two and a half million", "two point five"
    part = words.fractions.get(_low(tokens, j + 2), 0.0)
    if (
        _low(tokens, j) == "and"
        and _low(tokens, j + 1) in {"a", "an", "one"}
        and part
        and not _low(tokens, j + 2).endswith("s")
    ):
        factor, end = _scales(tokens, j + 3, words)
        last = words.scales.get(_low(tokens, j - 1), 1.0)
        # "a million and a half" is half a million more, "two and a half million" half of the scale to come.
        value = value + part * last if factor == 1.0 and last >= 1000 else (value + part) * factor
        return Cardinal(i, end, value, value, worded=True, rule="number.and_a_half")
    if _low(tokens, j) == "point" and _low(tokens, j + 1) in words.cardinals:
        digits, end = "", j + 1
        while _low(tokens, end) in words.cardinals and words.cardinals[_low(tokens, end)] < 10:
            digits += str(int(words.cardinals[_low(tokens, end)]))
            end += 1
        if digits:
            factor, end = _scales(tokens, end, words)
            value = (value + float(f"0.{digits}")) * factor
            return Cardinal(i, end, value, value, worded=True, rule="number.point")
    k = _after_hyphen(tokens, j)
    if _low(tokens, k) in {"dozen", "dozens"}:
        return Cardinal(i, k + 1, value * 12, value * 12, worded=True, rule="number.dozen")
    if _low(tokens, k) == "score" and value > 1:
        return Cardinal(i, k + 1, value * 20, value * 20, worded=True, rule="number.score")
    if (
        _low(tokens, k) in words.fractions
        and value < 20
        and _low(tokens, k) != "second"
        and (value == 1 or _low(tokens, k).endswith("s") or k > j)
    ):
        part = words.fractions[_low(tokens, k)] * value
        if _low(tokens, k) == "half" and value != 1:
            return Cardinal(i, j, value, value, worded=True, rule=rule)
        return Cardinal(i, k + 1, part, part, fraction=True, worded=True, rule="number.fraction")
    return Cardinal(i, j, value, value, worded=True, rule=rule)


def _article_led(tokens: Sequence[Token], i: int, words: NumberWords) -> Cardinal | None:
    """Read "half a million", "a dozen", "a third", "a quarter of a million", "a couple of hundred", "half"."""
    j = i
    half = 1.0
    if _low(tokens, j) == "half" and _low(tokens, _after_hyphen(tokens, j + 1)) in {"a", "an"} | set(words.scales) | {
        "dozen"
    }:
        half, j = 0.5, _after_hyphen(tokens, j + 1)
    if _low(tokens, j) in {"a", "an"}:
        j += 1
    if (
        _low(tokens, j) == "half"
        and half == 1.0
        and j > i
        and _low(tokens, _after_hyphen(tokens, j + 1)) in {"million", "billion", "trillion", "dozen"}
    ):
        half, j = 0.5, _after_hyphen(tokens, j + 1)
    word = _low(tokens, j)
    if half == 0.5 and word in words.scales:
        factor, end = _scales(tokens, j, words)
        return Cardinal(i, end, half * factor, half * factor, worded=True, rule="number.half_scale")
    if word == "dozen":
        factor, end = _scales(tokens, j + 1, words)
        return Cardinal(i, end, half * 12 * factor, half * 12 * factor, worded=True, rule="number.dozen")
    if word in {"score", "couple", "pair", "trio"} and j > i and _low(tokens, j + 1) == "of":
        factor, end = _scales(tokens, j + 2, words)
        if factor == 1:
            end = j + 2
        return Cardinal(
            i, end, words.groups[word] * factor, words.groups[word] * factor, worded=True, rule="number.group"
        )
    if word == "couple" and j > i and _low(tokens, j + 1) in words.scales:
        factor, end = _scales(tokens, j + 1, words)
        return Cardinal(i, end, 2 * factor, 2 * factor, worded=True, rule="number.group")
    if (
        word in words.fractions
        and (j > i or word == "quarter")
        and _low(tokens, j + 1) in {"million", "billion", "trillion"}
    ):
        factor, end = _scales(tokens, j + 1, words)
        part = words.fractions[word] * factor
        return Cardinal(i, end, part, part, worded=True, rule="number.half_scale")
    if word in words.fractions and (j > i or word == "half"):
        part, end = words.fractions[word], j + 1
        if _low(tokens, end) == "of" and _low(tokens, end + 1) == "a" and _low(tokens, end + 2) in words.scales:
            factor, end = _scales(tokens, end + 2, words)
            return Cardinal(i, end, part * factor, part * factor, worded=True, rule="number.half_scale")
        if (
            word in _NO_FRACTION_ALONE
            and word != "half"
            and _low(tokens, end) not in {"of", "to", "in", "more", "less", "as"}
        ):
            return None
        return Cardinal(i, end, part, part, fraction=True, worded=True, rule="number.fraction")
    if half == 0.5 and _low(tokens, i) == "half":
        return Cardinal(i, i + 1, 0.5, 0.5, fraction=True, worded=True, rule="number.fraction")
    return None


def _vague(tokens: Sequence[Token], i: int, words: NumberWords) -> Cardinal | None:
    if tokens[i].low not in words.vague_heads:
        return None
    for size in (5, 3, 2, 1):
        key = tuple(t.low for t in tokens[i : i + size])
        if len(key) == size and key in words.vague:
            low, high = words.vague[key]
            end = i + size
            # "several hundred", "a few thousand": the word multiplies the scale.
            factor, after = _scales(tokens, end, words)
            if factor != 1:
                return Cardinal(
                    i,
                    after,
                    low * factor,
                    high * factor if high else None,
                    vague=True,
                    worded=True,
                    rule="number.vague_scale",
                )
            return Cardinal(i, end, low, high, vague=True, worded=True, rule="number.vague")
    return None


def read_cardinal(tokens: Sequence[Token], i: int, words: NumberWords) -> Cardinal | None:
    """Read the longest plain number that starts at token i, or None."""
    token = tokens[i]
    if token.kind == "num":
        return _digits(tokens, i, words)
    if token.text in _VULGAR:
        return Cardinal(i, i + 1, _VULGAR[token.text], _VULGAR[token.text], fraction=True, rule="number.fraction")
    if token.kind != "word":
        return None
    return _vague(tokens, i, words) or _article_led(tokens, i, words) or _worded(tokens, i, words)
