"""What the words beside a verb make of it: shot dead, taken to a hospital, living in a village, taking to the streets."""

from typing import Any

from bot.reading.document import View
from bot.reading.words import ReadingWords


def lethal(verb: Any, words: ReadingWords) -> bool:
    """Tell "shot dead", "fatally shot" and "shot to death" from shot."""
    return words.verbs.get(verb.lemma_.lower()) in {"shot", "injured"} and any(
        c.lower_ in words.lethal
        or c.lower_ in words.adjectives
        or (c.lower_ == "to" and any(g.lower_ == "death" for g in c.children))
        for c in verb.children
    )


def by_gunfire(verb: Any, words: ReadingWords) -> bool:
    """Tell "injured by gunfire" from injured: they were shot."""
    by = (c for c in verb.children if c.dep_ in {"agent", "prep"} and c.lower_ == "by")
    return any(g.lemma_.lower() in words.gunfire for c in by for g in c.children)


def to_hospital(verb: Any, words: ReadingWords) -> bool:
    """Tell "taken to a hospital", "treated at Dover Medical Center": the verb's place is a hospital."""
    places = [
        g for c in verb.children if c.dep_ == "prep" and c.lower_ in {"to", "at", "in", "into"} for g in c.children
    ]
    return any(g.lemma_.lower() in words.hospitals or g.lower_ in words.hospitals for g in places)


def somewhere(verb: Any, words: ReadingWords) -> bool:
    """Tell "live in the village" and "live in Dover" from "live in the house"."""
    places = [g for c in verb.children if c.dep_ == "prep" and c.lower_ in {"in", "on"} for g in c.children]
    settled = {*words.place_nouns, *words.settlements}
    return any(g.ent_type_ in {"GPE", "LOC"} or g.lemma_.lower() in settled for g in places)


def to_streets(verb: Any, words: ReadingWords) -> bool:
    """Tell "took to the streets", "poured into the square" and "joined a march": people gathered."""
    places = [g for c in verb.children if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj"]
    places += [c for c in verb.children if c.dep_ in {"dobj", "obj"}]
    return any(g.lemma_.lower() in words.street_nouns for g in places)


def governing(token: Any, words: ReadingWords) -> str | None:
    """Return the participle of the verb over a counted thing ("he hit .358 with 13 home runs"), or None.

    A verb of the lexicon counts its own patients, and one of saying or being counts nothing.
    """
    if any(c.dep_ == "poss" for c in token.children):
        return None  # "one of her four cats": whose they are, not what became of them
    here = token
    for _ in range(6):
        if here.head == here:
            return None
        here = here.head
        if here.pos_ in {"VERB", "AUX"}:
            lemma = here.lemma_.lower()
            moves = lemma in words.change or lemma in words.reached or lemma in words.levels
            silent = moves or lemma in words.verbs or lemma in words.speech | words.severity | {"be", "do"}
            return None if silent else words.participle(lemma)
    return None


def speech_tokens(view: View, token: Any, words: ReadingWords) -> tuple[set[int], set[int]]:
    """Return the tokens of speakers' noun phrases and the speech verbs in a sentence."""
    speakers: set[int] = set()
    verbs: set[int] = set()
    above = {token.i, *(t.i for t in token.ancestors)}
    for t in view.doc:
        if (
            t.pos_ == "VERB"
            and t.lemma_.lower() in words.speech
            and (t.i in above or any(c.dep_ == "ccomp" for c in t.children))
        ):
            verbs.add(t.i)
            for c in t.children:
                if c.dep_ in {"nsubj", "agent"} and c.i not in above:
                    speakers |= {s.i for s in c.subtree}
        if t.lower_ == "according":
            speakers |= {s.i for s in t.subtree if s.i not in above}
    return speakers, verbs
