"""Summaries of a story: shared things first, each sentence with its source, and the digest's three parts."""

from bot.model import Article, Comparison, Figure, Finding, Side
from bot.summarizing.digest import digest
from bot.summarizing.story import summarize_story

HERALD = (
    "The ferry Selma Lund sank off Vostmark on Thursday, and 12 people were killed, the coast guard said.\n"
    "The Selma Lund had struck a rock near the lighthouse of Vostmark.\n"
    "Bishop Anna Falk will hold a service in the old cathedral next Sunday evening.\n"
)
TIMES = (
    "The ferry Selma Lund sank on Thursday off Vostmark and 18 people were killed, the harbour office said.\n"
    "Near the lighthouse of Vostmark the Selma Lund struck a rock.\n"
    "Shares of the insurer Nordkapital lost a tenth of their price in early trading.\n"
)
POST = "A ferry sank near Vostmark on Thursday. The Selma Lund struck a rock near the lighthouse, police in Vostmark said.\n"


def article(id: str, text: str, copy_of: str | None = None) -> Article:
    """Make an article."""
    return Article(id, f"{id}.txt", text, copy_of=copy_of)


def figure(id: str, article: str, text: str, printed: str) -> Figure:
    """Make a figure of the first sentence."""
    start = text.index(printed)
    return Figure(
        id, article, start, start + len(printed), ((start, start + len(printed)),), printed, "count", float(printed),
        float(printed), "exact", sentence=(0, text.index("\n")),
    )  # fmt: skip


FLAG = Finding(
    "c1", "conflict", True, ("r1",), (Side(("f1",), (), ()), Side(("f2",), (), ())), "12 is not 18.", "high", 0.8
)
COMPARED = Comparison((), (figure("f1", "a", HERALD, "12"), figure("f2", "b", TIMES, "18")), (), (FLAG,), (), 0, {}, ())
ALL = (article("a", HERALD), article("b", TIMES), article("c", POST))


def test_a_story_is_summed_up_in_sentences_of_its_articles_none_twice() -> None:
    found = summarize_story(ALL, sentences=3)
    texts = {a.id: a.text for a in ALL}
    assert all(texts[s.article][s.start : s.end] == s.text for s in found)
    assert sum("rock" in s.text for s in found) <= 1
    assert sum("killed" in s.text for s in found) <= 1
    assert summarize_story([], sentences=3) == ()
    assert sum(len(s.text.split()) for s in summarize_story(ALL, words=30)) <= 30


def test_a_digest_says_what_is_shared_what_only_one_says_and_where_they_differ() -> None:
    found = digest(ALL, COMPARED)
    [difference] = found.differ
    assert (difference.finding, difference.explanation) == ("c1", "12 is not 18.")
    assert [(s.article, s.text[-23:]) for s in difference.sentences] == [
        ("a", "d, the coast guard said."[1:]),
        ("b", " the harbour office said."[2:]),
    ]
    assert any("rock" in one.sentence.text and len(one.backed_by) == 2 for one in found.agreed)
    assert not any("killed" in one.sentence.text for one in found.agreed), "what differs is not agreed on"
    assert {(s.article, s.text.split()[0]) for s in found.only} == {("a", "Bishop"), ("b", "Shares")}


def test_a_copy_backs_nothing_and_one_article_agrees_with_nobody() -> None:
    copies = (article("a", HERALD), article("b", HERALD, copy_of="a"))
    found = digest(copies)
    assert (found.agreed, found.only, found.differ) == ((), (), ())
    alone = digest((article("a", HERALD),))
    assert (alone.agreed, alone.only) == ((), ())
    assert digest(()).agreed == ()
