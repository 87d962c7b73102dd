"""Pages written for these tests: what is taken from them, and what is refused."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ingest.article import from_bytes, from_fetched
from bot.ingest.boilerplate import Boilerplate
from bot.ingest.charset import decode_page
from bot.ingest.fetch import Fetched
from bot.ingest.page import Extracted, extract, tidy
from bot.model import CorrobotError

from .conftest import ROOT

LISTS = Boilerplate.load(ROOT / "data" / "lexicon")
URL = "https://www.tide.example/news/ferries"
LINES = [
    "Two ferries collided in the harbour at dawn on Tuesday, and twelve people were hurt, the port authority said.",
    "Both vessels had left the quay within four minutes of each other, although fog hid the lights of the breakwater.",
    "A crew of nine divers searched the hull of the older ferry until noon and found nobody inside, said Ada Example.",
    "The harbour was closed for six hours, and about 340 passengers were taken to the school hall on the hill.",
    "An inquiry led by the ministry of transport is to report within ninety days, the minister told reporters.",
]
BODY = "".join(f"<p>{line}</p>" for line in LINES)
NAV = "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a> <a href='/weather'>Weather</a></nav>"


def page(head: str = "", top: str = "<h1>Ferries collide in fog</h1>", body: str = BODY) -> bytes:
    """Build a page with navigation and a footer around an article."""
    footer = "<footer><p>About us</p><p>Contact</p></footer>"
    return f"<!doctype html><html><head>{head}</head><body>{NAV}<article>{top}{body}</article>{footer}</body></html>".encode()


def linked(**fields: object) -> str:
    """Build a JSON-LD script of a news article."""
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_text_and_outlet_of_a_plain_page() -> None:
    found = extract(page(), URL, LISTS)
    assert found.text.splitlines() == LINES or found.text.splitlines()[1:] == LINES
    assert found.title == "Ferries collide in fog"
    assert (found.outlet, found.canonical_url) == ("tide.example", URL)
    assert (found.author, found.published, found.published_from) == (None, None, None)


def test_what_json_ld_says_comes_first() -> None:
    head = linked(
        headline="Ferries collide in fog",
        datePublished="2019-03-05T06:30:00+01:00",
        author=[{"@type": "Person", "name": "Ada Example"}, {"@type": "Person", "name": "Ben Sample"}],
        publisher={"@type": "Organization", "name": "Harbour Herald"},
    )
    head += (
        '<meta property="article:published_time" content="2019-03-09"><title>Ferries collide in fog | Herald</title>'
    )
    found = extract(page(head), URL, LISTS)
    assert found.title == "Ferries collide in fog"
    assert (found.published, found.published_from) == ("2019-03-05T06:30:00+01:00", "jsonld")
    assert (found.author, found.outlet) == ("Ada Example, Ben Sample", "Harbour Herald")


def test_json_ld_in_a_graph_with_references_and_mistakes() -> None:
    graph = (
        '<script type="application/ld+json">{"@graph": [{"@type": "Article", "headline": "Ferries &amp; fog",'
        ' "datePublished": "2019-03-05", "author": {"@id": "#ada"},}, {"@type": "Person", "@id": "#ada",'
        ' "name": "Ada Example"},]}</script><script type="application/ld+json">{broken</script>'
    )
    found = extract(page(graph, top=""), URL, LISTS)
    assert (found.title, found.author, found.published) == ("Ferries & fog", "Ada Example", "2019-03-05")


@pytest.mark.parametrize(
    ("head", "top", "url", "published", "source"),
    [
        ('<meta name="pubdate" content="20190305">', "<h1>A day</h1>", URL, "2019-03-05", "meta"),
        ('<meta itemprop="datePublished" content="5 March 2019">', "<h1>A day</h1>", URL, "2019-03-05", "meta"),
        ("", '<h1>A day</h1><time datetime="2019-03-05">long ago</time>', URL, "2019-03-05", "text"),
        ("", "<h1>A day</h1><p>March 5, 2019 | 3 min read</p>", URL, "2019-03-05", "text"),
        ("", "<h1>A day</h1>", "https://tide.example/2019/03/05/ferries", "2019-03-05", "url"),
        ('<meta property="article:modified_time" content="2019-03-08">', "<h1>A day</h1>", URL, "2019-03-08", "guess"),
        ("", "<h1>A day</h1><p><b>Updated</b> <span>March 8, 2019</span></p>", URL, "2019-03-08", "guess"),
        ("", "<h1>A day</h1><p>March 5</p>", URL, None, None),
    ],
)
def test_where_a_date_comes_from(head: str, top: str, url: str, published: str | None, source: str | None) -> None:
    found = extract(page(head, top), url, LISTS)
    assert (found.published, found.published_from) == (published, source)


@pytest.mark.parametrize(
    ("markup", "author"),
    [
        ('<meta name="author" content="Ada Example">', "Ada Example"),
        ('<meta name="author" content="admin">', None),
        (
            '<meta property="og:site_name" content="Harbour Herald"><meta name="author" content="Ada Example HARBOUR HERALD">',
            "Ada Example",
        ),
        ('<meta name="author" content="https://tide.example/ada">', None),
        ('<meta property="og:site_name" content="Harbour Herald"><meta name="author" content="Harbour Herald">', None),
    ],
)
def test_authors_in_meta(markup: str, author: str | None) -> None:
    assert extract(page(markup), URL, LISTS).author == author


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("<div><span>By</span><span>Ada Example</span></div>", "Ada Example"),
        ("<p>By Ada Example and Ben Sample</p>", "Ada Example, Ben Sample"),
        ('<p class="post-meta"><a rel="author" href="/x">Ada Example</a> 5 May</p>', "Ada Example"),
        ('<a href="/authors/ada-example">Ada Example</a>', "Ada Example"),
        (
            '<div class="author-box"><b>Ada Example</b><p>She tells of harbours and of all who live from them.</p></div>',
            "Ada Example",
        ),
        ("<p>Written by <a href='/x'>Ada Example</a></p>", "Ada Example"),
        ("<p>Written by hand in the old harbour</p>", None),
        ("<p>By Tuesday Evening</p>", None),
        ('<aside><a href="/authors/ada-example">Ada Example</a></aside>', None),
    ],
)
def test_authors_in_by_lines(byline: str, author: str | None) -> None:
    assert extract(page(top=f"<h1>Ferries collide in fog</h1>{byline}"), URL, LISTS).author == author


@pytest.mark.parametrize(
    ("head", "top", "title"),
    [
        ("<title>Ferries collide | Tide News</title>", "", "Ferries collide"),
        ("<title>Tide News</title>", "<h1>Tide News</h1><h1>Ferries collide in fog</h1>", "Tide News"),
        (
            '<meta property="og:title" content="Ferries collide in fog - Tide"><title>x</title>',
            "<h1>Tide</h1><h1>Ferries collide in fog</h1>",
            "Ferries collide in fog",
        ),
    ],
)
def test_titles(head: str, top: str, title: str) -> None:
    assert extract(page(head, top), "https://tide.example/a", LISTS).title == title


def test_a_canonical_link_is_kept_but_not_one_to_the_front_page() -> None:
    assert extract(page('<link rel="canonical" href="/n/1?x=2#c">'), URL, LISTS).canonical_url == (
        "https://www.tide.example/n/1?x=2"
    )
    assert extract(page('<link rel="canonical" href="https://www.tide.example/">'), URL, LISTS).canonical_url == URL


@pytest.mark.parametrize("head", ['<link rel="canonical" href="{}">', '<meta property="og:url" content="{}">'])
@pytest.mark.parametrize(
    "target", ["https://gull.example/news/dam", "http://127.0.0.1/a", "file:///etc/passwd", "https://["]
)
def test_a_page_speaks_for_its_own_site_alone(head: str, target: str) -> None:
    # Else any page could take the place of another site's article, which all servers share.
    assert extract(page(head.format(target)), URL, LISTS).canonical_url == URL
    ours = head.format("https://m.tide.example/other")
    assert extract(page(ours), URL, LISTS).canonical_url == "https://m.tide.example/other"


def test_a_page_of_scripts_with_its_text_in_json_ld() -> None:
    head = linked(headline="Ferries collide in fog", articleBody="\n".join(LINES))
    found = extract(page(head, body='<div id="root"></div>', top=""), URL, LISTS)
    assert found.text.splitlines() == LINES


def test_a_number_that_the_text_spells_out_keeps_no_headline() -> None:
    lines = [*LINES, "Twenty-one sailors were hurt, and twelve more were missing."]
    body = "".join(f"<p>{line}</p>" for line in lines)
    for title, kept in (("12 missing and 21 hurt in fog", False), ("12 missing and 22 hurt in fog", True)):
        found = extract(page(top=f"<h1>{title}</h1>", body=body), URL, LISTS)
        assert (found.text.splitlines()[0] == title) is kept


@pytest.mark.parametrize(
    ("title", "kept"),
    [("Ferries hurt 17 in fog", True), ("340 passengers wait in fog", False), ("Ferries collide in fog", False)],
)
def test_a_headline_stays_where_its_number_would_be_read_nowhere_else(title: str, kept: bool) -> None:
    found = extract(page(top=f"<h1>{title}</h1>"), URL, LISTS)
    assert found.title == title
    assert found.text == "\n".join([title, *LINES] if kept else LINES)


def test_what_stands_around_an_article_goes_unless_it_holds_the_article() -> None:
    menu = "<aside><p>Nine men were jailed for piracy on Monday, a court said.</p></aside>"
    assert "piracy" not in extract(page(body=BODY + menu), URL, LISTS).text
    # A page builder wrapped the whole page in an element for menus.
    assert LINES[4] in extract(page(body=f"<nav><div>{BODY}</div></nav>"), URL, LISTS).text


def test_what_templates_repeat_leaves_the_text() -> None:
    offer = "Thank you for asking for our letter about all harbours of the coast."
    text = "\n".join(
        ["News", "Ferries collide in fog", LINES[0], offer, LINES[1], offer, LINES[0], "Ferries collide in fog", offer]
    )
    told = tidy(text, "Ferries Collide in Fog").split("\n")
    # The title goes from above the text; said twice is meant so, and three times it is a template's.
    assert told == ["News", LINES[0], offer, LINES[1], LINES[0], "Ferries collide in fog"]
    assert tidy("Its <strong>battery</strong> costs < 5 <p> 3", None) == "Its battery costs < 5  3"
    assert tidy("a <script> b", None) == "a <script> b"


@pytest.mark.parametrize(
    ("html", "called"),
    [
        ("<title>Just a moment...</title><p>Checking your browser before you go on.</p>", "robot check"),
        ("<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div>", "browser"),
        ("<h1>We value your privacy</h1><button>Accept all</button><button>Reject all</button>", "cookies"),
        (f"<h1>Ferries</h1><p>{LINES[0]}</p><div>Subscribe to continue reading</div>", "paywall"),
        (linked(isAccessibleForFree="False", headline="x") + f"<h1>Ferries</h1><p>{LINES[0]}</p>", "paywall"),
        ("<title>Page not found</title><h1>404</h1><p>The page you requested has gone away.</p>", "missing"),
        ("<h1>Hello</h1>", "hardly any text"),
    ],
)
def test_pages_that_are_no_article(html: str, called: str) -> None:
    with pytest.raises(CorrobotError, match=called) as caught:
        extract(f"<!doctype html><html><body>{html}</body></html>".encode(), URL, LISTS)
    assert caught.value.code == "not_an_article"
    assert "paste the text" in caught.value.message


def test_each_wall_entry_matches_its_example() -> None:
    for wall in LISTS.walls:
        assert wall.pattern.search(wall.example), wall.name


def test_an_article_with_a_cookie_banner_is_an_article() -> None:
    banner = "<div class='banner'>We value your privacy. <button>Accept all</button> Already a subscriber? Log in</div>"
    assert len(extract(page(top=banner + "<h1>Ferries collide in fog</h1>"), URL, LISTS).text) > 400


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\x89PNG\r\n", "binary"),
        (b"<p>\0\0\0</p>", "binary"),
        (b"\x1f\x8b\x08", "binary"),
    ],
)
def test_what_is_no_page(data: bytes, code: str) -> None:
    with pytest.raises(CorrobotError) as caught:
        extract(data, URL, LISTS)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("Fähre “12”".encode(), "iso-8859-1", "Fähre “12”"),
        ("Fähre “12”".encode("cp1252"), "iso-8859-1", "Fähre “12”"),
        ("<meta charset='windows-1251'>Пором".encode("cp1251"), None, "<meta charset='windows-1251'>Пором"),
        (
            "<?xml version='1.0' encoding='gb2312'?>渡轮".encode("gb18030"),
            None,
            "<?xml version='1.0' encoding='gb2312'?>渡轮",
        ),
        ("フェリー".encode("iso2022_jp"), "iso-2022-jp", "フェリー"),
        ("Fähre".encode("utf-16"), None, "Fähre"),
        (b"\xef\xbb\xbfA", None, "A"),
        ("Fähren und Möwen".encode()[:-1] + b"n\xe2", "utf-8", "Fähren und Möwen\ufffd"),
        (b"caf\xe9 ol\xe9, the ferry of the old harbour, was closed after the flood", "hex", "café olé, the ferry of"),
    ],
)
def test_charsets(data: bytes, charset: str | None, text: str) -> None:
    assert decode_page(data, "a page", charset).startswith(text)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 3_000 + BODY + "</div>" * 3_000,
        BODY + "<table>" + "<tr><td>1</td><td>two words</td></tr>" * 30_000 + "</table>",
        "<div>" * 100_000,
        "<ul><li>" * 2_000 + BODY,
        "a<br>" * 60_000 + BODY,
        "<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">" + BODY,
    ],
    ids=["3,000 divs", "30,000 rows", "100,000 open divs", "nested lists", "line breaks", "attributes"],
)
@pytest.mark.timeout(30)
def test_monstrous_pages_end(body: str) -> None:
    try:
        found = extract(page(body=body), URL, LISTS)
    except CorrobotError as error:
        assert error.code == "not_an_article"
    else:
        assert found.text


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=400), st.sampled_from(["", "<html><body><h1>A</h1>", "<script type='application/ld+json'>"]))
def test_any_bytes_give_a_page_or_a_named_error(data: bytes, before: str) -> None:
    try:
        assert isinstance(extract(before.encode() + data, None, LISTS), Extracted)
    except CorrobotError as error:
        assert error.code in ("empty", "binary", "not_an_article")


def test_an_article_of_an_html_file() -> None:
    head = linked(headline="Ferries collide in fog", datePublished="2019-03-05")
    body = BODY + "<p>READ MORE: Ferry company changes its timetable</p><p>Written by: Ada Example</p>"
    article = from_bytes("a1", "a.html", page(head, body=body), boilerplate=LISTS, url=URL, outlet="Daily Tide")
    assert (article.outlet, article.author, article.published_from) == ("Daily Tide", "Ada Example", "jsonld")
    assert "READ MORE" not in article.text and "Written by" not in article.text
    assert article.url == URL


def test_an_article_of_a_fetched_page_and_text() -> None:
    fetched = Fetched(url="https://t.example/1", final_url=URL, content_type="text/html", body=page())
    article = from_fetched("a1", fetched, boilerplate=LISTS, published="2019-03-05")
    assert (article.input, article.url, article.published_from) == ("https://t.example/1", URL, "option")
    fetched = Fetched(url=URL, final_url=URL, content_type="text/plain", body="\n".join(LINES).encode("cp1252"))
    assert from_fetched("a1", fetched, boilerplate=LISTS).text.splitlines() == LINES
    with pytest.raises(CorrobotError, match="image/png"):
        from_fetched("a1", Fetched(URL, URL, "image/png", b"x"), boilerplate=LISTS)


def test_a_guess_is_said_to_be_one() -> None:
    head = '<meta property="article:modified_time" content="2019-03-08">'
    article = from_bytes("a1", "a.html", page(head), boilerplate=LISTS)
    assert (article.published, article.published_from) == ("2019-03-08", "guess")
    assert article.notes == ("date 2019-03-08 is a guess: the page states none",)


def test_gold_pages_hold(eval_data: Path) -> None:
    import gzip

    gold = json.loads((eval_data / "pages" / "gold.json").read_text("utf-8"))
    for key in sorted(gold)[:12]:
        data = gzip.decompress((eval_data / "pages" / f"{key}.html.gz").read_bytes())
        assert len(extract(data, gold[key].get("url"), LISTS).text) > 300, key
