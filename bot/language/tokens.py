"""Cut text into number, word and symbol tokens with offsets: what the number and date grammars read."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Literal, NamedTuple

Kind = Literal["num", "word", "sym"]

# A run of digits: grouped by commas, points, thin or plain spaces, apostrophes (three each), else plain with a decimal part.
_NUM = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]*\d)"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)"  # Indian grouping: 12,34,567
    r"|\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d|,\d)"  # 1.234.567,89
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)"
    r"|(?<!\w)\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3})+(?![\d])(?!\.\d{3})(?:\.\d+)?"
    r"|\d{1,3}(?:['\u2019]\d{3})+(?!\d)"
    r"|\d+(?:\.\d+)?"
    r"|(?<![\w.])\.\d+"
)
_TOKEN = re.compile(rf"(?P<num>{_NUM})|(?P<word>[^\W\d_]+(?:['\u2019][^\W\d_]+)*)|(?P<sym>[^\w\s]|_)")


_START = attrgetter("start")


class Token(NamedTuple):
    """One token: its text, lower-cased form and offsets. `glued` says that no white space stands before it."""

    text: str
    low: str
    start: int
    end: int
    kind: Kind
    glued: bool


def tokenize(text: str, base: int = 0) -> list[Token]:
    """Cut `text` into tokens; offsets count from `base`."""
    tokens: list[Token] = []
    last = 0
    for m in _TOKEN.finditer(text):
        kind: Kind = "num" if m.lastgroup == "num" else "word" if m.lastgroup == "word" else "sym"
        piece = m.group()
        tokens.append(
            Token(
                piece,
                piece.lower().replace("\u2019", "'"),
                base + m.start(),
                base + m.end(),
                kind,
                m.start() == last and last > 0,
            )
        )
        last = m.end()
    return tokens


def token_after(tokens: Sequence[Token], position: int) -> int:
    """Return the index of the first token at or after a character position."""
    return bisect_left(tokens, position, key=_START)


def value_of(text: str) -> float:
    """Return the value of a digit token, whatever separates its groups."""
    plain = re.sub(r"[\u00a0\u202f\u2009 '\u2019]", "", text)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+,\d{1,2}", plain):
        return float(plain.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}", plain):
        plain = plain.replace(".", "")
    return float(plain.replace(",", ""))
