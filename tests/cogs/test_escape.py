"""Quoted text is shown as written and can do nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.escape import BREAK, address, code, cut, escape, link

ACTIVE = [
    "@everyone", "@here", "<@1234567890123456>", "<@!1234567890123456>", "<@&1234567890123456>", "<#1234567890123456>",
    "<t:1700000000:R>", "</compare:1234567890123456>", "<:smile:1234567890123456>", "<a:wave:1234567890123456>",
    "<id:customize>", "https://evil.example/x", "discord.gg/abcdef", "[x](javascript:alert(1))",
    "[x](https://evil.example)", "**bold**", "__under__", "~~gone~~", "||spoiler||", "`code`", "```block```",
]  # fmt: skip


def shown(text: str) -> str:
    """Return what a reader of Discord sees of a text: escapes and unseen marks gone."""
    return re.sub(r"\\([^A-Za-z0-9\s])", r"\1", text).replace(BREAK, "")


def bare(text: str) -> str:
    """Return a text without what a back-slash stands before."""
    return re.sub(r"\\[^A-Za-z0-9\s]", "¤", text)


@pytest.mark.parametrize("given", ACTIVE)
def test_nothing_acts_and_all_is_shown(given: str) -> None:
    for text in (given, f"He said {given} again", f"x{given}"):
        told = escape(text)
        assert shown(told) == text
        assert not re.search(r"@everyone|@here|<[@#:t/ai]|https?://|discord\.gg/|\]\(|[*_`\[\]]|~~|\|\|", bare(told))


@pytest.mark.parametrize(
    "start", ["# head", "### head", "-# small", "- item", "> quote", ">>> quote", "1. item", "+ x"]
)
def test_nothing_acts_at_the_begin_of_a_line(start: str) -> None:
    assert escape(start).startswith(BREAK) and shown(escape(start)) == start
    assert "\n" not in escape(f"a\n{start}")


def test_turns_of_direction_and_hidden_marks_go() -> None:
    assert escape("a\u202eb\u2066c\u200fd\u061ce\u2060f\U000e0041g\u3164h\x07i") == "abcdefghi"
    assert escape("שלום مرحبا") == "שלום مرحبا"


def test_code_cannot_be_left() -> None:
    assert "`" not in code("a```b\n`c`") and "\n" not in code("a\nb")


def test_cut_never_ends_in_half_an_escape() -> None:
    told = cut("*" * 500, 100)
    assert len(shown(told)) == 100 and not re.search(r"(?<!\\)(?:\\\\)*\\$", told)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "ftp://a.example/x", "//a.example", "https://", "https://u@evil.example/",
     "https://bank.example:x@evil.example/", "https://a.example/" + "x" * 500, "http://[", None, ""],
)  # fmt: skip
def test_what_may_not_be_linked(url: str | None) -> None:
    assert address(url) is None
    assert link("A [label](x)", url) == escape("A [label](x)")


def test_what_may_be_linked_cannot_break_out() -> None:
    told = link("Orla ] Herald", "https://a.example/x>) <@1> [y](z)?q=1#part")
    assert told.startswith("[Orla \\] Herald](<https://a.example/") and told.endswith(">)")
    inner = told[told.index("(<") + 2 : -2]
    assert not re.search(r"[<>()\[\]\s`*|]", inner.replace("*", ""))
    assert link("Zeitung", "https://münchen.example/ä") == "[Zeitung](<https://xn--mnchen-3ya.example/%C3%A4>)"


def test_a_label_cannot_pretend_to_be_another_host() -> None:
    assert link("bank.example", "https://evil.example/") == "bank.example ([evil.example](<https://evil.example/>))"
    assert link("evil.example", "https://www.evil.example/") == "[evil.example](<https://www.evil.example/>)"
    assert link("U.S. News", "https://news.example/") == "[U.S. News](<https://news.example/>)"


@given(st.text(alphabet=st.sampled_from("@<>#*_`~|[]()\\/: -.\n1aeveryon:t&!dgscr\u202e\u200b"), max_size=60))
def test_any_text_is_harmless(text: str) -> None:
    told = escape(text)
    assert not re.search(r"@(everyone|here)|<[@#:t/ai]|[a-z]://|discord\.gg/|\]\(|[*_`\[\]]|~~|\|\|", bare(told))
    assert "\n" not in told and "\u202e" not in told
