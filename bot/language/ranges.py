"""Two amounts that make one quantity: "between 10 and 15", "10-15", "$12 to $13 billion", "more than 30 but less than 50"."""

from collections.abc import Container, Sequence
from dataclasses import replace

from bot.language.amounts import AmountGrammar
from bot.language.composites import Amount
from bot.language.number import low_at
from bot.language.quantity import Hedge, Quantity, QuantityWords, tidy
from bot.language.single import SingleGrammar
from bot.language.tokens import Token
from bot.language.types import TypeGrammar

JOINERS = frozenset("-\u2010\u2011\u2013\u2014")
_TILDE = frozenset("~\uff5e")
_BETWEEN = frozenset({"and", "to", "-", "\u2013"})
_FROM = frozenset({"to", "through"})
_VARIED = frozenset({"range", "ranges", "ranged", "ranging", "vary", "varies", "varied", "varying"})
_LOWER = frozenset({"at_least", "more_than"})
_UPPER = frozenset({"at_most", "less_than"})

Read = tuple[list[Quantity], int]


def _alike(first: Amount, second: Amount) -> bool:
    """Tell whether two amounts can be the ends of one range: of one unit, or the first without any."""
    return first.type == "count" or second.type == "count" or (first.type, first.unit) == (second.type, second.unit)


class RangeGrammar:
    """Read ranges, changes from one number to another, and scores; pure."""

    def __init__(self, words: QuantityWords, amounts: AmountGrammar, single: SingleGrammar, types: TypeGrammar) -> None:
        self.words = words
        self.amounts = amounts
        self.single = single
        self.types = types

    def led(
        self, text: str, tokens: Sequence[Token], j: int, i: int, rules: Sequence[str], shut: Container[int]
    ) -> Read | None:
        """Read "between A and B" and "from A to B" at token j, whose hedges start at token i."""
        former = tokens[j].low == "from"
        pair = self._pair(text, tokens, j + 1, _FROM if former else _BETWEEN, shut)
        return None if pair is None else self._range(text, tokens, j, pair, rules, i, former=former)

    def joined(
        self,
        text: str,
        tokens: Sequence[Token],
        j: int,
        first: Amount,
        start: int,
        rules: Sequence[str],
        shut: Container[int],
    ) -> Read | None:
        """Read "10-15", "10 to 15", "three or four", "$12 billion to $13 billion" after the first number."""
        if self._risen(tokens, first):
            return None
        pair = self._joined(text, tokens, first, shut)
        return None if pair is None else self._range(text, tokens, j, pair, rules, start, former=False)

    def _pair(
        self, text: str, tokens: Sequence[Token], j: int, joiners: frozenset[str], shut: Container[int]
    ) -> tuple[Amount, Amount] | None:
        inner = self.words.left.read(tokens, j)
        j = inner[1] if inner and inner[1] < len(tokens) else j
        first = self.amounts.read(text, tokens, j, shut)
        if first is None or first.last >= len(tokens) or tokens[first.last].low not in joiners:
            return None
        k = first.last + 1
        inner = self.words.left.read(tokens, k)
        k = inner[1] if inner and inner[1] < len(tokens) else k
        second = self.amounts.read(text, tokens, k, shut) if k < len(tokens) else None
        return (first, second) if second is not None and _alike(first, second) else None

    def _joined(
        self, text: str, tokens: Sequence[Token], first: Amount, shut: Container[int]
    ) -> tuple[Amount, Amount] | None:
        k = first.last
        if k >= len(tokens):
            return None
        hyphen = tokens[k].text in JOINERS or tokens[k].text in _TILDE
        if hyphen and low_at(tokens, k + 1) == "to":  # "8 - to 12-week-old"
            k += 1
        word = tokens[k].low
        if not hyphen and word not in {"to", "or", "through"}:
            return None
        if k + 1 >= len(tokens) or (hyphen and tokens[first.last].glued != tokens[k + 1].glued and word != "to"):
            return None
        second = self.amounts.read(text, tokens, k + 1, shut)
        if second is None or second.cardinal.vague or first.cardinal.vague:
            return None
        if not _alike(first, second):
            return None
        low, high = first.cardinal.low * first.factor, second.cardinal.low * second.factor
        if word == "to" and not hyphen and first.type == "count" and second.type == "duration":
            return first, second
        if word == "or" and not (low < high and (high <= low * 2.5 or high - low <= 3)):
            return None
        if word == "through" and not (first.type == second.type and low < high):
            return None
        return first, second

    def _risen(self, tokens: Sequence[Token], first: Amount) -> bool:
        """Tell a change and the level it led to from a range: "fell $2 to $45", "rose by 12 to 30"."""
        k = first.last
        if low_at(tokens, k) != "to" or not any(
            t.low in self.words.change_verbs for t in tokens[max(0, first.first - 4) : first.first]
        ):
            return False
        return first.type != "count" or low_at(tokens, first.first - 1) == "by"

    @staticmethod
    def _scaled(first: Amount, second: Amount) -> float:
        """Return the first number under the scale of the second where it has none: "$12 to $13 billion"."""
        a, b = first.cardinal.low, second.cardinal.low
        shares = second.cardinal.rule in {"number.scale", "number.suffix"} and first.cardinal.rule == "number.digits"
        if shares and a < 1000 <= b:
            scale = next((s for s in (1e12, 1e9, 1e6, 1e5, 1e3) if b >= s and (b / s) < 1000), 1.0)
            if a <= b / scale * 1.5:
                return a * scale
        return a

    def _range(
        self,
        text: str,
        tokens: Sequence[Token],
        j: int,
        pair: tuple[Amount, Amount],
        rules: Sequence[str],
        i: int,
        *,
        former: bool,
    ) -> Read:
        first, second = pair
        a, b = self._scaled(first, second), second.cardinal.low
        type_, unit, factor, offset = (
            (second.type, second.unit, second.factor, second.offset)
            if second.type != "count" or first.type == "count"
            else (first.type, first.unit, first.factor, first.offset)
        )
        before = {t.low for t in tokens[max(0, j - 6) : j]}
        glued = tokens[first.last].text in JOINERS if first.last < len(tokens) else False
        cued = bool(before & self.words.score_cues)
        digits = first.cardinal.rule == second.cardinal.rule == "number.digits"
        signed = a < 0 or b < 0
        if (
            type_ == "count"
            and not signed
            and ((glued and digits and (a >= b or cued)) or (cued and low_at(tokens, first.last) == "to"))
        ):
            at = tokens[first.first].start
            return [Quantity(at, second.end, at, second.end, a, a, b, "exact", "score", None, ("score",))], second.last
        varied = bool(before & _VARIED)
        if former and not varied and (a >= b or self._changes(tokens, j)):
            one, _ = self.single.read(text, tokens, first.first, first, None, None, [*rules, "from_to.former"])
            two, last = self.single.read(text, tokens, second.first, second, None, None, [*rules, "from_to.now"])
            return [replace(q, former=True) for q in one] + two, last
        if a > b and (varied or (signed and type_ != "count")):
            a, b = b, a  # "from -18 to -34 degrees"
        if a > b:
            return self.single.read(text, tokens, first.first, first, None, None, rules)
        other = first.factor if first.type == type_ and first.type != "count" else factor
        low = tidy(a * (other if first.cardinal.low == a else factor) + offset)
        q = Quantity(
            tokens[i].start,
            second.end,
            tokens[first.first].start,
            second.end,
            tidy(b * factor + offset),
            low,
            tidy(b * factor + offset),
            "range",
            type_,
            unit,
            (*rules, "range"),
            factor=factor,
            offset=offset,
        )
        return self.types.read(text, tokens, [q], second.last)

    def _changes(self, tokens: Sequence[Token], j: int) -> bool:
        return any(t.low in self.words.change_verbs for t in tokens[max(0, j - 12) : j])

    def bounded(
        self, text: str, tokens: Sequence[Token], hedge: Hedge | None, found: Read, shut: Container[int]
    ) -> Read:
        """Join a bound to the opposite one right after it: "more than 30 but less than 50", "at most 9 and at least 5"."""
        quantities, last = found
        q = quantities[0]
        if hedge is None or len(quantities) != 1 or q.bound not in _LOWER | _UPPER:
            return found
        k = last + (low_at(tokens, last) == ",")
        k += low_at(tokens, k) in {"and", "but"}
        step = self.words.left.read(tokens, k) if k > last else None
        if step is None or step[1] >= len(tokens) or step[0].bound not in (_UPPER if q.bound in _LOWER else _LOWER):
            return found
        other = self.amounts.read(text, tokens, step[1], shut) if step[1] not in shut else None
        if other is None or other.cardinal.vague or other.cardinal.fraction != (q.type == "ratio"):
            return found
        if other.type != q.type and q.type != "count":
            return found
        factor, offset = (other.factor, other.offset) if q.type == "count" else (q.factor, q.offset)
        mine = tidy(q.printed_value * factor + offset)
        theirs = tidy(other.cardinal.low * other.factor + other.offset)
        low, high = (mine, theirs) if q.bound in _LOWER else (theirs, mine)
        if low >= high or (other.unit != q.unit and q.type != "count"):
            return found
        joined = replace(
            q,
            end=other.end,
            core_end=other.end,
            value=high,
            low=low,
            high=high,
            bound="range",
            type=other.type,
            unit=other.unit,
            factor=factor,
            offset=offset,
            rules=(*q.rules, "range.bounds"),
        )
        return [joined], other.last
