"""Pairs merged to what a reader needs: one finding per measure and scope, its sides with their voices."""

from collections.abc import Sequence

from bot.comparing.containment import group_key
from bot.comparing.context import Context
from bot.comparing.credibility import credibility
from bot.comparing.voices import independent, voice_name
from bot.model import Figure, Finding, Relation, RelationKind, Side

_ORDER: dict[str, int] = {
    "part_exceeds_whole": 0,
    "conflict": 1,
    "self_revision": 2,
    "update": 3,
    "denied": 4,
    "sum_agrees": 5,
    "attribution_differs": 6,
    "rounded": 7,
    "agree": 8,
}
_SEVERITY = {"high": 0, "medium": 1, "low": 2, None: 3}


def make_findings(context: Context, relations: Sequence[Relation], figures: dict[str, Figure]) -> list[Finding]:
    """Merge relations of one kind and measure that share a figure; flags first, most severe first."""
    # Of each kind, which group a figure is in; each group points at the one it was merged into.
    groups: dict[str, dict[str, int]] = {kind: {} for kind in _ORDER}
    merged: list[int] = []

    def home(group: int) -> int:
        while merged[group] != group:
            merged[group] = group = merged[merged[group]]
        return group

    shown = [r for r in relations if r.kind in _ORDER]
    for r in shown:
        group = groups[r.kind]
        first = group.setdefault(r.figures[0], len(merged))
        if first == len(merged):
            merged.append(first)
        for f in r.figures[1:]:
            other = group.setdefault(f, first)
            if other != first and (one := home(other)) != (two := home(first)):
                merged[max(one, two)] = min(one, two)
    by_home: dict[int, list[Relation]] = {}
    for r in shown:
        by_home.setdefault(home(groups[r.kind][r.figures[0]]), []).append(r)
    together = [by_home[k] for k in sorted(by_home)]
    found = [_finding(context, g, figures) for g in together]
    found.sort(key=lambda f: (_ORDER[f.kind], _SEVERITY[f.severity], -f.confidence, f.id))
    return [
        Finding(f"c{n}", f.kind, f.flag, f.relations, f.sides, f.explanation, f.severity, f.confidence)
        for n, f in enumerate(found, 1)
    ]


def _finding(context: Context, relations: Sequence[Relation], figures: dict[str, Figure]) -> Finding:
    kind: RelationKind = relations[0].kind
    lead = min(relations, key=lambda r: (_SEVERITY[r.severity], -r.confidence, r.id))
    ids = list(dict.fromkeys(f for r in relations for f in r.figures))
    sides = _sides(context, kind, relations, [figures[i] for i in ids])
    return Finding(
        lead.id,
        kind,
        lead.flag,
        tuple(r.id for r in relations),
        sides,
        lead.explanation,
        lead.severity,
        max(r.confidence for r in relations),
    )


def _sides(
    context: Context, kind: RelationKind, relations: Sequence[Relation], figures: Sequence[Figure]
) -> tuple[Side, ...]:
    """Put figures that say the same on one side: parts against wholes, else by value."""
    if kind == "part_exceeds_whole":
        parts = {r.figures[0] for r in relations}
        buckets = [[f for f in figures if f.id in parts], [f for f in figures if f.id not in parts]]
    elif kind in {"agree", "attribution_differs"}:
        buckets = [list(figures)]
    else:
        by: dict[object, list[Figure]] = {}
        for f in figures:
            by.setdefault((f.value, f.bound == "vague"), []).append(f)
        buckets = [by[k] for k in by]
    buckets = [b for b in buckets if b]
    behind = [independent(context, b) for b in buckets]
    contrary = kind in {"conflict", "part_exceeds_whole", "self_revision"}
    sides = []
    for n, b in enumerate(buckets):
        against = max((len(v - behind[n]) for m, v in enumerate(behind) if m != n), default=0) if contrary else 0
        number, working = credibility(len(behind[n]), against)
        sides.append(
            Side(
                tuple(f.id for f in b),
                tuple(dict.fromkeys(voice_name(context, f) for f in b)),
                tuple(dict.fromkeys(context.outlet(f) for f in b)),
                number,
                working,
            )
        )
    return tuple(sides)


def measure_key(context: Context, f: Figure) -> tuple[str | None, str | None, str | None]:
    """Return what a lead is computed over: event, group and place."""
    return (f.event, group_key(context, f.group), f.place)
