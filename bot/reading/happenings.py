"""On which day something befell whom: dates of events as figures of their own kind (design/domain.md, "fixed").

A date is of an event where it stands by its verb or noun, and of somebody where the one it befell has a full name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from bot.language.dates import DateSpan
from bot.reading.document import View
from bot.reading.frames import Frame
from bot.reading.geography import Geography
from bot.reading.people import People, strip_name
from bot.reading.words import ReadingWords

# "as of Monday", "a story on Aug. 10": no day of what happened.
_NO_DAY_OF_IT = re.compile(
    r"\b(?:as of|since|until|till|by|before|after|from|through|(?:story|stories|report|article|photo|image)s? (?:on|of|from))\s+(?:late\s+|early\s+)?$",
    re.I,
)


def placed_event(view: View, d: DateSpan, geography: Geography, words: ReadingWords) -> tuple[str, str] | None:
    """Return event and "event in place" of "the Tuesday bombing in Dover" or "a shooting took place in Dover on May 9".

    The date hangs on the event's noun or on its verb of happening, the place in the same clause; else None.
    """
    if view.doc is None or d.kind != "date" or d.granularity != "day" or d.offset is not None or no_day_of_it(view, d):
        return None
    here = view.token_at(d.start)
    noun = None
    for _ in range(4):
        if here is None:
            return None
        if not d.start <= view.start + here.idx < d.end:
            if here.tag_ in {"NN", "NNS"}:
                noun = here
                break
            if here.pos_ in {"VERB", "AUX"}:
                # "The bombing in Dover killed nine on Tuesday" tells its day as "happened" does.
                happened = here.lemma_.lower() in words.happened or here.lemma_.lower() in words.verbs
                noun = next((c for c in here.children if happened and c.dep_ in {"nsubj", "nsubjpass"}), None)
                break
        if here.head == here:
            return None
        here = here.head
    if noun is None or noun.lemma_.lower() not in words.one_day:
        return None
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.tag_.startswith("NN"):
        return None  # "came back to the scene of the shooting on Monday"
    if any(c.lower_ in words.other_event or c.lower_ == "attempted" for c in noun.children):
        return None
    reach = {t.i for t in (noun.head if noun.dep_ in {"nsubj", "nsubjpass"} else noun).subtree}
    for m in geography.by_view.get(view.index, ()):
        at = view.token_at(m.start)
        if at is not None and at.i in reach and m.before in {"in", "at", "near", "of"}:
            kind = words.one_day[noun.lemma_.lower()]
            return kind, f"{kind} in {m.place.name}"
    return None


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
        if d.granularity not in {"day", "year"} or d.kind == "time" or d.offset is not None or no_day_of_it(view, d):
            continue
        found = _event(view, d, words)
        if found is None:
            continue
        event, patient, rule = found
        if d.granularity == "year" and event not in words.once:
            continue
        # "Oler and Blackmore were arrested": one day for each.
        for one in (patient, *(c for c in patient.children if c.dep_ == "conj")):
            name = full_name(view, one, people)
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


def employer(frame: Frame, words: ReadingWords) -> str | None:
    """Return which firm (lower case) "has 1,900 employees" or "employs 1,900 people", or None."""
    noun = frame.anchor
    if noun is None:
        return None
    verb = noun.head if noun.dep_ == "dobj" else None
    hires = verb is not None and (
        verb.lemma_.lower() in words.employ or (frame.noun in words.staff and verb.lemma_.lower() == "have")
    )
    owners = list(verb.children) if verb is not None and hires else []
    if frame.noun in words.staff:
        owners += [c for c in noun.children if c.dep_ == "poss"]
    for c in owners:
        if c.dep_ in {"nsubj", "poss"} and (c.ent_type_ == "ORG" or c.tag_ == "NNP"):
            name = next((e for e in c.doc.ents if e.start <= c.i < e.end), None)
            return str((name[0] if name is not None else c).lower_)  # "Acme" of "Acme Corp."
    return None


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
        # "Ada Norton, 29, of Dover, who was hit": the clause may hang on the place or the age.
        over = takewhile(lambda t: t.pos_ != "VERB", (verb.head, *verb.head.ancestors))
        return next((name for t in over if (name := full_name(view, t, people)) is not None), None)
    return full_name(view, patient, people)


_TRIED = frozenset({"nsubjpass", "nsubj", "dobj"})


def sentenced(view: View, token: Any, people: People) -> str | None:
    """Return who serves the term that a token tells: first and last name of "was sentenced to", "received", "his"."""
    here = token
    for _ in range(6):
        for c in here.children:
            own = c.dep_ == "poss" or (here.pos_ == "VERB" and c.dep_ in _TRIED and c.i < token.i)
            if own and c.ent_type_ not in {"ORG", "GPE"} and (name := full_name(view, c, people)) is not None:
                return name
        if here.head == here or (here.pos_ == "VERB" and here.dep_ in {"ccomp", "relcl"}):
            break
        here = here.head
    return None


def full_name(view: View, token: Any, people: People) -> str | None:
    """Return first and last name (lower case) of the person that a token names or points to, where the article has both."""
    if token.lower_ in {"he", "she", "him", "her"}:
        parts = (people.before(view.start + token.idx) or "").split()
        return f"{parts[0]} {parts[-1]}".lower() if len(parts) > 1 else None
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
