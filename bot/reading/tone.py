"""How an article words its story: subjectivity and polarity of its sentences, shown as numbers and never as a verdict.

TextBlob's pattern lexicon (design/stack.md) over our own sentences; quotations are other people's words and left out.
"""

import re
from collections.abc import Sequence

from textblob.en import sentiment

from bot.model import Article, Tone

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
# A sentence with fewer words tells nothing about wording.
FEWEST_WORDS = 5


def tone_of(article: Article, sentences: Sequence[tuple[int, int]]) -> Tone | None:
    """Return the mean subjectivity (0 to 1) and polarity (-1 to 1) of an article with its most subjective sentence."""
    scored = []
    for start, end in sentences:
        own = _QUOTED.sub(" ", article.text[start:end])
        if len(own.split()) >= FEWEST_WORDS:
            polarity, subjectivity = sentiment(own)
            scored.append((subjectivity, polarity, (start, end)))
    if not scored:
        return None
    most = max(scored, key=lambda s: s[0])
    return Tone(
        article.id,
        round(sum(s[0] for s in scored) / len(scored), 3),
        round(sum(s[1] for s in scored) / len(scored), 3),
        most[2] if most[0] > 0 else None,
    )
