"""Read quantities out of a sentence: hedge, number, scale, currency or unit, range - each typed, with offsets.

What is a number but no quantity (an ordinal, an age, a flight number) is typed as that rather than dropped.
Intervals follow design/domain.md: about is ± 10 %, "nearly n" is [0.9 n, n], "at least n" is [n, open].
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.language.cardinals import Cardinal, NumberWords, read_cardinal
from bot.language.dates import DateSpan
from bot.language.tokens import Token, tokenize
from bot.model import Bound, FigureType


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge: its bound, whether "nearly" narrows it from above, and whether it stays outside the printed span."""

    bound: Bound
    nearly: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: the base it converts to, the factor, its dimension and the type of figure it makes."""

    base: str
    factor: float
    dimension: str
    type: FigureType


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """The word lists of hedges, units and currencies, and the numbers below them."""

    numbers: NumberWords
    left: Mapping[tuple[str, ...], Hedge]
    right: Mapping[tuple[str, ...], Hedge]
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


_JOINERS = frozenset("-\u2010\u2011\u2013\u2014")
_PHONE = re.compile(
    r"(?<![\d$€£])(?:\+?\d{1,3}[\s.-])?\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?!\d)|(?<![\d$€£])\d{3}-\d{4}(?!\d)"
)
_URL = re.compile(
    r"https?://\S+|www\.\S+|\b[\w.-]+@[\w.-]+\b|\b[\w-]+\.(?:com|org|net|gov|edu|co\.uk|ca)\b\S*|[@#]\w+", re.IGNORECASE
)
_CODE = re.compile(
    r"(?<![\w$€£])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Z][A-Za-z]*-?\d[\w-]*|(?<!\w)#\d+|\b9/11\b|\b24/7\b|\b50[/-]50\b|\b\d+\.\d+\.\d+(?:\.\d+)*\b|\b\d+[A-Z]\d[\w]*\b"
)
_STREET = re.compile(
    r"\b\d+(?:-\d+)?\s+(?:block\s+of\s+)?(?:[NSEW]\.?\s+|North\s+|South\s+|East\s+|West\s+)?(?:[A-Z][\w.'-]*\s+|\d+(?:st|nd|rd|th)\s+){1,3}(?:Street|St\b|Avenue|Ave\b|Road|Rd\b|Boulevard|Blvd|Drive|Dr\b|Lane|Ln\b|Way|Place|Court|Ct\b|Highway|Hwy|Parkway|Square|Terrace)\.?"
)
_ORDINAL = re.compile(r"\d[\d,]*(?:st|nd|rd|th)\b", re.IGNORECASE)
_PLURAL_HEAD = re.compile(r"\s+(?:people|men|women|children|[a-z]+s)\b")


def interval(value: float, hedge: Hedge | None, unit: str | None) -> tuple[float | None, float | None, Bound]:
    """Return [low, high] and the bound of a printed number under its hedge (design/domain.md, "Bounds as intervals")."""
    if hedge is None or hedge.bound == "exact":
        return value, value, "exact"
    if hedge.bound in {"at_least", "more_than"}:
        return value, None, hedge.bound
    if hedge.bound in {"at_most", "less_than"}:
        return min(0.0, value), value, hedge.bound
    if hedge.nearly:
        return _tidy(value * 0.9), value, "about"
    if unit == "magnitude":
        return _tidy(value - 0.1), _tidy(value + 0.1), "about"
    return _tidy(value * 0.9), _tidy(value * 1.1), "about"


def _tidy(value: float) -> float:
    return float(f"{value:.12g}")


def mask_identifiers(text: str) -> list[tuple[int, int, str]]:
    """Return the spans of phone numbers, addresses, URLs, codes: numbers in them are identifiers."""
    spans = [
        (m.start(), m.end(), rule)
        for rule, pattern in (
            ("identifier.url", _URL),
            ("identifier.phone", _PHONE),
            ("identifier.street", _STREET),
            ("identifier.code", _CODE),
        )
        for m in pattern.finditer(text)
    ]
    return spans


class QuantityGrammar:
    """Compose the grammars of `cardinals` with hedges, units and currencies; `scan` is pure."""

    def __init__(self, words: QuantityWords) -> None:
        self.words = words
        names = sorted(words.units, key=len, reverse=True)
        self._unit = re.compile(
            r"(?:\s|-|\u2010|\u2011|\u2013|\s-\s)?(" + "|".join(re.escape(n) for n in names) + r")(?![a-z\d])",
            re.IGNORECASE,
        )
        money = sorted(set(words.currencies) | set(words.minor), key=len, reverse=True)
        self._currency = re.compile(
            r"(?:\s|-|\s-\s)?(" + "|".join(re.escape(n) for n in money) + r")(?![a-z\d])", re.IGNORECASE
        )
        self._code_after = re.compile(r"\s?(" + "|".join(sorted(words.codes)) + r")\b")
        self._code_before = re.compile(r"(?<![A-Za-z])(" + "|".join(sorted(words.codes)) + r")\s?$")
        self._signs = sorted(words.signs, key=len, reverse=True)
        self._left = max(len(k) for k in words.left)
        self._right = max(len(k) for k in words.right)

    def scan(self, text: str, dates: Sequence[DateSpan] = (), base: int = 0) -> list[Quantity]:
        """Return the quantities of one sentence in order, none overlapping a date; offsets count from `base`."""
        tokens = tokenize(text)
        blocked = [(d.start - base, d.end - base, "date") for d in dates] + mask_identifiers(text)
        found: list[Quantity] = []
        i = 0
        while i < len(tokens):
            inside = next(((s, e, r) for s, e, r in blocked if s <= tokens[i].start < e), None)
            if inside is not None:
                if inside[2] != "date" and tokens[i].kind == "num":
                    found.append(self._identifier(inside[0], inside[1], inside[2]))
                end = inside[1]
                while i < len(tokens) and tokens[i].start < end:
                    i += 1
                continue
            read = self._read(text, tokens, i, blocked)
            if read is None:
                i += 1
                continue
            quantities, last = read
            found += quantities
            i = max(last, i + 1)
        return [
            replace(
                q, start=q.start + base, end=q.end + base, core_start=q.core_start + base, core_end=q.core_end + base
            )
            for q in found
        ]

    @staticmethod
    def _identifier(start: int, end: int, rule: str) -> Quantity:
        return Quantity(start, end, start, end, 0.0, None, None, "exact", "identifier", None, (rule,))

    def _hedge(
        self, tokens: Sequence[Token], i: int, table: Mapping[tuple[str, ...], Hedge], longest: int
    ) -> tuple[Hedge, int] | None:
        for size in range(min(longest, len(tokens) - i), 0, -1):
            key = tuple(t.low for t in tokens[i : i + size])
            if key in table:
                return table[key], i + size
        return None

    def _sign(self, text: str, token: Token) -> tuple[str, int] | None:
        for sign in self._signs:
            if text.startswith(sign, token.start) and (
                not sign[0].isalpha() or token.start == 0 or not text[token.start - 1].isalnum()
            ):
                rest = text[token.start + len(sign) : token.start + len(sign) + 2]
                if sign[-1].isalpha() and not rest[:1].isdigit():
                    continue
                return self.words.signs[sign], token.start + len(sign)
        return None

    def _read(
        self, text: str, tokens: Sequence[Token], i: int, blocked: Sequence[tuple[int, int, str]]
    ) -> tuple[list[Quantity], int] | None:
        start = i
        hedge: Hedge | None = None
        printed_from = tokens[i].start
        rules: list[str] = []
        j = i
        while True:
            step = self._hedge(tokens, j, self.words.left, self._left)
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
        if any(s <= tokens[j].start < e for s, e, _ in blocked):
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
            pair = self._pair(text, tokens, j + 1, {"and"} if tokens[j].low == "between" else {"to"}, blocked)
            if pair is not None:
                return self._range(text, tokens, j, pair, rules, i, former=tokens[j].low == "from")
            if j == i:
                return None
        one = self._simple(text, tokens, j, blocked)
        if one is None:
            if j > i and (found := self._read(text, tokens, j, blocked)) is not None and hedge is None:
                return found
            return None
        pair = self._joined(text, tokens, j, one, blocked)
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

    @dataclass(frozen=True, slots=True)
    class Simple:
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

    def _simple(
        self, text: str, tokens: Sequence[Token], j: int, blocked: Sequence[tuple[int, int, str]]
    ) -> "QuantityGrammar.Simple | None":
        k, currency = j, None
        sign = self._sign(text, tokens[j]) if tokens[j].kind != "num" else None
        if sign is not None:
            currency, after = sign
            while k < len(tokens) and tokens[k].start < after:
                k += 1
            if k >= len(tokens) or tokens[k].kind != "num":
                return None
        elif tokens[j].text in self.words.codes and j + 1 < len(tokens) and tokens[j + 1].kind == "num":
            currency, k = tokens[j].text, j + 1
        if (
            k < len(tokens)
            and tokens[k].text in {"-", "−"}
            and k + 1 < len(tokens)
            and tokens[k + 1].kind == "num"
            and tokens[k + 1].glued
            and not (k > 0 and tokens[k].glued)
        ):
            return None
        if k >= len(tokens) or any(s <= tokens[k].start < e for s, e, _ in blocked):
            return None
        cardinal = read_cardinal(tokens, k, self.words.numbers)
        if cardinal is None:
            return None
        end = tokens[cardinal.last - 1].end
        last = cardinal.last
        if currency is not None:
            if cardinal.rule == "number.digits" and (
                m := re.match(r"\s?-?(million|billion|trillion|thousand|hundred)\b", text[end:], re.I)
            ):
                pass
            return self.Simple(j, last, cardinal, end, "money", currency, 1.0, "money.sign", sign=True)
        letter = tokens[cardinal.last - 1].text if cardinal.rule == "number.suffix" else ""
        if (
            letter in {"m", "M", "mm", "t", "b", "B"}
            and not _PLURAL_HEAD.match(text, end)
            and not self._currency.match(text, end)
        ):
            unit = self.words.units.get(letter.lower())
            bare = read_cardinal(tokens[: cardinal.last - 1], k, self.words.numbers)
            if unit is not None and bare is not None:
                return self.Simple(j, last, bare, end, unit.type, unit.base, unit.factor, f"unit.{unit.dimension}")
        if m := self._currency.match(text, end):
            name = m.group(1).lower()
            weighs = name in {"pound", "pounds"} and (
                re.match(r"\s+of\b|\s+(?:heavier|lighter)", text[m.end() :])
                or re.search(
                    r"\b(?:weigh\w*|heavy|lose|lost|gain\w*)\W+(?:\w+\W+){0,3}$", text[: tokens[j].start], re.I
                )
            )
            if not (
                name in {"won", "mark", "marks", "buck", "rand"}
                and cardinal.rule == "number.digits"
                and cardinal.low < 100
            ):
                last = self._token_after(tokens, m.end())
                if weighs:
                    return self.Simple(j, last, cardinal, m.end(), "measure", "kilogram", 0.45359237, "unit.mass")
                if name in self.words.minor:
                    code, factor = self.words.minor[name]
                    return self.Simple(j, last, cardinal, m.end(), "money", code, factor, "money.minor")
                return self.Simple(j, last, cardinal, m.end(), "money", self.words.currencies[name], 1.0, "money.name")
        if m := self._code_after.match(text, end):
            return self.Simple(
                j, self._token_after(tokens, m.end()), cardinal, m.end(), "money", m.group(1), 1.0, "money.code"
            )
        if not cardinal.fraction or cardinal.rule in {"number.fraction", "number.mixed"}:
            m = self._unit.match(text, end)
            if m and not (m.group(1).lower() in {"m", "g", "mi", "min", "sec", "in"} and m.group().startswith("-")):
                unit = self.words.units[m.group(1).lower()]
                glued_letter = len(m.group(1)) == 1 and m.group(1).isupper()
                second_word = m.group(1).lower() == "second" and cardinal.low != 1
                if not glued_letter and not second_word:
                    return self.Simple(
                        j,
                        self._token_after(tokens, m.end()),
                        cardinal,
                        m.end(),
                        unit.type,
                        unit.base,
                        unit.factor,
                        f"unit.{unit.dimension}",
                    )
        kind: FigureType = "ratio" if cardinal.fraction else "count"
        return self.Simple(j, last, cardinal, end, kind, None, 1.0, cardinal.rule)

    @staticmethod
    def _token_after(tokens: Sequence[Token], position: int) -> int:
        return next((n for n, t in enumerate(tokens) if t.start >= position), len(tokens))

    def _pair(
        self, text: str, tokens: Sequence[Token], j: int, joiners: set[str], blocked: Sequence[tuple[int, int, str]]
    ) -> "tuple[QuantityGrammar.Simple, QuantityGrammar.Simple] | None":
        inner = self._hedge(tokens, j, self.words.left, self._left)
        j = inner[1] if inner and inner[1] < len(tokens) else j
        first = self._simple(text, tokens, j, blocked)
        if first is None or first.last >= len(tokens) or tokens[first.last].low not in joiners:
            return None
        k = first.last + 1
        inner = self._hedge(tokens, k, self.words.left, self._left) if k < len(tokens) else None
        k = inner[1] if inner and inner[1] < len(tokens) else k
        second = self._simple(text, tokens, k, blocked) if k < len(tokens) else None
        return (first, second) if second is not None else None

    def _joined(
        self,
        text: str,
        tokens: Sequence[Token],
        j: int,
        first: "QuantityGrammar.Simple",
        blocked: Sequence[tuple[int, int, str]],
    ) -> "tuple[QuantityGrammar.Simple, QuantityGrammar.Simple] | None":
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
        second = self._simple(text, tokens, k + 1, blocked)
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
        pair: "tuple[QuantityGrammar.Simple, QuantityGrammar.Simple]",
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
        if (
            type_ == "count"
            and glued
            and first.cardinal.rule == second.cardinal.rule == "number.digits"
            and (a >= b or before & self.words.score_cues)
        ):
            q = Quantity(
                tokens[first.first].start,
                second.end,
                tokens[first.first].start,
                second.end,
                a,
                a,
                b,
                "exact",
                "score",
                None,
                ("score",),
            )
            return [q], second.last
        if type_ == "count" and before & self.words.score_cues and tokens[first.last].low == "to":
            q = Quantity(
                tokens[first.first].start,
                second.end,
                tokens[first.first].start,
                second.end,
                a,
                a,
                b,
                "exact",
                "score",
                None,
                ("score",),
            )
            return [q], second.last
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
            _tidy(a * factor),
            _tidy(b * factor),
            "range",
            type_,
            unit,
            (*rules, "range"),
            factor=factor,
        )
        return self._typed(text, tokens, [q], second.last)

    def _finish(
        self,
        text: str,
        tokens: Sequence[Token],
        i: int,
        start: int,
        one: "QuantityGrammar.Simple",
        hedge: Hedge | None,
        printed_from: int | None,
        rules: list[str],
    ) -> tuple[list[Quantity], int]:
        cardinal = one.cardinal
        core_start, core_end = tokens[one.first].start, tokens[cardinal.last - 1].end
        end, last = one.end, one.last
        value = _tidy(cardinal.low * one.factor)
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
                ratio = _tidy(cardinal.low / bottom.low)
                low, high, bound = interval(ratio, hedge, None)
                q = Quantity(
                    tokens[i].start if hedge else core_start,
                    tokens[bottom.last - 1].end,
                    core_start,
                    tokens[bottom.last - 1].end,
                    ratio,
                    low,
                    high,
                    bound,
                    "ratio",
                    None,
                    (*rules, "ratio.in"),
                )
                return [q], bottom.last
        right = None
        if hedge is None or hedge.bound == "exact":
            right = self._hedge(tokens, last, self.words.right, self._right)
            if right is None and last < len(tokens) and tokens[last].text in _JOINERS and last + 1 < len(tokens):
                key = ("-" + tokens[last + 1].low,)
                if key in self.words.right:
                    right = (self.words.right[key], last + 2)
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
        return self._typed(text, tokens, [q], last)

    def _typed(
        self, text: str, tokens: Sequence[Token], quantities: list[Quantity], last: int
    ) -> tuple[list[Quantity], int]:
        """Tell ages, ordinals, magnitudes and identifiers from counts by the words around them."""
        q = quantities[0]
        after, before = text[q.end :], text[: q.start]
        if q.type == "duration" and (m := re.match(r"(?:\s|-)*olds?\b", after, re.I)):
            return [
                replace(q, end=q.end + m.end() if False else q.end, type="age", rules=(*q.rules, "age.old"))
            ], self._token_after(tokens, q.end + m.end())
        if q.type == "duration" and re.match(r"(?:\s|-)*(?:of age)\b", after, re.I):
            return [replace(q, type="age", rules=(*q.rules, "age.of_age"))], last
        if q.type == "count":
            if text[q.core_start : q.core_end] in self.words.emergency and not re.match(
                r"\s+(?:people|men|women)", after
            ):
                return [replace(q, type="identifier", rules=(*q.rules, "identifier.emergency"))], last
            if (
                q.rules[-1] == "number.digits"
                and (re.match(r"\s+of\s+\d+\b", after) or re.search(r"\b\d+\s+of\s+$", before))
                and re.match(r"\s*(?:$|[A-Z|:])", re.sub(r"^\s+of\s+\d+", "", after))
            ):
                return [replace(q, type="identifier", rules=(*q.rules, "identifier.index"))], last
            shared = re.match(r"\s*(?:,|and|or)\s+(?=\d)", after)
            if (
                shared
                and q.rules[-1] == "number.digits"
                and (k := self._token_after(tokens, q.end + shared.end())) < len(tokens)
            ):
                # "7.6 and 7.5 magnitude quakes": the unit after the second number holds for the first.
                partner = self._simple(text, tokens, k, ())
                if partner is not None and partner.type in {"measure", "percent"} and partner.rule.startswith("unit."):
                    value = _tidy(q.value * partner.factor)
                    low, high = (_tidy(v * partner.factor) if v is not None else None for v in (q.low, q.high))
                    return [
                        replace(
                            q,
                            type=partner.type,
                            unit=partner.unit,
                            factor=partner.factor,
                            value=value,
                            low=low,
                            high=high,
                            rules=(*q.rules, "unit.shared"),
                        )
                    ], last
            if re.search(r"\b(?:aged|ages?|age of|turned|turning)\s*$", before, re.I) and q.value < 125:
                return [
                    replace(
                        q,
                        type="age",
                        unit="second",
                        low=_years(q.low),
                        high=_years(q.high),
                        value=q.value * 31556952,
                        rules=(*q.rules, "age.aged"),
                    )
                ], last
            if (
                re.search(r"\b[A-Z][\w.'’-]+,\s*$", before)
                and re.match(r"\s*(?:,|\.(?:\s|$)|\)|;|$| of [A-Z]|, of\b)", after)
                and q.rules[-1] == "number.digits"
                and 0 < q.value < 115
                and q.bound == "exact"
            ):
                return [
                    replace(
                        q,
                        type="age",
                        unit="second",
                        low=_years(q.low),
                        high=_years(q.high),
                        value=q.value * 31556952,
                        rules=(*q.rules, "age.apposition"),
                    )
                ], last
            if m := re.match(r"(?:st|nd|rd|th)\b", after, re.I):
                return [
                    replace(q, end=q.end + m.end(), type="ordinal", rules=(*q.rules, "ordinal"))
                ], self._token_after(tokens, q.end + m.end())
            word = re.search(r"([A-Za-z.#]+)(?:\s|-|:)*$", before)
            near = word.group(1).lower() if word else ""
            two = " ".join(re.findall(r"[A-Za-z.]+", before.lower())[-2:])
            if (
                q.core_start == q.start
                and (near in self.words.identifiers or two in self.words.identifiers)
                and q.rules[-1] == "number.digits"
                and (near != "no" or before.rstrip().endswith("No"))
                and not (near in {"number", "count"} and before.rstrip()[-1:] == ",")
            ):
                return [replace(q, type="identifier", rules=(*q.rules, "identifier.after_word"))], last
            if re.match(r"\s+block of\b", after):
                return [replace(q, type="identifier", rules=(*q.rules, "identifier.block"))], last
            quake = re.match(r"(?:-|\s)+(?:\w+\s)?(\w+)", after)
            lead = re.search(r"\bmagnitudes?(?:\s+of|\s+was|\s+at|-|:)?\s*$", before, re.I)
            if (
                lead
                or (
                    quake
                    and quake.group(1).lower() in self.words.quake_nouns
                    and "." in text[q.core_start : q.core_end]
                )
                or re.match(
                    r"\s*(?:points? |degrees? )?on the (?:open-ended )?(?:Richter|moment|magnitude)", after, re.I
                )
            ):
                if 0 < q.value < 10:
                    hedge = Hedge("about", q.nearly) if q.bound == "about" else None
                    low, high = (interval(q.value, hedge, "magnitude")[:2]) if hedge else (q.low, q.high)
                    return [
                        replace(q, type="measure", unit="magnitude", low=low, high=high, rules=(*q.rules, "magnitude"))
                    ], last
        if q.type == "measure" and q.unit == "degree" and re.match(r"\s*on the Richter", after, re.I):
            return [replace(q, unit="magnitude", rules=(*q.rules, "magnitude"))], last
        return quantities, last


def _years(value: float | None) -> float | None:
    return None if value is None else value * 31556952
