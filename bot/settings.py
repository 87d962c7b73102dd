"""Every setting of the program in one frozen object, read from the environment or `.env` in main, never at import."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.model import CorrobotError

DISCORD_API = "https://discord.com/api/v10"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(r"\[?[0-9a-z.:_-]+\]?(?::\d{1,5})?", re.IGNORECASE)
_CONTACT = re.compile(r"(?:https?://|mailto:)[!-'*-~]{3,200}")
# What would be right, by the name that people set.
RIGHT: dict[str, str] = {
    "DISCORD_TOKEN": "the bot token from discord.com/developers, without blanks or quotes",
    "DISCORD_API_URL": f"an https address such as {DISCORD_API} (http only on loopback)",
    "CORROBOT_DATABASE_URL": "sqlite:///data/coverage.db (from the working folder) or sqlite:////srv/coverage.db",
    "CORROBOT_LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR",
    "CORROBOT_LOG_FORMAT": "text or json",
    "CORROBOT_WORKERS": "a whole number from 1 to 64; at most the number of cores is sensible",
    "CORROBOT_FETCH_ALLOW_HOSTS": "hosts with commas between them, such as 127.0.0.1:8080,intranet.example",
    "CORROBOT_FETCH_MAX_BYTES": "a whole number of bytes from 10000 to 100000000",
    "CORROBOT_FETCH_TIMEOUT_S": "seconds from 0.1 to 300",
    "CORROBOT_FETCH_CONTACT": "an https or mailto address that people of other sites can reach you at",
    "CORROBOT_METRICS_PORT": "a port from 1 to 65535, or nothing for no metrics",
}


class Settings(BaseSettings):
    """What the operator chose; `load_settings` makes it and explains what is wrong."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8", frozen=True, extra="ignore", env_ignore_empty=True, str_strip_whitespace=True
    )

    discord_token: SecretStr | None = Field(None, validation_alias="DISCORD_TOKEN")
    discord_api_url: str = Field(DISCORD_API, validation_alias="DISCORD_API_URL")
    database_url: str = Field("sqlite:///data/coverage.db", validation_alias="CORROBOT_DATABASE_URL")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", validation_alias="CORROBOT_LOG_LEVEL")
    log_format: Literal["text", "json"] = Field("text", validation_alias="CORROBOT_LOG_FORMAT")
    workers: int = Field(1, ge=1, le=64, validation_alias="CORROBOT_WORKERS")
    fetch_allow_hosts: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), validation_alias="CORROBOT_FETCH_ALLOW_HOSTS"
    )
    fetch_max_bytes: int = Field(10_000_000, ge=10_000, le=100_000_000, validation_alias="CORROBOT_FETCH_MAX_BYTES")
    fetch_timeout_s: float = Field(20.0, ge=0.1, le=300, validation_alias="CORROBOT_FETCH_TIMEOUT_S")
    fetch_contact: str | None = Field(None, validation_alias="CORROBOT_FETCH_CONTACT")
    metrics_port: int | None = Field(None, ge=1, le=65535, validation_alias="CORROBOT_METRICS_PORT")

    @field_validator("discord_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        token = value.get_secret_value() if value else ""
        if value is not None and (not token.isascii() or not token.isprintable() or " " in token or '"' in token):
            raise ValueError("holds blanks, quotes or letters that no token has")
        return value

    @field_validator("discord_api_url")
    @classmethod
    def _api(cls, value: str) -> str:
        parts = urlsplit(value)
        secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        if not secure or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("is no https address")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not value.startswith("sqlite:///") or value == "sqlite:///":
            raise ValueError("is not the address of an SQLite file")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: Any) -> Any:
        return value.strip().upper() if isinstance(value, str) else value

    @field_validator("log_format", mode="before")
    @classmethod
    def _format(cls, value: Any) -> Any:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("fetch_contact")
    @classmethod
    def _contact(cls, value: str | None) -> str | None:
        if value is not None and not _CONTACT.fullmatch(value):
            raise ValueError("is no address of the web or of mail")
        return value

    @field_validator("fetch_allow_hosts", mode="before")
    @classmethod
    def _hosts(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        hosts = frozenset(host.strip().lower() for host in value.split(",") if host.strip())
        if wrong := sorted(host for host in hosts if not _HOST.fullmatch(host)):
            raise ValueError(f"names no host: {wrong[0]}")
        return hosts


def load_settings(env_file: Path | None = Path(".env"), **given: str | None) -> Settings:
    """Read the settings; `given` are values by name that win, such as those of the command line.

    Raises CorrobotError (usage) with one line that names each wrong setting, what is wrong and what would be right.
    """
    chosen: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    chosen["_env_file"] = env_file
    try:
        return Settings(**chosen)
    except ValidationError as error:
        problems = [_problem(dict(found)) for found in error.errors(include_url=False, include_context=False)]
        raise CorrobotError("usage", "; ".join(problems)) from None
    except (OSError, UnicodeError) as error:
        raise CorrobotError("usage", f"{env_file} cannot be read ({error}); save it as UTF-8 text") from error


def _problem(found: dict[str, Any]) -> str:
    name = str(found["loc"][0]) if found["loc"] else "settings"
    what = str(found["msg"]).removeprefix("Value error, ")
    shown = "" if name == "DISCORD_TOKEN" else f" {str(found.get('input'))[:80]!r}"
    if found["type"] != "value_error":
        what = "is wrong: " + what[:1].lower() + what[1:]
    return f"{name}{shown} {what}. Right would be: {RIGHT.get(name, 'another value')}"
