"""What a quantity is made of: hedges, units, the word lists, and the interval a hedged number stands for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.language.number import NumberWords
from bot.language.tokens import Token
from bot.model import Bound, FigureType


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge: its bound, whether "nearly" narrows it from above, and whether it stays outside the printed span."""

    bound: Bound
    nearly: bool = False
    outside: bool = False


class Hedges:
    """The hedges of one side by their tokens."""

    def __init__(self, table: Mapping[tuple[str, ...], Hedge]) -> None:
        self.table = table
        self.longest = max(len(key) for key in table)
        self.firsts = frozenset(key[0] for key in table)

    def read(self, tokens: Sequence[Token], i: int) -> tuple[Hedge, int] | None:
        """Return the longest hedge that starts at token i, and the token after it."""
        if i >= len(tokens) or tokens[i].low not in self.firsts:
            return None
        for size in range(min(self.longest, len(tokens) - i), 0, -1):
            key = tuple(t.low for t in tokens[i : i + size])
            if key in self.table:
                return self.table[key], i + size
        return None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: the base it converts to, the factor, its dimension and the type of figure it makes."""

    base: str
    factor: float
    dimension: str
    type: FigureType
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """The word lists of hedges, units and currencies, and the numbers below them."""

    numbers: NumberWords
    left: Hedges
    right: Hedges
    units: Mapping[str, Unit]
    signs: Mapping[str, str]
    codes: frozenset[str]
    currencies: Mapping[str, str]
    minor: Mapping[str, tuple[str, float]]
    identifiers: frozenset[str]
    score_cues: frozenset[str]
    quake_nouns: frozenset[str]
    change_verbs: frozenset[str]
    emergency: frozenset[str]
    called: frozenset[str]
    pictures: frozenset[str]
    paid: frozenset[str]
    weather: frozenset[str]
    persons: frozenset[str]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as written. `value` is the printed number in the base unit; [core_start, core_end) is the bare number."""

    start: int
    end: int
    core_start: int
    core_end: int
    value: float
    low: float | None
    high: float | None
    bound: Bound
    type: FigureType
    unit: str | None
    rules: tuple[str, ...]
    word_one: bool = False
    zero: bool = False
    former: bool = False
    nearly: bool = False
    factor: float = 1.0
    offset: float = 0.0

    @property
    def printed_value(self) -> float:
        """Return the number in the unit it was printed in."""
        return (self.value - self.offset) / self.factor


def interval(value: float, hedge: Hedge | None, unit: str | None) -> tuple[float | None, float | None, Bound]:
    """Return [low, high] and the bound of a printed number under its hedge (design/domain.md, "Bounds as intervals")."""
    if hedge is None or hedge.bound == "exact":
        return value, value, "exact"
    if hedge.bound in {"at_least", "more_than"}:
        return value, None, hedge.bound
    if hedge.bound in {"at_most", "less_than"}:
        # Nothing is counted below zero; a temperature or a change may be.
        return 0.0 if value >= 0 else None, value, hedge.bound
    if value < 0:
        return tidy(value * 1.1), tidy(value * 0.9), "about"
    if hedge.nearly:
        return tidy(value * 0.9), value, "about"
    if unit == "magnitude":
        return tidy(value - 0.1), tidy(value + 0.1), "about"
    return tidy(value * 0.9), tidy(value * 1.1), "about"


def tidy(value: float) -> float:
    """Return a number without the noise of its conversion; a whole one keeps all its digits."""
    return value if value.is_integer() and abs(value) < 2**53 else float(f"{value:.12g}")


def restated(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give "(6.6 feet)" and "(£31 million)" the bound of the "about two metres", "about $40 million" that they convert."""
    for n in range(1, len(found)):
        q, of = found[n], found[n - 1]
        if q.bound != "exact" or q.value is None or not of.value or text[of.end : q.start].strip() != "(":
            continue
        length = q.type == of.type == "measure" and q.unit == of.unit and abs(q.value / of.value - 1) < 0.06
        money = q.type == of.type == "money" and q.unit != of.unit and text[q.end : q.end + 1] == ")"
        if length or money:
            low, high = (None if x is None else tidy(x / of.value * q.value) for x in (of.low, of.high))
            found[n] = replace(q, low=low, high=high, bound=of.bound, rules=(*q.rules, "restated"))
    return found
