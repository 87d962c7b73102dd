"""Read quantities out of a sentence: hedge, number, scale, currency or unit, range - each typed, with offsets.

What is a number but no quantity (an ordinal, an age, a flight number) is typed as that rather than dropped.
"""

from collections.abc import Container, Sequence
from dataclasses import replace

from bot.language.amounts import Amount, AmountGrammar
from bot.language.cardinals import read_cardinal
from bot.language.dates import DateSpan
from bot.language.identifiers import mask_identifiers
from bot.language.openers import Openers
from bot.language.quantity import Hedge, Quantity, QuantityWords, interval, restated, tidy
from bot.language.tokens import Token, token_after, tokenize
from bot.language.types import TypeGrammar
from bot.model import Bound

_JOINERS = frozenset("-\u2010\u2011\u2013\u2014")


class QuantityGrammar:
    """Compose amounts with hedges, ranges and ratios; `scan` is pure."""

    def __init__(self, words: QuantityWords) -> None:
        self.words = words
        self.amounts = AmountGrammar(words)
        self.types = TypeGrammar(words, self.amounts)
        self.openers = Openers(words)

    def scan(self, text: str, dates: Sequence[DateSpan] = (), base: int = 0) -> list[Quantity]:
        """Return the quantities of one sentence in order, none overlapping a date; offsets count from `base`."""
        tokens = tokenize(text)
        shut = self._shut(tokens, [(d.start - base, d.end - base, "date") for d in dates] + mask_identifiers(text))
        found: list[Quantity] = []
        starts = self.openers.starts(tokens)
        i = 0
        for start_at in sorted({*starts, *shut}) if shut else starts:
            if start_at < i:
                continue
            i = start_at
            if i in shut:
                end, rule, start = shut[i]
                if rule != "date" and tokens[i].kind == "num":
                    found.append(self._identifier(start, end, rule))
                i = token_after(tokens, end)
                continue
            read = self._read(text, tokens, i, shut)
            if read is None:
                i += 1
                continue
            quantities, last = read
            found += quantities
            i = max(last, i + 1)
        found = restated(text, found)
        if not base:
            return found
        return [
            replace(
                q, start=q.start + base, end=q.end + base, core_start=q.core_start + base, core_end=q.core_end + base
            )
            for q in found
        ]

    @staticmethod
    def _shut(tokens: Sequence[Token], spans: Sequence[tuple[int, int, str]]) -> dict[int, tuple[int, str, int]]:
        """Return the tokens inside dates and identifiers, each with the end, rule and start of its span."""
        shut: dict[int, tuple[int, str, int]] = {}
        for start, end, rule in spans:
            n = token_after(tokens, start)
            while n < len(tokens) and tokens[n].start < end:
                shut.setdefault(n, (end, rule, start))
                n += 1
        return shut

    @staticmethod
    def _identifier(start: int, end: int, rule: str) -> Quantity:
        return Quantity(start, end, start, end, 0.0, None, None, "exact", "identifier", None, (rule,))

    def _read(
        self, text: str, tokens: Sequence[Token], i: int, shut: Container[int]
    ) -> tuple[list[Quantity], int] | None:
        start = i
        hedge: Hedge | None = None
        printed_from = tokens[i].start
        rules: list[str] = []
        j = i
        while True:
            step = self.words.left.read(tokens, j)
            if step is None or len(rules) > 2:
                break
            if step[0].outside and hedge is None:
                printed_from = tokens[step[1]].start if step[1] < len(tokens) else printed_from
            elif hedge is None:
                hedge = step[0]
            j = step[1]
            rules.append(f"hedge.{step[0].bound}")
            if j >= len(tokens):
                return None
        if j in shut:
            return None
        zero = self._zero(tokens, j)
        if zero is not None and hedge is None:
            end = tokens[zero - 1].end
            return [
                Quantity(
                    tokens[j].start,
                    end,
                    tokens[j].start,
                    end,
                    0.0,
                    0.0,
                    0.0,
                    "exact",
                    "count",
                    None,
                    ("number.zero",),
                    zero=True,
                )
            ], zero
        # "between A and B", "from A to B"
        if tokens[j].low in {"between", "from"} and j + 1 < len(tokens):
            pair = self._pair(text, tokens, j + 1, {"and"} if tokens[j].low == "between" else {"to"}, shut)
            if pair is not None:
                return self._range(text, tokens, j, pair, rules, i, former=tokens[j].low == "from")
            if j == i:
                return None
        if (ordinal := self._ordinal(tokens, j)) is not None and not rules:
            return ordinal
        one = self.amounts.read(text, tokens, j, shut)
        if one is None:
            if j > i and (found := self._read(text, tokens, j, shut)) is not None and hedge is None:
                return found
            return None
        pair = self._joined(text, tokens, j, one, shut)
        if pair is not None:
            return self._range(text, tokens, j, pair, rules, i if hedge else j, former=False)
        return self._finish(
            text,
            tokens,
            i if hedge is not None else j,
            start,
            one,
            hedge,
            printed_from if hedge is not None else None,
            rules,
        )

    def _ordinal(self, tokens: Sequence[Token], j: int) -> tuple[list[Quantity], int] | None:
        """Read "third" and "twenty-second" as ordinals; "a third of" is a fraction and "second" may be a unit."""
        words, last, value = self.words.numbers, j, 0.0
        if (
            tokens[j].low in words.cardinals
            and words.cardinals[tokens[j].low] % 10 == 0
            and j + 2 < len(tokens)
            and tokens[j + 1].text in _JOINERS
        ):
            value, last = words.cardinals[tokens[j].low], j + 2
        if tokens[last].low not in words.ordinals or (
            j and tokens[j - 1].low in {"a", "an", "one"} | set(words.cardinals)
        ):
            return None
        q = Quantity(
            tokens[j].start,
            tokens[last].end,
            tokens[j].start,
            tokens[last].end,
            value + words.ordinals[tokens[last].low],
            value + words.ordinals[tokens[last].low],
            value + words.ordinals[tokens[last].low],
            "exact",
            "ordinal",
            None,
            ("ordinal.word",),
        )
        return [q], last + 1

    def _zero(self, tokens: Sequence[Token], j: int) -> int | None:
        low = tokens[j].low
        following = tokens[j + 1].low if j + 1 < len(tokens) else ""
        if low == "no" and following == "one":
            return j + 2
        if low in {"nobody", "none"}:
            return j + 1
        if (
            low == "no"
            and tokens[j].kind == "word"
            and j + 1 < len(tokens)
            and tokens[j + 1].kind == "word"
            and following not in {"longer", "more", "less", "fewer", "matter", "doubt", "other"}
            and tokens[j].text != "No."
        ):
            return j + 1
        return None

    def _pair(
        self, text: str, tokens: Sequence[Token], j: int, joiners: set[str], shut: Container[int]
    ) -> tuple[Amount, Amount] | None:
        inner = self.words.left.read(tokens, j)
        j = inner[1] if inner and inner[1] < len(tokens) else j
        first = self.amounts.read(text, tokens, j, shut)
        if first is None or first.last >= len(tokens) or tokens[first.last].low not in joiners:
            return None
        k = first.last + 1
        inner = self.words.left.read(tokens, k) if k < len(tokens) else None
        k = inner[1] if inner and inner[1] < len(tokens) else k
        second = self.amounts.read(text, tokens, k, shut) if k < len(tokens) else None
        return (first, second) if second is not None else None

    def _joined(
        self,
        text: str,
        tokens: Sequence[Token],
        j: int,
        first: Amount,
        shut: Container[int],
    ) -> tuple[Amount, Amount] | None:
        """Read "10-15", "10 to 15", "three or four", "$12 billion to $13 billion" after the first number."""
        k = first.last
        if k >= len(tokens):
            return None
        hyphen = tokens[k].text in _JOINERS
        if hyphen and k + 1 < len(tokens) and tokens[k + 1].low == "to":  # "8 - to 12-week-old"
            k += 1
        if not hyphen and tokens[k].low not in {"to", "or"}:
            return None
        if k + 1 >= len(tokens) or (
            hyphen and tokens[first.last].glued != tokens[k + 1].glued and tokens[k].low != "to"
        ):
            return None
        second = self.amounts.read(text, tokens, k + 1, shut)
        if second is None or second.cardinal.vague or first.cardinal.vague or second.cardinal.low is None:
            return None
        if second.type != first.type and first.type != "count":
            return None
        low, high = first.cardinal.low * first.factor, second.cardinal.low * second.factor
        if tokens[k].low == "to" and not hyphen and first.type == "count" and second.type == "duration":
            return first, second
        if tokens[k].low == "or" and not (low < high and (high <= low * 2.5 or high - low <= 3)):
            return None
        return first, second

    def _range(
        self,
        text: str,
        tokens: Sequence[Token],
        j: int,
        pair: tuple[Amount, Amount],
        rules: list[str],
        i: int,
        *,
        former: bool,
    ) -> tuple[list[Quantity], int]:
        first, second = pair
        a, b = first.cardinal.low, second.cardinal.low
        high_scale = b
        # "$12 to $13 billion": the scale of the second holds for the first
        if (
            second.cardinal.rule in {"number.scale", "number.suffix"}
            and first.cardinal.rule == "number.digits"
            and a < 1000
            and high_scale >= 1000
        ):
            scale = next((s for s in (1e12, 1e9, 1e6, 1e5, 1e3) if b >= s and (b / s) < 1000), 1.0)
            if a <= b / scale * 1.5:
                a *= scale
        type_, unit, factor = (
            (second.type, second.unit, second.factor)
            if second.type != "count" or first.type == "count"
            else (first.type, first.unit, first.factor)
        )
        before = {t.low for t in tokens[max(0, j - 6) : j]}
        start = tokens[i].start
        glued = tokens[first.last].text in _JOINERS if first.last < len(tokens) else False
        cued = bool(before & self.words.score_cues)
        digits = first.cardinal.rule == second.cardinal.rule == "number.digits"
        if type_ == "count" and ((glued and digits and (a >= b or cued)) or (cued and tokens[first.last].low == "to")):
            at = tokens[first.first].start
            return [Quantity(at, second.end, at, second.end, a, a, b, "exact", "score", None, ("score",))], second.last
        if former and (
            a >= b
            or before & self.words.change_verbs
            or any(t.low in self.words.change_verbs for t in tokens[max(0, j - 12) : j])
        ):
            one, _ = self._finish(text, tokens, first.first, first.first, first, None, None, [*rules, "from_to.former"])
            two, last = self._finish(
                text, tokens, second.first, second.first, second, None, None, [*rules, "from_to.now"]
            )
            return [replace(q, former=True) for q in one] + two, last
        if a > b:
            one, after = self._finish(text, tokens, first.first, first.first, first, None, None, rules)
            return one, after
        q = Quantity(
            start,
            second.end,
            tokens[first.first].start,
            second.end,
            b * factor,
            tidy(a * factor),
            tidy(b * factor),
            "range",
            type_,
            unit,
            (*rules, "range"),
            factor=factor,
        )
        return self.types.read(text, tokens, [q], second.last)

    def _finish(
        self,
        text: str,
        tokens: Sequence[Token],
        i: int,
        start: int,
        one: Amount,
        hedge: Hedge | None,
        printed_from: int | None,
        rules: list[str],
    ) -> tuple[list[Quantity], int]:
        cardinal = one.cardinal
        core_start, core_end = tokens[one.first].start, tokens[cardinal.last - 1].end
        end, last = one.end, one.last
        value = tidy(cardinal.low * one.factor)
        rules = [*rules, cardinal.rule, *([one.rule] if one.rule != cardinal.rule else [])]
        # "one in four", "3 out of 5"
        if one.type == "count" and not cardinal.vague and last < len(tokens) and tokens[last].low in {"in", "out"}:
            k = last + (
                2 if tokens[last].low == "out" and last + 1 < len(tokens) and tokens[last + 1].low == "of" else 1
            )
            bottom = read_cardinal(tokens, k, self.words.numbers) if k < len(tokens) else None
            out = tokens[last].low == "out" and k == last + 2
            if (
                bottom is not None
                and not bottom.vague
                and cardinal.low < bottom.low
                and (out or (cardinal.low == 1 and bottom.low <= 1000 and bottom.rule != "number.zero"))
            ):
                ratio = tidy(cardinal.low / bottom.low)
                least, most, ratio_bound = interval(ratio, hedge, None)
                q = Quantity(
                    tokens[i].start if hedge else core_start,
                    tokens[bottom.last - 1].end,
                    core_start,
                    tokens[bottom.last - 1].end,
                    ratio,
                    least,
                    most,
                    ratio_bound,
                    "ratio",
                    None,
                    (*rules, "ratio.in"),
                )
                return [q], bottom.last
        right = None
        if hedge is None or hedge.bound == "exact":
            right = self.words.right.read(tokens, last)
            if right is not None and right[1] < len(tokens) and tokens[right[1]].low == "than":
                right = None  # "four days and more than 30 hours"
            if right is None and last < len(tokens) and tokens[last].text in _JOINERS and last + 1 < len(tokens):
                key = ("-" + tokens[last + 1].low,)
                if key in self.words.right.table:
                    right = (self.words.right.table[key], last + 2)
        if right is not None and not (
            tokens[last].low == "plus" and last + 1 < len(tokens) and tokens[last + 1].kind == "num"
        ):
            hedge = right[0]
            last = right[1]
            end = tokens[last - 1].end
            rules.append(f"hedge.{hedge.bound}.right")
        if cardinal.vague:
            low: float | None = cardinal.low * one.factor
            high = cardinal.high * one.factor if cardinal.high is not None else None
            bound: Bound = "vague"
        else:
            low, high, bound = interval(value, hedge, one.unit)
        printed = tokens[i].start if printed_from is None else printed_from
        word_one = cardinal.low == 1 and tokens[one.first].low in {"one", "a", "an"} and one.type == "count"
        q = Quantity(
            printed,
            end,
            core_start,
            core_end,
            value,
            low,
            high,
            bound,
            one.type,
            one.unit,
            tuple(rules),
            word_one=word_one,
            nearly=bool(hedge and hedge.nearly),
            factor=one.factor,
        )
        return self.types.read(text, tokens, [q], last)
