"""Who answers the questions of the benchmark: the engine itself, our server, and the endpoints it is compared with.

Each is a context manager that starts what it needs on loopback and ends it. A rival whose software is not installed
is passed over, with a sentence that says so.
"""

import http.client
import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import quote, urlencode

import pyoxigraph
from processes import end, free_port, wait_for
from questions import TRIPLES

from graph.checkpoints import open_current, published
from graph.columnar.columns import Columns

ROOT: Final = Path(__file__).parents[2]
MAIN: Final = "from api.cli import main; main()"
ENGINE: Final = "engine in-process"
OURS: Final = "Etiograph"
CACHED: Final = "Etiograph, cached"
OXRDFLIB: Final = "rdflib-endpoint, oxrdflib"
MEMORY: Final = "rdflib-endpoint, rdflib memory"
VIRTUOSO: Final = "Virtuoso 7"
FLOOR: Final = "the same bytes, static"
_IDLE: Final = 2.0
_COLUMNS: Final = 300.0


class Failed(Exception):
    """A rival gave no answer: what it said instead."""


class Slow(Exception):
    """A rival took longer than it was given."""


class Rival(Protocol):
    """Someone who answers queries."""

    name: str

    def ask(self, query: str, accept: str, seconds: float) -> bytes:
        """The answer in this media type.

        Raises:
            Slow: there was none after so many seconds; it has to be started again.
            Failed: there will be none.
        """


class Engine:
    """Oxigraph on the published snapshot, in this process."""

    name = ENGINE

    def __init__(self, folder: Path) -> None:
        self._store, _, self._hold = open_current(folder)

    def ask(self, query: str, accept: str, seconds: float) -> bytes:  # noqa: ARG002 - it cannot be stopped
        """The answer, serialised."""
        result = self._store.query(query)
        out = io.BytesIO()
        if isinstance(result, pyoxigraph.QueryTriples):
            result.serialize(out, format=pyoxigraph.RdfFormat.TURTLE)
        else:
            assert accept != TRIPLES
            result.serialize(out, format=pyoxigraph.QueryResultsFormat.JSON)
        return out.getvalue()


class Client:
    """One connection to an HTTP endpoint, kept open."""

    def __init__(self, port: int, path: str, *, name: str = "", parameters: Sequence[tuple[str, str]] = ()) -> None:
        self.name = name
        self._port = port
        self._path = path
        self._parameters = parameters
        self._connection: http.client.HTTPConnection | None = None
        self._used = 0.0

    def ask(self, query: str, accept: str, seconds: float) -> bytes:
        """The body of the answer to a GET."""
        status, _, body = self.get({"query": query}, accept, seconds)
        if status != 200:
            said = re.sub(r"<[^>]*>|\s+", " ", body[:300].decode(errors="replace")).strip()
            raise Failed(f"{status}: {said}")
        return body

    def get(
        self, parameters: dict[str, str], accept: str, seconds: float
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Status, headers and body.

        Raises:
            Slow: there was no answer after so many seconds.
            Failed: the connection broke.
        """
        address = f"{self._path}?{urlencode([*self._parameters, *parameters.items()], quote_via=quote)}"
        try:
            connection = self.connect()
            connection.sock.settimeout(seconds)
            connection.request("GET", address, headers={"Accept": accept})
            answer = connection.getresponse()
            body = answer.read()
        except TimeoutError as error:
            self.close()
            raise Slow(f"no answer within {seconds:g} s") from error
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Failed(f"the connection broke: {error!r}") from error
        self._used = time.monotonic()
        if answer.will_close:
            self.close()
        return answer.status, answer.headers, body

    def connect(self) -> http.client.HTTPConnection:
        """The connection; a new one where the last was idle so long that the server may have hung up."""
        if time.monotonic() - self._used > _IDLE:
            self.close()
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port)
            self._connection.connect()
            self._used = time.monotonic()
        return self._connection

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@contextmanager
def ours(folder: Path, **settings: str) -> Iterator[tuple[int, int]]:
    """Our server on this data folder, as `etiograph serve` starts it: its port and its process."""
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
    command = [sys.executable, "-c", MAIN, "serve", "--port", str(port), "--data", str(folder)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/v1/concepts/HP:0001250", process, 300)  # needs the network
        _wait_for_columns(folder)
        yield port, process.pid
    finally:
        end(process)


def _wait_for_columns(folder: Path) -> None:
    """Return once the server has made the columns that it answers counts and averages from."""
    snapshot = folder / "snapshots" / (published(folder) or "none")
    deadline = time.monotonic() + _COLUMNS
    while Columns.find(snapshot) is None:
        if time.monotonic() > deadline:
            raise RuntimeError(f"the server made no columns of {snapshot} within {_COLUMNS:g} s")
        time.sleep(0.1)


def has_rdflib_endpoint(python: Path) -> bool:
    """Whether this Python has rdflib-endpoint."""
    asked = "import importlib.util as u, sys; sys.exit(u.find_spec('rdflib_endpoint') is None)"
    return subprocess.run([os.fspath(python), "-c", asked]).returncode == 0


@contextmanager
def rdflib_endpoint(python: Path, store: str, data: Path) -> Iterator[int]:
    """rdflib-endpoint in its own environment: `store` is "oxrdflib" on a data folder or "memory" on N-Triples."""
    port = free_port()
    peer = Path(__file__).with_name("rdflib_peer.py")
    process = subprocess.Popen([os.fspath(python), os.fspath(peer), store, os.fspath(data), str(port)])
    try:
        wait_for(f"http://127.0.0.1:{port}/", process, 1200)
        yield port
    finally:
        end(process)


@contextmanager
def static() -> Iterator[int]:
    """A server like ours that sends as many bytes as it is asked for, from memory: what HTTP costs at least."""
    port = free_port()
    process = subprocess.Popen([sys.executable, os.fspath(Path(__file__).with_name("static_peer.py")), str(port)])
    try:
        wait_for(f"http://127.0.0.1:{port}/?bytes=1", process, 30)
        yield port
    finally:
        end(process)


def timed(rival: Rival, query: str, accept: str, seconds: float) -> tuple[float, bytes]:
    """Milliseconds from the question to the last byte of the answer, and the answer."""
    if isinstance(rival, Client):
        rival.connect()
    begun = time.perf_counter()
    body = rival.ask(query, accept, seconds)
    return (time.perf_counter() - begun) * 1000, body
