"""The loopback refuses what Discord refuses: one request each, by a client of our own."""

import io
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.wire.interactions import Interaction
from tests.wire.loopback import Loopback
from tests.wire.rules import MOST_COMPONENTS, V2, Json
from tests.wire.schema import ABSENT

QUIET: Json = {"allowed_mentions": {"parse": []}}
HELLO: Json = QUIET | {"content": "Hello"}
COMMANDS: list[Json] = [
    {"name": "ask", "type": 1, "description": "Ask.", "options": []},
    {"name": "Read", "type": 3},
    {"name": "rule", "type": 1, "description": "Rule.", "default_member_permissions": 32},
]
FORM: Json = {
    "custom_id": "form",
    "title": "Form",
    "components": [{"type": 18, "label": "Text", "component": {"type": 4, "custom_id": "text", "style": 2}}],
}
PICTURE: Json = {"type": 12, "items": [{"media": {"url": "attachment://a.png"}}]}


def text(content: str) -> Json:
    return {"type": 10, "content": content}


def button(**given: Any) -> Json:
    return {"type": 2, "style": 2, "label": "Go"} | given


def row(*buttons: Json) -> list[Json]:
    return [{"type": 1, "components": list(buttons)}]


def card(*components: Json, **more: Any) -> Json:
    return QUIET | {"flags": V2, "components": list(components)} | more


class Client:
    """What a bot would send, without the care of a library."""

    def __init__(self, discord: Loopback, session: aiohttp.ClientSession) -> None:
        self.discord = discord
        self.session = session
        self.token = discord.gateway.token

    async def ask(self, method: str, path: str, body: object = None, **files: bytes) -> tuple[int, Any]:
        """Send a request and return status and answer."""
        sent: Any = {"json": body} if body is not None else {}
        if files:
            form = aiohttp.FormData(quote_fields=False)
            form.add_field("payload_json", json.dumps(body), content_type="application/json")
            for place, data in enumerate(files.values()):
                form.add_field(
                    f"files[{place}]", io.BytesIO(data), filename=f"{'abc'[place]}.png", content_type="image/png"
                )
            sent = {"data": form}
        headers = {"Authorization": f"Bot {self.token}"}
        async with self.session.request(method, self.discord.api + path, headers=headers, **sent) as answer:
            if answer.status == 204:
                return 204, None
            assert answer.headers["Content-Type"] == "application/json"
            return answer.status, await answer.json()

    async def send(self, body: Json, **files: bytes) -> tuple[int, Any]:
        """Send a message to the channel."""
        return await self.ask("POST", f"/channels/{self.discord.world.channel}/messages", body, **files)

    async def answer(self, one: Interaction, type: int, data: Json | None = None) -> tuple[int, Any]:
        """Answer an interaction."""
        body = {"type": type} | ({} if data is None else {"data": data})
        return await self.ask("POST", f"/interactions/{one.id}/{one.token}/callback", body)

    def hook(self, token: str) -> str:
        """Return the path of follow-ups."""
        return f"/webhooks/{self.discord.world.application}/{token}"


async def make(discord: Loopback) -> AsyncIterator[Client]:
    async with discord.serving(), aiohttp.ClientSession() as session:
        client = Client(discord, session)
        await client.ask("PUT", f"/applications/{discord.world.application}/commands", COMMANDS)
        yield client


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async for one in make(Loopback()):
        yield one


@pytest.fixture
async def hasty() -> AsyncIterator[Client]:
    """Use a Discord that waits for no answer at all, and whose tokens die at once."""
    async for one in make(Loopback(patience=0, life=0)):
        yield one


def refused(given: tuple[int, Any], code: int, words: str = "") -> None:
    status, body = given
    assert status >= 400
    assert body["code"] == code, body
    assert words in body["message"], body


BAD: dict[str, tuple[Json, str]] = {
    "content": (QUIET | {"content": "x" * 2_001}, "2001"),
    "embeds": (QUIET | {"embeds": [{"description": "x" * 3_001}] * 2}, "6002"),
    "embed field": (QUIET | {"embeds": [{"fields": [{"name": "a", "value": " "}]}]}, "field"),
    "embed address": (QUIET | {"embeds": [{"title": "a", "url": "javascript:x"}]}, "address"),
    "text": (card(text("x" * 2_000), text("x" * 2_001)), "4001"),
    "wide text": (card(text("🜁" * 2_001)), "4002"),
    "components": (card(*[text("x")] * (MOST_COMPONENTS + 1)), "components"),
    "nested components": (card(*[{"type": 17, "components": [text("x")] * 20}] * 2), "42 components"),
    "empty text": (card(text("  ")), "text display"),
    "content beside": (card(text("x"), content="y"), "beside"),
    "embeds beside": (card(text("x"), embeds=[{"title": "y"}]), "beside"),
    "no flag": (QUIET | {"components": [text("x")]}, "flag"),
    "long id": (HELLO | {"components": row(button(custom_id="x" * 101))}, "custom"),
    "same ids": (HELLO | {"components": row(button(custom_id="x"), button(custom_id="x"))}, "twice"),
    "no id": (HELLO | {"components": row(button())}, "link or a custom id"),
    "six buttons": (HELLO | {"components": row(*(button(custom_id=str(n)) for n in range(6)))}, ""),
    "blank button": (HELLO | {"components": row(button(custom_id="x", label=""))}, "nothing"),
    "button address": (HELLO | {"components": row(button(style=5, url="ftp://x.example"))}, "address"),
    "unknown picture": (card(PICTURE), "no such attachment"),
    "picture address": (card({"type": 12, "items": [{"media": {"url": "file:///x"}}]}), "file:///x"),
    "mentions absent": ({"content": "Hello"}, "allowed_mentions"),
    "mentions parsed": ({"content": "Hello", "allowed_mentions": {"parse": ["everyone"]}}, "allowed_mentions"),
    "mention of a role": ({"content": "x", "allowed_mentions": {"parse": [], "roles": ["1"]}}, "notifies"),
    "mention of a role beside words": (
        {"content": "<@&1> x", "allowed_mentions": {"parse": [], "roles": ["1"]}},
        "notifies",
    ),
    "mention of the asked": ({"content": "x", "allowed_mentions": {"parse": [], "replied_user": True}}, "notifies"),
    "file unsent": (HELLO | {"attachments": [{"id": 0, "filename": "a.png"}]}, "without a file"),
}


@pytest.mark.parametrize("name", BAD)
async def test_a_message_that_is_none_is_refused(client: Client, name: str) -> None:
    body, words = BAD[name]
    refused(await client.send(body), 50035, words)
    assert client.discord.channel == []
    assert len(client.discord.refusals) == 1


@pytest.mark.parametrize("body", [QUIET, QUIET | {"content": ""}, card()], ids=["bare", "blank", "card"])
async def test_an_empty_message_is_refused(client: Client, body: Json) -> None:
    refused(await client.send(body), 50006, "empty")


async def test_good_messages_pass_and_are_told_as_discord_tells_them(client: Client) -> None:
    role = {"content": "<@&1>", "allowed_mentions": {"parse": [], "roles": ["1"]}}
    for body in (HELLO, card(text("x" * 4_000)), QUIET | {"content": "x" * 2_000}, role):
        assert (await client.send(body))[0] == 200
    told = card(PICTURE, attachments=[{"id": 0, "filename": "a.png", "description": "A chart"}])
    status, message = await client.send(told, a=b"png")
    assert status == 200
    url = message["components"][0]["items"][0]["media"]["url"]
    assert url == message["attachments"][0]["url"]
    async with client.session.get(url) as answer:
        assert await answer.read() == b"png"
    assert client.discord.refusals == []


async def test_attachments_that_nothing_shows_or_that_are_too_large_are_refused(client: Client) -> None:
    refused(await client.send(card(text("x")), a=b"png"), 50035, "no component shows")
    refused(await client.send(card(PICTURE), a=b"png", b=b"png"), 50035, "b.png")
    refused(await client.send(HELLO, a=b"x" * (10 * 1024 * 1024 + 1)), 40005)


async def test_an_edit_is_held_to_the_same_rules(client: Client) -> None:
    _, message = await client.send(card(PICTURE), a=b"png")
    path = f"/channels/{client.discord.world.channel}/messages/{message['id']}"
    refused(await client.ask("PATCH", path, QUIET | {"content": "x"}), 50035, "beside")
    refused(await client.ask("PATCH", path, card(text("x"))), 50035, "a.png")
    assert (await client.ask("PATCH", path, card(text("x"), attachments=[])))[0] == 200
    refused(await client.ask("PATCH", path + "0", HELLO), 10008)


async def test_a_second_answer_is_refused(client: Client) -> None:
    one = await client.discord.slash(client.discord.world.member, "ask")
    assert (await client.answer(one, 4, HELLO))[0] == 204
    refused(await client.answer(one, 4, HELLO), 40060)
    refused(await client.answer(one, 5), 40060)


async def test_a_modal_after_a_defer_is_refused(client: Client) -> None:
    one = await client.discord.slash(client.discord.world.member, "ask")
    assert (await client.answer(one, 5))[0] == 204
    refused(await client.answer(one, 9, FORM), 40060)
    assert one.modal is None
    again = await client.discord.slash(client.discord.world.member, "ask")
    assert (await client.answer(again, 9, FORM))[0] == 204
    assert again.modal == FORM


async def test_a_modal_that_is_none_or_in_answer_to_a_modal_is_refused(client: Client) -> None:
    discord = client.discord
    one = await discord.slash(discord.world.member, "ask")
    refused(await client.answer(one, 9, FORM | {"components": FORM["components"] * 6}), 50035, "modal of 6")
    refused(await client.answer(one, 9, FORM | {"title": "x" * 46}), 50035)
    refused(await client.answer(one, 9, FORM | {"custom_id": "x" * 101}), 50035)
    await client.answer(one, 9, FORM)
    sent = await discord.submit(discord.world.member, one, {"text": "Hello"})
    refused(await client.answer(sent, 9, FORM), 50035, "type 9")


async def test_a_bad_first_answer_leaves_the_interaction_open(client: Client) -> None:
    one = await client.discord.slash(client.discord.world.member, "ask")
    refused(await client.answer(one, 4, QUIET), 50006)
    refused(await client.answer(one, 8, {"choices": []}), 50035, "type 8")
    assert (await client.answer(one, 4, HELLO))[0] == 204


async def test_unknown_and_late_tokens_are_refused(client: Client, hasty: Client) -> None:
    one = await client.discord.slash(client.discord.world.member, "ask")
    refused(await client.ask("POST", f"/interactions/{one.id}/nonsense/callback", {"type": 5}), 10062)
    refused(await client.ask("POST", f"/interactions/1/{one.token}/callback", {"type": 5}), 10062)
    refused(await client.ask("POST", client.hook("nonsense"), HELLO), 50027)
    refused(await client.ask("POST", client.hook(one.token), HELLO), 10015)
    late = await hasty.discord.slash(hasty.discord.world.member, "ask")
    refused(await hasty.answer(late, 5), 10062, "answered after")
    refused(await hasty.ask("POST", hasty.hook(late.token), HELLO), 50027)


async def test_the_first_follow_up_takes_the_place_of_what_was_deferred(client: Client) -> None:
    one = await client.discord.slash(client.discord.world.member, "ask")
    await client.answer(one, 5, {"flags": 64})
    assert one.loading
    path = client.hook(one.token)
    status, message = await client.ask("POST", path, HELLO)
    assert status == 200
    assert message["flags"] & 64, "a defer for the asker alone makes what follows it private"
    assert [m.id for m in one.messages] == [message["id"]]
    assert client.discord.channel == []
    await client.ask("POST", path, HELLO)
    assert len(client.discord.channel) == 1
    assert (await client.ask("DELETE", path + "/messages/@original"))[0] == 204
    assert len(one.messages) == 1
    refused(await client.ask("PATCH", path + "/messages/@original", HELLO), 10008)


async def test_requests_without_the_token_or_a_known_route_are_refused(client: Client) -> None:
    refused(await client.ask("GET", "/guilds/1/bans"), 0, "no such route")
    client.token = "another"
    refused(await client.ask("GET", "/users/@me"), 0, "401")


async def test_a_limit_answers_429_as_discord_does(client: Client) -> None:
    client.discord.limit("POST", "/channels/{channel_id}/messages", 0.2)
    status, body = await client.send(HELLO)
    assert (status, body["retry_after"]) == (429, 0.2)
    assert (await client.send(HELLO))[0] == 200


async def test_a_hidden_command_takes_a_forged_interaction(client: Client) -> None:
    discord = client.discord
    with pytest.raises(AssertionError, match="does not see /rule"):
        await discord.slash(discord.world.member, "rule")
    assert (await discord.slash(discord.world.moderator, "rule")).payload["member"]["permissions"]
    assert (await discord.slash(discord.world.member, "rule", forged=True)).id


async def test_content_is_hidden_from_a_bot_that_is_not_spoken_to(client: Client) -> None:
    discord = client.discord
    silent = await discord.say(discord.world.member, "The weather is fine.")
    spoken = await discord.say(discord.world.member, f"{discord.world.mention} hello")
    assert discord.seen(silent)["content"] == ""
    assert "hello" in discord.seen(spoken)["content"]


TYPING_ERRORS: dict[str, tuple[Json, str]] = {
    "message": (HELLO | {"contents": "x"}, "contents"),
    "button": (HELLO | {"components": row(button(customid="x"))}, "customid"),
    "container": (card({"type": 17, "accent_colour": 1, "components": [text("x")]}), "accent_colour"),
    "gallery": (card({"type": 12, "items": [{"media": {"url": "https://x.example"}, "alt": "x"}]}), "alt"),
    "mentions": ({"content": "x", "allowed_mentions": {"parse": [], "replied": False}}, "replied"),
    "type": (HELLO | {"tts": "no"}, "tts"),
}


@pytest.mark.parametrize("name", TYPING_ERRORS)
async def test_a_misspelt_field_is_refused_by_its_name(client: Client, name: str) -> None:
    if not client.discord.schema.present:
        pytest.skip(ABSENT)  # ../shared
    body, words = TYPING_ERRORS[name]
    refused(await client.send(body), 50035, words)


async def test_misspelt_fields_of_commands_and_answers_are_refused(client: Client) -> None:
    discord = client.discord
    if not discord.schema.present:
        pytest.skip(ABSENT)  # ../shared
    path = f"/applications/{discord.world.application}/commands"
    refused(await client.ask("PUT", path, [COMMANDS[0] | {"descripton": "x"}]), 50035, "descripton")
    one = await discord.slash(discord.world.member, "ask")
    refused(await client.answer(one, 4, HELLO | {"flag": 64}), 50035, "flag")
    refused(await client.answer(one, 9, FORM | {"name": "x"}), 50035, "name")
    await client.answer(one, 5)
    refused(await client.ask("POST", client.hook(one.token), HELLO | {"flag": 64}), 50035, "flag")


async def test_the_four_departures_of_the_library_pass(client: Client) -> None:
    discord = client.discord
    path = f"/applications/{discord.world.application}/commands"
    assert (await client.ask("PUT", path, [c | {"nsfw": False} for c in COMMANDS]))[0] == 200
    _, message = await client.send(QUIET | {"embeds": [{"title": "x", "flags": 0}]})
    reference = {"message_id": int(message["id"]), "channel_id": int(discord.world.channel)}
    status, reply = await client.send(HELLO | {"message_reference": reference})
    assert status == 200
    edited = f"/channels/{discord.world.channel}/messages/{reply['id']}"
    assert (await client.ask("PATCH", edited, HELLO | {"tts": False}))[0] == 200
