"""Numbers that name things: phone numbers, addresses, web addresses, codes."""

import re

# Runs are bounded: an open one would be tried from each of its letters, in time that grows with its square.
_PHONE = re.compile(
    r"(?<![\d$€£])(?:\+?\d{1,3}[\s.-])?\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?!\d)|(?<![\d$€£])\d{3}-\d{4}(?!\d)|(?<![\d$€£])\d{3}-(?:\d{3}-)?[A-Z]{3,7}\b(?:-[A-Z]{1,9})?"
)
_URL = re.compile(
    r"https?://\S+|www\.\S+|\b[\w.-]{1,64}@[\w.-]{1,255}\b|\b[\w-]{1,63}\.(?:com|org|net|gov|edu|co\.uk|ca)\b\S*|[@#]\w+",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?<![\w$€£])(?!(?:[A-Z]{3}|[A-Z]{1,2}\$|Rs|Rp|R)\d+(?:[.,]\d+)*(?:bn|m|k)?(?![\w-]))(?=[\w-]{0,60}\d)(?=[\w-]{0,60}[A-Za-z])[A-Z][A-Za-z]{0,60}-?\d[\w-]*|(?<!\w)#\d+|\b9/11\b|\b24/7\b|\b50[/-]50\b|\b\d+\.\d+\.\d+(?:\.\d+)*\b|\b\d+[A-Z]\d[\w]*\b|\b\d+(?:ers|ERS)\b"
)
_STREET = re.compile(
    r"\b\d+(?:-\d+)?\s+(?:block\s+of\s+)?(?:[NSEW]\.?\s+|North\s+|South\s+|East\s+|West\s+)?(?:[A-Z][\w.'-]{0,60}\s+|\d+(?:st|nd|rd|th)\s+){1,3}(?:Street|St\b|Avenue|Ave\b|Road|Rd\b|Boulevard|Blvd|Drive|Dr\b|Lane|Ln\b|Way|Place|Court|Ct\b|Highway|Hwy|Parkway|Square|Terrace)\.?"
)
_DIGIT = re.compile(r"\d")
# What each web or mail address has; most sentences have none of it.
_WEB = re.compile(r"[@#]|://|www\.|\w\.(?:com|org|net|gov|edu|co\.uk|ca)\b", re.IGNORECASE)


def mask_identifiers(text: str) -> list[tuple[int, int, str]]:
    """Return the spans of phone numbers, addresses, URLs, codes: numbers in them are identifiers."""
    spans: list[tuple[int, int, str]] = []
    if _WEB.search(text):
        spans += [(m.start(), m.end(), "identifier.url") for m in _URL.finditer(text)]
    if _DIGIT.search(text):
        for rule, pattern in (("phone", _PHONE), ("street", _STREET), ("code", _CODE)):
            spans += [(m.start(), m.end(), f"identifier.{rule}") for m in pattern.finditer(text)]
    return spans
