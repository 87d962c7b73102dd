"""The card of one article: where it is from and when, its summary, its figures, how they stand to the rest."""

from collections.abc import Sequence

from bot.model import FIGURE_TYPES_SHOWN, Comparison, Figure, Finding, Reading, StoredArticle, Story, SummarySentence
from bot.render import card_parts as parts
from bot.render import card_texts as t
from bot.render import words
from bot.render.card import Button, Card, Line, Section, fit, section
from bot.render.card_story import page_id
from bot.render.escape import cut, escape, link
from bot.render.text import published


def article(
    stored: StoredArticle,
    reading: Reading | None,
    story: Story | None,
    c: Comparison | None,
    summary: Sequence[SummarySentence],
    remarks: Sequence[str] = (),
    note: str = "",
) -> Card:
    """Return the article card; `note` says what adding it did."""
    a = stored.article
    figures = [f for f in reading.figures if f.type in FIGURE_TYPES_SHOWN] if reading else []
    facts = [f"article {stored.number}", link(words.outlet(a), a.url) if a.outlet else t.NO_OUTLET]
    facts += [cut(a.author, 60)] if a.author else []
    facts += [escape(published(a) or t.NO_DATE)]
    facts += [t.PRIVATE] if stored.private else []
    opening = [f"-# {' · '.join(facts)}"]
    if a.url and not a.outlet:
        opening[0] += f" · {link('source', a.url)}"
    if story is not None:
        opening.append(f"Story {story.number}: {cut(story.title, 120)} ({t.plural(story.articles, 'article')})")
    opening += [cut(remark, 200) for remark in remarks[:5]]
    found = involving(c, f"a{stored.number}") if c else []
    flagged = any(f.flag for f in found)
    sections = [section(f"## {cut(words.title_of(a), t.MOST_TITLE)}", [note, *opening] if note else opening)]
    if c is not None and found:
        sections.append(parts.flags(c, found))
    sections.append(Section(t.SUMMARY if summary else "", tuple(sentence(s) for s in summary)))
    if a.language == "en":
        lines = tuple(figure(f, a.text) for f in figures)
        sections.append(Section(t.FIGURES, lines) if lines else section("", [t.NO_FIGURES]))
    if c is not None and found:
        sections += [parts.ruled(c), parts.changes(c, found), parts.agreements(found)]
    elif figures and story is not None and story.articles > 1:
        sections.append(section(t.AGAINST, [t.NO_FINDINGS]))
    if a.notes:
        sections.append(section(t.INFERRED, [f"-# {cut(note, 200)}" for note in a.notes]))
    buttons = _buttons(story, figures)
    return Card(fit(sections), "flag" if flagged else "plain", buttons)


def _buttons(story: Story | None, figures: Sequence[Figure]) -> tuple[Button, ...]:
    if story is None or not figures:
        return ()
    compare = (Button(t.COMPARE, f"corrobot:compare:{story.number}", "primary"),) if story.articles > 1 else ()
    return (*compare, Button(t.ALL_FIGURES, page_id("figures", story.number)))


def involving(c: Comparison, id: str) -> list[Finding]:
    """Return how one article stands to others: the findings with its figures and theirs, and all its flags."""
    found = []
    for f in c.findings:
        articles = {c.figure(x).article for side in f.sides for x in side.figures}
        if id in articles and (f.flag or len(articles) > 1):
            found.append(f)
    return found


def sentence(s: SummarySentence) -> Line:
    """Return one sentence of a summary as it was written."""
    return Line(f"> {cut(s.text, 600)}", f"> {cut(s.text, 160)}")


def figure(f: Figure, text: str) -> Line:
    """Return one figure with its measure, place, time and who says so."""
    facts = [words.place(f), words.date(f.as_of) if f.as_of else "", f.voice or ""]
    if f.status != "reported":
        facts.append(f.status)
    told = f"- **{cut(f.printed, 60)}** {cut(f.measure or f.type, 60)}"
    extra = ", ".join(cut(x, 60) for x in facts if x)
    return Line(f"{told} ({extra})" if extra else told)
