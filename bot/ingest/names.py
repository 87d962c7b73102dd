"""Tell by their shape whether words can be the name of a person or of an outlet, and write names in ordinary letters.

No list of persons or outlets is asked: a name is a short run of capitalised words with particles between them.
"""

import re

from bot.ingest.boilerplate import Boilerplate

_PERSON_WORD = re.compile(r"[^\W\d_][^\W\d_]*(?:[-'’.][^\W\d_]+)*\.?")
# What follows a bar, a dash, a bracket or "of" is where the writer works.
_AFFILIATION = re.compile(r"\s[|–—•·-]\s|\||\s{3,}|\s*[(@<]|\s+(?:for|of|in|on)\s+")
_SPLIT_NAMES = re.compile(r"\s*(?:,\s*(?:and|&)\s+|,|;|\s+(?:and|&|with)\s+)\s*", re.IGNORECASE)


def persons(text: str, lists: Boilerplate) -> str | None:
    """Read the persons a by-line names, as "A, B", without their roles; None where it names nobody."""
    text = _AFFILIATION.split(text.strip(), maxsplit=1)[0].strip(" ,.;:*")
    parts = [part for part in _SPLIT_NAMES.split(text) if part]
    named: list[str] = []
    for part in parts:
        words = part.split()
        while words and words[-1].lower().strip(".,") in lists.names.roles | lists.dates.around:
            words.pop()
        if not words and named:
            continue
        if not _is_person(words, lists) or (named and part.isupper() and not parts[0].isupper()):
            # What follows the first name and is none, "Reuters" or "Health Desk", is where the writer works.
            break
        named.append(" ".join(_ordinary_person(word, lists) for word in words))
    if not named:
        return None
    return ", ".join(named)


def _is_person(words: list[str], lists: Boilerplate) -> bool:
    if not 2 <= len(words) <= 5 or words[0].lower() in lists.names.not_names or words[0] in lists.outlets.acronyms:
        return False
    names = lists.names
    if words[-1].lower() in names.particles and not words[-1][0].isupper():
        return False
    return all(
        _PERSON_WORD.fullmatch(word) and (word[0].isupper() or word.lower() in names.particles) for word in words
    ) and not any(word.lower() in lists.english and word.lower() != "the" for word in words)


def _ordinary_person(word: str, lists: Boilerplate) -> str:
    if not word.isupper() or len(word.rstrip(".")) <= 1 or word.count(".") > 1:
        return word
    if word.lower() in lists.names.particles and word.lower() not in {"la", "le", "al", "el"}:
        return word.lower()
    return re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), word)


def outlet(text: str, lists: Boilerplate) -> str | None:
    """Read the name of an outlet, put into ordinary letters where it is in capitals; None where it is no name."""
    text = re.sub(
        r"^(?:the\s+)?(?:website|newsletter|channel)\s+of\s+", "", text.strip(' .,;:|"“”'), flags=re.IGNORECASE
    )
    text = text.removeprefix("the ")
    words = text.split()
    if not 1 <= len(words) <= 6 or len(text) > 50 or text.casefold().removeprefix("the ") in lists.outlets.never:
        return None
    for word in words:
        if not (word[0].isupper() or word[0].isdigit() or word.lower() in lists.outlets.small or "." in word[1:-1]):
            return None
    if all(word.lower() in lists.outlets.small | lists.names.roles for word in words) or words[
        0
    ].lower() in lists.english - {"the"}:
        return None
    if text.isupper() and len(words) > 1:
        if words[0].lower() == "the":
            words = words[1:]
        words = [_ordinary_outlet(word, lists, first=index == 0) for index, word in enumerate(words)]
    return " ".join(words)


def _ordinary_outlet(word: str, lists: Boilerplate, *, first: bool) -> str:
    if word in lists.outlets.acronyms or "." in word[1:-1]:
        return word.lower() if word.lower().endswith((".com", ".org", ".net")) else word
    if word.lower() in lists.outlets.small and not first:
        return word.lower()
    if not re.search(r"[AEIOUY]", word):
        return word
    return word.capitalize()


def host_outlet(host: str, lists: Boilerplate) -> str:
    """Name the outlet of a host: the listed name, else the host without its www."""
    host = re.sub(r"^(?:www\d?|m|mobile|amp|edition|news)\.", "", host.lower())
    known = lists.outlets.hosts
    parts = host.split(".")
    for start in range(len(parts) - 1):
        if name := known.get(".".join(parts[start:])):
            return name
    return host
