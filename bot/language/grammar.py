"""Make the grammars of dates and quantities from the word lists, once."""

from dataclasses import dataclass

from bot.knowledge.base import Knowledge
from bot.language.dates import CalendarWords, DateGrammar, DateSpan
from bot.language.number import NumberWords
from bot.language.quantities import QuantityGrammar
from bot.language.quantity import Hedge, Hedges, Quantity, QuantityWords, Unit
from bot.language.tokens import tokenize


def _key(phrase: str) -> tuple[str, ...]:
    if phrase.startswith("-"):
        return (phrase,)
    return tuple(t.low for t in tokenize(phrase))


@dataclass(frozen=True, slots=True)
class Grammar:
    """The date and the quantity grammar, made for one set of word lists."""

    dates: DateGrammar
    quantities: QuantityGrammar

    @classmethod
    def make(cls, knowledge: Knowledge) -> "Grammar":
        """Build both grammars from the lexicon."""
        lex = knowledge.lexicon
        calendar = CalendarWords(
            months=lex.mapping("calendar", "months"),
            weekdays=lex.mapping("calendar", "weekdays"),
            relative=lex.mapping("calendar", "relative"),
            units=lex.mapping("calendar", "units"),
            prepositions=lex.words("calendar", "prepositions"),
            zones=lex.words("calendar", "zones"),
        )
        vague = {
            _key(w): (float(r["low"]), float(r["high"]) if "high" in r else None)
            for r in lex.rows("numbers", "vague")
            for w in r["words"]
        }
        numbers = NumberWords(
            cardinals=lex.mapping("numbers", "cardinals"),
            scales=lex.mapping("numbers", "scales"),
            suffixes=lex.mapping("numbers", "suffixes", "letters"),
            groups=lex.mapping("numbers", "groups"),
            fractions=lex.mapping("numbers", "fractions"),
            ordinals=lex.mapping("numbers", "ordinals"),
            vague=vague,
            vague_heads=frozenset(key[0] for key in vague),
            negatives=lex.words("numbers", "negatives"),
        )
        hedges = lex.rows("hedges", "hedge")
        sides: dict[str, dict[tuple[str, ...], Hedge]] = {"left": {}, "right": {}}
        for row in hedges:
            for phrase in row["words"]:
                sides[row["side"]][_key(phrase)] = Hedge(
                    row["bound"], row.get("reading") == "nearly", bool(row.get("outside"))
                )
        units = {
            name: Unit(u["base"], float(factor), u["dimension"], u["kind"], float(u.get("offset", 0.0)))
            for u in lex.rows("units", "unit")
            for name, factor in u["names"].items()
        }
        words = QuantityWords(
            numbers=numbers,
            left=Hedges(sides["left"]),
            right=Hedges(sides["right"]),
            units=units,
            signs=lex.mapping("currencies", "signs", "map"),
            codes=lex.words("currencies", "codes", "list"),
            currencies=lex.mapping("currencies", "names", "map"),
            minor={k: (str(v[0]), float(v[1])) for k, v in lex.mapping("currencies", "minor", "map").items()},
            identifiers=lex.words("numbers", "identifiers", "before"),
            score_cues=lex.words("numbers", "scores", "cues"),
            quake_nouns=frozenset(
                {
                    "earthquake",
                    "quake",
                    "temblor",
                    "tremor",
                    "aftershock",
                    "earthquakes",
                    "quakes",
                    "tremors",
                    "aftershocks",
                    "temblors",
                }
            ),
            pictures=lex.words("numbers", "pictures"),
            paid=lex.words("currencies", "paid"),
            weather=lex.words("units", "weather"),
            emergency=lex.words("numbers", "emergency"),
            called=lex.words("numbers", "emergency", "called"),
            persons=lex.words("measures", "people"),
            change_verbs=lex.words("measures", "change"),
        )
        return cls(DateGrammar(calendar), QuantityGrammar(words))

    def scan(self, text: str, base: int = 0) -> tuple[list[DateSpan], list[Quantity]]:
        """Return dates and quantities of one sentence; offsets count from `base`."""
        dates = self.dates.scan(text, base)
        return dates, self.quantities.scan(text, dates, base)
