"""Worker processes in two lanes, so that long queries never keep short ones waiting.

A query begins in the fast lane, which has a place a processor. One that has used `TRIAL` of a processor, or is there
for `LONGEST_TRIAL`, moves to the slow lane, which has more places, and gives its place to the next; while the slow lane
is full it is suspended. Queries of the slow lane give every other process the processor first once others wait, or
there are more of them than processors, and so does any that outlives `PATIENCE`. For one event loop.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from graph.querying.process import Ended, Process
from graph.querying.turns import Turns
from ontology.errors import Busy

TRIAL: Final = 0.2
LONGEST_TRIAL: Final = 0.6
PATIENCE: Final = 2.0
"""All in seconds."""

_AGAIN: Final = 0.02
_WAITING: Final = 256
_SHORT: Final = 0.05
"""Seconds: a query that took no longer cannot have swollen its process much."""

_MOST_RESIDENT: Final = 512 << 20
"""Bytes that a process may hold and stay: one that a query has swollen is replaced."""


class Lanes:
    """The processes, started when they are needed; `fast` of them are kept for the next queries.

    `opening` makes the request by which a new process opens the snapshot before it is asked anything; None for none.
    """

    def __init__(self, *, fast: int, slow: int, opening: Callable[[], Mapping[str, object] | None]) -> None:
        self.fast = Turns(fast, longest=_WAITING)
        self.slow = Turns(slow, longest=slow)
        self.kept = fast
        self._opening = opening
        self._idle: list[Process] = []
        self._warming: dict[Process, asyncio.Task[None]] = {}
        self._leases: set[Lease] = set()
        self._closed = False

    async def lease(self, client: str) -> "Lease":
        """A process for one query of the client's, once it is its turn.

        Raises:
            Busy: too many wait already.
        """
        await self.fast.take(client)
        try:
            process = await self._process()
        except BaseException:
            self.fast.give_back()
            raise
        lease = Lease(self, process, client)
        self._leases.add(lease)
        return lease

    def refill(self) -> None:
        """Start as many processes as are missing, and let them open the snapshot."""
        while not self._closed and len(self._idle) + self.fast.taken < self.kept:
            process = Process()
            self._idle.append(process)
            opening = self._opening()
            if opening is not None:
                self._warming[process] = asyncio.ensure_future(self._warm(process, opening))

    def close(self) -> None:
        """End all processes."""
        self._closed = True
        for task in self._warming.values():
            task.cancel()
        for lease in tuple(self._leases):
            lease.release(keep=False)
        while self._idle:
            self._idle.pop().kill()

    def put_back(self, lease: "Lease", process: Process, *, keep: bool) -> None:
        """Take a process back from the lease that had it; `keep` it if it is as good as new."""
        self._leases.discard(lease)
        if keep and not self._closed and len(self._idle) < self.kept:
            self._idle.append(process)
        else:
            process.kill()
            self.refill()

    def step_back(self) -> None:
        """Let every query of the slow lane give others the processor first."""
        for lease in self._leases:
            if lease.is_slow:
                lease.step_back()

    async def _process(self) -> Process:
        while self._idle:
            process = self._idle.pop()
            warming = self._warming.pop(process, None)
            if warming is not None:
                await _ready(process, warming)
            if process.alive:
                return process
            process.kill()
        process = Process()
        opening = self._opening()
        if opening is not None:
            await _ready(process, self._warm(process, opening))  # what that takes is not the query's
        return process

    async def _warm(self, process: Process, opening: Mapping[str, object]) -> None:
        try:
            await process.ask(opening)  # the answer has no body
        except Ended:
            return  # whoever takes it finds it ended, and starts another


async def _ready(process: Process, warming: Awaitable[None]) -> None:
    try:
        await warming
    except BaseException:
        process.kill()  # nobody else knows of it any more
        raise


class Lease:
    """One process for one query, in the lane where the query is now; `release` must follow."""

    def __init__(self, lanes: Lanes, process: Process, client: str) -> None:
        loop = asyncio.get_running_loop()
        self.process = process
        self.refused: Busy | None = None
        self._lanes = lanes
        self._client = client
        self._lane: Turns | None = lanes.fast
        self._moving: asyncio.Task[None] | None = None
        self._stepped_back = False
        self._used = process.used
        self._began = loop.time()
        self._released = False
        self._trial = loop.call_later(TRIAL, self._outlived, loop.time() + LONGEST_TRIAL)
        self._patience = loop.call_later(PATIENCE, self.step_back)

    def release(self, *, keep: bool) -> None:
        """Give place and process back; a process that may still be busy is not to be kept. Twice does no harm."""
        if self._released:
            return
        self._released = True
        self._trial.cancel()
        self._patience.cancel()
        if self._moving is not None:
            self._moving.cancel()
        lane, self._lane = self._lane, None
        swollen = asyncio.get_running_loop().time() - self._began > _SHORT and self.process.resident > _MOST_RESIDENT
        self._lanes.put_back(self, self.process, keep=keep and not swollen and not self._stepped_back)
        if lane is not None:
            lane.give_back()

    def _outlived(self, latest: float) -> None:
        loop = asyncio.get_running_loop()
        seconds = self.process.seconds
        left = 0.0 if seconds is None else TRIAL - (seconds - self._used)
        if left > 0 and loop.time() < latest:  # others had the processor
            self._trial = loop.call_later(max(left, _AGAIN), self._outlived, latest)
            return
        if self._lanes.slow.take_free():
            self._lane = self._lanes.slow
            if self._lanes.fast.waiting or self._lanes.slow.taken > self._lanes.kept:
                self._lanes.step_back()
        else:
            self.process.suspend()
            self._lane = None
            self._moving = asyncio.ensure_future(self._wait_for_slow())
        self._lanes.fast.give_back()
        self._lanes.refill()

    async def _wait_for_slow(self) -> None:
        try:
            await self._lanes.slow.take(self._client)
        except Busy as busy:
            self.refused = busy
            self.process.kill()  # who reads its answer finds that it ended
            return
        self._lane = self._lanes.slow
        self.process.resume()

    @property
    def is_slow(self) -> bool:
        """Whether it is in the slow lane."""
        return self._lane is self._lanes.slow

    def step_back(self) -> None:
        """Give every other process the processor first, for good; such a process is not kept."""
        self._stepped_back = True
        self.process.step_back()
