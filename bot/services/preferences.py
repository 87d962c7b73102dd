"""What a server chose for itself: who moderates, where it listens, which policy leads, when and how alerts are sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from bot.model import POLICIES, CorrobotError
from bot.store import Store

_QUIET = re.compile(r"(\d{1,2})(?::(\d\d))?\s*(?:-|–|to)\s*(\d{1,2})(?::(\d\d))?")
_ID = re.compile(r"\d{15,22}")
Digest = Literal["off", "hourly", "daily"]
# Every setting with its default as people write it; an empty one is "not set".
DEFAULTS: dict[str, str] = {
    "moderator_role": "",
    "listen_channels": "",
    "listen_mode": "links",
    "policy": "",
    "alert_channel": "",
    "alert_place": "channel",
    "alert_role": "",
    "alert_threshold": "10",
    "alert_rate": "6",
    "quiet_hours": "",
    "digest": "off",
    "language": "en",
    "timezone": "UTC",
    "retention": "0",
}
CHOICES: dict[str, tuple[str, ...]] = {
    "listen_mode": ("links", "reaction"),
    "policy": POLICIES,
    "alert_place": ("channel", "thread"),
    "digest": ("off", "hourly", "daily"),
    "language": ("en",),
}
_NUMBERS = {"alert_threshold": (0, 1000, "per cent"), "alert_rate": (1, 60, "an hour"), "retention": (0, 3650, "days")}


@dataclass(frozen=True, slots=True)
class Preferences:
    """The settings of one server; ids are Discord's, `retention` is days, 0 for ever."""

    values: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.values.get(key) or DEFAULTS[key]

    def number(self, key: str) -> int:
        """Return a setting that is a whole number."""
        return int(self[key])

    def ids(self, key: str) -> tuple[int, ...]:
        """Return the ids that a setting names."""
        return tuple(int(found) for found in _ID.findall(self[key]))

    def id(self, key: str) -> int | None:
        """Return the one id that a setting names, if it is set."""
        return next(iter(self.ids(key)), None)

    @property
    def zone(self) -> tzinfo:
        """Return the server's time zone; UTC needs no data base of time zones."""
        return UTC if self["timezone"] == "UTC" else ZoneInfo(self["timezone"])

    def quiet(self, moment: datetime) -> bool:
        """Tell whether a moment lies in the quiet hours, as the server's clocks tell it."""
        if not self["quiet_hours"]:
            return False
        start, end = _hours(self["quiet_hours"])
        now = moment.astimezone(self.zone).time()
        return start <= now < end if start <= end else now >= start or now < end


class Choosing:
    """Reads and changes settings; what was read is kept, for nobody else changes it while the bot runs."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Preferences] = {}

    async def of(self, server: str) -> Preferences:
        """Return the settings of a server."""
        if server not in self._known:
            self._known[server] = Preferences(await self._store.settings.all(server))
        return self._known[server]

    async def set(self, server: str, key: str, value: str) -> str:
        """Choose; give the value as it is kept. Raises CorrobotError where it cannot be."""
        if key not in DEFAULTS:
            raise CorrobotError("usage", f"{key} is no setting; there are {', '.join(DEFAULTS)}.", key)
        kept = checked(key, value.strip())
        await self._store.settings.set(server, key, kept)
        self.forget(server)
        return kept

    async def reset(self, server: str, key: str) -> None:
        """Go back to the default."""
        if key not in DEFAULTS:
            raise CorrobotError("usage", f"{key} is no setting; there are {', '.join(DEFAULTS)}.", key)
        await self._store.settings.remove(server, key)
        self.forget(server)

    def forget(self, server: str) -> None:
        """Read the settings of a server anew when they are asked for."""
        self._known.pop(server, None)


def checked(key: str, value: str) -> str:
    """Return a value as it is kept. Raises CorrobotError, saying what would be right."""
    if key in CHOICES:
        if value.lower() not in CHOICES[key]:
            raise CorrobotError("usage", f"{key} is one of {', '.join(CHOICES[key])}.", value)
        return value.lower()
    if key in _NUMBERS:
        least, most, unit = _NUMBERS[key]
        if not value.isdecimal() or not least <= int(value) <= most:
            raise CorrobotError("usage", f"{key} is a whole number from {least} to {most} ({unit}).", value)
        return str(int(value))
    if key == "quiet_hours":
        start, end = _hours(value)
        return f"{start:%H:%M}-{end:%H:%M}"
    if key == "timezone":
        known = {name.lower(): name for name in available_timezones() | {"UTC"}}
        if value.lower() not in known:
            raise CorrobotError("usage", "timezone is a name such as Europe/Berlin or UTC.", value)
        return known[value.lower()]
    found = _ID.findall(value)
    if not found:
        kind = "role" if key.endswith("role") else "channel"
        raise CorrobotError("usage", f"{key} names a {kind}: mention it, or give its id.", value)
    if key != "listen_channels":
        found = found[:1]
    mark = "<@&{}>" if key.endswith("role") else "<#{}>"
    return " ".join(mark.format(id) for id in dict.fromkeys(found))


def _hours(text: str) -> tuple[time, time]:
    found = _QUIET.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError(text)
        start, end = time(int(found[1]), int(found[2] or 0)), time(int(found[3]) % 24, int(found[4] or 0))
    except ValueError as error:
        raise CorrobotError("usage", "quiet_hours are written like 22:00-07:00.", text) from error
    if start == end:
        raise CorrobotError("usage", "quiet_hours begin and end at different times, like 22:00-07:00.", text)
    return start, end
