"""What a number that stands alone counts: "Enrollment fell from 412 to 187", "a crowd of 300", "311 votes to 298"."""

from typing import Any

from bot.language.quantity import Quantity
from bot.reading.document import View
from bot.reading.words import ReadingWords


def counted_noun(span: Any, words: ReadingWords) -> tuple[Any, str] | None:
    """Return the token of the noun that a number without one counts, and the rule; None where none is told."""
    num = next((t for t in span if t.tag_ == "CD" and t.dep_ not in {"quantmod", "compound"}), span.root)
    if (
        num.dep_ == "quantmod"
        and num.head.dep_ == "nummod"
        and num.i < num.head.i
        and num.doc[num.i + 1].lower_ == "of"
    ):
        return num.head.head, "noun.of_many"  # "84 of 151 seats"
    joined = num
    while joined.dep_ == "conj" and joined.head != joined:
        joined = joined.head
    if joined != num and joined.dep_ == "nummod":
        return joined.head, "noun.list"  # "12, 15 and 19 ships"
    if num.dep_ == "nummod":
        num = num.head  # "fell to 258 last year": the parser hangs the number on the year
    if num.dep_ == "pobj":
        prep, over = num.head, num.head.head
        if prep.lower_ == "of":
            counts = over.tag_ in {"NN", "NNS"} and over.lemma_.lower() not in words.uncounted
            return (over, "noun.of_number") if counts else None
        before = num.doc[prep.i - 1] if prep.i else prep
        if prep.lower_ in {"to", "against"} and any(c.dep_ == "nummod" for c in before.children):
            return (before, "noun.against") if before.tag_ == "NNS" else None
        if prep.lower_ not in words.comes_to:
            return None
        for _ in range(3):
            if over.pos_ == "VERB":
                break
            over = over.head
    else:
        over = num.head if num.dep_ in {"dobj", "attr", "npadvmod", "oprd"} else None
    verb = over.lemma_.lower() if over is not None else ""
    if verb not in words.levels | words.brought:
        return None
    wanted = {"dobj"} if verb in words.brought else {"nsubj", "nsubjpass"}
    noun = next((c for c in over.children if c.dep_ in wanted and c != num), None)
    if noun is None and over.dep_ in {"conj", "xcomp", "advcl"}:
        noun = next((c for c in over.head.children if c.dep_ in wanted), None)
    if noun is not None and noun.lemma_.lower() in words.counts and (noun := _what(noun)) is None:
        # "1.2 million people need aid; the government puts the figure at 800,000"
        before = [t for t in num.doc[: num.i] if any(c.dep_ == "nummod" for c in t.children)]
        return (before[-1], "noun.figure") if before else None
    if noun is None or not (noun.tag_ in {"NN", "NNS"} or (noun.tag_ == "NNP" and noun.i == 0)):
        return None
    return noun, "noun.subject"


def _what(noun: Any) -> Any:
    """Return what "the tally of infections" and "passenger numbers" count."""
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    inner = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    return inner if inner is not None else next((c for c in noun.children if c.dep_ == "compound"), None)


def said_to_be(view: View, q: Quantity, words: ReadingWords) -> Any:
    """Return the number of "witnesses said there were 20", which leaves out what it counts, or None."""
    span = view.span(q.core_start, q.core_end)
    if not span or span.root.dep_ not in {"attr", "nsubj"}:
        return None
    be = span.root.head
    there = be.lemma_.lower() == "be" and any(c.dep_ == "expl" for c in be.children)
    # "there were three in critical condition": only some of them.
    some = any(c.i > span.root.i and c.dep_ in {"prep", "relcl", "acl"} for t in (be, span.root) for c in t.children)
    return span.root if there and not some and be.dep_ == "ccomp" and be.head.lemma_.lower() in words.speech else None
