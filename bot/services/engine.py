"""The whole analysis of one process, synchronous: what the command line calls directly and the worker pool runs.

Each room is imported at its first use: a summary needs no parser, and an extraction no word lists of measures.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.ingest.article import from_bytes
from bot.ingest.boilerplate import Boilerplate
from bot.knowledge.base import Knowledge
from bot.model import Article, Comparison, Reading, SummarySentence
from bot.resources import resource

if TYPE_CHECKING:
    from bot.comparing.copies import Agencies, Shares
    from bot.comparing.memory import Memory
    from bot.ingest.fetch import Fetched
    from bot.reading.read import Reader


# Stories from this many articles on are worth remembering: the last one, and so many in all while they hold no more
# pairs of figures than this (20,000, as of 200 articles with 2,400 figures, take 20 MB).
REMEMBERED_FROM, REMEMBERED, REMEMBERED_PAIRS = 12, 3, 40_000


@dataclass(slots=True)
class Engine:
    """Word lists, gazetteer and parser of one process. The first reading takes about two seconds and 150 MB."""

    boilerplate: Boilerplate
    _knowledge: Knowledge | None = None
    _reader: "Reader | None" = None
    _agencies: "Agencies | None" = None
    _memories: "dict[frozenset[str], Memory]" = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Engine":
        """Load what ingest needs; word lists, gazetteer and parser follow when they are first asked for."""
        return cls(Boilerplate.load(resource("data", "lexicon")))

    @property
    def knowledge(self) -> Knowledge:
        """Return the word lists and the gazetteer."""
        if self._knowledge is None:
            self._knowledge = Knowledge.load(resource("data"))
        return self._knowledge

    def article(
        self,
        id: str,
        name: str,
        data: bytes,
        *,
        url: str | None = None,
        outlet: str | None = None,
        published: str | None = None,
    ) -> Article:
        """Make an article of a file's bytes. Raises CorrobotError."""
        return from_bytes(id, name, data, boilerplate=self.boilerplate, url=url, outlet=outlet, published=published)

    def page(
        self, id: str, name: str, fetched: "Fetched", *, outlet: str | None = None, published: str | None = None
    ) -> Article:
        """Make an article of a fetched page; `name` is the address as it was given. Raises CorrobotError."""
        from bot.ingest.article import from_fetched

        return from_fetched(id, fetched, boilerplate=self.boilerplate, outlet=outlet, published=published)

    def read(self, article: Article) -> Reading:
        """Read one article."""
        if self._reader is None:
            from bot.reading.read import Reader

            self._reader = Reader.make(self.knowledge)
        return self._reader.read(article)

    def compare(
        self,
        articles: Sequence[Article],
        readings: Sequence[Reading],
        letters: Sequence[tuple[str, str]] = (),
        about: str | None = None,
    ) -> Comparison:
        """Compare the articles of one story; `letters` are pairs of outlet in lower case and reliability letter.

        The articles of the result say in `copy_of` which other one they copy. A large story that was compared not
        long ago is remembered: one article more costs a fraction. With `about` only the figures of that article are
        held against the others.
        """
        from bot.comparing.compare import Inputs, compare
        from bot.comparing.memory import Memory

        memory = Memory()
        if len(articles) >= REMEMBERED_FROM and about is None:
            texts = frozenset(a.text for a in articles)
            known = next((t for t in self._memories if 2 * len(t & texts) > len(texts)), None)
            memory = self._memories.pop(known) if known is not None else memory
            self._memories[texts] = memory
            self._forget()
        inputs = Inputs(self.with_origins(articles, memory.shares), tuple(readings), tuple(letters), about)
        return compare(inputs, self.knowledge, memory)

    def _forget(self) -> None:
        """Drop what was remembered of the stories compared longest ago, but never the last one."""
        kept = self._memories
        while len(kept) > REMEMBERED or (len(kept) > 1 and sum(m.pairs for m in kept.values()) > REMEMBERED_PAIRS):
            del kept[next(iter(kept))]

    def with_origins(self, articles: Sequence[Article], known: "Shares | None" = None) -> tuple[Article, ...]:
        """Return the articles of one story, each copy with the id of its origin in `copy_of`.

        `known` are the shares of its last comparison.
        """
        from bot.comparing.copies import Agencies, with_origins

        if self._agencies is None:
            self._agencies = Agencies.make(self.knowledge.lexicon)
        return with_origins(articles, self._agencies, known)

    def summarize(
        self, article: Article, *, sentences: int | None = 3, words: int | None = None
    ) -> tuple[SummarySentence, ...]:
        """Summarize one article in verbatim sentences."""
        from bot.summarizing.select import select_sentences

        return select_sentences(article, sentences=sentences, words=words)

    def summarize_story(
        self, articles: Sequence[Article], *, sentences: int | None = 3, words: int | None = None
    ) -> tuple[SummarySentence, ...]:
        """Summarize one story in verbatim sentences of its articles."""
        from bot.summarizing.story import summarize_story

        return summarize_story(articles, sentences=sentences, words=words)

    def group(self, articles: Sequence[Article]) -> list[list[Article]]:
        """Return the articles story by story, copies marked as such."""
        from bot.comparing.stories import group
        from bot.services.rarity import rarity

        return [list(self.with_origins(story)) for story in group(articles, rarity())]

    def headliner(self, articles: Sequence[Article]) -> Article:
        """Return the article whose headline is the title of a story."""
        from bot.comparing.stories import central
        from bot.services.rarity import rarity

        return central(articles, rarity())

    def chart(self, comparison: Comparison, *, title: str | None = None, timeline: bool = False) -> tuple[bytes, str]:
        """Draw the chart of a comparison, by outlets or by days; return a PNG and what it shows in words."""
        if timeline:
            from bot.render.chart_timeline import draw as draw_timeline

            return draw_timeline(comparison, title=title)
        from bot.render.chart import draw

        return draw(comparison, title=title)
