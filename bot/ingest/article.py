"""Make an Article of whatever came in: the one entry that services and the command line use."""

from bot.ingest import infer
from bot.ingest.boilerplate import Boilerplate
from bot.ingest.clean import clean
from bot.ingest.dates import iso_published, url_date
from bot.ingest.identity import host_of
from bot.ingest.language import language_of
from bot.ingest.markdown import strip_markdown
from bot.ingest.names import host_outlet
from bot.ingest.paste import Headers, headline, read_headers
from bot.ingest.text import TEXT_LIMIT, decode_text, kind_of, too_large
from bot.model import Article, CorrobotError, PublishedFrom


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

    Options win over header lines, header lines over what the text lets infer. Raises CorrobotError.
    """
    checked = check_options(input_name, url=url, published=published)
    kind, limit = kind_of(input_name)
    if len(data) > limit:
        raise too_large(input_name, limit)
    text = decode_text(data, input_name)
    if kind == "markdown":
        text = strip_markdown(text)
    headers = read_headers(text, boilerplate)
    return _from_text(id, input_name, headers, boilerplate, url=url, outlet=outlet, published=checked)


def check_options(input_name: str, *, url: str | None, published: str | None) -> str | None:
    """Check the values of --url and --published; return the date in ISO form."""
    if url is not None and not host_of(url):
        raise CorrobotError(
            "usage", f"--url {url} is no http or https address; give one like https://example.org/story", input_name
        )
    if published is None:
        return None
    if not (iso := iso_published(published)):
        raise CorrobotError(
            "usage",
            f"--published {published} is no ISO date; give one like 2022-03-23 or 2022-03-23T14:05Z",
            input_name,
        )
    return iso


def _from_text(
    id: str,
    input_name: str,
    headers: Headers,
    lists: Boilerplate,
    *,
    url: str | None,
    outlet: str | None,
    published: str | None,
) -> Article:
    raw = headers.text
    text = clean(raw, lists)
    if not text:
        raise CorrobotError("empty", f"{input_name} holds no article text; send the text of an article", input_name)
    if len(text.encode()) > TEXT_LIMIT:
        raise too_large(input_name, TEXT_LIMIT)
    notes = list(headers.notes)
    title = headers.title or headline(raw, lists)
    url = url or headers.url
    published_from: PublishedFrom | None = "option" if published else "header" if headers.published else None
    published = published or headers.published
    outlet = outlet or headers.outlet
    if not outlet and (found := infer.infer_outlet(raw, lists)):
        outlet = found.value
        notes.append(found.note)
    if not outlet and url and (host := host_of(url)):
        outlet = host_outlet(host, lists)
        notes.append(f'outlet "{outlet}" taken from the address {host}')
    author = headers.author
    if not author and (found := infer.infer_author(raw, lists)):
        author = found.value
        notes.append(found.note)
    if not published and (found := infer.infer_date(raw, lists)):
        published, published_from = found.value, "text"
        notes.append(found.note)
    if not published and url and (day := url_date(url, lists.dates)):
        published, published_from = day, "url"
        notes.append(f"date {day} taken from the address")
    language = language_of(text, lists)
    return Article(
        id=id,
        input=input_name,
        text=text,
        title=title,
        outlet=outlet,
        author=author,
        published=published,
        published_from=published_from,
        url=url,
        notes=tuple(notes),
        language=language,
    )
