"""Bytes to text, strictly: what is empty, binary, broken, too large or of an unknown kind is refused with advice."""

import codecs
from pathlib import Path

from bot.model import CorrobotError

TEXT_LIMIT = 2_000_000
PAGE_LIMIT = 10_000_000
PDF_LIMIT = 20_000_000
SUFFIXES: dict[str, tuple[str, int]] = {
    "": ("text", TEXT_LIMIT),
    ".txt": ("text", TEXT_LIMIT),
    ".md": ("markdown", TEXT_LIMIT),
    ".html": ("html", PAGE_LIMIT),
    ".htm": ("html", PAGE_LIMIT),
    ".pdf": ("pdf", PDF_LIMIT),
}
# The first bytes of files that people attach by mistake, and what to call them.
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF; give it the suffix .pdf"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a rar archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\r\f\v\x1b") + b"\x7f"


def kind_of(name: str) -> tuple[str, int]:
    """Tell what an input is (text, markdown, html, pdf) and how many bytes it may have, by its suffix."""
    suffix = "" if name == "-" else Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(key for key in SUFFIXES if key)
        raise CorrobotError("unsupported", f"{name} is of no known kind ({suffix}); give one of {known}", name)
    return SUFFIXES[suffix]


def read_input(path: Path) -> bytes:
    """Read a file of a supported kind within its size limit."""
    name = str(path)
    if not path.exists():
        raise CorrobotError("not_found", f"{name} does not exist; check the path", name)
    if not path.is_file():
        raise CorrobotError("unsupported", f"{name} is no file; give one file each", name)
    _, limit = kind_of(path.name)
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise CorrobotError("not_found", f"{name} cannot be read: {error.strerror}", name) from error
    if len(data) > limit:
        raise too_large(name, limit)
    return data


def too_large(name: str, limit: int) -> CorrobotError:
    """Make the error for an input over its limit."""
    return CorrobotError("too_large", f"{name} is larger than {limit / 1e6:g} MB; send the article alone", name)


def decode_text(data: bytes, name: str) -> str:
    """Decode a text input as UTF-8 and nothing else; the encoding is never guessed."""
    if len(data) > TEXT_LIMIT:
        raise too_large(name, TEXT_LIMIT)
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise CorrobotError("empty", f"{name} is empty; send the text of an article", name)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise CorrobotError("bad_encoding", f"{name} is UTF-16, not UTF-8; save it as UTF-8 and try again", name)
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise CorrobotError("binary", f"{name} is {what}, not text", name)
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls * 100 > len(data):
        raise CorrobotError("binary", f"{name} is binary, not text; send the article as text, HTML or PDF", name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{name} is not valid UTF-8 (byte {error.start}); save it as UTF-8 and try again"
        raise CorrobotError("bad_encoding", message, name) from error
