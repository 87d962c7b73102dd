"""Who wrote a page: named only where a field that exists for it, or a by-line, holds what can be a name."""

import re

from bot.ingest import dates, jsonld, names
from bot.ingest.pagemeta import PageMeta, aside, plain, spaced

_AUTHOR_CLASS = re.compile(r"(?:^|[\s_-])(?:by-?line|author)(?:s|s?[-_]*name)?(?:$|[\s_-])", re.IGNORECASE)
_AUTHOR_LINK = re.compile(r"/(?:authors?|by|contributors?|journalists?|reporters?|writers?|columnists?)/[\w%.-]{3,}/?$")
_TAGS = ("a", "span", "address", "div", "p", "cite", "strong", "h4", "h5", "h6")
_BY = re.compile(r"(?:(?:written|posted|published|story|article|words|report) )?by:?\s+(.{3,80})", re.IGNORECASE)
_WRITTEN = re.compile(r"(?:written|words|story|reported|reporting) by:?\s+(.{3,50})", re.IGNORECASE)
_WRITTEN_BEGINS = frozenset({"writ", "word", "stor", "repo"})
_NO_AUTHORS = frozenset(
    {"admin", "administrator", "editor", "staff", "author", "guest", "webmaster", "user", "anonymous"}
)


def author(meta: PageMeta) -> str | None:
    """Name the author where a field that exists for it holds what can be a name."""
    for candidates in (_linked_authors(meta), _meta_authors(meta), _byline_authors(meta)):
        sure = [name for name in candidates if name]
        if sure:
            return ", ".join(dict.fromkeys(_without_site(meta, name) for name in sure))
    return None


def _without_site(meta: PageMeta, name: str) -> str:
    """Cut the name of the site off the end of a name: "Ann Hale Harbor Gazette"."""
    site = plain(meta.site_name() or "")
    words = name.split()
    for end in range(2, len(words)):
        if plain("".join(words[end:])) == site:
            return " ".join(words[:end])
    return name


def _linked_authors(meta: PageMeta) -> list[str | None]:
    if not meta.article:
        return []
    value = meta.article.get("author")
    person = any(
        "Person" in jsonld.types_of(node)
        for node in (value if isinstance(value, list) else [value])
        if isinstance(node, dict)
    )
    found = jsonld.names_of(value, meta.linked)[:6]
    return [author_name(meta, name, trusted=True, person=person) for name in found]


def _meta_authors(meta: PageMeta) -> list[str | None]:
    for key in ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator"):
        if (value := meta.metas.get(key)) and (name := author_name(meta, value)):
            return [name]
    return []


def _byline_authors(meta: PageMeta) -> list[str | None]:
    for text in meta.near_heading:
        if (match := _BY.match(text)) and (name := names.persons(_without_date(meta, match[1]), meta.lists)):
            return [name]
    for element in meta.tree.iter(*_TAGS):
        classes, link = element.get("class") or "", element.get("href") or ""
        marked = "author" in ((element.get("rel") or ""), (element.get("itemprop") or ""))
        # The plain look for letters spares thousands of elements the patterns.
        marked = marked or (("uthor" in classes or "yline" in classes or "y-line" in classes) and _is_author(classes))
        if not (marked or (link and _AUTHOR_LINK.search(link))) or aside(element):
            continue
        text = " ".join(element.text_content().split())
        if 3 < len(text) <= 80 and (name := names.persons(_without_date(meta, _BY.sub(r"\1", text)), meta.lists)):
            return [name]
        # In a box about the author the name comes first, in an element of its own.
        first = next((part for part in (" ".join(p.split()) for p in element.itertext()) if len(part) > 3), "")
        if len(first) <= 40 and first != text and (name := names.persons(first, meta.lists)):
            return [name]
    for element in meta.tree.iter("p", "div", "span", "em", "strong"):
        if (
            len(element) <= 2
            and (element.text or "").lstrip()[:4].lower() in _WRITTEN_BEGINS
            and (line := spaced(element, most=60))
            and (match := _WRITTEN.fullmatch(line))
            and (name := names.persons(match[1], meta.lists))
            and not aside(element)
        ):
            return [name]
    return []


def _without_date(meta: PageMeta, text: str) -> str:
    found = dates.date_in(text, meta.lists.dates)
    return found[1] if found else text


def _is_author(classes: str) -> bool:
    return bool(_AUTHOR_CLASS.search(classes))


def author_name(meta: PageMeta, value: str, *, trusted: bool = False, person: bool = False) -> str | None:
    """Return a value of an author field as a name, where it can be one and is not the site itmeta."""
    value = re.sub(r"^by:?\s+", "", value.strip(" ,;|"), flags=re.IGNORECASE)
    if not value or "@" in value or "/" in value or len(value) > 100:
        return None
    site = {plain(name) for name in (meta.site_name() or "", meta.host) if name}
    if value.lower() in _NO_AUTHORS or (plain(value) in site and not person):
        return None
    desk = value.split()[-1].lower() in meta.lists.names.roles
    if not (trusted and desk) and (name := names.persons(value, meta.lists)):
        return name
    # A desk, a team or a first name alone is what the field says, where it is as short as a name.
    if trusted and len(value.split()) <= 5 and len(value) <= 50 and value[0].isupper():
        return None if value.split()[0] in meta.lists.outlets.acronyms else value
    return None
