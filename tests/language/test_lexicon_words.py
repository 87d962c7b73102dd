"""Each word of the lists of numbers, hedges, units and currencies is read as its list says, not the example's alone."""

import pytest

from bot.knowledge.base import Knowledge
from bot.language.grammar import Grammar
from bot.language.quantity import Quantity


def _one(grammar: Grammar, text: str) -> Quantity | None:
    _, found = grammar.scan(text)
    return found[0] if len(found) == 1 else None


def test_each_hedge_bounds_a_number(knowledge: Knowledge, grammar: Grammar) -> None:
    wrong = []
    for row in knowledge.lexicon.rows("hedges", "hedge"):
        for word in row["words"]:
            between = "" if word.startswith("-") or word == "+" else " "
            left = row["side"] == "left"
            q = _one(grammar, f"They saw {word} 80 of it." if left else f"They saw 80{between}{word} of it.")
            if q is None or q.bound != row["bound"]:
                wrong.append((word, q and q.bound))
    assert wrong == []


def test_each_unit_converts_to_its_base(knowledge: Knowledge, grammar: Grammar) -> None:
    wrong = []
    for row in knowledge.lexicon.rows("units", "unit"):
        for name, factor in row["names"].items():
            q = _one(grammar, f"It showed {'one' if name == 'second' else 8} {name}, they said.")
            value = (1 if name == "second" else 8) * factor + row.get("offset", 0.0)
            if q is None or (q.unit, q.type) != (row["base"], row["kind"]) or q.value != pytest.approx(value):
                wrong.append((name, q and (q.unit, q.value)))
    assert wrong == []


def test_each_currency_is_money_of_its_code(knowledge: Knowledge, grammar: Grammar) -> None:
    lex = knowledge.lexicon
    told = [
        (f"It cost {sign}800 then.", code, 800.0) for sign, code in lex.mapping("currencies", "signs", "map").items()
    ]
    told += [(f"It cost 800 {name} then.", c, 800.0) for name, c in lex.mapping("currencies", "names", "map").items()]
    told += [(f"It cost {code} 800 then.", code, 800.0) for code in lex.words("currencies", "codes", "list")]
    told += [(f"It cost 800 {code} then.", code, 800.0) for code in lex.words("currencies", "codes", "list")]
    told += [
        (f"It cost 80{name if len(name) == 1 else f' {name}'} then.", code, 80 * factor)
        for name, (code, factor) in lex.mapping("currencies", "minor", "map").items()
    ]
    wrong = []
    for text, code, value in told:
        q = _one(grammar, text)
        if q is None or (q.type, q.unit) != ("money", code) or q.value != pytest.approx(value):
            wrong.append((text, q and (q.type, q.unit, q.value)))
    assert wrong == []


def test_each_number_word_has_its_value(knowledge: Knowledge, grammar: Grammar) -> None:
    lex = knowledge.lexicon
    told = [(f"They saw {w} crates.", v) for w, v in lex.mapping("numbers", "cardinals").items()]
    told += [(f"They saw 7 {w} crates.", 7 * v) for w, v in lex.mapping("numbers", "scales").items()]
    told += [(f"They paid $7{w} then.", 7 * v) for w, v in lex.mapping("numbers", "suffixes", "letters").items()]
    told += [
        (f"They saw {'three' if w.endswith('s') else 'one'} {w} of it.", (3 if w.endswith("s") else 1) * v)
        for w, v in lex.mapping("numbers", "fractions").items()
    ]
    told += [(f"They saw the {w} crate.", v) for w, v in lex.mapping("numbers", "ordinals").items() if w != "second"]
    told += [(f"It fell to {w} 80 degrees.", -80) for w in lex.words("numbers", "negatives")]
    wrong = []
    for text, value in told:
        q = _one(grammar, text)
        if q is None or q.value != pytest.approx(value):
            wrong.append((text, q and q.value))
    assert wrong == []


def test_each_vague_word_has_its_interval(knowledge: Knowledge, grammar: Grammar) -> None:
    for row in knowledge.lexicon.rows("numbers", "vague"):
        for word in row["words"]:
            q = _one(grammar, f"They saw {word} of them.")
            assert q is not None, word
            assert (q.low, q.high, q.bound) == (row["low"], row.get("high"), "vague"), word


def test_heights_of_a_picture_are_no_money(knowledge: Knowledge, grammar: Grammar) -> None:
    for word in knowledge.lexicon.words("numbers", "pictures"):
        q = _one(grammar, f"It films at {word}p.")
        assert q is not None, word
        assert q.type != "money", word
