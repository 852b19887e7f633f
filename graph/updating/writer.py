"""The process that writes for `writing`, so that a write can be killed; between writes it has nothing open.

Standard input brings requests: one JSON object on a line, followed by `length` bytes. Standard output answers each
with one JSON object on a line: what was written, or `{"error", ...}` as `handover` reads it. An empty line comes
first, when it is ready. It ends with its input.
"""

import json
import os
import signal
import sys
from pathlib import Path
from typing import IO, Any

from graph.layer import bundled
from graph.sandbox import limit_memory, seal
from graph.store import Store
from graph.updating.edits import edit
from graph.updating.handover import as_answer
from ontology.errors import EtiographError


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Write until the requests end."""
    answers.write(b"\n")
    answers.flush()
    for line in requests:
        request: dict[str, Any] = json.loads(line)
        body = requests.read(request["length"])
        signal.setitimer(signal.ITIMER_REAL, request["seconds"])  # should the one who asked be gone
        try:
            with Store.open_as_it_is(Path(request["folder"]), patience=request["patience"]) as store:
                answer = as_answer(edit(store, request, body))
        except EtiographError as error:
            answer = as_answer(error)
        except MemoryError:
            os._exit(1)  # as when the engine asks in vain; what was begun is undone by whoever opens the folder next
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


def main() -> None:
    """Run as a process: `writer.py MEMORY`."""
    bundled()  # read before the first write is timed
    limit_memory(int(sys.argv[1]))
    seal()
    serve(sys.stdin.buffer, sys.stdout.buffer)
