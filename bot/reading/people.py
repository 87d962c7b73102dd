"""Names in one article: full names by surname, who bears a title, which institution a name means."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bot.reading.document import Document
from bot.reading.words import ReadingWords

_LEAD = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")


def strip_name(text: str) -> str:
    """Return a name without article and possessive."""
    return _POSSESSIVE.sub("", _LEAD.sub("", text.strip().strip(',.;:"“”')))


@dataclass(slots=True)
class People:
    """The persons of an article: longest form by surname, titles by surname, and mentions in order of the text."""

    full: dict[str, str] = field(default_factory=dict)
    titled: dict[str, list[str]] = field(default_factory=dict)
    mentions: list[tuple[int, str]] = field(default_factory=list)
    text: str = ""
    not_names: frozenset[str] = frozenset()
    _shared: dict[str, bool] = field(default_factory=dict)
    _sought: set[str] = field(default_factory=set)

    def canonical(self, name: str) -> str:
        """Return the longest form of a person's name that the article has."""
        name = strip_name(name)
        last = name.split()[-1] if name.split() else ""
        if name == last and last and last.lower() not in self.full and last not in self._sought:
            self._sought.add(last)
            # The recognizer missed the full form: "Miriam Okello" somewhere else in the text.
            for m in re.finditer(rf"\b([A-Z][a-z]+)\s+(?:[A-Z]\.\s+)?{re.escape(last)}\b", self.text):
                if m.group(1).lower() not in self.not_names:
                    self.full[last.lower()] = m.group()
                    break
        longest = self.full.get(last.lower(), name)
        given = name.split()[0] if " " in name else ""
        # Of two Powells the one who is named, not the one with the longer name.
        return longest if not given or given in longest.split() or given.lower() in self.not_names else name

    def shared(self, last: str) -> bool:
        """Tell whether several persons of the article bear a surname."""
        if last not in self._shared:
            self._shared[last] = self._is_shared(last)
        return self._shared[last]

    def _is_shared(self, last: str) -> bool:
        firsts = set(re.findall(rf"\b([A-Z][a-z]+)\s+(?:[A-Z][\w.]*\s+)?{re.escape(last)}\b", self.text))
        return len({f for f in firsts if f.lower() not in self.not_names}) > 1

    def surnamed(self, first: str) -> str:
        """Return the full name of the one person whom the article gives a first name, else the name as it is."""
        full = set(re.findall(rf"\b{re.escape(first)}\s+(?:[A-Z]\.\s+)?([A-Z][a-z]+[\w’-]*)", self.text))
        full -= {w for w in full if w.lower() in self.not_names}
        return f"{first} {full.pop()}" if len(full) == 1 else first

    def by_role(self, words: frozenset[str]) -> str | None:
        """Return the person whose title holds one of the (proper) words of a description, if only one does."""
        found = {name for name, titles in self.titled.items() if any(words & set(t.split()) for t in titles)}
        return found.pop() if len(found) == 1 else None

    def before(self, offset: int) -> str | None:
        """Return the person named last before an offset."""
        earlier = [n for at, n in self.mentions if at < offset]
        return earlier[-1] if earlier else None


def find_people(document: Document, words: ReadingWords) -> People:
    """Collect the persons that the parse's entity recognizer names, with the titles before them."""
    people = People(
        text=document.article.text,
        not_names=words.titles | words.speech | words.records | {"the", "a", "an", "when", "as", "but", "and"},
    )
    seen: Counter[str] = Counter()
    for view in document.views:
        if view.doc is None:
            continue
        for ent in view.doc.ents:
            if ent.label_ != "PERSON" or not ent[0].text[:1].isupper():
                continue
            tokens = [t for t in ent if not t.is_punct and t.text not in {"'s", "’s", "’"}]
            while len(tokens) > 1 and tokens[0].lower_.rstrip(".") in words.titles:
                tokens = tokens[1:]
            if not tokens or not all(t.text[:1].isupper() or len(tokens) > 2 for t in tokens):
                continue
            name = " ".join(t.text for t in tokens)
            last = tokens[-1].lower_
            seen[name] += 1
            if len(name) > len(people.full.get(last, "")) and len(tokens) < 5:
                people.full[last] = name
            title = _title(tokens[0], words) | _apposition(ent, words)
            if title:
                people.titled.setdefault(last, []).append(" ".join(sorted(title)))
            people.mentions.append((view.start + ent.start_char, last))
    people.mentions = sorted((at, people.full.get(last, last)) for at, last in people.mentions)
    people.titled = {people.full.get(last, last): titles for last, titles in people.titled.items()}
    return people


def _title(first: Any, words: ReadingWords) -> set[str]:
    """Return the words of the title right before a name: "Secretary of State Antony Blinken"."""
    found: set[str] = set()
    i = first.i - 1
    hit = False
    while i >= 0 and first.i - i < 8:
        t = first.doc[i]
        if t.lower_.rstrip(".") in words.titles:
            hit = True
            found.add(t.lower_)
        elif t.text[:1].isupper() or t.lower_ in {"of", "the", "for"}:
            found.add(t.lower_)
        else:
            break
        i -= 1
    return found - {"of", "the", "for"} if hit else set()


def _apposition(ent: Any, words: ReadingWords) -> set[str]:
    """Return the title words after a name: "Mehdi Irannejad, governor of Qeshm"."""
    doc, i = ent.doc, ent.end
    if i + 1 < len(doc) and doc[i].text == ",":
        following = [t.lower_ for t in doc[i + 1 : i + 6]]
        if set(following) & words.titles:
            return {w for w in following if w.isalpha()} - {"of", "the", "for", "a", "an"}
    return set()
