"""One number with its own sign, currency or unit: "$13.9bn", "three km", "40 per cent", "half a million", "-18 °C"."""

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from bot.language.cardinals import read_cardinal
from bot.language.composites import Amount, joined_units
from bot.language.fractions import and_part
from bot.language.number import ARTICLES, Cardinal, low_at, number_at
from bot.language.quantity import QuantityWords
from bot.language.tokens import Token, token_after
from bot.model import FigureType

_WEIGHED = re.compile(r"\s+of\b|\s+(?:heavier|lighter)")
# "weighs about 135 pounds"; after a height: "5-foot-8, 135 pounds".
_WEIGHING = re.compile(
    r"(?:\b(?:weigh\w*|heavy|lose|lost|gain\w*)\W+(?:\w+\W+){0,3}|\bstones?\W+(?:and )?"
    r"|\d\W?(?:foot|feet|ft)\b\W{0,2}\d{0,2}(?:\W?inch(?:es)?)?(?: tall)?[^\w.]{1,3}(?:and )?(?:about )?)$",
    re.IGNORECASE,
)
# What a bare "m", "b" or "t" after digits counts: a plural or persons; not a verb or an article that ends in "s".
_PLURAL_HEAD = re.compile(
    r"\s+(?!(?:is|was|has|does|as|its|his|this|thus|plus)\b)(?:people|men|women|children|[a-z]+s)\b"
)
# The scale of a temperature by its letter, and the same temperature in brackets: "110F (43.3C)".
_SCALES = {"C": "degrees celsius", "F": "degrees fahrenheit"}
_PAIRED = re.compile(r"\s?\(-?[\d.]+\s?°?[CF]\b")
_BEFORE_PAIR = re.compile(r"\d\s?°?[CF]\s?\(-?$")
_OF_ONE = re.compile(r"\s+(?:of\s+)?an?(?=\s)")
_MINUS = frozenset("-\u2212\u2013")
# A minus sign stands after white space or one of these.
_BEFORE_MINUS = frozenset("(<>=[~$€£¥")
# Names of money that are other words too: "he won 3", "mark 2".
_OTHER_WORDS = frozenset({"won", "mark", "marks", "buck", "rand"})
_NOT_HYPHENED = frozenset({"m", "g", "mi", "min", "sec", "in", "t", "l"})


class AmountGrammar:
    """Read amounts with patterns made once from the word lists; pure."""

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
        paid = "|".join(sorted(words.paid))
        # "a 500-pound bomb" is heavy; a fine of so many pounds is money.
        self._heavy = re.compile(rf"-pound\s+(?!(?:{paid})s?\b)[a-z]", re.IGNORECASE)
        codes = "|".join(sorted(words.codes))
        self._code_after = re.compile(rf"\s?(?P<kilo>[kM](?=[A-Z]{{3}}\b))?(?P<code>{codes})\b")
        scales = "|".join(sorted(words.numbers.scales, key=len, reverse=True))
        self._scale_after = re.compile(rf"\s?({scales})\b", re.IGNORECASE)
        self._signs: dict[str, list[str]] = {}
        for sign in sorted(words.signs, key=len, reverse=True):
            self._signs.setdefault(sign[0], []).append(sign)
        after = "|".join(re.escape(s) for s in sorted(words.signs, key=len, reverse=True) if not s[-1].isalnum())
        self._sign_after = re.compile(rf"\s?({after})(?!\s?[\d.]*\d|\w)")

    def read(
        self, text: str, tokens: Sequence[Token], j: int, shut: Container[int], *, joined: bool = True
    ) -> Amount | None:
        """Return the amount that starts at token j, "5 feet 2 inches" as one unless `joined` is off."""
        if (k := self._after_minus(tokens, j)) is not None:
            found = self._unsigned(text, tokens, k, shut) if k not in shut else None
            if found is None or found.cardinal.vague or self._bullet(text, tokens, j, found):
                return None
            c = found.cardinal
            return replace(found, first=j, cardinal=replace(c, first=j, low=-c.low, high=-c.low))
        found = self._unsigned(text, tokens, j, shut)
        return joined_units(self, text, tokens, found, shut) if found is not None and joined else found

    def part(self, tokens: Sequence[Token], j: int) -> tuple[float, int] | None:
        """Return the fraction of "and a half" at token j, and the end; "and a third of them" is one of its own."""
        part = and_part(tokens, j, self.words.numbers) if low_at(tokens, j + 1) in ARTICLES else None
        return part if part is not None and low_at(tokens, part[1]) != "of" else None

    def _after_minus(self, tokens: Sequence[Token], j: int) -> int | None:
        """Return the token after a minus that turns the number behind it: "minus 18", "-18", "-$5"."""
        token = tokens[j]
        before = tokens[j - 1] if j else None
        if before is not None and before.kind == "num":
            return None  # a range or a subtraction
        if token.low in self.words.numbers.negatives and j + 1 < len(tokens):
            margin = low_at(tokens, j - 1) == "or" and low_at(tokens, j - 2) == "plus"
            return None if margin or low_at(tokens, j - 1).startswith("test") else j + 1
        if token.text not in _MINUS or j + 1 >= len(tokens) or not tokens[j + 1].glued:
            return None
        if token.glued and (before is None or before.text not in _BEFORE_MINUS):
            return None
        if number_at(tokens, j + 1) or (tokens[j + 1].text in self._signs and number_at(tokens, j + 2, glued=True)):
            return j + 1
        return None

    @staticmethod
    def _bullet(text: str, tokens: Sequence[Token], j: int, found: Amount) -> bool:
        """Tell the mark of a list from a minus: "-12 people" at the head of a line."""
        opens = tokens[j].text in _MINUS and (j == 0 or "\n" in text[tokens[j - 1].end : tokens[j].start])
        return opens and found.type == "count" and found.last < len(tokens) and tokens[found.last].kind == "word"

    def _sign(self, text: str, token: Token) -> tuple[str, int] | None:
        for sign in self._signs.get(token.text[0], ()):
            if text.startswith(sign, token.start) and (
                not sign[0].isalpha() or token.start == 0 or not text[token.start - 1].isalnum()
            ):
                rest = text[token.start + len(sign) : token.start + len(sign) + 2]
                # "Rs 500", but a single letter is a sign only against its number: "R500".
                spaced = len(sign) > 1 and sign[0].isupper() and rest[:1] == " " and rest[1:].isdigit()
                if sign[-1].isalpha() and not rest[:1].isdigit() and not spaced:
                    continue
                return self.words.signs[sign], token.start + len(sign)
        return None

    def _unsigned(self, text: str, tokens: Sequence[Token], j: int, shut: Container[int]) -> Amount | None:
        k, currency, factor = j, None, 1.0
        sign = self._sign(text, tokens[j]) if tokens[j].kind != "num" else None
        if sign is not None:
            currency, after = sign
            while k < len(tokens) and tokens[k].start < after:
                k += 1
            if number_at(tokens, k + 1, glued=True) and tokens[k].text in _MINUS:
                k, factor = k + 1, -1.0
            if not number_at(tokens, k):
                return None
        elif number_at(tokens, j + 1):
            code = tokens[j].text.removeprefix("M") if len(tokens[j].text) == 4 else tokens[j].text
            if code in self.words.codes:
                currency, k, factor = code, j + 1, 1e6 if code != tokens[j].text else 1.0
        if k >= len(tokens) or k in shut:
            return None
        cardinal = read_cardinal(tokens, k, self.words.numbers)
        if cardinal is None:
            return self._one_and_part(text, tokens, k)
        if currency is not None:
            return self._money(tokens, j, cardinal, currency, factor)
        return self._named(text, tokens, j, cardinal)

    def _one_and_part(self, text: str, tokens: Sequence[Token], k: int) -> Amount | None:
        """Read "a mile and a half", "an hour and a quarter"."""
        m = self._unit.match(text, tokens[k].end) if tokens[k].low in ARTICLES else None
        last = token_after(tokens, m.end()) if m else len(tokens)
        part = and_part(tokens, last, self.words.numbers)
        if m is None or part is None:
            return None
        unit, value = self.words.units[m.group(1).lower()], 1 + part[0]
        cardinal = Cardinal(k, part[1], value, value, worded=True, rule="number.and_a_half")
        end = tokens[part[1] - 1].end
        return Amount(k, part[1], cardinal, end, unit.type, unit.base, unit.factor, f"unit.{unit.dimension}")

    def _money(self, tokens: Sequence[Token], j: int, cardinal: Cardinal, currency: str, factor: float) -> Amount:
        """Return what stands after a sign or code; there alone a letter set apart is a scale: "$5 m"."""
        last, rule = cardinal.last, cardinal.rule
        if rule == "number.digits" and last < len(tokens) and len(tokens[last].text) == 1 and tokens[last].low in "kmb":
            factor *= self.words.numbers.suffixes.get(tokens[last].text, 1.0)
            last, rule = last + 1, "number.suffix"
        low = cardinal.low * factor
        cardinal = replace(cardinal, last=last, low=low, high=low, rule=rule)
        return Amount(j, last, cardinal, tokens[last - 1].end, "money", currency, 1.0, "money.sign", sign=True)

    def _named(self, text: str, tokens: Sequence[Token], j: int, cardinal: Cardinal) -> Amount:
        """Return a number with the currency or unit after it, or as the count or share it is without."""
        end, last = tokens[cardinal.last - 1].end, cardinal.last
        letter = tokens[last - 1].text if cardinal.rule == "number.suffix" else ""
        if (
            letter in {"m", "mm", "t", "b", "B"}
            and not _PLURAL_HEAD.match(text, end)
            and not self._currency.match(text, end)
        ):
            unit = self.words.units.get(letter.lower())
            bare = read_cardinal(tokens[cardinal.first : last - 1], 0, self.words.numbers)
            if unit is not None and bare is not None:
                bare = replace(bare, first=cardinal.first, last=cardinal.first + bare.last)
                return Amount(j, last, bare, end, unit.type, unit.base, unit.factor, f"unit.{unit.dimension}")
        if (money := self._money_after(text, tokens, j, cardinal, end)) is not None:
            return money
        if (degrees := self._degrees(text, tokens, j, cardinal)) is not None:
            return degrees
        if text[end : end + 2] in {"x ", "x,"} and cardinal.rule == "number.digits":
            return Amount(j, last + 1, cardinal, end + 1, "ratio", None, 1.0, "ratio.times")
        if not cardinal.fraction or cardinal.rule in {"number.fraction", "number.mixed"}:
            # "half an hour", "a quarter of a mile"
            article = _OF_ONE.match(text, end) if cardinal.fraction else None
            m = self._unit.match(text, article.end() if article else end)
            if m and not (m.group(1).lower() in _NOT_HYPHENED and m.group().startswith("-")):
                unit = self.words.units[m.group(1).lower()]
                glued_letter = len(m.group(1)) == 1 and m.group(1).isupper()
                second_word = m.group(1).lower() == "second" and cardinal.low != 1
                if not glued_letter and not second_word:
                    after = token_after(tokens, m.end())
                    rule = f"unit.{unit.dimension}"
                    return Amount(
                        j, after, cardinal, m.end(), unit.type, unit.base, unit.factor, rule, offset=unit.offset
                    )
        kind: FigureType = "ratio" if cardinal.fraction else "count"
        return Amount(j, last, cardinal, end, kind, None, 1.0, cardinal.rule)

    def _degrees(self, text: str, tokens: Sequence[Token], j: int, cardinal: Cardinal) -> Amount | None:
        """Read "110F (43.3C)": a letter set against a decimal, a pair in brackets, or where weather is told of."""
        letter = tokens[cardinal.last] if cardinal.last < len(tokens) else None
        name = _SCALES.get(letter.text) if letter is not None and letter.glued else None
        if low_at(tokens, j - 1) in self.words.identifiers:
            return None  # "Section 3C"
        if (
            letter is None
            or name is None
            or cardinal.rule != "number.digits"
            or text[letter.end : letter.end + 1].isalnum()
        ):
            return None
        decimal = cardinal.low != int(cardinal.low)
        before = text[max(0, tokens[j].start - 12) : tokens[j].start]
        paired = _PAIRED.match(text, letter.end) or _BEFORE_PAIR.search(before)
        near = {t.low for t in tokens[max(0, j - 25) : cardinal.last + 25]}
        if not (decimal or paired or near & self.words.weather):
            return None
        unit = self.words.units[name]
        rule = f"unit.{unit.dimension}"
        return Amount(
            j, cardinal.last + 1, cardinal, letter.end, unit.type, unit.base, unit.factor, rule, offset=unit.offset
        )

    def _money_after(self, text: str, tokens: Sequence[Token], j: int, cardinal: Cardinal, end: int) -> Amount | None:
        """Read the name, code or sign of a currency after its number: "40 euros", "30 MUSD", "75 USD million", "10 €"."""
        if m := self._currency.match(text, end):
            name = m.group(1).lower()
            weighs = name in {"pound", "pounds"} and (
                _WEIGHED.match(text, m.end())
                or (cardinal.low < 1e5 and self._heavy.match(text, end))
                or _WEIGHING.search(text[max(0, tokens[j].start - 60) : tokens[j].start])
            )
            small = cardinal.rule == "number.digits" and cardinal.low < 100
            # "50p", not "50 p", "5:03p" or "1080p"
            before = text[max(0, tokens[j].start - 2) : tokens[j].start].strip()
            apart = name == "p" and (
                m.start(1) > end or before == ":" or tokens[cardinal.last - 1].text in self.words.pictures
            )
            if not apart and not (name in _OTHER_WORDS and small):
                last = token_after(tokens, m.end())
                if weighs:
                    return Amount(j, last, cardinal, m.end(), "measure", "kilogram", 0.45359237, "unit.mass")
                if name in self.words.minor:
                    code, factor = self.words.minor[name]
                    return Amount(j, last, cardinal, m.end(), "money", code, factor, "money.minor")
                return Amount(j, last, cardinal, m.end(), "money", self.words.currencies[name], 1.0, "money.name")
        m = self._code_after.match(text, end)
        rule = "money.code"
        if m is None and (m := self._sign_after.match(text, end)) is not None:
            return Amount(
                j, token_after(tokens, m.end()), cardinal, m.end(), "money", self.words.signs[m.group(1)], 1.0, rule
            )
        if m is None:
            return None
        end, code = m.end(), m.group("code")
        times = {"k": 1e3, "M": 1e6}.get(m.group("kilo") or "", 1.0)
        if cardinal.rule == "number.digits" and (scale := self._scale_after.match(text, end)):
            times, end = self.words.numbers.scales[scale.group(1).lower()], scale.end()
        if times != 1.0 and not cardinal.vague:
            cardinal = replace(cardinal, low=cardinal.low * times, high=cardinal.low * times)
        return Amount(j, token_after(tokens, end), cardinal, end, "money", code, 1.0, rule)
