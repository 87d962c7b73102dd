"""Domain objects as plain text: what the command line prints for people."""

from collections.abc import Iterable, Sequence

from bot.model import Article, Comparison, Figure, Finding, Policy, SummarySentence
from bot.render import words
from bot.render.plain import Page

MOST_QUOTES = 6
MOST_STOPPED = 12
TONE = (
    "How much of the wording is opinion (0 to 1), and how kind (+) or unkind (-) its words are, by TextBlob's word list."
    " Quotations are left out. The sentence is the most opinionated one. This is no verdict on the source."
)


def extract(page: Page, articles: Sequence[Article]) -> str:
    """Return title, source and text of each article."""
    parts = []
    for a in articles:
        head = page.strong(words.flat(a.title or "(no title)")) + "\n"
        facts = [("outlet", a.outlet), ("author", a.author), ("published", published(a)), ("address", a.url)]
        lines = "".join(f"  {name}: {words.flat(value)}\n" for name, value in facts if value)
        notes = "".join(page.wrap(note, "    ", "  · ") for note in a.notes)
        parts.append(f"{head}  input: {words.flat(a.input)}\n{lines}{page.faint(notes)}\n{words.visible(a.text)}\n")
    return "\n".join(parts)


def published(a: Article) -> str | None:
    """Return the publication date and where it is from; a guess is called one."""
    if not a.published:
        return None
    source = "a guess" if a.published_from == "guess" else f"from {a.published_from}" if a.published_from else ""
    return f"{words.date(a.published)} ({source})" if source else words.date(a.published)


def figures(page: Page, articles: Sequence[Article], found: Sequence[Figure], *, explain: bool = False) -> str:
    """Return the figures article by article, each with what it counts, where, when and who says so."""
    parts = []
    for a in articles:
        own = [f for f in found if f.article == a.id]
        parts.append(page.strong(f"{words.outlet(a)}: {len(own)} figure{'s' * (len(own) != 1)}") + "\n")
        for f in own:
            line = f"{words.flat(f.printed)}: {f.measure or f.type} [{f.type}]"
            extra = [
                f"in {words.place(f)}" if words.place(f) else "",
                f"as of {words.date(f.as_of)}" if f.as_of else "",
            ]
            extra += [f"says {f.voice}" if f.voice else "", f.status if f.status != "reported" else ""]
            parts.append(page.wrap("; ".join([line, *filter(None, extra)]), "      ", f"  {f.id:<4}"))
            parts.append(page.faint(page.wrap(f"“{sentence(a, f)}”", "      ")))
            if explain:
                parts.append(page.wrap("rules: " + ", ".join(f.rules), "      "))
        parts.append("\n")
    return "".join(parts)


def sentence(a: Article, f: Figure) -> str:
    """Return the sentence of a figure, cut to some lines."""
    return words.short(a.text[slice(*f.sentence)] if f.sentence[1] else a.text[f.start : f.end], 240)


def comparison(page: Page, c: Comparison, *, policy: Policy | None = None, every: bool = False) -> str:
    """Return a comparison: flags with their quotes, changes, quotations, what was not compared, the table, leads."""
    flags = [f for f in c.findings if f.flag]
    changes = [f for f in c.findings if f.kind in words.CHANGES]
    others = [f for f in c.findings if not f.flag and f.kind not in words.CHANGES]
    parts = [page.wrap(_opening(c, len(flags)))]
    if policy:
        parts.append(leads(page, c, policy))
    if flags:
        parts.append(page.head("Conflicts"))
        parts += [finding(page, c, f, n) for n, f in enumerate(flags, 1)]
    if changes:
        parts.append(page.head("What changed"))
        parts += [finding(page, c, f, n) for n, f in enumerate(changes, 1)]
    if others:
        parts.append(page.head("What agrees or is explained"))
        parts += [page.wrap(f"{words.title(f)}. {f.explanation}", "  ", "· ") for f in others]
    if c.ruled:
        parts.append(page.head("Ruled by moderators"))
        told = (
            f"{x.about} (ruling {x.ruling.number}, {x.ruling.kind}, by {x.ruling.by}): {x.ruling.reason}"
            for x in c.ruled
        )
        parts += [page.wrap(words.flat(x), "  ", "· ") for x in told]
    if c.quotes:
        parts.append(page.head("Quotations that differ"))
        most = len(c.quotes) if every else MOST_QUOTES
        parts += [quotation(page, c, n) for n in range(len(c.quotes))[:most]]
        if len(c.quotes) > most:
            parts.append(page.faint(f"  and {len(c.quotes) - most} more\n"))
    if len(c.tones) > 1:
        parts.append(page.head("Wording of each source"))
        parts.append(page.faint(page.wrap(TONE, "  ")))
        parts.append(tones(page, c))
    if c.not_compared:
        parts.append(page.head("Not compared, because"))
        parts.append(stopped(page, c, len(c.not_compared) if every else MOST_STOPPED))
    if every and c.relations:
        parts.append(page.head("All relations"))
        parts += [page.wrap(f"{words.KIND_NAMES[r.kind]}. {r.explanation} [{r.rule}]", "  ", "· ") for r in c.relations]
    if table_rows(c, every=every):
        parts.append(page.head("Figures by outlet and time"))
        parts.append(table(page, c, every=every))
    if c.leading and not policy:
        parts.append(page.head("What each policy would lead with"))
        parts.append(leads(page, c))
    return "".join(parts)


def _opening(c: Comparison, flags: int) -> str:
    many = len(c.articles)
    told = f"{many} article{'s' * (many != 1)}, {len(c.figures)} figures: "
    if flags:
        return told + f"{flags} conflict{'s' * (flags != 1)}."
    return told + "no conflict found." + (" There is no other coverage to compare it with." if many == 1 else "")


def finding(page: Page, c: Comparison, f: Finding, number: int) -> str:
    """Return one finding with the quotes, outlets and links of its sides."""
    head = f"{number}. {'⚠ ' if f.flag else ''}{words.title(f)}"
    parts = [page.flag(head) if f.flag else page.strong(head), "\n", page.wrap(f.explanation, "   ")]
    shown = [c.figure(id) for side in f.sides for id in _first_of_each(c, side.figures)]
    parts += [source(page, c, one) for one in shown[:MOST_QUOTES]]
    if len(shown) > MOST_QUOTES:
        parts.append(f"     and {len(shown) - MOST_QUOTES} more\n")
    if f.flag:
        graded = "; ".join(f"{words.flat(c.figure(s.figures[0]).printed)}: {s.working}" for s in f.sides)
        parts.append(
            page.faint(page.wrap(f"Admiralty number, 1 (confirmed) to 6 (cannot be judged): {graded}.", "     "))
        )
    return "".join(parts)


def _first_of_each(c: Comparison, ids: Iterable[str]) -> list[str]:
    """Return one figure an article: two sentences of one article on the same side say the same."""
    seen: dict[str, str] = {}
    for id in ids:
        seen.setdefault(c.figure(id).article, id)
    return list(seen.values())


def source(page: Page, c: Comparison, f: Figure) -> str:
    """Return the quoted sentence of a figure with outlet, voice, time and link."""
    a = c.article(f.article)
    facts = [words.outlet(a), f.voice or "", words.when(f, a), a.url or ""]
    return page.wrap(f"“{words.quote(c, f)}”", "       ", "     – ") + page.faint(
        page.wrap(" · ".join(words.flat(x) for x in facts if x), "       ")
    )


def quotation(page: Page, c: Comparison, index: int) -> str:
    """Return the wordings of one quotation with their outlets."""
    q = c.quotes[index]
    parts = [page.wrap(q.explanation, "  ", "· ")]
    for span in q.spans:
        a = c.article(span.article)
        quoted = words.short(a.text[span.start : span.end], 200)
        parts.append(page.faint(page.wrap(f"{words.outlet(a)}: “{quoted}”", "      ", "    – ")))
    return "".join(parts)


def tones(page: Page, c: Comparison) -> str:
    """Return how subjective and how positive each article words the story, with its most subjective sentence."""
    parts = []
    for t in c.tones:
        a = c.article(t.article)
        line = f"{words.outlet(a)}: subjectivity {t.subjectivity:.2f} of 1, polarity {round(t.polarity, 2) + 0.0:+.2f}"
        parts.append(page.wrap(line, "  ", "· "))
        if t.example:
            parts.append(page.faint(page.wrap(f"“{words.short(a.text[slice(*t.example)], 160)}”", "      ")))
    return "".join(parts)


def stopped(page: Page, c: Comparison, most: int = MOST_STOPPED) -> str:
    """Return why figures were not compared, pairs with one reason on one line."""
    by = words.by_reason(c)
    parts = []
    for reason, pairs in list(by.items())[:most]:
        told = [
            " / ".join(f"{words.flat(f.printed)} ({words.outlet(c.article(f.article))})" for f in p) for p in pairs[:2]
        ]
        more = f" and {len(pairs) - 1} more pairs" if len(pairs) > 2 else f"; {told[1]}" if len(pairs) == 2 else ""
        parts.append(page.wrap(f"{reason}: {told[0]}{more}", "  ", "· "))
    left = len(c.not_compared) + c.not_compared_more - sum(len(p) for p in list(by.values())[:most])
    if left:
        parts.append(page.faint(f"  and {left} more pairs\n"))
    return "".join(parts)


def table_rows(c: Comparison, *, every: bool = False) -> list[Figure]:
    """Return the figures of the table: those that a relation names, or all; by measure, place and value."""
    named = set() if every else {id for r in c.relations if not r.kind.startswith("different_") for id in r.figures}
    rows = [f for f in c.figures if every or f.id in named] or list(c.figures)
    return sorted(rows, key=lambda f: (f.event or f.measure, f.group or "", words.place(f), f.low or f.high or 0.0))


def table(page: Page, c: Comparison, *, every: bool = False) -> str:
    """Return the table figure × outlet × as-of."""
    rows = [
        (f.measure or f.type, words.place(f), f.printed, words.outlet(c.article(f.article)), f.voice or "–",
         words.when(f, c.article(f.article)))
        for f in table_rows(c, every=every)
    ]  # fmt: skip
    return page.table(("Measure", "Place", "Figure", "Outlet", "Who says so", "As of"), rows)


def leads(page: Page, c: Comparison, policy: Policy | None = None) -> str:
    """Return what one policy, or each, would put first for every measure that is in dispute."""
    parts = []
    for id, by in c.leading.items():
        about = next((f for f in c.findings if f.id == id), None)
        if about is None:
            continue
        measure = about.explanation.split(":", 1)[0]
        chosen = [(p, found) for p, found in by.items() if policy in (None, p)]
        told = "; ".join(f"{p} ({words.POLICY_NAMES[p]}): {words.lead(found)}" for p, found in chosen)
        parts.append(page.wrap(f"{measure}: {told}", "  ", "· "))
    return "".join(parts)


def summary(page: Page, articles: Sequence[Article], chosen: Sequence[SummarySentence]) -> str:
    """Return one summary; with several articles each sentence names its outlet."""
    names = {a.id: words.outlet(a) for a in articles}
    parts = []
    for s in chosen:
        source = f" [{names[s.article]}]" if len(articles) > 1 else ""
        parts.append(page.wrap(s.text + source))
    return "".join(parts)


def summaries(page: Page, each: Sequence[tuple[Article, Sequence[SummarySentence]]]) -> str:
    """Return a summary for each article under its title."""
    return "\n".join(
        page.strong(words.flat(a.title or words.outlet(a))) + "\n" + summary(page, (a,), s) for a, s in each
    )


def group(page: Page, stories: Sequence[tuple[str, Sequence[Article]]]) -> str:
    """Return the stories with their articles."""
    return "\n".join(
        page.strong(f"{n}. {words.flat(title)}")
        + "\n"
        + "".join(page.wrap(f"{words.outlet(a)}: {a.title or ''} ({a.input})", "     ", "   – ") for a in articles)
        for n, (title, articles) in enumerate(stories, 1)
    )
