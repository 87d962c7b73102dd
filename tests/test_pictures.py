"""The pictures in the README were made from this script and these articles, and nothing was changed since."""

import json

from tools.pictures import IMAGES, MANIFEST, ROOT, demo, digest, said, sources


def test_the_pictures_fit_the_script_and_the_articles_they_were_made_from() -> None:
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    now = {path.relative_to(ROOT).as_posix(): digest(path) for path in sources()}
    assert manifest["sources"] == now, "run `make pictures` and look at docs/images"
    assert manifest["pictures"] == {path.name: digest(path) for path in IMAGES.glob("*.png")}


async def test_the_pictures_say_what_the_bot_says_now() -> None:
    card, _, alt = await demo()
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    assert manifest["words"] == said(card, alt), "run `make pictures` and look at docs/images"


def test_every_picture_is_shown_with_words_and_is_small() -> None:
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in manifest["pictures"]:
        assert f"](docs/images/{name})" in readme and f"![](docs/images/{name})" not in readme
        assert (IMAGES / name).stat().st_size < 400_000
        assert manifest["words"][name]
