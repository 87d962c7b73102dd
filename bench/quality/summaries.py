"""Measure summaries beside LEAD-3 and sumy's in the same run: `python -m bench.quality.summaries`.

    python -m bench.quality.summaries [--articles 150] [--check] [--pairs FILE | --judged]

References are weak: headline and first two sentences of the *other* articles of the same cluster. ROUGE-1 and -2
(Lin 2004) of 3 sentences by F1 for an article; of 100 words by recall for a story whose reference article is held
out. sumy (Apache-2.0, `pip install -e .[bench]`) gets our sentences and words, so that it needs no download of NLTK's.

--pairs writes 40 pairs of summaries, ours and LEAD-3 at random left and right, for a blind reading; the verdicts (id,
left|right|same) go to `judged_summaries.jsonl`, and --judged tells what they say of ours.
"""

import argparse
import hashlib
import importlib.util
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.quality.stories import DATA, HERE, load_clusters
from bot.language.sentences import split_sentences
from bot.model import Article
from bot.summarizing.select import candidates, select_sentences
from bot.summarizing.story import summarize_story

Way = Callable[[Sequence[Article]], str]
_TOKEN = re.compile(r"[a-z0-9]+")
PEERS = (("LexRank", "lex_rank"), ("TextRank", "text_rank"), ("Luhn", "luhn"), ("Lsa", "lsa"))
PAIRS = 40


def grams(text: str, n: int) -> Counter[tuple[str, ...]]:
    """Count the n-grams of a text."""
    words = _TOKEN.findall(text.lower())
    return Counter(zip(*(words[k:] for k in range(n)), strict=False))


def rouge(made: str, reference: str, n: int) -> tuple[float, float]:
    """Return ROUGE-n recall and F1."""
    mine, theirs = grams(made, n), grams(reference, n)
    both = sum((mine & theirs).values())
    if not both:
        return 0.0, 0.0
    recall, precision = both / sum(theirs.values()), both / sum(mine.values())
    return recall, 2 * precision * recall / (precision + recall)


def reference(article: Article) -> str:
    """Return the headline and the first two sentences of an article."""
    head = f"{article.title or ''}. "
    return head + " ".join(c.text for c in candidates(article)[:2])


def cut(text: str, words: int) -> str:
    """Return so many words of a text."""
    return " ".join(text.split()[:words])


def lead(articles: Sequence[Article]) -> str:
    """Return the first three sentences of an article; of several, their first sentences in turn."""
    if len(articles) == 1:
        return " ".join(c.text for c in candidates(articles[0])[:3])
    return " ".join(c.text for a in articles for c in candidates(a)[:1])


def ours(articles: Sequence[Article]) -> str:
    """Return our summary in 3 sentences, of several articles in 100 words."""
    if len(articles) == 1:
        return " ".join(s.text for s in select_sentences(articles[0], sentences=3))
    return " ".join(s.text for s in summarize_story(articles, words=100))


def peers() -> dict[str, Way]:
    """Return sumy's summarizers over our sentences and words; none where sumy is not installed."""
    if importlib.util.find_spec("sumy") is None:
        print("sumy is not installed: pip install -e .[bench]")
        return {}
    made: dict[str, Way] = {}
    for name, module in PEERS:
        kind = getattr(__import__(f"sumy.summarizers.{module}", fromlist=["x"]), f"{name}Summarizer")
        made[f"sumy {name}"] = _peer(kind)
    return made


class _Words:
    """Stands for sumy's tokenizer, which needs a download."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(_TOKEN.findall(sentence.lower()))


def _peer(kind: Any) -> Way:
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.nlp.stemmers import Stemmer
    from sumy.utils import get_stop_words

    summarizer = kind(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")

    def run(articles: Sequence[Article]) -> str:
        sentences = [Sentence(c.text, _Words()) for a in articles for c in candidates(a)]
        found = summarizer(ObjectDocumentModel([Paragraph(sentences)]), 3 if len(articles) == 1 else 8)
        return " ".join(str(s) for s in found)

    return run


def clusters() -> dict[str, list[Article]]:
    """Return the clusters with at least three articles in English."""
    found: dict[str, list[Article]] = defaultdict(list)
    for article, name in load_clusters(DATA / "clusters"):
        if len(split_sentences(article.text)) > 3:
            found[name].append(article)
    return {name: articles for name, articles in found.items() if len(articles) > 2}


def measure(found: dict[str, list[Article]], ways: dict[str, Way], most: int) -> dict[str, dict[str, float]]:
    """Return mean scores (percent) and articles a second, by summarizer."""
    each = [(a, [o for o in articles if o is not a]) for articles in found.values() for a in articles]
    each = random.Random(1).sample(each, min(most, len(each)))
    stories = [(articles[:k] + articles[k + 1 :], articles[k]) for articles in found.values() for k in (0, 2)]
    results = {}
    for name, way in ways.items():
        total: Counter[str] = Counter()
        before = time.process_time()
        made = [way([article]) for article, _ in each]
        speed = len(each) / max(1e-9, time.process_time() - before)
        for text, (_, others) in zip(made, each, strict=True):
            for n in (1, 2):
                total[f"article R-{n}"] += sum(rouge(text, reference(o), n)[1] for o in others) / len(others)  # type: ignore[assignment]
        for articles, held in stories:
            text = cut(way(articles), 100)
            for n in (1, 2):
                total[f"story R-{n}"] += rouge(text, reference(held), n)[0]  # type: ignore[assignment]
        results[name] = {
            what: 100 * value / len(each if what.startswith("article") else stories) for what, value in total.items()
        } | {"articles/s": speed}
    return results


def pairs(found: dict[str, list[Article]]) -> list[dict[str, str]]:
    """Return pairs of differing summaries, ours and LEAD-3 at random left and right; ids tell nothing."""
    every = [a for articles in found.values() for a in articles]
    made: list[dict[str, str]] = []
    for article in random.Random(40).sample(every, len(every)):
        texts = [ours([article]), lead([article])]
        id = hashlib.sha256(article.id.encode()).hexdigest()[:10]
        if texts[0] != texts[1] and len(made) < PAIRS:
            left = left_is_ours(id)
            made.append({"id": id, "title": article.title or "", "left": texts[not left], "right": texts[left]})
    return made


def left_is_ours(id: str) -> bool:
    """Tell whether ours stands left, by chance of the id."""
    return random.Random(f"corrobot {id}").random() < 0.5


def judged(path: Path) -> Counter[str]:
    """Count what the blind verdicts say: ours, lead or same."""
    total: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        better = "same" if row["verdict"] == "same" else "ours"
        if row["verdict"] != "same" and (row["verdict"] == "left") != left_is_ours(row["id"]):
            better = "lead"
        total[better] += 1
    return total


def main() -> int:
    """Print the scores and, with --check, what fell below a floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=150)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--judged", action="store_true")
    given = parser.parse_args()
    if given.judged:
        print(dict(judged(HERE / "judged_summaries.jsonl")))
        return 0
    if not (DATA / "clusters").is_dir():
        print(f"skipped: no measuring data in {DATA} (set CORROBOT_EVAL_DATA)")
        return 0
    found = clusters()
    if given.pairs:
        given.pairs.write_text(json.dumps(pairs(found), indent=1, ensure_ascii=False), encoding="utf-8")
        return 0
    ways = {"ours": ours, "LEAD-3": lead, **peers()}
    results = measure(found, ways, given.articles)
    heads = ("article R-1", "article R-2", "story R-1", "story R-2", "articles/s")
    print(f"{'':14}" + "".join(f"{head:>13}" for head in heads))
    for name, scores in results.items():
        print(f"{name:14}" + "".join(f"{scores[head]:13.1f}" for head in heads))
    if not given.check:
        return 0
    floors = json.loads((HERE / "baseline.json").read_text(encoding="utf-8"))["summaries"]
    mine, bar = results["ours"], results["LEAD-3"]
    wrong = [f"{what} {mine[what]:.1f} is under {floor}" for what, floor in floors.items() if mine[what] < floor]
    wrong += [f"{what} is below LEAD-3" for what in heads[:4] if mine[what] < bar[what]]
    print("\n".join(wrong) if wrong else "all floors hold")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
