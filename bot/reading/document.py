"""One article cut up for reading: sentences with their dates, quantities, quotation marks and, where needed, a parse."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

from bot.language.dates import DateSpan
from bot.language.grammar import Grammar
from bot.language.quantity import Quantity
from bot.language.sentences import Sentence, split_sentences
from bot.model import Article, Quotation

_QUOTE = re.compile(r"“([^“”\n]{2,2000})(?:”|(?=\n)|$)|(?<![\w])\"([^\"\n]{2,2000})(?:\"|(?=\n)|$)")
# Longer sentences are cut for the parser: its cost and its errors grow with length, and real prose is shorter.
LONGEST = 1200


@dataclass(slots=True, eq=False)
class View:
    """One sentence. `doc` is its parse or None; offsets of tokens in `doc` count from `start`. `before` is the one before."""

    index: int
    start: int
    end: int
    block: int
    heading: bool
    text: str
    dates: list[DateSpan]
    quantities: list[Quantity]
    doc: Any = None
    before: str = ""

    def span(self, start: int, end: int) -> Any:
        """Return the parse's span over text offsets, or None."""
        if self.doc is None:
            return None
        return self.doc.char_span(start - self.start, end - self.start, alignment_mode="expand")

    def token_at(self, offset: int) -> Any:
        """Return the token that covers a text offset, or None."""
        if self.doc is None:
            return None
        local = offset - self.start
        return next((t for t in self.doc if t.idx <= local < t.idx + len(t.text)), None)


@dataclass(frozen=True, slots=True)
class Quote:
    """Text between quotation marks (offsets exclude the marks). An unclosed one runs to the paragraph's end."""

    start: int
    end: int
    closed: bool


@dataclass(slots=True)
class Document:
    """An article with its sentences and quotations; passes add to it in order."""

    article: Article
    views: list[View]
    quotes: list[Quote]
    starts: list[int] = field(default_factory=list)

    def view_at(self, offset: int) -> View | None:
        """Return the sentence that covers an offset."""
        i = bisect_right(self.starts, offset) - 1
        return self.views[i] if 0 <= i < len(self.views) and offset < self.views[i].end else None

    def quote_at(self, start: int, end: int) -> Quote | None:
        """Return the quotation that holds a span."""
        return next((q for q in self.quotes if q.start <= start and end <= q.end), None)


def make_document(article: Article, grammar: Grammar) -> Document:
    """Cut an article into sentences and scan each for dates and quantities."""
    text = article.text
    views: list[View] = []
    for n, s in enumerate(_bounded(split_sentences(text))):
        piece = text[s.start : s.end]
        dates, quantities = grammar.scan(piece, s.start)
        before = views[-1].text if views else ""
        views.append(View(n, s.start, s.end, s.block, s.heading, piece, dates, quantities, before=before))
    return Document(article, views, find_quotes(text), [v.start for v in views])


def _bounded(sentences: list[Sentence]) -> list[Sentence]:
    bounded: list[Sentence] = []
    for s in sentences:
        while s.end - s.start > LONGEST:
            bounded.append(Sentence(s.start, s.start + LONGEST, s.block, s.heading))
            s = Sentence(s.start + LONGEST, s.end, s.block, s.heading)
        bounded.append(s)
    return bounded


def find_quotes(text: str) -> list[Quote]:
    """Return the quotations of a text: curly or straight double marks, within one paragraph."""
    quotes = []
    for m in _QUOTE.finditer(text):
        group = 1 if m.group(1) is not None else 2
        quotes.append(Quote(m.start(group), m.end(group), m.end() > m.end(group)))
    return quotes


def quotations(document: Document) -> list[Quotation]:
    """Return what is said between quotation marks, single words left out."""
    text = document.article.text
    return [
        Quotation(document.article.id, q.start, q.end, text[q.start : q.end])
        for q in document.quotes
        if q.end - q.start > 20
    ]
