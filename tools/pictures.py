"""Draw the pictures of the README from the demo's articles: the comparison card and the chart. `make pictures`.

The card is the bot's own: the same blocks of text that Discord gets, set in the manner of Discord's client, without its
fonts and emoji. `docs/images/manifest.json` holds digests of the pictures and of what they were made from; a test
compares them, so that nobody changes the demo's articles or this script and forgets the pictures.
"""

import asyncio
import hashlib
import io
import json
import re
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import matplotlib
from PIL import Image, ImageDraw, ImageFont

from bot.render.card import Card
from bot.render.card_story import comparison as comparison_card

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
MANIFEST = IMAGES / "manifest.json"
# Pretend that the articles were added then, so that the card does not change with the day it is drawn on.
ADDED = datetime(2022, 3, 24, 12, 0, tzinfo=UTC)
WIDTH, EDGE, PAD, BAR = 1500, 28, 34, 8
PAGE, BOX, CODE, TEXT, FAINT, LINK = "#313338", "#2b2d31", "#1e1f22", "#dbdee1", "#949ba4", "#00a8fc"
QUOTE, BUTTON = "#4e5058", "#4e5058"
ACCENT = {"flag": "#d55e00", "change": "#0072b2", "plain": "#7a7f87"}
SIZES = {"##": 36, "###": 31, "-#": 21, "": 26, "code": 22}
_INLINE = re.compile(r"\*\*(.+?)\*\*|\[([^\]]+)\]\(<?[^)>]+>?\)")


def sources() -> list[Path]:
    """Return what the pictures are made from, as far as the manifest watches it."""
    return [Path(__file__).resolve(), *sorted((ROOT / "seeds").glob("*.txt"))]


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


async def demo() -> tuple[Card, bytes, str]:
    """Add the demo's articles to a throw-away store; give the card of their story, the chart and its words."""
    from bot.services.coverage import Coverage
    from bot.services.fetching import LateFetcher
    from bot.services.worker import Analyser
    from bot.settings import Settings
    from bot.store import Store

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.model_construct(database_url=f"sqlite:///{folder}/demo.db")
        async with await Store.open(settings.database_url) as store, Analyser(1) as analyser:
            coverage = Coverage(store, analyser, LateFetcher(settings), lambda: ADDED)
            for file in sources()[1:]:
                await coverage.add_file("demo", file.name, file.read_bytes())
            view = await coverage.story("demo", 1)
            chart = await coverage.chart(view)
            await coverage.close()
        return comparison_card(view.story, view.comparison, remarks=view.remarks), chart.png, chart.alt


@cache
def font(size: int, bold: bool = False, mono: bool = False) -> ImageFont.FreeTypeFont:
    """Return one of the fonts that come with matplotlib."""
    name = f"DejaVuSans{'Mono' if mono else ''}{'-Bold' if bold else ''}.ttf"
    return ImageFont.truetype(str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name), size)


@dataclass
class Sheet:
    """A tall page that is drawn on from top to bottom, and cut off where the drawing ended."""

    y: float = EDGE + PAD
    image: Image.Image = field(default_factory=lambda: Image.new("RGB", (WIDTH, 8000), BOX))

    def __post_init__(self) -> None:
        self.draw = ImageDraw.Draw(self.image)

    def line(self, text: str) -> None:
        """Write one line of Discord's Markdown, broken at the width of the card."""
        mark = next((m for m in ("###", "##", "-#", ">", "-") if text.startswith(m + " ")), "")
        rest = text.removeprefix(mark).lstrip() if mark else text
        size = SIZES.get(mark, SIZES[""])
        left = EDGE + PAD + {">": 24, "-": 26}.get(mark, 0)
        top = self.y
        if mark == "-":
            self.draw.text((EDGE + PAD + 4, self.y), "•", TEXT, font(size))
        x: float = left
        for word, bold, link in _words(rest):
            face = font(size, bold or mark in ("##", "###"))
            wide = face.getlength(word)
            if x + wide > WIDTH - EDGE - PAD and x > left:
                x, self.y = left, self.y + size * 1.38
                word = word.lstrip()
                wide = face.getlength(word)
            self.draw.text((x, self.y), word, LINK if link else FAINT if mark == "-#" else TEXT, face)
            x += wide
        self.y += size * 1.38
        if mark == ">":
            self.draw.rounded_rectangle((EDGE + PAD, top + 1, EDGE + PAD + 6, self.y - 3), 3, QUOTE)

    def code(self, lines: list[str]) -> None:
        """Write a block of code."""
        step = SIZES["code"] * 1.3
        self.draw.rounded_rectangle(
            (EDGE + PAD, self.y, WIDTH - EDGE - PAD, self.y + step * len(lines) + 24), 8, CODE, "#3f4147"
        )
        for number, line in enumerate(lines):
            at = (EDGE + PAD + 16, self.y + 10 + number * step)
            self.draw.text(at, line, TEXT, font(SIZES["code"], mono=True))
        self.y += step * len(lines) + 36

    def buttons(self, labels: list[str]) -> None:
        """Draw a row of buttons."""
        x: float = EDGE + PAD
        for label in labels:
            wide = font(24, True).getlength(label) + 44
            self.draw.rounded_rectangle((x, self.y, x + wide, self.y + 56), 10, BUTTON)
            self.draw.text((x + 22, self.y + 13), label, "#ffffff", font(24, True))
            x += wide + 14
        self.y += 70


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


def picture(card: Card) -> bytes:
    """Draw a card as PNG."""
    sheet = Sheet()
    for place, block in enumerate(card.blocks):
        if place == 1:
            sheet.draw.line((EDGE + PAD, sheet.y + 4, WIDTH - EDGE - PAD, sheet.y + 4), "#3f4147", 2)
        sheet.y += 22 if place else 0
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
    sheet.y += 24
    for at in range(0, len(card.buttons), 5):
        sheet.buttons([b.label for b in card.buttons[at : at + 5]])
    low = int(sheet.y + PAD - 10)
    whole = Image.new("RGB", (WIDTH, low + EDGE), PAGE)
    box = Image.new("L", (WIDTH, low + EDGE), 0)
    ImageDraw.Draw(box).rounded_rectangle((EDGE, EDGE, WIDTH - EDGE, low), 14, 255)
    whole.paste(sheet.image.crop((0, 0, WIDTH, low + EDGE)), (0, 0), box)
    ImageDraw.Draw(whole).rounded_rectangle((EDGE, EDGE, EDGE + BAR, low), 4, ACCENT[card.tone])
    out = io.BytesIO()
    whole.quantize(96).save(out, "PNG", optimize=True)
    return out.getvalue()


def said(card: Card, alt: str) -> dict[str, str]:
    """Return what each picture says, in words."""
    return {"card.png": "\n".join(card.blocks).replace("\u200b", ""), "chart.png": alt}


def main() -> int:
    """Draw everything and write the manifest."""
    card, chart, alt = asyncio.run(demo())
    IMAGES.mkdir(parents=True, exist_ok=True)
    pictures = {"card.png": picture(card), "chart.png": chart}
    for name, png in pictures.items():
        (IMAGES / name).write_bytes(png)
    manifest = {
        "made_by": "make pictures",
        "sources": {path.relative_to(ROOT).as_posix(): digest(path) for path in sources()},
        "pictures": {name: digest(IMAGES / name) for name in pictures},
        "words": said(card, alt),
    }
    MANIFEST.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write("".join(f"{name}: {len(png):,} bytes\n" for name, png in pictures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
