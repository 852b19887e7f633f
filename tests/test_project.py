"""Guards on the project itself: package names, pins, and that CI and pre-commit run the same commands."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PACKAGES = ("api", "graph", "ingest", "ontology")
PINS = (ROOT / "constraints.txt").read_text().splitlines()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> dict[str, str]:
    """Name → version of every pin."""
    return {normalised(line.split("==")[0]): line.split("==")[1] for line in PINS if not line.startswith("#")}


def required() -> set[str]:
    """Names of everything pyproject.toml asks for but for what it is compared with: build, run, test, development."""
    extras = PROJECT["project"]["optional-dependencies"]
    asked = [*PROJECT["build-system"]["requires"], *PROJECT["project"]["dependencies"]]
    asked += [requirement for name, extra in extras.items() if not name.startswith("bench") for requirement in extra]
    names = {normalised(re.split(r"[\[<>=!~; ]", requirement)[0]) for requirement in asked}
    return names - {"etiograph"}


def ci_commands() -> list[str]:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    return [line.removeprefix("step ") for line in lines if line.startswith("step ")]


@pytest.mark.parametrize("name", PACKAGES)
def test_each_package_resolves_inside_the_repository_from_elsewhere(name: str, tmp_path: Path) -> None:
    asked = f"import importlib.util as u; print(u.find_spec({name!r}).origin)"
    found = subprocess.run(
        [sys.executable, "-c", asked], cwd=tmp_path, env={}, capture_output=True, text=True, check=True
    )
    assert Path(found.stdout.strip()) == ROOT / name / "__init__.py"


def test_every_constraint_is_one_exact_version_and_no_address() -> None:
    odd = [line for line in PINS if not re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)]
    addresses = [line for line in PINS if "://" in line or line.startswith("-")]
    assert (odd, addresses) == ([], [])


def test_everything_pyproject_asks_for_is_pinned() -> None:
    assert required() - pinned().keys() == set()


@pytest.mark.parametrize(("extra", "file"), [("bench", "constraints"), ("bench-sparql", "constraints-sparql")])
def test_what_is_compared_with_is_pinned_beside_its_benchmark(extra: str, file: str) -> None:
    lines = (ROOT / "tests" / "bench" / f"{file}.txt").read_text().splitlines()
    pins = {normalised(line.split("==")[0]) for line in lines if not line.startswith("#")}
    asked = {re.split(r"[<>=]", each)[0] for each in PROJECT["project"]["optional-dependencies"][extra]}
    older = {"numpy"} if extra == "bench" else set()  # medspaCy needs one that is older than ours
    assert (asked - pins, pins & pinned().keys()) == (set(), older)


def test_everything_pinned_is_what_is_installed() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "freeze", "--exclude-editable"],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line for line in listed.stdout.splitlines() if not re.match(r"(?:etiograph|pip|setuptools|wheel)\b", line)]
    assert {normalised(line.split("==")[0]): line.split("==")[1] for line in lines} == pinned()


def test_no_package_is_imported_whole() -> None:
    sources = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    whole = re.compile(rf"^import (?:{'|'.join(PACKAGES)})$", re.MULTILINE)
    assert {path.parts[len(ROOT.parts)] for path in sources} == set(PACKAGES)
    assert [path.name for path in sources if whole.search(path.read_text())] == []


def test_pre_commit_and_make_lint_run_what_ci_runs() -> None:
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    hooks = repository["hooks"]
    assert [hook["entry"] for hook in hooks] == ci_commands()
    assert all(hook["always_run"] and not hook["pass_filenames"] for hook in hooks)
    recipe = (ROOT / "Makefile").read_text().split("\nlint:")[1].split("\n\n")[0].splitlines()[1:]
    linted = [line.strip().replace("$(BIN)", ".venv/bin") for line in recipe]
    assert ["make test", *linted] == ci_commands()


def test_ci_begins_with_the_tests_and_stops_at_the_first_failure() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    assert ci_commands()[0] == "make test"
    assert "set -euo pipefail" in script
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_make_without_a_target_names_every_target() -> None:
    shown = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)
    targets = [line.split()[0] for line in shown.stdout.splitlines()[1:]]
    assert targets == [
        "help",
        "serve",
        "test",
        "fuzz",
        "lint",
        "conformance",
        "examples",
        "pictures",
        "gard",
        "bench",
        "bench-corpus",
        "bench-sparql",
        "bench-paths",
        "bench-http",
        "bench-names",
        "bench-export",
        "bench-rdf",
        "bench-drawing",
        "kgx",
        "offsets",
        "clean",
    ]


@pytest.mark.parametrize(
    ("python", "said"),
    [
        ("no-such-python", "no-such-python is missing. Install Python 3.11 or newer"),
        ("./old", "./old is Python 3.9.2; Python 3.11 or newer is needed."),
        ("./bare", "./bare cannot make virtual environments: its venv and ensurepip modules are missing."),
    ],
)
@pytest.mark.parametrize("target", ["serve", "test"])
def test_make_says_plainly_what_is_missing(tmp_path: Path, target: str, python: str, said: str) -> None:
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    old = 'case "$*" in --version) echo Python 3.9.2;; *) exit 1;; esac'
    bare = 'case "$*" in *ensurepip*) exit 1;; *) exit 0;; esac'
    for name, script in [("old", old), ("bare", bare)]:
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    made = subprocess.run(
        ["make", target, f"PYTHON={python}"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert made.returncode != 0
    assert said in made.stderr
    assert not (tmp_path / ".venv").exists()
