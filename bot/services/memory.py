"""Small things that the bot remembers from one start to the next: of itself, or of a server."""

from bot.store import Store

# No server has this name; servers are numbers.
BOT = "bot"


class Memory:
    """One text for each key; what is of a server goes with the server."""

    def __init__(self, store: Store, server: str = BOT) -> None:
        self._store = store
        self._server = server

    async def get(self, key: str) -> str | None:
        """Give what was remembered."""
        return await self._store.settings.get(self._server, key)

    async def set(self, key: str, value: str) -> None:
        """Remember something."""
        await self._store.settings.set(self._server, key, value)
