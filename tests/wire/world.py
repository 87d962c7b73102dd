"""The people and places of the loopback Discord, as Discord describes them to a bot."""

import itertools
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.wire.rules import Json

EPOCH_MS = 1_420_070_400_000
MANAGE_GUILD, ADMINISTRATOR = 1 << 5, 1 << 3
# See, write, embed, attach, read what was, react, use commands.
EVERYONE = 1 << 6 | 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 31
_count = itertools.count(1)


def snowflake() -> str:
    """Return a new id; it tells when it was made."""
    return str((time.time_ns() // 1_000_000 - EPOCH_MS) << 22 | next(_count) % 4096)


def now() -> str:
    """Return the time as Discord writes it."""
    return datetime.now(UTC).isoformat()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the server."""

    id: str
    name: str
    permissions: int = EVERYONE
    roles: tuple[str, ...] = ()
    bot: bool = False

    @property
    def user(self) -> Json:
        """Return the user payload."""
        return {
            "id": self.id,
            "username": self.name,
            "discriminator": "0",
            "global_name": self.name.title(),
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
        }

    @property
    def member(self) -> Json:
        """Return the member payload without the user."""
        return {
            "roles": list(self.roles),
            "nick": None,
            "avatar": None,
            "joined_at": "2024-01-01T00:00:00+00:00",
            "premium_since": None,
            "deaf": False,
            "mute": False,
            "pending": False,
            "flags": 0,
        }

    @property
    def acting(self) -> Json:
        """Return the member payload of an interaction, which says what the person may do."""
        return self.member | {"user": self.user, "permissions": str(self.permissions)}


class World:
    """One server: a text channel, the owner, a moderator, a member, the bot."""

    def __init__(self) -> None:
        self.guild, self.channel, self.application, self.moderators, self.forum = (snowflake() for _ in range(5))
        # Threads and forum posts by their ids.
        self.threads: dict[str, Json] = {}
        self.bot = Person(self.application, "corrobot", EVERYONE, bot=True)
        self.owner = Person(snowflake(), "olga", EVERYONE | MANAGE_GUILD | ADMINISTRATOR)
        self.moderator = Person(snowflake(), "mona", EVERYONE | MANAGE_GUILD, (self.moderators,))
        self.member = Person(snowflake(), "mila")

    @property
    def people(self) -> tuple[Person, ...]:
        """Return everybody."""
        return self.bot, self.owner, self.moderator, self.member

    @property
    def mention(self) -> str:
        """Return what people type to speak to the bot."""
        return f"<@{self.bot.id}>"

    def channel_payload(self) -> Json:
        """Return the text channel."""
        return {
            "id": self.channel,
            "guild_id": self.guild,
            "name": "desk",
            "type": 0,
            "position": 0,
            "permission_overwrites": [],
            "topic": None,
            "nsfw": False,
            "last_message_id": None,
            "rate_limit_per_user": 0,
            "parent_id": None,
            "flags": 0,
        }

    def forum_payload(self) -> Json:
        """Return the forum."""
        more: Json = {
            "name": "stories",
            "type": 15,
            "position": 1,
            "available_tags": [],
            "default_reaction_emoji": None,
        }
        more |= {"default_sort_order": None, "default_forum_layout": 0, "default_thread_rate_limit_per_user": 0}
        return self.channel_payload() | more | {"id": self.forum}

    def open_thread(self, parent: str, name: str, id: str) -> Json:
        """Open a thread, or a post of the forum, and return it; its first message has its id."""
        told: Json = {
            "id": id,
            "guild_id": self.guild,
            "parent_id": parent,
            "owner_id": self.bot.id,
            "name": name,
            "type": 11,
            "last_message_id": None,
            "message_count": 0,
            "member_count": 1,
            "rate_limit_per_user": 0,
            "flags": 0,
            "applied_tags": [],
            "thread_metadata": {
                "archived": False,
                "auto_archive_duration": 4320,
                "archive_timestamp": now(),
                "locked": False,
                "create_timestamp": now(),
            },
        }
        self.threads[id] = told
        return told

    def guild_payload(self) -> Json:
        """Return the server as GUILD_CREATE tells of it."""
        return {
            "id": self.guild,
            "name": "Newsroom",
            "icon": None,
            "splash": None,
            "discovery_splash": None,
            "owner_id": self.owner.id,
            "afk_channel_id": None,
            "afk_timeout": 300,
            "verification_level": 1,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "roles": [self._role(self.guild, "@everyone", EVERYONE, 0), self._role(self.moderators, "mods", 32, 1)],
            "emojis": [],
            "stickers": [],
            "features": [],
            "mfa_level": 0,
            "application_id": None,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "rules_channel_id": None,
            "vanity_url_code": None,
            "description": None,
            "banner": None,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "premium_progress_bar_enabled": False,
            "preferred_locale": "en-US",
            "public_updates_channel_id": None,
            "safety_alerts_channel_id": None,
            "nsfw_level": 0,
            "joined_at": "2024-01-01T00:00:00+00:00",
            "large": False,
            "member_count": len(self.people),
            "voice_states": [],
            "members": [p.member | {"user": p.user} for p in self.people],
            "channels": [self.channel_payload(), self.forum_payload()],
            "threads": list(self.threads.values()),
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }

    @staticmethod
    def _role(id: str, name: str, permissions: int, position: int) -> Json:
        return {
            "id": id,
            "name": name,
            "permissions": str(permissions),
            "position": position,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": False,
            "mentionable": False,
            "flags": 0,
        }
