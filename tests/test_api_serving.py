"""The real server in a process of its own, on loopback."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from toygraph import toy_extractions

from api.commands.serving import CannotListen, free_port
from graph.store import Store

ROOT = Path(__file__).parents[1]
MAIN = "from api.cli import main; main()"


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server over a data folder, its own process group, and its address; killed if it is still there at the end."""
    command = [sys.executable, "-c", MAIN, "serve", "--port", "0", "--data", str(folder), *options]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert process.stdout is not None
        address = None
        while address is None:
            line = process.stdout.readline()
            assert line, process.communicate()[1]
            found = re.search(r"Etiograph at (http://127\.0\.0\.1:\d+)", line)
            address = found and found[1]
        yield process, address
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def get(address: str, *, accept: str = "*/*") -> tuple[int, bytes]:
    """Status and body, once the server listens."""
    deadline = time.monotonic() + 30
    while True:
        try:
            with urlopen(Request(address, headers={"Accept": accept}), timeout=30) as answer:  # noqa: S310
                return answer.status, answer.read()
        except (URLError, ConnectionError):
            assert time.monotonic() < deadline
            time.sleep(0.05)


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
