"""One table of every command: how it is used ordinarily and what is wrong input to it, in an order that makes sense.

It is run twice: in the Discord in memory (tests/cogs) and on the real process over the loopback Discord (tests/wire). A
command that is registered and has no case here fails both.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.wire import coverage

SITE = "{site}"
FEED, PAGE, NOWHERE = f"{SITE}/feed.xml", f"{SITE}/news/ferry", f"{SITE}/nowhere"
# A value that is taken from what autocomplete offers first.
OFFERED = "?"
PERSON = "@otto"


@dataclass(frozen=True, slots=True)
class File:
    """A file that is attached."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """One use of a command; `says` is part of the answer. `bad` is wrong input, `refuses` part of the answer to that."""

    command: str
    options: dict[str, Any]
    says: str
    bad: dict[str, Any] | None = None
    refuses: str = ""
    moderator: bool = False
    # An answer that nothing is wrong with, though what was asked for is not there.
    empty: bool = field(default=False)


HERALD = File("herald.txt", coverage.HEADED)
TIMES = File(
    "times.txt", f"Ferry accident off Vostmark\n\n{coverage.NAVY} Boats of the coast guard searched the bay.\n"
)
OPML = File(
    "list.opml",
    '<?xml version="1.0"?><opml version="2.0"><body><outline text="Bay Radio" type="rss"'
    f' xmlUrl="{SITE}/radio.xml" htmlUrl="https://radio.example"/></body></opml>',
)
RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Island Times</title><item><title>Many dead in ferry'
    f" accident</title><link>{PAGE}</link><guid>1</guid><pubDate>Thu, 02 May 2024 18:00:00 GMT</pubDate></item>"
    "</channel></rss>"
)
_NO_STORY, _NO_ARTICLE = {"story": "volcano"}, {"article": "volcano"}
_STORYLESS, _ARTICLELESS = "No story here has “volcano” in it.", "No article here has “volcano” in it."
_WHY = {"reason": "seen by the desk"}


def _by_moderator(
    command: str, options: dict[str, Any], says: str, bad: dict[str, Any] | None = None, refuses: str = ""
) -> Case:
    return Case(command, options, says, bad, refuses, moderator=True)


CASES = (
    Case("help", {"topic": "compare"}, "## /compare", {"topic": "weather"}, "There is no command or topic “weather”."),
    Case("privacy", {}, "What Corrobot keeps"),
    Case("about", {}, "never says which one is true"),
    Case("article add", {"file": HERALD}, "Added.", {"url": PAGE, "file": HERALD}, "Give either a link or a file"),
    Case("article add", {"file": TIMES, "outlet": "Island Times", "published": "2024-05-02"}, "⚠️ **Conflict",
         {"file": TIMES, "published": "soon"}, "“soon” is no date."),
    Case("article add", {"url": PAGE}, "Already known here.|Added.", {"url": NOWHERE}, "/nowhere"),
    Case("article show", {"article": "1"}, "Harbour Herald", _NO_ARTICLE, _ARTICLELESS),
    Case("article list", {"page": 1}, "newest first, page 1"),
    Case("article edit", {"article": "2", "title": "Ferry sinks"}, "Corrected.", _NO_ARTICLE, _ARTICLELESS),
    Case("story list", {"query": "ferry"}, "Ferry accident off Vostmark", {"query": "volcano"}, _STORYLESS, empty=True),
    Case("story show", {"story": "ferry"}, "Sources side by side", _NO_STORY, _STORYLESS),
    Case("story timeline", {"story": "1"}, "Timeline: Ferry accident off Vostmark", _NO_STORY, _STORYLESS),
    Case("compare", {"story": "1", "policy": "lowest"}, "Which figure leads", _NO_STORY, _STORYLESS),
    Case("summary", {"story": "1"}, "Where their figures differ", {}, "Name an article or a story."),
    Case("summary", {"article": "1"}, coverage.POLICE, {"story": "1", "article": "1"}, "Name an article or a story."),
    Case("flags", {}, "1 conflict in this server", _NO_STORY, _STORYLESS),
    Case("check", {"text": "The ferry accident off Vostmark killed 5 people."}, "**Against story 1:**",
         {"text": "The sea is calm."}, "No figure was found in this text.", empty=True),
    Case("figures", {"query": "killed vostmark"}, "figures found", {"query": "volcano"}, "No stored figure fits “volcano”",
         empty=True),
    Case("watch add", {"story": "1"}, "You watch story 1 now.", _NO_STORY, _STORYLESS),
    Case("watch list", {}, "Ferry accident off Vostmark"),
    Case("mydata show", {}, "Stories you watch: 1"),
    Case("watch remove", {"story": "1"}, "You watch story 1 no longer.", _NO_STORY, _STORYLESS),
    Case("mydata delete", {}, "3 articles and 0 watches of yours"),
    _by_moderator("source add", {"name": "Island Times", "domains": "times.example", "letter": "B"}, "Island Times (B)",
                  {"name": "Nobody", "domains": "no domain"}, "is no domain; give one like example.org."),
    _by_moderator("source list", {}, "Island Times (B): times.example"),
    _by_moderator("source edit", {"source": "1", "letter": "A"}, "Island Times (A)", {"source": "1"}, "Say what to change"),
    _by_moderator("source test", {"url": FEED}, "1 entry", {"url": NOWHERE}, "/nowhere"),
    _by_moderator("source feed", {"source": "Island Times", "url": FEED}, "Island Times has the feed",
                  {"source": "Nobody", "url": FEED}, "“Nobody” is no source here."),
    _by_moderator("source health", {}, "1 feed"),
    _by_moderator("source export", {"format": "json"}, "The outlets and feeds of this server."),
    _by_moderator("source import", {"file": OPML}, "1 outlet and 1 feed were added",
                  {"file": File("list.opml", "no list")}, "list.opml"),
    _by_moderator("source remove", {"source": "Bay Radio"}, "Bay Radio (F)", {"source": "Nobody"},
                  "“Nobody” is no source here."),
    _by_moderator("ruling scope", {"flag": "1", "step": "time"} | _WHY, "Ruling 1:",
                  {"flag": "9", "step": "time"} | _WHY, "There is no story 9 here."),
    _by_moderator("ruling undo", {"ruling": 1}, "Ruling 1 is taken back", {"ruling": 999}, "There is no ruling 999 in force"),
    _by_moderator("ruling dismiss", {"flag": OFFERED} | _WHY, "Ruling 2:", {"flag": "words"} | _WHY, "That flag is not there"),
    _by_moderator("ruling reading", {"figure": OFFERED, "place": "Vostmark"} | _WHY, "Ruling 3:",
                  {"figure": "words"} | _WHY, "That figure is not there"),
    _by_moderator("ruling correct", {"article": "1", "outlet": "Harbour Post"} | _WHY, "Ruling 4:", {"article": "1"} | _WHY,
                  "Say what to correct"),
    _by_moderator("ruling split", {"articles": "2"} | _WHY, "Ruling 5:", {"articles": "none"} | _WHY, "Name articles by their"),
    _by_moderator("ruling merge", {"story": "1", "other": "2"} | _WHY, "Ruling 6:", {"story": "1", "other": "1"} | _WHY,
                  "cannot be merged with itself"),
    _by_moderator("audit", {"page": 1}, "**ruling merge**|**merge**"),
    _by_moderator("mute add", {"story": "1"}, "Muted: story 1.", {}, "Name one of the two: a story or an outlet."),
    _by_moderator("mute list", {}, "story 1: "),
    _by_moderator("mute remove", {"story": "1"}, "Muted no longer: story 1.", {}, "Name one of the two"),
    _by_moderator("settings set", {"key": "quiet_hours", "value": "22:00-07:00"}, "`quiet_hours` is now **22:00-07:00**.",
                  {"key": "quiet_hours", "value": "never"}, "quiet_hours are written like 22:00-07:00."),
    _by_moderator("settings show", {}, "`quiet_hours`: **22:00-07:00**"),
    _by_moderator("settings reset", {"key": "quiet_hours"}, "`quiet_hours` is now **not set**."),
    _by_moderator("export", {"format": "csv", "story": "1"}, "Here is story 1.", {"since": "soon"}, "“soon” is no date."),
    _by_moderator("forget", {"member": PERSON}, "This deletes 0 articles and 0 watches", {}, "Name one of the three"),
    Case("article remove", {"article": "2"}, "Article 2 (Ferry sinks) was removed", _NO_ARTICLE, _ARTICLELESS),
)  # fmt: skip
# What is done with a message, and part of the answer; to a message without text they all say the same.
MENUS = {
    "Read this article": "Ferry accident off Vostmark",
    "Check these figures": "(your text)",
    "Summarize": "not stored; use “Read this article” to keep it",
}
MESSAGE = f"{coverage.POLICE} The ferry had struck a rock near the lighthouse off Vostmark."
SILENT = "No link, file or text"


def fits(says: str, told: str) -> bool:
    """Tell whether an answer says what it should, or one of the two that it may."""
    return any(one in told for one in says.split("|"))
