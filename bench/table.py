"""The one table that every measurement of speed adds its rows to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COLUMNS = ("measured", "figure", "beside", "limit")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure with its unit; beside it that of a peer or of an idle run, and the limit it must keep, if any."""

    what: str
    value: float
    unit: str
    beside: str = ""
    most: float | None = None
    least: float | None = None

    @property
    def kept(self) -> bool:
        """Tell whether the limit is kept."""
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """Return what is printed."""
        limit = "" if self.most is None else f"at most {self.most:g}"
        limit = f"at least {self.least:g}" if self.least is not None else limit
        return self.what, f"{number(self.value)} {self.unit}", self.beside, limit + ("" if self.kept else "  MISSED")


def number(value: float) -> str:
    """Write a figure with about three digits."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def at(times: Sequence[float], share: float) -> float:
    """Return a percentile."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def show(rows: Iterable[Row]) -> None:
    """Print the table."""
    lines = [COLUMNS, *(row.cells for row in rows)]
    wide = [max(len(line[n]) for line in lines) for n in range(len(COLUMNS))]
    for n, line in enumerate(lines):
        print("  ".join(cell.ljust(width) for cell, width in zip(line, wide, strict=True)).rstrip())
        if n == 0:
            print("  ".join("-" * width for width in wide))
