"""The summary card of a story: its sentences, then what sources agree on, what only one says, where figures differ."""

from collections.abc import Mapping, Sequence

from bot.model import Article, SummarySentence
from bot.render import card_texts as t
from bot.render import words
from bot.render.card import Card, Line, Section, fit, section
from bot.render.escape import cut, escape, link
from bot.summarizing.digest import Difference, Digest, Shared


def summary(
    title: str,
    sentences: Sequence[tuple[SummarySentence, Article | None]],
    sources: Mapping[str, Article],
    digest: Digest,
    note: str = "",
) -> Card:
    """Return a story's summary and its three parts; every sentence is as it was written, once, and links its source."""
    head = section(f"## Summary: {cut(title, t.MOST_TITLE)}", [f"-# {note}"] if note else [])
    below = {_span(one.sentence) for one in digest.agreed} | {_span(s) for s in digest.only}
    body = [Line(*_quoted(s, a)) for s, a in sentences if _span(s) not in below]
    sections = [head, Section("", tuple(body)) if body or below else section("", [t.NO_SENTENCE])]
    parts = (
        (t.AGREED, [_shared(one, sources) for one in digest.agreed]),
        (t.ONLY_ONE, [Line(*_quoted(s, sources.get(s.article))) for s in digest.only]),
        (t.DIFFER, [_difference(one, sources) for one in digest.differ]),
    )
    # What differs is what people came for: it keeps room for one of its kind whatever else is long.
    shares = (420, 420, 700)
    sections += [
        Section(name, tuple(lines), share=share) for (name, lines), share in zip(parts, shares, strict=True) if lines
    ]
    return Card(fit(sections), "flag" if digest.differ else "plain")


def _span(s: SummarySentence) -> tuple[str, int, int]:
    return s.article, s.start, s.end


def _quoted(s: SummarySentence, a: Article | None, more: str = "") -> tuple[str, str]:
    """Return a sentence with its source, in full and in brief."""
    name = link(words.outlet(a), a.url) if a else ""
    plain = cut(words.outlet(a), 48) if a else ""
    return f"> {cut(s.text, 500)}\n-# — {name}{more}", f"> {cut(s.text, 160)}\n-# — {plain}"


def _shared(one: Shared, sources: Mapping[str, Article]) -> Line:
    backers = dict.fromkeys(words.outlet(sources[id]) for id in one.backed_by if id in sources)
    return Line(*_quoted(one.sentence, sources.get(one.sentence.article), t.backed([escape(b) for b in backers])))


def _difference(one: Difference, sources: Mapping[str, Article]) -> Line:
    told = [_quoted(s, sources.get(s.article)) for s in one.sentences]
    head = f"{t.WARNING} {cut(one.explanation, 420)}"
    brief = f"{t.WARNING} {cut(one.explanation, 200)}"
    return Line("\n".join([head, *(full for full, _ in told)]), "\n".join([brief, *(short for _, short in told[:2])]))
