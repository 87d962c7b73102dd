"""What was counted: from a number's place in the parse to its event, group and role."""

from dataclasses import dataclass
from typing import Any, Literal

from bot.language.quantity import Quantity
from bot.reading.alone import counted_noun
from bot.reading.beside import BesideReader
from bot.reading.document import View
from bot.reading.events import Event, EventReader
from bot.reading.nouns import NounReader
from bot.reading.stated import stated
from bot.reading.words import ReadingWords, plural


@dataclass(frozen=True, slots=True)
class Frame:
    """The event (past participle), group (plural noun), what narrows the group, and how the number stands in it."""

    event: str | None = None
    group: str | None = None
    noun: str | None = None
    qualifiers: tuple[str, ...] = ()
    role: Literal["level", "change", "part", "share"] = "level"
    verb: Any = None
    anchor: Any = None
    lexical: bool = False
    others: bool = False
    rules: tuple[str, ...] = ()


class FrameReader:
    """Read frames with one set of words; pure."""

    def __init__(self, words: ReadingWords) -> None:
        self.words = words
        self.events = EventReader(words)
        self.beside = BesideReader(words, self.events)
        self.nouns = NounReader(words)

    def read(self, view: View, q: Quantity) -> Frame:
        """Return the frame of a quantity. A sentence without a parse gives an empty frame."""
        span = view.span(q.core_start, q.core_end)
        if span is None or not len(span):
            return Frame(rules=("frame.no_parse",))
        num = span.root
        noun, role, rules = self.nouns.noun(num, span, q)
        if role == "elided" or noun is not None:
            inhabited = self._inhabited(view, q, num, noun, rules)
            if inhabited is not None:
                return inhabited
        anchor = noun if noun is not None and role != "of" else num
        event = self.find_event(view, q, num, noun, anchor, span)
        info = self.words.events.get(event.name) if event is not None else None
        others = self.nouns.others(view, num, noun, span, q, event.name if event else None)
        elided = self.nouns.conjunct_group(num if noun is None else noun) if noun is None or others else None
        if elided and info is not None and info.patient == "people" and not self.words.is_people(elided):
            elided = None
        group, qualifiers = self.nouns.group(noun, event)
        if event is not None and event.token is not None:
            severe = (c for c in event.token.children if c.lower_ in self.words.severity)
            # "burned, two of them critically" says it of two.
            own = (c.lower_ for c in severe if not any(t.like_num for t in event.token.doc[event.token.i : c.i]))
            qualifiers = (*qualifiers, *own)
        if group is None and elided:
            group = elided
            rules = (*rules, "group.from_conjunct")
        if others and group in {None, "others"}:
            group = elided or ("people" if noun is not None or event is not None else None)
        if event is not None and event.group and group is None:
            group = event.group
        kind: Literal["level", "change", "part", "share"] = "level"
        if role == "share":
            kind = "share"
        elif (
            role == "part"
            or others == "part"
            or self.nouns.is_part(num, noun)
            or self._is_partial(view, q, event, num, noun)
        ):
            kind = "part"
        elif self.nouns.is_change(anchor, num):
            kind = "change"
        happened = (
            noun is not None
            and noun.lemma_.lower() in self.words.event_nouns | self.words.things
            and noun.lemma_.lower() not in self.words.nouns
        )
        if (
            event is not None
            and info is not None
            and info.patient == "people"
            and happened
            and event.rule not in {"event.times", "event.counts"}
        ):
            event = None  # shootings are not shot
        if event is not None and not event.lexical and noun is None and event.rule != "event.number_of" and not elided:
            event = None  # "two landed inside": of what, the sentence before knows
        told = counted_noun(span, self.words) if noun is None and event is None and q.type == "count" else None
        if told is not None:
            noun, rules = told[0], (*rules[:-1], told[1])
            # As printed: "a crowd of 300" has one crowd.
            group = plural(noun.lemma_.lower()) if noun.dep_ == "compound" else noun.lower_
            qualifiers = self.nouns.group(noun, None)[1]
            if told[1] == "noun.figure":
                event = self._earlier(num, q)
            if noun.lemma_.lower() in self.words.staff:
                event = Event("employed", noun, False, "event.staff")  # "a staff of 350"
        elif noun is None and elided and q.type == "count" and (event is None or not event.lexical):
            # "Two victims are in hospital, seven at home": not all of them, of whom the sentence told before; whom
            # somebody "killed" and whom he "abducted" are other ones.
            kind = kind if event is not None and num.dep_ == "dobj" else "part"
            event = event or self._earlier(num, q)
        name = event.name if event else None
        if event is not None:
            rules = (*rules, event.rule)
            if (event.lexical or event.rule == "event.number_of") and (
                way := self.nouns.moved(num, anchor)
            ) is not None:
                rules = (*rules, f"count.{way}")
        alone = told is not None and told[1] in {"noun.subject", "noun.figure"}
        said = (
            stated(noun, self.words) if name is None and noun is not None and q.type == "count" and not alone else None
        )
        if noun is not None and noun.lemma_.lower() in self.words.doers and not (event is not None and event.lexical):
            rules = (*rules, "noun.doers")
        if said is not None and said[0] in self.words.events:
            said = None  # "four suspects who killed" are not four killed
        if said is not None:
            rules = (*rules, "event.stated")
        return Frame(
            name or (said[0] if said is not None else None),
            group,
            noun.lemma_.lower() if noun is not None else None,
            qualifiers,
            kind,
            event.token if event else None,
            anchor,
            event.lexical if event else False,
            bool(others),
            rules,
        )

    def _earlier(self, num: Any, q: Quantity) -> Event | None:
        """Return the event of the noun that the last number counted: "four bullets were embedded in it: two in the grill"."""
        last = next((t for t in reversed(num.doc[: num.i]) if t.tag_ == "CD"), None)
        return self.events.find(last.head, last, q) if last is not None and last.dep_ == "nummod" else None

    def _inhabited(self, view: View, q: Quantity, num: Any, noun: Any, rules: tuple[str, ...]) -> Frame | None:
        """Read how many live in a place: "a city of 160,000 people", "a population of about 1,000"."""
        if not self.nouns.population(view, q, noun is not None):
            return None
        group = self.nouns.group(noun, None)[0] if noun is not None else "people"
        lemma = noun.lemma_.lower() if noun is not None else None
        # Those who live in a camp of refugees were displaced.
        event = "displaced" if lemma in self.words.uprooted else "inhabited"
        return Frame(event, group, lemma, (), "level", None, noun, True, False, (*rules, "event.population"))

    def _is_partial(self, view: View, q: Quantity, event: Event | None, num: Any, noun: Any) -> bool:
        """Tell "died at the scene", "were also hurt", "the two victims were shot" from a count of all."""
        if event is None:
            return False
        end = view.start + event.token.idx + len(event.token.text)
        after = view.text[max(end, q.end) - view.start :][:32].lower().lstrip(" ,")
        if any(after.startswith(p) for p in self.words.partial):
            return True
        if any(c.lower_ in self.words.additive and c.dep_ == "advmod" for c in event.token.children):
            return True
        named = noun is not None and any(
            c.dep_ in {"det", "poss"} and c.lower_ in {"the", "these", "those", "both", "his", "her", "their"}
            for c in noun.children
        )
        return named and event.rule.startswith(
            ("event.patient", "event.subject", "event.verb", "event.bare_passive", "event.predicate")
        )

    def find_event(self, view: View, q: Quantity, num: Any, noun: Any, anchor: Any, span: Any) -> Event | None:
        """Return the event from the parse, else from the words beside the number, else from what it is joined to."""
        event = self.beside.bare(span) if noun is None else None
        event = event or self.events.find(anchor, num, q)
        if event is None and noun is not None and noun != anchor:
            event = self.events.find(noun, num, q)
        if event is not None and (event.lexical or event.rule in {"event.times", "event.counts"}):
            return event
        event = self.beside.gerund(span, num) or event
        near = self.beside.near(view, q, noun) or self.beside.put_at(anchor)
        return near or self.beside.alongside(view, num, noun) or event
