"""What a clause says of the counted noun where no word of the lexicon names an event: "five women were inside".

It labels a figure for its reader and is never compared by: "two groups were responsible" tells of no event that another
article would count by the same word.
"""

from typing import Any

from bot.reading.words import ReadingWords

_CLAUSE = frozenset({"VERB", "AUX"})
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_OBJECT = frozenset({"dobj", "obj", "dative"})


def stated(noun: Any, words: ReadingWords) -> tuple[str, Any] | None:
    """Return the word for what is said of a noun and the token it was read from, or None where nothing is."""
    own = next(
        (
            c
            for c in noun.children
            if c.i > noun.i
            and c.pos_ == "VERB"
            and c.dep_ in {"acl", "relcl"}
            and not (c.dep_ == "relcl" and any(g.dep_ in _SUBJECT and g.tag_ not in {"WP", "WDT"} for g in c.children))
        ),
        None,
    )
    head, dep = noun.head, noun.dep_
    for _ in range(2):
        if dep not in {"conj", "appos"} or head == noun:
            break
        head, dep = head.head, head.dep_
    if dep in _SUBJECT and head.pos_ in _CLAUSE:
        return _said(head, words)
    if own is not None:
        return _said(own, words)
    if dep in _OBJECT and head.pos_ in _CLAUSE:
        return _name(head, words)
    if dep == "pobj" and head.dep_ == "prep":
        above = head.head
        if above.pos_ == "VERB" and head.lower_ not in {"by", "including"}:
            return _name(above, words)
        if head.lower_ in {"between", "among", "involving"} and above.tag_.startswith("NN"):
            return above.lemma_.lower(), above
        if (
            above.tag_.startswith("NN")
            and above.dep_ in _OBJECT
            and above.head.pos_ == "VERB"
            and (head.lower_ != "of" or noun.lemma_.lower() in words.offences)
        ):
            return _name(above.head, words)  # "collected samples from two people"
    return None


def _said(verb: Any, words: ReadingWords) -> tuple[str, Any] | None:
    """Return what a verb says of its subject: a plain "be" its complement, "continue to meet" what is continued."""
    after = [c for c in verb.children if c.i > verb.i]
    if verb.lemma_.lower() == "be":
        for c in after:
            if c.dep_ in {"acomp", "prep", "advmod", "oprd"}:
                return c.lower_, c
        return None
    inner = None
    if verb.lemma_.lower() in words.aspect:
        inner = next((c for c in after if c.dep_ == "xcomp" and c.pos_ == "VERB"), None)
    return _name(inner if inner is not None else verb, words)


def _name(verb: Any, words: ReadingWords) -> tuple[str, Any]:
    return words.participle(verb.lemma_.lower()), verb
