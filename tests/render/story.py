"""Comparisons for tests of rendering, made by hand."""

from typing import Any

from bot.model import (
    Article,
    Comparison,
    Figure,
    Finding,
    Lead,
    NotCompared,
    QuoteDifference,
    QuoteSpan,
    Relation,
    Side,
)

LONG = (
    "In the north of the province, "
    + "where the roads had been cut for days, " * 12
    + "37 people were killed on Monday."
)


def figure(id: str, article: Article, printed: str, low: float | None, high: float | None, **more: Any) -> Figure:
    """Make a figure of the first place in the article where it is printed."""
    start = article.text.index(printed)
    end = start + len(printed)
    stop = article.text.find(".", end) + 1 or len(article.text)
    begin = article.text.rfind(". ", 0, start) + 2 if ". " in article.text[:start] else 0
    values: dict[str, Any] = {
        "type": "count",
        "bound": "exact",
        "event": "killed",
        "group": "people",
        "measure": "people killed",
        "unit": "person",
        "value": low,
        "sentence": (begin, stop),
    }
    return Figure(
        id=id, article=article.id, start=start, end=end, spans=((start, end),), printed=printed, low=low, high=high,
        **values | more,
    )  # fmt: skip


def comparison() -> Comparison:
    """Make a story of three articles with one conflict, one update, one quotation and a pair not compared."""
    one = Article(
        "a1",
        "one.txt",
        "At least 12 people were killed in Harbin, police said. “The bridge simply fell down.” It was old.",
        title="Bridge falls [bold]in Harbin[/bold]",
        outlet="Daily \x1b[31mNorth",
        url="https://north.example/bridge",
        published="2024-05-02",
        published_from="header",
    )
    two = Article("a2", "two.txt", "No fewer than 7 people were killed. The bridge fell. 30 were hurt.", outlet="South")
    three = Article("a3", "three.txt", LONG, title="Roads cut in the north")
    f1 = figure("f1", one, "At least 12", 12.0, None, bound="at_least", place="Harbin", voice="police", value=12.0)
    f2 = figure("f2", two, "7", 7.0, 7.0, place="Harbin")
    f3 = figure("f3", three, "37", 37.0, 37.0, as_of="2024-05-06")
    f4 = figure("f4", two, "30", 30.0, 30.0, event="injured", measure="people injured")
    said = "Killed: police say At least 12 in Harbin; South says 7. These cannot both hold."
    later = "Killed: police say 12; later 37. The count went up with time."
    relations = (
        Relation("r1", "conflict", True, ("f1", "f2"), "people killed", said, "medium", 0.8, "gate.conflict"),
        Relation("r2", "update", False, ("f1", "f3"), "people killed", later, None, 0.7, "gate.update"),
    )
    findings = (
        Finding("c1", "conflict", True, ("r1",), (_side("f1", "police", one), _side("f2", "South", two)), said, "medium", 0.8),
        Finding("c2", "update", False, ("r2",), (_side("f1", "police", one), _side("f3", "", three)), later, None, 0.7),
    )  # fmt: skip
    quote = QuoteDifference(
        "quote_differs", (QuoteSpan("a1", 56, 84), QuoteSpan("a2", 36, 52)), "In other words: “simply fell” / “fell”."
    )
    return Comparison(
        (one, two, three),
        (f1, f2, f3, f4),
        relations,
        findings,
        (NotCompared(("f1", "f4"), "measure", "killed is not injured (“At least 12” / “30”)"),),
        3,
        {"c1": {"lowest": Lead(7.0, 7.0, ("f2",)), "range": Lead(7.0, None, ("f2", "f1"))}},
        (quote,),
    )


def _side(id: str, voice: str, article: Article) -> Side:
    return Side((id,), (voice,), (article.outlet or "",))


def many(rows: int, measures: int) -> Comparison:
    """Make a story with many figures of some measures, with long names and wide values."""
    articles = tuple(
        Article(
            f"a{n}",
            f"{n}.txt",
            f"Some {n} thousand and {n * 37} metric tonnes were lost.",
            outlet=f"The {'Very ' * (n % 7)}Long Gazette {n}",
        )
        for n in range(1, rows + 1)
    )
    found = tuple(
        figure(
            f"f{n}", a, f"{n} thousand and {n * 37} metric tonnes", None if n % 5 == 0 else n * 10.0 ** (n % 4),
            None if n % 3 == 0 and n % 5 else n * 20.0 ** (n % 4), event=f"measure of loss number {n % measures}",
            place="Stratford-upon-Avon and the Cotswolds" if n % 2 else None, as_of="2024-05-06", value=None,
        )
        for n, a in enumerate(articles, 1)
    )  # fmt: skip
    return Comparison(articles, found, (), (), (), 0, {}, ())
