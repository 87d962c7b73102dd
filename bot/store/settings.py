"""What a server chose: one text value for each key."""

from bot.store.database import Database


class Settings:
    """The settings of all servers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, server: str, key: str) -> str | None:
        """Give the value, or None where the server chose nothing."""
        row = await self._database.row("SELECT value FROM settings WHERE server = ? AND key = ?", (server, key))
        return None if row is None else str(row["value"])

    async def set(self, server: str, key: str, value: str) -> None:
        """Choose a value."""
        async with self._database.write() as handle:
            await handle.run(
                "INSERT INTO settings (server, key, value) VALUES (?, ?, ?)"
                " ON CONFLICT DO UPDATE SET value = excluded.value",
                (server, key, value),
            )

    async def remove(self, server: str, key: str) -> bool:
        """Go back to the default; False where the server chose nothing."""
        async with self._database.write() as handle:
            return await handle.run("DELETE FROM settings WHERE server = ? AND key = ?", (server, key)) > 0

    async def all(self, server: str) -> dict[str, str]:
        """Give everything the server chose."""
        rows = await self._database.rows("SELECT key, value FROM settings WHERE server = ? ORDER BY key", (server,))
        return {str(row["key"]): str(row["value"]) for row in rows}

    async def servers(self, key: str) -> dict[str, str]:
        """Give the value of one key for every server that chose one."""
        rows = await self._database.rows("SELECT server, value FROM settings WHERE key = ? ORDER BY server", (key,))
        return {str(row["server"]): str(row["value"]) for row in rows}
