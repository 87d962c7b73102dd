"""How sure a figure is: reported, confirmed, estimated, presumed, projected or hypothetical."""

import re

from bot.language.quantity import Quantity
from bot.model import Status
from bot.reading.attribution import Attribution
from bot.reading.document import View
from bot.reading.frames import Frame
from bot.reading.words import ReadingWords

_NOT = re.compile(r"(?<!if )(?<!or )(?<!why )\bnot\s+$", re.I)


def negated(view: View, q: Quantity) -> bool:
    """Tell the number that a text sets aside for another: "not twelve but fifteen"; "if not twelve" leaves it open."""
    return _NOT.search(view.text[: q.start - view.start]) is not None


def status_of(words: ReadingWords, frame: Frame, attribution: Attribution, *, agreed: bool = False) -> Status:
    """Return the status: what the verb of saying gives, else what auxiliaries and conditions of the event's clause do.

    A price that two sides have `agreed` on is told with "will": the bargain is made, only its payment is to come.
    """
    verb = frame.verb
    if verb is not None:
        clause = verb
        for _ in range(3):
            if clause.pos_ in {"VERB", "AUX"} or clause.head == clause:
                break
            clause = clause.head
        if any(c.dep_ == "mark" and c.lower_ in words.hypothetical for c in clause.children):
            return "hypothetical"
        modal = next(
            (words.modals[c.lower_] for c in clause.children if c.dep_ == "aux" and c.lower_ in words.modals),
            None,
        )
        perfect = any(c.dep_ == "aux" and c.lower_ == "have" for c in clause.children)
        if agreed and modal == "projected" and any(c.lower_ == "will" for c in clause.children):
            return "reported"
        if modal is not None:
            return "presumed" if perfect else "projected" if modal == "projected" else "hypothetical"
        for c in clause.children:
            if c.dep_ in {"advmod", "amod", "acomp"} and c.lower_ in words.status:
                return words.status[c.lower_]  # type: ignore[return-value]
        if words.status.get(clause.lemma_.lower()) == "projected":
            return "projected"  # "inspectors had proposed a fine of"
        head = clause.head
        if clause.dep_ in {"xcomp", "pcomp"} and head.lemma_.lower() in words.tried:
            return "hypothetical"  # "attempting to murder three others"
        if clause.dep_ == "xcomp" and head.lemma_.lower() in words.status:
            return words.status[head.lemma_.lower()]  # type: ignore[return-value]
    return attribution.status or "reported"  # type: ignore[return-value]
