"""What was counted: from a number's place in the parse to its event, group and role.

The parse is trusted for number - noun - verb and passive subjects; a narrow surface rule covers headlines
("5 wounded on campus"), where the parse is not (design/stack.md, "Sentence parse: what can be trusted").
"""

from dataclasses import dataclass, replace
from typing import Any

from bot.language.quantities import Quantity
from bot.reading.document import View
from bot.reading.words import ReadingWords, plural, singular

_NOUN_TAGS = {"NN", "NNS", "NNP", "NNPS"}
_PARTS = {"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "pcomp", "parataxis"}


@dataclass(frozen=True, slots=True)
class Frame:
    """The event (past participle), group (plural noun), what narrows the group, and how the number stands in it."""

    event: str | None = None
    group: str | None = None
    noun: str | None = None
    qualifiers: tuple[str, ...] = ()
    role: str = "level"
    verb: Any = None
    anchor: Any = None
    lexical: bool = False
    others: bool = False
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """An event found for a noun: its name, the word that names it, whether the lexicon knows it, a group it implies."""

    name: str
    token: Any
    lexical: bool
    rule: str
    group: str | None = None


class FrameReader:
    """Read frames with one set of words; pure."""

    def __init__(self, words: ReadingWords) -> None:
        self.words = words

    def read(self, view: View, q: Quantity) -> Frame:
        """Return the frame of a quantity. A sentence without a parse gives an empty frame."""
        span = view.span(q.core_start, q.core_end)
        if span is None or not len(span):
            return Frame(rules=("frame.no_parse",))
        num = span.root
        noun, role, rules = self._noun(num, span, q)
        if noun is not None and self._population(view, q, num):
            inhabited = self._group(noun, None)
            return Frame(
                "inhabited",
                inhabited[0],
                noun.lemma_.lower(),
                (),
                "level",
                None,
                noun,
                True,
                False,
                (*rules, "event.population"),
            )
        anchor = noun if noun is not None and role != "of" else num
        event = self._find_event(view, q, num, noun, anchor, span)
        info = self.words.events.get(event.name) if event is not None else None
        others = self._others(view, num, noun, span, q, event.name if event else None)
        elided = self._conjunct_group(num if noun is None else noun) if noun is None or others else None
        if elided and info is not None and info.patient == "people" and not self.words.is_people(elided):
            elided = None
        group, qualifiers = self._group(noun, event)
        if event is not None and event.token is not None:
            qualifiers = (*qualifiers, *(c.lower_ for c in event.token.children if c.lower_ in self.words.severity))
        if group is None and elided:
            group = elided
            rules = (*rules, "group.from_conjunct")
        if others and group in {None, "others"}:
            group = elided or "people"
        if event is not None and event.group and group is None:
            group = event.group
        if role == "share":
            pass
        elif role == "part" or others == "part" or self._is_part(num, noun):
            role = "part"
        elif self._is_change(anchor, num):
            role = "change"
        else:
            role = "level"
        happened = noun is not None and noun.lemma_.lower() in self.words.event_nouns
        if info is not None and info.patient == "people" and group is not None and happened:
            event = None  # shootings are not shot
        if event is not None and not event.lexical and noun is None:
            event = None  # "two landed inside": of what, the sentence before knows
        name = event.name if event else None
        if event is not None:
            rules = (*rules, event.rule)
        return Frame(
            name,
            group,
            noun.lemma_.lower() if noun is not None else None,
            qualifiers,
            role,
            event.token if event else None,
            anchor,
            event.lexical if event else False,
            bool(others),
            rules,
        )

    def _find_event(self, view: View, q: Quantity, num: Any, noun: Any, anchor: Any, span: Any) -> Event | None:
        """Return the event from the parse, else from the words beside the number, else from what it is joined to."""
        event = self._bare(span) if noun is None else None
        event = event or self._event(anchor, num, q)
        if event is None and noun is not None and noun is not anchor:
            event = self._event(noun, num, q)
        if event is not None and event.lexical:
            return event
        event = self._gerund(span, num) or event
        return self._surface(view, q, noun) or self._alongside(view, num, noun) or event

    # -- the counted noun ------------------------------------------------------------------------------------------

    def _noun(self, num: Any, span: Any, q: Quantity) -> tuple[Any, str, tuple[str, ...]]:
        """Return the counted noun (or None where it is elided), "of" or "part" for partitives, and the rule."""
        if num.dep_ in {
            "nummod",
            "amod",
            "quantmod",
            "compound",
            "npadvmod",
            "det",
            "advmod",
            "nmod",
            "predet",
        } and num.head.i not in range(span.start, span.end):
            head = num.head
            if (
                (head.lower_ in self.words.adjectives or head.lower_ == "shot")
                and head.i > num.i
                and not any(c.dep_ == "prep" and c.lower_ == "of" for c in head.children)
            ):
                return None, "elided", ("noun.elided",)
            if head.tag_ in _NOUN_TAGS or head.pos_ in {"NOUN", "PROPN"}:
                if head.i < num.i and head.tag_ in {"NNP", "NNPS"}:
                    return None, "name", ("noun.name",)
                return head, "noun", ("noun.nummod",)
            if head.lemma_.lower() in {"other", "others", "more"}:
                return head, "noun", ("noun.other",)
        for child in num.children:
            if child.dep_ == "prep" and child.text.lower() == "of" and child.i > num.i:
                obj = next((c for c in child.children if c.dep_ in {"pobj", "pcomp"}), None)
                if obj is not None and obj.i not in range(span.start, span.end):
                    if obj.pos_ == "PRON":
                        own = obj.i + 1 < len(num.doc) and num.doc[obj.i + 1].lower_ in {"in", "on", "at"}
                        return None, "share" if own else "part", ("noun.of_pronoun",)
                    definite = any(c.dep_ in {"det", "poss"} and c.lower_ not in {"a", "an"} for c in obj.children)
                    if definite and q.bound != "vague":
                        return obj, "part", ("noun.of_the",)
                    return obj, "of", ("noun.of",)
        nxt = num.doc[span.end] if span.end < len(num.doc) else None
        steps = 0
        while (
            nxt is not None
            and steps < 3
            and nxt.pos_ in {"ADJ", "ADV", "VERB"}
            and nxt.tag_ in {"JJ", "JJR", "VBN", "VBG", "RB"}
            and nxt.i + 1 < len(num.doc)
        ):
            if nxt.lemma_.lower() in self.words.adjectives or nxt.lemma_.lower() in self.words.verbs:
                return None, "elided", ("noun.elided",)
            nxt, steps = num.doc[nxt.i + 1], steps + 1
        if (
            nxt is not None
            and nxt.tag_ in {"NNS", "NN"}
            and num.dep_ not in {"nsubj", "nsubjpass"}
            and (nxt.tag_ == "NNS" or q.word_one)
        ):
            return nxt, "noun", ("noun.next",)
        return None, "elided", ("noun.elided",)

    def _population(self, view: View, q: Quantity, num: Any) -> bool:
        """Tell "a city of 160,000 people", "home to 167,000 people": how many live in a place."""
        before = view.text[: q.start - view.start].lower().rstrip()
        if any(before.endswith(phrase) for phrase in self.words.population):
            return True
        return (
            before.endswith(" of")
            and before[:-3].split()[-1:] != []
            and before[:-3].split()[-1] in self.words.place_nouns
        )

    def _others(self, view: View, num: Any, noun: Any, span: Any, q: Quantity, event: str | None) -> str | None:
        """Tell "killed one and injured 250 others" (a whole count) from "he and three others" (a part): "level", "part", None."""
        here = noun if noun is not None else num
        another = span.start > 0 and num.doc[span.start - 1].lower_ == "another"
        marks = {
            c.lower_
            for c in here.children
            if c.lower_ in self.words.others
            and c.dep_ in {"amod", "det", "advmod", "nmod"}
            and not q.start <= view.start + c.idx < q.end
        }
        if not another and not marks and here.lemma_.lower() not in {"other", "others"}:
            return None
        if another or marks & {"more", "additional", "another", "further"}:
            return "part"
        if here.dep_ == "conj" and here.head.tag_ in _NOUN_TAGS | {"PRP"}:
            return "part"
        if any(o.core_end <= view.start + num.idx and o.type == "count" for o in view.quantities):
            return "level"
        # "A girl was killed and dozens of others injured": the others are all whom the second event met.
        words = self.words
        named = (
            words.verbs.get(t.lemma_.lower()) or words.intransitive.get(t.lemma_.lower())
            for t in num.doc[: num.i]
            if t.pos_ == "VERB"
        )
        return "level" if event in words.events and any(n and n != event for n in named) else "part"

    def _group(self, noun: Any, event: Event | None) -> tuple[str | None, tuple[str, ...]]:
        """Return the group as a plural noun and the words that narrow it; "civilian casualties" counts civilians."""
        if noun is None:
            return None, ()
        lemma = noun.lower_ if noun.tag_ == "NNPS" else noun.lemma_.lower()
        narrow = tuple(
            c.lemma_.lower()
            for c in noun.children
            if c.dep_ in {"amod", "compound", "nmod", "poss"}
            and c.pos_ in {"ADJ", "NOUN", "PROPN", "VERB"}
            and c.ent_type_ not in {"CARDINAL", "ORDINAL", "DATE"}
        )
        if lemma in self.words.nouns:
            who = next(
                (
                    c
                    for c in noun.children
                    if c.dep_ in {"amod", "compound", "nmod"} and (singular(c.lemma_.lower()) in self.words.people)
                ),
                None,
            )
            if who is None:
                who = next(
                    (
                        g
                        for c in noun.children
                        if c.dep_ == "prep" and c.lower_ in {"of", "among"}
                        for g in c.children
                        if g.dep_ == "pobj" and self.words.is_people(g.lemma_.lower())
                    ),
                    None,
                )
            if who is not None:
                return plural(who.lemma_.lower()), tuple(w for w in narrow if w != who.lemma_.lower())
            return (event.group if event and event.group else None), narrow
        if lemma in {"number", "total", "figure", "toll", "count"}:
            return None, ()
        return plural(lemma), narrow

    def _conjunct_group(self, num: Any) -> str | None:
        """Find the noun an elided number shares: "977 people killed and 1,594 injured"."""
        before = [
            t
            for t in num.doc[: num.i]
            if t.tag_ in {"NN", "NNS"}
            and any(c.dep_ == "nummod" for c in t.children)
            and self.words.is_people(t.lemma_.lower())
        ]
        if before and num.i - before[-1].i < 9:
            return plural(before[-1].lemma_.lower())
        here = num
        for _ in range(6):
            head = here.head
            if head is here:
                break
            if here.dep_ in {"conj", "appos", "parataxis", "advcl", "dep"}:
                for t in [head, *head.children]:
                    if t is here or t.i >= num.i:
                        continue
                    noun = t if t.tag_ in {"NN", "NNS"} else None
                    if (
                        noun is not None
                        and (t.dep_ in {"nsubj", "nsubjpass", "dobj", "conj", "ROOT", "attr"} or t is head)
                        and any(c.dep_ == "nummod" for c in noun.children)
                    ):
                        lemma = noun.lemma_.lower()
                        return plural(lemma) if lemma not in self.words.nouns else None
            here = head
        return None

    # -- the event -------------------------------------------------------------------------------------------------

    def _event(self, anchor: Any, num: Any, q: Quantity) -> Event | None:
        """Climb from the counted noun (or the bare number) to the word that names the event."""
        words = self.words
        generic: Event | None = None
        here = anchor
        for step in range(7):
            lemma = here.lemma_.lower()
            if here.tag_ in _NOUN_TAGS and lemma in words.nouns and (step == 0 or here.dep_ == "pobj" or step == 1):
                return self._with_partner(Event(words.nouns[lemma], here, True, "event.noun", None), here)
            if step < 2 and (found := self._modifier(here, num)) is not None:
                return found
            head = here.head
            dep = here.dep_
            if head is here:
                break
            if dep in {"nsubjpass", "nsubj", "dobj", "obj", "attr", "dative", "oprd", "acomp", "csubj"}:
                found = self._by_verb(here, head, dep, num)
                if found is not None:
                    if found.lexical:
                        return found
                    generic = generic or found
                if dep == "attr" or head.lemma_.lower() in words.light:
                    subject = next(
                        (c for c in head.children if c.dep_ in {"nsubj", "nsubjpass"} and c is not here), None
                    )
                    if subject is not None and (total := self._total(subject)) is not None:
                        return total
            elif dep == "pobj":
                prep = head
                target = prep.head
                total = self._total(target) if target.tag_ in _NOUN_TAGS else None
                if total is not None and prep.lower_ in {"of", "to", "at", "from", "by"}:
                    return total
                if (
                    target.tag_ in _NOUN_TAGS
                    and target.lemma_.lower() in words.nouns
                    and prep.lower_ in {"of", "to", "among"}
                ):
                    return self._with_partner(
                        Event(words.nouns[target.lemma_.lower()], target, True, "event.noun_of", None), target
                    )
                if prep.lower_ in {"to", "at", "from", "by", "as"} and target.pos_ in {"VERB", "AUX"}:
                    subject = next(
                        (
                            c
                            for c in target.children
                            if c.dep_ in {"nsubj", "nsubjpass", "dobj"} and c.i < prep.i or c.dep_ == "dobj"
                        ),
                        None,
                    )
                    if subject is not None and (total := self._total(subject)) is not None:
                        return total
                if prep.lower_ == "by" and prep.dep_ == "agent":
                    return generic
                if prep.lower_ in {"of", "with", "among", "including", "for"}:
                    here = target
                    if (
                        target.tag_ in _NOUN_TAGS
                        and prep.lower_ == "of"
                        and target.lemma_.lower() not in {"total", "group", "number", "family", "crowd", "list"}
                    ):
                        return generic
                    if prep.lower_ == "including":
                        continue
                    continue
                break
            elif dep == "prep" and here.lower_ == "including":
                pass
            elif dep in {"conj", "appos"}:
                here = head
                continue
            elif dep in {"nummod", "amod", "quantmod", "compound", "nmod"} and step > 0:
                pass
            elif dep in _PARTS and here.pos_ in {"VERB", "AUX"}:
                break
            here = head
        return generic

    def _modifier(self, noun: Any, num: Any) -> Event | None:
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
                    return self._with_partner(Event(words.verbs[lemma], child, True, "event.participle"), child)
                if (lemma in words.adjectives or child.lower_ in words.adjectives) and child.dep_ != "appos":
                    return self._with_partner(
                        Event(
                            words.adjectives.get(lemma) or words.adjectives[child.lower_],
                            child,
                            True,
                            "event.adjective",
                        ),
                        child,
                    )
            if child.dep_ == "relcl":
                passive = any(c.dep_ in {"nsubjpass"} and c.tag_ in {"WP", "WDT"} for c in child.children)
                active = any(c.dep_ == "nsubj" and c.tag_ in {"WP", "WDT"} for c in child.children)
                if passive and lemma in words.verbs:
                    return self._with_partner(Event(words.verbs[lemma], child, True, "event.relative"), child)
                if active and lemma in words.intransitive:
                    return Event(words.intransitive[lemma], child, True, "event.relative")
        return None

    def _by_verb(self, here: Any, verb: Any, dep: str, num: Any) -> Event | None:
        """Read the event from the verb that governs the counted noun."""
        words = self.words
        lemma = verb.lemma_.lower()
        objects = [c for c in verb.children if c.dep_ in {"dobj", "obj"} and c is not here]
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
            if lemma == "shoot" and any(
                c.lower_ in words.lethal or c.lemma_.lower() in words.adjectives for c in verb.children
            ):
                return Event("killed", verb, True, "event.shot_dead")
            if lemma in words.leave or lemma in {"have", "see", "keep"}:
                small = next(
                    (
                        c
                        for c in verb.children
                        if c.i > here.i
                        and c.dep_ in {"oprd", "acomp", "xcomp", "ccomp", "advcl", "conj", "prep", "amod"}
                        and (
                            c.lemma_.lower() in words.adjectives
                            or c.lower_ in words.adjectives
                            or c.lemma_.lower() in words.verbs
                        )
                    ),
                    None,
                )
                if small is not None:
                    name = (
                        words.adjectives.get(small.lower_)
                        or words.adjectives.get(small.lemma_.lower())
                        or words.verbs[small.lemma_.lower()]
                    )
                    return self._with_partner(Event(name, small, True, "event.small_clause"), small)
            if lemma in words.verbs:
                return self._with_partner(Event(words.verbs[lemma], verb, True, "event.patient"), verb)
            if lemma in words.light or lemma in words.speech:
                return None
            return Event(words.participle(lemma), verb, False, "event.verb_object")
        if dep in {"nsubj", "csubj"}:
            if lemma in words.intransitive:
                return Event(words.intransitive[lemma], verb, True, "event.subject")
            if (
                lemma in words.verbs
                and verb.tag_ in {"VBN", "VBD", "VBG"}
                and not objects
                and not any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
            ):
                # A headline's "5 wounded in shooting": the participle lacks its auxiliary.
                return self._with_partner(Event(words.verbs[lemma], verb, True, "event.bare_passive"), verb)
            for child in verb.children:
                low = child.lower_
                if child.dep_ in {"acomp", "attr", "oprd", "advmod", "prep", "xcomp"} and child.i > here.i:
                    if low in words.adjectives or child.lemma_.lower() in words.adjectives:
                        return self._with_partner(
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
            if lemma in words.light or lemma in words.speech:
                return None
            return Event(words.participle(lemma), verb, False, "event.verb_subject")
        return None

    def _total(self, noun: Any) -> Event | None:
        """Read "the death toll", "the number of dead", "casualties": nouns whose complement is a total."""
        words = self.words
        lemma = noun.lemma_.lower()
        left = " ".join(c.lower_ for c in noun.lefts if c.dep_ in {"compound", "amod"})
        if f"{left} {lemma}".strip() in words.totals or lemma in words.totals:
            key = f"{left} {lemma}".strip()
            return Event(words.totals.get(key) or words.totals[lemma], noun, True, "event.total")
        if lemma in {"number", "total", "count", "tally", "figure", "estimate"}:
            for prep in (c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"):
                for obj in (c for c in prep.children if c.dep_ in {"pobj", "pcomp"}):
                    low = obj.lower_
                    name = (
                        words.nouns.get(obj.lemma_.lower())
                        or words.adjectives.get(low)
                        or words.verbs.get(obj.lemma_.lower())
                    )
                    if name:
                        return self._with_partner(Event(name, obj, True, "event.number_of"), obj)
                    if (found := self._modifier(obj, noun)) is not None:
                        return Event(found.name, found.token, True, "event.number_of", plural(obj.lemma_.lower()))
            for left_token in noun.lefts:
                name = words.nouns.get(left_token.lemma_.lower())
                if name:
                    return Event(name, noun, True, "event.total")
            return None
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

    def _with_partner(self, event: Event, token: Any) -> Event:
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
            own = any(
                c.dep_ in {"dobj", "nummod", "nsubj", "nsubjpass", "obj"} and c is not token
                for c in other.children
                if c.i > min(token.i, other.i)
            )
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

    def _surface(self, view: View, q: Quantity, noun: Any) -> Event | None:
        """Read the words right beside the number: "5 wounded", "three people dead", "killing five"."""
        words = self.words
        span = view.span(q.core_start, q.core_end)
        doc, i = span.doc, span.end
        limit = min(len(doc), i + 6)
        seen_noun = 0
        while i < limit:
            token = doc[i]
            lemma, low = token.lemma_.lower(), token.lower_
            if token.like_num or (token.is_punct and low not in {"-", "'", "’"}) or token.dep_ == "cc":
                break
            if low in words.adjectives or (
                lemma in words.verbs
                and token.tag_ in {"VBN", "VBD", "JJ"}
                and not any(c.dep_ in {"dobj", "obj"} and c.i > token.i for c in token.children)
            ):
                following = doc[i + 1] if i + 1 < len(doc) else None
                if seen_noun == 0 and following is not None and following.tag_ in _NOUN_TAGS and token.dep_ == "amod":
                    break
                name = words.adjectives.get(low) or words.verbs.get(lemma)
                return self._with_partner(Event(str(name), token, True, "event.beside"), token)
            if token.tag_ in _NOUN_TAGS:
                seen_noun += 1
                if noun is None or seen_noun > 2:
                    break
            elif low not in {
                "were",
                "was",
                "are",
                "is",
                "been",
                "be",
                "have",
                "has",
                "had",
                "others",
                "other",
                "more",
                "people",
                "reported",
                "confirmed",
                "feared",
                "presumed",
                "being",
                "all",
                "so",
                "far",
                "also",
                "left",
                "of",
                "to",
                "the",
                "them",
                "persons",
            } and token.pos_ not in {"ADV", "ADJ", "AUX"}:
                break
            i += 1
        before = span.start - 1
        steps = 0
        while before >= 0 and steps < 4:
            token = doc[before]
            if token.tag_ in {"VBG", "VBD", "VBN", "VBZ", "VBP", "VB"} and token.lemma_.lower() in words.verbs:
                return (
                    Event(words.verbs[token.lemma_.lower()], token, True, "event.before")
                    if token.tag_ != "VBN" or token.head.tag_ not in _NOUN_TAGS
                    else None
                )
            if not (
                token.pos_ in {"ADV", "ADJ", "ADP", "SCONJ", "DET", "PART"} and token.idx + view.start >= q.start - 12
            ):
                break
            before, steps = before - 1, steps + 1
        return None

    def _bare(self, span: Any) -> Event | None:
        """Read a headline's "16 shot, 1 killed": the participle right after the number, with no noun to follow."""
        doc = span.doc
        if span.end >= len(doc) or doc[span.end].lower_ not in self.words.bare:
            return None
        token = doc[span.end]
        following = doc[span.end + 1] if span.end + 1 < len(doc) else None
        if following is not None and following.lower_ in self.words.lethal:
            return Event("killed", token, True, "event.bare_lethal")
        if (
            following is not None
            and following.tag_ in _NOUN_TAGS
            and following.dep_ not in {"npadvmod"}
            and token.dep_ in {"amod", "compound"}
        ):
            return None
        return self._with_partner(Event(self.words.bare[token.lower_], token, True, "event.bare"), token)

    def _alongside(self, view: View, num: Any, noun: Any) -> Event | None:
        """Give "as well as seven bridges" the event of the clause it is joined to, "over 170,000 of them" that of its whole."""
        words, doc = self.words, num.doc
        here = noun if noun is not None else num
        left = [t.lower_ for t in doc[max(0, here.left_edge.i - 4) : here.left_edge.i]]
        joined = (
            left[-3:] == ["as", "well", "as"] or left[-2:] == ["along", "with"] or left[-3:] == ["in", "addition", "to"]
        )
        of_them = [t.lower_ for t in doc[num.i + 1 : num.i + 3]] in (["of", "them"], ["of", "whom"])
        if not joined and not of_them:
            return None
        for t in reversed(doc[: here.left_edge.i]):
            name = (
                words.verbs.get(t.lemma_.lower())
                or words.intransitive.get(t.lemma_.lower())
                or words.adjectives.get(t.lower_)
            )
            if name and t.pos_ in {"VERB", "ADJ"}:
                return Event(name, t, True, "event.alongside")
        return None

    def _gerund(self, span: Any, num: Any) -> Event | None:
        """Mend the parser's slip on "a school housing hundreds": an -ing noun between a noun and the number is a verb."""
        before = num.doc[span.start - 1] if span.start else None
        if (
            before is None
            or before.tag_ != "NN"
            or before.dep_ != "compound"
            or not before.lower_.endswith("ing")
            or len(before.text) < 6
        ):
            return None
        if not any(
            c.tag_ in _NOUN_TAGS and c.dep_ == "compound" for t in (before, num) for c in t.children if c.i < before.i
        ):
            return None
        stem = before.lower_[:-3]
        lemma = next((v for v in (stem, stem + "e") if v in self.words.verbs or v in self.words.participles), None)
        if lemma in self.words.verbs:
            return Event(self.words.verbs[lemma], before, True, "event.gerund")
        return Event(self.words.participle(lemma or stem), before, False, "event.gerund")

    # -- the role --------------------------------------------------------------------------------------------------

    def _is_part(self, num: Any, noun: Any) -> bool:
        """Tell a part named after its whole: "including three children", "of whom two", "among them four"."""
        here = noun if noun is not None else num
        doc = num.doc
        for t in doc[max(0, here.left_edge.i - 4) : num.i]:
            if t.lower_ in {"including", "include", "includes", "included", "among"}:
                return True
        after = doc[here.i + 1 : here.i + 4] if here.i + 1 < len(doc) else []
        if here.dep_ == "pobj" and here.head.lower_ == "of" and here.head.head.lemma_.lower() in self.words.naming:
            return True
        texts = [t.lower_ for t in after]
        return texts[:2] in (["of", "them"], ["of", "whom"], ["of", "which"], ["of", "these"], ["of", "those"])

    def _is_change(self, anchor: Any, num: Any) -> bool:
        """Tell a change from a level: "rose by 12", "down 4 %", "up 12 from Monday"."""
        for here in (num, anchor):
            if here.dep_ == "pobj" and here.head.lower_ == "by" and here.head.head.lemma_.lower() in self.words.change:
                return True
            if (
                here.dep_ in {"npadvmod", "dobj"}
                and (here is num or here.dep_ == "npadvmod")
                and here.head.lemma_.lower() in self.words.change
                and here.head.pos_ in {"VERB", "ADV"}
                and here.head.lemma_.lower() not in {"lose", "add", "cut", "gain", "raise"}
            ):
                return True
            if here.dep_ in {"npadvmod", "nummod"} and here.head.lower_ in {"up", "down"}:
                return True
        return False
