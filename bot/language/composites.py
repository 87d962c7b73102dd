"""Amounts of two units that make one: "5 feet 2 inches", "6-foot-4", "2 hours and 30 minutes", "5 dollars and 20 cents"."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.language.number import Cardinal, low_at, number_at
from bot.language.tokens import Token, token_after
from bot.model import FigureType

# Cents are of any of these, pence of the pound only.
_CENTS = frozenset({"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "EUR", "ZAR"})
_PARTED = frozenset({"length", "mass", "time"})
_FOOT, _INCH = 0.3048, 0.0254
# What may stand after a second number that names no unit: nothing that it could count.
_CLOSED = re.compile(
    r"\s*(?:$|[.,;:!?)\"\u201d](?!\d))|\s+(?:more|each|apiece|an hour|or (?:more|less)|tall|high|long|wide|deep)\b"
)
_LATER = re.compile(r"\s+(?:ago|after|before|later|earlier)\b")
_INCHES = re.compile(r"\s?['\u2019\u2032]\s?(\d{1,2})(?:\s?[\"\u201d\u2033]|''|\u2019\u2019)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its own currency or unit: tokens [first, last), character end."""

    first: int
    last: int
    cardinal: Cardinal
    end: int
    type: FigureType
    unit: str | None
    factor: float
    rule: str
    sign: bool = False
    offset: float = 0.0


class Reads(Protocol):
    """What reads the second amount."""

    def read(
        self, text: str, tokens: Sequence[Token], j: int, shut: Container[int], *, joined: bool = True
    ) -> Amount | None:
        """Return the amount that starts at token j."""

    def part(self, tokens: Sequence[Token], j: int) -> tuple[float, int] | None:
        """Return the fraction of "and a half" at token j, and the end."""


def joined_units(reader: Reads, text: str, tokens: Sequence[Token], one: Amount, shut: Container[int]) -> Amount:
    """Return an amount with the smaller units of the same kind that follow it added, or as it is."""
    c = one.cardinal
    if c.vague or c.fraction or c.low != int(c.low):
        return one
    if one.rule.removeprefix("unit.") in _PARTED and (part := reader.part(tokens, one.last)) is not None:
        # "two miles and a half"
        value, end = c.low + part[0], tokens[part[1] - 1].end
        return replace(one, cardinal=replace(c, low=value, high=value), last=part[1], end=end)
    if one.type == "count" and one.rule == "number.digits" and 2 < c.low < 9:
        m = _INCHES.match(text, one.end)
        if m is not None and int(m.group(1)) < 12:
            foot = replace(one, type="measure", unit="metre", factor=_FOOT, rule="unit.length")
            return _sum(foot, float(m.group(1)), _INCH, token_after(tokens, m.end()), m.end())
    money = one.type == "money" and one.rule in {"money.sign", "money.name", "money.code"}
    if not money and one.rule.removeprefix("unit.") not in _PARTED:
        return one
    whole, smallest = one, one.factor
    while True:
        k = whole.last
        if smallest == _FOOT and low_at(tokens, k) == "-" and number_at(tokens, k + 1, glued=True):
            return _bare(whole, text, tokens, k + 1, 12, _INCH)  # "6-foot-4"
        k += low_at(tokens, k) == "," and not money
        k += low_at(tokens, k) == "and"
        if k >= len(tokens) or k in shut or (tokens[k].glued and tokens[k].kind == "num"):
            return whole
        two = reader.read(text, tokens, k, shut, joined=False)
        if two is None or two.cardinal.vague or two.cardinal.fraction or two.cardinal.low < 0 or two.sign:
            return whole
        if two.type == "count":
            return _unnamed(whole, smallest, text, tokens, two, money)
        same = two.unit == one.unit or (two.unit == "USD" and one.unit in _CENTS)
        if not same or two.type != one.type or not two.factor < smallest:
            return whole
        if two.cardinal.low * two.factor >= smallest or _LATER.match(text, two.end):
            return whole
        whole, smallest = _sum(whole, two.cardinal.low, two.factor, two.last, two.end), two.factor


def _unnamed(one: Amount, smallest: float, text: str, tokens: Sequence[Token], two: Amount, money: bool) -> Amount:
    """Read a second number that names no unit: "15 dollars 50", "5 ft 2", "5 ft 2 in"."""
    k = two.first
    if money:
        whole = 10 <= two.cardinal.low < 100 and two.cardinal.rule in {"number.digits", "number.words"}
        small = one.cardinal.low < 1000 and one.cardinal.rule in {"number.digits", "number.words"}
        if whole and small and one.unit in _CENTS | {"GBP"} and one.rule != "money.sign":
            return _sum(one, two.cardinal.low, 0.01, two.last, two.end) if _CLOSED.match(text, two.end) else one
    elif smallest == _FOOT and number_at(tokens, k) and low_at(tokens, k - 1) != "and":
        return _bare(one, text, tokens, k, 12, _INCH)
    return one


def _bare(one: Amount, text: str, tokens: Sequence[Token], k: int, below: float, factor: float) -> Amount:
    """Add a bare number of the next smaller unit, whose own name may follow it as "in"."""
    if not tokens[k].text.isdecimal() or len(tokens[k].text) > 2 or int(tokens[k].text) >= below:
        return one
    last, end = k + 1, tokens[k].end
    if low_at(tokens, last) in {"inch", "inches"} or (
        low_at(tokens, last) == "in" and _CLOSED.match(text, tokens[last].end)
    ):
        return _sum(one, float(tokens[k].text), factor, last + 1, tokens[last].end)
    if tokens[k - 1].text == "-" or _CLOSED.match(text, end):
        return _sum(one, float(tokens[k].text), factor, last, end)
    return one


def _sum(one: Amount, low: float, factor: float, last: int, end: int) -> Amount:
    value = one.cardinal.low + low * factor / one.factor
    cardinal = replace(one.cardinal, low=value, high=value)
    return replace(one, cardinal=cardinal, last=last, end=end, rule=f"{one.rule.removesuffix('.joined')}.joined")
