"""The patterns of what is not the article, loaded from `data/lexicon` into one immutable object that is passed in."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern with the example that it must match and the prose, if any, that it must leave alone."""

    name: str
    pattern: re.Pattern[str]
    example: str
    keeps: str | None = None
    caps: bool = False
    gives: str | None = None


@dataclass(frozen=True, slots=True)
class Wall:
    """What stands where an article should: a pattern, how many words such a page has at most, and what it is called.

    `where` says what is searched: the extracted text and title, or all that the page shows.
    """

    name: str
    pattern: re.Pattern[str]
    where: str
    max_words: int
    is_called: str
    example: str


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words of dates: months by number, what may stand beside a date, and labels of later changes."""

    months: Mapping[str, int]
    around: frozenset[str]
    updates: frozenset[str]
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NameWords:
    """The small words inside names of persons and outlets, and capitalised words that are no name."""

    particles: frozenset[str]
    roles: frozenset[str]
    joiners: frozenset[str]
    not_names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outlets:
    """How outlets are written: capitals that stay, agencies by dateline code, names by host, owners that are none."""

    acronyms: frozenset[str]
    never: frozenset[str]
    small: frozenset[str]
    agencies: Mapping[str, str]
    hosts: Mapping[str, str]
    dateline_example: str


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Everything that ingest knows in words. Lists come from the TOML files; the code holds only the mechanisms."""

    line_limit: int
    caps_min_words: int
    caps_max_share: float
    english: frozenset[str]
    english_min_share: float
    english_min_words: int
    names: NameWords
    dates: DateWords
    inline: tuple[Rule, ...]
    drop: tuple[Rule, ...]
    outlet: tuple[Rule, ...]
    author: tuple[Rule, ...]
    walls: tuple[Wall, ...]
    outlets: Outlets
    cardinals: Mapping[str, int]

    @classmethod
    def load(cls, folder: Path) -> "Boilerplate":
        """Read `boilerplate.toml`, `outlets.toml` and the cardinals of `numbers.toml` from the lexicon folder."""
        lines = tomllib.loads((folder / "boilerplate.toml").read_text("utf-8"))
        outlets = tomllib.loads((folder / "outlets.toml").read_text("utf-8"))
        numbers = tomllib.loads((folder / "numbers.toml").read_text("utf-8"))
        return cls.from_lists(lines, outlets, numbers["cardinals"]["words"])

    @classmethod
    def from_lists(
        cls, lines: Mapping[str, Any], outlets: Mapping[str, Any], cardinals: Mapping[str, int]
    ) -> "Boilerplate":
        """Build from the parsed lists, compiling each pattern once."""
        dates = lines["dates"]
        months = {name: number for number, name in enumerate(dates["months"], 1)} | dates["month_shorts"]
        return cls(
            line_limit=lines["line_limit"],
            caps_min_words=lines["caps"]["min_words"],
            caps_max_share=lines["caps"]["max_share"],
            english=frozenset(lines["language"]["english"]),
            english_min_share=lines["language"]["min_share"],
            english_min_words=lines["language"]["min_words"],
            names=NameWords(
                *(frozenset(lines["names"][key]) for key in ("particles", "roles", "joiners", "not_names")),
            ),
            dates=DateWords(
                months,
                frozenset(dates["around"]),
                frozenset(dates["updates"]),
                tuple((entry["line"], entry["date"]) for entry in dates["examples"]),
            ),
            inline=_rules(lines["inline"]),
            drop=_rules(lines["drop"]),
            outlet=_rules(lines["outlet"]),
            author=_rules(lines["author"]),
            walls=tuple(
                Wall(
                    name=entry["name"],
                    pattern=re.compile(entry["pattern"], re.IGNORECASE),
                    where=entry["where"],
                    max_words=entry["max_words"],
                    is_called=entry["is_called"],
                    example=entry["example"],
                )
                for entry in lines["wall"]
            ),
            outlets=Outlets(
                frozenset(outlets["acronyms"]),
                frozenset(name.casefold() for name in outlets["never"]),
                frozenset(outlets["small"]),
                outlets["agencies"],
                outlets["hosts"],
                outlets["dateline_example"],
            ),
            cardinals=cardinals,
        )


def _rules(entries: list[dict[str, Any]]) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            name=entry["name"],
            pattern=re.compile(entry["pattern"], re.IGNORECASE),
            example=entry["example"],
            keeps=entry.get("keeps"),
            caps=entry.get("caps", False),
            gives=entry.get("outlet_is") or entry.get("author_is"),
        )
        for entry in entries
    )
