"""One article, one address, one hash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.identity import canonical_url, content_hash, host_of, same_site, without_tracking


@pytest.mark.parametrize(
    "url",
    [
        "https://tide.example/news/ferries",
        "HTTP://WWW.Tide.Example:80/news/ferries/",
        "https://tide.example:443/news/ferries#comments",
        "https://m.tide.example/news/ferries?utm_source=x&utm_medium=y&fbclid=z",
        "https://amp.tide.example/news/ferries/amp/",
        "https://tide.example/news/ferries?amp=1",
        "https://tide.example/news//ferries/index.html",
        "https://web.archive.org/web/20170331032629/http://www.tide.example/news/ferries",
        "http://web.archive.org/web/20170331032629id_/https://tide.example/news/ferries/",
        "https://tide-example.cdn.ampproject.org/c/s/tide.example/news/ferries",
        "https://www.google.com/amp/s/tide.example/news/ferries",
        " https://tide.example/news/ferries ",
    ],
)
def test_links_to_one_article_are_one_address(url: str) -> None:
    assert canonical_url(url) == "https://tide.example/news/ferries"


def test_what_names_the_article_stays() -> None:
    assert canonical_url("https://tide.example/a?id=7&b=2&utm_id=1") == "https://tide.example/a?b=2&id=7"
    assert canonical_url("http://tide.example:8080/") == "https://tide.example:8080/"
    assert canonical_url("https://bücher.example/ä") == "https://xn--bcher-kva.example/%C3%A4"
    assert canonical_url("https://tide.example/champions") == "https://tide.example/champions"
    assert canonical_url("https://m.example/a") == "https://m.example/a"
    assert canonical_url("notes.txt") == "notes.txt"
    assert canonical_url("http://[::1]:8080/a") == "https://[::1]:8080/a"


@given(st.one_of(st.text(), st.text().map(lambda path: f"https://tide.example/{path}")))
def test_canonical_is_stable_and_never_fails(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once
    host_of(url)


@given(st.text())
def test_the_hash_is_of_the_words(text: str) -> None:
    assert content_hash(text) == content_hash(f"\r\n {text}\u00a0\n")
    assert len(content_hash(text)) == 64


def test_the_hash_tells_words_apart() -> None:
    assert content_hash("Two  ferries\ncollided") == content_hash("two ferries collided")
    assert content_hash("two ferries") != content_hash("three ferries")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.tide.example/1", "http://m.tide.example/2", True),
        ("https://tide-example.cdn.ampproject.org/c/s/tide.example/1", "https://www.tide.example/1", True),
        ("https://gull.example/1", "https://tide.example/1", False),
        ("https://ada.tide.example/1", "https://tide.example/1", False),
        ("https://tide.example.gull.example/1", "https://tide.example/1", False),
        ("nowhere", "nowhere", False),
    ],
)
def test_which_addresses_are_of_one_site(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same_site(other, one) is same


def test_tracking_leaves_an_address_that_can_still_be_fetched() -> None:
    assert without_tracking("http://www.tide.example/a.php?id=7&utm_source=x&b=%20#c") == (
        "http://www.tide.example/a.php?id=7&b=%20"
    )
    assert without_tracking("https://tide.example/a/?fbclid=1") == "https://tide.example/a/"
