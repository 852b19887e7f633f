"""SPARQL updates and whole graphs, written in a process that can be killed.

A write that has started cannot be cancelled and its memory has no bound, so it runs in a process of its own
(`writer`) that is killed at the limit of time and cannot grow past the limit of memory. It holds the lock of the
data folder only while it writes. A write is whole or not at all and is published when it is answered.
"""

import asyncio
import os
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

from graph.checkpoints import find_pointer, missing
from graph.updating.handover import Ended, Handover, Written
from ontology.errors import QueryTimeout, StoreInUse

__all__ = ["WriteService", "Written"]

PATIENCE: Final = 5.0
"""Seconds that a write waits for another process to finish its own, at most half of its time."""

MOST_WAITING: Final = 256 << 20
"""Bytes of the writes that wait for their turn, at most, unless it is a single one."""

_GRACE: Final = 5.0


class WriteService:
    """Writes into one data folder, one write after the other; an async context manager.

    `timeout` is the time a write may take in seconds, `memory` the bytes it may use. The process is started with the
    first write and kept.
    """

    def __init__(self, folder: Path, *, timeout: float = 60, memory: int = 4 << 30) -> None:
        self._folder = folder
        self._timeout = timeout
        self._memory = memory
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._handover: Handover | None = None

    async def update(
        self,
        text: str,
        *,
        base: str | None = None,
        using: Sequence[str] = (),
        using_named: Sequence[str] = (),
        timeout: float | None = None,
    ) -> Written:
        """What a SPARQL update did; `using` and `using_named` are the graphs that its patterns look at.

        Raises:
            QuerySyntaxError: malformed, or `using` was given and the text says itself which graphs it looks at.
            QueryRefused: it mentions SERVICE, or loads something.
            QueryError: it cannot be run, as when it drops a graph that is not there.
            QueryTimeout: it was stopped at its limit of time or memory.
            InvalidUpdate: ontology, vocabulary and claims would no longer be consistent.
            StoreInUse: another process was writing for too long.
            StoreMissing: there is no store.
        """
        request: dict[str, object] = {
            "action": "update",
            "base": base,
            "using": list(using),
            "using_named": list(using_named),
        }
        return await self._ask(request, [text.encode("utf-8", "surrogatepass")], timeout)

    async def put(self, graph: str | None, body: bytes, media_type: str, *, base: str) -> Written:
        """What came of having `body` in place of the named graph, or of the default graph for None.

        Raises:
            UnreadableGraph: the body is not what its media type says.
            QueryTimeout, InvalidUpdate, StoreInUse, StoreMissing: as for `update`.
        """
        request: dict[str, object] = {"action": "put", "graph": graph, "base": base, "media_types": [media_type]}
        return await self._ask(request, [body], None)

    async def post(self, graph: str | None, body: bytes, media_type: str, *, base: str) -> Written:
        """What came of adding `body` to the named graph, or to the default graph for None; raises as `put` does."""
        return await self.post_all(graph, [(body, media_type)], base=base)

    async def post_all(self, graph: str | None, parts: Sequence[tuple[bytes, str]], *, base: str) -> Written:
        """The same for several bodies with their media types, each with blank nodes of its own, all or none."""
        kinds = [kind for _, kind in parts]
        request: dict[str, object] = {"action": "post", "graph": graph, "base": base, "media_types": kinds}
        return await self._ask(request, [body for body, _ in parts], None)

    async def delete(self, graph: str | None) -> Written:
        """What came of removing the named graph, or all that is in the default graph for None.

        Raises:
            UnknownGraph: there is no such named graph.
            QueryTimeout, InvalidUpdate, StoreInUse, StoreMissing: as for `update`.
        """
        return await self._ask({"action": "delete", "graph": graph}, [], None)

    @property
    def pid(self) -> int | None:
        """The id of the process that writes; None before the first write and after one was killed."""
        return None if self._handover is None else self._handover.pid

    async def close(self) -> None:
        """End the process, after a write that is under way."""
        async with self._turn:
            self._end()

    async def __aenter__(self) -> "WriteService":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _ask(self, request: dict[str, object], bodies: Sequence[bytes], timeout: float | None) -> Written:
        if find_pointer(self._folder) is None:
            raise missing(self._folder)
        seconds = self._timeout if timeout is None else min(timeout, self._timeout)
        request |= {
            "folder": os.fspath(self._folder.absolute()),
            "sizes": [len(body) for body in bodies],
            "patience": min(PATIENCE, seconds / 2),
            "seconds": seconds + _GRACE,
        }
        size = sum(map(len, bodies))
        if self._waiting and self._waiting + size > MOST_WAITING:
            raise StoreInUse("too many writes are waiting for their turn; try again later")
        self._waiting += size
        writing = asyncio.ensure_future(self._take_turn(request, b"".join(bodies), seconds))
        writing.add_done_callback(lambda done: self._finished(done, size))
        return await asyncio.shield(writing)  # one who no longer waits does not end it: it is short, and others wait

    def _finished(self, writing: "asyncio.Future[Written]", size: int) -> None:
        self._waiting -= size
        if not writing.cancelled():
            writing.exception()  # it was told to the one who asked, or nobody asks any more

    async def _take_turn(self, request: dict[str, object], body: bytes, seconds: float) -> Written:
        async with self._turn:
            return await asyncio.to_thread(self._write, request, body, seconds)

    def _write(self, request: dict[str, object], body: bytes, seconds: float) -> Written:
        if self._handover is not None and not self._handover.alive:
            self._end()
        if self._handover is None:
            self._handover = Handover(self._memory)
        try:
            return self._handover.ask(request, body, time.monotonic() + seconds)
        except TimeoutError as error:
            self._end()
            raise QueryTimeout(f"the write was stopped after {seconds:g} s and changed nothing") from error
        except Ended as error:
            self._end()
            raise QueryTimeout("the write was stopped at its limit of memory and changed nothing") from error

    def _end(self) -> None:
        if self._handover is not None:
            self._handover.kill()
            self._handover = None
