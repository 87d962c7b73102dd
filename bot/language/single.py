"""One amount with its hedge as a quantity: "about three hours", "15 or more", "one in four", "nine in 10 people"."""

import re
from collections.abc import Sequence

from bot.language.cardinals import read_cardinal
from bot.language.composites import Amount
from bot.language.number import low_at
from bot.language.quantity import Hedge, Quantity, QuantityWords, interval, tidy
from bot.language.tokens import Token
from bot.language.types import TypeGrammar
from bot.model import Bound

# After one of these a temperature is a difference: nothing is added to convert it.
_DIFFERENCE = re.compile(r"\b(?:by|rise of|drop of|fall of|increase of|change of)\s+$", re.IGNORECASE)
_DIFFERS = re.compile(r"\s+(?:above|below|warmer|cooler|colder|hotter|higher|lower|more|less)\b", re.IGNORECASE)
_JOINERS = frozenset("-\u2010\u2011\u2013\u2014")
# "2 in 5": with a number above one, only of these, and only where persons or nothing follows.
_WHOLES = frozenset({3.0, 4.0, 5.0, 10.0, 20.0, 100.0, 1000.0, 10000.0, 100000.0, 1000000.0})

# After one of these a clause begins, and with it what its verb tells of: "said that three in four farms flood".
_OPENS = frozenset({"that", "and", "but", "while", "as", "because", "if", "whether"})


class SingleGrammar:
    """Make quantities of single amounts; pure."""

    def __init__(self, words: QuantityWords, types: TypeGrammar) -> None:
        self.words = words
        self.types = types

    def read(
        self,
        text: str,
        tokens: Sequence[Token],
        i: int,
        one: Amount,
        hedge: Hedge | None,
        printed_from: int | None,
        rules: Sequence[str],
    ) -> tuple[list[Quantity], int]:
        """Return the quantity of an amount under a hedge that starts at token i, and the token after it."""
        cardinal = one.cardinal
        core_start, core_end = tokens[one.first].start, tokens[cardinal.last - 1].end
        end, last = one.end, one.last
        number = cardinal.low
        type_, unit, factor = one.type, one.unit, one.factor
        rules = [*rules, cardinal.rule, *([one.rule] if one.rule != cardinal.rule else [])]
        bottom = self._bottom(text, tokens, i, one, hedged=hedge is not None)
        if bottom is not None:
            number, last, end = tidy(number / bottom[0]), bottom[1], tokens[bottom[1] - 1].end
            core_end, type_ = end, "ratio"
            rules.append("ratio.in")
        if hedge is None or hedge.bound in {"exact", "about"}:
            right, after = self._right(tokens, last)
            # "about 500 or more" is bounded from below.
            if right is not None and (hedge is None or right.bound != "about"):
                hedge, last = right, after
                end = tokens[last - 1].end
                rules.append(f"hedge.{hedge.bound}.right")
        offset = one.offset
        if offset and (_DIFFERENCE.search(text[max(0, core_start - 40) : core_start]) or _DIFFERS.match(text, end)):
            offset = 0.0
        value = tidy(number * factor)
        low: float | None
        high: float | None
        bound: Bound
        if cardinal.vague:
            low = cardinal.low * factor
            high = cardinal.high * factor if cardinal.high is not None else None
            bound = "vague"
        elif offset:
            low, high, bound = interval(number, hedge, unit)
            value, low, high = (None if x is None else tidy(x * factor + offset) for x in (number, low, high))  # type: ignore[assignment]
        else:
            low, high, bound = interval(value, hedge, unit)
        q = Quantity(
            tokens[i].start if printed_from is None else printed_from,
            end,
            core_start,
            core_end,
            value,
            low,
            high,
            bound,
            type_,
            unit,
            tuple(rules),
            word_one=number == 1 and low_at(tokens, one.first) in {"one", "a", "an"} and type_ == "count",
            nearly=bool(hedge and hedge.nearly),
            factor=factor,
            offset=offset,
        )
        return ([q], last) if bottom is not None else self.types.read(text, tokens, [q], last)

    def _right(self, tokens: Sequence[Token], last: int) -> tuple[Hedge | None, int]:
        """Return the hedge after an amount: "or more", "-plus"; "four days and more than 30 hours" has none."""
        found = self.words.right.read(tokens, last)
        if found is not None and low_at(tokens, found[1]) == "than":
            found = None
        if found is None and last + 1 < len(tokens) and tokens[last].text in _JOINERS:
            key = ("-" + tokens[last + 1].low,)
            if key in self.words.right.table:
                found = self.words.right.table[key], last + 2
        if found is None or (
            low_at(tokens, last) == "plus" and last + 1 < len(tokens) and tokens[last + 1].kind == "num"
        ):
            return None, last
        return found

    def _bottom(
        self, text: str, tokens: Sequence[Token], i: int, one: Amount, *, hedged: bool
    ) -> tuple[float, int] | None:
        """Return the whole of "one in four", "3 out of 5", "nine in 10 people", and the token after it."""
        last, top = one.last, one.cardinal
        if one.type != "count" or top.vague or low_at(tokens, last) not in {"in", "out", "over"}:
            return None
        out = low_at(tokens, last) == "out" and low_at(tokens, last + 1) == "of"
        k = last + 2 if out else last + 1
        k += low_at(tokens, k) in {"every", "each"}
        bottom = read_cardinal(tokens, k, self.words.numbers) if k < len(tokens) else None
        if bottom is None or bottom.vague or not 0 < abs(top.low) < bottom.low or bottom.rule == "number.zero":
            return None
        following = low_at(tokens, bottom.last)
        closed = bottom.last >= len(tokens) or tokens[bottom.last].kind == "sym"
        if low_at(tokens, last) == "over":
            # "one over three" with nothing counted behind it; "2 over 3 years" is in the course of them.
            return (bottom.low, bottom.last) if closed and not hedged and not bottom.fraction else None
        if out or (top.low == 1 and bottom.low <= 1000):
            return bottom.low, bottom.last
        if low_at(tokens, last) == "out" or bottom.low not in _WHOLES or top.low != int(top.low):
            return None
        of_persons = following in self.words.persons or following.removesuffix("s") in self.words.persons
        # "Three in four households burn wood", but "two in three weeks" and "killed two in five attacks".
        opens = hedged or i == 0 or tokens[i - 1].kind == "sym" or low_at(tokens, i - 1) in _OPENS
        shared = opens and top.worded == bottom.worded and following.endswith("s")
        of_persons = of_persons or (shared and following not in self.words.units)
        bounded = self.words.right.read(tokens, bottom.last) is not None
        if of_persons or bounded or ((closed or following == "of") and (hedged or i == 0)):
            return bottom.low, bottom.last
        return None
