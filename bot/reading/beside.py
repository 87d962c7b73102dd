"""Events told by the words right beside a number, where the parse is not to be trusted: headlines, joined nouns."""

from dataclasses import replace
from typing import Any

from bot.language.quantity import Quantity
from bot.reading.document import View
from bot.reading.events import NOUN_TAGS, Event, EventReader
from bot.reading.words import ReadingWords


class BesideReader:
    """Read "5 wounded", "killing five", "as well as seven bridges"; pure."""

    def __init__(self, words: ReadingWords, events: EventReader) -> None:
        self.words = words
        self.events = events

    def bare(self, span: Any) -> Event | None:
        """Read a headline's "16 shot, 1 killed": the participle right after the number, with no noun to follow."""
        doc = span.doc
        if span.end < len(doc) and doc[span.end].tag_ == "RB" and doc[span.end].lower_ in self.words.lethal:
            return Event("killed", doc[span.end], True, "event.bare_lethal")  # "16 shot, 1 fatally"
        if span.end >= len(doc) or doc[span.end].lower_ not in self.words.bare:
            return None
        token = doc[span.end]
        following = doc[span.end + 1] if span.end + 1 < len(doc) else None
        if following is not None and following.lower_ in self.words.lethal:
            return Event("killed", token, True, "event.bare_lethal")
        if (
            following is not None
            and following.tag_ in NOUN_TAGS
            and following.dep_ not in {"npadvmod"}
            and token.dep_ in {"amod", "compound"}
        ):
            return None
        event = Event(self.words.bare[token.lower_], token, True, "event.bare")
        if following is not None and following.lower_ in {"or", "nor"} and span.end + 2 < len(doc):
            # "no dead or wounded": one number over both, whatever the parse joins.
            second = self.words.events.get(self.words.bare.get(doc[span.end + 2].lower_, ""))
            wider = self.words.events[event.name].within
            if second is not None and wider and second.within == wider:
                return replace(event, name=wider)
        return self.events.with_partner(event, token)

    def near(self, view: View, q: Quantity, noun: Any) -> Event | None:
        """Read the words right beside the number: "5 wounded", "three people dead", "killing five"."""
        words = self.words
        span = view.span(q.core_start, q.core_end)
        doc, i = span.doc, span.end
        verb = doc[span.start - 1] if noun is None and span.start else None
        if verb is not None and verb.tag_ == "NNS" and (name := words.verbs.get(verb.lower_.removesuffix("s"))):
            return Event(name, verb, True, "event.beside")  # a headline's "wounds 5", taken for a noun
        limit = min(len(doc), i + 6)
        seen_noun = 0
        while i < limit:
            token = doc[i]
            lemma, low = token.lemma_.lower(), token.lower_
            phrase = words.beside.get((low, doc[i + 1].lower_)) if i + 1 < len(doc) else None
            if phrase is not None:
                return Event(phrase, token, True, "event.beside")  # "nineteen sailors on board"
            if token.like_num or (token.is_punct and low not in {"-", "'", "’"}) or token.dep_ == "cc":
                break
            if low in words.adjectives or (
                lemma in words.verbs
                and token.tag_ in {"VBN", "VBD", "JJ"}
                and not any(c.dep_ in {"dobj", "obj"} and c.i > token.i for c in token.children)
            ):
                following = doc[i + 1] if i + 1 < len(doc) else None
                if seen_noun == 0 and following is not None and following.tag_ in NOUN_TAGS and token.dep_ == "amod":
                    break
                name = words.adjectives.get(low) or words.verbs.get(lemma)
                return self.events.with_partner(Event(str(name), token, True, "event.beside"), token)
            if token.tag_ in NOUN_TAGS:
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
                    if token.tag_ != "VBN" or token.head.tag_ not in NOUN_TAGS
                    else None
                )
            if not (
                token.pos_ in {"ADV", "ADJ", "ADP", "DET", "PART"}
                and token.lower_ not in {"when", "after", "before", "as", "while"}
                and token.idx + view.start >= q.start - 12
            ):
                break
            before, steps = before - 1, steps + 1
        return None

    def alongside(self, view: View, num: Any, noun: Any) -> Event | None:
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

    def put_at(self, here: Any) -> Event | None:
        """Read "put the march, to open the fair, at roughly 300 people", where the parser hangs "at" elsewhere."""
        if here.dep_ != "pobj" or here.head.lower_ != "at":
            return None
        put = next((t for t in reversed(here.doc[: here.i]) if t.lemma_.lower() in self.words.put_at), None)
        what = next((c for c in put.children if c.dep_ == "dobj"), None) if put is not None else None
        return self.events.total(what) if what is not None else None

    def gerund(self, span: Any, num: Any) -> Event | None:
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
            c.tag_ in NOUN_TAGS and c.dep_ == "compound" for t in (before, num) for c in t.children if c.i < before.i
        ):
            return None
        stem = before.lower_[:-3]
        lemma = next((v for v in (stem, stem + "e") if v in self.words.verbs or v in self.words.participles), None)
        if lemma is not None and lemma in self.words.verbs:
            return Event(self.words.verbs[lemma], before, True, "event.gerund")
        return Event(self.words.participle(lemma or stem), before, False, "event.gerund")
