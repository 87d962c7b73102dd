"""Tell ages, ordinals, magnitudes and identifiers from counts by the words around a number."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.language.amounts import AmountGrammar
from bot.language.quantity import Hedge, Quantity, QuantityWords, interval, tidy
from bot.language.tokens import Token, token_after

# Seconds in a mean Gregorian year, as in data/lexicon/units.toml.
YEAR = 31556952

_OLD = re.compile(r"(?:\s|-)*olds?\b", re.IGNORECASE)
_OF_AGE = re.compile(r"(?:\s|-)*(?:of age)\b", re.IGNORECASE)
# "aged 47", and each further one of "ages 47, 48 and 63".
_AGED = re.compile(
    r"\b(?:(?:aged|ages?|age of|turned|turning)\s*|(?:aged|ages)\s+(?:\d{1,3}(?:,\s*and|,|\s+and|\s+to)\s+){1,8})$",
    re.IGNORECASE,
)
# "a boy of 11 drowned" tells an age, "a man of two faces" and "convicted a man of two counts" tell none.
_ROLE_OF = re.compile(r"\b(?:boy|girl|man|woman|child) of $")
_PLURAL = re.compile(r"\s+(?!(?:was|is|has|does|as|this|his|us|its)\b)(?:[a-z]+s|children|people|men|women)\b")
# What an obituary says of its subject: "She was 87."
_WAS = re.compile(r"\b(?:He|She) was $")
_NAMED = re.compile(r"\b[A-Z][\w.'’-]+,\s*$")
_PERSON = re.compile(r"\b([a-z]+),\s+(?:\d\d?\s+and\s+)?$")
_APPOSED = re.compile(r"\s*(?:,|\.(?:\s|$)|\)|;|$| of [A-Z]|, of\b| and \d\d?\s*[,.;])")
_NEXT = re.compile(r"\s+([A-Za-z]+)")
_CALLING = re.compile(r"\b(?:call|dial|phon|ring|rang|rung|text|emergency)\w*(?:\s\w+){0,2}\s+$", re.IGNORECASE)
_OF_MANY = re.compile(r"\s+of\s+\d+\b")
_MANY_OF = re.compile(r"\b\d+\s+of\s+$")
_INDEXED = re.compile(r"(?:\s+of\s+\d+)?\s*(?:$|[A-Z|:])")
_SHARED = re.compile(r"\s*-?\s*(?:,|and|or)\s+(?=\d)")
_NTH = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_WORD = re.compile(r"([A-Za-z.#]+)(?:\s|-|:)*$")
_WORDS = re.compile(r"[A-Za-z.]+")
_MODEL_YEAR = re.compile(r"(?:19|20)\d\d")
_CAPITAL = re.compile(r"\s+[A-Z][a-z]")
_MADE = re.compile(r"-?[DG]\b")
_BLOCK = re.compile(r"\s+block of\b")
_QUAKE = re.compile(r"(?:-|\s)+(\w{1,40})(?:\s(\w{1,40}))?")
# The second of "magnitude 7.6 and 7.4" too; what a quake measured is its magnitude.
_AND_ANOTHER = r"\s*(?:\d\.\d(?:,\s|,?\sand\s)){0,3}$"
_MAGNITUDE = re.compile(rf"\bmagnitudes?(?:\s+of|\s+was|\s+at|-|:)?{_AND_ANOTHER}", re.IGNORECASE)
_MEASURED = re.compile(rf"\b(?:measur(?:es?|ed|ing)|register(?:s|ed|ing)?)(?:\s+at)?{_AND_ANOTHER}", re.IGNORECASE)
_ON_SCALE = re.compile(r"\s*(?:points? |degrees? )?on the (?:open-ended )?(?:Richter|moment|magnitude)", re.IGNORECASE)
_ON_RICHTER = re.compile(r"\s*on the Richter", re.IGNORECASE)


class TypeGrammar:
    """Type quantities with one set of words; pure."""

    def __init__(self, words: QuantityWords, amounts: AmountGrammar) -> None:
        self.words = words
        self.amounts = amounts

    def read(
        self, text: str, tokens: Sequence[Token], quantities: list[Quantity], last: int
    ) -> tuple[list[Quantity], int]:
        """Tell ages, ordinals, magnitudes and identifiers from counts by the words around them."""
        q = quantities[0]
        if q.type == "duration":
            if m := _OLD.match(text, q.end):
                return [replace(q, type="age", rules=(*q.rules, "age.old"))], token_after(tokens, m.end())
            if _OF_AGE.match(text, q.end):
                return [replace(q, type="age", rules=(*q.rules, "age.of_age"))], last
        elif q.type == "count":
            if (named := self._named(text, tokens, q)) is not None:
                return [named], last
            if m := _NTH.match(text, q.end):
                ordinal = replace(q, end=m.end(), type="ordinal", rules=(*q.rules, "ordinal"))
                return [ordinal], token_after(tokens, m.end())
            if (typed := self._thing(text, q) or self._magnitude(text, q)) is not None:
                return [typed], last
        elif q.type == "measure" and q.unit == "degree" and _ON_RICHTER.match(text, q.end):
            return [replace(q, unit="magnitude", rules=(*q.rules, "magnitude"))], last
        return quantities, last

    def _named(self, text: str, tokens: Sequence[Token], q: Quantity) -> Quantity | None:
        """Read what comes before an ordinal's ending is looked at: emergency calls, page marks, shared units, ages."""
        digits = q.rules[-1] == "number.digits"
        number = text[q.core_start : q.core_end]
        if number in self.words.emergency and self._called(text, q):
            return replace(q, type="identifier", rules=(*q.rules, "identifier.emergency"))
        # Only the near words are looked at: a search over the whole text for each number would be quadratic.
        before = text[max(0, q.start - 90) : q.start]
        stripped = before.rstrip()
        if digits:
            of_many = _OF_MANY.match(text, q.end)
            of_many = of_many or (_MANY_OF.search(before) if stripped.endswith("of") else None)
            if of_many and _INDEXED.match(text, q.end, q.end + 90):
                return replace(q, type="identifier", rules=(*q.rules, "identifier.index"))
            if (shared := self._shared(text, tokens, q)) is not None:
                return shared
        leads = stripped[-1:].isalpha() or stripped.endswith(",")
        if 2 <= q.value < 115 and _ROLE_OF.search(before) and not _PLURAL.match(text, q.end):
            return _age(q, "age.of")
        if 18 <= q.value < 115 and _WAS.search(before) and text[q.end : q.end + 1] in {".", ","}:
            return _age(q, "age.was")
        if q.value < 125 and leads and _AGED.search(before, max(0, len(stripped) - 40)):
            return _age(q, "age.aged")
        if (
            digits
            and 0 < q.value < 115
            and q.bound == "exact"
            and (stripped.endswith(",") or before.endswith("and "))
            and _APPOSED.match(text, q.end, q.end + 90)
            and (_NAMED.search(before) or self._of_persons(before))
        ):
            return _age(q, "age.apposition")
        return None

    def _called(self, text: str, q: Quantity) -> bool:
        """Tell "112 calls", to that number, from "112 flights", so many; 911 is counted only before what can be."""
        after = _NEXT.match(text, q.end)
        if after is not None and after[1].lower().removesuffix("s") in self.words.called:
            return True
        if text[q.core_start : q.core_end] == "911":
            return _PLURAL.match(text, q.end) is None
        return _CALLING.search(text[max(0, q.start - 40) : q.start]) is not None

    def _shared(self, text: str, tokens: Sequence[Token], q: Quantity) -> Quantity | None:
        """Give "7.6" the unit of the number it is joined to: "7.6 and 7.5 magnitude quakes"."""
        m = _SHARED.match(text, q.end)
        k = token_after(tokens, m.end()) if m else len(tokens)
        partner = self.amounts.read(text, tokens, k, ()) if k < len(tokens) else None
        if partner is None or not partner.rule.startswith("unit."):
            return None
        old = partner.type == "duration" and _OLD.match(text, partner.end) is not None
        if partner.type not in {"measure", "percent"} and not old:
            return None
        value = tidy(q.value * partner.factor)
        low, high = (tidy(v * partner.factor) if v is not None else None for v in (q.low, q.high))
        return replace(
            q,
            type="age" if old else partner.type,
            unit=partner.unit,
            factor=partner.factor,
            value=value,
            low=low,
            high=high,
            rules=(*q.rules, "unit.shared"),
        )

    def _thing(self, text: str, q: Quantity) -> Quantity | None:
        """Read a number that names: after "flight" or "room", a model year, a block of a street."""
        if q.core_start == q.start and q.rules[-1] == "number.digits":
            before = text[max(0, q.start - 90) : q.start]
            word = _WORD.search(before, max(0, len(before) - 45))
            near = word.group(1).lower() if word else ""
            two = " ".join(_WORDS.findall(before.lower())[-2:]) if near else ""
            if (
                (near in self.words.identifiers or two in self.words.identifiers)
                and (near != "no" or before.rstrip().endswith("No"))
                and not (near in {"number", "count"} and before.rstrip()[-1:] == ",")
            ):
                return replace(q, type="identifier", rules=(*q.rules, "identifier.after_word"))
        if _CAPITAL.match(text, q.end) and _MODEL_YEAR.fullmatch(text, q.start, q.end):
            return replace(q, type="year", rules=(*q.rules, "year.model"))  # "a 2013 Toyota"
        if _MADE.match(text, q.end):
            return replace(q, type="identifier", rules=(*q.rules, "identifier.letter"))  # "a 3D printer", "5G"
        if _BLOCK.match(text, q.end):
            return replace(q, type="identifier", rules=(*q.rules, "identifier.block"))
        return None

    def _magnitude(self, text: str, q: Quantity) -> Quantity | None:
        """Read the magnitude of a quake: after that word, before "on the Richter scale", or a decimal and "quake"."""
        if not 0 < q.value < 10:
            return None
        quake = _QUAKE.match(text, q.end) if "." in text[q.core_start : q.core_end] else None
        before = text[max(0, q.start - 90) : q.start]
        measured = "." in text[q.core_start : q.core_end] and _MEASURED.search(before)
        if not (
            (quake and {(g or "").lower() for g in quake.groups()} & self.words.quake_nouns)
            or _MAGNITUDE.search(before)
            or (measured and self.words.quake_nouns & set(_WORDS.findall(before.lower())))
            or _ON_SCALE.match(text, q.end)
        ):
            return None
        hedge = Hedge("about", q.nearly) if q.bound == "about" else None
        low, high = interval(q.value, hedge, "magnitude")[:2] if hedge else (q.low, q.high)
        return replace(q, type="measure", unit="magnitude", low=low, high=high, rules=(*q.rules, "magnitude"))

    def _of_persons(self, before: str) -> bool:
        """Tell an age in apposition to a noun: "two women, 28 and 27," "a man, 24,"."""
        m = _PERSON.search(before)
        return m is not None and any(w in self.words.persons for w in (m.group(1), m.group(1).removesuffix("s")))


def _age(q: Quantity, rule: str) -> Quantity:
    """Return a bare number of years as an age."""
    low, high = _years(q.low), _years(q.high)
    return replace(q, type="age", unit="second", low=low, high=high, value=q.value * YEAR, rules=(*q.rules, rule))


def _years(value: float | None) -> float | None:
    return None if value is None else value * YEAR
