"""Nothing that the program needs at run time is under a licence that would bind its users' own work."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
# A choice that includes a permissive or weaker licence is a choice.
STRONG = re.compile(r"(?<!L)\bA?GPL|(?<!Lesser )General Public License")


def needed(name: str, seen: dict[str, str]) -> None:
    """Collect the licences of a package and of all it needs here, without extras."""
    if name.lower() in seen:
        return
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return  # for another platform
    told = found.metadata
    given = [line[:80] for key in ("License-Expression", "License") for line in told.get_all(key) or []]
    seen[name.lower()] = " ".join([*given, *(c for c in told.get_all("Classifier") or [] if c.startswith("License"))])
    for line in found.requires or []:
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
            needed(wanted.name, seen)


def test_no_strong_copyleft_at_run_time() -> None:
    seen: dict[str, str] = {}
    for line in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]:
        needed(Requirement(line).name, seen)
    assert len(seen) > 30
    wrong = {
        name: told for name, told in seen.items() if STRONG.search(told) and not re.search(r"\bOR\b|MPL|LGPL", told)
    }
    assert wrong == {}
