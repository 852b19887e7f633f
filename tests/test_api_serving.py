"""The real server in a process of its own, on loopback."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from realserver import MAIN, ROOT, get, serving
from toygraph import toy_extractions

from api.commands.serving import CannotListen, free_port
from graph.store import Store


def test_it_serves_until_it_is_interrupted_and_then_ends_well(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.replace(toy_extractions())
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
        _, problem = process.communicate(timeout=30)
        assert (process.returncode, "Traceback" in problem) == (0, False), problem


def test_an_empty_store_first_gets_the_bundled_articles(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as (process, address):
        stats = json.loads(get(f"{address}/v1/stats")[1])
        assert (stats["articles"], stats["claims"] > 50) == (3, True)
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=30)


def test_an_empty_store_can_be_served_empty(tmp_path: Path) -> None:
    with serving(tmp_path / "data", "--empty") as (process, address):
        stats = json.loads(get(f"{address}/v1/stats")[1])
        assert (stats["articles"], stats["claims"], stats["concepts"] > 0) == (0, 0, True)
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
