"""Read one article: the passes in order, from sentences to figures."""

import re
from dataclasses import dataclass, replace

from bot.knowledge.base import Knowledge
from bot.language.dates import DateSpan
from bot.language.grammar import Grammar
from bot.language.quantity import Quantity
from bot.model import Article, Figure, Reading
from bot.reading.ages import aged_person, unnamed, without_several
from bot.reading.ahead import look_ahead
from bot.reading.alone import said_to_be
from bot.reading.anchor import LEAD
from bot.reading.attribution import Attribution, AttributionReader
from bot.reading.document import Document, View, make_document, quotations
from bot.reading.frames import Frame, FrameReader
from bot.reading.geography import find_places
from bot.reading.happenings import employer, happenings, kin, no_day_of_it, offspring, placed_event, sentenced, struck
from bot.reading.moments import EventTime, event_time
from bot.reading.parse import Parser
from bot.reading.people import find_people
from bot.reading.properties import PropertyWords, read_property
from bot.reading.records import converted, counted_again, date_record, day_record, merge, plain_record, time_record
from bot.reading.scope import Scope, ScopeReader, published_date
from bot.reading.status import negated, status_of
from bot.reading.tone import tone_of
from bot.reading.verbs import governing, speech_tokens
from bot.reading.words import ReadingWords, singular

_FIGURES = frozenset({"count", "money", "percent", "ratio", "measure", "score"})
_HITS = frozenset({"time", "bullet", "shot", "round"})
_POINTS_BACK = re.compile(r"\b(?:he|she|they|it|that|those|these|this)\b", re.IGNORECASE)
_CAVEAT = re.compile(
    r"\b(?:likely|probably|believed?|believes|expected|may be|could be|actual|real|true|total|undercount|incomplete|unconfirmed)\b[^.]{0,80}\b(?:higher|more|greater|incomplete|rise|undercount\w*|larger)\b|\bexpected to rise\b|\b(?:higher|larger|greater)\b[^.]{0,40}\b(?:likely|probably)\b",  # noqa: E501
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Everything that reading needs, made once a process."""

    knowledge: Knowledge
    grammar: Grammar
    words: ReadingWords
    properties: PropertyWords
    parser: Parser

    @classmethod
    def make(cls, knowledge: Knowledge) -> "Reader":
        """Load the parser and build the grammars."""
        return cls(
            knowledge,
            Grammar.make(knowledge),
            ReadingWords.make(knowledge),
            PropertyWords.make(knowledge.lexicon),
            Parser(),
        )

    def read(self, article: Article) -> Reading:
        """Return the figures, quotations and sentences of one article. Deterministic, whatever was read before."""
        document = make_document(article, self.grammar)
        sentences = tuple((v.start, v.end) for v in document.views)
        if article.language != "en":
            return Reading(article.id, sentences, (), ())
        with self.parser.zone():
            self._parse(document)
            figures = _Pass(self, document).figures()
            quoted = tuple(quotations(document))
            for v in document.views:
                v.doc = None
        return Reading(article.id, sentences, tuple(figures), quoted, tone_of(article, sentences))

    def _parse(self, document: Document) -> None:
        """Parse the lead, the sentences that carry a figure, and neighbours only where a figure's sentence points to them.

        Parsing is most of the cost of reading (design/stack.md); a quarter of the words of news carry figures.
        """
        wanted: set[int] = set(range(min(LEAD, len(document.views))))
        for v in document.views:
            quantities = [
                q for q in v.quantities if q.type in _FIGURES | {"age"} and (not q.zero or self._tells_harm(v.text))
            ]
            timed = any(d.kind == "time" for d in v.dates) or any(
                q.type == "duration" and self.properties.tells_duration(v.text) for q in v.quantities
            )
            days = any(d.kind != "time" and d.granularity in {"day", "year"} for d in v.dates)
            dated = days and self._tells_happening(v.text)
            if not quantities and not timed and not dated:
                continue
            wanted.add(v.index)
            if quantities and _POINTS_BACK.search(v.text):
                wanted.add(v.index - 1)
            for quote in document.quotes:
                if quote.start < v.end and v.start < quote.end:
                    wanted |= {
                        o.index
                        for o in (document.view_at(quote.start), document.view_at(quote.end - 1))
                        if o is not None
                    }
        views = [v for v in document.views if v.index in wanted]
        for view, doc in zip(views, self.parser.parse([v.text for v in views]), strict=True):
            view.doc = doc
            look_ahead(view, self.words)

    def _tells_happening(self, text: str) -> bool:
        """Tell whether a sentence with a day has a word of an event that one has one day of."""
        words = self.words
        stems = (
            w.removesuffix("s").removesuffix("ed").removesuffix("d") for w in re.findall(r"[a-z]{4,}", text.lower())
        )
        return any(w in words.dated or f"{w}e" in words.dated or w in words.one_day or w in words.bare for w in stems)

    def _tells_harm(self, text: str) -> bool:
        """Tell whether a sentence with "no" or "none" has a word that a zero could be counted of."""
        return any(
            w in self.words.bare or w in self.words.nouns or singular(w) in self.words.nouns
            for w in re.findall(r"[a-z]+", text.lower())
        )


class _Pass:
    """The passes over one document whose sentences are parsed."""

    def __init__(self, reader: Reader, document: Document) -> None:
        self.reader = reader
        self.words = reader.words
        self.document = document
        self.article = document.article
        self.people = find_people(document, self.words)
        self.geography = find_places(document, reader.knowledge.places, self.words, self.people)
        self.frames = FrameReader(self.words)
        self.scope = ScopeReader(
            document, self.words, self.geography, reader.knowledge.places, published_date(self.article.published)
        )
        self.chosen: DateSpan | None = None
        self.voices = AttributionReader(document, self.words, self.people, self.geography, self.scope.place_name)

    def figures(self) -> list[Figure]:
        """Return the article's figures in order, repeated ones merged."""
        found: list[Figure] = []
        moment = event_time(self.reader.properties, self.document.views)
        for view in self.document.views:
            first = len(found)
            for q in view.quantities:
                figure = self._count(view, q) if q.type == "count" else self._other(view, q)
                if figure is None and q.type == "count":
                    figure = self._there_were(view, q, found)
                if figure is not None:
                    again = "restated" in q.rules and len(found) > first and found[-1].type == figure.type
                    found.append(converted(figure, found[-1]) if again else figure)
                    found += self._day_of(view, figure)
            found += [
                self._date(view, h.date, h.event, h.person, h.rule) for h in happenings(view, self.words, self.people)
            ]
            for d in view.dates:
                placed = placed_event(view, d, self.geography, self.words)
                if placed is not None:
                    found.append(self._date(view, d, *placed, "date.where"))
            if moment is not None and view is moment[0]:
                found.append(self._time(*moment))
            taken = {f.start for f in found[first:] if f.type in {"date", "time"}}
            found += [date_record(self.article, view, d) for d in view.dates if d.start not in taken]
        return merge(without_several(found))

    def _there_were(self, view: View, q: Quantity, before: list[Figure]) -> Figure | None:
        """Return "witnesses said there were 20" as another voice's count of what was counted last, here or a sentence before."""
        token = said_to_be(view, q, self.words)
        last = next((f for f in reversed(before) if f.type == "count"), None)
        near = (view.start, self.document.starts[max(0, view.index - 1)])
        if token is None or last is None or last.sentence[0] not in near:
            return None
        told_by = self.voices.read(view, token).speakers
        return counted_again(last, view, q, self.article, told_by) if told_by else None

    def _day_of(self, view: View, f: Figure) -> list[Figure]:
        """Return the day that a count's own clause tells, as the day of what befell so many there."""
        d = self.chosen
        told = (
            f.type == "count"
            and f.role == "level"
            and f.event in self.words.events
            and (f.value or 0) >= 2
            and f.bound == "exact"
            and f.place_from == "clause"
        )
        if not told or d is None or d.granularity != "day" or d.kind != "date" or d.offset is not None:
            return []
        if no_day_of_it(view, d):
            return []
        whose = " ".join(w for w in (f"{f.value:g}", f.group, "in", f.place) if w)
        return [self._date(view, d, str(f.event), whose, "date.count")]

    def _date(self, view: View, d: DateSpan, event: str, whose: str, rule: str) -> Figure:
        token = view.token_at(d.start)
        speakers = self.voices.read(view, token).speakers if token is not None else ()
        return day_record(self.article, view, d, event, whose, speakers, rule)

    def _time(self, view: View, d: DateSpan, time: EventTime) -> Figure:
        """Return the figure of the event's time of day."""
        frame = Frame("occurred", verb=time.token, anchor=time.token)
        speakers, speech = speech_tokens(view, time.token, self.words)
        scope = self.scope.read(view, time.token, frame, speakers, speech)
        told_by = self.voices.read(view, time.token).speakers
        return time_record(self.article, view, d, time, scope, self.scope.anchors.main, told_by)

    def _count(self, view: View, q: Quantity) -> Figure | None:
        self.chosen = None
        parent = offspring(view, q.core_start, q.core_end, self.words, self.people)
        frame = self.frames.read(view, q)
        named = tuple(r for r in frame.rules if r != "event.stated")
        kinsman = kin(frame, view, self.words, self.people)
        if parent is not None:
            frame = Frame("had", "children", "child", (parent[0],), rules=("noun.offspring",))
        elif kinsman is not None:
            parent = ("", kinsman)
            frame = replace(frame, event="had", qualifiers=(), role="level", rules=(*named, "noun.kin"))
        elif (firm := employer(frame, self.words)) is not None:
            parent = ("", firm)
            others = tuple(w for w in frame.qualifiers if w != firm)
            frame = replace(frame, event="employed", qualifiers=others, role="level", rules=(*named, "noun.staff"))
        if "noun.name" in frame.rules or "noun.compound" in frame.rules:
            return plain_record(self.article, view, q, "identifier")
        if q.word_one and (frame.event is None or ("noun.of_the" in frame.rules and not frame.lexical)):
            return None
        if q.word_one and "noun.of" in frame.rules and not frame.lexical:
            return None  # "one of the town's best cooks"
        if q.word_one and (frame.noun is None or not frame.lexical) and not self._plausible_one(frame):
            return None
        if q.zero and not frame.lexical:
            return None
        if frame.noun is None and frame.event is None and frame.group is None and not q.zero:
            return None
        span = view.span(q.core_start, q.core_end)
        token = span.root
        if frame.event is None and (over := governing(frame.anchor or token, self.words)) is not None:
            frame = replace(frame, event=over, rules=(*frame.rules, "event.stated"))
        attribution = self.voices.read(view, frame.verb if frame.verb is not None else token)
        other = self.voices.read(view, token)
        if len(other.speakers) > len(attribution.speakers):
            attribution = other
        speakers, speech = speech_tokens(view, token, self.words)
        scope = self.scope.read(view, token, frame, speakers, speech)
        self.chosen = scope.date
        figure = self._figure(view, q, frame, scope, attribution)
        doer = (
            next((c for c in frame.verb.children if c.dep_ == "nsubj"), None)
            if frame.verb is not None and ("event.verb_object" in frame.rules or self._of_things(frame))
            else None
        )
        whose = parent[1] if parent is not None else (doer.lemma_.lower() if doer is not None else None)
        if frame.verb is not None and frame.verb.lemma_.lower() in self.words.struck and frame.noun in _HITS:
            # How often somebody was hit, told in times or in bullets.
            figure = replace(figure, event="hit", running=False, rules=(*figure.rules, "event.struck"))
            whose = struck(frame, view, self.people)
        return replace(figure, subject=whose) if whose else figure

    def _of_things(self, frame: Frame) -> bool:
        info = self.words.events.get(frame.event or "")
        return info is not None and info.family == "things"

    def _plausible_one(self, frame: Frame) -> bool:
        """Tell "one bomb fell" from "one thing is clear": a counted thing that something happened to."""
        if frame.noun is None:
            return frame.lexical and bool({"event.bare", "event.beside", "event.small_clause"} & set(frame.rules))
        return (
            frame.event is not None
            and frame.verb is not None
            and frame.noun not in {"thing", "reason", "way", "day", "time", "point", "another"}
        )

    def _other(self, view: View, q: Quantity) -> Figure | None:
        if q.type == "age":
            named = aged_person(view, q, self.people, self.words.titles)
            whose, rule = (named, "age.named") if named else self._unnamed(view, q)
            record = plain_record(self.article, view, q, q.type)
            if not whose:
                return record
            rules = (*record.rules, rule)
            return replace(record, event="age", subject=whose, measure="age", day=self.scope.anchors.main, rules=rules)
        if q.type not in _FIGURES | {"duration"} or view.doc is None:
            return plain_record(self.article, view, q, q.type) if q.type not in _FIGURES else None
        prop = read_property(self.reader.properties, view, q)
        if q.type == "duration" and (prop.name is None or prop.rule == "property.generic"):
            return plain_record(self.article, view, q, q.type)
        token = view.span(q.core_start, q.core_end).root
        own = self.frames.read(view, q)
        event = prop.name
        if q.type in {"percent", "ratio"} and own.event and (prop.rule == "property.generic" or event is None):
            event = own.event  # "recovered 80 percent of the haul"
        frame = Frame(
            event,
            None,
            own.noun,
            own.qualifiers,
            # "He fell 40 feet": how far, not by how much less.
            "level" if prop.rule == "property.verb" and q.type == "measure" else own.role,
            prop.token if prop.name is not None else own.verb,
            own.anchor,
            prop.name is not None and prop.rule != "property.generic",
            False,
            (prop.rule,),
        )
        attribution = self.voices.read(view, token)
        speakers, speech = speech_tokens(view, token, self.words)
        scope = self.scope.read(view, token, frame, speakers, speech)
        whose = sentenced(view, token, self.people) if prop.name == "sentence" else prop.subject
        return replace(self._figure(view, q, frame, scope, attribution), subject=whose)

    def _unnamed(self, view: View, q: Quantity) -> tuple[str | None, str]:
        return unnamed(view, q, self.frames.events, self.people, self.words.aged) or (None, "")

    def _initial(self, view: View, q: Quantity) -> bool:
        """Tell a count that its own text calls a first one: "initial reports said six to ten"."""
        before = view.text[: q.start - view.start].lower().split()
        return any(w.strip(",.:;") in self.words.initial for w in before[-14:])

    def _figure(self, view: View, q: Quantity, frame: Frame, scope: Scope, attribution: Attribution) -> Figure:
        event, group, unit = frame.event, frame.group, q.unit
        info = self.words.events.get(event or "")
        if q.type == "count":
            unit = (
                "person"
                if (group is None and info is not None and info.patient == "people")
                or (group is not None and self.words.is_people(group))
                else None
            )
        measure = " ".join(w for w in (*([] if q.type == "count" else [q.unit or q.type]), group, event) if w) or (
            frame.noun or q.type
        )
        agreed = event in self.reader.properties.agreed and q.bound == "exact"
        status = "denied" if negated(view, q) else status_of(self.words, frame, attribution, agreed=agreed)
        confidence = 0.9 if frame.lexical else 0.6 if frame.event and "event.stated" not in frame.rules else 0.4
        return Figure(
            id="",
            article=self.article.id,
            start=q.start,
            end=q.end,
            spans=((q.start, q.end),),
            printed=self.article.text[q.start : q.end],
            type=q.type,
            low=q.low,
            high=q.high,
            bound=q.bound,
            event=event,
            group=group,
            unit=unit,
            measure=measure,
            place=scope.place,
            place_from=scope.place_from,
            body=scope.body,
            as_of=scope.as_of,
            period=scope.period,
            status=status,
            attribution=attribution.speakers,
            day=self.scope.anchors.main,
            voice=attribution.speakers[-1] if attribution.speakers else None,
            caveat=self._caveat(view, q),
            sentence=(view.start, view.end),
            confidence=confidence,
            qualifiers=frame.qualifiers,
            anchor=scope.anchor,
            value=q.value,
            role="former" if q.former or self._initial(view, q) else frame.role,
            running=bool(info and info.running),
            rules=(*q.rules, *frame.rules, *scope.rules, *attribution.rules),
        )

    def _caveat(self, view: View, q: Quantity) -> str | None:
        """Return the sentence in which the figure's own text calls it incomplete, here or in the next sentence."""
        tail = view.text[q.end - view.start :]
        if _CAVEAT.search(tail):
            return view.text
        following = self.document.views[view.index + 1] if view.index + 1 < len(self.document.views) else None
        if (
            following is not None
            and following.block == view.block
            and not following.quantities
            and re.search(
                r"\b(?:that (?:estimate|figure|number|toll|count)|the (?:total|actual|real|true))\b",
                following.text,
                re.I,
            )
            and _CAVEAT.search(following.text)
        ):
            return following.text
        return None
