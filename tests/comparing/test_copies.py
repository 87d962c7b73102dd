"""Copies of one origin: found by their words, ranked by who was first, and one voice in a comparison."""

import re
from dataclasses import replace

import pytest

from bot.comparing.copies import Agencies, Shares, copies, with_origins
from bot.knowledge.base import Knowledge
from bot.model import Article
from bot.services.engine import Engine
from bot.services.packing import pack, unpack

REPORT = (
    "A ferry with ninety people aboard ran onto a reef off the island of Halvo before dawn and went down within an "
    "hour, and boats from the fishing harbour took most of the passengers off the bow while it was still above water. "
    "The crossing had been delayed twice that night because of fog, and the pilot had asked for a second radar watch. "
    "12 people were killed. Divers are still looking for the recorder of the bridge near the southern channel."
)
OWN = (
    "Families waited at the pier of Halvo all morning for news of the ferry. The mayor opened the school gymnasium to "
    "them, and volunteers brought soup. A fisherman said he had heard the hull break on the reef long before he saw "
    "any lights. 12 people were killed. Nobody on the island remembers a wreck like this one, he said, and few sail "
    "through the southern channel at night."
)
STATEMENT = (
    "“We grieve with every family on the island, we have stopped all crossings until the inquiry has spoken, and we "
    "will open our books, our logs and our radar pictures to whoever is asked to find out how a ship that was tested "
    "in spring could run onto a reef that every chart has shown for a hundred years.”"
)


@pytest.fixture(scope="module")
def agencies(knowledge: Knowledge) -> Agencies:
    return Agencies.make(knowledge.lexicon)


def _article(id: str, text: str, outlet: str | None = None, published: str | None = None) -> Article:
    return Article(id, f"{id}.txt", text, outlet=outlet, published=published)


def test_the_earliest_of_those_alike_is_the_origin(agencies: Agencies) -> None:
    late = _article("a1", REPORT + " More follows.", "Coast Radio", "2024-05-03")
    first = _article("a2", REPORT, "Island Times", "2024-05-02")
    edited = _article("a3", REPORT.replace("before dawn", "early today"), "Herald", "2024-05-04")
    own = _article("a4", OWN, "Post", "2024-05-02")
    assert copies([late, first, edited, own], agencies) == {"a1": "a2", "a3": "a2"}
    assert [a.copy_of for a in with_origins([late, first, edited, own], agencies)] == ["a2", None, "a2", None]


def test_the_agency_itself_comes_first_whatever_the_dates(agencies: Agencies) -> None:
    paper = _article("a1", f"HALVO (AP) — {REPORT}", "Island Times", "2024-05-02")
    agency = _article("a2", REPORT, "Associated Press", "2024-05-03")
    assert copies([paper, agency], agencies) == {"a1": "a2"}


def test_a_credit_lowers_the_share_that_makes_a_copy(agencies: Agencies) -> None:
    # A third of the words are the report's, the others the paper's own.
    half = REPORT[: len(REPORT) * 7 // 20] + " " + OWN
    one, other = _article("a1", f"HALVO (Reuters) - {REPORT}", "Times"), _article("a2", half, "Post")
    assert copies([one, other], agencies) == {}
    credited = replace(other, text=f"{half}\nSource: Reuters")
    assert len(copies([one, credited], agencies)) == 1
    # A feed says so with words of its own.
    assert len(copies([replace(one, outlet="Gull"), replace(other, copy_of="Gull")], agencies)) == 1
    # Without shared words a credit says nothing.
    assert copies([one, _article("a3", f"{OWN}\nSource: Reuters", "Post")], agencies) == {}


def test_one_statement_in_two_papers_is_no_copy(agencies: Agencies) -> None:
    one = _article("a1", f"{REPORT[:180]} The owners said: {STATEMENT}", "Times")
    other = _article("a2", f"{OWN[:170]} In a letter the owners wrote: {STATEMENT}", "Post")
    assert copies([one, other], agencies) == {}


def test_what_an_outlet_repeats_of_its_own_reports_is_no_copy(agencies: Agencies) -> None:
    one = _article("a1", REPORT, "Times", "2024-05-02")
    later = _article("a2", OWN + REPORT[:300], "Times", "2024-05-03")
    assert copies([one, later], agencies) == {}
    assert copies([one, replace(later, outlet="Post")], agencies) == {"a2": "a1"}
    assert copies([one, replace(one, id="a2", published="2024-05-03")], agencies) == {"a2": "a1"}


def test_short_texts_and_unknown_dates(agencies: Agencies) -> None:
    short = "A ferry sank off Halvo on Monday and 12 people were killed, the coast guard said."
    assert copies([_article("a1", short), _article("a2", short)], agencies) == {}
    assert copies([], agencies) == {}
    guessed = replace(_article("a1", REPORT, "A", "2019-01-01"), published_from="guess")
    assert copies([guessed, _article("a2", REPORT, "B", "2024-05-02")], agencies) == {"a1": "a2"}


def test_every_sign_of_a_credit_reads_its_example(knowledge: Knowledge, agencies: Agencies) -> None:
    rows = knowledge.lexicon.rows("agencies", "sign")
    for row in (*rows, knowledge.lexicon.files["agencies"]["agencies"]):
        assert agencies.credited(_article("a1", row["example"])) is not None, row["example"]
    for text in ("Reuters was told that 12 people died.", "The AP said on Monday that 12 people died."):
        assert agencies.credited(_article("a1", text)) is None
    assert all(re.compile(row["pattern"].replace("{name}", "AP")) for row in rows)


def test_copies_are_one_voice_and_are_kept_with_a_packed_comparison() -> None:
    engine = Engine.load()
    report = REPORT.replace("12 people", "18 people")
    times = _article("a1", report, "Island Times", "2024-05-02")
    gull = _article(
        "a2", report.replace("12 people were killed.", "18 people were killed, no more."), "Gull", "2024-05-02"
    )
    other = _article("a3", OWN, "Post", "2024-05-02")
    articles = [times, gull, other]
    result = engine.compare(articles, [engine.read(a) for a in articles])
    assert [a.copy_of for a in result.articles] == [None, "a1", None]
    # Two outlets print 18, yet one voice says it: against one voice for 12 that is a tie, which the lowest wins.
    [leads] = [lead for id, lead in result.leading.items() if any(f.id == id and f.flag for f in result.findings)]
    assert leads["majority"].low == 12
    again = unpack(pack(result, "x"), articles, "x")
    assert again is not None
    assert again.articles == result.articles
    assert [[a.copy_of for a in story] for story in engine.group([times, gull])] == [[None, "a1"]]


def test_the_copies_of_a_story_that_grows_and_shrinks_are_those_found_anew(agencies: Agencies) -> None:
    texts = [
        REPORT,
        f"{REPORT} More follows.",
        OWN,
        REPORT,
        STATEMENT,
        "Short.",
        REPORT.replace("before dawn", "today"),
    ]
    story = [_article(f"a{n}", text, f"Paper {n}", f"2024-05-0{n}") for n, text in enumerate(texts, 1)]
    known: Shares = {}
    assert copies(story, agencies, known) == {"a2": "a1", "a4": "a1", "a7": "a1"}
    for some in (story[:1], story[:2], story[:4], story[1:], story[::-1], story[2:5], story):
        assert copies(some, agencies, known) == copies(some, agencies)
    many = [_article(f"b{n}", f"{REPORT} Boat {n} came. {OWN}", f"Radio {n}") for n in range(12)]
    assert copies([*story, *many], agencies, known) == copies([*story, *many], agencies)
