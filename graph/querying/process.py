"""One worker process (`graph.querying.worker`) and the pipe to it, for one event loop."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from graph.querying.sharing import Shared
from graph.querying.worker import BROKEN, FRAME

_BUFFER: Final = 1 << 20
_PIPE: Final = 1 << 20
"""Bytes that the system holds between the processes, where it can be told: fewer changes from one to the other."""

_ENVIRONMENT: Final = {"OPENBLAS_NUM_THREADS": "1"}
"""A worker computes on one processor; threads would only take room of what it may use."""

_PROC: Final = Path("/proc")

Head: TypeAlias = Mapping[str, object]


class Ended(Exception):
    """The process ended before it had answered."""


class Process:
    """A worker; it inherits no open file but its pipes and the memory it shares.

    No signal from the terminal reaches it.
    `used` are the seconds of a processor that it had used when it last answered, as it says itself.
    """

    def __init__(self) -> None:
        self._shared = Shared.make()
        shared = () if self._shared is None else (self._shared.descriptor,)
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-P", "-m", "graph.querying.worker", *map(str, shared)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=shared,
            bufsize=0,
            pipesize=_PIPE,
            env=os.environ | _ENVIRONMENT,
        )
        self.used = 0.0
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._transport: asyncio.ReadTransport | None = None

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def resident(self) -> int:
        """Bytes of memory that it holds now; 0 where the system does not say."""
        try:
            return int((_PROC / str(self.pid) / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, IndexError):
            return 0

    @property
    def seconds(self) -> float | None:
        """Seconds of processors that it has used; None where the system does not say."""
        try:
            fields = (_PROC / str(self.pid) / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def ask(self, request: Mapping[str, object]) -> Head:
        """The head of its answer; unless that has an error, `body` or `parts` is to be read to its end before the next.

        Raises:
            Ended: the process did.
        """
        reader, writer = await self._pipes()
        try:
            writer.write(json.dumps(request).encode() + b"\n")
            line = await reader.readuntil(b"\n")
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise Ended from error
        head: Head = json.loads(line)
        used = head.get("used")
        if isinstance(used, float):
            self.used = used
        return head

    async def body(self, length: int, *, shared: bool) -> bytes:
        """The whole body, whose head says how long it is and whether it stands in shared memory.

        Raises:
            Ended: the process ended before the last byte.
        """
        if shared and self._shared is not None:
            return self._shared.take(length)
        reader, _ = await self._pipes()
        try:
            return await reader.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise Ended from error

    async def parts(self, length: int | None) -> AsyncIterator[bytes]:
        """The parts of the body, of `length` bytes in all; None where its head does not say.

        Raises:
            Ended: the process ended, or could not go on, before the last.
        """
        reader, _ = await self._pipes()
        try:
            if length is None:
                async for frame in _frames(reader):
                    yield frame
                return
            while length:
                part = await reader.read(min(length, _BUFFER))
                if not part:
                    raise Ended
                length -= len(part)
                yield part
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise Ended from error

    def suspend(self) -> None:
        """Let it take no step until it is resumed."""
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        self._process.send_signal(signal.SIGCONT)

    def step_back(self) -> None:
        """Give every other process the processor first, for good."""
        try:
            os.setpriority(os.PRIO_PROCESS, self.pid, 19)
        except ProcessLookupError:
            return

    def kill(self) -> None:
        """End it at once; harmless when it has ended."""
        self._process.kill()
        self._process.wait()
        if self._shared is not None:
            self._shared.close()
            self._shared = None
        if self._writer is not None and not self._writer.transport.is_closing():
            self._writer.transport.abort()
        if self._transport is not None and not self._transport.is_closing():
            self._transport.close()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    async def _pipes(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._reader is None or self._writer is None:
            loop = asyncio.get_running_loop()
            self._reader = asyncio.StreamReader(limit=_BUFFER)
            protocol = asyncio.StreamReaderProtocol(self._reader)
            self._transport, _ = await loop.connect_read_pipe(lambda: protocol, self._process.stdout)
            transport, flow = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, self._process.stdin)
            self._writer = asyncio.StreamWriter(transport, flow, None, loop)
        return self._reader, self._writer


async def _frames(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while True:
        (length,) = FRAME.unpack(await reader.readexactly(FRAME.size))
        if length == BROKEN:
            raise Ended
        if not length:
            return
        yield await reader.readexactly(length)
