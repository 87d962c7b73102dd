"""The text forms: what a reader sees, in which order, and nothing that a terminal would obey."""

from bot.model import Article, SummarySentence
from bot.render import document, markdown, text, words
from bot.render.plain import Page, columns, fit

from .story import LONG, comparison

PAGE = Page(width=90)


def test_a_comparison_tells_conflicts_first_with_quotes_outlets_and_links() -> None:
    shown = text.comparison(PAGE, comparison())
    heads = [line for line in shown.splitlines() if line.isupper() and not line.startswith(" ")]
    assert heads == [
        "CONFLICTS",
        "WHAT CHANGED",
        "QUOTATIONS THAT DIFFER",
        "NOT COMPARED, BECAUSE",
        "FIGURES BY OUTLET AND TIME",
        "WHAT EACH POLICY WOULD LEAD WITH",
    ]
    flat = " ".join(shown.split())
    assert flat.startswith("3 articles, 4 figures: 1 conflict. CONFLICTS 1. ⚠ Conflict (medium) Killed: police say")
    assert "“At least 12 people were killed in Harbin, police said.”" in flat
    assert "“No fewer than 7 people were killed.”" in flat
    assert "https://north.example/bridge" in flat
    assert "killed is not injured: At least 12" in flat
    assert "and 3 more pairs" in flat
    assert "lowest (the lowest figure): 7; range (the whole range): 7 or more" in flat
    assert "\x1b" not in shown
    assert all(len(line) <= 90 for line in shown.splitlines())


def test_a_policy_leads_and_all_shows_every_relation() -> None:
    shown = text.comparison(PAGE, comparison(), policy="lowest", every=True)
    assert shown.splitlines()[1] == "· Killed: lowest (the lowest figure): 7"
    assert "[gate.update]" in shown
    assert "people injured" in shown


def test_colour_is_never_the_only_sign() -> None:
    shown = text.comparison(Page(width=90, colour=True), comparison())
    assert "\x1b[1;31m1. ⚠ Conflict (medium)\x1b[0m" in shown
    # The article's own escape sequence is gone all the same.
    assert "Daily \x1b[31mNorth" not in shown
    assert "Daily [31mNorth" in shown


def test_a_story_of_one_article_says_that_nothing_else_is_there() -> None:
    c = comparison()
    alone = type(c)(c.articles[:1], c.figures[:1], (), (), (), 0, {}, ())
    assert text.comparison(PAGE, alone).startswith(
        "1 article, 1 figures: no conflict found. There is no other coverage"
    )


def test_a_long_sentence_is_cut_around_its_figure() -> None:
    c = comparison()
    quote = words.quote(c, c.figure("f3"), most=120)
    assert quote.startswith("…")
    assert quote.endswith("37 people were killed on Monday.")
    assert len(quote) <= 125
    assert quote.lstrip("…") in LONG


def test_figures_are_listed_with_their_context_and_rules() -> None:
    c = comparison()
    shown = text.figures(PAGE, c.articles, c.figures, explain=True)
    assert "At least 12: people killed [count]; in Harbin; says police" in " ".join(shown.split())
    assert "rules:" in shown


def test_summaries_name_their_outlet_where_there_are_several() -> None:
    articles = comparison().articles
    sentences = (SummarySentence("a1", 0, 10, "One."), SummarySentence("a2", 0, 10, "Two."))
    assert text.summary(PAGE, articles, sentences) == "One. [Daily [31mNorth]\nTwo. [South]\n"
    assert text.summary(PAGE, articles[:1], sentences[:1]) == "One.\n"
    assert text.summaries(PAGE, [(articles[2], sentences[1:])]) == "Roads cut in the north\nTwo.\n"


def test_summary_documents_have_the_keys_of_the_contract() -> None:
    c = comparison()
    sentences = (SummarySentence("a1", 0, 10, "One."),)
    one = document.summary(c.articles, c.figures, sentences, ())
    assert set(one) == {"articles", "figures", "sentences", "errors"}
    assert one["sentences"] == [{"article": "a1", "start": 0, "end": 10, "text": "One."}]
    each = document.summaries([(c.articles[0], sentences)], ())
    assert each["summaries"] == [{"input": "one.txt", "sentences": one["sentences"]}]
    assert (one["figures"][0]["low"], one["figures"][0]["high"]) == (12, None)


def test_extract_shows_what_is_known_and_what_was_inferred() -> None:
    a = Article("a1", "x.html", "Text.\nMore.", published="2024-05-02", published_from="guess", notes=("taken from x",))
    shown = text.extract(PAGE, [a])
    assert "published: 2 May 2024 (a guess)" in shown
    assert "· taken from x" in shown
    assert shown.endswith("\nText.\nMore.\n")


def test_tables_fit_the_page_and_count_wide_letters() -> None:
    table = Page(width=40).table(("Outlet", "Figure"), [("朝日新聞" * 8, "12"), ("A" * 60, "1" * 30)])
    assert all(columns(line) <= 40 for line in table.splitlines())
    assert columns(fit("朝日新聞", 5)) == 5


def test_dates_intervals_and_titles_in_words() -> None:
    assert [words.date(d) for d in ("2022-03-22", "--03-22", "2022-03-22T10:00:00Z", "soon", None)] == [
        "22 Mar 2022",
        "22 Mar",
        "22 Mar 2022",
        "soon",
        "",
    ]
    assert words.interval(977, None) == "977 or more"
    assert words.interval(None, 5) == "5 or fewer"
    assert words.interval(1200, 1500.5) == "1,200 to 1,500.5"
    said = "Soldiers did it, the U.S. government says. More follows."
    assert words.title_of(Article("a", "i", said)) == "Soldiers did it, the U.S. government says."
    assert words.title_of(Article("a", "i", "No end\nNext line.")) == "No end"


def test_a_markdown_page_quotes_and_escapes() -> None:
    page = markdown.page([(4, "Bridge *falls*", comparison(), ["There is more."])])
    assert page.startswith("# Coverage\n\n## 4. Bridge \\*falls\\*\n")
    assert "> At least 12 people were killed in Harbin, police said." in page
    assert "[Daily \\[31mNorth](<https://north.example/bridge>)" in page
    assert "| people killed | Harbin | At least 12 |" in page
    assert "\x1b" not in page
