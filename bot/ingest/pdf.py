"""The text of a PDF, its wrapped lines joined into paragraphs."""

import io
import logging
import re
from statistics import quantiles

from pypdf import PdfReader, apply_configuration, get_configuration
from pypdf.errors import PyPdfError

from bot.ingest.text import PDF_LIMIT, TEXT_LIMIT, too_large
from bot.model import CorrobotError

PAGE_COUNT_LIMIT = 200
# To how many bytes one packed part may grow, whatever it is packed with; pages of text have some hundred kilobytes.
_UNPACKED = 15_000_000
_LIMITS = get_configuration().with_overwrites(
    array_based_stream_maximum_output_length=_UNPACKED,
    lzw_maximum_output_length=_UNPACKED,
    run_length_maximum_output_length=_UNPACKED,
    zlib_maximum_output_length=_UNPACKED,
)
# What pypdf lets through on broken files, besides its own errors.
_FAILURES = (
    PyPdfError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
    OSError,
    OverflowError,
)
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010\xad]$")
_END = re.compile(r"[.!?:][\"'”’)]*$")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def pdf_text(data: bytes, name: str) -> str:
    """Return the text of a PDF; raise CorrobotError empty, binary, too_large, unsupported or not_an_article."""
    if not data.strip():
        raise CorrobotError("empty", f"{name} is empty; send the text of an article", name)
    if len(data) > PDF_LIMIT:
        raise too_large(name, PDF_LIMIT)
    if b"%PDF-" not in data[:1_024]:
        raise CorrobotError("binary", f"{name} is no PDF; check the file", name)
    try:
        with apply_configuration(_LIMITS):
            pages = _pages(data, name)
    except _FAILURES as error:
        raise CorrobotError("unsupported", f"{name} is a broken PDF; paste the text instead", name) from error
    text = unwrap("\n".join(pages))
    if not text:
        raise CorrobotError("not_an_article", f"{name} holds no text, only pictures; paste the text instead", name)
    return text


def _pages(data: bytes, name: str) -> list[str]:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise CorrobotError("unsupported", f"{name} is locked by a password; paste the text instead", name)
    count = len(reader.pages)
    if count > PAGE_COUNT_LIMIT:
        message = f"{name} has {count} pages, more than {PAGE_COUNT_LIMIT}; send the article alone"
        raise CorrobotError("too_large", message, name)
    pages: list[str] = []
    size = 0
    for page in reader.pages:
        pages.append(page.extract_text())
        size += len(pages[-1])
        if size > TEXT_LIMIT:
            raise too_large(name, TEXT_LIMIT)
    return pages


def unwrap(text: str) -> str:
    """Join the lines that a page's width cut; a blank line, or a short line that ends a sentence, ends a paragraph."""
    lines = [line.strip() for line in text.splitlines()]
    lengths = [len(line) for line in lines if line]
    if len(lengths) < 2:
        return "\n".join(line for line in lines if line)
    width = quantiles(lengths, n=10)[-1]
    paragraphs: list[str] = []
    current = ""
    for line in lines:
        if not line:
            paragraphs.append(current)
            current = ""
            continue
        if _HYPHEN.search(current) and line[0].islower():
            current = current[:-1] + line
        else:
            current = f"{current} {line}".strip()
        short = len(line) < 0.8 * width
        # A short line that goes on is a heading or a title: it stands alone.
        if short and (_END.search(line) or current == line):
            paragraphs.append(current)
            current = ""
    paragraphs.append(current)
    return "\n".join(paragraph for paragraph in paragraphs if paragraph)
