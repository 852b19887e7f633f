"""`etiograph import rdf` as a command: what it says, its limits, and what it leaves when it is stopped."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from realserver import MAIN, get, serving
from typer.testing import CliRunner

from api.cli import command_line
from graph.importing.sources import GRAPHS
from graph.store import Snapshot, Store, make_empty

LINE = "<http://example.org/s/{0}> <http://example.org/p> <http://example.org/o/{0}> .\n"
ROOT = Path(__file__).parents[1]
HEEDING = f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler); {MAIN}"
"""Runs a command that heeds Ctrl-C also where the tests themselves run in the background and do not."""


def run(*arguments: object, code: int = 0) -> tuple[str, str]:
    done = CliRunner().invoke(command_line(), ["import", "rdf", *map(str, arguments)])
    assert done.exit_code == code, done.output
    return done.stdout, done.stderr


@contextmanager
def started(*arguments: object, **environment: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HEEDING, "import", "rdf", *map(str, arguments)]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=-1, stderr=-1, text=True, start_new_session=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def content(data: Path) -> bytes:
    with Snapshot.open(data) as snapshot:
        return snapshot.nquads()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    make_empty(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some MB, of which the last line is broken."""
    path = tmp_path_factory.mktemp("large") / "large.nt"
    path.write_text("".join(map(LINE.format, range(40_000))) + "<http://example.org/s> <http://example.org/p> .\n")
    return path


def test_it_says_what_came_and_where_it_is(tmp_path: Path, data: Path) -> None:
    paths = [tmp_path / "a.ttl", tmp_path / "b.nq"]
    paths[0].write_text("<a:a> <a:b> 1, 1, 2 .")
    paths[1].write_text("<a:a> <a:b> <a:c> .\n<a:a> <a:b> <a:c> <a:g> .\n")
    told, _ = run(*paths, "--data", data)
    assert told.splitlines() == [
        "files  triples  new  removed",
        "    2        5    4        0",
        "in the default graph",
        "in <a:g>",
        f"in <{GRAPHS}a.ttl>",
    ]
    told, _ = run(*paths, "--data", data, "--json")
    with Snapshot.open(data) as snapshot:
        assert json.loads(told) == {
            "files": 2,
            "triples": 5,
            "new": 0,
            "removed": 0,
            "default_graph": True,
            "graphs": ["a:g", f"{GRAPHS}a.ttl"],
            "graphs_in_all": 2,
            "hash": snapshot.hash,
        }


def test_a_format_may_be_named_and_the_default_graph_too(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "triples.txt"
    path.write_text("<a:a> <a:b> <a:c> .")
    told, _ = run(path, "--format", "turtle", "--graph", "default", "--data", data)
    assert told.splitlines()[2:] == ["in the default graph"]
    assert content(data) == b"<a:a> <a:b> <a:c> .\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.ttl"], "missing.ttl: no such file"),
        (["."], ".: a folder; name the files in it"),
        (["Makefile"], "Makefile: the name does not tell the format; it may end in .ttl, .nt, .nq, .trig, .rdf, .xml"),
        (["Makefile", "--format", "csv"], "--format='csv': expected one of turtle, ntriples, nquads, trig, rdfxml"),
        (["Makefile", "--graph", "no IRI"], "--graph='no IRI': expected an absolute IRI"),
    ],
)
def test_what_cannot_be_imported_is_said_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(ROOT)
    _, problem = run(*arguments, "--data", tmp_path / "data", code=1)
    assert said in problem
    assert not (tmp_path / "data").exists()


def test_nothing_stays_of_a_large_file_whose_last_line_is_broken(data: Path, large: Path) -> None:
    _, problem = run(large, "--data", data, code=1)
    assert f"{large}, line 40001, column 47: not ntriples: The object of a triple must be" in problem
    assert content(data) == b""
    assert sorted(path.name for path in data.iterdir()) == ["current", "lock", "snapshots", "store"]


def test_what_would_leave_the_claims_inconsistent_is_refused_with_the_report(tmp_path: Path) -> None:
    Store.open(tmp_path / "data").close()
    before = content(tmp_path / "data")
    path = tmp_path / "x.nq"
    path.write_text(
        "<https://w3id.org/etiograph/x> <https://w3id.org/etiograph/causes> <https://w3id.org/etiograph/y> ."
    )
    _, problem = run(path, "--data", tmp_path / "data", code=1)
    assert "nothing was changed, for ontology, vocabulary and claims would no longer be consistent" in problem
    assert "link without an affirmed claim" in problem
    assert content(tmp_path / "data") == before


def test_entities_that_grow_without_end_end_at_the_limit_of_memory(tmp_path: Path, data: Path) -> None:
    names = "abcdefgh"
    entities = "".join(f'<!ENTITY {name} "{f"&{before};" * 20}">' for before, name in pairwise(names))
    path = tmp_path / "x.rdf"
    path.write_text(
        f'<!DOCTYPE r [<!ENTITY a "{"x" * 1_000}">{entities}]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">'
        '<rdf:Description rdf:about="http://example.org/s"><e:p>&h;</e:p></rdf:Description></rdf:RDF>'
    )
    with started(path, "--data", data, ETIOGRAPH_WRITE_MEMORY=str(1 << 29)) as process:
        _, problem = process.communicate(timeout=300)
    assert process.returncode == 1
    assert "needs more than its 512 MiB of memory, and changed nothing; ETIOGRAPH_WRITE_MEMORY gives it more" in problem
    assert content(data) == b""
    assert sorted(path.name for path in data.iterdir()) == ["current", "lock", "snapshots", "store"]


def test_a_store_that_is_written_to_says_so(data: Path, large: Path) -> None:
    with Store.open_as_it_is(data):
        _, problem = run(large, "--data", data, code=1)
    assert "is being written to by another process; wait until it has finished" in problem


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_a_command_that_is_stopped_leaves_the_store_as_it_was(tmp_path: Path, data: Path, sent: signal.Signals) -> None:
    path = tmp_path / "x.nt"
    path.write_text("".join(map(LINE.format, range(1_000_000))))
    with started(path, "--data", data) as process:
        while not (data / "importing").is_dir():
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(sent)
        _, problem = process.communicate(timeout=60)
    assert process.returncode == (130 if sent == signal.SIGINT else -signal.SIGKILL)
    assert ("stopped; nothing was imported" in problem) == (sent == signal.SIGINT)
    Store.open_as_it_is(data, patience=60).close()
    assert content(data) == b""
    assert sorted(path.name for path in data.iterdir()) == ["current", "lock", "snapshots", "store"]


def test_a_server_beside_it_answers_from_what_was_imported(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("<a:a> <a:b> <a:c> .")
    query = f"/sparql?format=csv&query={quote('SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }')}"
    with serving(data, "--empty") as (_, address):
        assert get(address + query) == (200, b"g,s,p,o\r\n")
        run(path, "--data", data)
        deadline = time.monotonic() + 30
        while (answer := get(address + query)) == (200, b"g,s,p,o\r\n") and time.monotonic() < deadline:
            time.sleep(0.1)
        assert answer == (200, f"g,s,p,o\r\n{GRAPHS}x.ttl,a:a,a:b,a:c\r\n".encode())
