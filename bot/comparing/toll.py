"""Whom a toll counts in: the dead among the hurt, the attacker among the dead (design/domain.md, failure mode 2)."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from bot.comparing.context import Context
from bot.model import Article, Figure

_HIMSELF = re.compile(
    r"\b(?:killed|shot|killing|shooting)\s+(?:himself|herself|themselves)\b|\bthe gun on (?:himself|herself)\b|\bsuicide\b",
    re.I,
)


def attacker_dead(context: Context, article: Article) -> bool:
    """Tell whether an article tells of the attacker's death: "killed himself", "including the gunman"."""
    words = "|".join(sorted(context.groups.attackers))
    told = (
        rf"\bincluding the (?:\w+ )?(?:{words})\b|\bthe (?:{words})\b[^.]{{0,50}}\b(?:was|were|is|are|died|dead)\b"
        r"[^.]{0,20}\b(?:killed|dead|died|among)\b"
    )
    return bool(_HIMSELF.search(article.text) or re.search(told, article.text, re.I))


# What may stand between a name and the words that tell of its death: other names, ages, "and", "of Dover".
_LIST = r"(?:[\s,–—-]+(?:[A-Z][\w.'’-]*|and|of|the|\d{1,3}|years?|old|both))*[\s,–—-]+"

# "After the killing of Norton, Hale sat still": who does something then is a subject, not the end of the list.
_NO_SUBJECT = r"(?!\s+(?!(?:and|of|in|on|at|by|with|near|outside|inside|during|after|last|was|were|who|as)\b)[a-z])"


def dead(context: Context, names: frozenset[str]) -> frozenset[str]:
    """Return which of the people named (lower case) some article says were killed: "Ada Norton, 34, died"."""
    after, before = context.deadly
    found = set()
    surnames = Counter(name.split()[-1] for name in names)
    for name in names:
        first, last = re.escape(name.split()[0]), re.escape(name.split()[-1])
        # A surname alone names one of several: "Shelton was killed" may be her brother.
        given = rf"{first}(?: [\w.'’-]+){{0,2}} "
        own = rf"(?i:\b{given if surnames[name.split()[-1]] > 1 else f'(?:{given})?'}{last}\b)"
        lists = (rf"{own}{_LIST}(?:{'|'.join(after)})\b", rf"\b(?:{'|'.join(before)}){_LIST}{own}{_NO_SUBJECT}")
        if any(_says(context, id, pattern) for pattern in lists for id in context.articles):
            found.add(name)
    return frozenset(found)


def _says(context: Context, article: str, pattern: str) -> bool:
    said = context.once_in(_said, article)
    if pattern not in said:
        said[pattern] = re.search(pattern, context.articles[article].text) is not None
    return said[pattern]


def _said(context: Context, article: Article) -> dict[str, bool]:
    """Return what an article was searched for, and whether it was found: nothing as yet."""
    return {}


def alone(figures: Sequence[Figure]) -> frozenset[str]:
    """Return the tolls that are all an article counts of their event: its five injured teens are its injured."""
    tolls: dict[tuple[str, str], list[Figure]] = {}
    for f in figures:
        if f.running and f.event and f.type == "count" and f.value != 0:
            tolls.setdefault((f.article, f.event), []).append(f)
    return frozenset(
        f.id
        for own in tolls.values()
        if len({g.value for g in own}) == 1
        for f in own
        if f.role == "level" and f.anchor is None and f.unit == "person" and (f.value or 0) >= 2
    )


# An article gives many lengths of time and many shares, each told by its own sentence; of amounts and measures, few.
_BY_SENTENCE = frozenset({"percent", "ratio", "duration"})


def sole(figures: Sequence[Figure], key: Callable[[str | None], str | None]) -> frozenset[str]:
    """Return the figures that are the one number of their kind: of a noun or a unit in its article or its sentence.

    Its one number of firefighters is that of the event; of two percentages in a sentence each is of something else.
    """
    kinds: dict[tuple[object, ...], list[Figure]] = {}
    for f in figures:
        kind = key(f.group) if f.type == "count" else f.unit or f.type
        if kind and f.group != "times":
            where, what = (f.sentence, None) if f.type in _BY_SENTENCE else (None, f.event)
            kinds.setdefault((f.article, where, f.type, kind, what if f.type != "count" else None), []).append(f)
    return frozenset(
        f.id
        for own in kinds.values()
        if len({f.value for f in own}) == 1
        for f in own
        if f.role == "level" and f.anchor is None and f.bound != "vague" and (f.type != "count" or (f.value or 0) >= 2)
    )


def counted(figures: Sequence[Figure]) -> dict[tuple[str, str | tuple[int, int]], frozenset[float]]:
    """Return the numbers that each article gives of those killed, and those of other running events by sentence."""
    found: dict[tuple[str, str | tuple[int, int]], set[float]] = {}
    for f in figures:
        if f.running and f.event and f.value:
            place = f.event if f.event == "killed" else f.sentence
            found.setdefault((f.article, place), set()).add(f.value)
    return {k: frozenset(v) for k, v in found.items()}


def counted_in(context: Context, a: Figure, b: Figure) -> str | None:
    """Say why two tolls may count other people, or None: the attacker with the dead, the dead with the hurt."""
    if a.event != b.event or a.value is None or b.value is None:
        return None
    more, fewer = (a, b) if a.value > b.value else (b, a)
    assert more.value is not None and fewer.value is not None
    if (
        a.event == "killed"
        and more.value - fewer.value == 1
        and (context.once_in(attacker_dead, a.article) or context.once_in(attacker_dead, b.article))
    ):
        return "one count may include the attacker, who died too"
    if a.event in {"injured", "shot"}:
        dead = _of(context, fewer, "killed") | _of(context, more, "killed")
        alone = (more.article, more.sentence) not in context.killed_sentences
        if alone and more.value - fewer.value in dead:
            return f"“{more.printed}” may count the dead in, “{fewer.printed}” not"
    # A total that parts of the two texts explain is no conflict: seven officers and two civilians are nine.
    rest = more.value - fewer.value
    if rest >= 2 and fewer.value and rest in _of(context, fewer, fewer.sentence) | _of(context, more, more.sentence):
        return f"{fewer.value:g} and {rest:g} are {more.value:g}, and a text tells {rest:g} {a.event} as well"
    return None


def _of(context: Context, f: Figure, event: str | tuple[int, int]) -> frozenset[float]:
    return context.counted.get((f.article, event), frozenset())
