"""An import in a process of its own: it has no network and bounded memory, and can be killed at any moment.

It is started with one JSON object on its standard input, what to import, and answers with JSON objects, one a line:
how far it is, and at last what it did or why it did not.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from graph.checkpoints import SCRATCH
from graph.importing.importer import Imported, import_files, recover
from graph.importing.parsing import Reading
from graph.importing.sources import Source
from graph.sandbox import die_with_parent, limit_memory, seal
from graph.updating.handover import as_answer, as_error
from ontology.errors import EtiographError, StoreError, StoreInUse

_EVERY: Final = 0.1
_START: Final = "import sys; sys.path.insert(0, sys.argv.pop(1)); from graph.importing.process import main; main()"

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how many triples were read and how many bytes of the files."""


def import_rdf(
    folder: Path, sources: Sequence[Source], *, replace: bool = False, memory: int, progress: Progress
) -> Imported:
    """What came of importing the files; `memory` is the bytes the process may use.

    Whatever ends it early, KeyboardInterrupt too, leaves the store as it was or, once all is published, with all.

    Raises:
        UnreadableGraph, InvalidUpdate, StoreInUse: as `import_files` does.
        StoreError: it ended at its limit of memory, or was killed.
    """
    process = subprocess.Popen(  # noqa: S603  # our own interpreter and module
        [sys.executable, "-P", "-c", _START, os.fspath(Path(__file__).resolve().parents[2])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018
    try:
        process.stdin.write(json.dumps(_request(folder, sources, replace=replace, memory=memory)).encode())
        process.stdin.close()
        answer = _answer(process.stdout, progress)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        if (folder / SCRATCH).exists():
            with suppress(StoreInUse):
                recover(folder)
    if answer is None:
        raise StoreError(
            f"the import was ended, as when it needs more than its {memory >> 20:,} MiB of memory, and changed "
            "nothing; ETIOGRAPH_WRITE_MEMORY gives it more"
        )
    if "error" in answer:
        raise as_error(answer)
    return Imported(**{**answer, "graphs": tuple(answer["graphs"])})


def main() -> None:
    """Run as a process."""
    die_with_parent()
    request: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    limit_memory(request["memory"])
    seal()
    try:
        sources = [Source(**{**given, "path": Path(given["path"])}) for given in request["sources"]]
        answer = asdict(import_files(Path(request["folder"]), sources, replace=request["replace"], tell=_Telling()))
    except EtiographError as error:
        answer = as_answer(error)
    except OSError as error:
        answer = as_answer(StoreError(f"{request['folder']} cannot be written to, and nothing was changed: {error}"))
    except MemoryError:
        os._exit(1)  # as when the engine asks in vain; what was begun is undone by whoever opens the folder next
    _say(answer)


class _Telling:
    """Says how far the import is, ten times a second at most."""

    def __init__(self) -> None:
        self._doing = ""
        self._told = 0.0

    def __call__(self, doing: str, reading: Reading) -> None:
        now = time.monotonic()
        if doing != self._doing or now - self._told >= _EVERY:
            self._doing, self._told = doing, now
            _say({"doing": doing, "triples": reading.triples, "done": reading.done})


def _say(told: Mapping[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    sys.stdout.buffer.flush()


def _request(folder: Path, sources: Sequence[Source], *, replace: bool, memory: int) -> dict[str, object]:
    return {
        "folder": os.fspath(folder.absolute()),
        "memory": memory,
        "replace": replace,
        "sources": [{**asdict(source), "path": os.fspath(source.path)} for source in sources],
    }


def _answer(lines: Iterable[bytes], progress: Progress) -> dict[str, Any] | None:
    """The last thing that it says; None where it ends before."""
    for line in lines:
        told: dict[str, Any] = json.loads(line)
        if "doing" not in told:
            return told
        progress(told["doing"], told["triples"], told["done"])
    return None
