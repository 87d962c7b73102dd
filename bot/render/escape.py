"""Quoted text for Discord: shown as it was written, and unable to act as markup, mention, link or command.

`discord.utils.escape_markdown` leaves mentions, `<t:...>`, `</command:id>`, `-#`, addresses and turns of direction
alone. Here a back-slash stands before what would format, and a zero-width space inside what would act.
"""

import re
from urllib.parse import quote, urlsplit

from bot.render.words import flat, short

BREAK = "\u200b"
MOST_ADDRESS = 400
_FORMATS = re.compile(r"([\\*_`\[\]]|~(?=~)|(?<=~)~|\|(?=\|)|(?<=\|)\|)")
# What acts at the begin of a line only: headings, small print, quotes, lists.
_LINE = re.compile(r"(?m)^(?=\s*(?:#|-|>|\+|\d+[.)]))")
# Angle brackets open mentions, times, commands and emoji; at-signs mention; "//" makes an address of its scheme.
_ACTS = re.compile(r"[<@]|:(?=//)|(?<=\])(?=\()|(?<=discord)(?=\.gg/|(?:app)?\.com/invite)", re.IGNORECASE)
# Marks that are not seen and change what is: turns of direction that `flat` does not know, soft hyphens, joiners.
_UNSEEN = re.compile("[\u061c\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2060-\u2065\u206a-\u206f\u3164\ufff9-\ufffb]")
_TAGS = re.compile("[\U000e0000-\U000e007f]")


def escape(text: str) -> str:
    """Return a text on one line that Discord shows as it is."""
    text = flat(_TAGS.sub("", _UNSEEN.sub("", text)))
    text = _FORMATS.sub(r"\\\1", text)
    text = _ACTS.sub(lambda found: found[0] + BREAK, text)
    return _LINE.sub(BREAK, text)


def cut(text: str, most: int) -> str:
    """Return a text cut to so many characters as written, then escaped."""
    return escape(short(text, most))


def code(text: str) -> str:
    """Return a text for a code block, where nothing acts but the back-ticks that end it."""
    return flat(_TAGS.sub("", _UNSEEN.sub("", text))).replace("`", "ˋ")


def address(url: str | None, most: int = MOST_ADDRESS) -> str | None:
    """Return an address that may be linked to: http or https with a host, not too long; None for any other."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or parts.username is not None:
        return None
    if not host.isascii():
        try:
            named = host.encode("idna").decode()
        except UnicodeError:
            return None
        url = url.replace(parts.netloc, named + (f":{parts.port}" if parts.port else ""), 1)
    safe = quote(url.strip(), safe="%/:?&=#~+,;@!$'-._")
    return safe if len(safe) <= most else None


def link(label: str, url: str | None, most: int = MOST_ADDRESS) -> str:
    """Return a label that links to an address without preview; the label alone where the address is none.

    A label that looks like an address of another host stands beside the link, so that it cannot pretend to be it.
    """
    safe = address(url, most)
    shown = escape(label)
    if safe is None:
        return shown
    host = (urlsplit(safe).hostname or "").removeprefix("www.")
    if re.search(r"[^\s.]\.[a-z]{2,}|/", label, re.IGNORECASE) and label.strip().lower().removeprefix("www.") != host:
        return f"{shown} ([{escape(host)}](<{safe}>))"
    return f"[{shown}](<{safe}>)"
