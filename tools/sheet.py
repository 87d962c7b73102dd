"""Draw a card in the manner of Discord's client, in its dark and its light look, without its fonts and emoji."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

import matplotlib
from PIL import Image, ImageDraw, ImageFont

from bot.render.card import BUTTONS_A_ROW, Button, Card
from bot.render.card_layout import COLOURS

Look = Literal["dark", "light"]
WIDTH, EDGE, PAD, BAR = 1200, 22, 28, 7
COLOURS_KEPT = 256
PRIMARY = "#5865f2"


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one look of the client."""

    page: str
    box: str
    code: str
    text: str
    faint: str
    link: str
    line: str
    button: str
    label: str


THEMES: dict[Look, Theme] = {
    "dark": Theme("#313338", "#2b2d31", "#1e1f22", "#dbdee1", "#a3a8b0", "#00a8fc", "#3f4147", "#4e5058", "#ffffff"),
    "light": Theme("#ffffff", "#f2f3f5", "#e8eaed", "#2e3338", "#5c5e66", "#0067b8", "#d4d7dc", "#dcdee2", "#2e3338"),
}
SIZES = {"##": 29, "###": 25, "-#": 17, "": 21, "code": 18}
_INLINE = re.compile(r"\*\*(.+?)\*\*|\[([^\]]+)\]\(<?[^)>]+>?\)")


@cache
def font(size: int, bold: bool = False, mono: bool = False) -> ImageFont.FreeTypeFont:
    """Return one of the fonts that come with matplotlib."""
    name = f"DejaVuSans{'Mono' if mono else ''}{'-Bold' if bold else ''}.ttf"
    return ImageFont.truetype(str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name), size)


@dataclass
class Sheet:
    """A tall page that is drawn on from top to bottom, and cut off where the drawing ended."""

    theme: Theme
    y: float = EDGE + PAD
    image: Image.Image = field(init=False)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH, 8000), self.theme.box)
        self.draw = ImageDraw.Draw(self.image)

    def line(self, text: str) -> None:
        """Write one line of Discord's Markdown, broken at the width of the card."""
        mark = next((m for m in ("###", "##", "-#", ">", "-") if text.startswith(m + " ")), "")
        rest = text.removeprefix(mark).lstrip() if mark else text
        size = SIZES.get(mark, SIZES[""])
        left = EDGE + PAD + {">": 24, "-": 26}.get(mark, 0)
        top = self.y
        if mark == "-":
            self.draw.text((EDGE + PAD + 4, self.y), "•", self.theme.text, font(size))
        x: float = left
        for word, bold, link in _words(rest):
            face = font(size, bold or mark in ("##", "###"))
            wide = face.getlength(word)
            if x + wide > WIDTH - EDGE - PAD and x > left:
                x, self.y = left, self.y + size * 1.38
                word = word.lstrip()
                wide = face.getlength(word)
            self.draw.text((x, self.y), word, self._colour(mark, link), face)
            x += wide
        self.y += size * 1.38
        if mark == ">":
            self.draw.rounded_rectangle((EDGE + PAD, top + 1, EDGE + PAD + 6, self.y - 3), 3, self.theme.button)

    def _colour(self, mark: str, link: bool) -> str:
        return self.theme.link if link else self.theme.faint if mark == "-#" else self.theme.text

    def code(self, lines: list[str]) -> None:
        """Write a block of code."""
        step = SIZES["code"] * 1.3
        self.draw.rounded_rectangle(
            (EDGE + PAD, self.y, WIDTH - EDGE - PAD, self.y + step * len(lines) + 24),
            8,
            self.theme.code,
            self.theme.line,
        )
        for number, line in enumerate(lines):
            at = (EDGE + PAD + 16, self.y + 10 + number * step)
            self.draw.text(at, line, self.theme.text, font(SIZES["code"], mono=True))
        self.y += step * len(lines) + 36

    def buttons(self, row: Sequence[Button]) -> None:
        """Draw a row of buttons."""
        x: float = EDGE + PAD
        for one in row:
            wide = font(18, True).getlength(one.label) + 32
            primary = one.style == "primary"
            self.draw.rounded_rectangle(
                (x, self.y, x + wide, self.y + 42), 8, PRIMARY if primary else self.theme.button
            )
            self.draw.text((x + 16, self.y + 10), one.label, "#ffffff" if primary else self.theme.label, font(18, True))
            x += wide + 12
        self.y += 54

    def show(self, png: bytes) -> None:
        """Put a picture in, as wide as the card."""
        shown = Image.open(io.BytesIO(png)).convert("RGB")
        wide = WIDTH - 2 * (EDGE + PAD)
        shown = shown.resize((wide, round(shown.height * wide / shown.width)), Image.Resampling.LANCZOS)
        self.image.paste(shown, (EDGE + PAD, round(self.y)))
        self.y += shown.height + 10


def _words(text: str) -> list[tuple[str, bool, bool]]:
    """Take a line apart into words with what stands before them: bold or not, link or not."""
    text = text.replace("\u200b", "").replace("\ufe0f", "")
    found: list[tuple[str, bool, bool]] = []
    at = 0
    for one in [*_INLINE.finditer(text), None]:
        plain = text[at : one.start() if one else len(text)]
        found += [(word, False, False) for word in re.findall(r"\s*\S+|\s+$", plain)]
        if one:
            label = one[1] or one[2]
            found += [(word, one[1] is not None, one[1] is None) for word in re.findall(r"\s*\S+", label)]
            at = one.end()
    return [(re.sub(r"\\([^A-Za-z0-9\s])", r"\1", word), bold, link) for word, bold, link in found]


def picture(card: Card, look: Look = "dark") -> bytes:
    """Draw a card as PNG."""
    theme = THEMES[look]
    sheet = Sheet(theme)
    for place, block in enumerate(card.blocks):
        if place == 1:
            sheet.draw.line((EDGE + PAD, sheet.y + 4, WIDTH - EDGE - PAD, sheet.y + 4), theme.line, 2)
        sheet.y += 18 if place else 0
        inside: list[str] | None = None
        for line in block.split("\n"):
            if line.strip() == "```":
                if inside:
                    sheet.code(inside)
                inside = [] if inside is None else None
            elif inside is not None:
                inside.append(line)
            else:
                sheet.line(line) if line.strip() else None
    sheet.y += 18
    if card.picture:
        sheet.show(card.picture.png)
    for at in range(0, len(card.buttons), BUTTONS_A_ROW):
        sheet.buttons(card.buttons[at : at + BUTTONS_A_ROW])
    low = int(sheet.y + PAD - 10)
    whole = Image.new("RGB", (WIDTH, low + EDGE), theme.page)
    box = Image.new("L", (WIDTH, low + EDGE), 0)
    ImageDraw.Draw(box).rounded_rectangle((EDGE, EDGE, WIDTH - EDGE, low), 11, 255)
    whole.paste(sheet.image.crop((0, 0, WIDTH, low + EDGE)), (0, 0), box)
    accent = f"#{COLOURS[card.tone]:06x}"
    ImageDraw.Draw(whole).rounded_rectangle((EDGE, EDGE, EDGE + BAR, low), 3, accent)
    return small(whole)


def small(image: Image.Image) -> bytes:
    """Return a picture as a PNG of few colours: text and lines need no more."""
    out = io.BytesIO()
    image.convert("RGB").quantize(COLOURS_KEPT, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()
