"""What money and measures measure, and when the event happened: properties rather than counts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.knowledge.lexicon import Lexicon
from bot.language.quantity import Quantity
from bot.reading.document import View
from bot.reading.words import participle


@dataclass(frozen=True, slots=True)
class PropertyWords:
    """Property names by noun, verb and phrase, for each type of figure; the words of an event coming to pass."""

    nouns: Mapping[tuple[str, str], str]
    verbs: Mapping[tuple[str, str], str]
    phrases: Sequence[tuple[str, str, str]]
    after: Sequence[tuple[str, str, str]]
    guns: Mapping[str, str]
    units: Mapping[str, frozenset[str]]
    bought: frozenset[str]
    lasting: frozenset[str]
    be: frozenset[str]
    settling: frozenset[str]
    occur_verbs: frozenset[str]
    strong_verbs: frozenset[str]
    occur_nouns: frozenset[str]
    reported: frozenset[str]
    late: frozenset[str]
    synonyms: Mapping[str, str]
    agreed: frozenset[str]

    @classmethod
    def make(cls, lexicon: Lexicon) -> "PropertyWords":
        """Build the look-ups from `properties.toml`."""
        rows = lexicon.rows("properties", "property")
        irregular = lexicon.mapping("measures", "participles")
        return cls(
            {(t, w): r["name"] for r in rows for t in r["types"] for w in r["nouns"]},
            # By lemma and by printed form: the parser takes "fined" for a form of "fin".
            {
                (t, form): r["name"]
                for r in rows
                for t in r["types"]
                for w in r["verbs"]
                for form in (w, participle(w, irregular))
            },
            [(t, p, r["name"]) for r in rows for t in r["types"] for p in r.get("phrases", ())],
            [(t, w, r["name"]) for r in rows for t in r["types"] for w in r.get("after", ())],
            {w: kind for r in rows for w, kind in r.get("guns", {}).items()},
            {r["name"]: frozenset(r["units"]) for r in rows if "units" in r},
            frozenset(w for r in rows for w in r.get("share_of", ())),
            lexicon.words("properties", "lasting"),
            lexicon.words("properties", "be"),
            lexicon.words("properties", "settling"),
            lexicon.words("properties", "occurrence", "verbs"),
            lexicon.words("properties", "occurrence", "strong"),
            lexicon.words("properties", "occurrence", "nouns"),
            lexicon.words("properties", "occurrence", "reported"),
            lexicon.words("properties", "occurrence", "late"),
            lexicon.mapping("measures", "synonyms"),
            frozenset(r["name"] for r in rows if r.get("agreed")),
        )

    def tells_duration(self, text: str) -> bool:
        """Tell whether a sentence has a word whose duration could be told: only then is it worth parsing."""
        stems = {w for t, w in (*self.nouns, *self.verbs) if t == "duration"}
        return any(w.startswith(stem) for w in re.findall(r"[a-z]+", text.lower()) for stem in stems)


@dataclass(frozen=True, slots=True)
class Property:
    """A property's name, whose it is (lower-cased words), and the rule that told it."""

    name: str | None
    subject: str | None
    rule: str
    token: Any = None


_WORTH = re.compile(r"\bworth\b")
_INCHES = re.compile(r"(?:[\d.,/\s-]|\band\b|\bor\b|\bto\b)+-\s?inch\s+[a-zA-Z]")
_AGAIN = re.compile(r"^\s*\([^()]{0,30}\d[^()]{0,30}\)")


def read_property(words: PropertyWords, view: View, q: Quantity) -> Property:
    """Return what an amount, a share, a measure or a duration measures: from the words beside it, else the parse."""
    span = view.span(q.core_start, q.core_end)
    if span is None or not len(span):
        return Property(None, None, "property.no_parse")
    amount = {t.i for t in view.span(q.start, q.end) or span}
    if q.type == "measure" and _INCHES.match(view.text[q.core_start - view.start :]):
        return Property("size", None, "property.generic", span.root)  # "a 17-inch screen"
    if q.unit == "magnitude":
        return Property(q.unit, None, "property.unit", span.root)
    near = (t.lower_ for t in span.doc[span.end : span.end + 5])
    gun = next((words.guns[w] for w in near if w in words.guns), None)
    if q.unit == "caliber" or (gun and q.unit == "metre" and q.value < 0.02):
        return Property("caliber", gun, "property.gun", span.root)
    text = view.text[max(0, q.start - view.start - 40) : q.end - view.start + 14].lower()
    for type_, phrase, name in words.phrases:
        if type_ == q.type and phrase in text:
            bid = name == "share price" and any(t.lemma_.lower() in words.bought for t in span.root.ancestors)
            return Property("offer a share" if bid else name, None, "property.phrase", span.root)
    # "seven km (4 miles) east of": what the other unit gives again stands between.
    tail = _AGAIN.sub("", view.text[q.end - view.start :]).lstrip(" )-")
    after = tail.lower()
    for type_, word, name in words.after:
        if type_ == q.type and re.match(rf"{word}\b", after):
            subject = _topic(span.root, amount)
            subject = words.synonyms.get(subject or "", subject)
            if name == "distance":
                # How far is between two: what lies there, and from where.
                whence = re.match(
                    r"(?:[a-z-]+ )?(?:from|of|off) (?:the |its |an? )?([\w'’-]+(?: [A-Z][\w'’-]+)*)", tail
                )
                subject = f"{subject} from {whence.group(1).lower()}" if subject and whence else None
            return Property(name, subject, "property.after", span.root)
    found = _climb(words, span.root, amount, q.type)
    if found is not None and q.unit not in words.units.get(found.name or "", {q.unit}):
        found = None
    if found is None and q.type == "money" and _WORTH.search(text):
        found = Property("worth", _topic(span.root, amount), "property.worth", span.root)
    return found or _generic(span.root, amount) or Property(None, None, "property.none")


def _climb(words: PropertyWords, root: Any, inside: set[int], type_: str) -> Property | None:
    """Find the lexicon's noun or verb over an amount, or in "of"/"in" below what it stands by."""
    here = root
    for _ in range(7):
        lemma = here.lemma_.lower()
        if here.i not in inside:
            if here.tag_.startswith("NN") and (name := words.nouns.get((type_, lemma))):
                return Property(
                    name,
                    _subject(here) or (_topic(here, inside) if type_ == "measure" else None),
                    "property.noun",
                    here,
                )
            if here.pos_ in {"VERB", "AUX"}:
                # "raised its minimum wage to $70,000": the noun that is moved, not the verb, says what it is.
                moved = next(
                    (c for c in here.children if c.dep_ == "dobj" and (type_, c.lemma_.lower()) in words.nouns), None
                )
                if moved is not None and moved.i < root.i:
                    return Property(
                        words.nouns[(type_, moved.lemma_.lower())], _subject(moved), "property.moved", moved
                    )
                if here.pos_ == "AUX" or lemma in words.be:
                    # "The fine was $4 million", "At $4 million, the fine is the largest yet".
                    fronted = root.dep_ == "pobj" and root.head.lower_ == "at" and root.head.head == here
                    own = next((c for c in here.children if c.dep_ == "nsubj" and (c.i < root.i or fronted)), None)
                    if own is not None and (type_, own.lemma_.lower()) in words.nouns:
                        name = words.nouns[(type_, own.lemma_.lower())]
                        return Property(name, _subject(own), "property.subject", own)
                if name := words.verbs.get((type_, lemma)) or words.verbs.get((type_, here.lower_)):
                    if _narrows(root, inside):
                        return None  # "seek more than a $90,000 cap": the cap, not what is sought
                    if name == "worth" and here.dep_ == "acl" and (type_, here.head.lemma_.lower()) in words.nouns:
                        # "a deal valued at $2 billion"
                        return Property(
                            words.nouns[(type_, here.head.lemma_.lower())], None, "property.noun", here.head
                        )
                    if name == "funding" and lemma == "ask" and root.dep_ in {"dobj", "conj"}:
                        return Property("cost", _subject(here), "property.asked", here)  # a seller asks it
                    if name == "price" and lemma == "pay":
                        settled = any(c.lemma_.lower() in words.settling for c in here.children if c.i > root.i)
                        name = "fine" if settled else "pay" if _passive_person(here) else name
                    return Property(name, _subject(here), "property.verb", here)
                if type_ == "duration" and lemma in words.lasting:
                    for child in here.children:
                        # "a blackout that lasted nine hours"
                        own = here.head if child.tag_ in {"WDT", "WP"} and here.dep_ == "relcl" else child
                        if child.dep_ in {"nsubj", "nsubjpass"} and (type_, own.lemma_.lower()) in words.nouns:
                            return Property(words.nouns[(type_, own.lemma_.lower())], None, "property.lasted", here)
        for child in here.children:
            if child.dep_ == "prep" and child.lower_ in {"in", "of"} and child.i > here.i and here.i - root.i < 4:
                obj = next((g for g in child.children if g.dep_ == "pobj"), None)
                if obj is not None and (type_, obj.lemma_.lower()) in words.nouns:
                    name = words.nouns[(type_, obj.lemma_.lower())]
                    return Property(name, _subject(obj) or _subject(here.head) or _subject(here), "property.in", obj)
        if here.head == here or (here.pos_ == "VERB" and here.dep_ in {"ROOT", "ccomp", "relcl"}):
            return None
        here = here.head
    return None


def _narrows(root: Any, inside: set[int]) -> bool:
    """Tell an amount that stands before the noun it narrows: "a $90,000 cap"."""
    here = root
    while here.head.i in inside and here.head != here:
        here = here.head
    narrowing = here.dep_ in {"nummod", "compound", "amod", "nmod", "quantmod"}
    noun = here.head
    return narrowing and noun.tag_ in {"NN", "NNS"} and noun.i > here.i and noun.lemma_.lower() != "worth"


def _generic(root: Any, inside: set[int]) -> Property | None:
    """Name the measure by the noun that the amount narrows or by its verb's object: "a $70 cover charge", "$2m in rent"."""
    here = root
    while here.i in inside and here.head != here and here.head.i in inside:
        here = here.head
    for child in here.children:
        if child.dep_ == "prep" and child.lower_ in {"in", "of"} and child.i > here.i:
            obj = next((g for g in child.children if g.dep_ == "pobj" and g.tag_ in {"NN", "NNS"}), None)
            if obj is not None:
                return Property(obj.lemma_.lower(), None, "property.generic", obj)
    head = here.head
    if (
        here.dep_ in {"nummod", "compound", "amod", "nmod", "quantmod"}
        and head.tag_ in {"NN", "NNS"}
        and head.i > here.i
        and head.lemma_.lower() != "range"
    ):
        return Property(head.lemma_.lower(), None, "property.generic", head)
    if (
        here.dep_ in {"pobj"}
        and head.dep_ == "prep"
        and head.head.tag_ in {"NN", "NNS"}
        and head.lower_ in {"of", "under", "over", "above", "below"}
    ):
        return Property(head.head.lemma_.lower(), None, "property.generic", head.head)
    following = root.doc[max(inside) + 1] if inside and max(inside) + 1 < len(root.doc) else None
    if following is not None and following.tag_ in {"JJR", "RBR"} and following.lower_ not in {"more", "less"}:
        return Property(following.lower_, None, "property.generic", following)  # "60 percent faster"
    return None


def _passive_person(verb: Any) -> bool:
    """Tell "the director was paid $3 million" from "the firm paid $3 million"."""
    return any(c.dep_ == "nsubjpass" for c in verb.children)


def _subject(token: Any) -> str | None:
    """Return whose property it is: the possessor or maker of the noun, or the subject of the verb."""
    for child in token.children:
        if child.dep_ in {"poss", "nsubj", "nsubjpass", "compound"} and child.ent_type_ in {"ORG", "PERSON", "GPE"}:
            return str(child.lower_)
    return None


def _topic(token: Any, amount: set[int]) -> str | None:
    """Return what a length or distance is of, in lower case: the subject of "is 40 km long" or the noun it narrows."""
    here = token
    for _ in range(7):
        if here.pos_ in {"VERB", "AUX"}:
            own = next((c for c in here.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
            if own is None and here.dep_ == "conj":
                here = here.head  # "struck at 2:09 and was centered": one subject
                continue
            return str(own.lemma_.lower()) if own is not None and own.tag_.startswith("NN") else None
        counted = any(c.dep_ == "nummod" for c in here.children)
        if here != token and here.i not in amount and here.tag_ in {"NN", "NNS"} and not counted:
            return str(here.lemma_.lower())
        if here.head == here:
            return None
        here = here.head
    return None
