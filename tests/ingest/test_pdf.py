"""PDF files made here by hand: their text, and clear errors."""

import pytest
from pypdf import PdfReader, PdfWriter

from bot.ingest.article import from_bytes
from bot.ingest.boilerplate import Boilerplate
from bot.ingest.pdf import pdf_text, unwrap
from bot.model import CorrobotError


def make_pdf(pages: list[list[str]]) -> bytes:
    """Write a PDF of lines of text, with a right table of offsets."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for index, lines in enumerate(pages):
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td {shown} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * index} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    data = b"%PDF-1.4\n"
    offsets: list[int] = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


LINES = [
    "Ferries collide in fog",
    "Two ferries collided in the harbour at dawn, and twelve peo-",
    "ple were hurt, the port authority said on Tuesday after the",
    "last of them had been brought to the school hall.",
    "The harbour was closed for six hours.",
]


def test_lines_become_paragraphs(lists: Boilerplate) -> None:
    article = from_bytes(
        "a1", "a.pdf", make_pdf([LINES, ["A second page says that nobody is missing any longer."]]), boilerplate=lists
    )
    assert article.title == "Ferries collide in fog"
    assert "twelve people were hurt, the port authority said on Tuesday after the last of them" in article.text
    assert "nobody is missing" in article.text


def test_unwrap_keeps_what_is_apart() -> None:
    assert unwrap("One.\n\nTwo.") == "One.\nTwo."
    assert unwrap("") == "" and unwrap("alone") == "alone"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"no pdf at all", "binary"),
        (b"%PDF-1.4\nbroken", "unsupported"),
        (make_pdf([LINES])[:300], "unsupported"),
        (make_pdf([[]]), "not_an_article"),
        (make_pdf([["x"]] * 201), "too_large"),
    ],
)
def test_errors(data: bytes, code: str) -> None:
    with pytest.raises(CorrobotError) as caught:
        pdf_text(data, "a.pdf")
    assert caught.value.code == code and "\n" not in caught.value.message


def test_a_locked_pdf(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("pdf")
    (folder / "a.pdf").write_bytes(make_pdf([LINES]))
    writer = PdfWriter(clone_from=PdfReader(folder / "a.pdf"))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(folder / "b.pdf")
    with pytest.raises(CorrobotError, match="password") as caught:
        pdf_text((folder / "b.pdf").read_bytes(), "b.pdf")
    assert caught.value.code == "unsupported"
