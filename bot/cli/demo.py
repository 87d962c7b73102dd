"""`corrobot demo`: the main job on the articles that ship with the program."""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.output import page, write
from bot.model import CorrobotError
from bot.render import text, words
from bot.render.plain import Page
from bot.resources import resource

if TYPE_CHECKING:
    from bot.services.all import Services
    from bot.services.views import AddedView, StoryView

SERVER = "demo"


@click.command()
@click.option(
    "--chart",
    "chart",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("corrobot-demo.png"),
    help="Where the chart goes (default ./corrobot-demo.png).",
)
@click.option("--seeds", type=click.Path(file_okay=False, exists=True, path_type=Path), help="Other articles to show.")
def demo(chart: Path, seeds: Path | None) -> int:
    """Add the articles in seeds/ to a throw-away store and show what comes out; needs no token and no network."""
    files = sorted((seeds or resource("seeds")).glob("*.txt"))
    if not files:
        raise CorrobotError("not_found", f"The folder {seeds or resource('seeds')} holds no .txt file to show.")
    if not chart.absolute().parent.is_dir():
        raise CorrobotError("usage", f"--chart {chart}: its folder does not exist.", str(chart))
    with tempfile.TemporaryDirectory(prefix="corrobot-demo-") as folder:
        return asyncio.run(_demo(Path(folder), files, chart))


async def _demo(folder: Path, files: Sequence[Path], chart: Path) -> int:
    from bot.app import build
    from bot.settings import Settings

    # The defaults, whatever the environment says: the demo is the same everywhere.
    settings = Settings.model_construct(database_url=f"sqlite:///{folder / 'demo.db'}")
    async with build(settings) as services:
        paper = page()
        added = await _ingest(services, files)
        write(paper.head(f"{len(added)} articles"))
        for one in added:
            write(_article(paper, one))
        numbers = dict.fromkeys(one.story.number for one in added if one.story)
        views = [await services.coverage.story(SERVER, number) for number in numbers]
        for view in views:
            write(f"\n{paper.strong(f'STORY {view.story.number}: {words.flat(view.story.title)}')}\n")
            write("".join(paper.wrap(remark) for remark in view.remarks))
            write(text.comparison(paper, view.comparison))
        await _chart(services, max(views, key=lambda v: v.story.articles), chart)
    write(f"\nThe chart is in {chart}. Nothing else was kept.\n")
    return 0


async def _ingest(services: "Services", files: Sequence[Path]) -> "list[AddedView]":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    added: list[AddedView] = []
    columns = (TextColumn("Reading {task.fields[file]:<28}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("ingest", total=len(files), file=files[0].name)
        for file in files:
            progress.update(task, file=file.name)
            added.append(await services.coverage.add_file(SERVER, file.name, file.read_bytes()))
            progress.advance(task)
    # What the articles added later changed about the earlier ones' stories is in the last look at each.
    return added


def _article(paper: Page, view: "AddedView") -> str:
    a = view.stored.article
    facts = [words.outlet(a), a.author or "", text.published(a) or "date not stated"]
    figures = [words.flat(f.printed) for f in view.reading.figures if f.event or f.group] if view.reading else []
    parts = [
        "\n" + paper.strong(f"{view.stored.number}. {words.title_of(a)}") + "\n",
        paper.faint(paper.wrap(" · ".join(words.flat(f) for f in facts if f), "   ")),
        *(paper.wrap(s.text, "   ") for s in view.summary),
        paper.faint(paper.wrap("Figures: " + ("; ".join(figures) or "none"), "   ")),
        *(paper.faint(paper.wrap(f"Inferred: {note}", "   ")) for note in a.notes),
    ]
    return "".join(parts)


async def _chart(services: "Services", view: "StoryView", chart: Path) -> None:
    drawn = await services.coverage.chart(view)
    try:
        await asyncio.to_thread(chart.write_bytes, drawn.png)
    except OSError as error:
        message = f"--chart {chart} cannot be written ({error.strerror}); choose another path."
        raise CorrobotError("usage", message, str(chart)) from error
