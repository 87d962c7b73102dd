"""What a plain number is made of: its words, its tokens and value, and the steps its grammars share."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.language.tokens import Token

HYPHENS = frozenset("-\u2010\u2011\u2013")
ARTICLES = frozenset({"a", "an", "one"})
# "half" before one of these: "half a dozen", "half-million".
LARGE = frozenset({"million", "billion", "trillion"})
# Groups that take "of" and an article, never a number before them.
SMALL_GROUPS = frozenset({"score", "couple", "pair", "trio"})
# No count in news is larger; a longer run of scale words is no number.
_LARGEST = 1e24


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
    negatives: frozenset[str]


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


def low_at(tokens: Sequence[Token], i: int) -> str:
    """Return the lower-cased token i, or nothing past either end."""
    return tokens[i].low if 0 <= i < len(tokens) else ""


def number_at(tokens: Sequence[Token], i: int, *, glued: bool = False) -> bool:
    """Tell whether token i is of digits, and set right against the one before where that is asked."""
    return 0 <= i < len(tokens) and tokens[i].kind == "num" and (tokens[i].glued or not glued)


def after_quote(tokens: Sequence[Token], i: int) -> int:
    """Return i + 1 where token i is a quotation mark that closes on a number: "we asked for $5.6” billion"."""
    return i + 1 if i < len(tokens) and tokens[i].text in {"”", '"'} and tokens[i].glued else i


def after_hyphen(tokens: Sequence[Token], i: int) -> int:
    """Return i + 1 where token i is a hyphen set between words, else i."""
    return i + 1 if i < len(tokens) and tokens[i].text in HYPHENS and tokens[i].glued else i


def vulgar(token: Token) -> float | None:
    """Return the value of a fraction that is one letter ("½"), as Unicode gives it."""
    if len(token.text) == 1 and token.text > "\x7f" and "FRACTION" in unicodedata.name(token.text, ""):
        return unicodedata.numeric(token.text, None)
    return None


def read_scales(tokens: Sequence[Token], i: int, words: NumberWords) -> tuple[float, int]:
    """Read scale words from i on ("hundred thousand", "-million"); return their product and the end."""
    factor = 1.0
    while factor < _LARGEST:
        j = after_hyphen(tokens, i)
        if low_at(tokens, j) not in words.scales:
            j = after_quote(tokens, i)
        word = low_at(tokens, j)
        if word in words.scales:
            factor *= words.scales[word]
            i = j + 1
        elif word in words.groups and word not in SMALL_GROUPS and factor == 1.0:
            return factor * words.groups[word], j + 1
        else:
            break
    return factor, i
