"""On which day something befell whom: dates of events as figures of their own kind (design/domain.md, "fixed").

A date is of an event where it stands by its verb or noun, and of somebody where the one it befell has a full name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.language.dates import DateSpan
from bot.reading.document import View
from bot.reading.frames import Frame
from bot.reading.people import People, strip_name
from bot.reading.words import ReadingWords

# "as of Monday", "a story on Aug. 10": no day of what happened.
_NO_DAY_OF_IT = re.compile(
    r"\b(?:as of|since|until|till|by|before|after|from|through|(?:story|stories|report|article|photo|image)s? (?:on|of|from))\s+(?:late\s+|early\s+)?$",
    re.I,
)


def no_day_of_it(view: View, d: DateSpan) -> bool:
    """Tell a date that is not the day of what its sentence tells: "since Monday", "in a story on Aug. 10"."""
    return _NO_DAY_OF_IT.search(view.text[: d.start - view.start]) is not None


_FULL = re.compile(r"[A-Z][\w'’-]+(?:\s+(?:[A-Z]\.|[A-Z][\w'’-]+)){1,3}")


@dataclass(frozen=True, slots=True)
class Happening:
    """A date, the event it is of (past participle), whom it befell (first and last name in lower case)."""

    date: DateSpan
    event: str
    person: str
    rule: str


def happenings(view: View, words: ReadingWords, people: People) -> Iterator[Happening]:
    """Yield the days of events of named persons that a parsed sentence tells."""
    if view.doc is None:
        return
    for d in view.dates:
        if d.kind != "date" or d.granularity != "day" or d.offset is not None or no_day_of_it(view, d):
            continue
        found = _event(view, d, words)
        if found is None:
            continue
        event, patient, rule = found
        name = full_name(view, patient, people)
        if name is not None:
            yield Happening(d, event, name, rule)


def _event(view: View, d: DateSpan, words: ReadingWords) -> tuple[str, Any, str] | None:
    """Return the event over a date with the token of its patient."""
    here = view.token_at(d.start)
    for _ in range(5):
        if here is None or (here.head == here and here.pos_ not in {"VERB", "AUX"}):
            return None
        lemma = here.lemma_.lower()
        inside = d.start <= view.start + here.idx < d.end
        if here.pos_ == "VERB" and not inside:
            if any(c.dep_ == "neg" or (c.dep_ == "aux" and c.tag_ == "MD") for c in here.children):
                return None
            patient = next((c for c in here.children if c.dep_ in {"dobj", "nsubjpass"}), None)
            name = words.verbs.get(lemma) or words.dated.get(lemma)
            if name and patient is not None:
                return name, patient, "date.verb"
            own = next((c for c in here.children if c.dep_ == "nsubj"), None)
            if lemma in words.intransitive and own is not None:
                return words.intransitive[lemma], own, "date.subject"
            return None
        if here.tag_ in {"NN", "NNS"} and not inside and lemma in words.nouns:
            for c in here.children:
                if c.dep_ == "poss":
                    return words.nouns[lemma], c, "date.noun"
                if c.dep_ == "prep" and c.lower_ == "of":
                    obj = next((g for g in c.children if g.dep_ == "pobj"), None)
                    if obj is not None:
                        return words.nouns[lemma], obj, "date.noun"
        here = here.head
    return None


_SINGLE = re.compile(r"\b[A-Z][\w'’-]+(?=(?:\s+(?:was|is|,)|,)?\s*(?:an?|the)?\s*$)")
_SEX = {"mom": "mother", "mum": "mother", "grandmother": "mother", "dad": "father", "grandfather": "father"}


def offspring(
    view: View, core_start: int, core_end: int, words: ReadingWords, people: People
) -> tuple[str, str | None] | None:
    """Return "mother" or "father" and whose children "a mother of thirteen" counts (first and last name), or None."""
    text, at = view.text, core_start - view.start
    m = re.search(r"\b([a-z]+)[ -]of[ -]$", text[:at].lower())
    if m is None or m.group(1) not in words.parents:
        return None
    before = list(_FULL.finditer(text[: m.start()]))
    after = _FULL.match(text[core_end - view.start :].lstrip(" ,"))
    name = before[-1] if before and len(text[before[-1].end() : m.start()]) < 30 else after
    name = name or _SINGLE.search(text[: m.start()])
    parent = _SEX.get(m.group(1), m.group(1))
    if name is None:
        return parent, None
    parts = strip_name(people.canonical(name.group()) if " " not in name.group() else name.group()).split()
    return parent, f"{parts[0]} {parts[-1]}".lower() if len(parts) > 1 else None


def kin(frame: Frame, view: View, words: ReadingWords, people: People) -> str | None:
    """Return who "has nineteen grandchildren": first and last name, or None where no named person has the counted kin."""
    noun = frame.anchor
    if frame.noun not in words.kin or noun is None or noun.dep_ != "dobj" or noun.head.lemma_.lower() != "have":
        return None
    verb = noun.head
    own = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if own is None and verb.dep_ == "xcomp":
        # "alleged to have 19 wives"
        own = next((c for c in verb.head.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    return full_name(view, own, people) if own is not None else None


def struck(frame: Frame, view: View, people: People) -> str | None:
    """Return whom "was shot eleven times" and "seven bullets hit him" tell of: first and last name, or None."""
    verb = frame.verb
    wanted = {"nsubjpass", "dobj"} if "event.times" in frame.rules else {"dobj"}
    patient = next((c for c in verb.children if c.dep_ in wanted), None)
    if patient is None and verb.dep_ == "relcl":
        patient = verb.head
    if patient is None:
        return None
    if patient.dep_ == "nsubjpass" and patient.tag_ in {"WP", "WDT"}:
        patient = verb.head
    if patient.lower_ in {"he", "she", "him", "her"}:
        parts = (people.before(view.start + patient.idx) or "").split()
        return f"{parts[0]} {parts[-1]}".lower() if len(parts) > 1 else None
    return full_name(view, patient, people)


def full_name(view: View, token: Any, people: People) -> str | None:
    """Return first and last name (lower case) of the person that a token names, where the article has both."""
    if token.ent_type_ != "PERSON" and token.tag_ not in {"NNP", "NNPS"}:
        return None
    ent = next((e for e in view.doc.ents if e.start <= token.i < e.end and e.label_ == "PERSON"), None)
    printed = strip_name(ent.text if ent is not None else token.text)
    parts = printed.split()
    if len(parts) == 1:
        if people.shared(parts[0]):
            return None
        parts = strip_name(people.canonical(parts[0])).split()
    if len(parts) < 2 or not (parts[0][:1].isupper() and parts[-1][:1].isupper()):
        return None
    return f"{parts[0]} {parts[-1]}".lower()
