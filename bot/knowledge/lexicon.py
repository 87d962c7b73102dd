"""Word lists from `data/lexicon/*.toml`, read once; code elsewhere holds mechanisms, not words."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists by file name. Tables hold `words` (a list or a map) and an `example` that a test runs."""

    files: Mapping[str, Mapping[str, Any]]

    @classmethod
    def load(cls, folder: Path) -> "Lexicon":
        """Read every `*.toml` of `folder`. Raise tomllib.TOMLDecodeError where one is malformed."""
        return cls({p.stem: tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.toml"))})

    def words(self, file: str, table: str, key: str = "words") -> frozenset[str]:
        """Return a list of words as a set."""
        return frozenset(self.files[file][table][key])

    def mapping(self, file: str, table: str, key: str = "words") -> dict[str, Any]:
        """Return a map of words."""
        return dict(self.files[file][table][key])

    def rows(self, file: str, key: str) -> list[dict[str, Any]]:
        """Return an array of tables, such as every `[[hedge]]`."""
        return list(self.files[file][key])

    def tables(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Yield every table as (file, key, table), arrays row by row: what the example test walks."""
        for file, content in self.files.items():
            for key, value in content.items():
                for table in value if isinstance(value, list) else [value]:
                    if isinstance(table, dict):
                        yield file, key, table
