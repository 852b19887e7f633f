"""Long answers and clients that leave, over the real server."""

import re
import socket
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse, IncompleteRead
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from realserver import get, serving
from toystore import store_toy

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"
MANY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 90000"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    """The server's process id and its address."""
    folder = tmp_path_factory.mktemp("data")
    store_toy(folder)
    with serving(folder, ETIOGRAPH_QUERY_TIMEOUT="4", ETIOGRAPH_QUERY_WORKERS="1") as (process, address):
        get(f"{address}/health/live")
        yield process.pid, address


def parent(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


def workers(server: int) -> set[int]:
    """The query processes below the server's process."""
    found = set()
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            process = int(command.parent.name)
            if b"graph.querying.worker" in command.read_bytes() and server in (
                parent(process),
                parent(parent(process)),
            ):
                found.add(process)
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def seconds(process: int) -> float:
    """Processor time of a process."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def read_slowly(answer: HTTPResponse) -> None:
    """Read it more slowly than the limit of time allows."""
    while answer.read(1 << 12):
        time.sleep(0.05)


def ask(address: str, query: str) -> socket.socket:
    """A connection on which the query was sent."""
    place = urlsplit(address)
    connection = socket.create_connection((place.hostname, place.port), timeout=30)
    connection.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode())
    return connection


def test_a_query_ends_when_its_client_leaves(served: tuple[int, str]) -> None:
    server, address = served
    connection = ask(address, ENDLESS)
    wait_until(lambda: any(seconds(worker) > 0.3 for worker in workers(server)))
    (busy,) = (worker for worker in workers(server) if seconds(worker) > 0.3)
    connection.close()
    wait_until(lambda: busy not in workers(server))
    assert get(f"{address}/sparql?query={quote('ASK {}')}")[0] == 200


def test_an_answer_comes_in_parts_and_ends_when_its_client_leaves(served: tuple[int, str]) -> None:
    server, address = served
    connection = ask(address, MANY)
    head = connection.recv(1 << 16)
    assert b"transfer-encoding: chunked" in head.lower()
    before = workers(server)
    connection.close()
    wait_until(lambda: bool(before - workers(server)))
    assert get(f"{address}/sparql?query={quote('ASK {}')}")[0] == 200


def test_an_answer_that_breaks_off_is_seen_to_be_broken_off(served: tuple[int, str]) -> None:
    place = urlsplit(served[1]).netloc
    connection = HTTPConnection(place, timeout=30)
    endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?d || STRLEN(STR(?i)) > 80) } LIMIT 99999"
    connection.request("GET", f"/sparql?query={quote(endless)}&format=csv")
    answer = connection.getresponse()
    assert answer.status == 200
    with pytest.raises((IncompleteRead, ConnectionError)):
        read_slowly(answer)
    answer.close()
    connection.close()


def test_a_long_answer_has_all_its_rows_and_its_length(served: tuple[int, str]) -> None:
    connection = HTTPConnection(urlsplit(served[1]).netloc, timeout=30)
    connection.request("GET", f"/sparql?query={quote('SELECT * { ?a ?b ?c } LIMIT 40000')}&format=tsv")
    chunked = connection.getresponse().read()
    connection.request("GET", f"/sparql?query={quote('SELECT * { ?a ?b ?c }')}&format=tsv&rows=40000")
    answer = connection.getresponse()
    measured = answer.read()
    assert answer.getheader("Truncated") in (None, "rows")
    assert int(str(answer.getheader("Content-Length"))) == len(measured) > 1 << 20
    assert sorted(chunked.splitlines()) == sorted(measured.splitlines())
    connection.close()


def test_an_answer_that_began_late_and_is_read_slowly_has_its_end(served: tuple[int, str]) -> None:
    late = (
        "{ SELECT (COUNT(*) AS ?n) { ?x a skos:Concept . ?y a skos:Concept FILTER(CONTAINS(STR(?y), '/')) } } "
        "?a ?b ?c . ?d ?e ?f"
    )
    connection = HTTPConnection(urlsplit(served[1]).netloc, timeout=30)
    connection.request("GET", f"/sparql?query={quote(f'SELECT * {{ {late} }} LIMIT 60000')}&format=tsv")
    answer = connection.getresponse()
    first = answer.read(1 << 12)
    time.sleep(0.5)
    assert len((first + answer.read()).splitlines()) == 60_001
    connection.close()


def test_every_answer_says_what_it_took(served: tuple[int, str]) -> None:
    connection = HTTPConnection(urlsplit(served[1]).netloc, timeout=30)
    found = []
    for target in (
        f"/sparql?query={quote('ASK { ?s ?p 1 }')}",
        f"/sparql?query={quote('ASK { ?s ?p 1 }')}",
        "/nothing",
    ):
        connection.request("GET", target)
        answer = connection.getresponse()
        answer.read()
        found.append(re.sub(r"[\d.]+", "N", str(answer.getheader("Server-Timing"))))
    assert found == ["queue;dur=N, engine;dur=N, total;dur=N", 'cache;desc="hit", total;dur=N', "total;dur=N"]
    connection.close()
