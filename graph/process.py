"""One worker process (`graph.worker`) and the pipe to it."""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_CHUNK: Final = 1 << 20


class Ended(Exception):
    """The process ended before it had answered."""


class Process:
    """A worker; it inherits no open file but its pipes, and no signal from the terminal reaches it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and script
            [sys.executable, "-P", os.fspath(Path(__file__).with_name("worker.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            bufsize=0,
        )
        assert self._process.stdin is not None and self._process.stdout is not None  # noqa: S101, PT018
        self._requests, self._answers = self._process.stdin, self._process.stdout
        self._read = b""

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def ask(self, request: Mapping[str, object], deadline: float) -> tuple[dict[str, object], bytes]:
        """The head and the body of its answer; `deadline` is a time of `time.monotonic`.

        Raises:
            TimeoutError: the deadline came first.
            Ended: the process did.
        """
        try:
            self._write(json.dumps(request).encode() + b"\n", deadline)
        except BrokenPipeError as error:
            raise Ended from error
        while b"\n" not in self._read:
            self._read += self._more(deadline)
        line, _, self._read = self._read.partition(b"\n")
        head: dict[str, object] = json.loads(line)
        parts, missing = [self._read], int(str(head.get("length", 0))) - len(self._read)
        self._read = b""
        while missing > 0:
            parts.append(self._more(deadline))
            missing -= len(parts[-1])
        return head, b"".join(parts)

    def kill(self) -> None:
        """End it at once; harmless when it has ended."""
        self._process.kill()
        self._process.wait()
        self._requests.close()
        self._answers.close()

    def _write(self, data: bytes, deadline: float) -> None:
        view = memoryview(data)
        while view:
            _, ready, _ = select.select([], [self._requests], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise TimeoutError
            view = view[os.write(self._requests.fileno(), view[: select.PIPE_BUF]) :]

    def _more(self, deadline: float) -> bytes:
        ready, _, _ = select.select([self._answers], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        part = os.read(self._answers.fileno(), _CHUNK)
        if not part:
            raise Ended
        return part
