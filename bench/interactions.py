"""First answers to 200 interactions a minute while articles are read: `python -m bench.interactions [--minutes 2]`.

The real process `python -m bot run` against the loopback Discord of tests/wire, which takes the time from the event to the
first answer; its own work on the same cores is in the figure (bodies are not held against Discord's description here).
Beside the 200, eight articles are always under way, given to four other servers. `--check` fails over a second.
"""

import argparse
import asyncio
import itertools
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bench.material import article_files
from bench.table import Row, at, show
from tests.wire import interactions as kinds
from tests.wire.interactions import Interaction, Upload
from tests.wire.loopback import Loopback
from tests.wire.messages import Message
from tests.wire.process import running
from tests.wire.world import Person, snowflake

A_MINUTE, UNDER_WAY, STORED, MEMBERS = 200, 8, 24, 12
MOST_MS = 1_000.0
LATE_S = 30.0
Ask = Callable[[Person], Awaitable[Interaction | None]]


class Town:
    """Members who ask, and four servers that have articles read."""

    def __init__(self, discord: Loopback, chance: random.Random) -> None:
        self.discord = discord
        self.chance = chance
        self.members = [Person(snowflake(), f"member{n}") for n in range(MEMBERS)]
        self.servers = [snowflake() for _ in range(4)]
        self.articles = article_files()
        self.read = 0
        self.waiting: list[int] = []
        self.asked: list[tuple[str, Interaction]] = []
        self.card: Message | None = None

    async def furnish(self) -> None:
        """Have articles in the server that is asked, so that there is something to answer."""
        for n, (name, data) in enumerate(self.articles[:STORED]):
            one = await self.discord.slash(self.members[n % MEMBERS], "article add", file=Upload(name, data))
            await self.discord.answer(one)
        self.card = await self.discord.answer(await self.discord.slash(self.members[0], "compare", story="1"))

    def ways(self) -> dict[str, Ask]:
        """Return what people do, by name."""
        d = self.discord

        def story() -> str:
            return str(self.chance.randint(1, 4))

        async def typed(p: Person) -> None:
            await d.autocomplete(p, "compare", "story", self.chance.choice(("", "a", "fire", "3")))

        async def press(p: Person) -> Interaction:
            assert self.card is not None
            return await d.press(p, self.card, self.chance.choice(sorted(self.card.buttons)[:3]))

        return {
            "compare": lambda p: d.slash(p, "compare", story=story()),
            "article show": lambda p: d.slash(p, "article show", article=story()),
            "story list": lambda p: d.slash(p, "story list"),
            "summary": lambda p: d.slash(p, "summary", story=story()),
            "flags": lambda p: d.slash(p, "flags"),
            "check": lambda p: d.slash(p, "check", text="At least 40 people were killed in the storm on Monday."),
            "figures": lambda p: d.slash(p, "figures", query="killed"),
            "help": lambda p: d.slash(p, "help"),
            "form": lambda p: d.slash(p, "article add"),
            "refused": lambda p: d.slash(p, "audit", forged=True),
            "button": press,
            "autocomplete": typed,
        }

    async def ask(self, name: str, way: Ask, person: Person) -> None:
        """Do one thing and keep its interaction."""
        before = set(self.discord.interactions)
        await way(person)
        made = [one for token, one in self.discord.interactions.items() if token not in before and _by(one, person)]
        self.asked += [(name, one) for one in made[:1]]

    async def feed(self, place: int) -> None:
        """Have one article after the other read in another server, each with words of its own."""
        person = Person(snowflake(), f"reader{place}")
        command, steps = kinds.find(self.discord.commands, "article add")
        for n in itertools.count(place, UNDER_WAY):
            name, data = self.articles[n % len(self.articles)]
            file = self.discord.messages.upload(name, data + f"\n\nReport {n}.\n".encode())
            leaf = kinds.options(steps[-1], {"file": file["id"]})
            told = kinds.nested(command, steps, leaf, resolved={"attachments": {file["id"]: file}})
            one = kinds.make(self.discord.world, person, kinds.COMMAND, told, guild_id=self.servers[n % 4])
            self.discord.interactions[one.token] = one
            await self.discord.gateway.send("INTERACTION_CREATE", one.payload)
            await self.discord.answer(one, seconds=120)
            self.asked.append(("article add", one))
            self.read += 1

    async def run(self, seconds: float) -> None:
        """Ask at random moments, so many a minute, while articles are read."""
        readers = [asyncio.create_task(self.feed(n)) for n in range(UNDER_WAY)]
        ways = list(self.ways().items())
        asking: list[asyncio.Task[None]] = []
        start = time.monotonic()
        moments = sorted(self.chance.uniform(0, seconds) for _ in range(round(A_MINUTE * seconds / 60)))
        for n, moment in enumerate(moments):
            await asyncio.sleep(max(0.0, start + moment - time.monotonic()))
            name, way = self.chance.choice(ways)
            asking.append(asyncio.create_task(self.ask(name, way, self.members[n % MEMBERS])))
            self.waiting.append(sum(one.loading for one in self.discord.interactions.values()))
        await asyncio.wait(asking, timeout=LATE_S)
        self.failed = [task for task in asking if not task.done() or task.exception()]
        for reader in readers:
            reader.cancel()
        for result in await asyncio.gather(*readers, return_exceptions=True):
            if isinstance(result, Exception):
                self.failed.append(result)  # type: ignore[arg-type]
        await self.discord.until(lambda: all(one.waited is not None for _, one in self.asked), "answers", LATE_S)


def _by(one: Interaction, person: Person) -> bool:
    return bool(one.payload["member"]["user"]["id"] == person.id)


async def measured(minutes: float, seed: int) -> list[Row]:
    """Measure; return the rows."""
    async with Loopback().serving() as discord:
        discord.schema.present = False
        with tempfile.TemporaryDirectory() as folder:
            async with running(discord, Path(folder)) as bot:
                town = Town(discord, random.Random(seed))
                await town.furnish()
                before = time.monotonic()
                await town.run(minutes * 60)
                passed = time.monotonic() - before
                assert not town.failed, (town.failed[:3], bot.tail())
    waits = {name: [] for name, _ in town.asked}  # type: dict[str, list[float]]
    for name, one in town.asked:
        waits[name].append((one.waited or 0.0) * 1000)
    every = [w for found in waits.values() for w in found]
    slowest = max(waits, key=lambda name: at(waits[name], 0.99))
    late = Counter(name for name, found in waits.items() for w in found if w > MOST_MS)
    busy = f"{sum(town.waiting) / max(1, len(town.waiting)):.1f} under way on average"
    rows = [
        Row("interactions asked", len(every) - len(waits.get("article add", [])), "", f"{passed / 60:.1f} minutes"),
        Row("articles read meanwhile", town.read / passed * 60, "a minute", busy),
        Row("first answer, half", at(every, 0.5), "ms"),
        Row("first answer, p99", at(every, 0.99), "ms", f"slowest: {slowest}", most=MOST_MS),
        Row("first answer, latest", max(every), "ms", str(dict(late)) if late else "", most=MOST_MS),
        Row("refused by the loopback", len(discord.refusals), "", "; ".join(discord.refusals[:2])[:80], most=0),
    ]
    return rows + [Row(f"  {name}", at(found, 0.99), "ms", f"{len(found)}") for name, found in sorted(waits.items())]


def main(arguments: list[str] | None = None) -> int:
    """Print the table; with --check fail where a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--check", action="store_true")
    given: Any = parser.parse_args(arguments)
    rows = asyncio.run(measured(given.minutes, given.seed))
    show(rows)
    return int(given.check and not all(row.kept for row in rows))


if __name__ == "__main__":
    sys.exit(main())
