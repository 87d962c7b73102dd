"""Lines that several cards share: a quoted figure, a finding, the text table, what was not compared."""

import re
from collections.abc import Iterable, Sequence

from bot.model import Article, Comparison, Figure, Finding
from bot.render import card_texts as t
from bot.render import words
from bot.render.card import Line, Section
from bot.render.escape import code, cut, escape, link
from bot.render.plain import fit as column
from bot.render.text import table_rows

MOST_QUOTE = 220
MOST_EXPLANATION = 420
_PLAIN = re.compile(r"[\w,. %$€£-]*\w[\w,. %$€£-]*")
COLUMNS = (18, 17, 22)
# What one card tells of things that a page tells in full.
MOST_AGREED, MOST_REWORDED = 5, 2


def source(c: Comparison, f: Figure, most: int = MOST_QUOTE) -> str:
    """Return a figure's sentence in quotes with its outlet (linked), who says so and when."""
    a = c.article(f.article)
    when = words.when(f, a)
    told = t.NO_DATE if when == t.NOT_STATED else when
    facts = [link(words.outlet(a), a.url), cut(f.voice, 60) if f.voice else "", told]
    return f"> “{escape(words.quote(c, f, most))}” — {', '.join(x for x in facts if x)}"


def first_of_each(c: Comparison, ids: Iterable[str]) -> list[Figure]:
    """Return one figure an article: two sentences of one article on the same side say the same."""
    seen: dict[str, Figure] = {}
    for id in ids:
        seen.setdefault(c.figure(id).article, c.figure(id))
    return list(seen.values())


def sides(c: Comparison, f: Finding, each: int) -> list[Figure]:
    """Return up to `each` figures of every side of a finding, the sides in turn."""
    return [one for side in f.sides for one in first_of_each(c, side.figures)[:each]]


def head(f: Finding, most: int = MOST_EXPLANATION, c: Comparison | None = None) -> str:
    """Return a finding as one line of plain words; of a flag, what each side says stands out."""
    told = cut(f.explanation, most)
    if f.flag and c is not None:
        told = stressed(told, [c.figure(side.figures[0]).printed for side in f.sides])
    if f.flag:
        return f"{t.WARNING} **{words.title(f)}.** {told}"
    return f"**{words.title(f)}.** {told}"


def stressed(told: str, printed: Sequence[str]) -> str:
    """Return a line with the first mention of each figure in bold; a printed form that holds signs stays as it is."""
    spans: list[tuple[int, int]] = []
    there = told.casefold()
    for one in dict.fromkeys(p for p in printed if p.casefold() in there and _PLAIN.fullmatch(p)):
        for found in re.finditer(rf"(?<![\w.,]){re.escape(one)}(?![\w]|[.,]\d)", told, re.IGNORECASE):
            if all(found.end() <= start or end <= found.start() for start, end in spans):
                spans.append(found.span())
                break
    for start, end in sorted(spans, reverse=True):
        told = f"{told[:start]}**{told[start:end]}**{told[end:]}"
    return told


def finding(c: Comparison, f: Finding, *, each: int = 2) -> Line:
    """Return a finding with the quotes of its sides; in brief one short quote a side."""
    full = "\n".join([head(f, c=c), *(source(c, one) for one in sides(c, f, each))])
    brief = "\n".join([head(f, 200, c), *(source(c, one, 110) for one in sides(c, f, 1)[:2])])
    return Line(full, brief)


def flags(c: Comparison, found: Sequence[Finding]) -> Section:
    """Return the flags of a comparison, each with both quotes, outlets, times and links."""
    return Section("", tuple(finding(c, f) for f in found if f.flag), between="\n\n")


def changes(c: Comparison, found: Sequence[Finding]) -> Section:
    """Return what changed over time, with one quote a side."""
    lines = (finding(c, f, each=1) for f in found if f.kind in words.CHANGES)
    told = tuple(Line(line.full, line.brief.split("\n", 1)[0]) for line in lines)
    return Section(t.CHANGED if told else "", told, share=420)


def agreements(found: Sequence[Finding]) -> Section:
    """Return what agrees or is explained, a line each."""
    rest = agreed(found)
    lines = tuple(Line(f"- {head(f, 240)}", f"- {head(f, 120)}") for f in rest[:MOST_AGREED])
    return Section(t.AGREES if rest else "", lines, max(0, len(rest) - MOST_AGREED))


def agreed(found: Sequence[Finding]) -> list[Finding]:
    """Return the findings that say that figures agree, or why they only seem not to."""
    return [f for f in found if not f.flag and f.kind not in words.CHANGES and f.ruling is None]


def ruled(c: Comparison) -> Section:
    """Return what moderators decided about these figures: what, by whom, when and why."""
    lines = []
    for one in c.ruled:
        r = one.ruling
        who = f"<@{r.by}>" if r.by.isdigit() else cut(r.by, 40)
        told = f"- {cut(one.about, 160)}: **{t.EFFECTS[one.effect]}** by {who}, {words.date(r.at)} (ruling {r.number})"
        lines.append(Line(f"{told}: {cut(r.reason, 300)}", f"{told}: {cut(r.reason, 60)}"))
    return Section(t.RULED if lines else "", tuple(lines), share=400)


def quotations(c: Comparison) -> Section:
    """Return quotations that stand in other words in other articles."""
    lines = [Line(quotation(c, n, 120), quotation(c, n, 50)) for n in range(len(c.quotes))[:MOST_REWORDED]]
    return Section(t.QUOTATIONS if lines else "", tuple(lines), max(0, len(c.quotes) - MOST_REWORDED))


def quotation(c: Comparison, index: int, most: int) -> str:
    """Return the wordings of one quotation with their outlets."""
    told = []
    for span in c.quotes[index].spans[:4]:
        a = c.article(span.article)
        told.append(f"“{cut(a.text[span.start : span.end], most)}” ({link(words.outlet(a), a.url)})")
    return "- " + " / ".join(told)


def stopped_lines(c: Comparison) -> list[str]:
    """Return why figures were not compared, pairs with one reason on one line."""
    lines = []
    for reason, pairs in words.by_reason(c).items():
        pair = " and ".join(f"{cut(f.printed, 40)} ({cut(words.outlet(c.article(f.article)), 40)})" for f in pairs[0])
        more = f"; {t.plural(len(pairs) - 1, 'more pair')}" if pairs[1:] else ""
        lines.append(f"- {cut(reason, 160)} – {pair}{more}")
    return lines


def stopped(c: Comparison) -> Section:
    """Return what was not compared and why."""
    lines = stopped_lines(c)
    return Section(t.STOPPED if lines else "", tuple(map(Line, lines)), c.not_compared_more)


def table(c: Comparison, rows: Sequence[Figure] | None = None) -> Section:
    """Return the text table of figures, outlets and times in a code block, under the measure and place of each."""
    lines = tuple(map(Line, headed(c, disputed_first(c, table_rows(c) if rows is None else rows))))
    head = f"{t.TABLE}\n{t.IN_CONFLICT}" if disputed(c) else t.TABLE
    return Section(head if lines else "", lines, frame=("```\n", "\n```"), share=700)


def disputed(c: Comparison) -> set[str]:
    """Return the figures that stand on a side of a flag."""
    return {id for f in c.findings if f.flag for side in f.sides for id in side.figures}


def disputed_first(c: Comparison, rows: Sequence[Figure]) -> list[Figure]:
    """Return rows of the table, those of events with a conflict first."""
    named = {f.event or f.measure for f in map(c.figure, disputed(c))}
    return sorted(rows, key=lambda f: (f.event or f.measure) not in named)


def headed(c: Comparison, rows: Sequence[Figure]) -> list[str]:
    """Return rows of the table, measure and place above the first of each."""
    lines: list[str] = []
    before, marked = "", disputed(c)
    for f in rows:
        about = ", ".join(x for x in (f.measure or f.type, words.place(f)) if x)
        row = row_of(f, c.article(f.article), "! " if f.id in marked else "  ")
        lines.append(row if about == before else f"{code(words.short(about, 56))}\n{row}")
        before = about
    return lines


def row_of(f: Figure, a: Article, mark: str = "  ") -> str:
    """Return one row of the table: its mark, figure, outlet, time."""
    cells = (f.printed, words.outlet(a), words.when(f, a))
    told = (column(code(cell), width) for cell, width in zip(cells, COLUMNS, strict=True))
    return mark + " ".join(told).rstrip()
