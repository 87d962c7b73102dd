"""The demo: the main job on shipped articles, and nothing left behind but the chart."""

from pathlib import Path

from .conftest import Run


def test_the_demo_shows_the_main_job_and_leaves_a_chart(run: Run, tmp_path: Path) -> None:
    # Even a wrong setting does not matter to it, and it needs neither token nor network.
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    done = run("demo", "--chart", "my chart.png", CORROBOT_WORKERS="many", TMPDIR=str(temporary))
    assert done.status == 0, done.err
    flat = " ".join(done.out.split())
    for text in (
        "5 ARTICLES",
        "CONFLICTS",
        "A part cannot exceed the whole",
        "NOT COMPARED, BECAUSE",
        "FIGURES BY OUTLET",
    ):
        assert text.lower() in flat.lower()
    assert "more than 2,400" in flat
    assert "977" in flat
    # The text form: both sides quoted, with outlet; no colour where there is no terminal.
    assert flat.count("– “") >= 4
    assert "Northgate News · UN OHCHR" in flat
    assert "\x1b" not in done.out
    assert (tmp_path / "my chart.png").read_bytes().startswith(b"\x89PNG")
    assert sorted(p.name for p in tmp_path.iterdir() if p.name not in {".cache", ".config"}) == [
        "my chart.png",
        "temporary",
    ]
    assert list(temporary.iterdir()) == []
    assert "Reading" in done.err


def test_a_chart_that_cannot_be_written_is_said_before_any_work(run: Run) -> None:
    done = run("demo", "--chart", "no/such/folder/chart.png")
    assert (done.status, done.out) == (2, "")
    assert "its folder does not exist" in done.err
