"""Stories as a Markdown page."""

from collections.abc import Sequence

from bot.model import Comparison


def page(stories: Sequence[tuple[int, str, Comparison, Sequence[str]]]) -> str:
    """Return one section a story."""
    return "\n".join(f"## {number}. {title}\n" for number, title, _, _ in stories)
