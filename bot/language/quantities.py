"""Read quantities out of a sentence: hedge, number, scale, currency or unit, range - each typed, with offsets.

What is a number but no quantity (an ordinal, an age, a flight number) is typed as that rather than dropped.
"""

from collections.abc import Container, Sequence
from dataclasses import replace

from bot.language.amounts import AmountGrammar
from bot.language.dates import DateSpan
from bot.language.identifiers import mask_identifiers
from bot.language.openers import Openers
from bot.language.quantity import Hedge, Quantity, QuantityWords, restated
from bot.language.ranges import JOINERS, RangeGrammar
from bot.language.single import SingleGrammar
from bot.language.tokens import Token, token_after, tokenize
from bot.language.types import TypeGrammar

# No number of news has more digits than this; a longer run is a code.
_LONGEST = 18


class QuantityGrammar:
    """Compose amounts with hedges, ranges and ratios; `scan` is pure."""

    def __init__(self, words: QuantityWords) -> None:
        self.words = words
        self.amounts = AmountGrammar(words)
        self.types = TypeGrammar(words, self.amounts)
        self.single = SingleGrammar(words, self.types)
        self.ranges = RangeGrammar(words, self.amounts, self.single, self.types)
        self.openers = Openers(words)

    def scan(self, text: str, dates: Sequence[DateSpan] = (), base: int = 0) -> list[Quantity]:
        """Return the quantities of one sentence in order, none overlapping a date; offsets count from `base`."""
        tokens = tokenize(text)
        spans = [(d.start - base, d.end - base, "date") for d in dates] + mask_identifiers(text)
        spans += [
            (t.start, t.end, "identifier.long")
            for t in tokens
            if t.end - t.start > _LONGEST and t.kind == "num" and t.text.isdecimal()
        ]
        shut = self._shut(tokens, spans)
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
        """Return the quantities that start at token i, hedge and all, and the token after them."""
        hedge: Hedge | None = None
        printed_from: int | None = None
        rules: list[str] = []
        j = i
        while len(rules) < 3 and (step := self.words.left.read(tokens, j)) is not None:
            if hedge is None and step[1] < len(tokens):
                if step[0].outside:
                    printed_from = tokens[step[1]].start
                else:
                    printed_from = None if j == i else tokens[j].start
                if step[0].bound != "exact":
                    hedge = step[0]
            j = step[1]
            rules.append(f"hedge.{step[0].bound}")
            if j >= len(tokens):
                return None
        if j in shut:
            return None
        if hedge is None and (zero := self._zero(tokens, j)) is not None:
            start, end = tokens[j].start, tokens[zero - 1].end
            rule = ("number.zero",)
            return [Quantity(start, end, start, end, 0.0, 0.0, 0.0, "exact", "count", None, rule, zero=True)], zero
        if tokens[j].low in {"between", "from"} and j + 1 < len(tokens):
            led = self.ranges.led(text, tokens, j, i, rules, shut)
            if led is not None or j == i:
                return led
        if not rules and (ordinal := self._ordinal(tokens, j)) is not None:
            return ordinal
        one = self.amounts.read(text, tokens, j, shut)
        if one is None:
            return self._read(text, tokens, j, shut) if j > i and hedge is None else None
        start = i if hedge is not None else j
        joined = self.ranges.joined(text, tokens, j, one, start, rules, shut)
        if joined is not None:
            return joined
        found = self.single.read(text, tokens, start, one, hedge, printed_from if hedge is not None else None, rules)
        return self.ranges.bounded(text, tokens, hedge, found, shut)

    def _ordinal(self, tokens: Sequence[Token], j: int) -> tuple[list[Quantity], int] | None:
        """Read "third" and "twenty-second" as ordinals; "a third of" is a fraction and "second" may be a unit."""
        words, last, value = self.words.numbers, j, 0.0
        if (
            tokens[j].low in words.cardinals
            and words.cardinals[tokens[j].low] % 10 == 0
            and j + 2 < len(tokens)
            and tokens[j + 1].text in JOINERS
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
