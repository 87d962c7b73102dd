"""Which figure leads: the rules of people who count for a living (design/domain.md, "Reconciling")."""

from collections import Counter
from collections.abc import Sequence

from bot.comparing.context import Context
from bot.comparing.voices import voice_key
from bot.model import POLICIES, Figure, Lead, Policy


def _number(f: Figure) -> float:
    return f.value if f.value is not None else f.low if f.low is not None else f.high or 0.0


def lead(context: Context, figures: Sequence[Figure], policy: Policy, letters: dict[str, str] | None = None) -> Lead:
    """Return the leading interval of one measure under a policy; an empty list gives an empty lead."""
    if not figures:
        return Lead(None, None, ())
    return _lead(context, sorted(figures, key=lambda f: (_number(f), f.id)), policy, letters)


def _lead(context: Context, ordered: Sequence[Figure], policy: Policy, letters: dict[str, str] | None) -> Lead:
    if policy == "lowest":
        f = ordered[0]
        return Lead(f.low, f.high, (f.id,))
    if policy in {"range", "low_best_high"}:
        open_end = any(f.high is None for f in ordered)
        return Lead(
            _number(ordered[0]),
            None if open_end else _number(ordered[-1]),
            tuple(f.id for f in (ordered[0], ordered[-1])),
        )
    if policy == "majority":
        return _majority(context, ordered)
    return _newest(context, ordered, letters or {})


def _majority(context: Context, ordered: Sequence[Figure]) -> Lead:
    """Return the mode over independent voices, ties to the lowest."""
    voices: Counter[float] = Counter()
    seen: set[tuple[str, float]] = set()
    for f in ordered:
        key = (voice_key(context, f), _number(f))
        if key not in seen:
            seen.add(key)
            voices[_number(f)] += 1
    value = min(voices, key=lambda v: (-voices[v], v))
    chosen = [f for f in ordered if _number(f) == value]
    return Lead(chosen[0].low, chosen[0].high, tuple(f.id for f in chosen))


def _newest(context: Context, ordered: Sequence[Figure], letters: dict[str, str]) -> Lead:
    """Return the newest figure from the best-graded source; an ungraded source counts as F."""

    def grade(f: Figure) -> str:
        return letters.get((context.articles[f.article].outlet or "").lower(), "F")

    best = min(grade(f) for f in ordered)
    kept = [f for f in ordered if grade(f) == best]

    def when(f: Figure) -> str:
        return f.as_of or str(context.published(f) or "")

    f = max(kept, key=lambda f: (when(f), -_number(f)))
    return Lead(f.low, f.high, (f.id,))


def leads(context: Context, figures: Sequence[Figure], letters: dict[str, str] | None = None) -> dict[Policy, Lead]:
    """Return the lead under every policy."""
    ordered = sorted(figures, key=lambda f: (_number(f), f.id))
    return {policy: _lead(context, ordered, policy, letters) for policy in POLICIES}
