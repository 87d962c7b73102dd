"""Numbers that name things: phone numbers, addresses, web addresses, codes."""

import re

_PHONE = re.compile(
    r"(?<![\d$€£])(?:\+?\d{1,3}[\s.-])?\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?!\d)|(?<![\d$€£])\d{3}-\d{4}(?!\d)|(?<![\d$€£])\d{3}-(?:\d{3}-)?[A-Z]{3,7}\b(?:-[A-Z]+)?"
)
_URL = re.compile(
    r"https?://\S+|www\.\S+|\b[\w.-]+@[\w.-]+\b|\b[\w-]+\.(?:com|org|net|gov|edu|co\.uk|ca)\b\S*|[@#]\w+", re.IGNORECASE
)
_CODE = re.compile(
    r"(?<![\w$€£])(?!(?:[A-Z]{3}|[A-Z]{1,2}\$|Rs|R)\d+(?:[.,]\d+)*(?:bn|m|k)?(?![\w-]))(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Z][A-Za-z]*-?\d[\w-]*|(?<!\w)#\d+|\b9/11\b|\b24/7\b|\b50[/-]50\b|\b\d+\.\d+\.\d+(?:\.\d+)*\b|\b\d+[A-Z]\d[\w]*\b|\b\d+(?:ers|ERS)\b"
)
_STREET = re.compile(
    r"\b\d+(?:-\d+)?\s+(?:block\s+of\s+)?(?:[NSEW]\.?\s+|North\s+|South\s+|East\s+|West\s+)?(?:[A-Z][\w.'-]*\s+|\d+(?:st|nd|rd|th)\s+){1,3}(?:Street|St\b|Avenue|Ave\b|Road|Rd\b|Boulevard|Blvd|Drive|Dr\b|Lane|Ln\b|Way|Place|Court|Ct\b|Highway|Hwy|Parkway|Square|Terrace)\.?"
)


def mask_identifiers(text: str) -> list[tuple[int, int, str]]:
    """Return the spans of phone numbers, addresses, URLs, codes: numbers in them are identifiers."""
    spans = [
        (m.start(), m.end(), rule)
        for rule, pattern in (
            ("identifier.url", _URL),
            ("identifier.phone", _PHONE),
            ("identifier.street", _STREET),
            ("identifier.code", _CODE),
        )
        for m in pattern.finditer(text)
    ]
    return spans
