"""Pairs merged to what a reader needs: one finding per measure and scope, its sides with their voices."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

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
_CONTRARY = frozenset({"conflict", "part_exceeds_whole", "self_revision"})
_SEVERITY = {"high": 0, "medium": 1, "low": 2, None: 3}


def make_findings(context: Context, relations: Sequence[Relation], figures: dict[str, Figure]) -> list[Finding]:
    """Merge relations of one kind and measure that share a figure; flags first, most severe first.

    `relations` come in the order of their rank: the first of those merged speaks for all.
    """
    shown = [r for r in relations if r.kind in _ORDER]
    homes = _homes(shown)
    together: defaultdict[int, list[Relation]] = defaultdict(list)
    for r in shown:
        together[homes[r.kind][r.figures[0]]].append(r)
    found = [_finding(context, merged, figures) for merged in together.values()]
    found.sort(key=lambda f: (_ORDER[f.kind], _SEVERITY[f.severity], -f.confidence))
    return [replace(f, id=f"c{n}") for n, f in enumerate(found, 1)]


def _homes(relations: Sequence[Relation]) -> dict[str, dict[str, int]]:
    """Return of each kind which group a figure is in; a group that meets a larger one moves into it."""
    homes: dict[str, dict[str, int]] = {kind: {} for kind in _ORDER}
    members: list[list[str]] = []
    for r in relations:
        home = homes[r.kind]
        first, *others = r.figures
        one = home.get(first)
        if one is None:
            one = home[first] = len(members)
            members.append([first])
        for f in others:
            two = home.get(f)
            if two is None:
                home[f] = one
                members[one].append(f)
            elif one != two:
                small, one = sorted((one, two), key=lambda n: len(members[n]))
                home.update(dict.fromkeys(members[small], one))
                members[one] += members[small]
    return homes


def _finding(context: Context, relations: Sequence[Relation], figures: dict[str, Figure]) -> Finding:
    lead = relations[0]
    ids = dict.fromkeys(chain.from_iterable([r.figures for r in relations]))
    return Finding(
        "",
        lead.kind,
        lead.flag,
        tuple([r.id for r in relations]),
        _sides(context, lead.kind, relations, [figures[i] for i in ids]),
        lead.explanation,
        lead.severity,
        max([r.confidence for r in relations]),
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
    # The side with most voices first: most of the others are smaller than what it leaves.
    contrary = sorted(behind, key=len, reverse=True) if kind in _CONTRARY else []
    sides = []
    for n, b in enumerate(buckets):
        against = 0
        for voices in contrary:
            if len(voices) <= against:
                break
            against = max(against, len(voices - behind[n]))
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
