"""What a process takes of its machine: the data that ships with the program, and time for garbage."""

import gc
from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, such as `resource("data", "lexicon")`.

    It lies beside the checkout's `bot/`, or inside it in a wheel.
    """
    package = Path(__file__).parent
    inside = package.joinpath(*parts)
    return inside if inside.exists() else package.parent.joinpath(*parts)


def collect_rarely() -> None:
    """Look for cycles of garbage less often: trees of pages and pairs of figures are many objects and no cycles.

    Saves a thirtieth of an extraction and a sixth of a comparison.
    """
    gc.set_threshold(20_000, 20, 20)


def keep_loaded() -> None:
    """Leave out of every later search for garbage what is loaded by now: a model is a million objects that stay."""
    gc.collect()
    gc.freeze()
