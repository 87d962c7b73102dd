"""Domain objects as plain text for a terminal. (The text forms follow.)"""

from collections.abc import Sequence

from bot.model import Article, Comparison, Figure, Policy, SummarySentence


def extract(articles: Sequence[Article]) -> str:
    """Return title, source and text of each article."""
    return "\n".join(f"{a.title or a.input}\n\n{a.text}\n" for a in articles)


def figures(articles: Sequence[Article], found: Sequence[Figure], *, explain: bool) -> str:
    """Return a line for each figure."""
    return "".join(f"{f.printed}  {f.measure}\n" for f in found)


def comparison(c: Comparison, *, policy: Policy | None, every: bool) -> str:
    """Return the findings."""
    return "".join(f"{f.explanation}\n" for f in c.findings)


def summary(articles: Sequence[Article], chosen: Sequence[SummarySentence]) -> str:
    """Return one summary."""
    return "".join(f"{s.text}\n" for s in chosen)


def summaries(each: Sequence[tuple[Article, Sequence[SummarySentence]]]) -> str:
    """Return a summary for each article."""
    return "\n".join(f"{a.title or a.input}\n{summary((a,), s)}" for a, s in each)
