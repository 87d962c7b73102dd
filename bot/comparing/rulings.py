"""What moderators decided, applied to readings before a comparison and to the comparison after it. Pure.

A ruling is bound to what was printed (design/domain.md, "text"): the article by its content, its text or its address,
the sentence, and the printed form in it. So it outlives another analysis and a second ingest of the same text, and it
does not reach a new report of the same number: that one is new evidence.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from bot.model import (
    Article,
    Comparison,
    Figure,
    Finding,
    GateStep,
    NotCompared,
    Reading,
    Relation,
    Ruled,
    Ruling,
    Side,
)

# The names of each article of a story, by its id.
Names = Mapping[str, frozenset[str]]
FIELDS = ("place", "group", "as_of")
MOST_PRINTED = 4
Effect = Literal["dismissed", "not_comparable", "wrong_reading", "corrected", "split", "merged"]
_EFFECTS: dict[str, Effect] = {"dismiss": "dismissed", "scope": "not_comparable", "split": "split", "merge": "merged"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure as it was printed: the names of its article, and a digest of sentence and form."""

    names: frozenset[str]
    text: str

    def fits(self, other: "Mark") -> bool:
        """Tell whether both are the same words of the same article."""
        return self.text == other.text and bool(self.names & other.names)


def digest(text: str) -> str:
    """Return a short digest of a text: a ruling must not keep the words of an article that is removed."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def names_of(article: Article, content: str | None = None) -> frozenset[str]:
    """Return what an article is known by: its text, its raw content (a hash, where it is known), its address."""
    names = {f"t:{digest(article.text)}"}
    names |= {f"r:{content[:20]}"} if content else set()
    names |= {f"u:{digest(article.url)}"} if article.url else set()
    return frozenset(names)


def mark_of(f: Figure, text: str, names: Iterable[str]) -> Mark:
    """Return the mark of a figure in the text of its article."""
    start, end = f.sentence if f.sentence[0] <= f.start < f.sentence[1] else (f.start, f.end)
    # "12 men and 12 women": which of the two is told by how many stand before it.
    before = text.count(f.printed, start, f.start)
    sentence = " ".join(text[start:end].split())
    return Mark(frozenset(names), digest(f"{sentence}\0{' '.join(f.printed.split())}\0{before}"))


def finding_id(f: Finding) -> str:
    """Return an id of a finding that stays while it says the same: c1 may be another one tomorrow."""
    return digest(f"{f.kind}\0{f.explanation}")[:10]


def about(c: Comparison, f: Finding) -> str:
    """Return what a finding is about, in a few words: the measure and the printed forms."""
    measure = next((r.measure for r in c.relations if r.id in f.relations), "")
    printed = list(dict.fromkeys(c.figure(id).printed for side in f.sides for id in side.figures))
    more = f" and {len(printed) - MOST_PRINTED} more" if len(printed) > MOST_PRINTED else ""
    return f"{measure}: {' / '.join(printed[:MOST_PRINTED])}{more}".removeprefix(": ")


def finding_target(c: Comparison, f: Finding, names: Names, step: GateStep | None = None) -> str:
    """Return the target of a ruling on a finding; `step` is the gate's step that should have stopped it."""
    sides = [[_packed(_mark(c, c.figure(id), names)) for id in side.figures] for side in f.sides]
    return json.dumps({"what": "finding", "about": about(c, f), "sides": sides, "step": step}, ensure_ascii=False)


def figure_target(f: Figure, article: Article, names: Iterable[str], fields: Mapping[str, str]) -> str:
    """Return the target of a ruling on a reading: without `fields` it is wrong altogether, else these are corrected."""
    told = f"{f.printed} {f.measure}".strip()
    mark = _packed(mark_of(f, article.text, names))
    return json.dumps({"what": "figure", "about": told, "mark": mark, "fields": dict(fields)}, ensure_ascii=False)


def target_of(ruling: Ruling) -> dict[str, Any]:
    """Return what a ruling is about; empty where it cannot be read."""
    try:
        found = json.loads(ruling.target)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def effect_of(ruling: Ruling) -> Effect:
    """Return what a ruling does, in one word."""
    if ruling.kind != "correct":
        return _EFFECTS[ruling.kind]
    target = target_of(ruling)
    return "wrong_reading" if target.get("what") == "figure" and not target.get("fields") else "corrected"


def amend(reading: Reading, article: Article, names: frozenset[str], rulings: Sequence[Ruling]) -> Reading:
    """Return a reading without the figures that were ruled to be wrong, and with the fields that were corrected."""
    wanted = [(m, target) for _, target, m in _on_figures(rulings) if m.names & names]
    if not wanted:
        return reading
    figures = []
    for f in reading.figures:
        own = mark_of(f, article.text, names)
        for mark, target in wanted:
            if own.fits(mark):
                if not target["fields"]:
                    break
                f = corrected(f, target["fields"])
        else:
            figures.append(f)
    return replace(reading, figures=tuple(figures))


def corrected(f: Figure, fields: Mapping[str, str]) -> Figure:
    """Return a figure with other context, as a moderator read it."""
    changes: dict[str, Any] = {name: fields[name] or None for name in FIELDS if name in fields}
    if "place" in changes:
        changes["place_from"] = "clause" if changes["place"] else None
    return replace(f, **changes, rules=(*f.rules, "ruling.corrected"))


def touching(rulings: Sequence[Ruling], names: Iterable[frozenset[str]]) -> list[Ruling]:
    """Return the rulings that name one of the articles."""
    known = frozenset().union(*names)
    return [r for r in rulings if known & _named(target_of(r))]


def companions(rulings: Sequence[Ruling], names: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of the articles that one belongs with by rulings, and of those it must not be with."""
    together: set[str] = set()
    apart: set[str] = set()
    for target in map(target_of, touching(rulings, [names])):
        if target.get("what") != "stories":
            continue
        first, second = ({name for one in part for name in one} for part in target["groups"])
        if target["how"] == "together":
            together |= first | second
            apart -= first | second
        else:
            mine, others = (first, second) if names & first else (second, first)
            together = (together | mine) - others
            apart = (apart - mine) | others
    return frozenset(together - names), frozenset(apart - names)


def corrections(rulings: Sequence[Ruling], names: frozenset[str]) -> dict[str, str]:
    """Return what was corrected of an article's outlet, date and title, the later ruling before the earlier."""
    fields: dict[str, str] = {}
    for target in map(target_of, touching(rulings, [names])):
        fields |= target["fields"] if target.get("what") == "article" else {}
    return fields


def apply(c: Comparison, rulings: Sequence[Ruling], names: Names) -> Comparison:
    """Return a comparison as the rulings would have it.

    A dismissed flag is none any more, and carries its ruling. A pair that is not comparable is `different_scope` with
    the moderator's reason. Of a flag, the pairs that no ruling covers stay one: they are evidence that came later.
    """
    known = frozenset().union(*names.values())
    here = [r for r in rulings if known & _named(target_of(r))]
    if not here:
        return c
    decided = _decided(c, here, names)
    relations = tuple(_ruled(r, decided[r.id]) if r.id in decided else r for r in c.relations)
    kept: list[Finding] = []
    dismissed: list[Finding] = []
    by_id = {r.id: r for r in c.relations}
    for f in c.findings:
        if not f.flag or not any(id in decided for id in f.relations):
            kept.append(f)
            continue
        rest = [by_id[id] for id in f.relations if id not in decided]
        if rest:
            kept.append(_part(c, f, rest, None))
        for ruling in here:
            mine = [by_id[id] for id in f.relations if decided.get(id) == ruling]
            if ruling.kind == "dismiss" and mine:
                dismissed.append(_part(c, f, mine, ruling))
    stopped = [_stopped(r, decided[r.id]) for r in c.relations if r.id in decided and decided[r.id].kind == "scope"]
    effective = {r.number for r in decided.values()}
    shown = [r for r in here if r.kind not in ("dismiss", "scope") or r.number in effective]
    changed = replace(
        c,
        relations=relations,
        findings=(*kept, *dismissed),
        not_compared=(*stopped, *c.not_compared),
        ruled=tuple(Ruled(r, str(target_of(r).get("about", "")), effect_of(r)) for r in shown),
    )
    return numbered(changed)


def _on_figures(rulings: Iterable[Ruling]) -> Iterable[tuple[Ruling, dict[str, Any], Mark]]:
    for r in rulings:
        target = target_of(r)
        if r.kind == "correct" and target.get("what") == "figure":
            yield r, target, _unpacked(target["mark"])


def _decided(c: Comparison, rulings: Sequence[Ruling], names: Names) -> dict[str, Ruling]:
    """Return the rulings that cover flagged relations; of two the later holds."""
    where: dict[str, list[tuple[Ruling, int, frozenset[str]]]] = {}
    for ruling in rulings:
        target = target_of(ruling)
        if ruling.kind in ("dismiss", "scope") and target.get("what") == "finding":
            for place, side in enumerate(target["sides"]):
                for mark in map(_unpacked, side):
                    where.setdefault(mark.text, []).append((ruling, place, mark.names))
    found: dict[str, Ruling] = {}
    for r in c.relations if where else ():
        if not r.flag:
            continue
        sides: list[dict[int, tuple[Ruling, set[int]]]] = []
        for id in r.figures:
            own = _mark(c, c.figure(id), names)
            mine: dict[int, tuple[Ruling, set[int]]] = {}
            for ruling, place, known in where.get(own.text, ()):
                if known & own.names:
                    mine.setdefault(ruling.number, (ruling, set()))[1].add(place)
            sides.append(mine)
        for number, (ruling, first) in sides[0].items():
            others = [s[number][1] for s in sides[1:] if number in s]
            if len(others) == len(sides) - 1 and all(o - first or first - o for o in others):
                found[r.id] = max(ruling, found.get(r.id, ruling), key=lambda x: x.number)
    return found


def _ruled(r: Relation, ruling: Ruling) -> Relation:
    if ruling.kind == "scope":
        told = f"Ruled not comparable: {ruling.reason}"
        return replace(
            r, kind="different_scope", flag=False, severity=None, explanation=told, rule=f"ruling.{ruling.number}"
        )
    return replace(r, flag=False, severity=None)


def _stopped(r: Relation, ruling: Ruling) -> NotCompared:
    step: GateStep = target_of(ruling).get("step") or "group"
    return NotCompared((r.figures[0], r.figures[1]), step, f"ruled not comparable ({step}): {ruling.reason}")


def _part(c: Comparison, f: Finding, relations: Sequence[Relation], ruling: Ruling | None) -> Finding:
    """Return a finding that rests on some of its relations alone."""
    if ruling is None and len(relations) == len(f.relations):
        return f
    ids = {id for r in relations for id in r.figures}
    sides = []
    for side in f.sides:
        figures = [c.figure(id) for id in side.figures if id in ids]
        if figures:
            outlets = tuple(dict.fromkeys(_outlet(c.article(x.article)) for x in figures))
            voices = tuple(dict.fromkeys(x.voice or _outlet(c.article(x.article)) for x in figures))
            sides.append(Side(tuple(x.id for x in figures), voices, outlets))
    lead = relations[0]
    return replace(
        f,
        relations=tuple(r.id for r in relations),
        sides=tuple(sides),
        explanation=lead.explanation,
        severity=None if ruling else lead.severity,
        confidence=max(r.confidence for r in relations),
        flag=ruling is None,
        ruling=ruling,
    )


def numbered(c: Comparison) -> Comparison:
    """Give the findings ids in their order; a lead that rests on figures a finding has lost is no lead of it."""
    findings, leading = [], {}
    for n, f in enumerate(c.findings, 1):
        ids = {id for side in f.sides for id in side.figures}
        leads = {p: lead for p, lead in c.leading.get(f.id, {}).items() if ids >= set(lead.figures)}
        findings.append(replace(f, id=f"c{n}"))
        if leads and f.ruling is None:
            leading[f"c{n}"] = leads
    return replace(c, findings=tuple(findings), leading=leading)


def _outlet(a: Article) -> str:
    return a.outlet or a.title or a.input.rsplit("/", 1)[-1]


def _mark(c: Comparison, f: Figure, names: Names) -> Mark:
    return mark_of(f, c.article(f.article).text, names[f.article])


def _packed(mark: Mark) -> dict[str, Any]:
    return {"a": sorted(mark.names), "t": mark.text}


def _unpacked(mark: Mapping[str, Any]) -> Mark:
    return Mark(frozenset(mark["a"]), str(mark["t"]))


def _named(target: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of all articles that a target speaks of."""
    found = set(target.get("names", ()))
    found |= set(target["mark"]["a"]) if "mark" in target else set()
    for side in target.get("sides", ()):
        for mark in side:
            found |= set(mark["a"])
    return frozenset(found)
