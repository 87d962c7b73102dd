"""What is shipped: a wheel that works away from the checkout; container, compose file and unit keep their promises.

Docker and systemd are not run here: their files are read, and held against what docs/operators.md promises.
"""

import configparser
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it, which is all that installing it without its requirements does."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=100)
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_holds_what_the_program_reads(unpacked: Path) -> None:
    here = {p.name for p in (ROOT / "data" / "lexicon").glob("*.toml")}
    assert {p.name for p in (unpacked / "bot" / "data" / "lexicon").iterdir()} == here
    places = ROOT / "data" / "places" / "places.db"
    assert (unpacked / "bot" / "data" / "places" / "places.db").stat().st_size == places.stat().st_size
    for pattern in ("seeds/*.txt", "bot/store/migrations/*.sql"):
        inside = pattern if pattern.startswith("bot/") else f"bot/{pattern}"
        assert {p.name for p in unpacked.glob(inside)} == {p.name for p in ROOT.glob(pattern)} != set()
    assert {p.name for p in unpacked.iterdir() if not p.name.endswith(".dist-info")} == {"bot", "cogs"}
    assert not list(unpacked.rglob("coverage.db")) and not list(unpacked.rglob(".env"))


def test_the_wheel_works_away_from_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CORROBOT_", "DISCORD_", "PYTHON"))}
    env = kept | {"HOME": str(tmp_path), "PYTHONPATH": str(unpacked)}

    def run(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=100)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert Path(run("-c", "import bot; print(bot.__file__)").strip()).is_relative_to(unpacked)
    (tmp_path / "a.txt").write_text("At least 12 people were killed in Mariupol on Monday, officials said.\n")
    [stored] = json.loads(run("-m", "bot", "ingest", "a.txt", "--db", "sqlite:///x/y.db", "--json"))["articles"]
    assert (stored["created"], stored["figures"]) == (True, 1)
    checks = json.loads(run("-m", "bot", "doctor", "--db", "sqlite:///x/y.db", "--json"))["checks"]
    assert {c["name"]: c["verdict"] for c in checks if c["name"] in ("store", "word lists")} == {
        "store": "ok",
        "word lists": "ok",
    }


def test_the_changelog_begins_with_this_version() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(r'^version = "(.+)"$', project, re.M)
    assert found is not None
    versions = re.findall(r"^## (\d+\.\d+\.\d+)\b", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert versions[0] == found[1]
    assert versions == sorted(versions, key=lambda v: [int(n) for n in v.split(".")], reverse=True)


def test_the_image_is_slim_without_rights_and_has_one_volume() -> None:
    stages = _stages((ROOT / "Dockerfile").read_text(encoding="utf-8"))
    assert [re.fullmatch(r"python:3\.11-slim(?: AS \w+)?", said["FROM"][0]) is not None for said in stages] == [
        True
    ] * 2
    build, last = stages
    assert any("--require-hashes -r deploy/requirements.lock" in line for line in build["RUN"])
    assert last["USER"] == ["10001:10001"] and "--uid 10001" in last["RUN"][0]
    assert json.loads(last["VOLUME"][0]) == ["/data"]
    assert "CORROBOT_DATABASE_URL=sqlite:////data/" in last["ENV"][0]
    assert last["HEALTHCHECK"][0].endswith('CMD ["corrobot", "doctor"]')
    assert (json.loads(last["ENTRYPOINT"][0]), json.loads(last["CMD"][0])) == (["corrobot"], ["run"])
    # Nothing of the tools that built it, and no secret.
    assert [line.split()[0] for line in last["COPY"]] == ["--from=build"]
    assert "TOKEN" not in (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_the_image_copies_what_is_there_and_what_its_build_may_see() -> None:
    allowed = [
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")
    ]
    for line in _stages((ROOT / "Dockerfile").read_text(encoding="utf-8"))[0]["COPY"]:
        for source in line.split()[:-1]:
            assert (ROOT / source).exists() and source in allowed, source


def test_the_locks_name_versions_and_hashes_and_no_address() -> None:
    whole = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name in ("requirements.lock", "deploy/requirements.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text and "--index" not in text and "-i " not in text
        pins = re.findall(r"^([\w.-]+)==(\S+)", text, re.M)
        assert len(pins) > 50 and text.count("--hash=sha256:") >= len(pins)
        assert all(f"{package}=={version}" in whole for package, version in pins)
    assert not re.search(r"^(?:pytest|mypy|ruff|simcord)==", (ROOT / "deploy/requirements.lock").read_text(), re.M)


def test_compose_keeps_the_root_read_only_and_gives_no_rights() -> None:
    service = _yaml((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["corrobot"]
    assert service["read_only"] == "true" and service["user"] == "10001:10001"
    assert service["cap_drop"] == ["ALL"] and service["security_opt"] == ["no-new-privileges:true"]
    assert service["volumes"] == ["coverage:/data"] and service["tmpfs"] == ["/tmp:size=64m"]
    assert service["env_file"] == ".env" and "ports" not in service
    assert service["environment"] == {"CORROBOT_DATABASE_URL": "sqlite:////data/coverage.db"}


def test_the_unit_keeps_its_promises() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "deploy" / "corrobot.service", encoding="utf-8")
    service = unit["Service"]
    assert service["ExecStart"] == "/opt/corrobot/bin/corrobot run"
    for key in ("DynamicUser", "NoNewPrivileges", "PrivateTmp", "ProtectHome"):
        assert service[key] == "yes", key
    assert service["ProtectSystem"] == "strict" and service["StateDirectory"] == "corrobot"
    # A wrong setting (2) is not tried again for ever.
    assert service["RestartPreventExitStatus"] == "2"


def _stages(text: str) -> list[dict[str, list[str]]]:
    """Return the instructions of each stage of a Dockerfile by name."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    stages: list[dict[str, list[str]]] = []
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        name, rest = line.split(None, 1)
        assert name in {"FROM", "WORKDIR", "RUN", "COPY", "ENV", "USER", "VOLUME", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
        if name == "FROM":
            stages.append({})
        stages[-1].setdefault(name, []).append(rest)
    return stages


def _yaml(text: str) -> dict[str, Any]:
    """Read the plain part of YAML that compose.yaml keeps to: maps and lists of strings, two blanks a level."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]

    def read(depth: int) -> Any:
        found: Any = [] if lines[0].lstrip().startswith("- ") else {}
        while lines and len(lines[0]) - len(lines[0].lstrip()) == depth:
            line = lines.pop(0).strip()
            if isinstance(found, list):
                found.append(line.removeprefix("- ").strip('"'))
                continue
            key, _, value = line.partition(":")
            assert key not in found, key
            value = value.strip().strip('"')
            found[key] = {} if value == "{}" else value if value else read(depth + 2)
        return found

    whole = read(0)
    assert not lines, lines[0]
    assert isinstance(whole, dict)
    return whole
