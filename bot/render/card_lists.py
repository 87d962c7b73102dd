"""Cards that list: articles, stories, sources, open flags, found figures; a check of a text; a summary."""

from collections.abc import Collection, Sequence
from typing import Literal, Protocol

from bot.model import Article, Comparison, Figure, Finding, Relation, Source, StoredArticle, Story, SummarySentence
from bot.render import card_parts as parts
from bot.render import card_texts as t
from bot.render import words
from bot.render.card import Button, Card, Line, Section, fit, section
from bot.render.escape import cut, escape, link

PER_PAGE = 10
MOST_PAIRS = 6


class Flagged(Protocol):
    """An open flag with its story and comparison."""

    @property
    def story(self) -> Story: ...
    @property
    def finding(self) -> Finding: ...
    @property
    def comparison(self) -> Comparison: ...


class Checked(Protocol):
    """A story with its comparison with a text."""

    @property
    def story(self) -> Story: ...
    @property
    def comparison(self) -> Comparison: ...


def _turns(what: Literal["articles", "stories"], page: int, more: bool) -> tuple[Button, ...]:
    back = (Button(t.BACK, f"corrobot:list:{what}:{page - 1}"),) if page else ()
    return (*back, Button(t.ON, f"corrobot:list:{what}:{page + 1}")) if more else back


def articles(found: Sequence[StoredArticle], page: int) -> Card:
    """Return a page of articles; one more than a page holds says that there is another."""
    lines = []
    for stored in found[:PER_PAGE]:
        a = stored.article
        when = words.date(a.published) if a.published else t.NO_DATE
        story = f" · story {stored.story}" if stored.story else ""
        lines.append(Line(f"**{stored.number}.** {link(words.title_of(a), a.url)}\n-# {escape(words.outlet(a))}, {when}{story}",
                          f"**{stored.number}.** {cut(words.title_of(a), 80)}"))  # fmt: skip
    blocks = fit([section("## Articles", [f"-# newest first, page {page + 1}"]), Section("", tuple(lines))])
    return Card(blocks, buttons=_turns("articles", page, len(found) > PER_PAGE))


def stories(found: Sequence[Story], page: int, query: str = "", muted: Collection[int] = ()) -> Card:
    """Return a page of stories."""
    lines = [Line(story_line(s, muted=s.number in muted)) for s in found[:PER_PAGE]]
    head = f"-# with “{cut(query, 60)}”" if query else f"-# newest first, page {page + 1}"
    turns = () if query else _turns("stories", page, len(found) > PER_PAGE)
    return Card(fit([section("## Stories", [head]), Section("", tuple(lines))]), buttons=turns)


def story_line(s: Story, *, muted: bool = False) -> str:
    """Return one story in two lines."""
    facts = [t.plural(s.articles, "article"), t.plural(s.outlets, "outlet")]
    facts.append(f"{words.date(s.first)} – {words.date(s.last)}" if s.first != s.last else words.date(s.first))
    told = f"{t.WARNING} {t.plural(s.flags, 'conflict')}" if s.flags else ""
    facts += [x for x in (told, t.MUTED if muted else "") if x]
    return f"**{s.number}.** {cut(s.title, 120)}\n-# {' · '.join(facts)}"


def sources(found: Sequence[Source]) -> Card:
    """Return the registered sources."""
    lines = tuple(Line(source_line(s)) for s in found)
    return Card(fit([section("## Sources", [f"-# {t.plural(len(found), 'source')}; A is most reliable, F not judged"]),
                     Section("", lines)]))  # fmt: skip


def source_line(s: Source) -> str:
    """Return one source in a line."""
    told = [", ".join(cut(d, 80) for d in s.domains), "also " + ", ".join(cut(a, 40) for a in s.aliases)]
    kept = [x for x, there in zip(told, (s.domains, s.aliases), strict=True) if there]
    return f"**{s.number}.** {cut(s.name, 80)} ({s.letter})" + (f": {'; '.join(kept)}" if kept else "")


def flags(found: Sequence[Flagged], where: str) -> Card:
    """Return open flags, each under its story."""
    lines = []
    for one in found:
        line = parts.finding(one.comparison, one.finding, each=1)
        above = f"-# story {one.story.number}: {cut(one.story.title, 100)}\n"
        lines.append(Line(above + line.full, above + line.brief))
    head = section("## Open conflicts", [f"-# {t.plural(len(found), 'conflict')} in {cut(where, 140)}"])
    numbers = list(dict.fromkeys(one.story.number for one in found))[:5]
    buttons = tuple(Button(f"Compare story {n}", f"corrobot:compare:{n}") for n in numbers)
    return Card(fit([head, Section("", tuple(lines), between="\n\n")]), "flag", buttons)


def checked(article: Article, figures: Sequence[Figure], found: Sequence[Checked], remarks: Sequence[str]) -> Card:
    """Return how the figures of a text stand to stored coverage."""
    head = section("## Check", [f"> {cut(article.text, 300)}", *(cut(r, 300) for r in remarks)])
    read = [f"- **{cut(f.printed, 60)}** {cut(', '.join(x for x in (f.measure, words.place(f)) if x), 100)}"
            for f in figures]  # fmt: skip
    sections = [head, section(t.FIGURES if read else "", read)]
    flagged = False
    for one in found:
        c = one.comparison
        pairs = _pairs(c, article.id)
        flagged = flagged or any(flag for _, flag in pairs)
        sections.append(section("", [f"**Against story {one.story.number}:** {cut(one.story.title, 120)}"]))
        lines = tuple(_pair(c, r, article.id, flag) for r, flag in pairs[:MOST_PAIRS])
        sections.append(Section("", lines, max(0, len(pairs) - MOST_PAIRS)))
        sections.append(parts.stopped(c))
    return Card(fit(sections), "flag" if flagged else "plain")


def _pairs(c: Comparison, id: str) -> list[tuple[Relation, bool]]:
    """Return how the figures of a text stand to others, conflicts first; what one voice says is told once."""
    dismissed = {id for f in c.findings if f.ruling for id in f.relations}
    own = {f.id for f in c.figures if f.article == id}
    seen: dict[tuple[object, ...], tuple[Relation, bool]] = {}
    for r in c.relations:
        if r.kind.startswith("different_") or own.isdisjoint(r.figures):
            continue
        figures = [c.figure(x) for x in r.figures]
        others = tuple((f.low, f.high, f.voice, f.as_of) for f in figures if f.article != id)
        seen.setdefault((r.kind, *others), (r, r.flag and r.id not in dismissed))
    return sorted(seen.values(), key=lambda pair: not pair[1])


def _pair(c: Comparison, r: Relation, id: str, flag: bool) -> Line:
    """Return one pair in words with the sentence that is held against the text."""
    figures = [c.figure(x) for x in r.figures]
    told = parts.stressed(cut(r.explanation, 420), [f.printed for f in figures]) if flag else cut(r.explanation, 240)
    head = f"{t.WARNING} **{words.KIND_NAMES[r.kind]}.** {told}" if flag else f"**{words.KIND_NAMES[r.kind]}.** {told}"
    quotes = [parts.source(c, f) for f in figures if f.article != id][:2]
    return Line("\n".join([head, *quotes]), head)


def searched(query: str, found: Sequence[tuple[StoredArticle, Figure, str]]) -> Card:
    """Return figures that a search found, each with its sentence, outlet and link."""
    lines = []
    for stored, f, text in found:
        a = stored.article
        about = ", ".join(cut(x, 60) for x in (f.measure or f.type, words.place(f)) if x)
        story = f", story {stored.story}" if stored.story else ""
        told = f"**{cut(f.printed, 60)}** {about}"
        name = f"{link(words.outlet(a), a.url)}, {words.when(f, a)}{story}"
        lines.append(Line(f"{told}\n> “{cut(text, 220)}” — {name}", f"{told} — {cut(words.outlet(a), 48)}"))
    head = section(f"## Figures: {cut(query, 80)}", [f"-# {t.plural(len(found), 'figure')} found"])
    return Card(fit([head, Section("", tuple(lines))]))


def summary(title: str, sentences: Sequence[tuple[SummarySentence, Article | None]], note: str = "") -> Card:
    """Return a summary; each sentence is as it was written and names and links its source."""
    lines = []
    for s, a in sentences:
        name = link(words.outlet(a), a.url) if a else ""
        plain = cut(words.outlet(a), 48) if a else ""
        lines.append(Line(f"> {cut(s.text, 700)}\n-# — {name}", f"> {cut(s.text, 160)}\n-# — {plain}"))
    head = section(f"## Summary: {cut(title, t.MOST_TITLE)}", [f"-# {note}"] if note else [])
    body = Section("", tuple(lines)) if lines else section("", [t.NO_SENTENCE])
    return Card(fit([head, body]))
