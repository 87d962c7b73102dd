"""When a feed is asked again and which of its entries are taken: decisions without store, network or clock.

Times are seconds. `chance` is a number from 0 to 1 that spreads the feeds, so that they are not all asked at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.ingest.identity import canonical_url, host_of
from bot.model import Article

if TYPE_CHECKING:
    from bot.ingest.feeds import Entry

FIRST_INTERVAL, LEAST_INTERVAL, MOST_INTERVAL = 15 * 60, 5 * 60, 4 * 3600
MOST_BACKOFF = 24 * 3600
JITTER = 0.1
# So many failures in a row pause a feed until somebody asks for it again.
FAILURES_TO_PAUSE = 10
# The first poll of a feed takes its newest entries only; no poll takes more than the most.
FIRST_ENTRIES, MOST_ENTRIES = 5, 20
# Clocks of servers go wrong, and a date far ahead is none.
MOST_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """What a feed told of a page before it was fetched."""

    published: str | None = None
    origin: str | None = None
    origin_host: str | None = None

    def beside(self, article: Article) -> Article:
        """Return the article with what the feed told and the page does not state.

        A date that the page states (jsonld, meta), or somebody gave, stays. `copy_of` becomes the name of the publication
        that the entry was taken from, where that is not the page's own.
        """
        if self.published and article.published_from not in ("header", "option", "jsonld", "meta"):
            notes = tuple(note for note in article.notes if not note.startswith("date "))
            article = replace(article, published=self.published, published_from="feed", notes=notes)
        own = (article.outlet or "").casefold(), (host_of(article.url) if article.url else None) or ""
        same = self.origin is None or self.origin.casefold() == own[0]
        same = same or (self.origin_host is not None and _site(self.origin_host) == _site(own[1]))
        return article if same else replace(article, copy_of=self.origin)


def _site(host: str) -> str:
    return host.removeprefix("www.")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a poll does with new entries, as positions: take these, pass those over, and how many are left for later."""

    taken: tuple[int, ...]
    passed: tuple[int, ...]
    left: int


def wanted(entry: "Entry", include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Tell whether an entry's title and summary hold a word that is asked for, and none that is not."""
    text = f"{entry.title}\n{entry.summary}".casefold()
    if any(word.casefold() in text for word in exclude):
        return False
    return not include or any(word.casefold() in text for word in include)


def choose(
    entries: "Sequence[Entry]", new: Sequence[int], *, first: bool, include: Sequence[str], exclude: Sequence[str]
) -> Choice:
    """Choose among the positions of new entries: of a first poll the newest, else the oldest first, up to the most.

    Feeds list the newest first; where every entry is dated, the dates decide. Equal addresses count once.
    """
    by_url: dict[str, int] = {}
    for n in new:
        by_url.setdefault(canonical_url(entries[n].url), n)
    once = list(by_url.values())
    if all(entries[n].published for n in once):
        once.sort(key=lambda n: _moment(entries[n].published), reverse=True)
    wish = [n for n in once if wanted(entries[n], include, exclude)]
    taken = wish[:FIRST_ENTRIES] if first else wish[-MOST_ENTRIES:]
    rest = () if first else tuple(wish[:-MOST_ENTRIES])
    passed = tuple(n for n in new if n not in taken and n not in rest)
    return Choice(tuple(reversed(taken)), passed, len(rest))


def _moment(published: str | None) -> float:
    moment = datetime.fromisoformat(published or "1970-01-01")
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def sane(published: str | None, now: datetime) -> str | None:
    """Return a date of a feed unless it lies in the future."""
    if published is None or datetime.fromtimestamp(_moment(published), UTC) > now + MOST_AHEAD:
        return None
    return published


def next_interval(interval: int, *, new: int, left: int, ttl: int | None) -> int:
    """Return how soon a feed is asked again that answered: sooner where it had something new, later where not."""
    if left:
        return LEAST_INTERVAL
    found = max(LEAST_INTERVAL, interval // 2) if new else min(MOST_INTERVAL, interval * 3 // 2)
    return max(found, min(ttl or 0, MOST_INTERVAL))


def spread(seconds: float, chance: float) -> float:
    """Return a wait a little longer or shorter."""
    return seconds * (1 + JITTER * (2 * chance - 1))


def backoff(interval: int, failures: int, asked: float | None) -> float:
    """Return how long to leave a feed alone after so many failures in a row; never less than the host asked for."""
    return max(min(MOST_BACKOFF, interval * 2.0 ** min(failures, 16)), asked or 0.0)
