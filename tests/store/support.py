"""Articles, readings and comparisons for tests of the store."""

from pathlib import Path
from typing import Any

from bot.model import Article, Comparison, Figure, Finding, Quotation, Reading, Relation, Side, Tone
from bot.store import Added, Store

NOW = "2022-03-22T10:00:00+00:00"
TEXT = "Officials of Mariupol said that more than 2,400 civilians were killed. The city is besieged."


def page(url: str, text: str = TEXT, **fields: Any) -> Article:
    """Make an article that was fetched."""
    return Article(id="a1", input=fields.pop("input", url), text=text, url=url, **fields)


def paste(text: str = TEXT, **fields: Any) -> Article:
    """Make an article that was pasted."""
    return Article(id="a1", input="pasted text", text=text, **fields)


async def add(store: Store, server: str, article: Article, **options: Any) -> Added:
    """Add an article whose raw content is its text."""
    options = {"raw": article.text, "by": "42", "now": NOW} | options
    return await store.articles.add(server, article, **options)


def reading(text: str = TEXT, printed: str = "more than 2,400", **fields: Any) -> Reading:
    """Read one figure out of a text."""
    start = text.index(printed)
    stop = text.index(".", start) + 1
    values: dict[str, Any] = {
        "spans": ((start, start + len(printed)),),
        "type": "count",
        "low": 2400,
        "high": None,
        "bound": "more_than",
        "event": "killed",
        "group": "civilians",
        "unit": "person",
        "measure": "civilians killed",
        "place": "Mariupol",
        "place_from": "clause",
        "as_of": "--03-22",
        "period": ("2022-02-24", None),
        "attribution": ("officials", "Officials of Mariupol"),
        "voice": "Officials of Mariupol",
        "sentence": (0, stop),
        "confidence": 0.1 + 0.2,
        "qualifiers": ("civilian",),
        "rules": ("number", "bound"),
    }
    figure = Figure(id="f1", article="a1", start=start, end=start + len(printed), printed=printed, **values | fields)
    return Reading(
        article="a1",
        sentences=((0, stop), (stop, len(text))),
        figures=(figure,),
        quotations=(Quotation("a1", 0, 9, text[:9], "Officials"), Quotation("a1", 1, 3, text[1:3])),
        tone=Tone("a1", 0.25, -0.5, (0, stop)),
    )


def names(folder: Path) -> list[str]:
    """List a folder."""
    return sorted(file.name for file in folder.iterdir())


def comparison(*findings: Finding) -> Comparison:
    """Make a comparison that holds the given findings and the relation they rest on."""
    relation = Relation(
        "r1", "conflict", True, ("f1", "f2"), "civilians killed", "12 is not 18.", "medium", 0.7, "gate"
    )
    return Comparison((), (), (relation,), findings, (), 0, {}, ())


def finding(id: str, *, flag: bool = True, severity: Any = "medium") -> Finding:
    """Make a finding with two sides."""
    sides = (Side(("f1",), ("UN",), ("Fox News",)), Side(("f2", "f3"), ("Mariupol",), ()))
    return Finding(id, "conflict" if flag else "agree", flag, ("r1",), sides, "12 is not 18.", severity, 0.7)
