"""The seeds give the demo's findings - and so does the same story with other places, dates, agencies and numbers."""

from pathlib import Path

from bot.model import Comparison
from bot.services.engine import Engine

# Everything that names the story is replaced; the numbers keep their relations (a part above its whole, a sum, a rounding).
NAMES = {
    "Ukraine": "Kenya", "Mariupol": "Mombasa", "Russians": "Maruvians", "Russian": "Maruvian", "Russia": "Maruvia",
    "Moscow": "Maruvia City", "Kremlin": "palace", "Vladimir Putin": "Oleg Tarn", "Putin": "Tarn",
    "Antony Blinken": "Miriam Okello", "Blinken": "Okello", "Volodymyr Zelenskyy": "Samuel Kiprop",
    "Zelenskyy": "Kiprop", "Joe Biden": "Paul Reeve", "Biden": "Reeve", "Beth Van Schaack": "Ruth van Dael",
    "Van Schaack": "Van Dael", "John Kirby": "Mark Lund", "Barbara Woodward": "Helen Price",
    "Vassily Nebenzia": "Igor Volsk", "United Nations Security Council": "African Union Peace Council",
    "United Nations": "Red Cross", "the UN": "the Red Cross", "The U.N.": "The Red Cross",
    "the U.N.": "the Red Cross", "the human rights office of the Red Cross": "the Red Cross",
    "The human rights office of the Red Cross": "The Red Cross", "UN human rights": "aid", "Pentagon": "army",
    "Grozny": "Kumasi", "Aleppo": "Gulu", "Chechnya": "Ghana", "Syria": "Uganda", "Crimea": "Malindi",
    "Donbas": "Rift Valley",
}  # fmt: skip
NUMBERS = {
    "2,400": "3,100", "2,500": "3,400", "977": "1,204", "1,594": "2,210", "1,000": "1,200", "100,000": "60,000",
    "March 22": "July 9", "March 11": "June 30", "Thirteen": "Eleven", "Feb. 24": "May 2",
}  # fmt: skip
CLAUSES = {
    "In Mombasa alone, more than 3,100 civilians were killed as of July 9, according to official figures of the encircled city.":
        "According to official figures of the encircled city, as of July 9 more than 3,100 civilians were killed in Mombasa alone.",
    "President Samuel Kiprop told lawmakers that 60,000 citizens sit trapped in the city with nothing to eat or drink.":
        "In the city 60,000 citizens are trapped with nothing to eat or drink, President Samuel Kiprop told lawmakers.",
    "The Red Cross has, as of July 9, confirmed more than 3,400 civilian casualties":
        "As of July 9, the Red Cross has confirmed more than 3,400 civilian casualties",
}  # fmt: skip


def _told(engine: Engine, texts: dict[str, str]) -> Comparison:
    articles = [engine.article(f"a{n}", name, text.encode()) for n, (name, text) in enumerate(sorted(texts.items()), 1)]
    return engine.compare(articles, [engine.read(a) for a in articles])


def _shape(c: Comparison) -> dict[str, list[tuple[str, ...]]]:
    """Return every relation worth showing as the articles and events it joins: what must survive other names."""
    figures = {f.id: f for f in c.figures}
    shape: dict[str, list[tuple[str, ...]]] = {}
    for r in c.relations:
        if not r.kind.startswith("different_"):
            shape.setdefault(r.kind, []).append(
                tuple(sorted(f"{figures[i].article}:{figures[i].event}" for i in r.figures))
            )
    return {k: sorted(v) for k, v in sorted(shape.items())}


def _elsewhere(text: str) -> str:
    for names in (NAMES, NUMBERS, CLAUSES):
        for old, new in names.items():
            text = text.replace(old, new)
    return text


def test_the_seeds_give_the_demos_findings(engine: Engine, seeds: list[Path]) -> None:
    c = _told(engine, {p.name: p.read_text() for p in seeds})
    flags = [f for f in c.findings if f.flag]
    assert [(f.kind, f.severity) for f in flags] == [("part_exceeds_whole", "high")] or [(f.kind) for f in flags] == [
        "part_exceeds_whole"
    ]
    assert len([r for r in c.relations if r.flag]) == 4
    figures = {f.id: f for f in c.figures}
    assert {figures[i].printed for r in c.relations if r.flag for i in r.figures} == {
        "more than 2,400",
        "977",
        "roughly 1,000",
    }
    assert any("2,571" in r.explanation for r in c.relations if r.kind == "sum_agrees")
    assert {frozenset(figures[i].printed for i in r.figures) for r in c.relations if r.kind == "rounded"} >= {
        frozenset({"977", "roughly 1,000"})
    }
    assert {frozenset(s.article for s in q.spans) for q in c.quotes} >= {
        frozenset({"a2", "a3"}),
        frozenset({"a2", "a5"}),
    }
    assert [a.outlet for a in c.articles] == [None, None, "Potomac Examiner", "Meridian Post", "Northgate News"]


def test_other_names_and_numbers_give_the_same_relations(engine: Engine, seeds: list[Path]) -> None:
    own = _told(engine, {p.name: p.read_text() for p in seeds})
    other = {p.name: _elsewhere(p.read_text()) for p in seeds}
    assert "Ukraine" not in "".join(other.values())
    told = _told(engine, other)
    assert _shape(told) == _shape(own)
    assert {f.place for f in told.figures} >= {"Mombasa", "Kenya"}


def test_real_articles_give_what_the_truth_says(eval_data: Path) -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, str(eval_data / "tools" / "check_seeds.py"), sys.executable, "-m", "bot"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stdout


def test_no_explanation_shows_what_is_missing_as_none(engine: Engine, seeds: list[Path]) -> None:
    c = _told(engine, {p.name: p.read_text() for p in seeds})
    told = (
        [r.explanation for r in c.relations] + [n.reason for n in c.not_compared] + [f.explanation for f in c.findings]
    )
    assert told
    assert [t for t in told if "None" in t] == []
