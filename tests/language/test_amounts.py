"""Amounts that the grammar puts together: fractions, powers, signs, two units of one amount, two bounds of one range."""

import pytest

from bot.language.grammar import Grammar
from tests.language.test_quantities import Row, assert_read

PARTS: list[Row] = [
    ("A hundred and five crates sank.", "A hundred and five", "count", 105, 105, "exact", None),
    ("Two point five million crates sank.", "Two point five million", "count", 2.5e6, 2.5e6, "exact", None),
    ("It weighs nine point nought four tonnes.", "nine point nought four tonnes", "measure", 9040, 9040, "exact",
     "kilogram"),
    ("Half a dozen crates sank.", "Half a dozen", "count", 6, 6, "exact", None),
    ("Three hundred and two dozen crates sank.", "Three hundred and two dozen", "count", 324, 324, "exact", None),
    ("Twenty-two and a half crates sank.", "Twenty-two and a half", "count", 22.5, 22.5, "exact", None),
    ("Three million and a half sank.", "Three million and a half", "count", 3.5e6, 3.5e6, "exact", None),
    ("A billion and a half million sank.", "A billion and a half million", "count", 1.0005e9, 1.0005e9, "exact", None),
    ("One hundred and three quarters sank.", "One hundred and three quarters", "count", 100.75, 100.75, "exact", None),
    ("Two fifths of it sank.", "Two fifths", "ratio", 0.4, 0.4, "exact", None),
    ("Three twenty-fifths of it sank.", "Three twenty-fifths", "ratio", 0.12, 0.12, "exact", None),
    ("Two thirds of a million sank.", "Two thirds of a million", "count", 2e6 / 3, 2e6 / 3, "exact", None),
    ("3 and 3/5 crates sank.", "3 and 3/5", "count", 3.6, 3.6, "exact", None),
    ("Some ⅙ of it sank.", "Some ⅙", "ratio", 0.15, 0.55 / 3, "about", None),
    ("The share was one over three.", "one over three", "ratio", 1 / 3, 1 / 3, "exact", None),
    ("Nine in 10 people agreed.", "Nine in 10", "ratio", 0.9, 0.9, "exact", None),
    ("4 thousand 3 hundred and 21 sank.", "4 thousand 3 hundred and 21", "count", 4321, 4321, "exact", None),
    ("The fund holds 2.5 lakh crore rupees.", "2.5 lakh crore rupees", "money", 2.5e12, 2.5e12, "exact", "INR"),
    ("It holds 10^8 cells.", "10^8", "count", 1e8, 1e8, "exact", None),
    ("It holds 1.5 x 10^6 cells.", "1.5 x 10^6", "count", 1.5e6, 1.5e6, "exact", None),
    ("It holds 2 × 10⁻³ litres.", "2 × 10⁻³ litres", "measure", 0.002, 0.002, "exact", "litre"),
    ("It holds 4e14 cells.", "4e14", "count", 4e14, 4e14, "exact", None),
    ("It holds 2 to the power of 10 cells.", "2 to the power of 10", "count", 1024, 1024, "exact", None),
    ("It cost €1.234,50 more.", "€1.234,50", "money", 1234.5, 1234.5, "exact", "EUR"),
    ("It fell to -18 °C.", "-18 °C", "measure", -18, -18, "exact", "degree Celsius"),
    ("It fell to about minus 20 degrees.", "about minus 20 degrees", "measure", -22, -18, "about", "degree"),
    ("It fell below -30 °C.", "below -30 °C", "measure", None, -30, "less_than", "degree Celsius"),
    ("It lost -$5.", "-$5", "money", -5, -5, "exact", "USD"),
    ("-12 crates sank.", "12", "count", 12, 12, "exact", None),
    ("It reached 104 degrees Fahrenheit.", "104 degrees Fahrenheit", "measure", 40, 40, "exact", "degree Celsius"),
    ("It rose by 9 degrees Fahrenheit.", "9 degrees Fahrenheit", "measure", 5, 5, "exact", "degree Celsius"),
]  # fmt: skip

JOINED: list[Row] = [
    ("It is 5 feet 2 inches long.", "5 feet 2 inches", "measure", 1.5748, 1.5748, "exact", "metre"),
    ("A 6-foot-4 crate sank.", "6-foot-4", "measure", 1.9304, 1.9304, "exact", "metre"),
    ("It is 5 ft 2 in.", "5 ft 2 in", "measure", 1.5748, 1.5748, "exact", "metre"),
    ('He is 6\'4" tall.', '6\'4"', "measure", 1.9304, 1.9304, "exact", "metre"),
    ("It took 2 hours and 30 minutes.", "2 hours and 30 minutes", "duration", 9000, 9000, "exact", "second"),
    ("He served 3 years and 2 days later he left.", "3 years", "duration", 94670856, 94670856, "exact", "second"),
    ("It cost 5 dollars and 20 cents.", "5 dollars and 20 cents", "money", 5.2, 5.2, "exact", "USD"),
    ("It cost £3 50p.", "£3 50p", "money", 3.5, 3.5, "exact", "GBP"),
    ("It cost 15 dollars 50.", "15 dollars 50", "money", 15.5, 15.5, "exact", "USD"),
    ("It cost 15 dollars and 50 crates sank.", "15 dollars", "money", 15, 15, "exact", "USD"),
    ("It lost 30 MUSD.", "30 MUSD", "money", 30e6, 30e6, "exact", "USD"),
    ("It lost 75 USD million.", "75 USD million", "money", 75e6, 75e6, "exact", "USD"),
    ("It costs Rs 500 crore.", "Rs 500 crore", "money", 5e9, 5e9, "exact", "INR"),
    ("It costs 50€.", "50€", "money", 50, 50, "exact", "EUR"),
    ("It costs $5 m.", "$5 m", "money", 5e6, 5e6, "exact", "USD"),
    ("The gap is 5m.", "5m", "measure", 5, 5, "exact", "metre"),
    ("More than 30 but less than 50 sank.", "More than 30 but less than 50", "count", 30, 50, "range", None),
    ("At most 9 and at least 5 km off.", "At most 9 and at least 5 km", "measure", 5000, 9000, "range", "metre"),
    ("Of all, more than 40 and less than 10 sank.", "more than 40", "count", 40, None, "more_than", None),
    ("They took between 44 mg to 50 mg.", "between 44 mg to 50 mg", "measure", 4.4e-5, 5e-5, "range", "kilogram"),
    ("It ranged from -18 °C to -34 °C.", "from -18 °C to -34 °C", "measure", -34, -18, "range", "degree Celsius"),
    ("About 500 or more sank.", "About 500 or more", "count", 500, None, "at_least", None),
    ("It was ≥ 30 km.", "≥ 30 km", "measure", 30000, None, "at_least", "metre"),
    ("The toll exceeded 3,000.", "3,000", "count", 3000, None, "more_than", None),
    ("The toll did not exceed 3,000.", "3,000", "count", 0, 3000, "at_most", None),
    ("The price fell $2 to $45.", "$45", "money", 45, 45, "exact", "USD"),
    ("They took 44 ml to 50 mg.", "44 ml", "measure", 0.044, 0.044, "exact", "litre"),
]  # fmt: skip


@pytest.mark.parametrize("row", [*PARTS, *JOINED], ids=[r[0] for r in [*PARTS, *JOINED]])
def test_reads_an_amount(grammar: Grammar, row: Row) -> None:
    assert_read(grammar, row)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("They lost 2 over 3 years.", ["2", "over 3 years"]),
        ("Killed two in five attacks.", ["two", "five"]),
        ("They came in 12 -13 boats.", ["12", "13"]),
        ("She tested negative three times.", ["three"]),
        ("Profits fell for two quarters.", ["two"]),
        ("In the end it came to naught.", []),
        ("A Core i7 860 sank.", ["7", "860"]),
    ],
)
def test_reads_apart_what_is_apart(grammar: Grammar, text: str, printed: list[str]) -> None:
    _, found = grammar.scan(text)
    assert [text[q.start : q.end] for q in found] == printed


def test_a_whole_number_keeps_its_digits(grammar: Grammar) -> None:
    _, found = grammar.scan("It lost $1,234,567,890,123,456.")
    assert [q.value for q in found] == [1234567890123456]


def test_a_number_of_a_hundred_digits_is_a_code(grammar: Grammar) -> None:
    _, found = grammar.scan(f"The key is {'7' * 100}.")
    assert [q.type for q in found] == ["identifier"]
