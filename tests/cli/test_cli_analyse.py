"""The commands that leave nothing behind: JSON shapes, errors of single inputs, usage."""

from pathlib import Path

import pytest

from tests.services.articles import FROST, HERALD, TIMES

from .conftest import Done, Run, run_all

BAD = {
    "empty.txt": (b"", "empty"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\0\0\0", "binary"),
    "large.txt": (b"Nothing happened. " * 280_000, "too_large"),
    "broken.txt": (b"It was caf\xe9 time for 12 people.", "bad_encoding"),
    "song.mp3": (b"ID3", "unsupported"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with good and bad inputs."""
    path = tmp_path_factory.mktemp("inputs")
    for name, text in (("herald.txt", HERALD), ("times.txt", TIMES), ("frost.txt", FROST)):
        (path / name).write_text(text)
    for name, (data, _) in BAD.items():
        (path / name).write_bytes(data)
    return path


COMMANDS = {
    "compare": ("compare", "herald.txt", *BAD, "missing.txt", "times.txt", "--json"),
    "figures": ("figures", "herald.txt", "missing.txt", "-", "--all", "--json"),
    "each": ("summarize", "--each", "--sentences", "1", "herald.txt", "frost.txt", "--json"),
    "story": ("summarize", "herald.txt", "times.txt", "--words", "30"),
    "parts": ("summarize", "herald.txt", "times.txt", "--sentences", "1"),
    "digest": ("summarize", "herald.txt", "times.txt", "--sentences", "1", "--json"),
    "group": ("group", "herald.txt", "frost.txt", "times.txt", "--json"),
    "extract": ("extract", "-", "--outlet", "The Desk", "--published", "2024-05-04", "--json"),
    "private": ("extract", "http://127.0.0.1:9/x", "herald.txt", "--json"),
}
INPUTS = {"figures": b"Ann Roe, 62, lost 3 dogs in the 2nd flood of 2011.", "extract": b"It rained. A lot."}


@pytest.fixture(scope="module")
def runs(folder: Path) -> dict[str, Done]:
    """Run everything that these tests look at."""
    before = sorted(p.name for p in folder.iterdir())
    done = run_all(folder, COMMANDS, INPUTS)
    assert sorted(p.name for p in folder.iterdir()) == before
    return done


def test_compare_gives_one_document_and_does_the_other_inputs_still(runs: dict[str, Done]) -> None:
    done = runs["compare"]
    assert done.status == 1
    document = done.document
    expected = {name: code for name, (_, code) in BAD.items()} | {"missing.txt": "not_found"}
    assert {e["input"]: e["code"] for e in document["errors"]} == expected
    assert len(done.err.splitlines()) == len(expected)
    assert all(line.startswith("corrobot: ") for line in done.err.splitlines())
    assert "Traceback" not in done.err
    assert [(a["id"], a["input"], a["outlet"], a["published_from"]) for a in document["articles"]] == [
        ("a1", "herald.txt", "Harbour Herald", "header"),
        ("a2", "times.txt", "Island Times", "header"),
    ]
    texts = {a["id"]: a["text"] for a in document["articles"]}
    figures = {f["id"]: f for f in document["figures"]}
    assert all(texts[f["article"]][f["start"] : f["end"]] == f["printed"] for f in figures.values())
    [flag] = [r for r in document["relations"] if r["flag"]]
    assert flag["kind"] == "conflict"
    assert {figures[id]["low"] for id in flag["figures"]} == {12, 18}
    [finding] = [f for f in document["findings"] if f["flag"]]
    lowest = document["leading"][finding["id"]]["lowest"]
    assert lowest == {"low": 12, "high": 12, "figures": finding["sides"][0]["figures"]}
    keys = {"articles", "figures", "relations", "findings", "not_compared", "leading", "quotes", "errors"}
    assert keys <= set(document)


def test_figures_lists_what_is_no_figure_when_asked(runs: dict[str, Done]) -> None:
    shown = runs["figures"].document
    assert runs["figures"].status == 1
    assert set(shown) == {"articles", "figures", "errors"}
    assert [a["input"] for a in shown["articles"]] == ["herald.txt", "-"]
    assert [f["id"] for f in shown["figures"]] == [f"f{n}" for n in range(1, len(shown["figures"]) + 1)]
    assert [f["printed"] for f in shown["figures"] if f["article"] == "a1" and f["type"] == "count"] == ["12", "31"]
    assert ("62", "age") in {(f["printed"], f["type"]) for f in shown["figures"]}
    assert all(f["rules"] for f in shown["figures"] if f["type"] == "count")


def test_summaries_are_verbatim_sentences(runs: dict[str, Done]) -> None:
    each = runs["each"].document
    assert set(each) == {"articles", "summaries", "errors"}
    texts = {a["id"]: a["text"] for a in each["articles"]}
    assert [s["input"] for s in each["summaries"]] == ["herald.txt", "frost.txt"]
    for summary in each["summaries"]:
        [s] = summary["sentences"]
        assert texts[s["article"]][s["start"] : s["end"]] == s["text"]
    story = runs["story"]
    assert story.status == 0
    assert "[Harbour Herald]" in story.out or "[Island Times]" in story.out
    assert 0 < len(story.out.split()) <= 34


def test_group_extract_and_standard_input(runs: dict[str, Done]) -> None:
    grouped = runs["group"].document
    assert [s["articles"] for s in grouped["stories"]] == [["a1", "a3"], ["a2"]]
    assert grouped["stories"][0]["id"] == "s1"
    assert all("text" not in a for a in grouped["articles"])
    [article] = runs["extract"].document["articles"]
    assert (article["text"], article["outlet"], article["published_from"]) == (
        "It rained. A lot.",
        "The Desk",
        "option",
    )
    private = runs["private"]
    assert (private.status, private.document["errors"][0]["code"]) == (1, "refused_address")
    assert len(private.document["articles"]) == 1


def test_wrong_usage_is_one_line_and_status_2(run: Run) -> None:
    for arguments, part in (
        (["compare"], "Give at least one INPUT"),
        (["compare", "x.txt", "--policy", "median"], "'median' is not one of"),
        (["compare", "--story", "1", "x.txt"], "INPUTs or --story, not both"),
        (["extract", "a.html", "b.html", "--url", "https://x.example/"], "give one INPUT with it"),
        (["summarize", "a.txt", "--words", "5", "--sentences", "5"], "not both"),
        (["summarise"], "No such command"),
        (["export"], "--format"),
    ):
        done = run(*arguments)
        assert (done.status, done.out) == (2, "")
        [line] = done.err.splitlines()
        assert part in line
    done = run("extract", "-", "--published", "May", "--json", input=b"It rained.")
    assert (done.status, done.document["errors"][0]["code"]) == (2, "usage")


def test_help_and_version_come_at_once_and_load_nothing_heavy(run: Run) -> None:
    done = run("--help")
    assert done.status == 0
    for name in ("run", "demo", "ingest", "extract", "figures", "compare", "summarize", "group", "check", "stories",
                 "search", "source", "export", "backup", "doctor"):  # fmt: skip
        assert f"\n  {name} " in done.out
    assert run("--version").out.startswith("corrobot ")
    for name in ("demo", "source"):
        assert run(name, "--help").status == 0


def test_a_story_is_also_told_in_three_parts_with_the_figures_of_its_summary(runs: dict[str, Done]) -> None:
    found = runs["digest"].document
    texts = {a["id"]: a["text"] for a in found["articles"]}
    [only] = found["sentences"]
    assert all(f["article"] == only["article"] for f in found["figures"])
    assert all(only["start"] <= f["start"] < only["end"] for f in found["figures"])
    story = found["story"]
    assert set(story) == {"agreed", "only", "differ"}
    [difference] = story["differ"]
    assert {s["article"] for s in difference["sentences"]} == set(texts)
    for s in (*story["agreed"], *story["only"], *difference["sentences"]):
        assert texts[s["article"]][s["start"] : s["end"]] == s["text"]
    assert "WHERE THEIR FIGURES DIFFER" in runs["parts"].out
