"""The process that runs SPARQL queries for `graph.querying.sparql`, so that one can be killed.

Standard input brings one JSON object a line, a request, as `sparql` makes them. Standard output answers each
with a JSON object on a line, the head, `{"media_type", "length", "truncated", "milliseconds", "used"}`, `used` being
seconds of the processor since the process began, or `{"error", "message"}`, where `error` is "gone" (the snapshot),
"syntax", "format", "size", "memory", "later" (not counted yet) or "failed". After a head without an error comes the
body. It has `length` bytes where the head says how many; with `shared` in the head they stand in the memory that the
one argument, a file descriptor, names. Else the body is still being made and comes in frames, each four bytes with its
length and so many bytes; an empty frame ends it, and the length 0xFFFFFFFF says that the rest could not be had.
The process ends with its input. It has no network from its first moment on, where the system allows that.
"""

import json
import os
import signal
import struct
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

import pyoxigraph

from graph.querying.cutting import JSON, Bounded, Cut
from graph.querying.opened import GRAPHS, RESULTS, Asked, Failure, Opened, evaluated, find_counted, prepared
from graph.querying.sharing import Shared
from graph.sandbox import die_with_parent, limit_memory, seal

FRAME: Final = struct.Struct(">I")
BROKEN: Final = 0xFFFFFFFF
_FRAME_BYTES: Final = 1 << 18
_LEAST_BYTES: Final = 4
"""Bytes that a triple takes at the least, in any format: an object and what parts it from the one before."""

_FIRST_FRAME_BYTES: Final = 1 << 16
_MOST_PARTS: Final = 512
"""How many parts are written in one step; every system takes as many."""


class Answers:
    """Standard output, written to in few steps, since whoever reads is woken by each.

    Large bodies go through shared memory, where there is some.
    """

    def __init__(self, descriptor: int, shared: Shared | None) -> None:
        self._descriptor = descriptor
        self._shared = shared

    def answer(self, head: dict[str, Any], body: Sequence[bytes] = ()) -> None:
        """Write a head and the whole body, of which it says how long it is."""
        if self._shared is not None and self._shared.put(body):
            self.send([_line(head | {"shared": True})])
        else:
            self.send([_line(head), *body])

    def send(self, parts: Sequence[bytes]) -> None:
        """Write all parts one after the other."""
        waiting = parts if len(parts) <= _MOST_PARTS else [b"".join(parts)]
        written = os.writev(self._descriptor, waiting)
        rest = memoryview(b"".join(waiting))[written:] if written < sum(map(len, waiting)) else memoryview(b"")
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]


class Framed:
    """A file whose content goes out in frames behind a head, or as a whole with its length where it is small."""

    def __init__(self, answers: "Answers", head: dict[str, Any]) -> None:
        self._answers = answers
        self._head: dict[str, Any] | None = head
        self._began = time.perf_counter()
        self._parts: list[bytes] = []
        self._waiting = 0

    @property
    def begun(self) -> bool:
        """Whether the head has gone out."""
        return self._head is None

    def write(self, part: bytes) -> int:
        """Send the part, with others."""
        self._parts.append(bytes(part))
        self._waiting += len(part)
        if self._waiting >= (_FRAME_BYTES if self.begun else _FIRST_FRAME_BYTES):
            self._send()
        return len(part)

    def flush(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Send what is left and the end."""
        if self._head is not None:
            self._answers.answer(self._timed(self._head | {"length": self._waiting}), self._parts)
            return
        self._send(FRAME.pack(0))

    def _send(self, *end: bytes) -> None:
        begin = [] if self._head is None else [_line(self._timed(self._head))]
        frame = [FRAME.pack(self._waiting), *self._parts] if self._parts else []
        self._answers.send([*begin, *frame, *end])
        self._head, self._parts, self._waiting = None, [], 0

    def _timed(self, head: dict[str, Any]) -> dict[str, Any]:
        return head | {"milliseconds": (time.perf_counter() - self._began) * 1000}


class Limited:
    """A file in memory for a graph, which cannot be cut: `Failure` when it takes more than `largest` bytes."""

    def __init__(self, largest: int) -> None:
        self.parts: list[bytes] = []
        self._length = 0
        self._largest = largest

    def write(self, part: bytes) -> int:
        """Keep the part."""
        self._length += len(part)
        if self._length > self._largest:
            raise Failure("size", str(self._largest))
        self.parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing to do."""


def answer(opened: Opened, request: dict[str, Any], answers: Answers) -> None:
    """Write the answer to the request, or raise before anything of it is written."""
    began = time.perf_counter()
    asked = prepared(opened, request)
    counted = find_counted(opened, asked, request)
    if counted is not None:
        head = {"media_type": JSON, "used": time.process_time(), "length": len(counted)}
        answers.answer(head | {"milliseconds": (time.perf_counter() - began) * 1000}, [counted])
        return
    result = evaluated(opened, asked)
    is_graph = isinstance(result, pyoxigraph.QueryTriples)
    known = GRAPHS if is_graph else RESULTS
    chosen = next((name for name in request["formats"] if name in known), None)
    if chosen is None:
        raise Failure("format", ", ".join(known))
    head = {"media_type": chosen, "used": time.process_time()}
    if request["rows"] is None:
        framed = Framed(answers, head)
        try:
            result.serialize(framed, format=known[chosen])
        except (OSError, RuntimeError, MemoryError) as error:
            if not framed.begun:
                raise
            answers.send([FRAME.pack(BROKEN)])
            raise SystemExit(1) from error  # what was half written cannot be mended
        framed.close()
        return
    parts, truncated = _triples(opened, asked, result, chosen, request) if is_graph else _rows(result, chosen, request)
    head |= {
        "used": time.process_time(),
        "length": sum(map(len, parts)),
        "milliseconds": (time.perf_counter() - began) * 1000,
    }
    if truncated:
        head["truncated"] = truncated
    answers.answer(head, parts)


def _line(head: dict[str, Any]) -> bytes:
    return json.dumps(head).encode() + b"\n"


def _rows(result: Any, chosen: str, request: dict[str, Any]) -> tuple[list[bytes], str | None]:
    output: Any = Bounded(chosen, rows=request["rows"], largest=request["largest"])
    if isinstance(result, pyoxigraph.QueryBoolean):
        return [result.serialize(format=RESULTS[chosen]) or b""], None
    try:
        result.serialize(output, format=RESULTS[chosen])
        return output.close(), None
    except Cut as cut:
        return [cut.text], cut.reason


def _triples(
    opened: Opened, asked: Asked, result: Any, chosen: str, request: dict[str, Any]
) -> tuple[list[bytes], str | None]:
    """The parts of a graph with no more triples than may be, and "rows" where there would be more.

    The engine's own serialiser is several times as fast as taking triples one by one, and cannot be told to stop
    after so many; so it is used as long as there are fewer bytes than so many triples take at the least.
    """
    output: Any = Limited(request["rows"] * _LEAST_BYTES)
    with suppress(Failure):
        result.serialize(output, format=GRAPHS[chosen])
        return output.parts, None
    triples = list(islice(evaluated(opened, asked), request["rows"] + 1))
    truncated = "rows" if len(triples) > request["rows"] else None
    output = Limited(request["largest"])
    pyoxigraph.serialize(triples[: request["rows"]], output, format=GRAPHS[chosen])
    return output.parts, truncated


def serve(requests: IO[bytes], answers: Answers) -> None:
    """Answer until the requests end."""
    opened: Opened | None = None
    name = ""
    for line in requests:
        request = json.loads(line)
        signal.setitimer(signal.ITIMER_REAL, request["seconds"])  # should the one who asked be gone
        failed: dict[str, str] | None = None
        try:
            if opened is None or name != request["snapshot"]:
                if opened is not None:
                    opened.close()
                opened = None
                name = request["snapshot"]
                opened = Opened(Path(name))
                limit_memory(request["memory"])
            if request["query"] is not None:
                answer(opened, request, answers)
            else:
                answers.answer({"used": time.process_time(), "length": 0})
        except Failure as failure:
            failed = {"error": failure.error, "message": failure.message}
        except MemoryError:
            failed = {"error": "memory", "message": ""}
        except (OSError, RuntimeError) as error:  # of the store, or of the engine: an unknown function, for one
            failed = {"error": "failed", "message": str(error)}
        signal.setitimer(signal.ITIMER_REAL, 0)
        if failed:
            answers.answer(failed)


if __name__ == "__main__":
    die_with_parent()
    shared = Shared(int(sys.argv[1])) if len(sys.argv) > 1 else None
    seal()
    serve(sys.stdin.buffer, Answers(sys.stdout.fileno(), shared))
