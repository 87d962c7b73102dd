"""The check of what simcord tests send: it knows a good body from a bad one, and none goes past it."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.cogs.bodies import CALLBACK, HOOK, TEMPLATES, problems, template
from tests.cogs.conftest import SCHEMA
from tests.cogs.town import Town
from tests.wire.schema import ABSENT, Schema

QUIET: dict[str, Any] = {"allowed_mentions": {"parse": []}}
SAID = "/webhooks/1/token"
TEXT = {"type": 10, "content": "x"}


@dataclass(frozen=True)
class Request:
    """A request as simcord notes it."""

    method: str
    path: str
    json: Any


def test_every_path_has_one_template() -> None:
    for method, path in TEMPLATES:
        filled = path
        for n, part in enumerate(("application_id", "channel_id", "message_id", "interaction_id", "webhook_id")):
            filled = filled.replace(f"{{{part}}}", str(n))
        filled = filled.replace("{interaction_token}", "t").replace("{webhook_token}", "t")
        assert template(method, filled) == path
    assert template("PUT", "/guilds/1/members/2") is None


@pytest.mark.parametrize(
    ("body", "part"),
    [
        (QUIET | {"content": "x" * 2001}, ""),
        ({"content": "x"}, "allowed_mentions"),
        (QUIET | {"flags": 1 << 15, "components": [TEXT | {"content": "x" * 2500}] * 2}, "4000 are allowed"),
        (QUIET | {"flags": 1 << 15, "components": [TEXT] * 41}, ""),
        (QUIET | {"content": "x", "flags": 1 << 15, "components": [TEXT]}, "beside components"),
        (QUIET | {"content": "x", "attachments": [{"id": 0}], "components": [{"type": 1, "components": []}]}, ""),
    ],
    ids=["long", "mentions", "much text", "many parts", "both", "empty row"],
)
def test_what_discord_refuses_is_found(body: dict[str, Any], part: str) -> None:
    found = problems([Request("POST", SAID, body)], Schema())
    assert len(found) == 1 and found[0].startswith(f"POST {HOOK}") and part in found[0], found


def test_what_discord_takes_passes_and_a_body_that_nobody_checks_is_told() -> None:
    good = [
        Request("POST", SAID, QUIET | {"content": "x"}),
        Request("POST", "/interactions/1/token/callback", {"type": 5, "data": {"flags": 64}}),
        Request("GET", "/gateway/bot", None),
    ]
    assert problems(good, Schema()) == [] and CALLBACK in {path for _, path in TEMPLATES}
    assert "a body that nobody checks" in problems([Request("POST", "/guilds/1/roles", {})], Schema())[0]
    assert (
        len(problems([Request("POST", "/interactions/1/token/callback", {"type": 9, "data": {"title": ""}})], Schema()))
        == 1
    )


async def test_what_the_bot_sends_is_held_against_discords_own_description(town: Town) -> None:
    before = SCHEMA.checked
    await town.slash("about")
    assert problems(town.env.http_requests, SCHEMA) == []
    if not SCHEMA.present:
        pytest.skip(ABSENT)  # ../shared
    assert SCHEMA.checked - before >= 2
