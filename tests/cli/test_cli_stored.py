"""The commands over the store: ingest twice, check, search, export, sources, backup, doctor, run, settings."""

import sqlite3
from pathlib import Path

import pytest

from tests.services.articles import FROST, HERALD, TIMES

from .conftest import Done, Run, run_all, run_in

DB = "sqlite:///news.db"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with a store of three articles."""
    path = tmp_path_factory.mktemp("store")
    for name, text in (("herald.txt", HERALD), ("times.txt", TIMES), ("frost.txt", FROST)):
        (path / name).write_text(text)
    done = run_in(path, "ingest", "herald.txt", "missing.txt", "times.txt", "frost.txt", "--db", DB, "--json")
    assert done.status == 1
    assert [e["code"] for e in done.document["errors"]] == ["not_found"]
    assert [(a["number"], a["created"], a["story"], a["flags"]) for a in done.document["articles"]] == [
        (1, True, 1, 0),
        (2, True, 1, 1),
        (3, True, 2, 0),
    ]
    return path


COMMANDS = {
    "twice": ("backup", "herald.txt", "--db", DB),
    "none": ("backup", "x.db", "--db", "sqlite:///none.db", "--json"),
    "again": ("ingest", "herald.txt", "--db", DB),
    "check": ("check", "The Selma Lund sank and 25 people were killed.", "--db", DB, "--json"),
    "stories": ("stories", "--db", DB, "--json"),
    "compare": ("compare", "--story", "1", "--db", DB, "--json"),
    "gone": ("compare", "--story", "8", "--db", DB, "--json"),
    "search": ("search", "killed vostmark", "--db", DB, "--json"),
    "export": ("export", "--format", "json", "--db", DB),
    "other": ("export", "--format", "json", "--db", DB, "--server", "99"),
}


@pytest.fixture(scope="module")
def runs(folder: Path) -> dict[str, Done]:
    """Run everything that only looks at the store, several at once, as people do."""
    return run_all(folder, COMMANDS)


def test_ingest_is_safe_to_repeat(runs: dict[str, Done]) -> None:
    assert (runs["again"].status, runs["again"].err) == (0, "")
    assert runs["again"].out.startswith("Article 1 is stored already: Ferry sinks off Vostmark (Harbour Herald)")
    listed = runs["stories"].document["stories"]
    assert {s["number"]: (s["articles"], s["outlets"], s["flags"]) for s in listed} == {1: (2, 2, 1), 2: (1, 1, 0)}


def test_a_stored_story_is_compared(runs: dict[str, Done]) -> None:
    done = runs["compare"]
    assert done.status == 0
    assert done.document["story"]["title"] == "Ferry sinks off Vostmark"
    assert [a["id"] for a in done.document["articles"]] == ["a1", "a2"]
    assert [f["kind"] for f in done.document["findings"] if f["flag"]] == ["conflict"]
    gone = runs["gone"]
    assert (gone.status, gone.document["errors"][0]["code"]) == (1, "not_found")
    assert gone.err == "corrobot: There is no story 8 here.\n"


def test_check_search_and_export(runs: dict[str, Done]) -> None:
    [story] = runs["check"].document["stories"]
    assert {r["kind"] for r in story["relations"]} == {"conflict"}
    found = runs["search"].document
    assert {a["number"] for a in found["articles"]} == {1, 2}
    assert {f["printed"] for f in found["figures"]} == {"12", "18"}
    assert [s["number"] for s in runs["export"].document["stories"]] == [1, 2]
    assert runs["other"].document == {"stories": [], "errors": []}


def test_sources_are_kept_per_server(folder: Path) -> None:
    added = run_in(
        folder, "source", "add", "The Isle", "--domain", "isle.example", "--letter", "b", "--db", DB, "--json"
    )
    [source] = added.document["sources"]
    assert source == {
        "number": 1,
        "name": "The Isle",
        "domains": ["isle.example"],
        "aliases": [],
        "letter": "B",
        "feeds": [],
    }
    again = run_in(folder, "source", "add", "Isle", "--domain", "isle.example", "--db", DB)
    assert again.status == 2
    assert "isle.example belongs to source 1" in again.err
    assert "A" in run_in(folder, "source", "edit", "1", "--letter", "A", "--db", DB).out
    assert run_in(folder, "source", "list", "--db", DB, "--server", "2", "--json").document["sources"] == []
    assert run_in(folder, "source", "remove", "8", "--db", DB).status == 1


def test_backup_is_a_store_of_its_own(folder: Path, runs: dict[str, Done]) -> None:
    assert run_in(folder, "backup", "copy/news.db", "--db", DB).status == 0
    with sqlite3.connect(folder / "copy" / "news.db") as copy:
        assert copy.execute("SELECT count(*) FROM articles").fetchone() == (3,)
    copy.close()
    assert runs["twice"].status == 2
    assert "exists already" in runs["twice"].err
    assert (folder / "herald.txt").read_text() == HERALD
    assert (runs["none"].status, runs["none"].document["errors"][0]["code"]) == (1, "not_found")
    assert not (folder / "none.db").exists()


def test_doctor_says_what_is_well_and_what_is_not(folder: Path) -> None:
    # Nobody listens on port 9: Discord cannot be reached, which without a token is only worth a note.
    api = "http://127.0.0.1:9/api"
    well = run_in(folder, "doctor", "--db", DB, "--json", DISCORD_API_URL=api)
    assert well.status == 0
    assert {c["name"]: c["verdict"] for c in well.document["checks"]} == {
        "settings": "ok",
        "store": "ok",
        "word lists": "ok",
        "fonts": "ok",
        "Discord": "note",
    }
    (folder / "junk.db").write_bytes(b"no database at all" * 100)
    ill = run_in(folder, "doctor", "--db", "sqlite:///junk.db", DISCORD_TOKEN="abc", DISCORD_API_URL=api)
    assert ill.status == 1
    assert "PROBLEM  store: " in ill.out
    assert "PROBLEM  Discord: " in ill.out
    assert "abc" not in ill.out


def test_run_without_a_token_names_it_and_the_demo(run: Run) -> None:
    done = run("run")
    assert (done.status, done.out) == (2, "")
    [line] = done.err.splitlines()
    assert "DISCORD_TOKEN" in line
    assert "corrobot demo" in line


def test_wrong_settings_stop_the_start_with_one_line(run: Run, tmp_path: Path) -> None:
    done = run("stories", CORROBOT_WORKERS="many", CORROBOT_LOG_FORMAT="xml")
    assert done.status == 2
    [line] = done.err.splitlines()
    assert "CORROBOT_WORKERS 'many' is wrong" in line
    assert "a whole number from 1 to 64" in line
    assert "CORROBOT_LOG_FORMAT 'xml'" in line
    (tmp_path / ".env").write_text("CORROBOT_DATABASE_URL=postgres://x\n")
    done = run("stories")
    assert (done.status, len(done.err.splitlines())) == (2, 1)
    assert "CORROBOT_DATABASE_URL 'postgres://x'" in done.err
    (tmp_path / ".env").write_bytes(b"DISCORD_TOKEN=\xff\xfe\n")
    assert "cannot be read" in run("run").err
