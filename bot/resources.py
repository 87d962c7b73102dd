"""Find the data that ships with the program: beside the checkout's `bot/`, or inside it in a wheel."""

from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, such as `resource("data", "lexicon")`."""
    package = Path(__file__).parent
    inside = package.joinpath(*parts)
    return inside if inside.exists() else package.parent.joinpath(*parts)
