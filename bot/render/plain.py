"""Plain text for terminals and files: wrapped lines, tables, and a little colour where it is wanted."""

import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.render.words import flat

WIDTH = 100


@dataclass(frozen=True, slots=True)
class Page:
    """How wide a page is and whether it has colours."""

    width: int = WIDTH
    colour: bool = False

    def paint(self, text: str, code: str) -> str:
        """Return a text in an ANSI style, or as it is."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text

    def head(self, text: str) -> str:
        """Return a heading with a rule that shows without colour, too."""
        return f"\n{self.paint(text.upper(), '1')}\n"

    def strong(self, text: str) -> str:
        """Return a text that stands out."""
        return self.paint(text, "1")

    def flag(self, text: str) -> str:
        """Return a warning; its words say that it is one."""
        return self.paint(text, "1;31")

    def faint(self, text: str) -> str:
        """Return a text in the background."""
        return self.paint(text, "2")

    def wrap(self, text: str, indent: str = "", first: str | None = None) -> str:
        """Return a text in lines of the page's width, each ending with a line break."""
        lines = textwrap.wrap(
            flat(text),
            max(20, self.width),
            initial_indent=indent if first is None else first,
            subsequent_indent=indent,
            break_on_hyphens=False,
        )
        return "".join(line + "\n" for line in lines)

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        """Return a table; where it is too wide, the widest columns are cut."""
        cells = [[flat(cell) for cell in row] for row in rows]
        widths = [max(columns(row[n]) for row in [list(heads), *cells]) for n in range(len(heads))]
        while sum(widths) + 2 * (len(widths) - 1) > self.width and max(widths) > 8:
            widths[widths.index(max(widths))] -= 1
        lines = [self.strong(_line(heads, widths)), self.faint(_line(["─" * w for w in widths], widths))]
        lines += [_line(row, widths) for row in cells]
        return "".join(line.rstrip() + "\n" for line in lines)


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def fit(text: str, width: int) -> str:
    """Return a text that takes exactly `width` columns."""
    if columns(text) > width:
        while text and columns(text) > width - 1:
            text = text[:-1]
        text = text.rstrip() + "…"
    return text + " " * (width - columns(text))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(fit(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
