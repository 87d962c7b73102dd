"""Feeds of outlets through Discord: given, tried, looked after, brought in and out."""

from typing import Any

import pytest

from tests.cogs.town import FERRY_URL, Town, message_of, private, said

FEED = "https://orla-herald.example/feed.xml"
RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Orla Herald</title>
<item><title>Ferry accident [x](https://evil.example) @everyone</title><link>{FERRY_URL}</link><guid>1</guid>
<pubDate>Mon, 06 May 2024 08:00:00 GMT</pubDate></item></channel></rss>"""
OPML = """<?xml version="1.0"?><opml version="2.0"><body>
<outline text="Orla Herald" type="rss" xmlUrl="https://orla-herald.example/feed.xml" htmlUrl="https://orla-herald.example"/>
<outline text="Lake Courier" type="rss" xmlUrl="https://lake.example/feed"/></body></opml>"""


async def use(town: Town, command: str, /, **options: Any) -> Any:
    """Use a command of `/source`; only the asker sees its answer."""
    result = await town.slash(f"source {command}", who=town.moderator, **options)
    assert private(result)
    return result


async def test_a_feed_is_tried_given_and_looked_after(town: Town) -> None:
    town.web.pages[FEED] = RSS
    tried = said(await use(town, "test", url=FEED))
    assert "Orla Herald" in tried and "1 entry" in tried and "6 May 2024" in tried
    assert "Ferry accident [x](https://evil.example) @everyone" in tried
    assert "No feed is registered here." in said(await use(town, "health"))
    await use(town, "add", name="Orla Herald")
    assert f"Orla Herald has the feed {FEED} now" in said(await use(town, "feed", source="Orla Herald", url=FEED))
    health = said(await use(town, "health"))
    assert "1 feed" in health and "**not asked yet**: 1. Orla Herald" in health
    gone = said(await use(town, "feed", source="1", url=FEED, remove="yes"))
    assert f"The feed {FEED} is asked no longer" in gone
    assert "cannot be reached" in said(await use(town, "test", url="https://nowhere.example/feed"))
    assert "is no source here" in said(await use(town, "feed", source="Nobody", url=FEED))
    town.expected()


async def test_lists_are_brought_in_and_out(town: Town) -> None:
    told = said(await use(town, "import", file=("list.opml", OPML.encode())))
    assert "2 outlets and 2 feeds were added; 0 outlets known before." in told
    again = said(await use(town, "import", file=("list.opml", OPML.encode())))
    assert "0 outlets and 0 feeds were added; 2 outlets known before." in again
    for format, part in (("opml", b"xmlUrl"), ("json", b"lake.example/feed")):
        [file] = message_of(await use(town, "export", format=format)).attachments
        assert file.filename == f"corrobot-sources.{format}" and part in await file.read()
    await use(town, "import", file=("list.opml", b"no list"))
    town.expected()


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("feed", {"source": "1", "url": FEED}),
        ("test", {"url": FEED}),
        ("health", {}),
        ("import", {"file": ("list.opml", b"x")}),
        ("export", {}),
    ],
)
async def test_members_are_refused(town: Town, command: str, options: dict[str, Any]) -> None:
    await town.open("source")
    result = await town.slash(f"source {command}", **options)
    assert "Only moderators of this server" in said(result) and private(result)
    town.expected()
