"""Decode the bytes of a web page: valid UTF-8 is UTF-8 whatever is declared, then what is declared, then a guess."""

import codecs
import re

from charset_normalizer import from_bytes

from bot.ingest.text import MAGIC
from bot.model import CorrobotError

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{2,40})", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What the names mean on the web (WHATWG Encoding Standard): supersets that pages really use.
_MEANT = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
_MEANT |= {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "ks_c_5601-1987": "cp949", "euc-kr": "cp949"}


def decode_page(data: bytes, name: str, charset: str | None = None) -> str:
    """Decode a page; `charset` is what the server said. Raises CorrobotError empty or binary."""
    if not data.strip():
        raise CorrobotError("empty", f"{name} is empty; paste the text instead", name)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise CorrobotError("binary", f"{name} is {what}, not a web page", name)
    if data[:4_096].count(b"\0") > 1:
        raise CorrobotError("binary", f"{name} is binary, not a web page; paste the text instead", name)
    # ISO-2022 pages are plain ASCII to a UTF-8 decoder: they alone must go by their declaration.
    declared = _known(charset) or _known(_first(_XML, data)) or _known(_first(_DECLARED, data[:8_192]))
    if declared and declared.startswith("iso2022"):
        return data.decode(declared, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # One torn character, at the cut of a limited body or from a bad advert, is no other encoding.
        if error.start > len(data) - 4 or (declared in (None, "utf-8") and _mostly_utf8(data)):
            return data.decode("utf-8", "replace")
    if declared and declared != "utf-8":
        return data.decode(declared, "replace")
    guess = from_bytes(data[:65_536]).best()
    return data.decode(guess.encoding if guess else "cp1252", "replace")


def _first(pattern: re.Pattern[bytes], data: bytes) -> str | None:
    match = pattern.search(data)
    return match[1].decode("ascii", "replace") if match else None


def _known(charset: str | None) -> str | None:
    if not charset:
        return None
    try:
        found = codecs.lookup(_MEANT.get(charset.strip().lower(), charset.strip()))
    except (LookupError, ValueError):
        return None
    # Python also lists codecs that are no charsets ("hex", "rot13") and those of other widths.
    return found.name if found._is_text_encoding and not found.name.startswith(("utf-16", "utf-32", "utf-7")) else None


def _mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    wide = sum(char > "\x7f" for char in text) - broken
    return broken * 20 < wide
