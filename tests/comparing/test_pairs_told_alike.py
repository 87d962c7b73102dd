"""Pairs that no word of the lexicon names: what both texts say around two numbers decides (decisions 16 and 19)."""

import pytest

from tests.comparing.test_pairs import hold
from tests.conftest import Compare

# texts, printed of one, printed of the other, kind
ALIKE: list[tuple[str, str, str, str, str]] = [
    # What a clause says without a word of the lexicon labels a figure and compares nothing by itself ...
    ("Five women were inside.", "Nine women were inside.", "Five", "Nine", "different_measure"),
    # ... nor are words that both texts have enough where the numbers are far apart or an article counts the noun twice.
    (
        "The senator won the race by 312 votes over sheriff Raines.",
        "She beat sheriff Raines in the race by 321 votes.",
        "312",
        "321",
        "conflict",
    ),
    (
        "The senator won the race by 312 votes over sheriff Raines.",
        "She beat sheriff Raines in the race by 901 votes.",
        "312",
        "901",
        "different_measure",
    ),
    (
        "The senator won the race by 312 votes over sheriff Raines.",
        "She beat sheriff Raines in the race by 321 votes. Hale had 9 votes.",
        "312",
        "321",
        "different_measure",
    ),
    # Lengths of time, amounts and measures that no word names: half of the words around them.
    (
        "A tense two hours followed in which police negotiated with the suspect.",
        "For almost three hours police negotiated with the suspect.",
        "two hours",
        "almost three hours",
        "conflict",
    ),
    (
        "A tense two hours followed in which police negotiated with the suspect.",
        "Trains to the coast took almost three hours.",
        "two hours",
        "almost three hours",
        "none",
    ),
    (
        "Norton gave 40 percent of the harbour to her sons and 50 percent to her cook.",
        "Norton gave 45 percent of the harbour to her sons.",
        "40 percent",
        "45 percent",
        "none",
    ),
    # Whose it is, one text does not say: what both say of it decides.
    (
        "The pilot was sentenced to 22 years in prison for the hijack.",
        "A judge on Monday sentenced the pilot to 24 years in prison for the hijack.",
        "22 years",
        "24 years",
        "conflict",
    ),
    (
        "Dover beat Acme 31-27 in the cup final.",
        "In the cup final Dover beat Acme 31-24.",
        "31-27",
        "31-24",
        "conflict",
    ),
    (
        "Dover beat Acme 31-27 in the cup final.",
        "In the cup final Acme lost 27-31 to Dover.",
        "31-27",
        "27-31",
        "agree",
    ),
    ("Dover beat Acme 31-27 in the cup final.", "Last year Hale won 31-24.", "31-27", "31-24", "different_event"),
    # Where no word of the event stands by a time, the texts must say alike what came to pass then.
    (
        "Norton was stopped on Route 52 just after 2:30 a.m., police said.",
        "Norton gave a breath sample on Route 52 shortly after 2 a.m., police said.",
        "2:30 a.m.",
        "2 a.m.",
        "conflict",
    ),
    (
        "A robber walked in around 4 p.m., police said.",
        "Police said the suspect gave himself up around 5 p.m.",
        "4 p.m.",
        "5 p.m.",
        "different_measure",
    ),
]


@pytest.mark.parametrize("row", ALIKE, ids=[f"{r[2]} / {r[3]}: {r[4]}" for r in ALIKE])
def test_pairs_told_alike(compare: Compare, row: tuple[str, str, str, str, str]) -> None:
    hold(compare, row)
