"""Small things that the bot remembers of itself from one start to the next."""

from bot.store import Store

# No server has this name; servers are numbers.
BOT = "bot"


class Memory:
    """One text for each key."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def get(self, key: str) -> str | None:
        """Give what was remembered."""
        return await self._store.settings.get(BOT, key)

    async def set(self, key: str, value: str) -> None:
        """Remember something."""
        await self._store.settings.set(BOT, key, value)
