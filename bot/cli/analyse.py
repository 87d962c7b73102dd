"""The commands that read articles and leave nothing behind: extract, figures, compare, summarize."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from bot.cli.output import report, write, write_json
from bot.model import FIGURE_TYPES_SHOWN, POLICIES, Article, Figure, Policy
from bot.render import document

if TYPE_CHECKING:
    from bot.services.engine import Engine
    from bot.services.inputs import Loaded

Command = Callable[..., Any]


def inputs(command: Command) -> Command:
    """Add the arguments and options that every command over inputs has."""
    command = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)
    command = click.option("--url", help="The address that one input came from.")(command)
    command = click.option("--published", help="The date of the inputs, such as 2022-03-23.")(command)
    command = click.option("--outlet", help="The outlet of the inputs.")(command)
    return click.argument("inputs", nargs=-1, metavar="INPUT...")(command)


def _load(
    names: tuple[str, ...], outlet: str | None, published: str | None, url: str | None
) -> "tuple[Engine, Loaded]":
    from bot.services.engine import Engine
    from bot.services.inputs import Options, load

    if not names:
        raise click.UsageError("Give at least one INPUT: a file, a web address, or - for standard input.")
    if url is not None and len(names) > 1:
        raise click.UsageError("--url says where one input came from; give one INPUT with it.")
    engine = Engine.load()
    return engine, load(engine, names, Options(url=url, outlet=outlet, published=published))


@click.command()
@inputs
def extract(inputs: tuple[str, ...], outlet: str | None, published: str | None, url: str | None, as_json: bool) -> int:
    """Show title, author, outlet, date and text of pages, in the order given."""
    from bot.render import text

    _, loaded = _load(inputs, outlet, published, url)
    if as_json:
        write_json(document.extract(loaded.articles, loaded.errors))
    else:
        write(text.extract(loaded.articles))
    return report(loaded.errors)


@click.command()
@click.option("--all", "every", is_flag=True, help="Also list what is no figure: dates, ages, ordinals, scores ...")
@click.option("--explain", is_flag=True, help="Name the rules that fired.")
@inputs
def figures(
    inputs: tuple[str, ...],
    outlet: str | None,
    published: str | None,
    url: str | None,
    as_json: bool,
    every: bool,
    explain: bool,
) -> int:
    """List every figure with its context."""
    from bot.render import text

    engine, loaded = _load(inputs, outlet, published, url)
    found = _figures(engine, loaded.articles, every)
    if as_json:
        write_json(document.figures(loaded.articles, found, loaded.errors, every=every))
    else:
        write(text.figures(loaded.articles, found, explain=explain))
    return report(loaded.errors)


@click.command()
@click.option("--policy", type=click.Choice(POLICIES), help="Show first what this policy would lead with.")
@click.option("--all", "every", is_flag=True, help="Also show the relations that are no flag.")
@inputs
def compare(
    inputs: tuple[str, ...],
    outlet: str | None,
    published: str | None,
    url: str | None,
    as_json: bool,
    policy: Policy | None,
    every: bool,
) -> int:
    """Treat the inputs as coverage of one story: figures, relations, findings."""
    from bot.render import text

    engine, loaded = _load(inputs, outlet, published, url)
    result = engine.compare(loaded.articles, [engine.read(a) for a in loaded.articles])
    if as_json:
        write_json(document.comparison(result, loaded.errors))
    elif loaded.articles:
        write(text.comparison(result, policy=policy, every=every))
    return report(loaded.errors)


@click.command()
@click.option("--each", is_flag=True, help="Summarize each input on its own.")
@click.option("--sentences", type=click.IntRange(1, 50), help="How many sentences (default 3).")
@click.option("--words", type=click.IntRange(1, 5000), help="How many words at most, instead of --sentences.")
@inputs
def summarize(
    inputs: tuple[str, ...],
    outlet: str | None,
    published: str | None,
    url: str | None,
    as_json: bool,
    each: bool,
    sentences: int | None,
    words: int | None,
) -> int:
    """Summarize one input, or several as one story, in sentences of their own."""
    from bot.render import text

    if sentences is not None and words is not None:
        raise click.UsageError("Give --sentences or --words, not both.")
    engine, loaded = _load(inputs, outlet, published, url)
    size = {"sentences": None if words else sentences or 3, "words": words}
    if each:
        summaries = [(a, engine.summarize(a, **size)) for a in loaded.articles]
        if as_json:
            write_json(document.summaries(summaries, loaded.errors))
        else:
            write(text.summaries(summaries))
        return report(loaded.errors)
    chosen = (
        engine.summarize(loaded.articles[0], **size)
        if len(loaded.articles) == 1
        else engine.summarize_story(loaded.articles, **size)
    )
    if as_json:
        write_json(document.summary(loaded.articles, _figures(engine, loaded.articles, False), chosen, loaded.errors))
    else:
        write(text.summary(loaded.articles, chosen))
    return report(loaded.errors)


def _figures(engine: "Engine", articles: tuple[Article, ...], every: bool) -> list[Figure]:
    """Read the articles; number the figures f1, f2, ... in the order of articles and text."""
    found = [f for a in articles for f in engine.read(a).figures if every or f.type in FIGURE_TYPES_SHOWN]
    return [replace(f, id=f"f{n}") for n, f in enumerate(found, 1)]
