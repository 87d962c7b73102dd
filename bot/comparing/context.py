"""What comparing knows beside the figures: the articles, the gazetteer, and the word lists of groups and voices."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlsplit

from bot.knowledge.base import Knowledge
from bot.knowledge.places import Gazetteer
from bot.model import Article, Figure

T = TypeVar("T")
Memo = dict[str, dict[Callable[..., Any], Any]]


@dataclass(frozen=True, slots=True)
class GroupWords:
    """Synonyms and containment of counted nouns, in the singular."""

    people: frozenset[str]
    synonyms: Mapping[str, str]
    containers: Mapping[str, frozenset[str]]
    attackers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a comparison may look at; immutable."""

    articles: Mapping[str, Article]
    places: Gazetteer
    groups: GroupWords
    within: Mapping[str, str]
    family: Mapping[str, str]
    institution_within: Mapping[str, str]
    severity: frozenset[str]
    unrestrictive: frozenset[str]
    patients: Mapping[str, str]
    tolerance: Mapping[str, float]
    included: frozenset[str]
    volatile: frozenset[str]
    owned: frozenset[str]
    by_doer: frozenset[str]
    least: Mapping[str, float]
    cumulative: tuple[str, ...]
    dollars: Mapping[str, str]
    common: frozenset[str]
    tellers: frozenset[str]
    another_week: frozenset[str]
    ahead: re.Pattern[str]
    now: re.Pattern[str]
    deadly: tuple[tuple[str, ...], tuple[str, ...]]
    dead: frozenset[str] = frozenset()
    counted: Mapping[tuple[str, str | tuple[int, int]], frozenset[float]] = field(default_factory=dict)
    killed_sentences: frozenset[tuple[str, tuple[int, int]]] = frozenset()
    superseded: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    sole: frozenset[str] = frozenset()
    revised: frozenset[tuple[str, float, float]] = frozenset()
    # What was worked out of one figure or one article, by its id.
    of_figure: Memo = field(default_factory=dict, compare=False, repr=False)
    of_article: Memo = field(default_factory=dict, compare=False, repr=False)

    def once(self, work_out: Callable[["Context", Figure], T], f: Figure) -> T:
        """Return what is worked out of one figure and its article alone; kept, for it stands in hundreds of pairs."""
        known = self.of_figure.setdefault(f.id, {}) if f.id else {}
        if work_out not in known:
            known[work_out] = work_out(self, f)
        found: T = known[work_out]
        return found

    def once_in(self, work_out: Callable[["Context", Article], T], id: str) -> T:
        """Return what is worked out of one article alone; kept."""
        known = self.of_article.setdefault(id, {})
        if work_out not in known:
            known[work_out] = work_out(self, self.articles[id])
        found: T = known[work_out]
        return found

    @classmethod
    def make(cls, articles: Mapping[str, Article], knowledge: Knowledge) -> "Context":
        """Take the word lists from the lexicon."""
        lex = knowledge.lexicon
        rows = lex.rows("measures", "event")
        return cls(
            articles,
            knowledge.places,
            GroupWords(
                lex.words("measures", "people"),
                lex.mapping("measures", "synonyms"),
                {k: frozenset(v) for k, v in lex.mapping("measures", "containers").items()},
                lex.words("measures", "attackers"),
            ),
            {r["name"]: r["within"] for r in rows if "within" in r},
            {r["name"]: r["family"] for r in rows},
            {r["name"]: r["within"] for r in lex.rows("speech", "institution") if "within" in r},
            lex.words("measures", "severity"),
            lex.words("measures", "unrestrictive"),
            {r["name"]: r["patient"] for r in rows if "patient" in r},
            {r["name"]: float(r["tolerance"]) for r in lex.rows("properties", "property") if "tolerance" in r},
            lex.words("properties", "included"),
            frozenset(r["name"] for r in lex.rows("properties", "property") if r.get("volatile")),
            frozenset(r["name"] for r in lex.rows("properties", "property") if r.get("subject")),
            frozenset(r["name"] for r in rows if r.get("doer")),
            {r["name"]: float(r["least"]) for r in [*rows, lex.files["measures"]["population"]] if "least" in r},
            tuple(lex.files["measures"]["cumulative"]["phrases"]),
            lex.mapping("currencies", "dollar_domains", "map"),
            lex.words("measures", "common"),
            lex.words("measures", "tellers"),
            lex.words("calendar", "another_week"),
            re.compile(rf"\b(?:{'|'.join(sorted(lex.words('calendar', 'ahead')))})\b", re.I),
            re.compile(rf"\bnow (?:{'|'.join(sorted(lex.words('speech', 'now')))})\b", re.I),
            (tuple(lex.files["measures"]["dead"]["after"]), tuple(lex.files["measures"]["dead"]["before"])),
        )

    def published(self, f: Figure) -> date | None:
        """Return the publication date of a figure's article; a guessed one counts as unknown."""
        article = self.articles[f.article]
        if not article.published or article.published_from == "guess":
            return None
        try:
            return date.fromisoformat(article.published[:10])
        except ValueError:
            return None

    def currency(self, f: Figure) -> str | None:
        """Return the unit of an amount, a bare "$" being the outlet's own dollar: a Canadian one's is no US dollar."""
        if f.unit != "USD" or "$" not in f.printed or "US" in f.printed.upper():
            return f.unit
        article = self.articles[f.article]
        for host in (article.outlet, urlsplit(article.url or "").hostname):
            if host and (own := self.dollars.get(host.lower().rsplit(".", 1)[-1])) and "." in host:
                return own
        return f.unit

    def outlet(self, f: Figure) -> str:
        """Return the name a reader knows the article by."""
        article = self.articles[f.article]
        return article.outlet or article.title or article.input.rsplit("/", 1)[-1]
