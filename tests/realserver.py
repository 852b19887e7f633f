"""The real server in a process of its own, on loopback, for tests that ask it."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

ROOT = Path(__file__).parents[1]
MAIN = "from api.cli import main; main()"


@contextmanager
def serving(folder: Path, *options: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server over a data folder, its own process group, and its address; killed if it is still there at the end.

    `environment` are settings, such as `ETIOGRAPH_QUERY_TIMEOUT="2"`.
    """
    command = [sys.executable, "-c", MAIN, "serve", "--port", "0", "--data", str(folder), *options]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
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


def children_of(pid: int) -> set[int]:
    """The processes that this one's first thread started and that it has not seen end."""
    return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


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


@dataclass(frozen=True, slots=True)
class Got:
    """An answer: its status, its headers with names in small letters, its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def send(
    method: str,
    address: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | str | Iterator[bytes] | None = None,
) -> Got:
    """What the server answers; nothing is sent but what is given, a body that is an iterator in chunks."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, body.encode() if isinstance(body, str) else body, dict(headers or {}))
        answer = connection.getresponse()
        return Got(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()
