"""Live blogs: entries with their times, from JSON-LD or from marked elements, and pages that are none."""

import json

from bot.ingest.article import from_bytes
from bot.ingest.boilerplate import Boilerplate
from bot.ingest.liveblog import entry_times
from bot.model import Article

ENTRIES = [
    (
        "2024-05-02T09:05:00+02:00",
        "Ferry in trouble",
        "A ferry is listing off Halvo, and the coast guard is on its way.",
    ),
    (
        "2024-05-02T11:40:00+02:00",
        "First deaths confirmed",
        "At least 3 people were killed, police said.\nAnother 20 people were taken to the hospital of Tornby.",
    ),
    (
        "2024-05-02T18:15:00+02:00",
        None,
        "The toll has risen: 12 people were killed, the coast guard said this evening.",
    ),
]


def _linked() -> str:
    blog = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "headline": "Ferry sinks off Halvo: live",
        "datePublished": "2024-05-02T09:00:00+02:00",
        "description": "What we know of the ferry that sank off Halvo.",
        "liveBlogUpdate": [
            {"@type": "BlogPosting", "datePublished": at, "headline": head, "articleBody": text.replace("\n", "<br>")}
            for at, head, text in ENTRIES
        ],
    }
    return f"<script type='application/ld+json'>{json.dumps(blog)}</script>"


def _page(lists: Boilerplate, head: str, body: str) -> Article:
    html = (
        f"<!doctype html><html><head><title>Ferry sinks off Halvo: live</title>{head}</head><body>{body}</body></html>"
    )
    return from_bytes("a1", "live.html", html.encode(), boilerplate=lists, url="https://gull.example/live")


def test_entries_of_json_ld_keep_their_times_the_newest_first(lists: Boilerplate) -> None:
    article = _page(lists, _linked(), "<h1>Ferry sinks off Halvo: live</h1><p>Follow our live coverage.</p>")
    assert article.text.startswith(
        "What we know of the ferry that sank off Halvo.\n\n2024-05-02T18:15:00+02:00\nThe toll"
    )
    times = entry_times(article.text)
    assert [at for _, at in times] == [at for at, _, _ in reversed(ENTRIES)]
    assert article.text[times[1][0] :].startswith(
        "2024-05-02T11:40:00+02:00 · First deaths confirmed\nAt least 3 people"
    )
    assert (article.published, article.published_from) == ("2024-05-02T09:00:00+02:00", "jsonld")


def test_marked_elements_are_entries(lists: Boilerplate) -> None:
    entries = "".join(
        f"<article class='liveblog-post'><time datetime='{at}'>then</time><h3>{head or ''}</h3>"
        + "".join(f"<p>{line}</p>" for line in text.split("\n"))
        + "</article>"
        for at, head, text in ENTRIES
    )
    article = _page(lists, "", f"<h1>Ferry sinks off Halvo: live</h1><div class='live-blog-posts'>{entries}</div>")
    assert [at for _, at in entry_times(article.text)] == [at for at, _, _ in reversed(ENTRIES)]
    assert article.text.count("12 people were killed") == 1
    assert "First deaths confirmed\nAt least 3 people" in article.text


def test_a_list_of_stories_or_comments_is_no_live_blog(lists: Boilerplate) -> None:
    story = "<p>" + " ".join(text.replace("\n", " ") for _, _, text in ENTRIES) + "</p>"
    comments = "".join(
        f"<article class='comment'><time datetime='{at}'>then</time><p>{text}</p></article>" for at, _, text in ENTRIES
    )
    article = _page(
        lists, "", f"<article><h1>Ferry sinks off Halvo</h1>{story * 3}</article><section>{comments}</section>"
    )
    assert entry_times(article.text) == []


def test_one_entry_or_days_without_a_time_make_none(lists: Boilerplate) -> None:
    head = _linked().replace("T09:05:00+02:00", "").replace("T11:40:00+02:00", "")
    body = "<article><h1>Ferry sinks</h1><p>" + ENTRIES[1][2] + " " + ENTRIES[0][2] + "</p></article>"
    assert entry_times(_page(lists, head, body * 2).text) == []
