"""Run the policies on hand-coded death counts (MAVERICK, CC BY 4.0): `python -m bench.quality.policies`.

Each report of an event is one figure of one outlet. First every report counts, as its coders counted; then each outlet is
one voice, as Corrobot counts.
"""

import csv
import os
import sys
from collections import defaultdict
from pathlib import Path

from bot.comparing.context import Context
from bot.comparing.policies import lead
from bot.knowledge.base import Knowledge
from bot.model import Article, Figure, Policy
from bot.resources import resource

DATA = Path(os.environ.get("CORROBOT_EVAL_DATA", Path(__file__).resolve().parents[3] / "shared"))
KNOWN = {"events": 212, "disagree": 120, "lowest": 997, "majority": 1147, "highest": 2601}


def load(path: Path) -> dict[str, list[dict[str, str]]]:
    """Return the reports with at least one death by event, of events with two or more."""
    events: dict[str, list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["deaths_best"] and float(row["deaths_best"]) >= 1:
                events[row["event_id"]].append(row)
    return {id: rows for id, rows in events.items() if len(rows) > 1}


def totals(
    events: dict[str, list[dict[str, str]]], knowledge: Knowledge, *, one_voice_an_outlet: bool
) -> dict[str, int]:
    """Return how many events disagree, and the deaths in all under each policy."""
    sums: dict[str, float] = {"events": len(events), "disagree": 0, "lowest": 0, "majority": 0, "highest": 0}
    for rows in events.values():
        articles, figures = {}, []
        for n, row in enumerate(rows):
            id, value = f"a{n}", float(row["deaths_best"])
            outlet = row["outlet"] if one_voice_an_outlet else f"{row['outlet']} {n}"
            articles[id] = Article(id, id, "", outlet=outlet, published=row["report_date"], published_from="header")
            figures.append(
                Figure(
                    f"f{n}",
                    id,
                    0,
                    0,
                    ((0, 0),),
                    row["deaths_best"],
                    "count",
                    value,
                    value,
                    "exact",
                    event="killed",
                    value=value,
                    running=True,
                )
            )
        context = Context.make(articles, knowledge)
        low: Policy = "lowest"
        sums["disagree"] += len({f.value for f in figures}) > 1
        sums["lowest"] += lead(context, figures, low).low or 0
        sums["majority"] += lead(context, figures, "majority").low or 0
        sums["highest"] += lead(context, figures, "range").high or 0
    return {k: int(v) for k, v in sums.items()}


def main() -> int:
    """Print the table; the exit status tells whether the known answers come out."""
    path = DATA / "peers" / "maverick_deaths.csv"
    if not path.exists():
        print(f"skipped: no measuring data in {DATA} (set CORROBOT_EVAL_DATA)")
        return 0
    knowledge = Knowledge.load(resource("data"))
    events = load(path)
    rows = {
        "known answers": KNOWN,
        "every report a voice": totals(events, knowledge, one_voice_an_outlet=False),
        "one voice an outlet": totals(events, knowledge, one_voice_an_outlet=True),
    }
    print(f"{'':24}" + "".join(f"{k:>10}" for k in KNOWN))
    for name, row in rows.items():
        print(f"{name:24}" + "".join(f"{row[k]:10,}" for k in KNOWN))
    return int(rows["every report a voice"] != KNOWN)


if __name__ == "__main__":
    sys.exit(main())
