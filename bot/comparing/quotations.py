"""The same quotation in other words: matched by alignment of its words, tolerant of translation."""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from bot.model import Quotation, QuoteDifference, QuoteSpan

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
# Two quotations are one where this share of the shorter one's words aligns, and at least so many words; short ones
# (seven words or fewer) must align more closely.
SHARE, LEAST = 0.6, 5
SHORT, SHORT_SHARE = 8, 0.75
MOST_WORDS = 120


def _words(text: str) -> list[str]:
    return [w.lower().replace("’", "'") for w in _WORD.findall(text)][:MOST_WORDS]


def quote_differences(quotations: Sequence[Quotation]) -> list[QuoteDifference]:
    """Return the quotations that stand in several articles in differing words, a group each pair of articles once."""
    prepared = [(q, _words(q.text)) for q in quotations]
    prepared = [(q, w) for q, w in prepared if len(w) >= LEAST]
    found: list[QuoteDifference] = []
    for i, (a, aw) in enumerate(prepared):
        abag = Counter(aw)
        for b, bw in prepared[i + 1 :]:
            if a.article == b.article:
                continue
            shared = sum((abag & Counter(bw)).values())
            if shared < LEAST or shared < SHARE * min(len(aw), len(bw)):
                continue
            blocks = SequenceMatcher(None, aw, bw, autojunk=False).get_matching_blocks()
            aligned = sum(m.size for m in blocks)
            least = min(len(aw), len(bw))
            if aligned < LEAST or aligned < (SHORT_SHARE if least < SHORT else SHARE) * least:
                continue
            differing = _differing(aw, bw)
            if differing:
                words = "; ".join(f"“{x}” / “{y}”" for x, y in differing[:3])
                found.append(
                    QuoteDifference(
                        "quote_differs",
                        (QuoteSpan(a.article, a.start, a.end), QuoteSpan(b.article, b.start, b.end)),
                        f"The same quotation in other words: {words}.",
                    )
                )
    return found


def _differing(aw: list[str], bw: list[str]) -> list[tuple[str, str]]:
    """Return the words that replace each other inside the aligned part; a quotation merely cut short differs in none."""
    pairs = []
    for op, a0, a1, b0, b1 in SequenceMatcher(None, aw, bw, autojunk=False).get_opcodes():
        if op == "replace" and a1 - a0 <= 6 and b1 - b0 <= 6:
            one, two = " ".join(aw[a0:a1]), " ".join(bw[b0:b1])
            if one.replace("'s", "") != two.replace("'s", ""):
                pairs.append((one, two))
    return pairs
