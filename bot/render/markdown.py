"""Stories as a Markdown page, for export: what anybody wrote is escaped, so that it cannot act as markup."""

import re
from collections.abc import Sequence

from bot.model import Comparison, Figure, Finding
from bot.render import words
from bot.render.text import table_rows

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~^$!@])")


def escape(text: str) -> str:
    """Return a text on one line that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", words.flat(text))


def page(stories: Sequence[tuple[int, str, Comparison, Sequence[str]]]) -> str:
    """Return one section a story: (number, title, comparison, remarks)."""
    parts = ["# Coverage\n"]
    for number, title, c, remarks in stories:
        parts.append(f"\n## {number}. {escape(title)}\n")
        parts += [f"\n{escape(remark)}\n" for remark in remarks]
        parts.append("\n### Articles\n\n")
        parts += [
            f"- {link(c, a.id)}: {escape(a.title or words.title_of(a))} ({_date(a.published)})\n" for a in c.articles
        ]
        if c.findings:
            parts.append("\n### Findings\n")
            parts += [_finding(c, f) for f in c.findings]
        if c.not_compared:
            parts.append("\n### Not compared, because\n\n")
            parts += [f"- {_pair(c, n.figures)}: {escape(n.reason)}\n" for n in c.not_compared]
        if c.figures:
            parts.append("\n### Figures\n\n| Measure | Place | Figure | Outlet | Who says so | As of | Sentence |\n")
            parts.append("| --- | --- | --- | --- | --- | --- | --- |\n")
            parts += [_row(c, f) for f in table_rows(c, every=True)]
    return "".join(parts)


def link(c: Comparison, id: str) -> str:
    """Return an outlet's name, linked where the article has an address."""
    a = c.article(id)
    name = escape(words.outlet(a))
    url = re.sub(r"[<>\s]", "", a.url or "")
    return f"[{name}](<{url}>)" if url.startswith(("http://", "https://")) else name


def _date(published: str | None) -> str:
    return words.date(published) if published else "date not stated"


def _finding(c: Comparison, f: Finding) -> str:
    parts = [f"\n**{words.title(f)}.** {escape(f.explanation)}\n"]
    seen: set[str] = set()
    for id in (id for side in f.sides for id in side.figures):
        one = c.figure(id)
        if one.article in seen and not f.flag:
            continue
        seen.add(one.article)
        parts.append(f"\n> {escape(words.quote(c, one, 600))}\n> — {link(c, one.article)}\n")
    return "".join(parts)


def _pair(c: Comparison, ids: Sequence[str]) -> str:
    return " / ".join(f"{escape(f.printed)} ({link(c, f.article)})" for f in (c.figure(id) for id in ids))


def _row(c: Comparison, f: Figure) -> str:
    a = c.article(f.article)
    cells = (f.measure or f.type, words.place(f), f.printed)
    said = escape(words.quote(c, f, 300))
    told = (link(c, f.article), escape(f.voice or ""), words.when(f, a), said)
    return f"| {' | '.join((*map(escape, cells), *told))} |\n"
