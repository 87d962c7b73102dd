"""Places in one article: every mention, what "that city" points to, and the place of the article's main event."""

import re
from collections import Counter
from dataclasses import dataclass, field

from bot.knowledge.places import Gazetteer, Place
from bot.reading.document import Document, View
from bot.reading.people import People
from bot.reading.words import ReadingWords

_CAPITALS = re.compile(
    r"(?<!\w)(?:U\.S\.A?\.?|U\.K\.|L\.A\.|[A-Z][\w\u00c0-\u024f’'-]*)(?:\s+(?:of\s+(?:the\s+)?|the\s+|de\s+|da\s+|al-)?[A-Z][\w\u00c0-\u024f’'-]*){0,4}"
)
_DATELINE = re.compile(
    r"^\s*([A-Z][A-Z .'-]{2,40}|[A-Z][a-z]+(?: [A-Z][a-z]+)*)(?:,\s*[A-Z][\w. ]{1,25})?\s*(?:\([^)]{2,30}\)\s*)?(?:—|–|--|-)\s"
)
LOCATIVE = frozenset(
    {
        "in",
        "at",
        "near",
        "on",
        "across",
        "throughout",
        "inside",
        "around",
        "within",
        "outside",
        "over",
        "off",
        "to",
        "of",
        "from",
        "into",
    }
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in the text. `before` is the lower-cased word before it."""

    start: int
    end: int
    place: Place
    before: str
    possessive: bool


@dataclass(slots=True)
class Geography:
    """The places of one article in order of mention, by sentence, and its main place."""

    mentions: list[Mention] = field(default_factory=list)
    by_view: dict[int, list[Mention]] = field(default_factory=dict)
    main: Place | None = None
    # "Talks with Brussels were put off": a place that is named and nothing happens in.
    weak: bool = False

    def last(self, gazetteer: Gazetteer, before: int, kind: str) -> Place | None:
        """Return the place of a kind ("city", "region", "country") that an anaphor before `before` points to."""
        if kind == "country":
            if self.main is not None:
                return next((p for p in gazetteer.chain(self.main) if p.kind == "country"), None)
            for m in reversed([m for m in self.mentions if m.start < before]):
                found = next((p for p in gazetteer.chain(m.place) if p.kind == "country"), None)
                if found:
                    return found
            return None
        for m in reversed([m for m in self.mentions if m.start < before]):
            if m.place.kind == kind or (kind == "region" and m.place.kind == "county"):
                return m.place
        return None


def find_places(document: Document, gazetteer: Gazetteer, words: ReadingWords, people: People) -> Geography:
    """Find every place mention and the main place."""
    geography = Geography()
    context: set[int] = set()
    raw: list[tuple[View, int, int, str]] = []
    for view in document.views:
        for m in _CAPITALS.finditer(view.text):
            raw += [(view, *found) for found in _names(m, view, gazetteer, words)]
    # Unambiguous names first: they say which of several namesakes is meant.
    for _, _, _, name in raw:
        places = gazetteer.named(name)
        if places and (len(places) == 1 or places[0].kind == "country"):
            context |= {p.id for p in gazetteer.chain(places[0])[:-1]}
    frozen = frozenset(context)
    # Once a name: a search of the text for each mention would be quadratic.
    telling: dict[str, bool] = {}
    borne = _borne(people)
    for view, start, end, name in raw:
        place = gazetteer.resolve(name, frozen)
        if place is None or _is_other(view, start, end, words):
            continue
        # "in central Paris" is in Paris.
        before = re.findall(r"[\w.]+", _NARROWED.sub(" ", view.text[:start]))[-1:]
        if name not in telling:
            telling[name] = _tells(name, document, gazetteer, people, borne, words)
        if not telling[name] or (name.lower() in gazetteer.given and not (before and before[0].lower() in _INSIDE)):
            continue  # "Stirling said", "Madison ran", "Market Street": somebody or something in the article
        mention = Mention(
            view.start + start,
            view.start + end,
            place,
            before[0].lower() if before else "",
            bool(re.match(r"['’]s?\b|['’]", view.text[end:])),
        )
        geography.mentions.append(mention)
        geography.by_view.setdefault(view.index, []).append(mention)
    geography.main, geography.weak = _main(document, geography)
    return geography


def _names(m: re.Match[str], view: View, gazetteer: Gazetteer, words: ReadingWords) -> list[tuple[int, int, str]]:
    """Return the longest place names in a run of capitalised words."""
    pieces = [(p.start() + m.start(), p.end() + m.start()) for p in re.finditer(r"[\w.\u00c0-\u024f’'-]+", m.group())]
    found: list[tuple[int, int, str]] = []
    i = 0
    while i < len(pieces):
        for j in range(len(pieces), i, -1):
            start, end = pieces[i][0], pieces[j - 1][1]
            name = re.sub(r"['’]s?$", "", view.text[start:end])
            if name.endswith(".") and name.count(".") == 1:
                name = name[:-1]
            if (
                len(name) > 1
                and gazetteer.named(name)
                and (name != name.lower())
                and not (name.isupper() and len(name) < 4 and name not in {"US", "UK", "UAE", "USA", "LA", "DRC"})
            ):
                found.append((start, start + len(name), name))
                i = j
                break
        else:
            i += 1
    # "Champaign County Jail": a name that goes on with other capitals names something else, unless it leads a list.
    kept = []
    for start, end, name in found:
        opens = not view.text[:start].strip(" \"“‘'(") and " " not in name
        if opens and not gazetteer.prominent(name) and not re.match(r"\s*(?:,|['’]s\b)", view.text[end:]):
            continue  # "Nine people ...": a small place's name at a sentence's start is an ordinary word
        following = re.match(r"\s+([A-Z][\w'’-]+)", view.text[end:])
        if _FACILITY_BEFORE.search(view.text[:start]) and _names_facility(view.text[end:], words):
            kept.append(
                (start, end, name)
            )  # "in Harbour County Jail": the facility stands in the place it is named for
            continue
        preceding = re.search(r"([A-Z][\w.'’-]+)\s+$", view.text[:start])
        at_start = preceding is not None and preceding.start() == 0
        joined_before = (
            preceding is not None
            and not at_start
            and preceding.group(1).lower().rstrip(".")
            not in {
                "the",
                "in",
                "of",
                "northern",
                "southern",
                "eastern",
                "western",
                "central",
                "north",
                "south",
                "east",
                "west",
            }
            and not any(preceding.start(1) >= s and preceding.start(1) < e for s, e, _ in found)
        )
        joined_after = (
            following is not None
            and not any(s == end + 1 for s, _, _ in found)
            and view.text[:1]
            and not view.text.isupper()
            and not view.heading
        )
        if not joined_after and not joined_before:
            kept.append((start, end, name))
    return kept


_INSIDE = frozenset({"in", "near", "outside", "across", "around"})


def _borne(people: People) -> frozenset[str]:
    """Return the first and last names (lower case) that persons of the article bear."""
    full = [name.lower().split() for name in people.full.values() if " " in name]
    return frozenset(w for name in full for w in (name[0], name[-1]))


_TOWARDS = r"(?:(?:the|downtown|nearby|central|suburban|rural|greater|upper|lower|(?:north|south)?(?:east|west)?(?:ern)?)\s+){0,2}"
_NARROWED = re.compile(rf"(?<=\s){_TOWARDS}$")
_KINDS = (
    r"(?i:city|town|village|suburb|borough|community|neighbou?rhood|district|county|port|island|province|state|region)"
)
_PLACED = (
    r"\b(?:in|near|outside|across|around|throughout|inside|within)\s+" + _TOWARDS + r"{name}\b",
    r"\b(?:" + _KINDS + r"|people|residents|mayor|streets|outskirts|suburbs?)\s+of\s+{name}\b",
    r"\b(?:at|in|near|inside|outside|into)\s+(?:an?|the)\s+{name}\s+[a-z]+",
    r"\b(?:north|south|east|west|(?:north|south)(?:east|west)|miles|kilomet(?:er|re)s|km)\s+(?:of|from)\s+{name}\b",
    r"\b\d{1,3},?\s+of\s+{name}\b|\b(?:Street|St\.|Road|Avenue|Ave\.|Lane),\s+{name}\b",
    r"\b{name}[\s-]+(?:" + _KINDS + r"|area|section|police|residents|mayor|based)\b",
)
_STATE = r"\b{name},\s+((?:[A-Z][\w.]*\s?){{1,2}})"


def _tells(
    name: str, document: Document, gazetteer: Gazetteer, people: People, borne: frozenset[str], words: ReadingWords
) -> bool:
    """Tell whether a name means a place in this article: one that every reader knows, or one that it is used as."""
    known = gazetteer.prominent(name)
    if not known and _is_surname(name, document.article.text, people, words):
        return False
    return ((known or " " in name) and name.lower() not in borne) or _placed(name, document, gazetteer)


def _placed(name: str, document: Document, gazetteer: Gazetteer) -> bool:
    """Tell whether the article uses a name as a place anywhere: "in Dover", "Dover, Ohio", "the town of Dover", a dateline."""
    own, text = re.escape(name), document.article.text
    if any(re.search(pattern.replace("{name}", own), text) for pattern in _PLACED):
        return True
    states = (m.group(1).strip() for m in re.finditer(_STATE.format(name=own), text))
    wider = (w for state in states for w in (state, state.split()[0], state.rstrip(".")))
    if any(p.kind in {"region", "country"} for w in wider for p in gazetteer.named(w)[:1]):
        return True
    datelines = (_DATELINE.match(view.text) for view in document.views[:4])
    return any(d is not None and name.lower() in d.group().lower() for d in datelines)


def _is_surname(name: str, text: str, people: People, words: ReadingWords) -> bool:
    """Tell whether a single name is somebody's in this article: it ends a full name, or says something."""
    if " " in name:
        return False
    if " " in people.full.get(name.lower(), ""):
        return True
    own = re.escape(name)
    # A verb of saying beside it, or a title before it; "in Dover" elsewhere speaks for the place.
    told = re.search(rf"\b{own}\s+(?:said|says|told|added)\b|\b(?:said|says|told)\s+{own}\b", text)
    titled = any(
        m.group(1).lower() in words.titles for m in re.finditer(rf"\b(\w+)\.?\s+(?:[A-Z][\w.]*\s+)?{own}\b", text)
    )
    return bool(told or titled) and not re.search(rf"\bin\s+{own}\b", text)


_FACILITY_BEFORE = re.compile(r"\b(?:in|at|inside|outside|near)\s+(?:the\s+)?$")
_CAPITAL_RUN = re.compile(r"\s+((?:[A-Z][\w.'’-]*\s+){0,3}?)([A-Z]?[a-z]+)\b")


def _names_facility(rest: str, words: ReadingWords) -> bool:
    """Tell whether a name goes on to a facility: "Harbour | County Jail", "Harbour | International Airport"."""
    m = _CAPITAL_RUN.match(rest)
    return m is not None and m.group(2).lower() in words.facilities and (bool(m.group(1)) or m.group(2)[:1].isupper())


def _is_other(view: View, start: int, end: int, words: ReadingWords) -> bool:
    """Tell that the entity recognizer takes the words for a person, or for part of a longer name."""
    if view.doc is None:
        return False
    span = view.doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return False
    for ent in view.doc.ents:
        if ent.start < span.end and span.start < ent.end:
            if ent.label_ == "PERSON":
                return len(ent) > len(span) or (
                    len(view.text) > 0
                    and not re.search(r"\b(?:in|at|near|across|throughout|from|of)\s+$", view.text[:start])
                )
            longer = len(
                [t for t in ent if t.pos_ not in {"ADP", "DET"} and t.lower_ not in {"the", "'s", "’s"}]
            ) > len(span)
            if ent.label_ in {"ORG", "FAC", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW"} and longer:
                return True
    return False


_LOCAL = frozenset({"in", "at", "near", "across", "throughout", "inside", "outside", "off", "around"})
_AT_A = re.compile(r"\b(?:in|at|near|inside|outside|into)\s+(?:an?|the)\s+(?:[a-z-]+\s+)?$")


_EDGE = re.compile(r"\b(?:outskirts|edge|suburbs?|cent(?:re|er)|heart|middle|city|town|village|port|streets) of\s+$")


def _local(view: View, m: Mention) -> bool:
    """Tell a place that something happens in: "in Dover", "at a Dover nightclub", "on the outskirts of Dover"."""
    before = view.text[: m.start - view.start]
    return m.before in _LOCAL or _AT_A.search(before) is not None or _EDGE.search(before) is not None


_LEAST = 1.0


def _main(document: Document, geography: Geography) -> tuple[Place | None, bool]:
    """Score places by where and how they are named: datelines, headline and lead, "in X" above "X said".

    Return the first, and whether little speaks for it.
    """
    score: Counter[int] = Counter()
    places: dict[int, Place] = {}
    for view in document.views:
        weight = 3.0 if view.index == 0 else 2.0 if view.index < 4 else 1.0
        dateline = _DATELINE.match(view.text) if view.index < 4 else None
        mentions = geography.by_view.get(view.index, ())
        elsewhere = any(
            m.place.kind == "city" and dateline and m.start - view.start >= dateline.end() and _local(view, m)
            for m in mentions
        )
        for m in mentions:
            places[m.place.id] = m.place
            local = _local(view, m)
            of = m.before == "of"
            gain = 2.0 if local else 1.0 if of else 0.4
            if dateline and m.start - view.start < dateline.end():
                gain = 1.5 if elsewhere else 4.0  # the bureau's town, where the sentence tells another
            if m.possessive and not local:
                gain = min(gain, 0.6)
            # A country or a continent is rarely where it happened, more often where it is told from or compared with.
            gain *= {"country": 0.7, "continent": 0.5}.get(m.place.kind, 1.0)
            score[m.place.id] += gain * weight  # type: ignore[assignment]
    if not score:
        return None, True
    best = max(score.items(), key=lambda kv: (kv[1], -kv[0]))
    return places[best[0]], best[1] < _LEAST
