"""Cut text into blocks (lines) and sentences, with offsets; nupunkt does the cutting, our rules mend its slips."""

import re
from dataclasses import dataclass

from nupunkt import sent_spans

# A break after one of these is none: the abbreviation goes on ("Acme Inc. Chairman", "at 5 p.m. Analysts" is left alone).
_NO_BREAK_AFTER = re.compile(
    r"(?:\b(?:Lt|Col|Gen|Sgt|Capt|Cmdr|Adm|Maj|Cpl|Pvt|Rep|Sen|Gov|Dr|Mr|Mrs|Ms|Prof|Rev|Hon|St|Mt|Ft|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|approx|est|v)\.|\b[A-Z]\.)\s*$"
)
# After "U.S." a sentence ends only where the next word opens one: "the U.S. Secretary" goes on.
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}\s*$")
_OPENER = re.compile(
    r"^\s*[“\"'(]?(?:The|A|An|He|She|It|They|We|I|You|There|This|That|These|Those|His|Her|Their|Its|Our|My|In|On|At|By|For|From|To|With|As|If|But|And|"
    r"Or|So|Yet|Then|When|While|After|Before|Since|Although|Though|Because|However|Meanwhile|Some|Many|Most|All|Both|No|Not|One|Two|Three|Police|Officials)\b"
)
# A word in small letters and a capital after its full stop: nupunkt takes "car.", "bail." and "rash." for abbreviations,
# and pages lose the space between two sentences ("around the scene.At noon").
_BREAK = re.compile(
    r"(?<![.\w-])(?!(?:approx|est|etc|dept|ave|blvd|tel|ext|vol|fig|incl|min|max|sgt|capt|gov|sen|rep|gen|col|hrs|mins|lbs|yds)\.)"
    r"[a-z]{3,}[.](?:[”\"’')]*\s+(?=[“\"‘'(]?[A-Z])|(?=[A-Z][a-z]*\s))"
)
# How many characters before and after a break tell what it is, and more than forty words have.
_NEAR = 100
_LONG = 2000
_CONTINUES = re.compile(r"^\s*(?:[a-z]|(?:Chairman|Chief|President|CEO|Inc|Corp|Co|Ltd)\b)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: offsets into the text, the block (line) it stands in, and whether the block is a heading."""

    start: int
    end: int
    block: int
    heading: bool


def split_sentences(text: str) -> list[Sentence]:
    """Return the sentences of `text` in order. A block without a closing mark and under 16 words is a heading."""
    sentences: list[Sentence] = []
    for number, m in enumerate(re.finditer(r"[^\n]+", text)):
        line = m.group()
        if not line.strip():
            continue
        spans = _merge(line, [part for s, e in sent_spans(line) for part in _cut(line, s, e)])
        closing = line.rstrip().rstrip("\"”'’)")[-1:] in {".", "!", "?", "…", ":"}
        heading = len(spans) == 1 and not closing and len(line.split()) < 20
        for start, end in spans:
            piece = line[start:end]
            start += len(piece) - len(piece.lstrip())
            end -= len(piece) - len(piece.rstrip())
            if end > start:
                sentences.append(Sentence(m.start() + start, m.start() + end, number, heading))
    return sentences


def _cut(line: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a sentence where a common word ends another one in it."""
    at = [m.end() for m in _BREAK.finditer(line, start, end) if m.end() < end]
    return list(zip([start, *at], [*at, end], strict=True))


def _merge(line: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged:
            # Both ends only: a sentence that many pieces are merged into would be read anew for each.
            first, last = merged[-1]
            before, piece = line[max(first, last - _NEAR) : last], line[start : min(end, start + _NEAR)]
            if _INITIALS.search(before) and not _OPENER.match(piece):
                merged[-1] = (merged[-1][0], end)
                continue
            initial = (
                re.search(r"\b[A-Z]\.\s*$", before)
                and not re.search(r"\b(?:[A-Z]\.){2,}\s*$", before)
                and len(line[first : min(last, first + _LONG)].split()) < 40
            )
            if (
                _NO_BREAK_AFTER.search(before) and (initial or not re.search(r"\b[A-Z]\.\s*$", before))
            ) or _CONTINUES.match(piece):
                merged[-1] = (merged[-1][0], end)
                continue
        merged.append((start, end))
    return merged
