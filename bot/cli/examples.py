"""An example or two for the help of every command; a test runs the cheap ones and reads the rest against the options."""

import click

EXAMPLES: dict[str, tuple[str, ...]] = {
    "run": ("DISCORD_TOKEN=... corrobot run", "corrobot run --db sqlite:////srv/corrobot/coverage.db"),
    "demo": ("corrobot demo", "corrobot demo --chart figures.png | less"),
    "ingest": (
        "corrobot ingest harbour.txt https://example.org/story",
        "curl -s https://example.org/story | corrobot ingest - --url https://example.org/story",
    ),
    "extract": ("corrobot extract page.html --url https://example.org/story", "corrobot extract *.pdf --json"),
    "figures": (
        "corrobot figures harbour.txt --explain",
        "echo 'At least 12 people were killed in Lagos.' | corrobot figures -",
    ),
    "compare": (
        "corrobot compare herald.txt times.txt --policy lowest",
        "corrobot compare --story 1 --all",
        "corrobot compare *.txt --json | python3 -m json.tool",
    ),
    "summarize": ("corrobot summarize herald.txt --sentences 2", "corrobot summarize herald.txt times.txt"),
    "group": ("corrobot group *.txt",),
    "check": ("corrobot check 'At least 12 people were killed in the harbour.'",),
    "stories": ("corrobot stories", "corrobot stories ferry --limit 5 --json"),
    "search": ("corrobot search 'killed lagos'",),
    "source": ("corrobot source add 'Harbour Herald' --domain herald.example --letter B", "corrobot source list"),
    "source add": (
        "corrobot source add 'Harbour Herald' --domain herald.example --letter B",
        "corrobot source add 'Isle Times' --feed https://isle.example/rss --include ferry",
    ),
    "source list": ("corrobot source list --json",),
    "source edit": ("corrobot source edit 1 --letter A --domain herald.example --domain herald.news",),
    "source remove": ("corrobot source remove 1",),
    "source test": ("corrobot source test https://isle.example/news",),
    "source poll": ("corrobot source poll", "corrobot source poll 1"),
    "source health": ("corrobot source health",),
    "source import": ("corrobot source import outlets.opml",),
    "source export": ("corrobot source export > outlets.opml", "corrobot source export --format json"),
    "export": ("corrobot export --format csv > figures.csv", "corrobot export --format md --story 1"),
    "backup": ("corrobot backup backups/coverage-1.db",),
    "doctor": ("corrobot doctor", "corrobot doctor --invite"),
}


def with_examples(command: click.Command, name: str) -> click.Command:
    """Give a command, and those under it, the examples of its name at the end of its help."""
    lines = EXAMPLES.get(name, ())
    if lines:
        command.epilog = "\n".join(["\b", "Examples:" if len(lines) > 1 else "Example:", *(f"  {x}" for x in lines)])
    if isinstance(command, click.Group):
        for inner, one in command.commands.items():
            with_examples(one, f"{name} {inner}")
    return command
