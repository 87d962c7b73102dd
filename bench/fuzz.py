"""Hostile inputs by the hundred thousand: `python -m bench.fuzz [TARGET ...] [--inputs 100000] [--seed 1]`, `make fuzz`.

Hypothesis makes the inputs, half of them from the pieces that each target understands. What a target may raise is
declared; anything else, and an input that costs more than two seconds, is a finding: it is printed, and the exit status
is 1. Each input is as long as hypothesis makes it; long ones are the matter of tests/language/test_hostile.py.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from bench.pieces import DATES, FEED, HEADERS, MARKUP, NUMBERS, OPML, PRESSED
from bot.ingest import infer
from bot.ingest.article import from_bytes
from bot.ingest.boilerplate import Boilerplate
from bot.ingest.dates import date_in, iso_published
from bot.ingest.feeds import feeds_of_page, parse_feed
from bot.ingest.opml import read_list, to_json, to_opml
from bot.ingest.paste import headline, read_headers
from bot.knowledge.base import Knowledge
from bot.language.dates import resolve
from bot.language.grammar import Grammar
from bot.model import Article, CorrobotError
from bot.resources import resource
from bot.services import work
from bot.services.checking import ID

MOST_S = 2.0
BATCH = 50
URL = "https://www.tide.example/news/ferries"
Inputs = st.SearchStrategy[str]


def pieces(parts: list[str], most: int = 24, glue: str = "") -> Inputs:
    """Put pieces that mean something and any letters beside each other, as bytes say: one draw instead of dozens."""

    def build(data: bytes) -> str:
        found, drawn = [], iter(data)
        for byte in drawn:
            # One in five is any letter, the surrogates left out.
            letter = chr((next(drawn, 0) * 269 + byte) % 0xD800) if byte % 5 == 0 else ""
            found.append(letter or parts[byte % len(parts)])
        return glue.join(found)

    return st.binary(max_size=most).map(build)


def torn(inputs: Inputs, head: str = "", tail: str = "") -> st.SearchStrategy[bytes]:
    """Make bytes of texts, half of them between a head and a tail, some with bytes that belong to no letter."""

    def build(drawn: tuple[str, int]) -> bytes:
        text, way = drawn
        whole = f"{head}{text}{tail}" if way % 2 else text
        return whole.encode("utf-8", "surrogatepass") + (b"\xff\xfe\x80"[: way % 4] if way % 16 > 11 else b"")

    return st.tuples(inputs, st.integers(0, 15)).map(build)


@dataclass(slots=True)
class Target:
    """What is fed, how many inputs it took, the one that cost most, and what went wrong."""

    name: str
    inputs: st.SearchStrategy[object]
    call: Callable[[object], object]
    taken: int = 0
    refused: int = 0
    slowest: float = 0.0
    findings: list[str] = field(default_factory=list)

    def take(self, given_: object) -> None:
        """Feed one input; the declared error is a refusal, anything else a finding."""
        self.taken += 1
        began = process_time()
        try:
            self.call(given_)
        except CorrobotError:
            self.refused += 1
        except Exception as error:
            self.findings.append(f"{self.name}: {type(error).__name__}: {error}: {given_!r}"[:1_000])
        took = process_time() - began
        self.slowest = max(self.slowest, took)
        if took > MOST_S:
            self.findings.append(f"{self.name}: {took:.1f} s: {given_!r}"[:1_000])


class Ids:
    """What Discord sends back as the id of a button, up to the store that its numbers are looked for in."""

    def __init__(self, folder: Path) -> None:
        from bot.store import Store
        from cogs.buttons import BUTTONS

        self.loop = asyncio.new_event_loop()
        self.store = self.loop.run_until_complete(Store.open(folder / "ids.db"))
        self.templates = [button.__discord_ui_compiled_template__ for button in BUTTONS]

    def __call__(self, given_: object) -> None:
        """Find the button of an id as discord.py does, and what its numbers name."""
        found = [match for template in self.templates if (match := template.fullmatch(str(given_)))]
        if len(found) > 1:
            raise AssertionError("two buttons know this id")
        for number in [int(v) for match in found for v in match.groupdict().values() if v.isdecimal()]:
            self.loop.run_until_complete(self._look(number))

    async def _look(self, number: int) -> None:
        await self.store.stories.get("1", number)
        await self.store.articles.get("1", number)
        await self.store.sources.get("1", number)

    def close(self) -> None:
        """Close the store."""
        self.loop.run_until_complete(self.store.close())
        self.loop.close()


def targets(folder: Path, stack: list[Callable[[], None]]) -> dict[str, Target]:
    """Make all targets; what is to be closed goes on the stack."""
    lists = Boilerplate.load(resource("data", "lexicon"))
    grammar = Grammar.make(Knowledge.load(resource("data")))

    def extraction(data: object) -> None:
        from_bytes("a1", "page.html", data, boilerplate=lists, url=URL)  # type: ignore[arg-type]

    def numbers(text: object) -> None:
        for found in grammar.scan(str(text))[1]:
            if not 0 <= found.start < found.end <= len(str(text)):
                raise AssertionError("a span outside the text")

    def dates(text: object) -> None:
        for span in grammar.dates.scan(str(text)):
            for day in (None, work_day):
                resolve(span, day)
        iso_published(str(text))
        date_in(str(text), lists.dates)
        infer.infer_date(str(text), lists)

    def headers(text: object) -> None:
        found = read_headers(str(text), lists)
        headline(found.text, lists)
        from_bytes("a1", "-", str(text).encode("utf-8", "replace"), boilerplate=lists)

    def opml(data: object) -> None:
        listed = read_list(data, "list.opml")  # type: ignore[arg-type]
        try:
            read_list(to_opml(listed).encode("utf-8", "replace"), "again.opml")
            again = read_list(to_json(listed).encode("utf-8", "replace"), "again.json")
        except CorrobotError as error:
            raise AssertionError(f"what was written cannot be read again: {error.message}") from error
        if [one.name.casefold() for one in again] != [one.name.casefold() for one in listed]:
            raise AssertionError("other outlets are read than were written")

    def feed(data: object) -> None:
        parse_feed(data, URL)  # type: ignore[arg-type]

    def site(data: object) -> None:
        feeds_of_page(data, URL)  # type: ignore[arg-type]

    def check(text: object) -> None:
        article = Article(ID, ID, str(text).strip(), outlet="your text")
        if article.text:
            reading = work.read(article)
            work.check([((*known, article), (*readings, reading), ())], ID)

    work.warm()
    from datetime import date

    work_day = date(2024, 5, 3)
    told = "In Halden, officials said that {} people were killed on Monday. Police had reported {} injured."
    known = [Article(f"a{n}", "x", told.format(12 + n, 30), title="Ferry sinks off Halden") for n in (1, 2)]
    readings = [work.read(article) for article in known]
    ids = Ids(folder)
    stack.append(ids.close)
    said = "".join(
        f"<p>{told.format(n, 30)} Divers went on with the search, she said, until noon.</p>" for n in range(3)
    )
    top, end = f"<html><body><h1>Ferry sinks</h1><article>{said}", "</article></body></html>"
    made: dict[str, tuple[st.SearchStrategy[object], Callable[[object], object]]] = {
        "numbers": (pieces(NUMBERS, glue=" "), numbers),
        "dates": (pieces(DATES, glue=" "), dates),
        "headers": (pieces(HEADERS), headers),
        "opml": (torn(pieces(OPML), "<opml version='2.0'><body>", "</body></opml>"), opml),
        "feed": (torn(pieces(FEED), "<rss version='2.0'><channel><title>A</title>", "</channel></rss>"), feed),
        "site": (torn(pieces(MARKUP), "<html><head>", "</head></html>"), site),
        "ids": (pieces(PRESSED, 8), ids),
        "extraction": (torn(pieces(MARKUP), top, end), extraction),
        "check": (pieces(NUMBERS + DATES, 12, " "), check),
    }
    return {name: Target(name, inputs, call) for name, (inputs, call) in made.items()}


def feed_it(target: Target, inputs: int, number: int) -> None:
    """Give a target so many inputs."""

    @seed(number)
    # What hypothesis does around an example costs more than most inputs: each example is many of them.
    @settings(
        max_examples=-(-inputs // BATCH),
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(target.inputs, min_size=BATCH, max_size=BATCH))
    def give(many: list[object]) -> None:
        for one in many:
            target.take(one)

    give()


def main() -> int:
    """Feed the targets and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given_ = parser.parse_args()
    stack: list[Callable[[], None]] = []
    findings: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        known = targets(Path(folder), stack)
        if unknown := set(given_.targets) - set(known):
            parser.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(known)}")
        for name in given_.targets or known:
            target, began = known[name], process_time()
            feed_it(target, given_.inputs, given_.seed)
            print(
                f"{name:10} {target.taken:8,} inputs, {target.refused:7,} refused as declared, slowest"
                f" {target.slowest * 1000:6.0f} ms, {process_time() - began:6.0f} s, findings {len(target.findings)}",
                flush=True,
            )
            findings += target.findings
        for close in stack:
            close()
    print("\n".join(findings[:40]))
    return int(bool(findings))


if __name__ == "__main__":
    sys.exit(main())
