"""Take the marks of Markdown off a text, so that offsets and sentences are those of the words."""

import re

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*\n+", re.DOTALL)
_KEYS = {
    "title": "Title",
    "outlet": "Outlet",
    "source": "Outlet",
    "author": "Author",
    "published": "Published",
    "date": "Published",
    "url": "URL",
}
_STEPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"!\[([^\]\n]*)\]\([^()\s]*(?:[ \t]+\"[^\"\n]*\")?\)"), ""),
    (re.compile(r"(?<!!)\[([^\]\n]+)\]\([^()\s]*(?:[ \t]+\"[^\"\n]*\")?\)"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE), r"\1"),
    (re.compile(r"^ {0,3}(?:>[ \t]?)+", re.MULTILINE), ""),
    (re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w_])(_{1,3})(?=\S)([^_\n]+?)(?<=\S)\1(?![\w_])"), r"\2"),
    (re.compile(r"^ {0,3}(?:=+|-{3,}|\*{3,}|_{3,})[ \t]*$", re.MULTILINE), ""),
)


def strip_markdown(text: str) -> str:
    """Return the plain text of Markdown; front matter becomes header lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    headers = ""
    if front := _FRONT.match(text):
        text = text[front.end() :]
        for line in front[1].split("\n"):
            key, colon, value = line.partition(":")
            if colon and (name := _KEYS.get(key.strip().lower())) and value.strip():
                headers += f"{name}: {value.strip().strip(chr(34)).strip(chr(39))}\n"
    for pattern, replacement in _STEPS:
        text = pattern.sub(replacement, text)
    return f"{headers}\n{text}" if headers else text
