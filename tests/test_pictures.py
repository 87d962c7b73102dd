"""The pictures of README and guides: of six cards and two charts, made from what stands here now, legible and small."""

import io
import json

import pytest
from PIL import Image

from tools.pictures import IMAGES, MANIFEST, ROOT, Shown, demo, digest, said, sources
from tools.sheet import PRIMARY, THEMES, Theme

CARDS = {"card.png", "why.png", "figures.png", "summary.png", "timeline.png", "check.png"}
CHARTS = {"chart.png", "chart-timeline.png"}
PAGES = ("README.md", "docs/members.md")
MOST_BYTES = 150_000
# What the Web Content Accessibility Guidelines 2.2 ask of small text.
CONTRAST = 4.5


@pytest.fixture(scope="module")
def manifest() -> dict[str, dict[str, str]]:
    """Return what was written down when the pictures were drawn."""
    told: dict[str, dict[str, str]] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return told


def test_the_pictures_fit_the_scripts_and_the_articles_they_were_made_from(manifest: dict[str, dict[str, str]]) -> None:
    now = {path.relative_to(ROOT).as_posix(): digest(path) for path in sources()}
    assert manifest["sources"] == now, "run `make pictures` and look at docs/images"
    assert manifest["pictures"] == {path.name: digest(path) for path in IMAGES.glob("*.png")}
    assert set(manifest["pictures"]) == CARDS | CHARTS


async def test_the_pictures_say_what_the_bot_says_now(manifest: dict[str, dict[str, str]]) -> None:
    shown = await demo()
    assert manifest["words"] == said(shown), "run `make pictures` and look at docs/images"
    for name, one in shown.items():
        _demand_nothing_cut(name, one)


def _demand_nothing_cut(name: str, one: Shown) -> None:
    """Assert that a card ends above the lower edge and before the right one: a margin of one colour is around it."""
    drawn = Image.open(io.BytesIO(one.png())).convert("RGB")
    with Image.open(IMAGES / name) as stored:
        assert drawn.size == stored.size, f"{name}: run `make pictures`"
    margin = 12 if one.card else 8
    wide, tall = drawn.size
    corner = drawn.getpixel((1, 1))
    for box in ((0, 0, wide, margin), (0, tall - margin, wide, tall), (wide - margin, 0, wide, tall)):
        assert {colour for _, colour in drawn.crop(box).getcolors(9_999) or ()} == {corner}, (name, box)


def test_every_picture_is_shown_with_words_and_is_small(manifest: dict[str, dict[str, str]]) -> None:
    pages = {page: (ROOT / page).read_text(encoding="utf-8") for page in PAGES}
    for name in manifest["pictures"]:
        shown = {page: f"]({'docs/' if page == 'README.md' else ''}images/{name})" for page in PAGES}
        assert any(shown[page] in pages[page] for page in PAGES), name
        assert not any(f"![{shown[page]}" in pages[page] for page in PAGES), (
            f"{name}: in words, for those who cannot see"
        )
        assert (IMAGES / name).stat().st_size < MOST_BYTES, name
        assert manifest["words"][name]


def _light(colour: str) -> float:
    """Return the relative luminance of a colour as WCAG defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_cards_are_legible_in_both_looks(theme: Theme) -> None:
    for ink, ground in (
        *((ink, theme.box) for ink in (theme.text, theme.faint, theme.link)),
        (theme.text, theme.code),
        (theme.label, theme.button),
        ("#ffffff", PRIMARY),
    ):
        assert contrast(ink, ground) >= CONTRAST, (ink, ground)


def test_charts_are_legible_on_their_own_ground() -> None:
    from bot.render.chart import COLOURS, FAINT, INK, PAPER

    assert all(contrast(ink, PAPER) >= CONTRAST for ink in (INK, FAINT))
    # Marks are large, and of another shape each; WCAG asks 3 of them, and less where there is another sign.
    assert all(contrast(colour, PAPER) >= 2 for colour in COLOURS)
