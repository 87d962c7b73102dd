"""The program: its commands by name, each imported only when it is called, and the exit status."""

import difflib
import importlib
import os
import sys
import traceback
from collections.abc import Sequence

import click

from bot.cli.examples import with_examples
from bot.cli.output import complain, hang_up
from bot.model import CorrobotError
from bot.resources import collect_rarely

# Name, module and one line of help: `corrobot --help` imports no command.
COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("bot.cli.run", "Run the Discord bot."),
    "demo": ("bot.cli.demo", "Show the main job on the articles in seeds/: no token, no network."),
    "ingest": ("bot.cli.stored", "Add pages, files or standard input to the store."),
    "extract": ("bot.cli.analyse", "Show title, author, outlet, date and text of pages."),
    "figures": ("bot.cli.analyse", "List every figure with its context."),
    "compare": ("bot.cli.analyse", "Compare the coverage of one story."),
    "summarize": ("bot.cli.analyse", "Summarize articles, or the story they tell together."),
    "group": ("bot.cli.analyse", "Say which articles cover the same story."),
    "check": ("bot.cli.stored", "Hold the figures of a sentence against stored coverage."),
    "stories": ("bot.cli.stored", "List the stored stories."),
    "search": ("bot.cli.stored", "Find stored articles and figures."),
    "source": ("bot.cli.sources", "Outlets and their feeds."),
    "export": ("bot.cli.stored", "Write stories, figures and findings as CSV, JSON or Markdown."),
    "backup": ("bot.cli.upkeep", "Write a consistent copy of a running store."),
    "doctor": ("bot.cli.upkeep", "Check settings, store, word lists, fonts and Discord."),
}


class Commands(click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order they are shown."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return with_examples(command, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is named first; say which one may be meant where there is none of that name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], COMMANDS, 1)
            raise click.UsageError(
                f"No such command {args[0]!r}" + (f"; did you mean {near[0]!r}?" if near else "."), ctx
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version("corrobot")
    except PackageNotFoundError:
        found = "(a checkout that is not installed)"
    click.echo(f"corrobot {found}")
    ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Show the version.")
def corrobot() -> None:
    """Read news coverage and show which figures of a story agree, conflict or cannot be compared.

    Begin with `corrobot demo`; `corrobot COMMAND --help` shows what a command takes, with examples.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status: 0 done, 1 the work failed, 2 wrong usage."""
    collect_rarely()
    try:
        status = corrobot.main(args=arguments, prog_name="corrobot", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        # Whoever names no command reads what there is; it is no data, and a script has made a mistake.
        sys.stderr.write(error.format_message() + "\n")
        return 2
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "corrobot"
        complain(f"{error.format_message()} (see `{where} --help`)")
        return 2
    except (click.Abort, KeyboardInterrupt):
        complain("interrupted")
        return 130
    except CorrobotError as error:
        complain(error.message)
        return 2 if error.code == "usage" else 1
    except BrokenPipeError:
        hang_up()
        return 1
    except Exception as error:
        if os.environ.get("CORROBOT_LOG_LEVEL", "").upper() == "DEBUG":
            traceback.print_exc()
        complain(f"a fault in Corrobot ({type(error).__name__}: {error}); set CORROBOT_LOG_LEVEL=DEBUG, and report it")
        return 1
    return status if isinstance(status, int) else 0


if __name__ == "__main__":
    sys.exit(main())
