"""`etiograph import kgx`: what it stores, passes over, replaces and refuses, and how it goes on after a stop."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from kgxfiles import CURATED, EDGES, NODES, PLAIN, lines, table
from typer.testing import CliRunner

from api.cli import command_line
from graph.store import Snapshot, Store
from ingest.foreign.kgx import Edges

ROOT = Path(__file__).parents[1]


@pytest.fixture
def nodes(tmp_path: Path) -> Path:
    return table(tmp_path / "nodes.tsv", NODES)


def run(data: Path, *arguments: str | Path, code: int = 0) -> tuple[dict[str, Any], str]:
    """The report and what stood on standard error; the command must end with `code`."""
    given = ["import", "kgx", *map(str, arguments), "--data", str(data), "--json"]
    done = CliRunner().invoke(command_line(), given)
    assert done.exit_code == code, done.output
    return json.loads(done.stdout) if done.stdout else {}, done.stderr


def links(data: Path) -> set[tuple[str, str, bool]]:
    with Snapshot.open(data) as snapshot:
        return {(claim.subject, claim.object, claim.negated) for claim in snapshot.claims()}


def content(data: Path) -> tuple[str, ...]:
    with Store.open(data) as store:
        return tuple(sorted(map(str, store.live)))


def edge(object: str) -> dict[str, str]:
    return {**PLAIN, "subject": "OMIM:1", "predicate": "biolink:causes", "object": object}


def test_a_graph_is_stored_and_what_was_not_understood_is_in_the_report(nodes: Path, tmp_path: Path) -> None:
    report, error = run(tmp_path / "data", nodes, table(tmp_path / "edges.tsv", EDGES))
    assert {name: report[name] for name in ("articles", "sentences", "claims", "rejected", "unchanged")} == {
        "articles": 1,
        "sentences": 3,
        "claims": 3,
        "rejected": [],
        "unchanged": 0,
    }
    assert links(tmp_path / "data") == {
        ("OMIM:1", CURATED, False),
        ("OMIM:1", "OMIM:2", False),
        ("OMIM:1", "OMIM:2", True),
    }
    missing = {
        "reason": "an edge of which the file of nodes has no node",
        "number": 1,
        "first": "HP:0 in OMIM:1 biolink:has_phenotype HP:0",
    }
    assert missing in report["skipped"]
    assert len(report["skipped"]) == 7
    assert "1 made no claim: a node whose prefix is not known: ELSEWHERE (first: ELSEWHERE:1)" in error


def test_the_same_again_changes_nothing(nodes: Path, tmp_path: Path) -> None:
    edges = table(tmp_path / "edges.tsv", EDGES)
    run(tmp_path / "data", nodes, edges)
    before = content(tmp_path / "data")
    report, _ = run(tmp_path / "data", nodes, edges)
    assert (report["articles"], report["unchanged"]) == (0, 1)
    assert content(tmp_path / "data") == before


def test_a_second_file_of_the_same_source_adds_to_the_first(nodes: Path, tmp_path: Path) -> None:
    run(tmp_path / "data", nodes, table(tmp_path / "first.tsv", EDGES[:1]))
    report, _ = run(tmp_path / "data", nodes, table(tmp_path / "second.tsv", EDGES[1:2]))
    assert report["articles"] == 1
    assert links(tmp_path / "data") == {("OMIM:1", CURATED, False), ("OMIM:1", "OMIM:2", False)}


def test_another_file_of_the_same_name_replaces_only_where_the_name_is_given(nodes: Path, tmp_path: Path) -> None:
    data, edges = tmp_path / "data", tmp_path / "edges.tsv"
    run(data, nodes, table(edges, EDGES[:1]))
    before = content(data)
    table(edges, EDGES[1:2])
    report, error = run(data, nodes, edges, code=1)
    assert report == {}
    assert "the store has the article edges~infores:sample~OMIM:1, which says something else" in error
    assert content(data) == before
    run(data, nodes, edges, "--name", "beside")
    assert links(data) == {("OMIM:1", CURATED, False), ("OMIM:1", "OMIM:2", False)}
    run(data, nodes, edges, "--name", "edges")
    assert links(data) == {("OMIM:1", "OMIM:2", False)}


@pytest.mark.parametrize("ending", [".tsv", ".jsonl", ".tsv.gz"])
def test_nothing_is_stored_of_a_file_that_breaks_off(nodes: Path, tmp_path: Path, ending: str) -> None:
    write = lines if ending == ".jsonl" else table
    path = write(tmp_path / f"edges{ending}", EDGES)
    path.write_bytes(path.read_bytes()[:-3])
    report, error = run(tmp_path / "data", nodes, path, code=1)
    assert report == {}
    assert error.startswith(f"etiograph: edges{ending}: ")
    assert len(error.splitlines()) == 1
    assert not (tmp_path / "data" / "store").exists()


def test_a_file_that_is_missing_is_one_line(nodes: Path, tmp_path: Path) -> None:
    _, error = run(tmp_path / "data", nodes, tmp_path / "none.tsv", code=1)
    assert error == "etiograph: none.tsv: cannot be read: No such file or directory\n"


def test_what_only_biolink_has_a_prefix_for_is_asked_for_by_it_too(tmp_path: Path) -> None:
    nodes = [
        {"id": "CHEBI:15377", "category": "biolink:SmallMolecule", "name": "a molecule"},
        {"id": "OMIM:1", "category": "biolink:Disease", "name": "a disease"},
    ]
    said = [{"subject": "CHEBI:15377", "predicate": "biolink:causes", "object": "OMIM:1"}]
    data = tmp_path / "data"
    run(data, table(tmp_path / "n.tsv", nodes), table(tmp_path / "e.tsv", said))
    asked = ("CHEBI:15377", "http://purl.obolibrary.org/obo/CHEBI_15377", "a molecule")
    shown = [CliRunner().invoke(command_line(), ["ask", name, "--data", str(data)]).stdout for name in asked]
    assert shown[0] == shown[1] == shown[2]
    assert "“a molecule causes a disease.”  e~~CHEBI:15377" in shown[0]


STOPPED = """
import os, signal, sys
from api import importing, intake
from api.cli import main

tell = intake.Intake.tell

def told(self, doing="reading"):
    if self.tally.articles == 50 and doing == "reading":
        os.killpg(0, signal.SIGINT)
    tell(self, doing)

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it
    intake.BATCH_TRIPLES = 700
    importing._AT_ONCE = 7
    intake.Intake.tell = told
    main()
"""


KILLED = """
import multiprocessing, os, pathlib, signal, sys
from api import importing, intake
from api.cli import main

def told(self, doing="reading"):
    workers = [child.pid for child in multiprocessing.active_children()]
    pathlib.Path(sys.argv[0]).with_suffix(".pids").write_text(" ".join(map(str, workers)))
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    importing._AT_ONCE = 7
    intake.Intake.tell = told
    main()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes die with their parent on Linux alone")
def test_no_process_outlives_an_import_that_was_killed(tmp_path: Path) -> None:
    diseases = [{"id": f"OMIM:{number}", "category": "biolink:Disease", "name": f"D{number}"} for number in range(30)]
    said = [{**edge(f"OMIM:{(number + 1) % 30}"), "subject": f"OMIM:{number}"} for number in range(30)]
    files = table(tmp_path / "n.tsv", diseases), table(tmp_path / "e.tsv", said)
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    command = [sys.executable, str(script), "import", "kgx", *map(str, files), "--data", str(tmp_path / "data")]
    done = subprocess.run(
        [*command, "--workers", "2"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    workers = script.with_suffix(".pids").read_text().split()
    assert len(workers) == 2
    until = time.monotonic() + 60
    while any(_is_alive(worker) for worker in workers):
        assert time.monotonic() < until, "they are there a minute later"
        time.sleep(0.05)


def _is_alive(process: str) -> bool:
    """Whether it is there and not only its record."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_stopped_import_continues_and_ends_with_the_same_graph(tmp_path: Path, workers: str) -> None:
    diseases = [{"id": f"OMIM:{number}", "category": "biolink:Disease", "name": f"D{number}"} for number in range(90)]
    said = [{**edge(f"OMIM:{(number + 1) % 90}"), "subject": f"OMIM:{number}"} for number in range(90)]
    files = table(tmp_path / "n.tsv", diseases), table(tmp_path / "e.tsv", said)
    run(tmp_path / "whole", *files)
    script = tmp_path / "stopped.py"
    script.write_text(STOPPED)
    command = [sys.executable, str(script), "import", "kgx", *map(str, files), "--data", str(tmp_path / "data")]
    done = subprocess.run(
        [*command, "--workers", workers, "--json"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        start_new_session=True,
        text=True,
    )
    assert done.returncode == 130, done.stderr
    stopped = "etiograph: stopped; what is summed up here is stored, the same command continues"
    assert done.stderr.splitlines()[-1] == stopped
    assert json.loads(done.stdout)["articles"] == 50
    report, _ = run(tmp_path / "data", *files)
    assert (report["articles"], report["unchanged"]) == (40, 50)
    assert content(tmp_path / "data") == content(tmp_path / "whole")


def test_a_stop_while_the_files_are_read_leaves_nothing(
    nodes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Edges, "_stated", stopped)
    report, error = run(tmp_path / "data", nodes, table(tmp_path / "edges.tsv", EDGES), code=130)
    assert (report, error) == ({}, "etiograph: stopped before anything was stored\n")
    assert not (tmp_path / "data" / "store").exists()
