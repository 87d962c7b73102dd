"""A story in three parts: what its sources agree on, what only one of them says, and where their figures differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Article, Comparison, Finding, SummarySentence
from bot.summarizing.select import Candidate, candidates, cosine, dangling, says_again
from bot.summarizing.story import summarize_story

# Cosine of content words from which a sentence of another article backs one, and below which none speaks of it.
BACKED, UNHEARD = 0.4, 0.2
# Sentences of an article that are looked at.
LOOKED_AT = 40
# Among the first sentences of an article stands what it thinks important.
OPENING = 12


@dataclass(frozen=True, slots=True)
class Shared:
    """A sentence, and the other articles that say as much; copies of one origin back nothing."""

    sentence: SummarySentence
    backed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A flagged finding with one sentence for each of its sides."""

    finding: str
    explanation: str
    sentences: tuple[SummarySentence, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What sources agree on, what only one says (its article is the source), and where they differ."""

    agreed: tuple[Shared, ...]
    only: tuple[SummarySentence, ...]
    differ: tuple[Difference, ...]


def digest(articles: Sequence[Article], comparison: Comparison | None = None, *, most: int = 3) -> Digest:
    """Return at most so many sentences for each part; no sentence stands in two parts or twice in other words."""
    pool = {a.id: candidates(a)[:LOOKED_AT] for a in articles}
    origin = {a.id: a.copy_of or a.id for a in articles}
    differ = _differ(articles, comparison, most)
    said = [c for d in differ for s in d.sentences for c in pool[s.article] if c.start < s.end and s.start < c.end]
    agreed: list[Shared] = []
    for sentence in summarize_story(articles, sentences=3 * most):
        one = next(c for c in pool[sentence.article] if c.start == sentence.start)
        backed = _backing(one, pool, origin, BACKED)
        if len(agreed) < most and backed and not any(says_again(one, other) for other in said):
            agreed.append(Shared(sentence, backed))
            said.append(one)
    return Digest(tuple(agreed), _only(articles, pool, origin, said, most), differ)


def _backing(one: Candidate, pool: dict[str, list[Candidate]], origin: dict[str, str], least: float) -> tuple[str, ...]:
    return tuple(
        id
        for id, sentences in pool.items()
        if origin[id] != origin[one.article] and any(cosine(one.words, c.words) >= least for c in sentences)
    )


def _only(
    articles: Sequence[Article],
    pool: dict[str, list[Candidate]],
    origin: dict[str, str],
    said: list[Candidate],
    most: int,
) -> tuple[SummarySentence, ...]:
    if len({*origin.values()}) < 2:
        return ()
    found: list[Candidate] = []
    for article in articles:
        if article.copy_of is not None:
            continue
        for one in pool[article.id][:OPENING]:
            known = any(says_again(one, other) for other in (*said, *found))
            if not dangling(one) and not known and not _backing(one, pool, origin, UNHEARD):
                found.append(one)
                break
    best = sorted(found, key=lambda c: c.position)[:most]
    return tuple(SummarySentence(c.article, c.start, c.end, c.text) for c in found if c in best)


def _differ(articles: Sequence[Article], comparison: Comparison | None, most: int) -> tuple[Difference, ...]:
    if comparison is None:
        return ()
    texts = {a.id: a.text for a in articles}
    flags = [f for f in comparison.findings if f.flag][:most]
    return tuple(Difference(f.id, f.explanation, _sides(comparison, f, texts)) for f in flags)


def _sides(comparison: Comparison, finding: Finding, texts: dict[str, str]) -> tuple[SummarySentence, ...]:
    found: dict[tuple[str, int], SummarySentence] = {}
    for side in finding.sides:
        figure = next((f for id in side.figures if (f := comparison.figure(id)).article in texts), None)
        if figure is not None:
            start, end = figure.sentence if figure.sentence[1] else (figure.start, figure.end)
            found.setdefault(
                (figure.article, start),
                SummarySentence(figure.article, start, end, texts[figure.article][start:end]),
            )
    return tuple(found.values())
