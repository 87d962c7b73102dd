"""When something fails: a short sentence with a number for the person, the traceback for the log; cool-downs."""

import logging
import re
from typing import Any

import pytest

from bot.services.all import Services
from bot.services.coverage import Coverage
from bot.store.errors import StoreError
from cogs.client import Corrobot
from cogs.pace import MEMBER
from tests.cogs.town import Town, buttons, message_of, private, said

SENTENCE = re.compile(r"Something went wrong on our side, and it was logged\..* number ([0-9a-f]{8})\.")


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Break what most commands call."""

    async def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("secret detail /srv/x")

    for name in ("articles", "stories", "check", "story", "add_file"):
        monkeypatch.setattr(Coverage, name, fail)


@pytest.mark.usefixtures("broken")
async def test_every_way_in_answers_and_logs(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    message = await town.other.send(town.channel, "12 people died")
    results = [
        await town.slash("article list"),
        await town.slash("check", text="12 people died"),
        await town.member.context_menu(town.channel, "Check these figures", message),
        await town.member.submit_modal(await town.slash("article add"), {"file": ("a.txt", b"x")}),
    ]
    town.expected()
    for result in results:
        assert private(result)
    for told in [*map(said, results), said(await town.mention("check 12 people died"))]:
        found = SENTENCE.search(told)
        assert found and "secret" not in told
        logged = [r for r in caplog.records if found[1] in r.getMessage()]
        assert logged and logged[0].levelno == logging.ERROR and logged[0].exc_info
    town.expected()


async def test_a_button_answers_and_logs(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    await town.ferry()
    card = message_of(await town.slash("compare", story="1"))

    async def fail(*_: Any) -> None:
        raise StoreError("store", "/srv/coverage.db is damaged.")

    monkeypatch.setattr(Coverage, "story", fail)
    result = await town.member.click(card, label="Quotes")
    assert SENTENCE.search(said(result)) and private(result) and "/srv" not in said(result)


async def test_a_card_that_is_not_taken_comes_without_its_picture_at_last_as_plain_text(town: Town) -> None:
    await town.ferry()
    for times in (1, 2):
        town.env.inject_error("POST", "/webhooks/*", status=400, code=50035, message="Invalid Form Body", times=times)
        message = message_of(await town.slash("compare", story="1"))
        assert not message.attachments and "⚠️ **Conflict" in said(message)
        assert list(buttons(message))[:3] == ["All figures", "Timeline", "Quotes"]
    assert "⚠️ **Conflict" in message.content and message.content.count("```") % 2 == 0
    assert len(message.content) <= 2000 and message.content.endswith("The buttons show the rest.")
    assert "“Eighteen people were killed" in said(await town.member.click(message, label="Quotes"))


async def test_too_much_at_once_is_refused_for_a_while(town: Town) -> None:
    for _ in range(MEMBER):
        await town.slash("about")
    late = await town.slash("about")
    assert "That was a lot at once. Try again in" in said(late) and private(late)
    assert "That was a lot at once." in said(await town.mention("help"))
    assert "Corrobot" in said(await town.slash("about", who=town.other))
    await town.env.advance_time(61)
    assert "Compares news coverage" in said(await town.slash("about"))


async def test_the_commands_are_synced_when_they_changed(town: Town, services: Services) -> None:
    def synced() -> int:
        return sum(r.method == "PUT" and r.path.endswith("/commands") for r in town.env.http_requests)

    assert synced() == 1
    await town.env.restart_bot(Corrobot(services))
    assert synced() == 1

    class Changed(Corrobot):
        async def setup_hook(self) -> None:
            self.allowed_contexts_changed = True
            await super().setup_hook()

        async def load_extension(self, name: str, *, package: str | None = None) -> None:
            await super().load_extension(name, package=package)
            if name.endswith("help"):
                self.tree.remove_command("about")

    await town.env.restart_bot(Changed(services))
    assert synced() == 2
