"""Compare the articles of one story: figures to relations, relations to findings. Pure; the entry of this room."""

from dataclasses import dataclass, replace
from operator import itemgetter

from bot.comparing import say
from bot.comparing.context import Context
from bot.comparing.findings import make_findings
from bot.comparing.memory import Memory
from bot.comparing.policies import leads
from bot.comparing.quotations import quote_differences
from bot.comparing.relate import pairs, stated_revisions, superseded
from bot.comparing.repeats import repeats
from bot.comparing.sums import find_sums
from bot.comparing.toll import alone, attacker_dead, counted, dead
from bot.comparing.voices import voice_key
from bot.knowledge.base import Knowledge
from bot.model import (
    FLAG_KINDS,
    Article,
    Comparison,
    Figure,
    NotCompared,
    Reading,
    Relation,
    RelationKind,
    Severity,
)

MOST_NOT_COMPARED = 50
_COMPARED = frozenset({"count", "money", "percent", "ratio", "measure", "score", "time", "date", "age", "duration"})
# Shown only where a relation names them (design/contract.md, `type`).
_NAMED_ONLY = frozenset({"time", "date", "age", "duration"})
_KIND_ORDER = {
    kind: n
    for n, kind in enumerate(
        (
            "part_exceeds_whole",
            "conflict",
            "self_revision",
            "update",
            "sum_agrees",
            "agree",
            "rounded",
            "compatible_bound",
            "denied",
            "attribution_differs",
        )
    )
}
_SEVERITY = {"high": 0, "medium": 1, "low": 2, None: 3}


@dataclass(frozen=True, slots=True)
class Inputs:
    """The articles of one story with what was read out of each, and the letters of their outlets."""

    articles: tuple[Article, ...]
    readings: tuple[Reading, ...]
    letters: tuple[tuple[str, str], ...] = ()


def compare(inputs: Inputs, knowledge: Knowledge, memory: Memory | None = None) -> Comparison:
    """Hold every figure of a story against the others and say how each pair stands.

    With the `memory` of the story's last comparison only pairs of what is new are related; the result is the same.
    """
    memory = memory or Memory()
    articles = {a.id: a for a in inputs.articles}
    figures = memory.name(articles, _compared(inputs))
    context = Context.make(articles, knowledge)
    by_id = {f.id: f for f in figures}
    again = repeats(context.articles, figures)
    context = replace(
        context,
        revised=stated_revisions(figures),
        superseded=superseded(figures),
        alone=alone(figures),
        attacker_dead=attacker_dead(context.articles, context.groups.attackers),
        dead=dead(
            context.articles,
            frozenset(f.subject for f in figures if f.type == "age" and f.subject),
            *context.deadly,
        ),
        counted=counted(figures),
        killed_sentences=frozenset((f.article, f.sentence) for f in figures if f.event == "killed"),
    )
    memory.begin(context)
    verdicts = [
        v
        for a, b in pairs(context, figures)
        if (v := memory.relate(context, a, b)).kind not in FLAG_KINDS or not ({a.id, b.id} & again)
    ]
    memory.end()
    rows = [
        _row(
            "sum_agrees",
            (*(p.id for p in parts), whole.id),
            say.measure(whole, whole).lower(),
            say.total(context, whole, parts),
            None,
            min(p.confidence for p in (whole, *parts)),
            "sum.measures",
        )
        for whole, parts in find_sums(context, figures)
    ]
    for v in verdicts:
        ids = (v.a.id, v.b.id)
        measure = v.a.measure if len(v.a.measure) >= len(v.b.measure) else v.b.measure
        rows.append(_row(v.kind, ids, measure, v.explanation, v.severity, v.confidence, v.rule))
        if (
            v.kind == "agree"
            and (v.a.voice or v.b.voice)
            and (v.a.as_of != v.b.as_of or voice_key(context, v.a) != voice_key(context, v.b))
        ):
            told = say.attribution(context, v.a, v.b)
            rows.append(_row("attribution_differs", ids, measure, told, v.severity, v.confidence, "agree.other_voice"))
    rows.sort(key=_RANK)
    relations = [Relation(f"r{n}", *row[3:]) for n, row in enumerate(rows, 1)]
    findings = make_findings(context, relations, by_id)
    stopped = [
        NotCompared(
            (v.a.id, v.b.id),
            v.gate.step or "group",
            v.gate.reason or v.explanation.removeprefix("Not compared: ").rstrip("."),
        )
        for v in verdicts
        if v.kind.startswith("different_") or v.kind == "denied"
    ]
    stopped = _telling(stopped, by_id)
    leading = {
        f.id: leads(context, [by_id[i] for s in f.sides for i in s.figures], dict(inputs.letters))
        for f in findings
        if f.kind in {"part_exceeds_whole", "conflict", "update"}
    }
    quotes = quote_differences([q for r in inputs.readings for q in r.quotations])
    named = {id for r in relations for id in r.figures} | {id for n in stopped for id in n.figures}
    return Comparison(
        inputs.articles,
        tuple(f for f in figures if f.type not in _NAMED_ONLY or f.id in named),
        tuple(relations),
        tuple(findings),
        tuple(stopped[:MOST_NOT_COMPARED]),
        max(0, len(stopped) - MOST_NOT_COMPARED),
        leading,
        tuple(quotes),
        tuple(r.tone for r in inputs.readings if r.tone is not None),
    )


def _compared(inputs: Inputs) -> list[Figure]:
    """Return the figures that are compared, in the order of articles and text."""
    return [
        f for r in inputs.readings for f in r.figures if f.type in _COMPARED and (f.type not in _NAMED_ONLY or f.event)
    ]


_Row = tuple[int, int, float, RelationKind, bool, tuple[str, ...], str, str, Severity | None, float, str]
_RANK = itemgetter(0, 1, 2, 5)


def _row(
    kind: RelationKind,
    figures: tuple[str, ...],
    measure: str,
    explanation: str,
    severity: Severity | None,
    confidence: float,
    rule: str,
) -> _Row:
    """Return the fields of a relation after the three it is ranked by; to make it twice would cost more than to relate."""
    rank = _KIND_ORDER.get(kind, 99), _SEVERITY[severity], -confidence
    return (*rank, kind, kind in FLAG_KINDS, figures, measure, explanation, severity, confidence, rule)


def _telling(stopped: list[NotCompared], figures: dict[str, Figure]) -> list[NotCompared]:
    """Put first the pairs a reader would wonder about: of two articles, the later the gate's step the closer they came."""
    order = {"time": 0, "status": 1, "group": 2, "place": 3, "unit": 4, "measure": 5, "event": 6}
    return sorted(
        stopped,
        key=lambda n: (figures[n.figures[0]].article == figures[n.figures[1]].article, order[n.step], n.figures),
    )
