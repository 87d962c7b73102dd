"""Make an Article of whatever came in: the one entry that services and the command line use."""

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.ingest import infer
from bot.ingest.boilerplate import Boilerplate
from bot.ingest.clean import clean
from bot.ingest.dates import iso_published, url_date
from bot.ingest.identity import host_of, without_tracking
from bot.ingest.language import language_of
from bot.ingest.markdown import strip_markdown
from bot.ingest.names import host_outlet
from bot.ingest.paste import headline, read_headers
from bot.ingest.text import TEXT_LIMIT, decode_text, kind_of, too_large
from bot.model import Article, CorrobotError

if TYPE_CHECKING:
    from bot.ingest.fetch import Fetched

# The extractors, aiohttp and pypdf take a second to import: what reads no page or PDF does not wait for them.
_KINDS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "plain",
    "text/markdown": "markdown",
    "application/pdf": "pdf",
}


def from_bytes(
    id: str,
    input_name: str,
    data: bytes,
    *,
    boilerplate: Boilerplate,
    url: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
) -> Article:
    """Make an article of a file's bytes, its kind told by the suffix of its name ("-" is text).

    Options win over header lines and over what a page says of itself; these win over what the text lets infer.
    Raises CorrobotError with a code of the contract and a message that says what to do.
    """
    day = check_options(input_name, url=url, published=published)
    kind, limit = kind_of(input_name)
    if len(data) > limit:
        raise too_large(input_name, limit)
    draft = _read(kind, id, input_name, data, boilerplate, url, None)
    return _complete(_with_options(draft, url, outlet, day), boilerplate)


def from_fetched(
    id: str,
    fetched: "Fetched",
    *,
    boilerplate: Boilerplate,
    outlet: str | None = None,
    published: str | None = None,
) -> Article:
    """Make an article of what an address gave; its input is the address as asked for, its url the canonical one."""
    day = check_options(fetched.url, url=None, published=published)
    kind = _KINDS.get(fetched.content_type)
    if kind is None:
        message = (
            f"{fetched.url} is {fetched.content_type or 'of no known type'}; only web pages, text and PDF can be read"
        )
        raise CorrobotError("unsupported", message, fetched.url)
    draft = _read(kind, id, fetched.url, fetched.body, boilerplate, fetched.final_url, fetched.charset)
    url = without_tracking(draft.url or fetched.final_url)
    return _complete(_with_options(draft, url, outlet, day), boilerplate)


def check_options(input_name: str, *, url: str | None, published: str | None) -> str | None:
    """Check the values of --url and --published; return the date in ISO form."""
    if url is not None and not host_of(url):
        message = f"--url {url} is no http or https address; give one like https://example.org/story"
        raise CorrobotError("usage", message, input_name)
    if published is None:
        return None
    if not (iso := iso_published(published)):
        message = f"--published {published} is no ISO date; give one like 2022-03-23 or 2022-03-23T14:05Z"
        raise CorrobotError("usage", message, input_name)
    return iso


def _with_options(draft: Article, url: str | None, outlet: str | None, published: str | None) -> Article:
    if published:
        draft = replace(draft, published=published, published_from="option")
    return replace(draft, url=url or draft.url, outlet=outlet or draft.outlet)


def _read(
    kind: str, id: str, name: str, data: bytes, lists: Boilerplate, url: str | None, charset: str | None
) -> Article:
    """Read an input of a kind into a draft: its raw text, and what is said beside the text."""
    if kind == "html":
        return _read_page(id, name, data, lists, url, charset)
    if kind == "pdf":
        from bot.ingest.pdf import pdf_text

        text = pdf_text(data, name)
        return Article(id=id, input=name, text=text, title=headline(text, lists))
    if kind == "plain":
        from bot.ingest.charset import decode_page

        text = decode_page(data, name, charset)
    else:
        text = decode_text(data, name)
    headers = read_headers(strip_markdown(text) if kind == "markdown" else text, lists)
    return Article(
        id=id,
        input=name,
        text=headers.text,
        title=headers.title or headline(headers.text, lists),
        outlet=headers.outlet,
        author=headers.author,
        published=headers.published,
        published_from="header" if headers.published else None,
        url=headers.url,
        notes=headers.notes,
    )


def _read_page(id: str, name: str, data: bytes, lists: Boilerplate, url: str | None, charset: str | None) -> Article:
    from bot.ingest.page import extract

    page = extract(data, url, lists, name=name, charset=charset)
    notes: tuple[str, ...] = ()
    if page.published_from == "guess":
        notes = (f"date {page.published} is a guess: the page states none",)
    return Article(
        id=id,
        input=name,
        text=page.text,
        title=page.title,
        outlet=page.outlet,
        author=page.author,
        published=page.published,
        published_from=page.published_from,
        url=page.canonical_url,
        notes=notes,
    )


def _complete(draft: Article, lists: Boilerplate) -> Article:
    """Clean the text of a draft, and infer from it what nobody said, with a note for each."""
    raw = draft.text
    if len(raw) > TEXT_LIMIT:
        raise too_large(draft.input, TEXT_LIMIT)
    text = clean(raw, lists)
    if not text:
        message = f"{draft.input} holds no article text; send the text of an article"
        raise CorrobotError("empty", message, draft.input)
    if len(text.encode()) > TEXT_LIMIT:
        raise too_large(draft.input, TEXT_LIMIT)
    outlet, author = draft.outlet, draft.author
    published, published_from = draft.published, draft.published_from
    notes = list(draft.notes)
    if not outlet and (found := infer.infer_outlet(raw, lists)):
        outlet = found.value
        notes.append(found.note)
    if not outlet and draft.url and (host := host_of(draft.url)):
        outlet = host_outlet(host, lists)
        notes.append(f'outlet "{outlet}" taken from the address {host}')
    if not author and (found := infer.infer_author(raw, lists)):
        author = found.value
        notes.append(found.note)
    if (not published or published_from == "guess") and (found := infer.infer_date(raw, lists)):
        notes = [note for note in notes if "is a guess" not in note]
        published, published_from = found.value, "text"
        notes.append(found.note)
    if not published and draft.url and (day := url_date(draft.url, lists.dates)):
        published, published_from = day, "url"
        notes.append(f"date {day} taken from the address")
    return replace(
        draft,
        text=text,
        outlet=outlet,
        author=author,
        published=published,
        published_from=published_from,
        notes=tuple(notes),
        language=language_of(text, lists),
    )
