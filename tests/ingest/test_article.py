"""Articles from text inputs: what wins over what, and what the real seed articles must give."""

import json
from pathlib import Path

import pytest

from bot.ingest.article import from_bytes
from bot.ingest.boilerplate import Boilerplate
from bot.model import CorrobotError

PROSE = "Two ferries collided in the harbour at dawn, the port authority said."


def test_options_win_over_headers_over_inference(lists: Boilerplate) -> None:
    body = f"{PROSE}\n© 2019 Tide News\n"
    headed = f"Outlet: Harbour Herald\nPublished: 2019-03-05\n\n{body}"
    article = from_bytes("a1", "a.txt", headed.encode(), boilerplate=lists, outlet="Daily Tide", published="2019-03-06")
    assert (article.outlet, article.published, article.published_from) == ("Daily Tide", "2019-03-06", "option")
    article = from_bytes("a1", "a.txt", headed.encode(), boilerplate=lists)
    assert (article.outlet, article.published, article.published_from) == ("Harbour Herald", "2019-03-05", "header")
    assert article.notes == ()
    article = from_bytes("a1", "-", body.encode(), boilerplate=lists)
    assert (article.outlet, article.published, article.published_from) == ("Tide News", None, None)
    assert article.notes == ('outlet "Tide News" taken from the line "© 2019 Tide News"',)
    assert article.text == PROSE


def test_date_and_outlet_of_an_address_come_last(lists: Boilerplate) -> None:
    url = "https://www.tide.example/2019/03/05/ferries"
    article = from_bytes("a1", "a.txt", PROSE.encode(), boilerplate=lists, url=url)
    assert (article.outlet, article.published, article.published_from) == ("tide.example", "2019-03-05", "url")
    assert article.url == url
    article = from_bytes("a1", "a.txt", f"March 7, 2019\n{PROSE}".encode(), boilerplate=lists, url=url)
    assert (article.published, article.published_from) == ("2019-03-07", "text")


def test_markdown_loses_its_marks(lists: Boilerplate) -> None:
    front = "---\ntitle: Ferries collide\ndate: 2019-03-05\n---\n"
    data = f"{front}# Ferries collide\n\n**Two** ferries [collided](https://x.example/a) at dawn.\n\n> {PROSE}\n"
    article = from_bytes("a1", "a.md", data.encode(), boilerplate=lists)
    assert article.title == "Ferries collide"
    assert article.published == "2019-03-05"
    assert article.text == f"Ferries collide\n\nTwo ferries collided at dawn.\n\n{PROSE}"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"published": "yesterday"}, "2022-03-23"),
        ({"published": "2019-13-01"}, "ISO"),
        ({"url": "ftp://a.example/x"}, "https://"),
    ],
)
def test_wrong_options_are_wrong_usage(lists: Boilerplate, options: dict[str, str], message: str) -> None:
    with pytest.raises(CorrobotError, match=message) as caught:
        from_bytes("a1", "a.txt", PROSE.encode(), boilerplate=lists, **options)
    assert caught.value.code == "usage"


@pytest.mark.parametrize("data", [b"Title: A\n\n", b"CLICK HERE FOR MORE\n{{#ad}}"])
def test_nothing_but_furniture_is_empty(lists: Boilerplate, data: bytes) -> None:
    with pytest.raises(CorrobotError) as caught:
        from_bytes("a1", "a.txt", data, boilerplate=lists)
    assert caught.value.code == "empty"


def test_language(lists: Boilerplate) -> None:
    german = (
        "Zwei Fähren sind am Morgen im Hafen zusammengestoßen. "
        "Dabei wurden nach Angaben der Behörden zwölf Menschen verletzt. "
    ) * 3
    ukrainian = "Два пороми зіткнулися вранці в гавані, повідомила адміністрація порту. Дванадцять людей поранено. " * 3
    assert from_bytes("a1", "a.txt", german.encode(), boilerplate=lists).language == "de"
    assert from_bytes("a1", "a.txt", ukrainian.encode(), boilerplate=lists).language == "uk"
    assert from_bytes("a1", "a.txt", PROSE.encode(), boilerplate=lists).language == "en"
    assert from_bytes("a1", "a.txt", b"Ukraine: 400 killed", boilerplate=lists).language == "en"
    terse = "Global analysts expect rapidly growing demand and higher prices. " * 9
    assert from_bytes("a1", "a.txt", terse.encode(), boilerplate=lists).language == "en"
    rows = "Zwolle | Nijmegen | Apeldoorn\n" * 500
    assert from_bytes("a1", "a.txt", f"{PROSE}\n\n{rows}".encode(), boilerplate=lists).language == "en"


def test_the_seed_articles(lists: Boilerplate, eval_data: Path) -> None:
    truth = json.loads((eval_data / "truth" / "seeds.json").read_text("utf-8"))
    for name, facts in truth["articles"].items():
        article = from_bytes("a", name, (eval_data / "seeds" / name).read_bytes(), boilerplate=lists)
        assert {field: getattr(article, field) for field in facts} == facts, name
        assert article.published is None and article.language == "en"
        left = [residue for residue in truth["residue"] if residue in article.text]
        assert not left, (name, left)


def test_no_shared_article_is_taken_for_foreign_or_fails(lists: Boilerplate, eval_data: Path) -> None:
    files = sorted((eval_data / "clusters").glob("*/*/*.txt"))
    for path in files:
        article = from_bytes("a", path.name, path.read_bytes(), boilerplate=lists)
        assert article.language == "en" and article.text, path
