"""Domain objects to the JSON of design/contract.md."""

from collections.abc import Sequence
from typing import Any

from bot.model import (
    FIGURE_TYPES_SHOWN,
    Article,
    Comparison,
    CorrobotError,
    Figure,
    Policy,
    Source,
    Story,
    SummarySentence,
)


def number(value: float | None) -> float | int | None:
    """Return a whole number as an integer, so that 977 is not printed as 977.0."""
    if value is None:
        return None
    return int(value) if value == int(value) and abs(value) < 1e15 else value


def article(a: Article, *, text: bool = True) -> dict[str, Any]:
    """Return one article."""
    row = {
        "id": a.id,
        "input": a.input,
        "title": a.title,
        "outlet": a.outlet,
        "author": a.author,
        "published": a.published,
        "published_from": a.published_from,
        "url": a.url,
        "text": a.text,
        "copy_of": a.copy_of,
        "language": a.language,
        "notes": list(a.notes),
    }
    if not text:
        del row["text"]
    return row


def figure(f: Figure) -> dict[str, Any]:
    """Return one figure with its context."""
    return {
        "id": f.id,
        "article": f.article,
        "start": f.start,
        "end": f.end,
        "spans": [list(s) for s in f.spans],
        "printed": f.printed,
        "type": f.type,
        "low": number(f.low),
        "high": number(f.high),
        "bound": f.bound,
        "event": f.event,
        "group": f.group,
        "unit": f.unit,
        "measure": f.measure,
        "place": f.place,
        "place_from": f.place_from,
        "body": f.body,
        "as_of": f.as_of,
        "period": list(f.period) if f.period else None,
        "status": f.status,
        "attribution": list(f.attribution),
        "voice": f.voice,
        "caveat": f.caveat,
        "sentence": list(f.sentence),
        "confidence": round(f.confidence, 2),
        "value_from": f.value_from,
        "value_to": f.value_to,
        "subject": f.subject,
        "anchor": f.anchor,
        "role": f.role,
        "qualifiers": list(f.qualifiers),
        "rules": list(f.rules),
    }


def error(e: CorrobotError) -> dict[str, str]:
    """Return one error."""
    return {"code": e.code, "message": e.message, "input": e.input}


def figures(
    articles: Sequence[Article], found: Sequence[Figure], errors: Sequence[CorrobotError], *, every: bool = False
) -> dict[str, Any]:
    """Return the document of `corrobot figures`."""
    return {
        "articles": [article(a) for a in articles],
        "figures": [figure(f) for f in found if every or f.type in FIGURE_TYPES_SHOWN],
        "errors": [error(e) for e in errors],
    }


def comparison(c: Comparison, errors: Sequence[CorrobotError], *, policy: Policy | None = None) -> dict[str, Any]:
    """Return the document of `corrobot compare`."""
    named = {i for r in c.relations for i in r.figures}
    ids = {r.id: f"r{n}" for n, r in enumerate(c.relations, 1)}
    return {
        "articles": [article(a) for a in c.articles],
        "figures": [figure(f) for f in c.figures if f.type in FIGURE_TYPES_SHOWN or f.id in named],
        "relations": [
            {
                "id": ids[r.id],
                "kind": r.kind,
                "flag": r.flag,
                "figures": list(r.figures),
                "measure": r.measure,
                "explanation": r.explanation,
                "severity": r.severity,
                "confidence": r.confidence,
                "rule": r.rule,
            }
            for r in c.relations
        ],
        "findings": [
            {
                "id": f.id,
                "kind": f.kind,
                "flag": f.flag,
                "relations": [ids[id] for id in f.relations if id in ids],
                "explanation": f.explanation,
                "severity": f.severity,
                "confidence": f.confidence,
                "sides": [
                    {
                        "figures": list(s.figures),
                        "voices": list(s.voices),
                        "outlets": list(s.outlets),
                        "credibility": s.credibility,
                        "working": s.working,
                    }
                    for s in f.sides
                ],
            }
            for f in c.findings
        ],
        "rulings": [
            {
                "number": x.ruling.number,
                "kind": x.ruling.kind,
                "about": x.about,
                "reason": x.ruling.reason,
                "by": x.ruling.by,
                "at": x.ruling.at,
            }
            for x in c.ruled
        ],
        "not_compared": [{"figures": list(n.figures), "step": n.step, "reason": n.reason} for n in c.not_compared],
        "not_compared_more": c.not_compared_more,
        "leading": {
            id: {
                policy: {"low": number(lead.low), "high": number(lead.high), "figures": list(lead.figures)}
                for policy, lead in by.items()
            }
            for id, by in c.leading.items()
        },
        "quotes": [
            {
                "kind": q.kind,
                "spans": [{"article": s.article, "start": s.start, "end": s.end} for s in q.spans],
                "explanation": q.explanation,
            }
            for q in c.quotes
        ],
        "tones": [
            {
                "article": t.article,
                "subjectivity": t.subjectivity,
                "polarity": t.polarity,
                "example": list(t.example) if t.example else None,
            }
            for t in c.tones
        ],
        "policy": policy,
        "errors": [error(e) for e in errors],
    }


def sentence(s: SummarySentence) -> dict[str, Any]:
    """Return one summary sentence."""
    return {"article": s.article, "start": s.start, "end": s.end, "text": s.text}


def sentences(chosen: Sequence[SummarySentence]) -> list[dict[str, Any]]:
    """Return the sentences of one summary."""
    return [sentence(s) for s in chosen]


def summary(
    articles: Sequence[Article],
    found: Sequence[Figure],
    chosen: Sequence[SummarySentence],
    errors: Sequence[CorrobotError],
) -> dict[str, Any]:
    """Return the document of `corrobot summarize`."""
    return {**figures(articles, found, ()), "sentences": sentences(chosen), "errors": [error(e) for e in errors]}


def summaries(
    each: Sequence[tuple[Article, Sequence[SummarySentence]]], errors: Sequence[CorrobotError]
) -> dict[str, Any]:
    """Return the document of `corrobot summarize --each`."""
    return {
        "articles": [article(a) for a, _ in each],
        "summaries": [{"input": a.input, "sentences": sentences(s)} for a, s in each],
        "errors": [error(e) for e in errors],
    }


def extract(articles: Sequence[Article], errors: Sequence[CorrobotError]) -> dict[str, Any]:
    """Return the document of `corrobot extract`."""
    return {"articles": [article(a) for a in articles], "errors": [error(e) for e in errors]}


def group(
    articles: Sequence[Article], stories: Sequence[tuple[str, Sequence[Article]]], errors: Sequence[CorrobotError]
) -> dict[str, Any]:
    """Return the document of `corrobot group`."""
    return {
        "articles": [article(a, text=False) for a in articles],
        "stories": [
            {"id": f"s{n}", "title": title, "articles": [a.id for a in found]}
            for n, (title, found) in enumerate(stories, 1)
        ],
        "errors": [error(e) for e in errors],
    }


def story(s: Story) -> dict[str, Any]:
    """Return one stored story."""
    return {
        "number": s.number,
        "title": s.title,
        "articles": s.articles,
        "outlets": s.outlets,
        "first": s.first,
        "last": s.last,
        "flags": s.flags,
    }


def source(s: Source) -> dict[str, Any]:
    """Return one source."""
    return {
        "number": s.number,
        "name": s.name,
        "domains": list(s.domains),
        "aliases": list(s.aliases),
        "letter": s.letter,
    }
