"""The whole analysis of one process, synchronous: what the command line calls directly and the worker pool runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.comparing.compare import Inputs, compare
from bot.ingest.article import from_bytes
from bot.ingest.boilerplate import Boilerplate
from bot.knowledge.base import Knowledge
from bot.model import Article, Comparison, Reading, SummarySentence
from bot.reading.read import Reader
from bot.resources import resource
from bot.summarizing.select import select_sentences
from bot.summarizing.story import summarize_story


@dataclass(slots=True)
class Engine:
    """Word lists, gazetteer and parser of one process. Making one takes about two seconds and 150 MB."""

    knowledge: Knowledge
    boilerplate: Boilerplate
    _reader: Reader | None = None

    @classmethod
    def load(cls) -> "Engine":
        """Load what the program ships with; the parser follows at the first reading."""
        return cls(Knowledge.load(resource("data")), Boilerplate.load(resource("data", "lexicon")))

    def article(self, id: str, name: str, data: bytes, *, url: str | None = None, outlet: str | None = None, published: str | None = None) -> Article:
        """Make an article of a file's bytes. Raises CorrobotError."""
        return from_bytes(id, name, data, boilerplate=self.boilerplate, url=url, outlet=outlet, published=published)

    def read(self, article: Article) -> Reading:
        """Read one article."""
        if self._reader is None:
            self._reader = Reader.make(self.knowledge)
        return self._reader.read(article)

    def compare(self, articles: Sequence[Article], readings: Sequence[Reading], letters: Sequence[tuple[str, str]] = ()) -> Comparison:
        """Compare the articles of one story."""
        return compare(Inputs(tuple(articles), tuple(readings), tuple(letters)), self.knowledge)

    def summarize(self, article: Article, *, sentences: int | None = 3, words: int | None = None) -> tuple[SummarySentence, ...]:
        """Summarize one article in verbatim sentences."""
        return select_sentences(article, sentences=sentences, words=words)

    def summarize_story(self, articles: Sequence[Article], *, sentences: int | None = 3, words: int | None = None) -> tuple[SummarySentence, ...]:
        """Summarize one story in verbatim sentences of its articles."""
        return summarize_story(articles, sentences=sentences, words=words)


def read_input(path: str) -> bytes:
    """Return a file's bytes. Raises OSError."""
    return Path(path).read_bytes()
