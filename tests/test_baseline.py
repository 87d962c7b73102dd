"""The floors are of the labelled sets as they are."""

from pathlib import Path

from bench.quality.data import changed, digest, digests


def test_the_sets_are_those_that_the_floors_were_measured_on(eval_data: Path) -> None:
    assert changed(eval_data) == []


def test_the_projects_own_sets_are_too(tmp_path: Path) -> None:
    assert len(digests(tmp_path)) == 4
    assert changed(tmp_path) == []


def test_a_changed_set_has_another_digest(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "a.txt").write_text("one")
    before = digest(tmp_path / "set")
    (tmp_path / "set" / "a.txt").write_text("two")
    other = digest(tmp_path / "set")
    (tmp_path / "set" / "a.txt").rename(tmp_path / "set" / "b.txt")
    assert len({before, other, digest(tmp_path / "set")}) == 3
