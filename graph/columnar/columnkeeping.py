"""Keeps the current snapshot of a data folder supplied with arrays, in the background of a server.

These are its links (`graph.adjacency`), its columns, what it counts (`graph.tallying`), and the records that it lacks
(`graph.records`). A publication never waits for them: until they are there the engine answers. They are made by a
process of its own that is given processor time last, once the snapshot has been current for a while, so that many small
writes in a row do not make them again each time. To make all records of a large store takes longer than that: it ends
with the snapshot's being current.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final

from graph import tallying
from graph.adjacency import building
from graph.checkpoints import find_pointer
from graph.columnar import columnbuilding, columns
from graph.records import kept
from ontology.errors import StoreError

_LOOK_EVERY: Final = 1.0
_QUIET: Final = 2.0
_MADE_BY: Final = (
    ("graph.adjacency.building", (building.FOLDER,)),
    ("graph.tallying", (tallying.FOLDER,)),
    ("graph.columnar.columnbuilding", (columns.FOLDER, columnbuilding.REFUSED)),
)
"""The modules that make arrays, and of what in a snapshot's folder anything tells that they have."""


class ColumnKeeper:
    """Looks after one data folder while it is entered: an async context manager.

    `quiet` is for how many seconds a snapshot is current before its arrays are made; at least for as long as making
    the last ones took.
    """

    def __init__(self, folder: Path, *, quiet: float = _QUIET) -> None:
        self._folder = folder
        self._quiet = quiet
        self._took = 0.0
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "ColumnKeeper":
        self._task = asyncio.create_task(self._keep())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _keep(self) -> None:
        seen, since, tried = "", 0.0, ""
        while True:
            name = self._current()
            if name != seen:
                seen, since = name, time.monotonic()
            quiet = max(self._quiet, self._took)
            if name and name != tried and time.monotonic() - since >= quiet:
                tried = name
                await self._make(self._folder / "snapshots" / name)
            await asyncio.sleep(_LOOK_EVERY)

    def _current(self) -> str:
        """The name of the current snapshot, "" where there is none or what points to it is damaged."""
        try:
            pointer = find_pointer(self._folder)
        except StoreError:  # readers say so to those who ask
            return ""
        return "" if pointer is None else pointer.name

    async def _make(self, snapshot: Path) -> None:
        began = time.monotonic()
        for module, made in _MADE_BY:
            if not any((snapshot / name).exists() for name in made):
                await _run(module, snapshot)
        self._took = time.monotonic() - began
        if not (snapshot / kept.FOLDER / kept.WHOLE).exists():
            await _run("graph.records.building", snapshot, wanted=lambda: self._current() == snapshot.name)


async def _run(module: str, snapshot: Path, *, wanted: Callable[[], bool] = lambda: True) -> None:
    """Have a process of this module do its work; it is ended once that is not wanted any more."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", module, str(snapshot.absolute())),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while process.returncode is None and wanted():
            with suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), _LOOK_EVERY)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
