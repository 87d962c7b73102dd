"""The core reads, compares and summarizes where Discord, the store and the network do not even exist."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"discord", "aiosqlite", "aiohttp", "sqlalchemy"}:
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Blocked())
import bot.comparing.compare, bot.reading.read, bot.summarizing.select, bot.summarizing.story
from bot.knowledge.base import Knowledge
from bot.model import Article
from bot.reading.read import Reader
from bot.comparing.compare import Inputs, compare
from bot.resources import resource

knowledge = Knowledge.load(resource("data"))
reader = Reader.make(knowledge)
texts = ("A ferry sank on Monday. Police said 12 people were killed.", "A ferry sank on Monday. The navy said 18 people were killed.")
articles = tuple(Article(f"a{n}", f"a{n}", t, outlet=f"P{n}") for n, t in enumerate(texts))
result = compare(Inputs(articles, tuple(reader.read(a) for a in articles)), knowledge)
assert not {"discord", "aiosqlite", "aiohttp"} & set(sys.modules)
print([f.kind for f in result.findings if f.flag])
"""


def test_the_core_works_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, cwd=Path(__file__).parents[1]
    )
    assert done.stdout.strip() == "['conflict']", done.stderr[-600:]
