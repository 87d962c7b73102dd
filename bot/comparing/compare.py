"""Compare the articles of one story: figures to relations, relations to findings. Pure; the entry of this room."""

from dataclasses import dataclass, replace
from heapq import nsmallest
from operator import attrgetter

from bot.comparing.containment import group_key
from bot.comparing.context import Context
from bot.comparing.findings import make_findings
from bot.comparing.memory import Memory
from bot.comparing.policies import leads
from bot.comparing.quotations import quote_differences
from bot.comparing.relate import buckets, stated_revisions, superseded
from bot.comparing.repeats import repeats
from bot.comparing.rows import sum_row
from bot.comparing.sums import find_sums
from bot.comparing.toll import alone, counted, dead, sole
from bot.knowledge.base import Knowledge
from bot.model import (
    FLAG_KINDS,
    Article,
    Comparison,
    Figure,
    NotCompared,
    Reading,
)

MOST_NOT_COMPARED = 50
_COMPARED = frozenset({"count", "money", "percent", "ratio", "measure", "score", "time", "date", "age", "duration"})
# Shown only where a relation names them (design/contract.md, `type`).
_NAMED_ONLY = frozenset({"time", "date", "age", "duration"})


@dataclass(frozen=True, slots=True)
class Inputs:
    """The articles of one story with what was read out of each, and the letters of their outlets.

    With `about`, the id of one of them, only its figures are held against the others: what a text to check asks.
    """

    articles: tuple[Article, ...]
    readings: tuple[Reading, ...]
    letters: tuple[tuple[str, str], ...] = ()
    about: str | None = None


def compare(inputs: Inputs, knowledge: Knowledge, memory: Memory | None = None) -> Comparison:
    """Hold every figure of a story against the others and say how each pair stands.

    With the `memory` of the story's last comparison only pairs of what is new are related; the result is the same.
    """
    memory = memory or Memory()
    articles = {a.id: a for a in inputs.articles}
    figures = memory.name(articles, _compared(inputs))
    context = replace(Context.make(articles, knowledge), of_figure=memory.of_figure, of_article=memory.of_article)
    by_id = {f.id: f for f in figures}
    again = repeats(context, figures)
    context = replace(
        context,
        revised=stated_revisions(figures),
        superseded=superseded(figures),
        alone=alone(figures),
        sole=sole(figures, lambda group: group_key(context, group)),
        dead=dead(context, frozenset(f.subject for f in figures if f.type == "age" and f.subject)),
        counted=counted(figures),
        killed_sentences=frozenset((f.article, f.sentence) for f in figures if f.event == "killed"),
    )
    memory.begin(context)
    held = memory.relate(context, buckets(context, figures, inputs.about))
    if again:
        held = [h for h in held if h.verdict.kind not in FLAG_KINDS or not ({h.verdict.a.id, h.verdict.b.id} & again)]
    rows = [row for h in held for row in h.rows]
    rows += (sum_row(context, whole, parts) for whole, parts in find_sums(context, figures))
    rows.sort(key=attrgetter("rank"))
    relations = [row.relation for row in rows]
    findings = make_findings(context, relations, by_id)
    stopped = [h.stopped for h in held if h.stopped is not None]
    leading = {
        f.id: leads(context, [by_id[i] for s in f.sides for i in s.figures], dict(inputs.letters))
        for f in findings
        if f.kind in {"part_exceeds_whole", "conflict", "update"}
    }
    quotes = quote_differences([q for r in inputs.readings for q in r.quotations])
    named = {id for r in relations for id in r.figures}
    named.update(id for s in stopped for id in s.figures)
    return Comparison(
        inputs.articles,
        tuple(f for f in figures if f.type not in _NAMED_ONLY or f.id in named),
        tuple(relations),
        tuple(findings),
        tuple(NotCompared(s.figures, s.step, s.reason) for s in nsmallest(MOST_NOT_COMPARED, stopped)),
        max(0, len(stopped) - MOST_NOT_COMPARED),
        leading,
        tuple(quotes),
        tuple(r.tone for r in inputs.readings if r.tone is not None),
    )


def _compared(inputs: Inputs) -> list[Figure]:
    """Return the figures that are compared, in the order of articles and text."""
    return [
        f
        for r in inputs.readings
        for f in r.figures
        if f.type in _COMPARED and (f.type not in _NAMED_ONLY or f.event or f.type == "duration")
    ]
