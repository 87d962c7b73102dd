"""Who says so: the chain of speakers over a figure, from the parse, quotation marks and set phrases.

The chain runs from the outermost speaker to the innermost; the last one is the voice (design/domain.md).
"""

import re
from dataclasses import dataclass
from typing import Any

from bot.reading.document import Document, View
from bot.reading.geography import Geography
from bot.reading.people import People, strip_name
from bot.reading.words import ReadingWords, plural, singular

_CLOSING = re.compile(r":\s+((?:[\w.'’-]+\s+){0,4}[\w.'’-]+)$")
_PRONOUNS = {"he", "she", "they", "it", "who", "which", "that", "i", "we", "you"}


@dataclass(frozen=True, slots=True)
class Attribution:
    """The speakers, outermost first, the status their verbs give, and the rules that found them."""

    speakers: tuple[str, ...] = ()
    status: str | None = None
    rules: tuple[str, ...] = ()


class AttributionReader:
    """Find the speakers over a token, with the article's people and places at hand."""

    def __init__(
        self, document: Document, words: ReadingWords, people: People, geography: Geography, place_name: Any
    ) -> None:
        self.document = document
        self.words = words
        self.people = people
        self.geography = geography
        self.place_name = place_name
        self._speakers: list[tuple[int, str]] = []
        verbs = "|".join(sorted({w for v in words.speech for w in (words.participle(v), v + "s")} | {"said", "told"}))
        # "..., Okello added, ...": a name and a verb of saying between commas.
        self._between = re.compile(rf",[”\"]?\s+((?:[A-Z][\w.’'-]+\s+){{0,3}}[A-Z][\w.’'-]+)\s+(?:{verbs}),")

    def read(self, view: View, token: Any) -> Attribution:
        """Return the attribution of the figure at a token of a parsed sentence."""
        if token is None:
            return Attribution()
        inner_first: list[tuple[str, Any]] = []
        status: str | None = None
        rules: list[str] = []
        here = token
        path = [token]
        while here.head != here and len(path) < 40:
            here = here.head
            path.append(here)
        on_path = {t.i for t in path}
        for depth, node in enumerate(path):
            lemma = node.lemma_.lower()
            below = path[depth - 1] if depth else None
            if (
                node.pos_ in {"VERB", "AUX"}
                and lemma in self.words.speech
                and below is not None
                and self._governs(node, below, lemma)
            ):
                speaker = self._subject(node, on_path)
                if speaker is not None and speaker.lemma_.lower() not in self.words.evidence:
                    name = self.name(view, speaker)
                    if name:
                        inner_first.append((name, node))
                        rules.append("voice.says")
                if status is None or status == "reported":
                    status = self.words.status.get(node.lower_) or self.words.status.get(lemma) or status
            for child in node.children:
                if child.i in on_path:
                    continue
                found = self._phrase(view, child) or self._parenthesis(view, child)
                if found and found not in [n for n, _ in inner_first]:
                    inner_first.append((found, child))
                    rules.append("voice.according_to")
            if node.pos_ == "VERB" and node.tag_ in {"VBN", "VBD"} and lemma in self.words.speech:
                agent = next(
                    (g for c in node.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"), None
                )
                if agent is not None and agent.i not in on_path and (name := self.name(view, agent)):
                    inner_first.append((name, node))
                    rules.append("voice.by_agent")
            if (
                status is None
                and any(c.dep_ in {"advmod", "amod"} and c.lower_ in self.words.status for c in node.children)
                and depth < 3
            ):
                status = next(self.words.status[c.lower_] for c in node.children if c.lower_ in self.words.status)
        names: list[str] = []
        for name, _ in inner_first:
            if name not in names:
                names.append(name)
        if not names and (trailing := self._trailing(view, token)):
            names = [trailing]
            rules.append("voice.trailing")
        quote = self.document.quote_at(view.start + token.idx, view.start + token.idx + len(token.text))
        if quote is not None and (outer := self._quoted_by(quote.start, quote.end) or self._went_on(quote.start)):
            names += [outer] if outer not in names else []
            rules.append("voice.quotation")
        if not names and view.heading and (closing := _CLOSING.search(view.text)) is not None:
            told = closing.group(1).lower()
            last = told.split()[-1]
            if {last, singular(last)} & (self.words.officials | self.words.records | self.words.closing):
                names = [told]  # a headline's "five hurt: media"
                rules.append("voice.headline")
        return Attribution(tuple(reversed(names)), status, tuple(rules))

    def _governs(self, verb: Any, below: Any, lemma: str) -> bool:
        """Tell whether what lies below the verb is what is said."""
        if below.dep_ in {"ccomp", "xcomp", "parataxis", "dep"}:
            return True
        if below.dep_ in {"dobj", "obj", "nsubjpass", "oprd", "prep", "attr"}:
            return lemma in self.words.speech - {
                "find",
                "show",
                "add",
                "read",
                "tell",
                "call",
                "post",
                "hear",
                "think",
                "describe",
                "point",
                "write",
                "list",
            } or lemma in {"list"}
        return below.dep_ in {"conj", "advcl"} and any(c.dep_ == "ccomp" for c in verb.children) and below.i < verb.i

    def _subject(self, verb: Any, on_path: set[int]) -> Any:
        """Return the speaker of a speech verb: its subject, that of the verb it is joined to, or the noun right before."""
        node = verb
        for _ in range(4):
            subject = next((c for c in node.children if c.dep_ == "nsubj"), None)
            if subject is None:
                # "the UN has, as of Monday, confirmed": the parser hangs the subject on its auxiliary or an adjunct.
                helpers = [c for c in node.children if c.dep_ in {"aux", "prep", "advmod", "advcl"} and c.i < node.i]
                subject = next((g for c in helpers for g in c.children if g.dep_ == "nsubj" and g.i < node.i), None)
            if subject is not None:
                return subject if subject.i not in on_path else None
            if node.dep_ == "conj" and node.head.pos_ == "VERB" and node.i - 1 > node.head.i:
                before = verb.doc[verb.i - 1] if verb.i else None
                if before is not None and before.tag_ in {"NNP", "NNPS"} and before.i not in on_path:
                    return before
                node = node.head
                continue
            break
        if verb.tag_ in {"VBD", "VBZ", "VBP"} and verb.i > 0:
            before = verb.doc[verb.i - 1]
            if before.tag_ in {"NNP", "NNPS", "NNS"} and before.dep_ != "pobj" and before.i not in on_path:
                return before
        if verb.dep_ == "acl" and verb.head.tag_.startswith("NN") and verb.head.i not in on_path:
            return None
        return None

    def _phrase(self, view: View, token: Any) -> str | None:
        """Read "according to X", "citing X", "as noted in the statement of X" at a child of the figure's path."""
        doc = token.doc
        low = token.lower_
        target = None
        if low == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            target = next((g for t in (token, doc[token.i + 1]) for g in t.children if g.dep_ == "pobj"), None)
        elif low in {"citing", "quoting"}:
            target = next(
                (
                    c
                    for c in token.children
                    if c.dep_ in {"dobj", "obj"}
                    and (
                        c.ent_type_ in {"ORG", "PERSON"}
                        or c.lemma_.lower() in self.words.records | self.words.officials
                    )
                ),
                None,
            )
        elif (
            token.pos_ == "VERB"
            and token.lemma_.lower() in self.words.speech
            and token.dep_ in {"advcl", "prep", "acl"}
            and any(c.lower_ == "as" for c in token.children)
        ) or (
            token.tag_ == "VBN"
            and token.i > 0
            and doc[token.i - 1].lower_ == "as"
            and token.lemma_.lower() in self.words.speech
        ):
            for prep in (c for c in token.children if c.dep_ in {"prep", "agent"} and c.lower_ in {"in", "by"}):
                target = next((g for g in prep.children if g.dep_ == "pobj"), None)
                if target is not None:
                    break
            if target is None:
                target = next((c for c in token.children if c.dep_ == "nsubj"), None)
        return self.name(view, target) if target is not None else None

    def _parenthesis(self, view: View, token: Any) -> str | None:
        """Read a speaker put between commas: "Russia, the secretary said, has left thousands dead"."""
        if (
            token.dep_ not in {"parataxis", "ccomp", "dep", "advcl", "intj"}
            or token.lemma_.lower() not in self.words.speech
        ):
            return None
        if token.tag_ not in {"VBD", "VBZ", "VBP"} or any(c.dep_ in {"ccomp", "dobj", "mark"} for c in token.children):
            return None
        subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
        return self.name(view, subject) if subject is not None else None

    def _trailing(self, view: View, token: Any) -> str | None:
        """Read a bare tail the parse lost: "..., police said." after the figure, in the same sentence."""
        m = re.search(
            r",[”\"]?\s+((?:[A-Z][\w.’'-]+\s+){0,5}[\w.’'-]+)\s+(said|says|reported|announced|told [A-Z][\w ]+|added|noted)\b[^,.]*[.,]?\s*$",
            view.text,
        )
        inner = self._between.search(view.text)
        if inner is not None and self.document.quote_at(view.start + inner.start(1), view.start + inner.end(1)) is None:
            return self.people.canonical(inner.group(1))
        if m is None or m.start() + view.start < view.start + token.idx:
            return None
        target = view.token_at(view.start + m.end(1) - 1)
        return self.name(view, target) if target is not None and target.pos_ in {"NOUN", "PROPN", "PRON"} else None

    def _went_on(self, start: int) -> str | None:
        """Return who goes on speaking: "...", Ann Hale said. "..." in one paragraph is hers."""
        before = [q for q in self.document.quotes if q.end <= start]
        here = self.document.view_at(start)
        told = self.document.view_at(before[-1].end - 1) if before else None
        if told is None or here is None or here.index - told.index != 1 or here.block != told.block:
            return None
        # It opens its sentence, so nobody else is introduced: "B disagreed: "..."" is B's.
        opens = not self.document.article.text[here.start : start].strip(' "“')
        return self._quoted_by(before[-1].start, before[-1].end) if opens else None

    def _quoted_by(self, start: int, end: int) -> str | None:
        """Return who is named as the speaker of a quotation: in the sentences that hold its ends, outside the marks."""
        text = self.document.article.text
        for view in dict.fromkeys(
            v for v in (self.document.view_at(end - 1), self.document.view_at(start)) if v is not None
        ):
            if view.doc is None:
                continue
            for verb in view.doc:
                at = view.start + verb.idx
                if (
                    verb.pos_ != "VERB"
                    or verb.lemma_.lower() not in self.words.speech
                    or start <= at < end
                    or self.document.quote_at(at, at + 1)
                ):
                    continue
                if abs(at - end) > 160 and abs(at - start) > 160:
                    continue
                subject = next((c for c in verb.children if c.dep_ in {"nsubj"}), None)
                if (
                    subject is not None
                    and not start <= view.start + subject.idx < end
                    and (name := self.name(view, subject))
                ):
                    return name
            tail = text[end : end + 60]
            if m := re.match(r"[,.]?[”\"]\s*(?:said|says|added)\s+([A-Z][\w.’'-]+(?:\s+[A-Z][\w.’'-]+)*)", tail):
                return self.people.canonical(m.group(1))
        return None

    # -- names -----------------------------------------------------------------------------------------------------

    def name(self, view: View, token: Any) -> str | None:
        """Return the canonical name of the speaker that a noun or pronoun stands for, or None."""
        words = self.words
        low = token.lower_
        if token.pos_ == "PRON" or low in _PRONOUNS:
            if low in {"he", "she"}:
                return self.people.before(view.start + token.idx)
            if low in {"it", "they"}:
                earlier = [n for at, n in self._speakers if at < view.start + token.idx]
                return earlier[-1] if earlier else None
            if low in {"who", "that", "which"} and token.head.dep_ == "relcl":
                return self.name(view, token.head.head)
            return None
        ent = next((e for e in token.doc.ents if e.start <= token.i < e.end), None)
        phrase = strip_name(
            "".join(
                t.text_with_ws
                for t in token.subtree
                if t.i <= token.i
                and (
                    t.dep_ in {"compound", "amod", "det", "poss", "case", "nmod", "flat"}
                    or t == token
                    or t.head.dep_ in {"compound", "poss", "nmod"}
                )
            )
        )
        for candidate in (phrase, strip_name(ent.text) if ent is not None else "", strip_name(self._full(token))):
            if candidate.lower() in words.institutions:
                return self._said(view, token, words.institutions[candidate.lower()])
        longest = strip_name(self._full(token)).lower()
        inside = [
            (len(alias), name)
            for alias, name in words.institutions.items()
            if len(alias) > 2 and re.search(rf"(?<![\w.]){re.escape(alias)}(?![\w])", longest)
        ]
        if inside and ent is not None and ent.label_ != "PERSON":
            return self._said(view, token, max(inside)[1])
        if ent is not None and ent.label_ == "PERSON" and token.tag_ in {"NNP", "NNPS"}:
            kept = [t.text for t in ent if t.lower_.rstrip(".") not in words.titles and not t.is_punct]
            return self._said(view, token, self.people.canonical(" ".join(kept) or ent.text))
        lemma = token.lemma_.lower()
        if token.tag_ in {"NN", "NNS"} or lemma in words.officials or lemma in words.records or lemma in words.titles:
            described = self._described(view, token, lemma, phrase)
            if described:
                return self._said(view, token, described)
        if ent is not None:
            # A surname that the recognizer takes for something else is still the surname of a person named before.
            named = strip_name(ent.text)
            return self._said(view, token, self.people.full.get(named.lower(), named))
        if token.tag_ in {"NNP", "NNPS"}:
            return self._said(view, token, self.people.canonical(phrase))
        return None

    def _full(self, token: Any) -> str:
        """Return the noun phrase with its "of"/"for" complements."""
        kept = list(token.subtree)
        stop = next(
            (t.i for t in kept if t.i > token.i and (t.dep_ in {"relcl", "acl", "appos", "cc"} or t.is_punct)), None
        )
        return "".join(t.text_with_ws for t in kept if stop is None or t.i < stop)

    def _said(self, view: View, token: Any, name: str) -> str:
        self._speakers.append((view.start + token.idx, name))
        return name

    def _described(self, view: View, token: Any, lemma: str, phrase: str) -> str | None:
        """Resolve a description: "the governor", "officials in X", "official figures from X", "the head of the Y"."""
        words = self.words
        if lemma in words.records:
            for prep in (c for c in token.children if c.dep_ == "prep" and c.lower_ in {"of", "from", "by"}):
                owner = next((g for g in prep.children if g.dep_ == "pobj"), None)
                if owner is None:
                    continue
                place = self.place_name(view, owner)
                if place is not None and any(c.lemma_.lower() in words.officials for c in token.children):
                    return f"officials of {place}"
                if (name := self.name(view, owner)) is not None:
                    return name
            owner = next((c for c in token.children if c.dep_ == "poss"), None)
            if owner is not None and (name := self.name(view, owner)) is not None:
                return name
            maker = next(
                (
                    c
                    for c in token.children
                    if c.dep_ in {"compound", "nmod", "amod"} and c.ent_type_ in {"ORG", "PERSON"}
                ),
                None,
            )
            if maker is not None and (name := self.name(view, maker)) is not None:
                return name
            kinds = any(c.dep_ in {"compound", "amod"} and c.pos_ == "NOUN" for c in token.children)
            return phrase.lower() if kinds else None  # "court records"
        for prep in (
            c for c in token.children if c.dep_ == "prep" and c.lower_ in {"of", "in", "from", "for", "at", "with"}
        ):
            owner = next((g for g in prep.children if g.dep_ == "pobj"), None)
            if owner is None:
                continue
            proper = frozenset(t.lower_ for t in owner.subtree if t.tag_ in {"NNP", "NNPS"})
            if (
                lemma in words.titles
                and proper
                and (
                    person := self.people.by_role(
                        proper - {"department", "ministry", "office", "university", "city", "the"}
                    )
                )
            ):
                return person
            place = self.place_name(view, owner)
            if place is not None and (lemma in words.officials or words.is_people(lemma)):
                return f"{plural(lemma) if token.tag_ in {'NNS', 'NNPS'} else lemma} of {place}"
            if owner.tag_ in {"NNP", "NNPS"} and lemma in words.officials | words.titles:
                inner = self.name(view, owner)
                if inner:
                    return inner
        maker = next(
            (
                c
                for c in token.children
                if c.dep_ in {"compound", "nmod", "poss"} and c.ent_type_ in {"ORG", "GPE", "NORP"}
            ),
            None,
        )
        if lemma in words.titles and token.tag_ == "NN" and (person := self.people.by_role(frozenset({lemma}))):
            return person
        if maker is not None and lemma in words.officials | words.titles:
            return strip_name(phrase)
        return phrase.lower() if phrase and lemma not in {"number", "toll", "death", "attack", "one", "thing"} else None
