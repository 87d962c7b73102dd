"""The parser's tables of words do not grow for ever."""

import pytest

from bot.reading import parse


def test_a_full_table_of_words_is_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = parse.Parser()

    def words(text: str) -> list[str]:
        with parser.zone():
            return [token.lemma_ for doc in parser.parse([text]) for token in doc]

    new = " ".join(f"zq{chr(97 + n // 26)}{chr(97 + n % 26)}x" for n in range(200))
    first = words("Nine sailors were killed.")
    before = parser.lexemes
    words(new)
    grown = parser.lexemes
    assert grown >= before + 200  # freed with their zone, they still take up places
    monkeypatch.setattr(parse, "MOST_LEXEMES", grown - 1)
    assert words("Nine sailors were killed.") == first
    assert parser.lexemes < grown - 150
