"""The comparison card of a story, and its pages: all figures, quotes, why flagged, what was not compared."""

from collections.abc import Sequence

from bot.model import FIGURE_TYPES_SHOWN, Comparison, Figure, Finding, Policy, StoredArticle, Story
from bot.render import card_parts as parts
from bot.render import card_texts as t
from bot.render import card_timeline, words
from bot.render.card import Button, Card, Line, Picture, Section, fit, paged, section
from bot.render.escape import cut, escape, link
from bot.render.text import table_rows

# Rows of the table on a page; each may have a head of its own.
ROWS = 24
PAGES = ("figures", "timeline", "quotes", "why", "agrees", "stopped")
LABELS = {
    "figures": t.ALL_FIGURES,
    "timeline": t.TIMELINE,
    "quotes": t.QUOTES,
    "why": t.WHY,
    "agrees": t.AGREES_BUTTON,
    "stopped": t.STOPPED_BUTTON,
}


def page_id(what: str, number: int, page: int = 0) -> str:
    """Return the id of the button that shows a page of something."""
    return f"corrobot:page:{what}:{number}:{page}"


def opening(story: Story, c: Comparison, remarks: Sequence[str]) -> Section:
    """Return the title of a story, what there is of it, and in one sentence how its figures stand."""
    first, last = (words.date(day) for day in (story.first, story.last))
    facts = [f"story {story.number}", t.plural(story.articles, "article"), t.plural(story.outlets, "outlet")]
    facts.append(first if first == last else f"{first} – {last}")
    flags = sum(f.flag for f in c.findings)
    changes = sum(f.kind in words.CHANGES for f in c.findings)
    figures = sum(f.type in FIGURE_TYPES_SHOWN for f in c.figures)
    told = [t.state(len(c.articles), flags, changes, figures), *(cut(r, 160) for r in remarks[:4])]
    return section(f"## {cut(story.title, t.MOST_TITLE)}", [f"-# {' · '.join(facts)}", *told])


def comparison(
    story: Story,
    c: Comparison,
    *,
    policy: Policy | None = None,
    remarks: Sequence[str] = (),
    picture: Picture | None = None,
    watched: bool = False,
) -> Card:
    """Return the comparison card: flags, what changed, what was not compared, the table, the chart."""
    count = sum(f.flag for f in c.findings)
    changed = [f for f in c.findings if f.kind in words.CHANGES]
    blocks = fit(
        [
            opening(story, c, remarks),
            parts.flags(c, c.findings),
            parts.ruled(c),
            leading(c, policy),
            parts.changes(c, c.findings),
            parts.agreements(c.findings),
            parts.quotations(c),
            parts.stopped(c),
            parts.table(c),
        ]
    )
    shown = [what for what in PAGES if _has(what, c)]
    buttons = tuple(Button(LABELS[what], page_id(what, story.number)) for what in shown)
    if count:
        buttons += (Button(t.RULE, f"corrobot:rule:{story.number}"),)
    if not watched:
        buttons += (Button(t.WATCH, f"corrobot:watch:{story.number}"),)
    buttons += (Button(t.EXPORT, f"corrobot:export:{story.number}"),)
    return Card(blocks, "flag" if count else "change" if changed else "plain", buttons, picture)


def leading(c: Comparison, policy: Policy | None) -> Section:
    """Return which figure the chosen policy puts first, and what the others would."""
    if policy is None:
        return Section("", ())
    lines = []
    for id, by in c.leading.items():
        about = next((f for f in c.findings if f.id == id), None)
        if about is None or policy not in by:
            continue
        others = "; ".join(f"{escape(p)}: {words.lead(lead)}" for p, lead in by.items() if p != policy)
        measure = cut(about.explanation.split(":", 1)[0], 60)
        told = f"- {measure}: **{words.lead(by[policy])}** ({escape(policy)}: {words.POLICY_NAMES[policy]})."
        lines.append(Line(f"{told} Others would give {others}." if others else told, told))
    return Section(t.LEADING if lines else "", tuple(lines))


def side_by_side(
    story: Story, articles: Sequence[StoredArticle], c: Comparison, *, remarks: Sequence[str] = ()
) -> Card:
    """Return a story's card: its articles with outlet, date and link, and what each of them counts."""
    lines = []
    for stored in articles:
        a = stored.article
        own = [f for f in table_rows(c, every=True) if f.article == f"a{stored.number}"]
        counted = "; ".join(f"{cut(f.printed, 40)} {cut(f.measure, 40)}".strip() for f in own[:4])
        more = f" and {len(own) - 4} more" if len(own) > 4 else ""
        when = words.date(a.published) if a.published else t.NO_DATE
        name = f"- {stored.number}. {link(words.outlet(a), a.url)}, {when}"
        told = f"{name}: {cut(words.title_of(a), 100)}"
        lines.append(Line(f"{told}\n  {counted}{more}" if counted else told, name))
    count = sum(f.flag for f in c.findings)
    short = Section("", tuple(Line(parts.head(f, 300, c)) for f in c.findings if f.flag))
    blocks = fit([opening(story, c, remarks), short, Section(t.SOURCES, tuple(lines)), parts.table(c)])
    buttons = (
        Button(t.COMPARE, f"corrobot:compare:{story.number}", "primary"),
        *(Button(LABELS[what], page_id(what, story.number)) for what in ("figures", "quotes") if _has(what, c)),
    )
    return Card(blocks, "flag" if count else "plain", buttons)


def page(what: str, story: Story, c: Comparison, number: int, picture: Picture | None = None) -> Card:
    """Return one page of what a button of the comparison card shows; a picture goes along with the first."""
    pages = figure_pages(c) if what == "figures" else paged(_lines(what, c) or [t.NO_FIGURES])
    number = max(0, min(number, len(pages) - 1))
    text = "\n".join(pages[number])
    if what == "figures":
        text = f"```\n{text or t.NO_FIGURES}\n```"
    top = f"### {LABELS[what]}: {cut(story.title, t.MOST_TITLE)}"
    foot = t.page(number + 1, len(pages)) if len(pages) > 1 else ""
    note = t.WHY_SHOWN if what == "why" else t.IN_CONFLICT if what == "figures" and parts.disputed(c) else ""
    turns = []
    if number:
        turns.append(Button(t.BACK, page_id(what, story.number, number - 1)))
    if number + 1 < len(pages):
        turns.append(Button(t.ON, page_id(what, story.number, number + 1)))
    shown = picture if not number else None
    return Card(tuple(x for x in (top, text, note, foot) if x), "plain", tuple(turns), shown)


def figure_pages(c: Comparison) -> list[list[str]]:
    """Return all figures in pages of the table, each page with its own heads."""
    rows = parts.disputed_first(c, table_rows(c, every=True))
    return [parts.headed(c, rows[at : at + ROWS]) for at in range(0, max(1, len(rows)), ROWS)]


def _has(what: str, c: Comparison) -> bool:
    """Tell whether a page has anything to show, without writing it."""
    if what in ("figures", "quotes"):
        return bool(c.figures)
    if what == "timeline":
        return bool(card_timeline.lines(c))
    if what == "why":
        return any(f.flag for f in c.findings)
    return bool(parts.agreed(c.findings) if what == "agrees" else c.not_compared)


def _lines(what: str, c: Comparison) -> list[str]:
    if what == "figures":
        return [f.printed for f in c.figures]
    if what == "timeline":
        return card_timeline.lines(c)
    if what == "quotes":
        return [_quoted(c, f) for f in table_rows(c)] + [parts.quotation(c, n, 400) for n in range(len(c.quotes))]
    if what == "why":
        return [line for f in c.findings if f.flag for line in _why(c, f)]
    if what == "agrees":
        return [_explained(c, f) for f in parts.agreed(c.findings)]
    return parts.stopped_lines(c)


def _quoted(c: Comparison, f: Figure) -> str:
    return f"**{cut(f.printed, 60)}** {cut(f.measure, 60)}\n{parts.source(c, f, 500)}"


def _explained(c: Comparison, f: Finding) -> str:
    return "\n".join([parts.head(f, 400), *(parts.source(c, one, 160) for one in parts.sides(c, f, 1)[:2])])


def _why(c: Comparison, f: Finding) -> list[str]:
    # A story of 200 outlets that all differ has 20,000 pairs in one flag.
    own = frozenset(f.relations)
    rules = list(dict.fromkeys(r.rule for r in c.relations if r.id in own))
    sure = t.SURE.format(share=f.confidence, rules=cut(", ".join(rules), 120)) if rules else ""
    told = [parts.head(f, 900, c), *(parts.source(c, one, 400) for one in parts.sides(c, f, 4))]
    quoted = f.explanation + " ".join(c.article(x.article).text[slice(*x.sentence)] for x in parts.sides(c, f, 4))
    caveats = {x.caveat: x for x in parts.sides(c, f, 4) if x.caveat and x.caveat not in quoted}
    for caveat, one in caveats.items():
        outlet = cut(words.outlet(c.article(one.article)), 48)
        told.append(t.ITS_TEXT_ADDS.format(outlet=outlet, caveat=cut(caveat, 300)))
    for side in f.sides:
        printed = cut(c.figure(side.figures[0]).printed, 60)
        told += [t.GRADED.format(printed=printed, working=cut(side.working, 160))] if side.working else []
    return [line for line in (*told, sure) if line]
