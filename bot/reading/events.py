"""What happened to the counted noun: from its place in the parse to the word that names the event.

The parse is trusted for number - noun - verb and passive subjects (design/stack.md, "What can be trusted").
"""

from dataclasses import dataclass, replace
from typing import Any

from bot.language.quantity import Quantity
from bot.reading import verbs
from bot.reading.words import ReadingWords, plural, singular

NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_CLAUSES = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "pcomp", "parataxis"})


@dataclass(frozen=True, slots=True)
class Event:
    """An event found for a noun: its name, the word that names it, whether the lexicon knows it, a group it implies."""

    name: str
    token: Any
    lexical: bool
    rule: str
    group: str | None = None


class EventReader:
    """Find events with one set of words; pure."""

    def __init__(self, words: ReadingWords) -> None:
        self.words = words

    def find(self, anchor: Any, num: Any, q: Quantity) -> Event | None:
        """Climb from the counted noun (or the bare number) to the word that names the event."""
        words = self.words
        generic: Event | None = None
        here = anchor
        if anchor.lemma_.lower() == "time":
            # "was shot eleven times", a headline's "Teen Shot 11 Times": how often, counted in times.
            left = num.left_edge
            before = num.doc[left.i - 1] if left.i else None
            often = anchor.dep_ in {"npadvmod", "advmod", "dobj", "tmod"} and anchor.head.pos_ == "VERB"
            verb = anchor.head if often else before
            if verb is not None and (often or (verb.lemma_.lower() in words.struck and verb.tag_ in {"VBN", "VBD"})):
                return Event(words.participle(verb.lemma_.lower()), verb, False, "event.times")
        for step in range(7):
            lemma = here.lemma_.lower()
            if here.tag_ in NOUN_TAGS and lemma in words.nouns and (step == 0 or here.dep_ == "pobj" or step == 1):
                return self.with_partner(Event(words.nouns[lemma], here, True, "event.noun", None), here)
            if step < 2 and (found := self.modifier(here, num)) is not None:
                return found
            head = here.head
            dep = here.dep_
            if head == here:
                break
            if dep in {"nsubjpass", "nsubj", "dobj", "obj", "attr", "dative", "oprd", "acomp", "csubj"}:
                found = self.by_verb(here, head, dep, num)
                if found is not None:
                    if found.lexical:
                        return found
                    generic = generic or found
                if (
                    dep == "attr"
                    or head.lemma_.lower() in words.light
                    or (here == num and head.lemma_.lower() in words.levels | words.brought)
                ):
                    subject = next((c for c in head.children if c.dep_ in {"nsubj", "nsubjpass"} and c != here), None)
                    if subject is not None and (total := self.total(subject)) is not None:
                        return total
            elif dep == "pobj":
                prep = head
                target = prep.head
                total = self.total(target) if target.tag_ in NOUN_TAGS else None
                if total is not None and prep.lower_ in {"of", "to", "at", "from", "by"}:
                    return total
                if (
                    target.tag_ in NOUN_TAGS
                    and target.lemma_.lower() in words.nouns
                    and prep.lower_ in {"of", "to", "among"}
                ):
                    return self.with_partner(
                        Event(words.nouns[target.lemma_.lower()], target, True, "event.noun_of", None), target
                    )
                if prep.lower_ == "of" and (name := words.deverbal.get(target.lemma_.lower())) is not None:
                    return Event(name, target, False, "event.deverbal")
                if prep.lower_ in words.comes_to and target.pos_ in {"VERB", "AUX"}:
                    for governed in target.children:
                        if (
                            governed.dep_ in {"nsubj", "nsubjpass", "dobj"}
                            and (total := self.total(governed)) is not None
                        ):
                            return total
                if prep.lower_ == "to" and target.dep_ == "acl":
                    # "brings the total injured by gunfire to 17", "raised the number of houses destroyed by it to 214"
                    top = target.head
                    of = top.dep_ == "pobj" and top.head.lower_ == "of"
                    if (total := self.total(top.head.head if of else top)) is not None:
                        return total
                if prep.lower_ == "for" and target.lemma_.lower() in words.sought and words.is_sought(lemma):
                    return Event("missing", target, True, "event.sought")
                if anchor.lemma_.lower() in words.offences and target.pos_ == "VERB":
                    return Event(words.participle(target.lemma_.lower()), target, False, "event.counts")
                if prep.lower_ == "by" and prep.dep_ == "agent":
                    if target.lemma_.lower() in words.attended:
                        return Event("gathered", target, True, "event.attended")
                    return generic
                if prep.lower_ == "of" and target.tag_ == "CD" and target.i < num.i:
                    return generic  # "the loss of one of its nine boats": nine were not lost
                if prep.lower_ in {"of", "with", "among", "including", "for"}:
                    here = target
                    if (
                        target.tag_ in NOUN_TAGS
                        and prep.lower_ == "of"
                        and target.lemma_.lower() not in {"total", "group", "number", "family", "crowd", "list"}
                    ):
                        return generic
                    continue
                break
            elif dep == "prep" and here.lower_ == "including":
                pass
            elif dep in {"conj", "appos"}:
                if head.lemma_.lower() in words.nouns and any(c.dep_ == "nummod" for c in head.children):
                    break  # "six deaths and 45 hospitalizations": each has its own number
                here = head
                continue
            elif dep in {"nummod", "amod", "quantmod", "compound", "nmod"} and step > 0:
                pass
            elif dep in _CLAUSES and here.pos_ in {"VERB", "AUX"}:
                break
            here = head
        return generic

    def modifier(self, noun: Any, num: Any) -> Event | None:
        """Find a participle, adjective or relative clause on the noun: "people killed", "five dead", "who were hurt"."""
        words = self.words
        for child in noun.children:
            lemma = child.lemma_.lower()
            if child.dep_ in {"acl", "amod", "oprd", "acomp", "dep", "appos"} and child.i > num.i:
                if (
                    child.tag_ in {"VBN", "VBD"}
                    and lemma in words.verbs
                    and not any(c.dep_ in {"dobj", "obj"} for c in child.children)
                ):
                    if verbs.lethal(child, words):
                        return Event("killed", child, True, "event.shot_dead")
                    if words.verbs[lemma] == "injured" and verbs.by_gunfire(child, words):
                        return Event("shot", child, True, "event.by_gunfire")
                    return self.with_partner(Event(words.verbs[lemma], child, True, "event.participle"), child)
                if (lemma in words.adjectives or child.lower_ in words.adjectives) and child.dep_ != "appos":
                    return self.with_partner(
                        Event(
                            words.adjectives.get(lemma) or words.adjectives[child.lower_],
                            child,
                            True,
                            "event.adjective",
                        ),
                        child,
                    )
            if child.dep_ == "acl" and (name := words.idiom(noun, child, "nsubjpass")) is not None:
                return Event(name, child, True, "event.idiom")
            if child.dep_ == "relcl":
                passive = any(c.dep_ in {"nsubjpass"} and c.tag_ in {"WP", "WDT"} for c in child.children)
                active = any(c.dep_ == "nsubj" and c.tag_ in {"WP", "WDT"} for c in child.children)
                if passive and lemma in words.verbs:
                    return self.with_partner(Event(words.verbs[lemma], child, True, "event.relative"), child)
                relative = "nsubjpass" if passive else "nsubj" if active else ""
                if (name := words.idiom(noun, child, relative)) is not None:
                    return Event(name, child, True, "event.idiom")
                if active and lemma in words.intransitive:
                    return Event(words.intransitive[lemma], child, True, "event.relative")
            if (
                child.dep_ == "prep"
                and child.lower_ == "with"
                and child.i > num.i
                and words.is_people(noun.lemma_.lower())
            ):
                for harm in (g for g in child.children if g.dep_ == "pobj"):
                    if (name := words.borne.get(harm.lemma_.lower())) is not None:
                        return Event(name, harm, True, "event.with")  # "four victims with gunshot wounds"
            if child.dep_ == "conj" and child.i > num.i and child.tag_ in NOUN_TAGS:
                # "nine men and a boy shot to death": what closes a list is of all in it.
                closing = (c for c in child.children if c.dep_ == "acl" and c.tag_ in {"VBN", "VBD"})
                if any(c.lemma_.lower() in words.verbs for c in closing):
                    return self.modifier(child, num)
        return None

    def by_verb(self, here: Any, verb: Any, dep: str, num: Any) -> Event | None:
        """Read the event from the verb that governs the counted noun."""
        words = self.words
        lemma = verb.lemma_.lower()
        if (name := words.idiom(here, verb, dep)) is not None:
            return Event(name, verb, True, "event.idiom")
        objects = [c for c in verb.children if c.dep_ in {"dobj", "obj"} and c != here]
        if dep == "nsubj" and lemma in words.support:
            inner = [
                g
                for c in verb.children
                if c.dep_ == "prep" and c.lower_ == "from"
                for g in c.children
                if g.dep_ == "pobj"
            ]
            for noun in [*objects, *inner]:
                if noun.lemma_.lower() in words.nouns:
                    return Event(words.nouns[noun.lemma_.lower()], noun, True, "event.support")
        if dep in {"nsubjpass", "dobj", "obj", "oprd"}:
            if lemma in words.carry and verbs.to_hospital(verb, words):
                return Event("hospitalized", verb, True, "event.to_hospital")
            if verbs.lethal(verb, words):
                return Event("killed", verb, True, "event.shot_dead")
            if lemma in words.leave or lemma in {"have", "see", "keep"}:
                small = next(
                    (
                        c
                        for c in verb.children
                        if c.i > here.i
                        and c.tag_ != "VBG"
                        and c.dep_ in {"oprd", "acomp", "xcomp", "ccomp", "advcl", "conj", "prep", "amod"}
                        and (
                            c.lemma_.lower() in words.adjectives
                            or c.lower_ in words.adjectives
                            or c.lemma_.lower() in words.verbs
                        )
                    ),
                    None,
                )
                if small is not None and verbs.lethal(small, words):
                    return Event("killed", small, True, "event.shot_dead")
                if small is not None:
                    name = (
                        words.adjectives.get(small.lower_)
                        or words.adjectives.get(small.lemma_.lower())
                        or words.verbs[small.lemma_.lower()]
                    )
                    return self.with_partner(Event(name, small, True, "event.small_clause"), small)
            if words.verbs.get(lemma) == "injured" and verbs.by_gunfire(verb, words):
                return Event("shot", verb, True, "event.by_gunfire")
            if lemma in words.verbs:
                return self.with_partner(Event(words.verbs[lemma], verb, True, "event.patient"), verb)
            task = next((c for c in verb.children if c.dep_ == "xcomp"), None)
            if lemma == "take" and task is not None and any(c.lower_ == "it" for c in verb.children):
                # "it took 40 firefighters to quench it": what they did.
                return Event(words.participle(task.lemma_.lower()), task, False, "event.task")
            if lemma in words.light or lemma in words.speech:
                return None
            return Event(words.participle(lemma), verb, False, "event.verb_object")
        if dep in {"nsubj", "csubj"}:
            if (lemma in words.streets and verbs.to_streets(verb, words)) or any(
                c.dep_ in {"xcomp", "advcl"}
                and any(g.lower_ == "to" for g in c.children)
                and words.intransitive.get(c.lemma_.lower()) == "gathered"
                for c in verb.children
            ):
                return Event("gathered", verb, True, "event.streets")
            if lemma in words.intransitive:
                return Event(words.intransitive[lemma], verb, True, "event.subject")
            if lemma in words.dwell and verbs.somewhere(verb, words):
                return Event("inhabited", verb, True, "event.population")
            if (
                lemma in words.verbs
                and verb.tag_ in {"VBN", "VBD", "VBG"}
                and not objects
                and not any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
            ):
                # A headline's "5 wounded in shooting": the participle lacks its auxiliary.
                return self.with_partner(Event(words.verbs[lemma], verb, True, "event.bare_passive"), verb)
            for child in verb.children:
                low = child.lower_
                close = child.dep_ in {"advcl", "ccomp"} and child.tag_ == "VBN" and 0 < child.i - verb.i <= 2
                if (close or child.dep_ in {"acomp", "attr", "oprd", "advmod", "prep", "xcomp"}) and child.i > here.i:
                    if low in words.adjectives or child.lemma_.lower() in words.adjectives:
                        return self.with_partner(
                            Event(
                                words.adjectives.get(low) or words.adjectives[child.lemma_.lower()],
                                child,
                                True,
                                "event.predicate",
                            ),
                            child,
                        )
                    if child.dep_ == "xcomp" and child.lemma_.lower() in words.verbs and lemma in {"get", "be"}:
                        return Event(words.verbs[child.lemma_.lower()], child, True, "event.predicate")
            if (harm := self._after_harm(verb)) is not None:
                return harm
            if lemma in words.light | words.speech | words.severity or (lemma in words.verbs and objects):
                return None  # four suspects who killed are not four killed
            done = next((c for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "VERB" and c.i > verb.i), None)
            if lemma in words.aspect and done is not None:
                # "continued to sink", "began to be killed"; "started shooting" tells what they did, not what befell them
                passive = any(c.dep_ == "auxpass" for c in done.children)
                acts = done.lemma_.lower() in words.verbs and not passive
                return None if acts else self.by_verb(here, done, "nsubjpass" if passive else "nsubj", num)
            return Event(words.participle(lemma), verb, False, "event.verb_subject")
        return None

    def _after_harm(self, verb: Any) -> Event | None:
        """Read "had received treatment after being injured": they were injured, whatever they did then."""
        for prep in (c for c in verb.children if c.dep_ == "prep" and c.lower_ == "after"):
            for harm in (g for g in prep.children if g.dep_ == "pcomp" and g.tag_ == "VBN"):
                name = self.words.verbs.get(harm.lemma_.lower())
                if name and any(c.dep_ == "auxpass" for c in harm.children):
                    return Event(name, harm, True, "event.after_harm")
        return None

    def total(self, noun: Any) -> Event | None:
        """Read "the death toll", "the number of dead", "casualties": nouns whose complement is a total."""
        words = self.words
        lemma = noun.lemma_.lower()
        if noun.lower_ in words.adjectives and any(c.dep_ == "det" for c in noun.children):
            return Event(words.adjectives[noun.lower_], noun, True, "event.total")  # "the injured", "the dead"
        left = " ".join(c.lower_ for c in noun.lefts if c.dep_ in {"compound", "amod"})
        if f"{left} {lemma}".strip() in words.totals or lemma in words.totals:
            key = f"{left} {lemma}".strip()
            return Event(words.totals.get(key) or words.totals[lemma], noun, True, "event.total")
        if lemma in words.counts:
            for prep in (c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"):
                for obj in (c for c in prep.children if c.dep_ in {"pobj", "pcomp"}):
                    low = obj.lower_
                    name = (
                        words.nouns.get(obj.lemma_.lower())
                        or words.adjectives.get(low)
                        or words.verbs.get(obj.lemma_.lower())
                    )
                    if name:
                        return self.with_partner(Event(name, obj, True, "event.number_of"), obj)
                    if (found := self.modifier(obj, noun)) is not None:
                        return Event(found.name, found.token, True, "event.number_of", plural(obj.lemma_.lower()))
                    said = next((c for c in obj.children if c.dep_ in {"acl", "relcl"} and c.pos_ == "VERB"), None)
                    if (
                        said is None
                        and noun.dep_ in {"nsubj", "nsubjpass"}
                        and noun.head.lemma_.lower() not in words.levels
                    ):
                        return None  # "A total of 19 flights were cancelled"
                    told = words.participle(said.lemma_.lower()) if said is not None else "counted"
                    return Event(told, said or obj, False, "event.number_of", plural(obj.lemma_.lower()))
            for left_token in noun.lefts:
                name = words.nouns.get(left_token.lemma_.lower())
                if name:
                    return Event(name, noun, True, "event.total")
            return self.modifier(noun, noun)  # "the total injured by gunfire"
        if lemma in words.nouns:
            who = next(
                (
                    c
                    for c in noun.children
                    if c.dep_ in {"amod", "compound"} and singular(c.lemma_.lower()) in words.people
                ),
                None,
            )
            return Event(
                words.nouns[lemma], noun, True, "event.total", plural(who.lemma_.lower()) if who is not None else None
            )
        return None

    def with_partner(self, event: Event, token: Any) -> Event:
        """Join "killed or injured": one number over two events of a family makes the wider one."""
        words = self.words
        partners = [c for c in token.children if c.dep_ == "conj"] + ([token.head] if token.dep_ == "conj" else [])
        cc = any(c.dep_ == "cc" and c.lower_ in {"or", "and"} for c in token.children) or any(
            c.dep_ == "cc" for c in token.head.children
        )
        for other in partners:
            lemma, low = other.lemma_.lower(), other.lower_
            name = (
                words.verbs.get(lemma)
                or words.adjectives.get(low)
                or words.adjectives.get(lemma)
                or words.nouns.get(lemma)
            )
            if not name or name == event.name or not cc:
                continue
            between = min(token.i, other.i)
            own = any(
                c.dep_ in {"dobj", "nummod", "nsubj", "nsubjpass", "obj"} and c != token
                for c in other.children
                if c.i > between
            )
            # "Thirty people were killed and scores wounded": each has its own.
            own = own or any(c.dep_ in {"nsubj", "nsubjpass"} and c.i > between for c in token.children)
            if own or any(
                t.like_num or t.ent_type_ == "CARDINAL"
                for t in token.doc[min(token.i, other.i) + 1 : max(token.i, other.i)]
            ):
                continue
            first, second = words.events[event.name], words.events.get(name)
            if {event.name, name} == {"killed", "missing"}:
                return replace(event, name="killed or missing", rule=f"{event.rule}+or")
            if second is not None and first.within and first.within == second.within:
                return replace(event, name=first.within, rule=f"{event.rule}+or")
        return event
