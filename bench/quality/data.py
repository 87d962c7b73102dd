"""What the floors were measured on: `python -m bench.quality.data [--write]`.

`baseline.json` holds a digest of each labelled set beside the floors. Where a set has changed its floors say nothing
any more: measure anew, then `--write`. Sets of the measuring data are named "shared/..." and left out where it is absent.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

from bench.material import SHARED

HERE = Path(__file__).resolve().parent
BASELINE = HERE / "baseline.json"
OWN = ("judged_figures.jsonl", "judged_clusters.jsonl", "contrast.jsonl", "sentences.jsonl")
OTHERS = ("truth", "clusters", "stories", "peers", "pages")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, or of the names and contents of the files under a folder, cut to 16 digits."""
    found = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            found.update(f"{file.relative_to(path.parent).as_posix()}\n".encode())
            found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()[:16]


def digests(shared: Path = SHARED) -> dict[str, str]:
    """Return the digest of each set that is here, by its name."""
    found = {name: digest(HERE / name) for name in OWN}
    return found | {f"shared/{name}": digest(shared / name) for name in OTHERS if (shared / name).exists()}


def changed(shared: Path = SHARED) -> list[str]:
    """Return the names of the sets that are not what the floors were measured on."""
    kept = json.loads(BASELINE.read_text(encoding="utf-8"))["data"]
    return [name for name, now in digests(shared).items() if kept.get(name) != now]


def main() -> int:
    """Print each set with its digest; the exit status tells whether one has changed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="keep the digests as they are now")
    if parser.parse_args().write:
        kept = json.loads(BASELINE.read_text(encoding="utf-8"))
        kept["data"] = kept.get("data", {}) | digests()
        BASELINE.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    other = changed()
    for name, now in digests().items():
        print(f"{name:24} {now}  {'not what the floors were measured on' if name in other else 'as measured'}")
    return int(bool(other))


if __name__ == "__main__":
    sys.exit(main())
