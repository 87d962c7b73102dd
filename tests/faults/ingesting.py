"""A process that ingests articles and is killed: `python -m tests.faults.ingesting DATABASE`, numbers on standard input.

It takes up what an earlier process left, as the bot does at its start, then adds the articles of these numbers, four at
a time. Each line it prints is a promise: `pids 12 13` names its workers, `done 7 3` says that article 7 was accepted,
read and compared under the number 3, `idle` that nothing waits any more.
"""

import asyncio
import logging
import sys

from bot.app import build
from bot.services.all import Services
from bot.settings import Settings
from tests.services.newsstand import article

SERVER = "s"
AT_ONCE = 4


def material(number: int) -> tuple[str, bytes]:
    """Return the name and the bytes of an article that is like no other: every second one is a page."""
    page = article(f"/{number}")
    if number % 2:
        return f"{number}.html", page.encode()
    title, text = page.split("<h1>")[1].split("</h1><p>")
    return f"{number}.txt", f"Title: {title}\nPublished: 2024-05-02\n\n{text.split('</p>')[0]}\n".encode()


async def _add(services: Services, numbers: list[int]) -> None:
    while numbers:
        number = numbers.pop(0)
        view = await services.coverage.add_file(SERVER, *material(number))
        print("done", number, view.stored.number, flush=True)


async def ingest(database: str, numbers: list[int]) -> None:
    """Take up what was left, add, and wait until nothing is under way."""
    async with build(Settings.model_construct(database_url=f"sqlite:///{database}", workers=1)) as services:
        await services.coverage.resume()
        await services.analyser.warm()
        print("pids", *services.analyser.pids(), flush=True)
        await asyncio.gather(*(_add(services, numbers) for _ in range(AT_ONCE)))
        await services.coverage.idle()
        print("idle", flush=True)


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    asyncio.run(ingest(sys.argv[1], [int(word) for word in sys.stdin.read().split()]))
