"""Draw the pictures of README and guides: six cards and two charts, from the demo's articles. `make pictures`.

The cards are the bot's own: the same blocks of text that Discord gets, set by `tools/sheet.py` in the manner of Discord's
client, four in its dark look and two in its light one. `docs/images/manifest.json` holds digests of the pictures, of what
they were made from, and the words in them; a test compares them with what the bot says now.
"""

import asyncio
import hashlib
import io
import json
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from bot.render import card_lists, card_story
from bot.render.card import Card, Picture
from tools.sheet import Look, picture, small

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
MANIFEST = IMAGES / "manifest.json"
# The story of the demo, and the made-up ferry of docs/cli.md, whose toll rises.
WAR, FERRY = "seeds", "docs/examples"
SCRIPTS = ("tools/pictures.py", "tools/sheet.py")
CHECKED = "The ferry accident off Vostmark killed 15 people, the coast guard said."
# Pretend that the articles were added then, so that the cards do not change with the day they are drawn on.
ADDED = {WAR: datetime(2022, 3, 24, 12, 0, tzinfo=UTC), FERRY: datetime(2024, 5, 8, 12, 0, tzinfo=UTC)}


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture: a card in one look of the client, or a chart alone."""

    words: str
    card: Card | None = None
    chart: bytes = b""
    look: Look = "dark"

    def png(self) -> bytes:
        """Draw it."""
        return picture(self.card, self.look) if self.card else small(Image.open(io.BytesIO(self.chart)))


def articles(folder: str) -> list[Path]:
    """Return the articles of a story."""
    return sorted((ROOT / folder).glob("*.txt"))


def sources() -> list[Path]:
    """Return what the pictures are made from, as far as the manifest watches it."""
    return [*(ROOT / name for name in SCRIPTS), *articles(WAR), *articles(FERRY)]


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def words_of(card: Card) -> str:
    """Return all that a card says."""
    told = ["\n".join(card.blocks).replace("\u200b", "")]
    told += [card.picture.alt] if card.picture else []
    told += [" | ".join(b.label for b in card.buttons)] if card.buttons else []
    return "\n".join(told)


async def demo() -> dict[str, Shown]:
    """Add the articles to a throw-away store, as two servers would; give every picture by the name of its file."""
    from bot.services.coverage import Coverage
    from bot.services.fetching import LateFetcher
    from bot.services.worker import Analyser
    from bot.settings import Settings
    from bot.store import Store
    from cogs.stories import CHART, TIMELINE, summary_card

    added = [ADDED[WAR]]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.model_construct(database_url=f"sqlite:///{folder}/demo.db")
        async with await Store.open(settings.database_url) as store, Analyser(1) as analyser:
            coverage = Coverage(store, analyser, LateFetcher(settings), lambda: added[0])
            for server in (WAR, FERRY):
                added[0] = ADDED[server]
                for file in articles(server):
                    await coverage.add_file(server, file.name, file.read_bytes())
            war, ferry = await coverage.story(WAR, 1), await coverage.story(FERRY, 1)
            chart, timeline = await coverage.chart(war), await coverage.chart(ferry, timeline=True)
            summary = summary_card(await coverage.summary(WAR, story=1))
            checked = await coverage.check(FERRY, CHECKED)
            await coverage.close()
    why, figures = (card_story.page(what, war.story, war.comparison, 0) for what in ("why", "figures"))
    moved = Picture(TIMELINE, timeline.png, timeline.alt)
    cards: dict[str, tuple[Card, Look]] = {
        "card.png": (card_story.comparison(war.story, war.comparison, remarks=war.remarks), "dark"),
        "why.png": (why, "dark"),
        "figures.png": (figures, "dark"),
        "summary.png": (summary, "light"),
        "timeline.png": (card_story.page("timeline", ferry.story, ferry.comparison, 0, moved), "dark"),
        "check.png": (
            card_lists.checked(checked.article, checked.figures, checked.stories, checked.remarks),
            "light",
        ),
    }
    shown = {name: Shown(words_of(card), card, look=look) for name, (card, look) in cards.items()}
    charts = {CHART: chart, f"chart-{TIMELINE}": timeline}
    return shown | {name: Shown(one.alt, chart=one.png) for name, one in charts.items()}


def said(shown: dict[str, Shown]) -> dict[str, str]:
    """Return what each picture says, in words."""
    return {name: one.words for name, one in shown.items()}


def main() -> int:
    """Draw everything and write the manifest."""
    shown = asyncio.run(demo())
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, one in shown.items():
        (IMAGES / name).write_bytes(png := one.png())
        sys.stdout.write(f"{name}: {len(png):,} bytes\n")
    manifest = {
        "made_by": "make pictures",
        "sources": {path.relative_to(ROOT).as_posix(): digest(path) for path in sources()},
        "pictures": {name: digest(IMAGES / name) for name in shown},
        "words": said(shown),
    }
    MANIFEST.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
