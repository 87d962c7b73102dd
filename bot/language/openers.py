"""Where a quantity may begin: the grammar is tried there only, since three words in four can open none."""

from collections.abc import Sequence

from bot.language.number import ARTICLES, low_at, vulgar
from bot.language.quantity import QuantityWords
from bot.language.tokens import Token, tokenize

_ZEROS = frozenset({"no", "nobody", "none"})
_PAIRS = frozenset({"between", "from"})
_ARTICLES = frozenset({"a", "an"})


class Openers:
    """The tokens that open a number, and those that open a hedge or a range before one."""

    def __init__(self, words: QuantityWords) -> None:
        numbers = words.numbers
        heads = {key[0] for key in numbers.vague}
        plain = (heads | set(numbers.cardinals) | set(numbers.scales) | set(numbers.fractions)) - _ARTICLES
        self._core = plain | set(numbers.groups) | set(numbers.ordinals) | _ZEROS
        # What is told by its case: codes and the letters of signs such as "US$".
        self._cased = words.codes | {tokenize(sign)[0].text for sign in words.signs}
        self._hedges = frozenset(words.left.firsts) | numbers.negatives | _PAIRS
        led = {key[1] for key in (*numbers.vague, *words.left.table) if key[0] in _ARTICLES and len(key) > 1}
        self._led = led | set(numbers.scales) | set(numbers.groups) | set(numbers.fractions)
        self._reach = 4 * words.left.longest + 2

    def starts(self, tokens: Sequence[Token]) -> list[int]:
        """Return the tokens that may open a quantity, in order; a hedge only where a number can follow."""
        found = []
        near = len(tokens) + self._reach
        for n in range(len(tokens) - 1, -1, -1):
            token = tokens[n]
            low = token.low
            if token.kind == "num" or low in self._core or token.text in self._cased or vulgar(token) is not None:
                near = n
                found.append(n)
            elif token.kind == "sym":
                # A sign of money or a fraction's own letter; few symbols stand in a sentence, so all others are tried.
                if token.text not in _PLAIN:
                    near = n
                    found.append(n)
            elif low in _ARTICLES:
                # "a dozen"; "a mile and a half"
                half = low_at(tokens, n + 2) == "and" and low_at(tokens, n + 3) in ARTICLES
                if low_at(tokens, n + 1) in self._led or half:
                    near = n
                    found.append(n)
            elif low in self._hedges and near - n <= self._reach:
                found.append(n)
        found.reverse()
        return found


_PLAIN = frozenset(".,;:!?'\"()[]{}\u2018\u2019\u201c\u201d\u2026/")
