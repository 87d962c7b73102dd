"""The nouns of the domain as frozen dataclasses; imports nothing of ours, everyone may import it.

Offsets are code points into the article's text. Dates are ISO 8601 strings; a date whose year is unknown is "--MM-DD".
"""

from dataclasses import dataclass
from typing import Literal

Bound = Literal["exact", "about", "at_least", "more_than", "at_most", "less_than", "range", "vague"]
FigureType = Literal[
    "count",
    "money",
    "percent",
    "ratio",
    "measure",
    "score",
    "duration",
    "date",
    "time",
    "age",
    "ordinal",
    "year",
    "identifier",
]
Status = Literal["reported", "confirmed", "estimated", "presumed", "projected", "hypothetical", "denied"]
PlaceFrom = Literal["clause", "resolved", "article"]
PublishedFrom = Literal["header", "option", "feed", "jsonld", "meta", "url", "text", "guess"]
RelationKind = Literal[
    "part_exceeds_whole",
    "conflict",
    "self_revision",
    "update",
    "sum_agrees",
    "agree",
    "rounded",
    "compatible_bound",
    "different_scope",
    "different_measure",
    "different_event",
    "different_unit",
    "different_status",
    "denied",
    "attribution_differs",
]
FLAG_KINDS: frozenset[str] = frozenset({"part_exceeds_whole", "conflict"})
Severity = Literal["low", "medium", "high"]
GateStep = Literal["event", "measure", "unit", "place", "group", "status", "time"]
Policy = Literal["lowest", "low_best_high", "range", "majority", "newest_reliable"]
POLICIES: tuple[Policy, ...] = ("lowest", "low_best_high", "range", "majority", "newest_reliable")
FIGURE_TYPES_SHOWN: frozenset[str] = frozenset({"count", "money", "percent", "ratio", "measure", "score"})


class CorrobotError(Exception):
    """An error whose message is meant for the person who asked: it says what is wrong and what to do.

    `code` is one of the contract's codes (not_found, empty, binary, bad_encoding, too_large, unsupported,
    refused_address, fetch_failed, not_an_article, usage); `input` names what failed.
    """

    def __init__(self, code: str, message: str, input: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.input = input

    def __reduce__(self) -> tuple[type["CorrobotError"], tuple[str, str, str]]:
        """Cross the border of a process whole: by default an exception is remade from its message alone."""
        return type(self), (self.code, self.message, self.input)


@dataclass(frozen=True, slots=True)
class Article:
    """One publication. `text` is cleaned; `notes` says in words what was inferred and from what."""

    id: str
    input: str
    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    url: str | None = None
    copy_of: str | None = None
    notes: tuple[str, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity claim with its context.

    `low`/`high` are in the base unit named by `unit`, None is an open end, `value` is the printed number itself.
    `subject` is whose property it is (the person of an age, the company of a share). `anchor` names another event than
    the article's own (None: the article's main event); `day` is the day of that main event as the lead tells it (ISO,
    "--MM-DD" or a weekday "wd0" to "wd6"). `role` tells a level from a change ("rose by 12"), a part of a named whole,
    a share of a whole with a place of its own ("15 of them on the island"), and a number since replaced. `qualifiers`
    are the words that narrow the group ("undersea", "seriously"). `rules` names what read it, in order.
    """

    id: str
    article: str
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    printed: str
    type: FigureType
    low: float | None
    high: float | None
    bound: Bound
    event: str | None = None
    group: str | None = None
    unit: str | None = None
    measure: str = ""
    place: str | None = None
    place_from: PlaceFrom | None = None
    body: str | None = None
    as_of: str | None = None
    period: tuple[str | None, str | None] | None = None
    status: Status = "reported"
    attribution: tuple[str, ...] = ()
    voice: str | None = None
    caveat: str | None = None
    sentence: tuple[int, int] = (0, 0)
    confidence: float = 0.5
    value: float | None = None
    value_from: str | None = None
    value_to: str | None = None
    subject: str | None = None
    qualifiers: tuple[str, ...] = ()
    anchor: str | None = None
    day: str | None = None
    role: Literal["level", "change", "part", "share", "former"] = "level"
    running: bool = False
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words inside quotation marks (offsets exclude the marks) and who said them, where the text tells."""

    article: str
    start: int
    end: int
    text: str
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class Tone:
    """How subjective (0..1) and how positive (-1..1) an article's wording is, with its most subjective sentence."""

    article: str
    subjectivity: float
    polarity: float
    example: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read out of one article. `skipped` lists numbers that are no figures (dates, ages, ordinals ...)."""

    article: str
    sentences: tuple[tuple[int, int], ...]
    figures: tuple[Figure, ...]
    quotations: tuple[Quotation, ...]
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """How two figures of one story (more for a sum) stand to each other, and the rule that says so.

    `id` is made of what it relates, so that it stays while the story grows; documents number them r1, r2, ...
    """

    id: str
    kind: RelationKind
    flag: bool
    figures: tuple[str, ...]
    measure: str
    explanation: str
    severity: Severity | None
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class NotCompared:
    """A pair that the gate stopped, at which step, and the reason in words."""

    figures: tuple[str, str]
    step: GateStep
    reason: str


@dataclass(frozen=True, slots=True)
class Side:
    """The figures of one finding that say the same, with their voices and outlets.

    `credibility` is the Admiralty number (1 confirmed to 6 cannot be judged), `working` how it came about.
    """

    figures: tuple[str, ...]
    voices: tuple[str, ...]
    outlets: tuple[str, ...]
    credibility: int = 6
    working: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a reader is shown: pairs of one measure and scope merged, with an explanation in words.

    `ruling` is the one by which moderators dismissed it: it is no flag any more.
    """

    id: str
    kind: RelationKind
    flag: bool
    relations: tuple[str, ...]
    sides: tuple[Side, ...]
    explanation: str
    severity: Severity | None
    confidence: float
    ruling: "Ruling | None" = None


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuoteDifference:
    """The same quotation in other words in several articles."""

    kind: Literal["quote_differs"]
    spans: tuple[QuoteSpan, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class Lead:
    """The interval that a policy puts first for one measure, and the figures it rests on."""

    low: float | None
    high: float | None
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that comparing the articles of one story gave. `leading` maps finding id to policy to lead.

    `ruled` names the rulings that changed it.
    """

    articles: tuple[Article, ...]
    figures: tuple[Figure, ...]
    relations: tuple[Relation, ...]
    findings: tuple[Finding, ...]
    not_compared: tuple[NotCompared, ...]
    not_compared_more: int
    leading: dict[str, dict[Policy, Lead]]
    quotes: tuple[QuoteDifference, ...]
    tones: tuple[Tone, ...] = ()
    ruled: "tuple[Ruled, ...]" = ()

    def article(self, id: str) -> Article:
        return next(a for a in self.articles if a.id == id)

    def figure(self, id: str) -> Figure:
        return next(f for f in self.figures if f.id == id)


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One verbatim sentence of an article."""

    article: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet that moderators of one server registered; `number` is the id people see, counted per server."""

    number: int
    name: str
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    letter: Literal["A", "B", "C", "D", "E", "F"] = "F"


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as one server sees it. `number` is the id people see; `key` is the store's own."""

    key: int
    number: int
    article: Article
    story: int | None
    added_by: str | None
    added_at: str
    private: bool


@dataclass(frozen=True, slots=True)
class Story:
    """The articles about one event, as one server sees them; `number` is the id people see."""

    key: int
    number: int
    title: str
    articles: int
    outlets: int
    first: str
    last: str
    flags: int = 0


@dataclass(frozen=True, slots=True)
class Ruling:
    """A moderator's decision about a finding, a reading or a story; bound to what was printed, not to ids."""

    number: int
    kind: Literal["dismiss", "scope", "split", "merge", "correct"]
    target: str
    reason: str
    by: str
    at: str
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling as it shows in a comparison; `about` says in words what it was about."""

    ruling: Ruling
    about: str
    effect: Literal["dismissed", "not_comparable", "wrong_reading", "corrected", "split", "merged"]
