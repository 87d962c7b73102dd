"""Two figures to one relation: the gate first, then intervals, rounding and agreement, in the order of design/domain.md."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.comparing import containment, intervals, say, timing
from bot.comparing.containment import group_key
from bot.comparing.context import Context
from bot.comparing.days import relate_days
from bot.comparing.gate import Gate, pass_gate
from bot.comparing.toll import counted_in
from bot.comparing.voices import same_voice
from bot.model import Figure, RelationKind, Severity


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind of one pair with its explanation; `a` and `b` in the order the explanation names them."""

    kind: RelationKind
    a: Figure
    b: Figure
    explanation: str
    severity: Severity | None
    confidence: float
    rule: str
    gate: Gate


# An article that gives more counts of one measure than this is a list; its first ones stand for it.
MOST_A_MEASURE = 30


# A measure that a story gives more often is held together by its distinct claims, at most so many.
MOST_TOGETHER, MOST_DISTINCT = 120, 250


def _distinct(bucket: Sequence[Figure]) -> Sequence[Figure]:
    """Return the figures to hold together: all of a few, of many the first of each claim and voice, the surest first."""
    if len(bucket) <= MOST_TOGETHER:
        return bucket
    claims: dict[tuple[object, ...], Figure] = {}
    for f in bucket:
        key = (
            f.event,
            f.low,
            f.high,
            f.bound,
            f.group,
            f.qualifiers,
            f.place,
            f.status,
            f.role,
            f.anchor,
            f.day,
            f.period,
            f.as_of,
            f.voice,
        )
        claims.setdefault(key, f)
    return sorted(claims.values(), key=lambda f: -f.confidence)[:MOST_DISTINCT]


def family_key(context: Context, f: Figure) -> tuple[str, ...] | None:
    """Return the bucket within which figures are held against each other: unit and event family, else the noun."""
    if f.type == "count":
        if "noun.offspring" in f.rules:
            return ("count", "had", *f.qualifiers)
        if "event.counts" in f.rules:
            return None  # of which offences and against whom, the number does not say
        if "noun.doers" in f.rules:
            return ("count", "doers")
        if "noun.staff" in f.rules:
            return ("count", "employed", f.subject or "")
        if "noun.kin" in f.rules:
            return ("count", "had", group_key(context, f.group) or "", f.subject or "")
        if "event.struck" in f.rules:
            return ("count", "hit", f.subject) if f.subject else None
        if (f.value or f.low or 0) < context.least.get(f.event or "", 0):
            return None
        if f.event in context.family:
            family = context.family[f.event or ""]
            if family == "damage":
                return ("count", family, group_key(context, f.group) or "")
            if family == "things":
                return ("count", family, str(f.event), group_key(context, f.group) or "") if f.group else None
            return ("count", family)
        key = group_key(context, f.group)
        if f.value == 1 and key and key not in context.articles[f.article].text[f.end : f.end + 30].lower():
            return None  # "one entered the back": one of those told of, not all there were
        # What people do ("officers asked") counts no one; what things do ("bombs fell") counts them.
        patient = f.unit != "person" or not {"event.verb_subject", "event.gerund"} & set(f.rules)
        return ("count", "noun", key) if key and patient else None
    if f.type == "time":
        return ("time", f.event) if f.event else None
    if f.type == "date":
        return ("date", f.event, f.subject) if f.event and f.subject else None
    if f.type == "age":
        return ("age", f.subject.split()[0]) if f.subject else None
    if f.type == "score":
        return ("score", f.event) if f.event else None
    if f.type in {"money", "measure", "percent", "ratio", "duration"} and f.event is not None:
        if "property.generic" in f.rules or (f.type in {"percent", "ratio"} and f.event not in context.owned):
            return ("told", f.type, f.unit or "")
        if f.event in context.owned:
            return (f.type, f.event, f.subject) if f.subject else ("told", f.type, f.unit or "")
        return (f.type, f.event)
    return ("told", f.type, f.unit or "") if f.type in {"money", "measure", "percent", "ratio", "duration"} else None


class Bucket(NamedTuple):
    """Figures of one unit and event family: each of `own` is held against the others of `own` and against `others`."""

    key: tuple[str, ...]
    own: Sequence[Figure]
    others: Sequence[Figure] = ()


def buckets(context: Context, figures: Sequence[Figure], about: str | None = None) -> Iterator[Bucket]:
    """Yield what is held together; with `about`, an article's id, only its figures are held against the others."""
    full: dict[tuple[str, ...], list[Figure]] = {}
    given: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for f in figures:
        key = family_key(context, f)
        if key is None:
            continue
        given[(f.article, key)] += 1
        if given[(f.article, key)] <= MOST_A_MEASURE:
            full.setdefault(key, []).append(f)
    for key, bucket in full.items():
        own = [f for f in bucket if f.article == about]
        if about is not None and not own:
            continue
        bucket = [*_distinct([f for f in bucket if f.article != about]), *own]
        if key[0] == "date":
            # An article that tells two days tells two events.
            days = Counter(f.article for f in {(f.article, f.value_from): f for f in bucket}.values())
            bucket = [f for f in bucket if days[f.article] == 1]
        if about is None:
            yield Bucket(key, bucket)
        else:
            yield Bucket(key, [f for f in bucket if f.article == about], [f for f in bucket if f.article != about])


def together(context: Context, bucket: Bucket, a: Figure, b: Figure) -> bool:
    """Tell whether two figures of a bucket are held against each other.

    What one article says in one voice counts different things; only other voices and revisions are held together.
    """
    apart = a.article != b.article or a.voice != b.voice or "former" in {a.role, b.role}
    return apart and (bucket.key[0] != "told" or containment.alike(context, a, b))


def relate(context: Context, a: Figure, b: Figure) -> Verdict:
    """Return the relation of two figures: exactly one kind, the first that applies."""
    if a.type == b.type == "date":
        kind, told, rule, gate = relate_days(context, a, b)
        return Verdict(
            kind, a, b, told, "low" if kind == "conflict" else None, min(a.confidence, b.confidence), rule, gate
        )
    if "former" in {a.role, b.role} and (stated := _stated_update(context, a, b)) is not None:
        return stated
    gate = pass_gate(context, a, b)
    confidence = round(min(a.confidence, b.confidence) * (1.0 if gate.dated else 0.8), 2)
    if gate.step is not None:
        assert gate.kind is not None
        return Verdict(gate.kind, a, b, f"Not compared: {gate.reason}.", None, confidence, f"gate.{gate.step}", gate)
    if gate.part is not None and gate.scope != "group":
        return _part(context, a, b, gate, confidence)
    if a.type == "score":
        return _score(context, a, b, gate, confidence)
    if intervals.same_number(a, b) and not intervals.opposite(a, b):
        return Verdict("agree", a, b, say.agree(context, a, b), None, confidence, "agree.same_number", gate)
    if gate.part is not None:
        return _part(context, a, b, gate, confidence)
    if gate.update and not intervals.same_number(a, b):
        earlier, later = timing.in_order(context, a, b)
        if intervals.is_rounding(a, b) and not intervals.disjoint(a, b):
            return Verdict("rounded", a, b, say.rounded(context, a, b), None, confidence, "rounded", gate)
        if later.high is None and (later.value or 0) < (earlier.value or 0) and not intervals.disjoint(a, b):
            # "At least one" after twelve is no fall.
            return Verdict(
                "compatible_bound", a, b, say.compatible(context, a, b), None, confidence, "bound.overlap", gate
            )
        return Verdict(
            "update", earlier, later, say.update(context, earlier, later), None, confidence, "update.later", gate
        )
    if intervals.is_rounding(a, b):
        return Verdict("rounded", a, b, say.rounded(context, a, b), None, confidence, "rounded", gate)
    if (intervals.disjoint(a, b) and (a.event, a.value, b.value) in context.revised) or (
        a.event,
        b.value,
        a.value,
    ) in context.revised:
        old, new = (a, b) if (a.event, a.value, b.value) in context.revised else (b, a)
        return Verdict(
            "update", old, new, say.update(context, old, new), None, confidence, "update.revision_told", gate
        )
    older, newer = (a, b) if (a.value or 0) < (b.value or 0) else (b, a)
    fell = "count.fell" in older.rules
    if intervals.disjoint(a, b) and (fell or "count.rose" in newer.rules):
        older, newer = (newer, older) if fell else (older, newer)
        # "The toll rose to 30": its own text says that another number stood there before.
        return Verdict(
            "update", older, newer, say.update(context, older, newer), None, confidence, "update.moved", gate
        )
    if intervals.disjoint(a, b) and a.running and b.running and _now(context, a) != _now(context, b):
        before, after = (b, a) if _now(context, a) else (a, b)
        return Verdict(
            "update", before, after, say.update(context, before, after), None, confidence, "update.now", gate
        )
    if intervals.disjoint(a, b) and older.id in context.superseded and newer.id not in context.superseded:
        return Verdict(
            "update", older, newer, say.update(context, older, newer), None, confidence, "update.superseded", gate
        )
    if intervals.disjoint(a, b):
        if a.article == b.article and same_voice(context, a, b):
            return Verdict(
                "different_scope",
                a,
                b,
                "Not compared: one article gives both from one voice, so they count different things.",
                None,
                confidence,
                "conflict.same_text",
                gate,
            )
        if (why := counted_in(context, a, b)) is not None:
            return Verdict("different_scope", a, b, f"Not compared: {why}.", None, confidence, "toll.counted_in", gate)
        return Verdict(
            "conflict",
            a,
            b,
            say.conflict(context, a, b, dated=gate.dated),
            _severity(a, b),
            confidence,
            "conflict.disjoint",
            gate,
        )
    return Verdict("compatible_bound", a, b, say.compatible(context, a, b), None, confidence, "bound.overlap", gate)


def _score(context: Context, a: Figure, b: Figure, gate: Gate, confidence: float) -> Verdict:
    """Relate two scores, whichever side either text names first."""
    if {a.low, a.high} == {b.low, b.high}:
        return Verdict("agree", a, b, say.agree(context, a, b), None, confidence, "agree.same_number", gate)
    if not containment.alike(context, a, b):
        told = "Not compared: the texts do not say that it was one game or one vote."
        return Verdict("different_scope", a, b, told, None, confidence, "score.apart", gate)
    told = say.conflict(context, a, b, dated=gate.dated)
    return Verdict("conflict", a, b, told, "medium", confidence, "conflict.score", gate)


def _now(context: Context, f: Figure) -> bool:
    """Tell that a sentence tells what somebody says now: something else was said before."""
    return context.now.search(context.articles[f.article].text, *f.sentence) is not None


def superseded(figures: Sequence[Figure]) -> frozenset[str]:
    """Return the running counts of an article's own event that the same article raises in its own words elsewhere.

    A page that is written on while a toll rises holds several counts; its highest is its own.
    """
    highest: dict[tuple[str, str], Figure] = {}
    tolls = [
        f
        for f in figures
        if f.running and f.event and f.role == "level" and f.anchor is None and f.value and f.bound != "vague"
    ]
    for f in tolls:
        key = (f.article, f.event or "")
        if f.voice is None and (key not in highest or (highest[key].value or 0) < (f.value or 0)):
            highest[key] = f
    found = set()
    for f in tolls:
        top = highest.get((f.article, f.event or ""))
        if (
            top is not None
            and top.sentence != f.sentence
            and (f.value or 0) < (top.value or 0)
            and top.place == f.place
        ):
            found.add(f.id)
    return frozenset(found)


def stated_revisions(figures: Sequence[Figure]) -> frozenset[tuple[str, float, float]]:
    """Return (event, old, new) for every revision that a text tells: "revised from eight to six"."""
    found = set()
    for old in figures:
        if old.role == "former" and old.event and old.value is not None:
            for new in figures:
                if (
                    new.article == old.article
                    and new.sentence == old.sentence
                    and new.role == "level"
                    and new.event == old.event
                    and new.value is not None
                ):
                    found.add((old.event, old.value, new.value))
    return frozenset(found)


def _stated_update(context: Context, a: Figure, b: Figure) -> Verdict | None:
    """Relate a number that its own text says was replaced: "revised from eight to six"."""
    former, now = (a, b) if a.role == "former" else (b, a)
    same = former.event == now.event and former.event is not None and former.anchor == now.anchor
    if now.role != "level" or not same or former.value == now.value or containment.places(context, a, b) == "apart":
        return None
    gate = Gate(None, update=True)
    return Verdict("update", former, now, say.update(context, former, now), None, 0.8, "update.stated", gate)


def _part(context: Context, a: Figure, b: Figure, gate: Gate, confidence: float) -> Verdict:
    part, whole = (a, b) if gate.part == "a" else (b, a)
    plow, _ = intervals.bounds(part)
    _, whigh = intervals.bounds(whole)
    lexical = part.event in context.family
    if plow > whigh and not gate.update and lexical:
        severity: Severity = "medium" if whole.caveat else "high"
        return Verdict(
            "part_exceeds_whole",
            part,
            whole,
            say.part(context, part, whole, gate.scope),
            severity,
            confidence,
            f"part.{gate.scope}",
            gate,
        )
    return Verdict(
        "different_scope",
        part,
        whole,
        say.different_scope(context, part, whole, gate.scope),
        None,
        confidence,
        f"part.{gate.scope}",
        gate,
    )


def _severity(a: Figure, b: Figure) -> Severity:
    share = intervals.apart(a, b)
    return "high" if share > 0.5 else "medium" if share > 0.1 else "low"
