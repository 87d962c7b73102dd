"""The gazetteer: which places a name may mean, and which place lies in which (GeoNames, CC BY 4.0)."""

import sqlite3
import tomllib
from dataclasses import dataclass
from math import cos, hypot, radians
from pathlib import Path

_RANK = {"continent": 3, "country": 4, "region": 2, "county": 1, "city": 1}


@dataclass(frozen=True, slots=True)
class Place:
    """One place; `kind` is continent, country, region, county or city; a city's `lat`, `lon` in hundredths of a degree."""

    id: int
    name: str
    kind: str
    parent: int | None
    population: int
    lat: int | None = None
    lon: int | None = None


# Two towns this close are told of as one: a shooting in the suburb is one "in" the city.
NEAR_KM = 25.0


def kilometres(a: Place, b: Place) -> float | None:
    """Return the distance between two cities on a round earth, or None where one has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat1, lat2 = radians(a.lat / 100), radians(b.lat / 100)
    across = radians((b.lon - a.lon) / 100) * cos((lat1 + lat2) / 2)
    return 6371.0 * hypot(lat2 - lat1, across)


class Gazetteer:
    """Look up places by name; every answer is remembered, the table itself never changes."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(f"file:{path.as_posix()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._named: dict[str, tuple[Place, ...]] = {}
        self._by_id: dict[int, Place | None] = {}
        folder = path.parent / "additions.toml"
        lists = tomllib.loads(folder.read_text(encoding="utf-8")) if folder.exists() else {}
        self.stop = frozenset(lists.get("stop", {}).get("words", ()))
        self.given = frozenset(lists.get("given", {}).get("words", ()))

    def close(self) -> None:
        """Close the table."""
        self._db.close()

    def named(self, name: str) -> tuple[Place, ...]:
        """Return every place of that name, the most prominent first; none for a stop name."""
        key = name.lower().strip()
        key = key[4:] if key.startswith("the ") else key
        if key not in self._named:
            rows = self._db.execute(
                "SELECT id, place.name, kind, parent, population, lat, lon FROM alias JOIN place ON place.id = alias.place WHERE alias.name IN (?, ?)",
                (key, f"the {key}"),
            ).fetchall()
            places = [Place(*row) for row in rows] if key not in self.stop else []
            if len(self._named) > 10_000:
                self._named.clear()
            # Augsburg was Augusta once: who bears the name today comes before who bore it.
            own = {p.id: 1.0 if p.name.lower() == key or p.kind in {"continent", "country"} else 0.1 for p in places}
            self._named[key] = tuple(sorted(places, key=lambda p: (-self._weight(p) * own[p.id], p.id)))
        return self._named[key]

    @staticmethod
    def _weight(place: Place) -> float:
        # A country before its namesakes; a city of a million before a region; a region before a town.
        return {"continent": 3e8, "country": 1e9, "region": 5e5, "county": 1e4}.get(place.kind, 0.0) + (
            place.population if place.kind == "city" else 0
        )

    def prominent(self, name: str) -> bool:
        """Tell a name that a reader would know without help: a country, a region, a city of 200,000."""
        places = self.named(name)
        return bool(places) and self._weight(places[0]) >= 2e5

    def get(self, id: int) -> Place | None:
        """Return a place by id."""
        if id not in self._by_id:
            row = self._db.execute(
                "SELECT id, name, kind, parent, population, lat, lon FROM place WHERE id = ?", (id,)
            ).fetchone()
            self._by_id[id] = Place(*row) if row else None
        return self._by_id[id]

    def chain(self, place: Place) -> tuple[Place, ...]:
        """Return the place and what contains it, nearest first."""
        found = [place]
        while found[-1].parent is not None and len(found) < 8:
            parent = self.get(found[-1].parent)
            if parent is None:
                break
            found.append(parent)
        return tuple(found)

    def contains(self, whole: Place, part: Place) -> bool:
        """Tell whether `part` lies in `whole` (or is it)."""
        return any(p.id == whole.id for p in self.chain(part))

    def resolve(self, name: str, context: frozenset[int] = frozenset()) -> Place | None:
        """Return the likeliest place of that name: one in or around a place of `context` first, else the most prominent."""
        places = self.named(name)
        if not places:
            return None
        if context and len(places) > 1:
            near = [p for p in places if any(q.id in context for q in self.chain(p)[1:]) and p.kind != "county"]
            if places[0].kind not in {"country", "continent"} and near:
                return near[0]
        return places[0]

    def related(self, first: str, second: str) -> str | None:
        """Say how two named places stand: "same", "contains" (first holds second), "within", "near", "apart"; None if unknown.

        A name may mean several places: any pair of meanings that is the same or contained decides. Which cities a
        county holds the table does not know: a county and a city of one state stand in no known way.
        """
        if first.lower() == second.lower():
            return "same"
        ones, twos = self.named(first), self.named(second)
        if not ones or not twos:
            return None
        if any(p.id == q.id for p in ones for q in twos):
            return "same"
        if any(self.contains(p, q) for p in ones[:3] for q in twos[:5]):
            return "contains"
        if any(self.contains(q, p) for p in ones[:5] for q in twos[:3]):
            return "within"
        if any(p.parent == q.parent and {p.kind, q.kind} == {"county", "city"} for p in ones for q in twos):
            return None
        if any((far := kilometres(p, q)) is not None and far <= NEAR_KM for p in ones[:5] for q in twos[:5]):
            return "near"
        return "apart"
