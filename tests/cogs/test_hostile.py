"""Articles made to break cards: every card stays within Discord's limits, mentions nobody, links nowhere else."""

import re
from collections.abc import Collection, Sequence
from typing import Any

from tests.cogs.town import Town, buttons, components, message_of, said, texts_in

EVIL = (
    "@everyone <@&1> <@1> <#1> <t:1700000000:R> </compare:1> [x](javascript:alert(1)) [y](https://evil.example)"
    " ```js``` `x` ||s|| **b** __u__ ~~d~~ discord.gg/abc https://evil.example/a \u202etxt\u2066 \U000e0041 <:e:1>"
)
LONG_WORD = "x" * 4000


def article(n: int, outlet: str = "") -> str:
    """Return an article full of traps whose toll is its number."""
    return (
        f"# {EVIL} Fire in the harbour of Bergen {outlet}\n\n"
        f"-# {EVIL}\n> {LONG_WORD}\n\n"
        f'The fire in the harbour of Bergen killed {n} people on Monday, "{EVIL}" said. {EVIL} {LONG_WORD}\n'
        f"The fire in the harbour injured {n + 30} people on Monday, police said. {EVIL}\n"
    )


def check(result: Any, own: Collection[int] = ()) -> None:
    """Check one answer against the limits, and that nothing in it acts but mentions of `own`, who did or said it."""
    message = message_of(result)
    parts = components(message)
    assert len(message.content) <= 2000
    assert not (message.content and parts and any(c.get("type") == 10 for c in parts))
    assert message.mentions == [] if hasattr(message, "mentions") else True
    check_parts(parts, texts_in(result), own)


def check_parts(parts: Sequence[dict[str, Any]], shown: str, own: Collection[int] = ()) -> None:
    """Check the components of a card and all that it says."""
    text = "".join(c["content"] for c in parts if c.get("type") == 10)
    assert len(text) + sum(c > "\uffff" for c in text) <= 4000
    assert len(parts) <= 40
    assert all(c["content"] for c in parts if c.get("type") == 10)
    prose = re.sub(r"```\n.*?\n```", "", shown, flags=re.DOTALL)
    prose = re.sub(r"\]\(<https://[a-z]+\d*\.example/[^\s<>()]*>\)", "]", prose)
    for one in own:
        prose = prose.replace(f"<@{one}>", "¤")
    bare = re.sub(r"\\[^A-Za-z0-9\s]", "¤", prose)
    assert not re.search(r"@everyone|<[@#:t/a]|https?://|discord\.gg/|\]\(|\|\||~~|__", bare)
    assert "\u202e" not in shown and "\u2066" not in shown and "\U000e0041" not in shown
    for line in bare.splitlines():
        assert not re.match(r"\s*(?:#{1,3} |-# |> )\s*(?:@(?!\u200b)|#|-#|>)", line)
    for picture in [c for c in parts if c.get("type") == 12]:
        assert len(picture["items"][0]["description"]) <= 1024
    assert {c["type"] for c in parts} <= {1, 2, 10, 12, 14, 17}
    for button in [c for c in parts if c.get("type") == 2]:
        assert len(button["label"]) <= 80 and len(button["custom_id"]) <= 100


async def test_hostile_articles_stay_text(town: Town) -> None:
    outlet = "[Bank](https://evil.example) @everyone"
    for n in (7, 9):
        check(await town.add(f"@everyone-`{n}`.txt", article(n), outlet=outlet + str(n), published="2024-05-06"))
    compared = await town.slash("compare", story="1")
    assert "⚠️ **Conflict" in said(compared) and "@everyone" in said(compared)
    town.env.inject_error("POST", "/webhooks/*", status=400, code=50035, message="Invalid Form Body", times=2)
    plain = await town.slash("compare", story="1")
    assert message_of(plain).content and "@everyone" in said(plain)
    check(plain)
    for label in buttons(compared):
        check(await town.member.click(message_of(compared), label=label))
    for name, options in (
        ("compare", {"story": "1", "policy": "range"}),
        ("story show", {"story": "1"}),
        ("story list", {}),
        ("article list", {}),
        ("article show", {"article": "1"}),
        ("summary", {"story": "1"}),
        ("summary", {"article": "2"}),
        ("flags", {}),
        ("figures", {"query": "killed @everyone"}),
        ("figures", {"query": "<@1> `killed` bergen"}),
        ("check", {"text": f"The fire in the harbour of Bergen killed 8 people on Monday. {EVIL}"}),
        ("compare", {"story": EVIL[:200]}),
        ("story list", {"query": EVIL[:100]}),
        ("help", {"topic": "@everyone [x](y) `z`"}),
        ("article show", {"article": "<@1> ||x||"}),
        ("article add", {"url": "https://evil.example/@everyone"}),
        ("article add", {"file": ("@everyone.exe", b"x")}),
    ):
        check(await town.slash(name, **options))
    choices = await town.member.autocomplete(town.channel, "compare", "story", "")
    assert all(1 <= len(c["name"]) <= 100 for c in choices)
    assert town.env.errors
    for request in town.env.http_requests:
        given = (request.json or {}).get("allowed_mentions") if isinstance(request.json, dict) else None
        assert given is None or given["parse"] == []
