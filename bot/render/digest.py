"""The digest of a story as JSON and as plain text: agreed, said by one source only, and where figures differ."""

from collections.abc import Sequence
from typing import Any

from bot.model import Article, Figure, SummarySentence
from bot.render import words
from bot.render.document import sentence, sentences
from bot.render.plain import Page
from bot.summarizing.digest import Digest


def document(d: Digest) -> dict[str, Any]:
    """Return the key "story" of `corrobot summarize` for several inputs."""
    return {
        "agreed": [{**sentence(one.sentence), "backed_by": list(one.backed_by)} for one in d.agreed],
        "only": sentences(d.only),
        "differ": [
            {"finding": one.finding, "explanation": one.explanation, "sentences": sentences(one.sentences)}
            for one in d.differ
        ],
    }


def figures_of(chosen: Sequence[SummarySentence], figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures that stand in the sentences of a summary."""
    spans = [(s.article, s.start, s.end) for s in chosen]
    return [f for f in figures if any(f.article == a and f.start < end and start < f.end for a, start, end in spans)]


def text(page: Page, articles: Sequence[Article], d: Digest) -> str:
    """Return the three parts, each sentence with its outlet; nothing where there is nothing to tell."""
    names = {a.id: words.outlet(a) for a in articles}

    def told(one: SummarySentence, more: str = "") -> str:
        return page.wrap(f"{words.flat(one.text)} [{names[one.article]}{more}]", "    ", "  · ")

    parts = []
    if d.agreed:
        parts.append(page.head("What sources agree on"))
        parts += [told(one.sentence, "".join(f", {n}" for n in _backers(one.backed_by, names))) for one in d.agreed]
    if d.only:
        parts.append(page.head("What only one says"))
        parts += [told(one) for one in d.only]
    if d.differ:
        parts.append(page.head("Where their figures differ"))
        for one in d.differ:
            parts.append(page.wrap(one.explanation, "  ", "· "))
            parts += [told(s) for s in one.sentences]
    return "".join(parts)


def _backers(ids: Sequence[str], names: dict[str, str]) -> list[str]:
    return list(dict.fromkeys(names[id] for id in ids))
