"""Help: every command has examples that its own options accept; what is typed wrong is answered with what is right."""

import io
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli import output
from bot.cli.examples import EXAMPLES
from bot.cli.main import COMMANDS, corrobot, main

DOCS = Path(__file__).resolve().parents[2] / "docs"


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its full name."""
    ctx = click.Context(corrobot)
    for name in COMMANDS:
        command = corrobot.get_command(ctx, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", one) for inner, one in command.commands.items())


def test_every_command_has_help_and_examples_and_every_option_is_explained() -> None:
    found = dict(commands())
    assert set(found) == set(EXAMPLES)
    for name, command in found.items():
        assert command.help, name
        assert "Example" in command.get_help(click.Context(command, info_name=name)), name
        for one in command.params:
            assert not isinstance(one, click.Option) or one.help, (name, one.name)


@pytest.mark.parametrize("example", [x for lines in EXAMPLES.values() for x in lines])
def test_the_examples_are_what_the_commands_accept(example: str) -> None:
    [part] = [p for p in re.split(r"[|>]", example) if re.search(r"(?:^|\s)corrobot\s", p)]
    words = shlex.split(part)
    words = words[words.index("corrobot") + 1 :]
    found = dict(commands())
    name = " ".join(words[:2]) if " ".join(words[:2]) in found else words[0]
    with found[name].make_context(name, words[len(name.split()) :]) as ctx:
        assert ctx.command is found[name]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("stores", "No such command 'stores'; did you mean 'stories'? (see `corrobot --help`)"),
        ("compare", "Give at least one INPUT"),
        ("search ''", "Give words to look for"),
        ("export", "csv"),
        ("summarize a.txt --words 0", "1<=x<=5000"),
        ("stories --db news.db", "Right would be: sqlite:///"),
    ],
)
def test_what_is_typed_wrong_is_answered_in_one_line(typed: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(shlex.split(typed)) == 2
    shown = capsys.readouterr()
    [line] = shown.err.splitlines()
    assert line.startswith("corrobot: ") and told in line and not shown.out


@pytest.mark.parametrize("typed", [[], ["source"]])
def test_without_a_command_the_help_is_shown_line_by_line(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(typed) == 2
    shown = capsys.readouterr()
    assert "Commands:\n" in shown.err and not shown.out


def test_colours_only_on_a_terminal_that_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert not output.page().colour
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert output.page().colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not output.page().colour
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not output.page().colour


def test_a_bar_only_on_a_terminal_and_for_several(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    assert list(output.along([1, 2])) == [1, 2] and not shown.getvalue()
    assert list(output.along([1, 2, 3])) == [1, 2, 3] and "Reading" in shown.getvalue()
    quiet = io.StringIO()
    monkeypatch.setattr(sys, "stderr", quiet)
    assert list(output.along([1, 2, 3])) == [1, 2, 3] and not quiet.getvalue()
