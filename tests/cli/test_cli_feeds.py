"""The commands over feeds, against a real server on loopback."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.services.articles import FROST, HERALD

from .conftest import Run

DB = "sqlite:///feeds.db"


class Handler(BaseHTTPRequestHandler):
    """A home page that names a feed, the feed, and two pages."""

    def do_GET(self) -> None:
        """Answer a request."""
        here = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
        items = "".join(f"<item><title>News {n}</title><link>{here}/{n}</link></item>" for n in (1, 2))
        pages = {
            "/": ("text/html", "<html><head><link rel=alternate type=application/rss+xml href=/feed></head></html>"),
            "/feed": ("text/xml", f"<rss version='2.0'><channel><title>Gull</title>{items}</channel></rss>"),
            "/1": ("text/plain", HERALD),
            "/2": ("text/plain", FROST),
        }
        kind, text = pages.get(self.path, ("", ""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_feeds_from_the_command_line(run: Run, site: str, tmp_path: Path) -> None:
    allowed = {"CORROBOT_FETCH_ALLOW_HOSTS": "127.0.0.1"}
    tested = run("source", "test", site, "--json", **allowed)
    assert (tested.document["url"], len(tested.document["entries"])) == (f"{site}/feed", 2)
    assert list(tmp_path.glob("*.db")) == []
    refused = run("source", "test", site)
    assert (refused.status, "private network" in refused.err) == (1, True)
    wrong = run("source", "add", "Gull", "--feed", f"{site}/none", "--db", DB, **allowed)
    assert (wrong.status, "404" in wrong.err) == (1, True)
    [added] = run("source", "add", "Gull", "--feed", site, "--db", DB, "--json", **allowed).document["sources"]
    assert [(f["url"], f["state"], f["title"]) for f in added["feeds"]] == [(f"{site}/feed", "new", "Gull")]
    polled = run("source", "poll", "--db", DB, "--json", **allowed)
    assert (polled.status, [f["taken"] for f in polled.document["feeds"]]) == (0, [2])
    assert run("stories", "--db", DB, "--json").document["stories"][0]["articles"] == 1
    health = run("source", "health", "--db", DB, "--json").document
    assert ([f["state"] for f in health["feeds"]], health["given_up"]) == (["ok"], [])
    (tmp_path / "list.opml").write_text(run("source", "export", "--db", DB).out)
    taken = run("source", "import", "list.opml", "--db", "sqlite:///other.db", "--json").document
    assert (taken["sources"], taken["feeds"], taken["errors"]) == (1, 1, [])
    [edited] = run("source", "edit", "1", "--drop-feed", f"{site}/feed", "--db", DB, "--json").document["sources"]
    assert edited["feeds"] == []
    missing = run("source", "poll", "1", "--db", DB)
    assert (missing.status, "has no feed" in missing.err) == (1, True)
    assert run("source", "add", "Tern", "--include", "ferry", "--db", DB).status == 2
