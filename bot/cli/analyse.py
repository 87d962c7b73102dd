"""The commands that read articles and leave nothing behind: extract, figures, compare, summarize."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from bot.cli.options import check_inputs, inputs, stored
from bot.cli.output import along, page, report, write, write_json
from bot.model import FIGURE_TYPES_SHOWN, POLICIES, Figure, Policy, Reading
from bot.render import document
from bot.render.words import flat
from bot.render.words import title_of as title

if TYPE_CHECKING:
    from bot.services.engine import Engine
    from bot.services.inputs import Loaded
    from bot.settings import Settings


def _load(
    names: tuple[str, ...], outlet: str | None, published: str | None, url: str | None
) -> "tuple[Engine, Loaded]":
    from bot.services.engine import Engine
    from bot.services.inputs import Options, load

    check_inputs(names, url)
    engine = Engine.load()
    return engine, load(engine, names, Options(url=url, outlet=outlet, published=published), _settings(names))


def _settings(names: tuple[str, ...]) -> "Settings | None":
    """Return the settings where an input is a web address: files need no settings."""
    from bot.services.inputs import is_address

    if not any(map(is_address, names)):
        return None
    from bot.settings import load_settings

    return load_settings()


@click.command()
@inputs
def extract(inputs: tuple[str, ...], outlet: str | None, published: str | None, url: str | None, as_json: bool) -> int:
    """Show title, author, outlet, date and text of pages, in the order given."""
    from bot.render import text

    _, loaded = _load(inputs, outlet, published, url)
    if as_json:
        write_json(document.extract(loaded.articles, loaded.errors))
    else:
        write(text.extract(page(), loaded.articles))
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
    from bot.services.inputs import read_all

    engine, loaded = _load(inputs, outlet, published, url)
    loaded, readings = read_all(engine, loaded, along)
    found = _figures(readings, every)
    if as_json:
        write_json(document.figures(loaded.articles, found, loaded.errors, every=every))
    else:
        write(text.figures(page(), loaded.articles, found, explain=explain))
    return report(loaded.errors)


@click.command()
@click.option("--policy", type=click.Choice(POLICIES), help="Show first what this policy would lead with.")
@click.option("--all", "every", is_flag=True, help="Also show the relations that are no flag.")
@click.option("--story", type=int, help="Compare a stored story instead of inputs.")
@inputs
@stored
def compare(
    inputs: tuple[str, ...],
    outlet: str | None,
    published: str | None,
    url: str | None,
    as_json: bool,
    policy: Policy | None,
    every: bool,
    story: int | None,
    db: str | None,
    server: str,
) -> int:
    """Treat the inputs as coverage of one story: figures, relations, findings."""
    from bot.render import text

    if story is not None:
        if inputs or outlet or published or url:
            raise click.UsageError("Give INPUTs or --story, not both.")
        return _compare_story(story, db, server, policy, as_json, every)
    from bot.services.inputs import read_all

    engine, loaded = _load(inputs, outlet, published, url)
    loaded, readings = read_all(engine, loaded, along)
    result = engine.compare(loaded.articles, readings)
    if as_json:
        write_json(document.comparison(result, loaded.errors, policy=policy))
    elif loaded.articles:
        write(text.comparison(page(), result, policy=policy, every=every))
    return report(loaded.errors)


def _compare_story(number: int, db: str | None, server: str, policy: Policy | None, as_json: bool, every: bool) -> int:
    from bot.cli.stored import run
    from bot.render import text
    from bot.services.all import Services

    async def work(services: Services) -> int:
        view = await services.coverage.compare(server, number, policy)
        if as_json:
            story = {"number": view.story.number, "title": view.story.title, "remarks": list(view.remarks)}
            write_json({"story": story, **document.comparison(view.comparison, (), policy=view.policy)})
            return 0
        paper = page()
        write(paper.strong(f"Story {view.story.number}: {flat(view.story.title)}") + "\n")
        write("".join(paper.wrap(remark) for remark in view.remarks))
        write(text.comparison(paper, view.comparison, policy=view.policy, every=every))
        return 0

    return run(db, work, as_json)


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
    from bot.render import digest, text
    from bot.services.inputs import read_all
    from bot.summarizing.digest import digest as make_digest

    if sentences is not None and words is not None:
        raise click.UsageError("Give --sentences or --words, not both.")

    engine, loaded = _load(inputs, outlet, published, url)
    size = {"sentences": None if words else sentences or 3, "words": words}
    if each:
        summaries = [(a, engine.summarize(a, **size)) for a in loaded.articles]
        if as_json:
            write_json(document.summaries(summaries, loaded.errors))
        else:
            write(text.summaries(page(), summaries))
        return report(loaded.errors)
    alone = len(loaded.articles) == 1
    # Who prints a summary of so many words wants no more of them than that.
    whole = as_json or not (alone or words)
    loaded, readings = read_all(engine, loaded, along) if whole else (loaded, [])
    chosen = engine.summarize(loaded.articles[0], **size) if alone else engine.summarize_story(loaded.articles, **size)
    parts = None
    if whole and len(loaded.articles) > 1:
        compared = engine.compare(loaded.articles, readings)
        parts = make_digest(compared.articles, compared)
    if as_json:
        found = digest.figures_of(chosen, _figures(readings, False))
        made = document.summary(loaded.articles, found, chosen, loaded.errors)
        write_json(made if parts is None else {**made, "story": digest.document(parts)})
    else:
        told = text.summary(page(), loaded.articles, chosen)
        write(told if parts is None else told + digest.text(page(), loaded.articles, parts))
    return report(loaded.errors)


@click.command()
@inputs
def group(inputs: tuple[str, ...], outlet: str | None, published: str | None, url: str | None, as_json: bool) -> int:
    """Say which inputs cover the same story."""
    from bot.render import text

    engine, loaded = _load(inputs, outlet, published, url)
    stories = [(title(engine.headliner(found)), found) for found in engine.group(loaded.articles)]
    if as_json:
        marked = {a.id: a for _, found in stories for a in found}
        write_json(document.group([marked[a.id] for a in loaded.articles], stories, loaded.errors))
    else:
        write(text.group(page(), stories))
    return report(loaded.errors)


def _figures(readings: list[Reading], every: bool) -> list[Figure]:
    """Number the figures f1, f2, ... in the order of articles and text."""
    found = [f for r in readings for f in r.figures if every or f.type in FIGURE_TYPES_SHOWN]
    return [replace(f, id=f"f{n}") for n, f in enumerate(found, 1)]
