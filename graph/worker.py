"""The process that runs SPARQL queries for `graph.sparql`, so that one can be killed: started as a script.

It imports nothing of the project. Standard input brings one JSON object a line, a request:
`{"snapshot", "query", "prefixes", "formats", "memory", "largest", "seconds"}`. Standard output answers each with one
JSON object on a line, `{"media_type", "length"}` followed by so many bytes, or `{"error", "message"}` where `error`
is "gone" (the snapshot), "syntax", "format", "size", "memory" or "failed". It ends with its input.
"""

import fcntl
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import IO, Any, Final

import pyoxigraph

RESULTS: Final = {
    known.media_type.partition(";")[0]: known
    for known in (
        pyoxigraph.QueryResultsFormat.JSON,
        pyoxigraph.QueryResultsFormat.XML,
        pyoxigraph.QueryResultsFormat.CSV,
        pyoxigraph.QueryResultsFormat.TSV,
    )
}
GRAPHS: Final = {
    known.media_type.partition(";")[0]: known
    for known in (pyoxigraph.RdfFormat.TURTLE, pyoxigraph.RdfFormat.N_TRIPLES, pyoxigraph.RdfFormat.JSON_LD)
}


class TooLarge(Exception):
    """The answer is larger than it may be."""


class Bounded:
    """A file in memory that takes no more than `largest` bytes."""

    def __init__(self, largest: int) -> None:
        self.parts: list[bytes] = []
        self.length = 0
        self._largest = largest

    def write(self, part: bytes) -> int:
        """Keep the part, or raise `TooLarge`."""
        self.length += len(part)
        if self.length > self._largest:
            raise TooLarge
        self.parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing to do."""


class Failure(Exception):
    """A request that has no answer: `error` is one of the words of the protocol."""

    def __init__(self, error: str, message: str) -> None:
        self.error = error
        self.message = message
        super().__init__(message)


class Opened:
    """The snapshot that is open, and the lock that keeps its files."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._lock = path.with_name(f"{path.name}.lock").open("rb")
            fcntl.flock(self._lock, fcntl.LOCK_SH)
            self.store = pyoxigraph.Store.read_only(os.fspath(path))
        except OSError as error:
            raise Failure("gone", str(error)) from error

    def close(self) -> None:
        """Give up the files."""
        self._lock.close()


def answer(store: pyoxigraph.Store, request: dict[str, Any]) -> tuple[str, list[bytes], int]:
    """The media type, the parts of the body and their length."""
    try:
        result = store.query(request["query"], prefixes=request["prefixes"])
    except SyntaxError as error:
        raise Failure("syntax", str(error)) from error
    except ValueError as error:
        raise Failure("syntax", f"not Unicode text: {error}") from error
    output = Bounded(request["largest"])
    known = GRAPHS if isinstance(result, pyoxigraph.QueryTriples) else RESULTS
    chosen = next((name for name in request["formats"] if name in known), None)
    if chosen is None:
        raise Failure("format", ", ".join(known))
    sink: Any = output  # pyoxigraph asks for no more than `write` and `flush`
    try:
        if isinstance(result, pyoxigraph.QueryTriples):
            result.serialize(sink, format=GRAPHS[chosen])
        else:
            result.serialize(sink, format=RESULTS[chosen])
    except TooLarge as error:
        raise Failure("size", str(request["largest"])) from error
    return chosen, output.parts, output.length


def limit(memory: int) -> None:
    """Let the process grow by so many bytes of address space beyond what it has now."""
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc/self/statm").exists() else 0
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until the requests end."""
    opened: Opened | None = None
    for line in requests:
        request = json.loads(line)
        signal.setitimer(signal.ITIMER_REAL, request["seconds"])  # should the one who asked be gone
        try:
            path = Path(request["snapshot"])
            if opened is None or opened.path != path:
                if opened is not None:
                    opened.close()
                opened = None
                opened = Opened(path)
                limit(request["memory"])
            media_type, parts, length = answer(opened.store, request)
            head: dict[str, Any] = {"media_type": media_type, "length": length}
        except Failure as failure:
            head, parts = {"error": failure.error, "message": failure.message}, []
        except MemoryError:
            head, parts = {"error": "memory", "message": ""}, []
        except OSError as error:
            head, parts = {"error": "failed", "message": str(error)}, []
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.write(json.dumps(head).encode() + b"\n")
        answers.writelines(parts)
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
