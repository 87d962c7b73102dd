"""Everything the bot knows, loaded once per process and passed in."""

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.lexicon import Lexicon
from bot.knowledge.places import Gazetteer


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Word lists and gazetteer; immutable."""

    lexicon: Lexicon
    places: Gazetteer

    @classmethod
    def load(cls, folder: Path) -> "Knowledge":
        """Load from a data folder that holds `lexicon/` and `places/places.db`."""
        return cls(Lexicon.load(folder / "lexicon"), Gazetteer(folder / "places" / "places.db"))
