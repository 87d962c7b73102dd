"""Bytes become text strictly, and every refusal says what to do in one line."""

from pathlib import Path

import pytest

from bot.ingest.text import TEXT_LIMIT, decode_text, kind_of, read_input
from bot.model import CorrobotError


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t \n", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"Two ferries\0collided.", "binary"),
        (b"\x01\x02\x03\x04\x05\x06", "binary"),
        (b"%PDF-1.7 ...", "binary"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (b"PK\x03\x04 rest", "binary"),
        (b"caf\xe9 closed after the flood", "bad_encoding"),
        ("Überflutung".encode("utf-16"), "bad_encoding"),
        (b"cut in the middle \xe2\x82", "bad_encoding"),
        (b"overlong \xc0\xaf", "bad_encoding"),
        (b"a" * (TEXT_LIMIT + 1), "too_large"),
    ],
)
def test_refusals(data: bytes, code: str) -> None:
    with pytest.raises(CorrobotError) as caught:
        decode_text(data, "a.txt")
    assert caught.value.code == code
    assert caught.value.input == "a.txt"
    assert "\n" not in caught.value.message and "a.txt" in caught.value.message


def test_a_byte_order_mark_is_fine() -> None:
    assert decode_text(b"\xef\xbb\xbfTwo died.", "a.txt") == "Two died."
    assert decode_text(b"a" * TEXT_LIMIT, "a.txt")
    assert decode_text(
        b"A stray bell \x07 rang twice while the ferry left the harbour, and nobody could say who rang it. And so on. "
        * 20,
        "a.txt",
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", "text"),
        ("-", "text"),
        ("A.TXT", "text"),
        ("a.md", "markdown"),
        ("a.htm", "html"),
        ("a.html", "html"),
        ("a.pdf", "pdf"),
    ],
)
def test_kinds(name: str, kind: str) -> None:
    assert kind_of(name)[0] == kind


@pytest.mark.parametrize("name", ["a.docx", "a.html.gz", "a.png", "a.xyz"])
def test_other_kinds_are_unsupported(name: str) -> None:
    with pytest.raises(CorrobotError, match="is of no known kind") as caught:
        kind_of(name)
    assert caught.value.code == "unsupported"


def test_files(tmp_path: Path) -> None:
    good = tmp_path / "a.txt"
    good.write_bytes(b"Two ferries collided.")
    assert read_input(good) == b"Two ferries collided."
    for path, code in [
        (tmp_path / "none.txt", "not_found"),
        (tmp_path / "none.docx", "not_found"),
        (tmp_path, "unsupported"),
    ]:
        with pytest.raises(CorrobotError) as caught:
            read_input(path)
        assert caught.value.code == code
    large = tmp_path / "large.txt"
    large.write_bytes(b"a" * (TEXT_LIMIT + 1))
    with pytest.raises(CorrobotError) as caught:
        read_input(large)
    assert caught.value.code == "too_large"
