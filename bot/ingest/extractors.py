"""The text of a page by several extractors: the output that agrees most with the others is taken.

Measured on gold pages, the best single extractor is trafilatura; where resiliparse, which is ten times as fast and
works otherwise, agrees with it, asking more of them changes nothing. Where they disagree, readability and then
trafilatura's precision mode have a vote.
"""

import logging
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from itertools import count

import lxml.html
import trafilatura
from lxml import etree
from lxml.etree import LxmlError
from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HtmlProcessingInstruction
from readability import Document
from readability.readability import REGEXES
from trafilatura import external
from trafilatura.utils import HTML_PARSER

AGREEMENT = 0.88
_LEAST_GRAMS = 10
HUGE_CHARS = 1_000_000
HUGE_ROWS = 5_000
HUGE_TAGS = 15_000
MONSTROUS_CHARS = 3_000_000
MONSTROUS_TAGS = 30_000
_FLOOD = re.compile(r"<(\w+)\s[^<>]{4000,}>")
_MOST_ATTRIBUTES = 1_000
_ROW = re.compile(r"<tr\b.*?(?=<tr\b|</table\b)", re.IGNORECASE | re.DOTALL)
# What holds no text of an article, whatever else it holds: scripts and styles are half of many pages.
_NEVER = ["script", "style", "svg", "template", "link", "noscript", "iframe", "object", "embed", "applet", "audio"]
_NEVER += ["video", "canvas", "map", "source", "track", "param", "input", "select", "option", "button", "textarea"]
# What stands around an article, unless a page builder put the whole page into it: then it has most of the page's text.
_AROUND, _MOST_AROUND = ("nav", "footer", "aside"), 0.5
_DEEP = etree.XPath("boolean(" + "/*" * 150 + ")")
_WORD = re.compile(r"\w+")
_FAILURES = (LxmlError, ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, AssertionError)

Grams = set[tuple[str, ...]]

# lxml.html asks a Python function for the class of each element it hands out, a million times for 150 pages; here
# nothing needs what forms and inputs have more than other elements.
HTML_PARSER.set_element_class_lookup(
    etree.ElementDefaultClassLookup(
        element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity
    )
)
# The small words of a hundred languages take 20 MB and a third of a second, and what is not English is not read.
external.JT_STOPLIST = tuple(external.get_stoplist("English"))  # type: ignore[assignment, attr-defined]
# Its warnings about pages it cannot read are answered here by the other extractors.
for _name in ("trafilatura", "readability.readability", "htmldate"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def is_huge(html: str) -> bool:
    """Tell whether a page would cost seconds: very long, or of very many rows or other elements."""
    return len(html) > HUGE_CHARS or html.count("<tr") > HUGE_ROWS or html.count("<") > HUGE_TAGS


def tame(html: str) -> str:
    """Take out what costs much and tells nothing.

    That is: the attributes of a tag with over a thousand of them, for libxml2's time grows with their square, and the
    rows of tables after the 5,000th, which are a data set.
    """
    html = _FLOOD.sub(lambda tag: f"<{tag[1]}>" if tag[0].count("=") > _MOST_ATTRIBUTES else tag[0], html)
    nth = count(1)
    return _ROW.sub(lambda row: row[0] if next(nth) <= HUGE_ROWS else "", html) if is_huge(html) else html


def extract_text(html: str, tree: HtmlElement) -> str:
    """Return the article's text, one paragraph a line; empty where no extractor finds one. The tree is used up."""
    lighten(tree)
    # On very deep nesting resiliparse takes quadratic time; libxml2 has cut it off in the tree.
    shallow = lxml.html.tostring(tree, encoding="unicode") if is_huge(html) and _DEEP(tree) else html
    quick = _resiliparse()
    if html.count("<") > MONSTROUS_TAGS or len(html) > MONSTROUS_CHARS:
        return (_try(lambda: quick(shallow)) if quick else "") or _paragraphs(tree)
    if is_huge(html):
        return _try(lambda: _trafilatura(tree, fast=True, tables=False)) or _paragraphs(tree)
    vote = Vote()
    vote.add("trafilatura", _try(lambda: _trafilatura(tree)))
    if quick:
        vote.add("resiliparse", _try(lambda: quick(shallow)))
        if vote.agreement("trafilatura") >= AGREEMENT:
            return vote.outputs["trafilatura"]
    vote.add("readability", _try(lambda: _readability(tree)))
    if vote.agreement(vote.winner()) < AGREEMENT:
        # Without its fallbacks precision mode is an opinion of its own; with them it repeats the default's mistakes.
        vote.add("precision", _try(lambda: _trafilatura(tree, precision=True, fast=True)))
    return vote.outputs[vote.winner()] or _paragraphs(tree)


def lighten(tree: HtmlElement) -> None:
    """Take out of a tree what is no article: each extractor would walk and copy it several times."""
    etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, *_NEVER, with_tail=False)
    around = [element for element in tree.iter(*_AROUND) if element.getparent() is not None]
    most = _MOST_AROUND * len(tree.text_content()) if around else 0.0
    for element in around:
        if element.getparent() is not None and len(element.text_content()) <= most:
            element.drop_tree()


def _paragraphs(tree: HtmlElement) -> str:
    lines = (" ".join(element.text_content().split()) for element in tree.iter("p"))
    return "\n".join(line for line in lines if line)


@dataclass(slots=True)
class Vote:
    """The outputs of several extractors and how far each two of them agree."""

    outputs: dict[str, str] = field(default_factory=dict)
    _grams: dict[str, Grams] = field(default_factory=dict)
    _pairs: dict[tuple[str, str], float] = field(default_factory=dict)

    def add(self, name: str, text: str) -> None:
        """Take an output in and compare it with the others."""
        counted = grams(text)
        if len(counted) < _LEAST_GRAMS:
            # A headline or a menu that two of them find is no article: where a third finds one, it is alone.
            counted = set()
        for other, theirs in self._grams.items():
            self._pairs[name, other] = self._pairs[other, name] = alike(counted, theirs)
        self.outputs[name], self._grams[name] = text, counted

    def winner(self) -> str:
        """Name the output that agrees most with all others; where nothing agrees, the longest is all there is."""
        return max(self.outputs, key=lambda name: (sum(self._of(name)), len(self.outputs[name])))

    def agreement(self, name: str) -> float:
        """Return how far an output agrees with the one nearest to it."""
        return max(self._of(name), default=0.0)

    def _of(self, name: str) -> list[float]:
        return [value for (one, _), value in self._pairs.items() if one == name]


def grams(text: str) -> Grams:
    """Return the runs of four words of a text."""
    words = _WORD.findall(text.lower())
    return set(zip(words, words[1:], words[2:], words[3:], strict=False))


def alike(one: Grams, other: Grams) -> float:
    """Return the share of runs that two texts have in common, 0 to 1."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0


def _try(extract: Callable[[], str]) -> str:
    try:
        return extract()
    except _FAILURES:
        # Each of these libraries fails on some page of the web; the vote goes on without it.
        return ""


def _trafilatura(tree: HtmlElement, *, precision: bool = False, fast: bool = False, tables: bool = True) -> str:
    text = trafilatura.extract(
        tree, include_comments=False, include_tables=tables, favor_precision=precision, fast=fast, deduplicate=False
    )
    return str(text or "")


class _Readable(Document):  # type: ignore[misc]
    """A page whose tree is parsed, and without scripts and styles; its links are not needed."""

    def _parse(self, tree: HtmlElement) -> HtmlElement:
        fresh = deepcopy(tree)
        for element in fresh.xpath("//*[@hidden]"):
            element.drop_tree()
        for element in fresh.xpath("//*[@style]"):
            if REGEXES["displayNoneRe"].search(element.get("style")):
                element.drop_tree()
        return fresh


def _readability(tree: HtmlElement) -> str:
    summary = _Readable(tree).summary(html_partial=True)
    blocks = lxml.html.fromstring(summary)
    for element in blocks.iter("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "br", "div", "pre"):
        element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in blocks.text_content().splitlines())
    return "\n".join(line for line in lines if line)


def _resiliparse() -> Callable[[str], str] | None:
    if find_spec("resiliparse") is None:
        return None
    plain = import_module("resiliparse.extract.html2text").extract_plain_text

    def extract(html: str) -> str:
        return str(plain(html, main_content=True, alt_texts=False, links=False))

    return extract
