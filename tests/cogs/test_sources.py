"""`/source`: for moderators, checked when it runs."""

from typing import Any

import pytest

from tests.cogs.town import Town, private, said


async def test_a_moderator_keeps_sources(town: Town) -> None:
    async def use(command: str, /, **options: Any) -> str:
        result = await town.slash(f"source {command}", who=town.moderator, **options)
        assert private(result)
        return said(result)

    assert "No sources are registered here." in await use("list")
    added = await use("add", name="Lake Courier", domains="lake.example, www.courier.example", aliases="LC", letter="B")
    assert "Source registered: **1.** Lake Courier (B): lake.example, courier.example; also LC" in added
    assert "**1.** Lake Courier (B)" in await use("list")
    assert "lake courier belongs to source 1" in await use("add", name="lake courier")
    assert "'not a domain' is no domain" in await use("add", name="Other", domains="not a domain")
    town.expected()
    assert "Source changed: **1.** Lake Courier (A)" in await use("edit", source="LC", letter="A")
    assert "Say what to change" in await use("edit", source="1")
    assert "“Nobody” is no source here." in await use("edit", source="Nobody", letter="A")
    assert "There is no source 9 here." in await use("remove", source="9")
    town.expected()
    choices = await town.moderator.autocomplete(town.channel, "source remove", "source", "lake")
    assert choices == [{"name": "1 · Lake Courier", "value": "1"}]
    assert "Source removed: **1.** Lake Courier" in await use("remove", source="1")


@pytest.mark.parametrize(
    ("name", "options"),
    [("add", {"name": "Mine"}), ("list", {}), ("edit", {"source": "1", "letter": "A"}), ("remove", {"source": "1"})],
)
async def test_a_member_is_refused_even_where_the_command_is_shown(
    town: Town, name: str, options: dict[str, str]
) -> None:
    await town.slash("source add", who=town.moderator, name="Lake Courier")
    await town.open("source")
    result = await town.slash(f"source {name}", **options)
    town.expected()
    assert "Only moderators of this server may do that" in said(result) and private(result)
    assert "Lake Courier (F)" in said(await town.slash("source list", who=town.moderator))


async def test_a_member_is_offered_no_sources(town: Town) -> None:
    await town.slash("source add", who=town.moderator, name="Lake Courier")
    await town.open("source")
    assert await town.member.autocomplete(town.channel, "source remove", "source", "") == []


async def test_the_letter_of_a_source_leads(town: Town) -> None:
    await town.slash("source add", who=town.moderator, name="Lake Courier", letter="A")
    await town.ferry()
    told = said(await town.slash("compare", story="1", policy="newest_reliable"))
    assert "**18** (newest_reliable:" in told
