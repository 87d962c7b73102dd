"""Tell ages, ordinals, magnitudes and identifiers from counts by the words around a number."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.language.amounts import AmountGrammar
from bot.language.quantity import Hedge, Quantity, QuantityWords, interval, tidy
from bot.language.tokens import Token, token_after

# Seconds in a mean Gregorian year, as in data/lexicon/units.toml.
YEAR = 31556952


_OLD = re.compile(r"(?:\s|-)*olds?\b")


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
        # Only the near words are looked at: a search over the whole text for each number would be quadratic.
        after, before = text[q.end : q.end + 90], text[max(0, q.start - 90) : q.start]
        if q.type == "duration" and (m := re.match(r"(?:\s|-)*olds?\b", after, re.I)):
            return [replace(q, type="age", rules=(*q.rules, "age.old"))], token_after(tokens, q.end + m.end())
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
            shared = re.match(r"\s*-?\s*(?:,|and|or)\s+(?=\d)", after)
            if (
                shared
                and q.rules[-1] == "number.digits"
                and (k := token_after(tokens, q.end + shared.end())) < len(tokens)
            ):
                # "7.6 and 7.5 magnitude quakes": the unit after the second number holds for the first.
                partner = self.amounts.read(text, tokens, k, ())
                old = partner is not None and partner.type == "duration" and _OLD.match(text, partner.end)
                if (
                    partner is not None
                    and partner.rule.startswith("unit.")
                    and (partner.type in {"measure", "percent"} or old)
                ):
                    value = tidy(q.value * partner.factor)
                    low, high = (tidy(v * partner.factor) if v is not None else None for v in (q.low, q.high))
                    return [
                        replace(
                            q,
                            type="age" if old else partner.type,
                            unit=partner.unit,
                            factor=partner.factor,
                            value=value,
                            low=low,
                            high=high,
                            rules=(*q.rules, "unit.shared"),
                        )
                    ], last
            if re.search(r"\b(?:aged|ages?|age of|turned|turning)\s*$", before, re.I) and q.value < 125:
                return [_age(q, "age.aged")], last
            if (
                (re.search(r"\b[A-Z][\w.'’-]+,\s*$", before) or self._of_persons(before))
                and re.match(r"\s*(?:,|\.(?:\s|$)|\)|;|$| of [A-Z]|, of\b| and \d\d?\s*[,.;])", after)
                and q.rules[-1] == "number.digits"
                and 0 < q.value < 115
                and q.bound == "exact"
            ):
                return [_age(q, "age.apposition")], last
            if m := re.match(r"(?:st|nd|rd|th)\b", after, re.I):
                return [replace(q, end=q.end + m.end(), type="ordinal", rules=(*q.rules, "ordinal"))], token_after(
                    tokens, q.end + m.end()
                )
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
            if re.fullmatch(r"(?:19|20)\d\d", text[q.start : q.end]) and re.match(r"\s+[A-Z][a-z]", after):
                return [replace(q, type="year", rules=(*q.rules, "year.model"))], last  # "a 2013 Toyota"
            if re.match(r"\s+block of\b", after):
                return [replace(q, type="identifier", rules=(*q.rules, "identifier.block"))], last
            quake = re.match(r"(?:-|\s)+(\w+)(?:\s(\w+))?", after)
            lead = re.search(r"\bmagnitudes?(?:\s+of|\s+was|\s+at|-|:)?\s*$", before, re.I)
            told = (
                lead
                or (
                    quake
                    and {(g or "").lower() for g in quake.groups()} & self.words.quake_nouns
                    and "." in text[q.core_start : q.core_end]
                )
                or re.match(
                    r"\s*(?:points? |degrees? )?on the (?:open-ended )?(?:Richter|moment|magnitude)", after, re.I
                )
            )
            if told and 0 < q.value < 10:
                hedge = Hedge("about", q.nearly) if q.bound == "about" else None
                low, high = (interval(q.value, hedge, "magnitude")[:2]) if hedge else (q.low, q.high)
                return [
                    replace(q, type="measure", unit="magnitude", low=low, high=high, rules=(*q.rules, "magnitude"))
                ], last
        if q.type == "measure" and q.unit == "degree" and re.match(r"\s*on the Richter", after, re.I):
            return [replace(q, unit="magnitude", rules=(*q.rules, "magnitude"))], last
        return quantities, last

    def _of_persons(self, before: str) -> bool:
        """Tell an age in apposition to a noun: "two women, 28 and 27," "a man, 24,"."""
        m = re.search(r"\b([a-z]+),\s+(?:\d\d?\s+and\s+)?$", before)
        return m is not None and any(w in self.words.persons for w in (m.group(1), m.group(1).removesuffix("s")))


def _age(q: Quantity, rule: str) -> Quantity:
    """Return a bare number of years as an age."""
    low, high = _years(q.low), _years(q.high)
    return replace(q, type="age", unit="second", low=low, high=high, value=q.value * YEAR, rules=(*q.rules, rule))


def _years(value: float | None) -> float | None:
    return None if value is None else value * YEAR
