"""What a card says to somebody who never saw one: moves only between dates, heads that fit, nothing told twice."""

from bot.model import Comparison, Story
from bot.render import card_parts, card_story, card_timeline
from bot.services import work

STORY = Story(1, 1, "Ferry on Lake Orla", 3, 3, "2024-05-06", "2024-05-08", 1)


def compared(*texts: str) -> Comparison:
    """Compare articles that say when they were published, or do not."""
    engine = work.engine()
    articles = [engine.article(f"a{n}", f"{n}.txt", text.encode()) for n, text in enumerate(texts, 1)]
    return engine.compare(articles, [engine.read(a) for a in articles])


def report(count: str, outlet: str, published: str = "", more: str = "") -> str:
    """Return a report of a ferry."""
    dated = f"Published: {published}\n" if published else ""
    return (
        f"Outlet: {outlet}\n{dated}\nFerry accident on Lake Orla\n\n"
        f"The ferry Marigold ran aground on Lake Orla and {count} people were killed, {outlet} said. {more}"
    )


def test_a_figure_moves_from_one_date_to_another_and_never_without() -> None:
    dated = "\n".join(card_timeline.lines(compared(report("12", "A", "2024-05-06"), report("15", "B", "2024-05-08"))))
    assert "**15**, up" in dated
    undated = "\n".join(card_timeline.lines(compared(report("12", "A"), report("15", "B"))))
    assert "**12**" in undated and "**15**" in undated and ", up" not in undated and ", down" not in undated


def test_why_says_how_each_side_is_backed_and_repeats_no_quote() -> None:
    c = compared(report("12", "A", "2024-05-06"), report("18", "B", "2024-05-06"))
    [flag] = [f for f in c.findings if f.flag]
    told = "\n".join(card_story.page("why", STORY, c, 0).blocks)
    for side in flag.sides:
        printed = c.figure(side.figures[0]).printed
        assert f"to 6 (cannot be judged), of “{printed}”: {side.working}." in told
    quotes = [line for line in told.splitlines() if line.startswith(("> “", "-# its own text adds"))]
    assert quotes and len(quotes) == len(set(quotes))


def test_one_voice_on_two_days_is_dated_and_not_credited_differently() -> None:
    texts = (
        "In Orlow 40 people were killed, as of May 6, police of Orlow said after the flood in the town of Orlow.",
        "Police of Orlow said that 40 people were killed in Orlow in the flood, in the town itself.",
    )
    c = compared(
        *(f"Outlet: {name}\nPublished: 2024-05-07\n\nFlood\n\n{text}" for name, text in zip("AB", texts, strict=True))
    )
    told = "\n".join(card_story.comparison(STORY, c).blocks)
    differs = [f for f in c.findings if f.kind == "attribution_differs" and "from the same voice" in f.explanation]
    assert differs and "**Dated differently.**" in told and "**Credited differently.**" not in told


def test_one_reason_told_from_both_sides_is_one_line() -> None:
    c = compared(
        "A fire hurt nine people in Dover on Monday.",
        "A fire hurt eight people in Paris on Monday.",
        "A fire hurt seven people in Dover on Monday.",
    )
    assert {n.reason for n in c.not_compared} == {"another place: Dover / Paris", "another place: Paris / Dover"}
    [line] = card_parts.stopped_lines(c)
    assert line.startswith("- another place: Dover / Paris – nine") and line.endswith("; 1 more pair")
