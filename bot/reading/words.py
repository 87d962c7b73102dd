"""The word lists of reading, turned once into the look-ups that the passes use."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from textblob.en.inflect import pluralize, singularize

from bot.knowledge.base import Knowledge

_DEPS = {"subject": frozenset({"nsubj"}), "object": frozenset({"nsubjpass", "dobj", "obj", "oprd"})}


@dataclass(frozen=True, slots=True)
class EventInfo:
    """What the lexicon says of a named event."""

    name: str
    running: bool
    family: str
    patient: str | None
    within: str | None


@dataclass(frozen=True, slots=True)
class Idiom:
    """What a verb counts only together with another word; empty lists ask for nothing."""

    deps: frozenset[str]
    beside: frozenset[str]
    by: frozenset[str]
    noun: frozenset[str]
    event: str


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """Look-ups by lower-cased lemma."""

    verbs: Mapping[str, str]
    intransitive: Mapping[str, str]
    adjectives: Mapping[str, str]
    bare: Mapping[str, str]
    idioms: Mapping[str, tuple[Idiom, ...]]
    aged: Mapping[str, str]
    sought: frozenset[str]
    wanted: frozenset[str]
    initial: frozenset[str]
    things: frozenset[str]
    partial: tuple[str, ...]
    additive: frozenset[str]
    nouns: Mapping[str, str]
    totals: Mapping[str, str]
    borne: Mapping[str, str]
    deverbal: Mapping[str, str]
    lethal: frozenset[str]
    events: Mapping[str, EventInfo]
    participles: Mapping[str, str]
    light: frozenset[str]
    levels: frozenset[str]
    brought: frozenset[str]
    counts: frozenset[str]
    uncounted: frozenset[str]
    comes_to: frozenset[str]
    change: frozenset[str]
    leave: frozenset[str]
    others: frozenset[str]
    naming: frozenset[str]
    support: frozenset[str]
    struck: frozenset[str]
    population: tuple[str, ...]
    severity: frozenset[str]
    including: frozenset[str]
    people: frozenset[str]
    synonyms: Mapping[str, str]
    speech: frozenset[str]
    speech_clause: frozenset[str]
    status: Mapping[str, str]
    modals: Mapping[str, str]
    hypothetical: frozenset[str]
    tried: frozenset[str]
    according: tuple[str, ...]
    records: frozenset[str]
    closing: frozenset[str]
    evidence: frozenset[str]
    officials: frozenset[str]
    titles: frozenset[str]
    institutions: Mapping[str, str]
    institution_within: Mapping[str, str]
    place_nouns: Mapping[str, str]
    place_parts: frozenset[str]
    whole: frozenset[str]
    nationwide: frozenset[str]
    facilities: frozenset[str]
    bodies: frozenset[str]
    body_events: frozenset[str]
    event_nouns: frozenset[str]
    dated: Mapping[str, str]
    one_day: Mapping[str, str]
    once: frozenset[str]
    happened: frozenset[str]
    goers: frozenset[str]
    bodies_of: Mapping[str, str]
    streets: frozenset[str]
    street_nouns: frozenset[str]
    settlements: frozenset[str]
    uprooted: frozenset[str]
    reached: frozenset[str]
    ways: Mapping[str, frozenset[str]]
    attended: frozenset[str]
    parents: frozenset[str]
    kin: frozenset[str]
    doers: frozenset[str]
    aspect: frozenset[str]
    planned: frozenset[str]
    put_at: frozenset[str]
    onset: frozenset[str]
    since_now: re.Pattern[str]
    gunfire: frozenset[str]
    offences: frozenset[str]
    staff: frozenset[str]
    employ: frozenset[str]
    beside: Mapping[tuple[str, ...], str]
    dwell: frozenset[str]
    disjoint: tuple[frozenset[str], ...]
    carry: frozenset[str]
    hospitals: frozenset[str]
    other_event: frozenset[str]
    over_a_span: re.Pattern[str]

    @classmethod
    def make(cls, knowledge: Knowledge) -> "ReadingWords":
        """Build the look-ups from the lexicon."""
        lex = knowledge.lexicon
        rows = lex.rows("measures", "event")

        def by(key: str) -> dict[str, str]:
            return {w: r["name"] for r in rows for w in r.get(key, ())}

        institutions = {
            alias.lower(): r["name"] for r in lex.rows("speech", "institution") for alias in [r["name"], *r["aliases"]]
        }
        participles = lex.mapping("measures", "participles")
        idioms: dict[str, tuple[Idiom, ...]] = {}
        for r in lex.rows("measures", "idiom"):
            beside, doers, nouns = (frozenset(r.get(key, ())) for key in ("with", "by", "noun"))
            idioms[r["verb"]] = (*idioms.get(r["verb"], ()), Idiom(_DEPS[r["of"]], beside, doers, nouns, r["event"]))
        bare = {participle(v, participles): name for v, name in by("verbs").items()} | by("adjectives")
        return cls(
            bare=bare,
            idioms=idioms,
            aged=lex.mapping("measures", "aged"),
            sought=lex.words("measures", "sought"),
            wanted=lex.words("measures", "attackers") | lex.words("measures", "doers"),
            initial=lex.words("measures", "initial"),
            things=lex.words("measures", "things"),
            partial=tuple(lex.files["measures"]["partial"]["phrases"]),
            additive=lex.words("measures", "additive"),
            verbs=by("verbs"),
            intransitive=by("intransitive"),
            adjectives=by("adjectives"),
            nouns=by("nouns"),
            totals=by("totals"),
            borne=by("borne"),
            deverbal=lex.mapping("measures", "deverbal"),
            lethal=frozenset(w for r in rows for w in r.get("lethal", ())),
            events={
                r["name"]: EventInfo(r["name"], r["running"], r["family"], r.get("patient"), r.get("within"))
                for r in rows
            },
            participles=lex.mapping("measures", "participles"),
            light=lex.words("measures", "light"),
            levels=lex.words("measures", "levels"),
            brought=lex.words("measures", "brought"),
            counts=lex.words("measures", "counts"),
            uncounted=lex.words("measures", "uncounted"),
            comes_to=lex.words("measures", "comes_to"),
            change=lex.words("measures", "change"),
            leave=lex.words("measures", "leave"),
            others=lex.words("measures", "other"),
            naming=lex.words("measures", "naming"),
            support=lex.words("measures", "support"),
            struck=lex.words("measures", "struck"),
            population=tuple(lex.files["measures"]["population"]["before"]),
            severity=lex.words("measures", "severity"),
            including=lex.words("measures", "including"),
            people=lex.words("measures", "people"),
            synonyms=lex.mapping("measures", "synonyms"),
            speech=lex.words("speech", "verbs"),
            speech_clause=lex.words("speech", "only_with_clause"),
            status=lex.mapping("speech", "status"),
            modals=lex.mapping("speech", "modals"),
            hypothetical=lex.words("speech", "hypothetical"),
            tried=lex.words("speech", "tried"),
            according=tuple(lex.files["speech"]["according"]["phrases"]),
            records=lex.words("speech", "records"),
            closing=lex.words("speech", "closing"),
            evidence=lex.words("speech", "evidence"),
            officials=lex.words("speech", "officials"),
            titles=lex.words("speech", "titles"),
            institutions=institutions,
            institution_within={r["name"]: r["within"] for r in lex.rows("speech", "institution") if "within" in r},
            place_nouns=lex.mapping("scope", "place_nouns"),
            place_parts=lex.words("scope", "place_parts"),
            whole=lex.words("scope", "whole"),
            nationwide=lex.words("scope", "nationwide"),
            facilities=lex.words("scope", "facilities"),
            bodies=lex.words("scope", "bodies"),
            body_events=lex.words("scope", "body_events"),
            event_nouns=lex.words("scope", "event_nouns"),
            dated=lex.mapping("measures", "dated"),
            one_day=lex.mapping("measures", "one_day"),
            goers=lex.words("measures", "goers"),
            bodies_of=lex.mapping("measures", "members"),
            once=lex.words("measures", "once"),
            happened=lex.words("measures", "happened"),
            disjoint=tuple(frozenset(g) for g in lex.files["measures"]["disjoint"]["groups"]),
            streets=frozenset(w for r in rows for w in r.get("streets", ())),
            street_nouns=frozenset(w for r in rows for w in r.get("street_nouns", ())),
            settlements=lex.words("measures", "population", "of"),
            uprooted=lex.words("measures", "population", "uprooted"),
            reached=lex.words("measures", "reached"),
            ways={way: lex.words("measures", "ways", way) for way in ("rose", "fell")},
            attended=frozenset(w for r in rows for w in r.get("attended", ())),
            parents=lex.words("measures", "parents"),
            kin=lex.words("measures", "kin"),
            doers=lex.words("measures", "doers"),
            aspect=lex.words("measures", "aspect"),
            put_at=lex.words("measures", "brought", "at"),
            planned=lex.words("calendar", "planned"),
            onset=lex.words("calendar", "planned", "onset"),
            since_now=re.compile(rf"\b(?:{'|'.join(lex.words('calendar', 'planned', 'since_now'))})\s+$", re.I),
            gunfire=lex.words("measures", "gunfire"),
            offences=lex.words("measures", "offences"),
            staff=lex.words("measures", "staff"),
            employ=lex.words("measures", "staff", "verbs"),
            beside={tuple(p.split()): name for p, name in by("phrases").items()},
            dwell=lex.words("measures", "dwell"),
            carry=lex.words("measures", "hospital", "verbs"),
            hospitals=lex.words("measures", "hospital", "nouns"),
            other_event=lex.words("scope", "other_event"),
            over_a_span=re.compile(
                rf"\b(?:{'|'.join(sorted(lex.words('scope', 'spans')))})\s+"
                rf"(?:(?:a|the)\s+(?:{'|'.join(sorted(lex.words('scope', 'spans', 'nouns')))})\s+of\s+|just\s+|only\s+|the\s+(?:past|last)\s+)?$",
                re.IGNORECASE,
            ),
        )

    def idiom(self, noun: Any, verb: Any, dep: str) -> str | None:
        """Return the event that a verb names with another word: "lost their lives", "taken into custody"."""
        for idiom in self.idioms.get(verb.lemma_.lower(), ()):
            if dep not in idiom.deps or (idiom.noun and noun.lemma_.lower() not in idiom.noun):
                continue
            doers = {c.lemma_.lower() for c in verb.children if c.dep_ == "nsubj"}
            beside = {g.lemma_.lower() for c in verb.children if c != noun for g in (c, *c.children)}
            if (not idiom.by or doers & idiom.by) and (not idiom.beside or beside & idiom.beside):
                return idiom.event
        return None

    def is_sought(self, noun: str) -> bool:
        """Tell those who are missing from those who are wanted: nobody rescues a gunman."""
        return self.is_people(noun) and noun not in self.wanted

    def participle(self, lemma: str) -> str:
        """Return the past participle that names an event: "house" gives "housed"."""
        return participle(lemma, self.participles)

    def is_people(self, noun: str) -> bool:
        """Tell whether a counted noun (plural or singular) means people."""
        return noun in self.people or singular(noun) in self.people


# One syllable that ends in one vowel and one consonant doubles it: "rammed", "gunned"; longer verbs are in the lexicon.
_DOUBLED = re.compile(r"(?:qu|[^aeiou])*[aeiou][bdfgklmnprstvz]")


def participle(lemma: str, irregular: Mapping[str, str]) -> str:
    """Return the past participle of a verb, the lexicon's where it is irregular."""
    if lemma in irregular:
        return irregular[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ied"
    if _DOUBLED.fullmatch(lemma):
        return lemma + lemma[-1] + "ed"
    return lemma + "ed"


@lru_cache(maxsize=5_000)
def singular(noun: str) -> str:
    """Return the singular of a lower-cased noun."""
    if noun in {"people", "persons"}:
        return "people"
    if noun.endswith(("ss", "us", "is")):
        return noun
    return str(singularize(noun))


@lru_cache(maxsize=5_000)
def plural(noun: str) -> str:
    """Return the plural of a lower-cased noun; "person" gives "people"."""
    if noun in {"person", "people", "persons"}:
        return "people"
    if noun == "brother":
        return "brothers"  # not monks
    if singular(noun) != noun:
        return noun
    return str(pluralize(noun))
