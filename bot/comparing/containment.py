"""Which place, group or measure contains which."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from textblob.en.inflect import singularize

from bot.comparing.context import Context
from bot.model import Figure

Standing = Literal["same", "contains", "within", "apart", "unknown"]


@lru_cache(maxsize=5_000)
def _singular(noun: str) -> str:
    if noun in {"people", "persons"}:
        return "people"
    if noun == "police":
        return noun  # no plural: "polouse"
    if noun.endswith(("ss", "us", "is")):
        return noun
    return str(singularize(noun))


def group_key(context: Context, group: str | None) -> str | None:
    """Return a group's canonical singular: "homes" and "houses" are one."""
    if group is None:
        return None
    word = _singular(group)
    return context.groups.synonyms.get(word, word)


def groups(context: Context, a: Figure, b: Figure) -> Standing:
    """Say how the groups stand: same, `a` contains `b`, `a` within `b`, apart, or unknown where one is not stated."""
    if doers(a, b) or "noun.staff" in a.rules:
        return "same"
    one, two = group_key(context, a.group), group_key(context, b.group)
    if a.event == b.event or (a.event in context.patients and b.event in context.patients):
        # Where no group is stated, the killed or injured are people.
        one, two = one or context.patients.get(a.event or ""), two or context.patients.get(b.event or "")
    if one is None or two is None:
        return "unknown"
    if one == two:
        return "same"
    people = context.groups.people
    one_people, two_people = one in people or one == "people", two in people or two == "people"
    if one == "people" and two_people:
        return "contains"
    if two == "people" and one_people:
        return "within"
    for whole, parts in context.groups.containers.items():
        key = _singular(whole)
        if key == one and two in parts:
            return "contains"
        if key == two and one in parts:
            return "within"
    return "apart"


_WORD = re.compile(r"[^\W\d_]{4,}")
_AROUND = 12


def told(context: Context, f: Figure) -> Mapping[str, str]:
    """Return the words a sentence tells a number with, by their singular: up to twelve on each side, in order.

    The counted noun is left out: the two have it in common before anything is said of it.
    """
    return context.once(_told, f)


def _told(context: Context, f: Figure) -> Mapping[str, str]:
    text = context.articles[f.article].text
    around = _WORD.findall(text[f.sentence[0] : f.start].lower())[-_AROUND:]
    around += _WORD.findall(text[f.end : f.sentence[1]].lower())[:_AROUND]
    own = group_key(context, f.group)
    return {s: w for w in around if w not in context.common and (s := _singular(w)) != own}


# Two outlets seldom tell a number further apart than this; of so many words of the shorter telling, half are in both.
ALIKE_FACTOR, ALIKE_WORDS, ALIKE_SHARE = 1.6, 3, 0.5
ALIKE_TIMES = 2


def alike(context: Context, a: Figure, b: Figure) -> bool:
    """Tell whether two texts say much the same around two numbers of one size: then they are of one thing.

    What a verb or a noun of the lexicon names needs none of it. A noun that both articles count but once needs less.
    """
    if a.article == b.article or a.type != b.type or not a.value or not b.value:
        return False
    one_size, other_size = abs(a.value), abs(b.value)
    if one_size > ALIKE_FACTOR * other_size or other_size > ALIKE_FACTOR * one_size:
        return False
    if a.id not in context.sole or b.id not in context.sole:
        return False
    one, two = told(context, a), told(context, b)
    shared = len(one.keys() & two.keys())
    if a.type == "count" or (a.event == b.event and a.event in context.owned):
        return shared >= 2
    return shared >= ALIKE_WORDS and shared >= ALIKE_SHARE * min(len(one), len(two))


def doers(a: Figure, b: Figure) -> bool:
    """Tell two counts of those who did it: "two gunmen opened fire", "three attackers fled"."""
    return "noun.doers" in a.rules and "noun.doers" in b.rules


def places(context: Context, a: Figure, b: Figure) -> Standing:
    """Say how the places stand; unknown where one is missing or in no gazetteer."""
    if a.body or b.body:
        return "same" if (a.body or "").lower() == (b.body or "").lower() else "apart"
    if a.place is None or b.place is None:
        return "unknown"
    found = context.places.related(a.place, b.place)
    if found != "same" and ("place.weak" in a.rules or "place.weak" in b.rules):
        return "unknown"
    if found == "near" and a.place_from == b.place_from == "clause":
        return "apart"  # told of in one breath with their counts, two neighbouring towns are two
    return found if found in {"same", "contains", "within", "apart"} else "unknown"  # type: ignore[return-value]


def measures(context: Context, a: Figure, b: Figure) -> Standing:
    """Say how the events stand: killed lies within killed or injured."""
    if (a.event == b.event and a.event in context.family) or doers(a, b):
        return "same"
    if "time.first" in a.rules or "time.first" in b.rules:
        # Where no word of the event stands by a time, only what both say of it tells that it is one moment.
        speakers = {_singular(w) for f in (a, b) for who in f.attribution for w in _WORD.findall(who.lower())}
        shared = (told(context, a).keys() & told(context, b).keys()) - speakers - context.tellers
        return "same" if len(shared) >= ALIKE_TIMES else "unknown"
    named = {a.event, b.event} & context.family.keys()
    loose = {"event.stated"} if named else {"event.stated", "event.number_of"}
    if a.event is None or b.event is None or loose & {*a.rules, *b.rules}:
        return "same" if not named and alike(context, a, b) else "unknown"
    if a.event == b.event:
        return "same"
    if a.event and context.within.get(a.event) == b.event:
        return "within"
    if b.event and context.within.get(b.event) == a.event:
        return "contains"
    return "apart"
