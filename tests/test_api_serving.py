"""The real server in a process of its own, on loopback."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from realserver import MAIN, ROOT, children_of, get, send, serving
from toystore import store_toy

from api.commands.serving import CannotListen, free_port
from graph.store import make_empty


def ends_well(process: subprocess.Popen[str]) -> None:
    """Wait for its end, which tells of no failure."""
    _, problem = process.communicate(timeout=30)
    assert (process.returncode, "Traceback" in problem) == (0, False), problem


def test_it_serves_until_it_is_interrupted_and_then_ends_well(tmp_path: Path) -> None:
    store_toy(tmp_path)
    with serving(tmp_path) as (process, address):
        assert get(f"{address}/health/ready")[0] == 200
        source, target = quote("PE"), quote("coughing up blood")
        paths = json.loads(get(f"{address}/v1/paths?source={source}&target={target}")[1])
        assert [node["label"] for node in paths["items"][0]["nodes"]][-2:] == ["alveolar hemorrhage", "hemoptysis"]
        iri = quote("https://w3id.org/etiograph/hemoptysis", safe="")
        assert json.loads(get(f"{address}/v1/concepts/{iri}")[1])["id"] == "etio:hemoptysis"
        rows = get(f"{address}/sparql?query=" + quote("SELECT ?t { ?t etio:treats ?c }"), accept="text/csv")[1]
        assert rows.split() == [b"t", b"https://w3id.org/etiograph/anticoagulants"]
        assert get(f"{address}/docs")[0] == 200
        with pytest.raises(CannotListen, match=r"port \d+ of 127\.0\.0\.1 is in use; try --port"):
            free_port("127.0.0.1", int(address.rpartition(":")[2]))
        os.killpg(process.pid, signal.SIGINT)
        ends_well(process)


def test_ctrl_c_ends_it_well_even_if_its_processes_are_the_first_to_end(tmp_path: Path) -> None:
    store_toy(tmp_path)
    with serving(tmp_path) as (process, address):
        assert get(f"{address}/health/ready")[0] == 200
        workers = children_of(process.pid)
        os.kill(process.pid, signal.SIGSTOP)
        os.killpg(process.pid, signal.SIGINT)
        while any(_runs(worker) for worker in workers):
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGCONT)
        ends_well(process)


def test_a_process_of_it_that_is_told_to_end_is_no_failure(tmp_path: Path) -> None:
    store_toy(tmp_path)
    with serving(tmp_path) as (process, address):
        assert get(f"{address}/health/ready")[0] == 200
        (worker,) = children_of(process.pid)
        os.kill(worker, signal.SIGINT)
        ends_well(process)


def test_a_process_of_it_that_is_killed_is_a_failure(tmp_path: Path) -> None:
    store_toy(tmp_path)
    with serving(tmp_path) as (process, address):
        assert get(f"{address}/health/ready")[0] == 200
        (worker,) = children_of(process.pid)
        os.kill(worker, signal.SIGKILL)
        process.communicate(timeout=30)
        assert process.returncode == 1


def _runs(pid: int) -> bool:
    """Whether the process is there and has not ended, which it is until its parent looks at it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_an_empty_store_first_gets_the_bundled_articles(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as (process, address):
        stats = json.loads(get(f"{address}/v1/stats")[1])
        assert (stats["articles"], stats["claims"] > 50) == (3, True)
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=30)


EMPTY = {
    "/": 200,
    "/concepts": 200,
    "/concepts?q=cough": 200,
    "/concepts/etio:hemoptysis": 404,
    "/v1/concepts": 200,
    "/v1/concepts?q=cough": 200,
    "/v1/concepts/etio:hemoptysis": 404,
    "/v1/concepts/etio:hemoptysis/neighbours": 404,
    "/v1/conditions/PE/symptoms": 404,
    "/v1/symptoms/hemoptysis/conditions": 404,
    "/v1/paths?source=PE&target=hemoptysis": 404,
    "/v1/claims": 200,
    "/v1/claims/x": 404,
    "/v1/articles": 200,
    "/v1/articles/x": 404,
    "/v1/articles/x/claims": 404,
    "/v1/export?format=turtle": 200,
    "/v1/export?format=nquads": 200,
    "/v1/export?format=graphml": 200,
    "/v1/export?format=cytoscape": 200,
    "/v1/schema": 200,
    "/v1/stats": 200,
    "/health/live": 200,
    "/health/ready": 200,
    "/docs": 200,
    "/openapi.json": 200,
    "/sparql?query=SELECT*%7B%3Fs+%3Fp+%3Fo%7D": 200,
    "/store?default": 200,
    "/store?graph=http://example.org/g": 404,
}


def test_an_empty_store_holds_nothing_at_all_and_every_address_answers(tmp_path: Path) -> None:
    with serving(tmp_path / "data", "--empty") as (process, address):
        stats = json.loads(get(f"{address}/v1/stats")[1])
        assert (stats["articles"], stats["claims"], stats["concepts"]) == (0, 0, 0)
        assert get(f"{address}/store?default", accept="application/n-triples") == (200, b"")
        assert {path: send("GET", address + path).status for path in EMPTY} == EMPTY
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=30)


def test_a_store_that_was_made_empty_gets_the_bundled_articles_when_it_is_served_without_saying_so(
    tmp_path: Path,
) -> None:
    make_empty(tmp_path)
    with serving(tmp_path) as (process, address):
        stats = json.loads(get(f"{address}/v1/stats")[1])
        assert (stats["articles"], stats["concepts"] > 2000) == (3, True)
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=30)


def test_a_taken_port_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-c", MAIN, "serve", "--port", port, "--data", str(tmp_path / "data")]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"etiograph: port {port} of 127.0.0.1 is in use; try --port ")
    assert not (tmp_path / "data").exists()


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(CannotListen, match=r"cannot listen at 192\.0\.2\.1"):
        free_port("192.0.2.1", 0)
