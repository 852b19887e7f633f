"""The pipe to the writer process, and how what it wrote, or why it did not, comes back through it."""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from ontology.errors import (
    EtiographError,
    InvalidUpdate,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    StoreError,
    StoreInUse,
    StoreMissing,
    UnknownGraph,
    UnreadableGraph,
)

_CHUNK: Final = 1 << 20
_LONGEST_START: Final = 60.0
_START: Final = "import sys; sys.path.insert(0, sys.argv.pop(1)); from graph.updating.writer import main; main()"
_TOLD: Final[Mapping[str, type[EtiographError]]] = {
    error.__name__: error for error in (QueryError, QueryRefused, StoreError, StoreInUse, StoreMissing)
}
_PLACED: Final[Mapping[str, type[QuerySyntaxError] | type[UnreadableGraph]]] = {
    error.__name__: error for error in (QuerySyntaxError, UnreadableGraph)
}


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did.

    `changed`: whether the graph is another now. `created`: whether the named graph it was about had not been there.
    `hash`: of the graph that is published now.
    """

    changed: bool
    created: bool
    hash: str


class Ended(Exception):
    """The process ended before it had answered."""


class Handover:
    """A writer process that is ready; it inherits no file but its pipes, and no signal of the terminal reaches it."""

    def __init__(self, memory: int) -> None:
        """Start it; it may use so many bytes of memory.

        Raises:
            StoreError: it cannot be started.
        """
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-P", "-c", _START, os.fspath(Path(__file__).resolve().parents[2]), str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            bufsize=0,
        )
        assert self._process.stdin is not None and self._process.stdout is not None  # noqa: S101, PT018
        self._requests, self._answers = self._process.stdin, self._process.stdout
        os.set_blocking(self._requests.fileno(), False)
        try:
            self._line(time.monotonic() + _LONGEST_START)
        except (TimeoutError, Ended) as error:
            self.kill()
            raise StoreError(f"the process that writes could not be started with {memory >> 20} MiB") from error

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def ask(self, request: Mapping[str, object], body: bytes, deadline: float) -> Written:
        """What was written; `deadline` is a time of `time.monotonic`.

        Raises:
            EtiographError: why nothing was written.
            TimeoutError: the deadline came first.
            Ended: the process did.
        """
        try:
            self._write(json.dumps({**request, "length": len(body)}).encode() + b"\n", deadline)
            self._write(body, deadline)
        except BrokenPipeError as error:
            raise Ended from error
        answer = json.loads(self._line(deadline))
        if "error" in answer:
            raise as_error(answer)
        return Written(**answer)

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
            view = view[os.write(self._requests.fileno(), view[:_CHUNK]) :]

    def _line(self, deadline: float) -> bytes:
        line = b""
        while not line.endswith(b"\n"):
            line += self._more(deadline)
        return line

    def _more(self, deadline: float) -> bytes:
        ready, _, _ = select.select([self._answers], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        part = os.read(self._answers.fileno(), _CHUNK)
        if not part:
            raise Ended
        return part


def as_answer(told: Written | EtiographError) -> dict[str, Any]:
    """What came of a write, as JSON data."""
    match told:
        case Written():
            return asdict(told)
        case InvalidUpdate():
            return {"error": "InvalidUpdate", "report": told.report}
        case UnknownGraph():
            return {"error": "UnknownGraph", "graph": told.graph}
        case QuerySyntaxError() | UnreadableGraph():
            return {"error": type(told).__name__, "message": str(told), "line": told.line, "column": told.column}
        case _:
            return {"error": type(told).__name__, "message": str(told)}


def as_error(answer: Mapping[str, Any]) -> EtiographError:
    """The error that `as_answer` made this of."""
    match answer["error"]:
        case "InvalidUpdate":
            return InvalidUpdate(tuple(answer["report"]))
        case "UnknownGraph":
            return UnknownGraph(answer["graph"])
        case "QuerySyntaxError" | "UnreadableGraph" as name:
            return _PLACED[name](answer["message"], answer["line"], answer["column"])
        case name:
            return _TOLD.get(str(name), StoreError)(answer["message"])
