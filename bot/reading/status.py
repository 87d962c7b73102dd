"""How sure a figure is: reported, confirmed, estimated, presumed, projected or hypothetical."""

from bot.model import Status
from bot.reading.attribution import Attribution
from bot.reading.frames import Frame
from bot.reading.words import ReadingWords


def status_of(words: ReadingWords, frame: Frame, attribution: Attribution) -> Status:
    """Return the status: what the verb of saying gives, else what auxiliaries and conditions of the event's clause do."""
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
