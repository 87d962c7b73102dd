"""Tell in what language a text is: English by its small words, anything else by a look at its letters and py3langid."""

import re

from bot.ingest.boilerplate import Boilerplate

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6_000


def language_of(text: str, lists: Boilerplate) -> str:
    """Return the ISO 639-1 code of a text; "en" where it is too short to tell."""
    # What is said again and again, as in the rows of a table, says once in what language it is.
    sample = "\n".join(dict.fromkeys(text[: 50 * _SAMPLE].splitlines()))[:_SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    # Scripts without spaces give few long words, so letters are counted too.
    if len(words) < lists.english_min_words and sum(map(len, words)) < 5 * lists.english_min_words:
        return "en"
    small = sum(word in lists.english for word in words)
    if small >= lists.english_min_share * len(words):
        return "en"
    # English in short lines and big words: a look at its letters costs nothing, and the model a second to load.
    if 2 * small >= lists.english_min_share * len(words):
        from resiliparse.parse.lang import detect_fast

        if detect_fast(sample)[0] == "en":
            return "en"
    import py3langid

    code, _ = py3langid.classify(sample)
    return str(code)
