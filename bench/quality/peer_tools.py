"""Read numbers with quantulum3 or text2num, in a Python of their own: run by bench/quality/peers.py, texts in, values out.

Both are measured beside the grammar and are no part of the project. Where `CORROBOT_PEERS_PYTHON` names a Python that
has them (`python -m venv P; P/bin/pip install quantulum3 text2num`), that one is used.
"""

import contextlib
import importlib
import io
import json
import logging
import re
import sys
from typing import Any


def quantulum(texts: list[str]) -> list[list[float]]:
    """Return the values, and both ends of ranges, that quantulum3 finds in each text."""
    parser = importlib.import_module("quantulum3.parser")
    found: list[list[float]] = []
    for text in texts:
        try:
            quantities: list[Any] = parser.parse(text)
        except Exception:  # its own crashes count as nothing found
            quantities = []
        spans = [(q.value, q.uncertainty or 0.0) for q in quantities]
        found.append([float(v) for value, more in spans for v in (value, value - more, value + more)])
    return found


def text2num(texts: list[str]) -> list[list[float]]:
    """Return the numbers that stand in each text once text2num has put digits for words."""
    alpha2digit = importlib.import_module("text_to_num").alpha2digit
    number = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
    return [[float(m.replace(",", "")) for m in number.findall(alpha2digit(text, "en"))] for text in texts]


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    with contextlib.redirect_stdout(io.StringIO()):
        answer = {"quantulum3": quantulum, "text2num": text2num}[sys.argv[1]](json.load(sys.stdin))
    json.dump(answer, sys.stdout)
