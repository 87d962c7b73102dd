"""Prices of one deal and times of one event: how near two may be and still be one."""

import pytest

from tests.comparing.test_pairs import hold
from tests.conftest import Compare

PAIRS: list[tuple[str, str, str, str, str]] = [
    # A tenth apart, one price may count debt and the other not, unless both say that they do.
    (
        "Acme agreed to buy Bolt for $43 million.",
        "Acme will buy Bolt for $46 million.",
        "$43 million",
        "$46 million",
        "different_measure",
    ),
    (
        "Acme agreed to buy Bolt for $43 million including debt.",
        "Acme will buy Bolt for $46 million in cash and assumed debt.",
        "$43 million",
        "$46 million",
        "conflict",
    ),
    # What two sides have agreed on is told with "will"; what somebody may pay is not agreed on.
    ("Acme bought Bolt for $41.50 a share.", "Acme will buy Bolt for $42.50 a share.", "$41.50", "$42.50", "conflict"),
    (
        "Acme bought Bolt for $41.50 a share.",
        "Acme may buy Bolt for $42.50 a share.",
        "$41.50",
        "$42.50",
        "different_status",
    ),
    (
        "Acme bought Bolt for $41.50 a share.",
        "Acme could buy Bolt for $42.50 a share.",
        "$41.50",
        "$42.50",
        "different_status",
    ),
    # Nobody rounds to 4:12; 4:10 may be 4:12.
    ("The quake struck at 4:12 a.m.", "The quake struck at 4:21 a.m.", "4:12 a.m.", "4:21 a.m.", "conflict"),
    ("The quake struck at 4:10 a.m.", "The quake struck at 4:20 a.m.", "4:10 a.m.", "4:20 a.m.", "compatible_bound"),
    (
        "The quake struck at 4:12 a.m.",
        "The quake struck at about 4:21 a.m.",
        "4:12 a.m.",
        "4:21 a.m.",
        "compatible_bound",
    ),
]


@pytest.mark.parametrize("row", PAIRS, ids=[f"{r[0]} / {r[1]}" for r in PAIRS])
def test_prices_and_clocks(compare: Compare, row: tuple[str, str, str, str, str]) -> None:
    hold(compare, row)
