"""Who stands behind a figure, so that outlets citing one voice, and copies of one origin, count once."""

import re
from collections.abc import Iterable

from bot.comparing.context import Context
from bot.model import Figure

_DROP = re.compile(r"\b(?:the|a|an|officials?|spokes(?:man|woman|person)|police|department|office|of|for|in)\b")


def voice_key(context: Context, f: Figure) -> str:
    """Return a key that is equal for one voice: a person's surname, an institution's name, else the outlet's article."""
    return context.once(_voice_key, f)


def _voice_key(context: Context, f: Figure) -> str:
    if f.voice:
        return _named(f.voice)
    article = context.articles[f.article]
    # A copy of an article here speaks with that one's voice; of one elsewhere, with its origin's name.
    article = context.articles.get(article.copy_of or "", article)
    return f"outlet:{article.outlet or article.copy_of or article.id}".lower()


def _named(voice: str) -> str:
    name = voice.lower()
    parts = re.findall(r"[\w]+", name)
    person = voice[:1].isupper() and len(parts) <= 3 and " of " not in name and not voice.isupper()
    return parts[-1] if person else " ".join(parts)


def same_voice(context: Context, a: Figure, b: Figure) -> bool:
    """Tell whether two figures have one voice; the OHCHR is part of the UN."""
    one, two = voice_key(context, a), voice_key(context, b)
    if one == two:
        return True
    if a.voice and b.voice:
        return context.institution_within.get(a.voice) == b.voice or context.institution_within.get(b.voice) == a.voice
    return False


def independent(context: Context, figures: Iterable[Figure]) -> frozenset[str]:
    """Return one key for each voice that does not speak through another: the OHCHR's is the UN's."""
    within = context.institution_within
    return frozenset(
        _named(parent) if (parent := within.get(f.voice or "")) else voice_key(context, f) for f in figures
    )


def voice_name(context: Context, f: Figure) -> str:
    """Return how a reader is told who says so: the voice, else the outlet."""
    return f.voice or context.outlet(f)
