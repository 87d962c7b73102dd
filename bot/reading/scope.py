"""Where and when a figure holds: place, body, as-of date, period, and whether it is about another event."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.knowledge.places import Gazetteer
from bot.language.dates import DateSpan, resolve
from bot.model import PlaceFrom
from bot.reading.anchor import AS_OF, AnchorReader
from bot.reading.document import Document, View
from bot.reading.frames import Frame
from bot.reading.geography import Geography
from bot.reading.words import ReadingWords

_LOCATIVE = frozenset(
    {"in", "at", "near", "across", "throughout", "inside", "around", "within", "outside", "over", "off", "on"}
)
_SINCE = re.compile(r"\b(?:since|from|beginning)\s+(?:late\s+|early\s+|last\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scope:
    """Place and time of one figure. `day` is a bare weekday that no publication date resolves."""

    place: str | None = None
    place_from: PlaceFrom | None = None
    body: str | None = None
    as_of: str | None = None
    period: tuple[str | None, str | None] | None = None
    anchor: str | None = None
    rules: tuple[str, ...] = ()
    date: DateSpan | None = None


class ScopeReader:
    """Read scopes in one article; pure but for the gazetteer's look-ups."""

    def __init__(
        self,
        document: Document,
        words: ReadingWords,
        geography: Geography,
        gazetteer: Gazetteer,
        published: date | None,
    ) -> None:
        self.document = document
        self.words = words
        self.geography = geography
        self.gazetteer = gazetteer
        self.published = published
        self.anchors = AnchorReader(document, words, published)

    # -- places ----------------------------------------------------------------------------------------------------

    def place_name(self, view: View, token: Any) -> str | None:
        """Return the place that a noun names or points to ("Mariupol", "this besieged city"), or None."""
        at = view.start + token.idx
        for m in self.geography.by_view.get(view.index, ()):
            if m.start <= at < m.end:
                return m.place.name
        return self._anaphor(view, token)

    def _anaphor(self, view: View, token: Any) -> str | None:
        kind = self.words.place_nouns.get(token.lemma_.lower())
        if kind is None:
            return None
        lefts = {c.lower_ for c in token.children if c.i < token.i}
        if not lefts & {"that", "this", "the", "its", "their"} and not lefts & self.words.whole:
            return None
        inner = next(
            (
                g
                for c in token.children
                if c.dep_ == "prep" and c.lower_ == "of"
                for g in c.children
                if g.dep_ == "pobj"
            ),
            None,
        )
        if inner is not None and (named := self.place_name(view, inner)):
            return named
        here = {m.place.id: m.place for m in self.geography.by_view.get(view.index, ()) if m.place.kind == kind}
        if len(here) == 1:
            # One place of that kind in the sentence is meant, before or after: "figures of the city ... in Lagos".
            return next(iter(here.values())).name
        place = self.geography.last(self.gazetteer, view.start + token.idx, kind)
        return place.name if place else None

    def _place(
        self, view: View, token: Any, frame: Frame, speakers: set[int]
    ) -> tuple[str | None, PlaceFrom | None, str]:
        near = self._clause_tokens(token, frame)
        best: tuple[int, int, str, PlaceFrom] | None = None
        for t in view.doc:
            if t.i in speakers:
                continue
            named = next(
                (m for m in self.geography.by_view.get(view.index, ()) if m.start <= view.start + t.idx < m.end), None
            )
            name: str | None
            origin: PlaceFrom
            if named is not None:
                if named.end > view.start + t.idx + len(t.text) + 1 and t.head.i == t.i + 1:
                    continue  # the last word of a name carries its place in the parse
                name, origin = named.place.name, "clause"
            else:
                name, origin = self._anaphor(view, t), "resolved"
                if (
                    name is None
                    and t.dep_ == "pobj"
                    and any(c.dep_ == "poss" and c.lower_ in {"its", "their"} for c in t.children)
                ):
                    earlier = [m for m in self.geography.by_view.get(view.index, ()) if m.end <= view.start + t.idx]
                    name = earlier[-1].place.name if earlier else None
                if name is None and t.lower_ in self.words.nationwide:
                    country = self.geography.last(self.gazetteer, view.start + t.idx, "country")
                    name = country.name if country else None
                if name is None:
                    continue
            top = t
            while (
                top.dep_ in {"compound", "appos", "conj", "nmod", "poss"}
                and top.head != top
                and top.head.i in {x.i for x in view.doc}
                and top.dep_ != "poss"
            ):
                top = top.head
            if named is not None and t.dep_ in {"compound", "amod", "nmod"} and t.head == frame.anchor:
                # "five Dover officers" are of Dover.
                if best is None or (1, abs(t.i - token.i)) < best[:2]:
                    best = (1, abs(t.i - token.i), str(name), origin)
                continue
            prep = top.head if top.dep_ == "pobj" else None
            if prep is None or prep.lower_ not in _LOCATIVE | {"of"}:
                continue
            host = prep.head
            if (
                prep.lower_ == "of"
                and host.lower_ in {"all", "most", "much", "part", "parts", "rest", "whole"}
                and host.dep_ == "pobj"
            ):
                prep, host = host.head, host.head.head  # "in all of France"
                if prep.lower_ not in _LOCATIVE:
                    continue
            of_event = prep.lower_ == "of" and (
                host.lemma_.lower() in {"people", "resident", "part"} | self.words.event_nouns | self.words.place_parts
                or host.lemma_.lower() in self.words.place_nouns
            )
            if prep.lower_ == "of" and not of_event:
                continue
            if host.i in near and prep.lower_ != "of":
                rank = 0 if host == token or host == frame.anchor or host == frame.verb else 1
            elif host.i in near or of_event:
                rank = 2
            else:
                rank = 3
                if self.document.quote_at(view.start + t.idx, view.start + t.idx + 1) != self.document.quote_at(
                    view.start + token.idx, view.start + token.idx + 1
                ):
                    continue  # words outside the quotation do not place what is said inside it
            distance = abs(t.i - token.i) + (4 if t.i < token.i else 0)
            key = (rank, distance, name, origin)
            if best is None or key[:2] < best[:2]:
                best = key
        if best is not None:
            return best[2], best[3], f"place.{best[3]}"
        inside = self.document.quote_at(view.start + token.idx, view.start + token.idx + 1)
        alone = [m for m in self.geography.by_view.get(view.index, ()) if not m.possessive]
        for m in alone:
            at = view.token_at(m.start)
            if (
                len({x.place.id for x in alone}) == 1
                and m.before in {"in", "at"}
                and m.place.kind != "country"
                and at is not None
                and at.i not in speakers
                and self.document.quote_at(m.start, m.end) == inside
            ):
                return m.place.name, "clause", "place.sentence"
        if self.geography.main is not None:
            rule = "place.weak" if self.geography.weak else "place.article"
            return self.geography.main.name, "article", rule
        return None, None, "place.none"

    def _clause_tokens(self, token: Any, frame: Frame) -> set[int]:
        """Return the tokens of the figure's clause: the number, its noun, its event, and the verbs over them."""
        found = {token.i}
        for start in (token, frame.anchor, frame.verb):
            here = start
            for _ in range(12):
                if here is None:
                    break
                found.add(here.i)
                if here.head == here or (
                    here.pos_ == "VERB" and here.lemma_.lower() in self.words.speech and here != frame.verb
                ):
                    break
                here = here.head
        return found

    # -- time ------------------------------------------------------------------------------------------------------

    def _dates(
        self, view: View, token: Any, frame: Frame, speech: set[int]
    ) -> tuple[str | None, tuple[str | None, str | None] | None, DateSpan | None, tuple[str, ...]]:
        as_of: str | None = None
        period: tuple[str | None, str | None] | None = None
        chosen: DateSpan | None = None
        rules: list[str] = []
        best = 999
        near = self._clause_tokens(token, frame)
        for d in view.dates:
            if d.kind == "time":
                continue
            before = view.text[: d.start - view.start]
            when = resolve(d, self.published)
            if AS_OF.search(before):
                if when is not None and as_of is None and d.granularity == "day":
                    as_of = when.end
                    rules.append("time.as_of")
                continue
            if _SINCE.search(before):
                if when is not None and period is None:
                    ends = re.match(
                        r"\s*(?:[-–]|to|until|through)\s*\d", self.document.article.text[d.end : d.end + 12]
                    )
                    period = (when.start, None)
                    rules.append("time.since")
                    if d.rule == "date.span" or ends:
                        chosen = chosen or d
                continue
            at = view.token_at(d.start)
            host = at
            for _ in range(6):
                if host is None or host.pos_ in {"VERB", "AUX"} or host.head == host:
                    break
                host = host.head
            if host is not None and host.i in speech and host != frame.verb:
                continue
            if host is not None and any(c.dep_ == "mark" and c.lower_ == "since" for c in host.children):
                # "arrested since the unrest began on July 21"
                if when is not None and period is None:
                    period = (when.start, None)
                    rules.append("time.since")
                continue
            moved = host is not None and host.lemma_.lower() in self.words.change | self.words.reached
            if moved and when is not None and d.granularity == "day" and "event.total" in frame.rules:
                # "the toll rose to 21 on Wednesday": as of then, not on that day.
                as_of = as_of or when.end
                rules.append("time.moved")
                continue
            if at is not None and _aside(at, near, frame.verb, self.words.event_nouns):
                continue
            distance = abs((at.i if at is not None else 0) - token.i)
            if host is not None and (host == frame.verb or host.i in near):
                distance -= 20
            if distance < best:
                best, chosen = distance, d
        if chosen is not None and period is None:
            when = resolve(chosen, self.published)
            if when is not None:
                period = (when.start, when.end)
                rules.append("time.event")
        return as_of, period, chosen, tuple(rules)

    def read(self, view: View, token: Any, frame: Frame, speakers: set[int], speech: set[int]) -> Scope:
        """Return the scope of the figure at a token of a parsed sentence."""
        as_of, period, chosen, time_rules = self._dates(view, token, frame, speech)
        if frame.event in self.words.body_events:
            body = self._body(view)
            if body is not None:
                return Scope(None, None, body, as_of, period, None, ("place.body", *time_rules))
        place, origin, rule = self._place(view, token, frame, speakers)
        return Scope(
            place,
            origin,
            None,
            as_of,
            period,
            self.anchors.read(view, token, frame, chosen),
            (rule, *time_rules),
            chosen,
        )

    def _body(self, view: View) -> str | None:
        """Return the council or parliament named last, up to this sentence."""
        for earlier in reversed(self.document.views[: view.index + 1]):
            for ent in reversed(list(earlier.doc.ents) if earlier.doc is not None else []):
                if ent.label_ in {"ORG", "GPE", "FAC"} and any(t.lower_ in self.words.bodies for t in ent):
                    return re.sub(r"^(?:the|The)\s+", "", ent.text)
            m = re.findall(
                r"(?:[A-Z][\w.]+\s+)+(?:Council|Parliament|Senate|House|Congress|Court|Committee|Assembly|Board|Commission)\b",
                earlier.text,
            )
            if m:
                return str(m[-1])
        return None


def _aside(date_token: Any, near: set[int], verb: Any, events: frozenset[str]) -> bool:
    """Tell a date that a clause tells of somebody by the way: "Acme, founded in 1926, cut 90 jobs".

    `near` are the tokens over the figure, `verb` is its own. The day on which an event came to pass is the figure's
    too ("the storm that struck on Friday damaged 90 homes"), and so is a day that tells which one did it: "the tower
    that fell in 2021 killed 27".
    """
    here = date_token
    while here.i not in near and here.head != here:
        noun = here.head
        by_the_way = here.dep_ == "relcl" or (here.dep_ in {"acl", "appos"} and noun.dep_ in {"nsubj", "nsubjpass"})
        if by_the_way and noun.lemma_.lower() not in events:
            first = here.left_edge
            which_one = here.dep_ == "relcl" and first.i and first.nbor(-1).text != "," and noun.head == verb
            if not which_one:
                return True
        here = noun
    return False


def published_date(published: str | None) -> date | None:
    """Return the date of an ISO publication time, or None."""
    if not published:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None
