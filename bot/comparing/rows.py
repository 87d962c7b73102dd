"""What a verdict becomes in a comparison: its relations, and the reason why it is none. Made once for each pair."""

from dataclasses import dataclass
from typing import NamedTuple

from bot.comparing import say
from bot.comparing.context import Context
from bot.comparing.relate import Verdict
from bot.comparing.voices import voice_key
from bot.model import FLAG_KINDS, Figure, GateStep, Relation, RelationKind, Severity

_KIND_ORDER: dict[str, int] = {
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
_STEP = {"time": 0, "status": 1, "group": 2, "place": 3, "unit": 4, "measure": 5, "event": 6}


class Row(NamedTuple):
    """A relation and what ranks it: flags first, most severe first, surest first, then as the articles tell them."""

    rank: int
    relation: Relation


class Stopped(NamedTuple):
    """A pair that the gate stopped, sorted by what a reader would wonder about.

    First pairs of two articles, then the later the gate's step the closer they came.
    """

    one_article: bool
    step_order: int
    figures: tuple[str, str]
    step: GateStep
    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """Two figures held together: the verdict, and what a comparison shows of it."""

    verdict: Verdict
    rows: tuple[Row, ...]
    stopped: Stopped | None


def hold(context: Context, v: Verdict) -> Held:
    """Make of a verdict what a comparison shows."""
    ids = (v.a.id, v.b.id)
    measure = v.a.measure if len(v.a.measure) >= len(v.b.measure) else v.b.measure
    rows = [_row(v.kind, ids, measure, v.explanation, v.severity, v.confidence, v.rule)]
    if (
        v.kind == "agree"
        and (v.a.voice or v.b.voice)
        and (v.a.as_of != v.b.as_of or voice_key(context, v.a) != voice_key(context, v.b))
    ):
        told = say.attribution(context, v.a, v.b)
        rows.append(_row("attribution_differs", ids, measure, told, v.severity, v.confidence, "agree.other_voice"))
    stopped = None
    if v.kind.startswith("different_") or v.kind == "denied":
        step = v.gate.step or "group"
        reason = v.gate.reason or v.explanation.removeprefix("Not compared: ").rstrip(".")
        stopped = Stopped(v.a.article == v.b.article, _STEP[step], ids, step, reason)
    return Held(v, tuple(rows), stopped)


def sum_row(context: Context, whole: Figure, parts: tuple[Figure, ...]) -> Row:
    """Make of a whole and its parts what a comparison shows."""
    ids = (*(p.id for p in parts), whole.id)
    measure, told = say.measure(whole, whole).lower(), say.total(context, whole, parts)
    return _row("sum_agrees", ids, measure, told, None, min(p.confidence for p in (whole, *parts)), "sum.measures")


# A story has fewer figures than this.
_MOST = 1_000_000


def _told(id: str) -> int:
    """Return where in the story a figure is told: the number in its id."""
    return int(id[1:])


def _row(
    kind: RelationKind,
    figures: tuple[str, ...],
    measure: str,
    explanation: str,
    severity: Severity | None,
    confidence: float,
    rule: str,
) -> Row:
    rank = len(_SEVERITY) * _KIND_ORDER.get(kind, len(_KIND_ORDER)) + _SEVERITY[severity]
    for part, most in ((100 - round(100 * confidence), 1_000), (_told(figures[0]), _MOST), (_told(figures[1]), _MOST)):
        rank = rank * most + min(part, most - 1)
    # Made of what it relates, not counted: one pair more leaves the others what they were.
    id, flag = f"{kind}:{','.join(figures)}", kind in FLAG_KINDS
    return Row(rank, Relation(id, kind, flag, figures, measure, explanation, severity, confidence, rule))
