"""A comparison as one JSON string, as the store keeps it and as it crosses from a worker; and cut to what is shown."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from bot.model import (
    Article,
    Comparison,
    Figure,
    Finding,
    Lead,
    NotCompared,
    QuoteDifference,
    QuoteSpan,
    Relation,
    Side,
    Tone,
)
from bot.store.codec import flat, known

FORMAT = 2
# Of the relations that no finding rests on, so many are kept.
MOST_RELATIONS = 400
T = TypeVar("T")


def pack(comparison: Comparison, stamp: str) -> str:
    """Write a comparison without its articles; `stamp` says what it was made of."""
    c = shown(comparison)
    return json.dumps(
        {
            "format": FORMAT,
            "stamp": stamp,
            "copies": {a.id: a.copy_of for a in c.articles if a.copy_of},
            "figures": c.figures,
            "relations": c.relations,
            "findings": c.findings,
            "not_compared": c.not_compared,
            "not_compared_more": c.not_compared_more,
            "leading": c.leading,
            "quotes": c.quotes,
            "tones": c.tones,
        },
        default=flat,
        ensure_ascii=False,
        separators=(",", ":"),
    )


def unpack(text: str, articles: Sequence[Article], stamp: str) -> Comparison | None:
    """Read a comparison of these articles; None where it was made of something else or by another program."""
    d = json.loads(text)
    if d.get("format") != FORMAT or d.get("stamp") != stamp:
        return None
    return Comparison(
        articles=tuple(replace(a, copy_of=d["copies"].get(a.id)) for a in articles),
        figures=tuple(_make(Figure, f) for f in d["figures"]),
        relations=tuple(_make(Relation, r) for r in d["relations"]),
        findings=tuple(_make(Finding, f | {"sides": [_make(Side, s) for s in f["sides"]]}) for f in d["findings"]),
        not_compared=tuple(_make(NotCompared, n) for n in d["not_compared"]),
        not_compared_more=d["not_compared_more"],
        leading={id: {p: _make(Lead, lead) for p, lead in by.items()} for id, by in d["leading"].items()},
        quotes=tuple(
            _make(QuoteDifference, q | {"spans": [_make(QuoteSpan, s) for s in q["spans"]]}) for q in d["quotes"]
        ),
        tones=tuple(_make(Tone, t) for t in d["tones"]),
    )


def shown(c: Comparison) -> Comparison:
    """Drop the relations that say only that two figures are not comparable; `not_compared` tells of those."""
    resting = {id for f in c.findings for id in f.relations}
    kept: list[Relation] = []
    others = 0
    for r in c.relations:
        if r.id in resting or r.flag:
            kept.append(r)
        elif not r.kind.startswith("different_") and others < MOST_RELATIONS:
            kept.append(r)
            others += 1
    return replace(c, relations=tuple(kept))


def involving(c: Comparison, article: str) -> Comparison:
    """Keep the relations and stopped pairs that a figure of one article is in, and the figures they name."""
    own = {f.id for f in c.figures if f.article == article}
    relations = tuple(r for r in c.relations if own & set(r.figures) and not r.kind.startswith("different_"))
    stopped = tuple(n for n in c.not_compared if own & set(n.figures))
    named = own | {id for r in relations for id in r.figures} | {id for n in stopped for id in n.figures}
    findings = tuple(f for f in c.findings if any(id in own for side in f.sides for id in side.figures))
    return replace(
        c,
        figures=tuple(f for f in c.figures if f.id in named),
        relations=relations,
        findings=findings,
        not_compared=stopped,
        not_compared_more=0,
        leading={},
        quotes=(),
        tones=(),
    )


def _make(kind: type[T], values: dict[str, Any]) -> T:
    return kind(**known(kind, values))
