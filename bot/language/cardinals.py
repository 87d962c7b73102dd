"""Read one plain number out of tokens: digits, words, scales, dozens, fractions, powers, vague words."""

from collections.abc import Sequence

from bot.language.fractions import and_part
from bot.language.number import Cardinal, NumberWords, low_at, number_at, read_scales, vulgar
from bot.language.powers import read_power
from bot.language.tokens import Token, value_of
from bot.language.worded import read_article_led, read_whole, read_worded


def _slashed(tokens: Sequence[Token], i: int) -> float | None:
    """Return the value of "3/5" at token i, or None."""
    if not (number_at(tokens, i) and low_at(tokens, i + 1) == "/" and tokens[i + 1].glued):
        return None
    if not number_at(tokens, i + 2, glued=True) or low_at(tokens, i + 3) == "/":
        return None
    top, bottom = value_of(tokens[i].text), value_of(tokens[i + 2].text)
    return top / bottom if bottom and top < bottom else None


def _rest(tokens: Sequence[Token], j: int, factor: float, words: NumberWords) -> tuple[float, int] | None:
    """Read what a scale leaves to say: "4 thousand 3 hundred and 21", "3 hundred and one"."""
    k = j
    if low_at(tokens, k) == "and":
        # After a thousand or more "and" may join two things that are counted apart.
        if factor != 100:
            return None
        k += 1
    if number_at(tokens, k) and not tokens[k].glued:
        value = value_of(tokens[k].text)
        scale, end = read_scales(tokens, k + 1, words)
        if (scale == 1 and factor != 100) or not 0 < value * scale < factor:
            return None
        more = _rest(tokens, end, scale, words) if scale > 1 else None
        return (value * scale + more[0], more[1]) if more else (value * scale, end)
    whole = read_whole(tokens, k, words) if k < len(tokens) else None
    if whole is None or not whole.value < factor or (k == j and whole.scale == 1):
        return None
    return whole.value, whole.last


def _digits(tokens: Sequence[Token], i: int, words: NumberWords) -> Cardinal:
    value = value_of(tokens[i].text)
    j = i + 1
    if (power := read_power(tokens, j, value, words)) is not None:
        return Cardinal(i, power[1], power[0], power[0], rule="number.power")
    # "2 1/2", "3 and 3/5", "12-1/4", "1/2"
    hyphen = low_at(tokens, j) == "-" and number_at(tokens, j + 1, glued=True)
    k = j + 1 if hyphen or low_at(tokens, j) == "and" else j
    apart = number_at(tokens, k) and (hyphen or not tokens[k].glued)
    if apart and (part := _slashed(tokens, k)) is not None and (part < 1 or not hyphen):
        return Cardinal(i, k + 3, value + part, value + part, rule="number.mixed")
    if (part := _slashed(tokens, i)) is not None and value_of(tokens[i + 2].text) <= 100:
        return Cardinal(i, i + 3, part, part, fraction=True, rule="number.fraction")
    if j < len(tokens) and (part := vulgar(tokens[j])) is not None:
        value += part
        j += 1
    elif (half := and_part(tokens, j, words)) is not None and low_at(tokens, j + 1) == "a":
        value += half[0]
        j = half[1]
    if j < len(tokens) and tokens[j].glued and tokens[j].kind == "word" and tokens[j].text in words.suffixes:
        value *= words.suffixes[tokens[j].text]
        return Cardinal(i, j + 1, value, value, rule="number.suffix")
    factor, j = read_scales(tokens, j, words)
    value *= factor
    if factor >= 1000 and (half := and_part(tokens, j, words)) is not None and low_at(tokens, j + 1) in {"a", "one"}:
        value += half[0] * factor  # "3 million and a half"
        j = half[1]
    elif factor >= 100 and (rest := _rest(tokens, j, factor, words)) is not None:
        value += rest[0]
        j = rest[1]
    return Cardinal(i, j, value, value, rule="number.scale" if factor != 1 else "number.digits")


def _vague(tokens: Sequence[Token], i: int, words: NumberWords) -> Cardinal | None:
    if tokens[i].low not in words.vague_heads:
        return None
    for size in (5, 3, 2, 1):
        key = tuple(t.low for t in tokens[i : i + size])
        if len(key) == size and key in words.vague:
            low, high = words.vague[key]
            end = i + size
            # "several hundred", "a few thousand": the word multiplies the scale.
            factor, after = read_scales(tokens, end, words)
            if factor == 1:
                return Cardinal(i, end, low, high, vague=True, worded=True, rule="number.vague")
            high = high * factor if high else None
            return Cardinal(i, after, low * factor, high, vague=True, worded=True, rule="number.vague_scale")
    return None


def read_cardinal(tokens: Sequence[Token], i: int, words: NumberWords) -> Cardinal | None:
    """Read the longest plain number that starts at token i, or None."""
    token = tokens[i]
    if token.kind == "num":
        return _digits(tokens, i, words)
    if (part := vulgar(token)) is not None:
        return Cardinal(i, i + 1, part, part, fraction=True, rule="number.fraction")
    if token.kind != "word":
        return None
    return _vague(tokens, i, words) or read_article_led(tokens, i, words) or read_worded(tokens, i, words)
