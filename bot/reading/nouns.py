"""The counted noun of a number: which it is, what narrows it, whether it is a whole, a part or a change."""

import re
from typing import Any

from bot.language.quantity import Quantity
from bot.reading.document import View
from bot.reading.events import NOUN_TAGS, Event
from bot.reading.words import ReadingWords, plural, singular


class NounReader:
    """Find counted nouns with one set of words; pure."""

    def __init__(self, words: ReadingWords) -> None:
        self.words = words

    def noun(self, num: Any, span: Any, q: Quantity) -> tuple[Any, str, tuple[str, ...]]:
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
            beside = num.doc[span.end] if span.end < len(num.doc) else None
            if beside is not None and beside.text[:1].isupper() and beside.lower_ in self.words.bare:
                return None, "elided", ("noun.elided",)  # a headline's "2 Dead, 1 Wounded"
            glued = span.end < len(num.doc) and num.doc[span.end].text in {"-", "‐", "‑"}
            if glued and head.lower_ == "strong" and head.head.tag_ in NOUN_TAGS:
                return head.head, "noun", ("noun.strong",)  # "a 12,000-strong crowd"
            if glued and (head.tag_ == "NN" or (head.dep_ in {"compound", "nmod", "amod"} and head.head.i > head.i)):
                return None, "name", ("noun.compound",)  # "a one-man jury", "sank a 3-pointer"
            if (
                (head.lower_ in self.words.adjectives or head.lower_ == "shot")
                and head.i > num.i
                and not any(c.dep_ == "prep" and c.lower_ == "of" for c in head.children)
            ):
                return None, "elided", ("noun.elided",)
            if (
                head.i > num.i + 1
                and head.ent_type_ == "DATE"
                and num.doc[num.i + 1].lower_ in {"last", "this", "next"}
            ):
                return None, "elided", ("noun.elided",)  # "fell to 258 last year"
            if head.i < num.i and head.tag_ == "NNS" and head.lower_.removesuffix("s") in self.words.verbs:
                return None, "elided", ("noun.elided",)  # a headline's "kills 2, wounds 5"
            if head.tag_ in NOUN_TAGS or head.pos_ in {"NOUN", "PROPN"}:
                if (head.tag_ in {"NNP", "NNPS"} and head.i < num.i) or self._numbered(num, head, q):
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
                    if (definite and q.bound != "vague") or q.word_one:
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

    def _numbered(self, num: Any, head: Any, q: Quantity) -> bool:
        """Tell "at 9780 Harbour", "the 55 Freeway", "News 12 Dover": a number in a name, from a count of a plural."""
        if "number.digits" not in q.rules:
            return False
        before = num.doc[num.i - 1] if num.i else None
        if (
            before is not None
            and re.fullmatch(r"[A-Z]{1,3}", before.text)
            and before.text not in {"A", "I", "US", "UK", "UN", "EU"}
        ):
            return True  # "AK 47 rifles"
        if head.tag_ != "NNP" or self.words.is_people(head.lemma_.lower()):
            return False
        return before is not None and (
            before.lower_ in {"at", "the"} or (before.tag_ == "NNP" and head.ent_type_ in {"GPE", "FAC", "LOC", "ORG"})
        )

    def population(self, view: View, q: Quantity, counted: bool) -> bool:
        """Tell "a city of 160,000 people", "home to 167,000 people": how many live in a place."""
        before = view.text[: q.start - view.start].lower().rstrip()
        phrase = next((p for p in self.words.population if before.endswith(p)), None)
        if phrase is not None:
            return counted or "population" in phrase
        return counted and (
            before.endswith(" of")
            and before[:-3].split()[-1:] != []
            and before[:-3].split()[-1] in {*self.words.place_nouns, *self.words.settlements}
        )

    def others(self, view: View, num: Any, noun: Any, span: Any, q: Quantity, event: str | None) -> str | None:
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
        counted = any(c.dep_ == "nummod" for c in here.head.children) and here.head.tag_ in NOUN_TAGS
        before = [o for o in view.quantities if o.core_end <= view.start + num.idx and o.type == "count"]
        # "... charged over the attack that left two dead and six others injured": joined to the two, whatever the parse says.
        beyond = before and before[-1].start > view.start + here.head.idx
        if (
            here.dep_ == "conj"
            and here.head.tag_ in NOUN_TAGS | {"PRP"}
            and not ((counted or beyond) and event in self.words.events)
        ):
            return "part"
        if event == "shot":
            return "part"  # whom a gunman killed he shot too
        if before:
            return "level"
        # "A girl was killed and dozens of others injured": the others are all whom the second event met.
        words = self.words
        named = {
            words.verbs.get(t.lemma_.lower()) or words.intransitive.get(t.lemma_.lower())
            for t in num.doc[: here.head.i]
            if t.pos_ == "VERB"
        } - {None}
        # So are "Ten others were injured" after a sentence on the dead.
        told = {words.bare.get(w) or words.intransitive.get(w) for w in re.findall(r"[a-z]+", view.before.lower())}
        alone = event in words.events and event not in told and told & set(words.events)
        # "The attack that wounded four other officers": all whom it wounded.
        by_event = here.dep_ == "dobj" and event not in told | named and self._subject(here.head) in words.event_nouns
        return "level" if event in words.events and (alone or by_event or named - {event}) else "part"

    @staticmethod
    def _subject(verb: Any) -> str | None:
        """Return the lemma of a verb's subject, of a relative clause the noun it hangs on."""
        own = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if own is not None and own.tag_ in {"WDT", "WP"}:
            own = verb.head
        return own.lemma_.lower() if own is not None else None

    def group(self, noun: Any, event: Event | None) -> tuple[str | None, tuple[str, ...]]:
        """Return the group as a plural noun and the words that narrow it; "civilian casualties" counts civilians."""
        if noun is None:
            return None, ()
        lemma = noun.lower_ if noun.tag_ == "NNPS" else noun.lemma_.lower()
        if noun.i + 2 < len(noun.doc) and noun.doc[noun.i + 1].text == "-" and noun.doc[noun.i + 2].tag_ in NOUN_TAGS:
            lemma = noun.doc[noun.i + 2].lemma_.lower()  # "co-workers" is three tokens
        narrow = tuple(
            c.lemma_.lower()
            for c in noun.children
            if c.dep_ in {"amod", "compound", "nmod", "poss"}
            and c.pos_ in {"ADJ", "NOUN", "PROPN", "VERB"}
            and c.ent_type_ not in {"CARDINAL", "ORDINAL", "DATE"}
            and not (c.i + 1 < noun.i and c.nbor(1).tag_ == "CD")  # "AK 47 rifles": a name's first half narrows nothing
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
        if lemma in {"number", "total", "figure", "toll", "count"} and noun.tag_ != "NNS":
            return None, ()
        if lemma == "member":
            of = (g for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children)
            body = next((self.words.bodies_of[g.lower_] for g in of if g.lower_ in self.words.bodies_of), None)
            if body is not None:
                return body, narrow  # "seven members of the police"
        return plural(lemma), () if lemma in self.words.goers else narrow

    def conjunct_group(self, num: Any) -> str | None:
        """Find the noun an elided number shares: "977 people killed and 1,594 injured"."""
        before = [
            t
            for t in num.doc[: num.i]
            if t.tag_ in {"NN", "NNS"}
            and any(c.dep_ == "nummod" for c in t.children)
            and self.words.is_people(t.lemma_.lower())
            and "including" not in {s.lower_ for s in num.doc[max(0, t.left_edge.i - 2) : t.i]}
        ]
        if before and num.i - before[-1].i < 9:
            return plural(before[-1].lemma_.lower())
        here = num
        for _ in range(6):
            head = here.head
            if head == here:
                break
            if here.dep_ in {"conj", "appos", "parataxis", "advcl", "dep"}:
                for t in [head, *head.children]:
                    if t == here or t.i >= num.i:
                        continue
                    noun = t if t.tag_ in {"NN", "NNS"} else None
                    if (
                        noun is not None
                        and (t.dep_ in {"nsubj", "nsubjpass", "dobj", "conj", "ROOT", "attr"} or t == head)
                        and any(c.dep_ == "nummod" for c in noun.children)
                    ):
                        lemma = noun.lemma_.lower()
                        return plural(lemma) if lemma not in self.words.nouns else None
            here = head
        return None

    def is_part(self, num: Any, noun: Any) -> bool:
        """Tell a part named after its whole: "including three children", "of whom two", "among them four"."""
        here = noun if noun is not None else num
        doc = num.doc
        for t in doc[max(0, here.left_edge.i - 4) : num.i]:
            if t.lower_ == "among" and num.doc[t.i + 1].lower_ in {"the", "those"}:
                continue  # "twelve were among the 30 people hurt": thirty is all
            if t.lower_ in {"including", "include", "includes", "included", "among"}:
                # "eight people, including five children": all the children; "including two others" is some of them.
                lemma = noun.lemma_.lower() if noun is not None else ""
                narrower = self.words.is_people(lemma) and self.words.synonyms.get(lemma, lemma) != "people"
                return t.lower_ == "among" or not narrower
        after = doc[here.i + 1 : here.i + 4] if here.i + 1 < len(doc) else []
        if here.dep_ == "pobj" and here.head.lower_ == "of" and here.head.head.lemma_.lower() in self.words.naming:
            return True
        joined = [c for c in here.children if c.dep_ == "conj"] + ([here.head] if here.dep_ == "conj" else [])
        if (
            noun is not None
            and noun.lemma_.lower() != "other"
            and self.words.is_people(noun.lemma_.lower())
            and any(self._overlaps(noun, j) for j in joined if not self._of_them(noun, j))
        ):
            return True  # "two officers and a deputy": neither is all
        texts = [t.lower_ for t in after]
        return texts[:2] in (["of", "them"], ["of", "whom"], ["of", "which"], ["of", "these"], ["of", "those"])

    @staticmethod
    def _of_them(noun: Any, joined: Any) -> bool:
        """Tell "30 people, most of them women and children": those joined are some of the thirty."""
        return any(t.lower_ in {"them", "whom"} for t in noun.doc[min(noun.i, joined.i) : max(noun.i, joined.i)])

    def _overlaps(self, noun: Any, joined: Any) -> bool:
        """Tell whether a joined noun may name people of the same group: a person, or a group that is not disjoint."""
        if joined.tag_ not in NOUN_TAGS:
            return False
        if joined.ent_type_ == "PERSON":
            return True
        one, two = noun.lemma_.lower(), joined.lemma_.lower()
        return self.words.is_people(two) and not (one != two and any({one, two} <= g for g in self.words.disjoint))

    def moved(self, num: Any, anchor: Any) -> str | None:
        """Tell that a number is where a count moved: "the toll rose to 30", "brings the total to 17": "rose", "fell" or None."""
        for here in (num, anchor):
            if here is not None and here.dep_ == "pobj" and here.head.lower_ == "to":
                verb = here.head.head
                top = verb.head
                if top.dep_ == "pobj" and top.head.lower_ == "of":
                    top = top.head.head  # "raised the number of houses destroyed to 214"
                over = top.head if verb.dep_ == "acl" and top.dep_ == "dobj" else verb.head
                for way, verbs in self.words.ways.items():
                    # "brings the total injured by gunfire to 17": the parser hangs "to" on what lies between.
                    if verb.lemma_.lower() in verbs or (verb.dep_ in {"acl", "advcl"} and over.lemma_.lower() in verbs):
                        return way
        return None

    def is_change(self, anchor: Any, num: Any) -> bool:
        """Tell a change from a level: "rose by 12", "down 4 %", "up 12 from Monday"."""
        for here in (num, anchor):
            if here.dep_ == "pobj" and here.head.lower_ == "by" and here.head.head.lemma_.lower() in self.words.change:
                return True
            if (
                here.dep_ in {"npadvmod", "dobj"}
                and (here == num or here.dep_ == "npadvmod")
                and here.head.lemma_.lower() in self.words.change
                and here.head.pos_ in {"VERB", "ADV"}
                and here.head.lemma_.lower() not in {"lose", "add", "cut", "gain", "raise"}
            ):
                return True
            if here.dep_ in {"npadvmod", "nummod"} and here.head.lower_ in {"up", "down"}:
                return True
        return False
