"""One number with its own currency or unit: "$13.9bn", "three km", "40 per cent", "half a million"."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from bot.language.cardinals import Cardinal, read_cardinal
from bot.language.quantity import QuantityWords
from bot.language.tokens import Token, token_after
from bot.model import FigureType

_WEIGHED = re.compile(r"\s+of\b|\s+(?:heavier|lighter)")
_PLURAL_HEAD = re.compile(r"\s+(?:people|men|women|children|[a-z]+s)\b")


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
        self._code_after = re.compile(r"\s?(" + "|".join(sorted(words.codes)) + r")\b")
        self._signs: dict[str, list[str]] = {}
        for sign in sorted(words.signs, key=len, reverse=True):
            self._signs.setdefault(sign[0], []).append(sign)

    def _sign(self, text: str, token: Token) -> tuple[str, int] | None:
        for sign in self._signs.get(token.text[0], ()):
            if text.startswith(sign, token.start) and (
                not sign[0].isalpha() or token.start == 0 or not text[token.start - 1].isalnum()
            ):
                rest = text[token.start + len(sign) : token.start + len(sign) + 2]
                if sign[-1].isalpha() and not rest[:1].isdigit():
                    continue
                return self.words.signs[sign], token.start + len(sign)
        return None

    def read(self, text: str, tokens: Sequence[Token], j: int, shut: Container[int]) -> Amount | None:
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
        if k >= len(tokens) or k in shut:
            return None
        cardinal = read_cardinal(tokens, k, self.words.numbers)
        if cardinal is None:
            return None
        end = tokens[cardinal.last - 1].end
        last = cardinal.last
        if currency is not None:
            return Amount(j, last, cardinal, end, "money", currency, 1.0, "money.sign", sign=True)
        letter = tokens[cardinal.last - 1].text if cardinal.rule == "number.suffix" else ""
        if (
            letter in {"m", "mm", "t", "b", "B"}
            and not _PLURAL_HEAD.match(text, end)
            and not self._currency.match(text, end)
        ):
            unit = self.words.units.get(letter.lower())
            bare = read_cardinal(tokens[: cardinal.last - 1], k, self.words.numbers)
            if unit is not None and bare is not None:
                return Amount(j, last, bare, end, unit.type, unit.base, unit.factor, f"unit.{unit.dimension}")
        if m := self._currency.match(text, end):
            name = m.group(1).lower()
            weighs = name in {"pound", "pounds"} and (
                _WEIGHED.match(text, m.end())
                or re.search(
                    r"\b(?:weigh\w*|heavy|lose|lost|gain\w*)\W+(?:\w+\W+){0,3}$",
                    text[max(0, tokens[j].start - 60) : tokens[j].start],
                    re.I,
                )
            )
            if not (
                name in {"won", "mark", "marks", "buck", "rand"}
                and cardinal.rule == "number.digits"
                and cardinal.low < 100
            ):
                last = token_after(tokens, m.end())
                if weighs:
                    return Amount(j, last, cardinal, m.end(), "measure", "kilogram", 0.45359237, "unit.mass")
                if name in self.words.minor:
                    code, factor = self.words.minor[name]
                    return Amount(j, last, cardinal, m.end(), "money", code, factor, "money.minor")
                return Amount(j, last, cardinal, m.end(), "money", self.words.currencies[name], 1.0, "money.name")
        if m := self._code_after.match(text, end):
            return Amount(j, token_after(tokens, m.end()), cardinal, m.end(), "money", m.group(1), 1.0, "money.code")
        if text[end : end + 2] in {"x ", "x,"} and cardinal.rule == "number.digits":
            return Amount(j, last + 1, cardinal, end + 1, "ratio", None, 1.0, "ratio.times")
        if not cardinal.fraction or cardinal.rule in {"number.fraction", "number.mixed"}:
            # "half an hour", "a quarter of a mile"
            article = re.match(r"\s+(?:of\s+)?an?(?=\s)", text[end : end + 8]) if cardinal.fraction else None
            m = self._unit.match(text, end + (article.end() if article else 0))
            if m and not (m.group(1).lower() in {"m", "g", "mi", "min", "sec", "in"} and m.group().startswith("-")):
                unit = self.words.units[m.group(1).lower()]
                glued_letter = len(m.group(1)) == 1 and m.group(1).isupper()
                second_word = m.group(1).lower() == "second" and cardinal.low != 1
                if not glued_letter and not second_word:
                    return Amount(
                        j,
                        token_after(tokens, m.end()),
                        cardinal,
                        m.end(),
                        unit.type,
                        unit.base,
                        unit.factor,
                        f"unit.{unit.dimension}",
                    )
        kind: FigureType = "ratio" if cardinal.fraction else "count"
        return Amount(j, last, cardinal, end, kind, None, 1.0, cardinal.rule)
