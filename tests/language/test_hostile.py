"""Whatever the text: reading ends, in steps that grow with its length, with spans that lie in it, and always the same."""

import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.grammar import Grammar
from bot.language.sentences import split_sentences

ROOT = Path(__file__).resolve().parents[2]
# One unit of each is repeated: runs that a pattern could be tried from anew at each of their letters.
RUNS = {
    "figures": "At least 12 were killed on March 3, 2014, in Lagos, 5 km off; $3.4 million was lost. ",
    "digits": "9",
    "numbers": "1 ",
    "groups": "1,111",
    "points": "1.1.",
    "letters and dots": "a.b@c ",
    "hyphens": "1-",
    "minus": "-",
    "dates": "March 3, ",
    "hedges": "at least ",
    "words": "one hundred and ",
    "halves": "and a half ",
    "scales": "million ",
    "powers": "1^",
    "times": "x10",
    "feet": "6 feet 2 inches ",
    "bounds": "more than 3 and less than ",
    "phones": "217-351-",
    "codes": "A-1",
    "quotes": '"',
    "brackets": "([",
    "pieces": "ab. cd. ",
    "initials": "A. ",
}
NUMBERS = st.text(st.sampled_from("0123456789.,-−–+^/×x% $€£½⁸eE'\"()kmbn\n\u00a0 "), max_size=60)


def _steps(call: Callable[[], object]) -> int:
    """Return how many calls a call takes: a measure of work that no clock and no other process changes."""
    count = 0

    def step(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    former = sys.getprofile()
    sys.setprofile(step)
    try:
        call()
    finally:
        sys.setprofile(former)
    return count


@pytest.mark.parametrize("unit", RUNS.values(), ids=RUNS.keys())
def test_steps_grow_with_the_length(grammar: Grammar, unit: str) -> None:
    short, long = unit * (2_000 // len(unit) + 1), unit * (8_000 // len(unit) + 4)
    grammar.scan(short)  # patterns are compiled at first use
    assert _steps(lambda: grammar.scan(long)) <= 5 * _steps(lambda: grammar.scan(short)) + 500


def test_hostile_texts_end() -> None:
    """Each within two seconds of processor time, which other processes do not take from it."""
    program = """
import signal, sys
from bot.knowledge.base import Knowledge
from bot.language.grammar import Grammar
from bot.language.sentences import split_sentences
from bot.resources import resource
from tests.language.test_hostile import RUNS

def late(*_):
    raise SystemExit(f"not within two seconds: {name}")

grammar = Grammar.make(Knowledge.load(resource("data")))
grammar.scan("At least 12 were killed on March 3 in Lagos, 5 km off; $3.4 million was lost.")
signal.signal(signal.SIGPROF, late)
texts = {name: RUNS[name] * (100_000 // len(RUNS[name])) for name in ("digits", "quotes", "brackets")}
texts["pieces"] = RUNS["pieces"] * 3_000
texts["nested"] = '"(' * 10_000 + "9" + ')"' * 10_000
for name, text in texts.items():
    signal.setitimer(signal.ITIMER_PROF, 2)
    for s in split_sentences(text):
        grammar.scan(text[s.start : s.end], s.start)
    signal.setitimer(signal.ITIMER_PROF, 2)
    grammar.scan(text)
    signal.setitimer(signal.ITIMER_PROF, 0)
"""
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2_000:]


@given(st.one_of(st.text(max_size=300), NUMBERS))
@settings(max_examples=400, deadline=None)
def test_spans_lie_in_the_text_and_in_order(grammar: Grammar, text: str) -> None:
    dates, found = grammar.scan(text)
    assert all(0 <= d.start < d.end <= len(text) for d in dates)
    assert all(0 <= q.start <= q.core_start < q.core_end <= len(text) and q.core_start < q.end for q in found)
    assert all(a.start <= b.start and a.end <= b.start for a, b in pairwise(found))
    taken = [(d.start, d.end) for d in dates]
    assert not any(s < q.core_end and q.core_start < e for s, e in taken for q in found)


@given(NUMBERS, st.integers(1, 5_000))
@settings(max_examples=200, deadline=None)
def test_reading_again_or_elsewhere_is_the_same(grammar: Grammar, text: str, base: int) -> None:
    dates, found = grammar.scan(text)
    grammar.scan("More than 30 but less than 50 of the 977 sank on March 3.")
    assert grammar.scan(text) == (dates, found)
    moved_dates, moved = grammar.scan(text, base)
    assert [(d.start - base, d.end - base, d.rule) for d in moved_dates] == [(d.start, d.end, d.rule) for d in dates]
    assert [(q.start - base, q.end - base, q.value) for q in moved] == [(q.start, q.end, q.value) for q in found]


@given(NUMBERS)
@settings(max_examples=300, deadline=None)
def test_values_are_finite_and_inside_their_interval(grammar: Grammar, text: str) -> None:
    for q in grammar.scan(text)[1]:
        ends = [x for x in (q.value, q.low, q.high) if x is not None]
        assert all(abs(x) < float("inf") for x in ends)
        if q.type not in {"score", "identifier"} and q.low is not None and q.high is not None:
            assert q.low <= q.value <= q.high or q.bound == "vague"


@given(st.integers(-(10**15), 10**15))
def test_a_grouped_number_has_its_value(grammar: Grammar, number: int) -> None:
    text = f"It came to {number:,} in all."
    assert [(q.value, text[q.start : q.end]) for q in grammar.scan(text)[1]] == [(number, f"{number:,}")]


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_sentences_lie_in_the_text_and_in_order(text: str) -> None:
    spans = [(s.start, s.end) for s in split_sentences(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
