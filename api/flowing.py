"""Long answers that a thread writes while they are sent: no more of one is in memory than a few pieces.

Who asks for many of them at once, or does not read what he asked for, cannot hold the server up.
"""

import asyncio
import logging
import os
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import suppress
from threading import Thread
from typing import Final

from fastapi import Response
from fastapi.responses import StreamingResponse
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope, Send

from ontology.errors import Busy

MOST: Final = 4
"""Answers that a process writes at once."""

PATIENCE: Final = 60.0
"""Seconds in which a client must take a piece."""

_CHUNK: Final = 1 << 16

_logger = logging.getLogger("etiograph")


class Places:
    """How many answers are being written; more than `most` at once are refused."""

    def __init__(self, most: int = MOST) -> None:
        self._free = most

    def take(self) -> None:
        """Take a place.

        Raises:
            Busy: there is none.
        """
        if not self._free:
            raise Busy("too many exports are being written; ask again later", retry_after=10)
        self._free -= 1

    def give(self) -> None:
        """Give a place back."""
        self._free += 1


async def flow(
    work: Callable[[Callable[[bytes], object]], None], places: Places, media_type: str, headers: Mapping[str, str]
) -> Response:
    """The response whose content `work` hands to its argument, piece by piece; its first piece is there already.

    What `work` raises before that is raised here; later the response breaks off without its end. `work` runs in a
    thread of its own; what it is handed raises BrokenPipeError once nobody reads any more.

    Raises:
        Busy: too many are written at once.
    """
    places.take()
    parts = _parts(work, places)
    try:
        first = await anext(parts, b"")
    except BaseException:
        await parts.aclose()
        raise
    return _Flow(first, parts, media_type, headers)


class _Flow(StreamingResponse):
    def __init__(
        self, first: bytes, parts: AsyncGenerator[bytes, None], media_type: str, headers: Mapping[str, str]
    ) -> None:
        self._parts = parts
        super().__init__(_after(first, parts), media_type=media_type, headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send all parts; whatever happens, the thread that makes them ends."""

        async def patient(message: Message) -> None:
            async with asyncio.timeout(PATIENCE):
                await send(message)

        try:
            await super().__call__(scope, receive, patient)
        except (TimeoutError, ClientDisconnect):
            _logger.warning("an export broke off: its client has gone, or read nothing for %s s", PATIENCE)
        finally:
            await self._parts.aclose()


async def _after(first: bytes, parts: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    yield first
    async for part in parts:
        yield part


async def _parts(work: Callable[[Callable[[bytes], object]], None], places: Places) -> AsyncGenerator[bytes, None]:
    loop = asyncio.get_running_loop()
    reading, writing = os.pipe()
    reader = asyncio.StreamReader()
    ended: asyncio.Future[None] = loop.create_future()
    transport, _ = await loop.connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(reading, "rb", buffering=0)
    )

    def run() -> None:
        problem: Exception | None = None
        with os.fdopen(writing, "wb", buffering=0) as pipe:
            try:
                work(lambda some: _all(pipe.fileno(), some))
            except Exception as error:  # noqa: BLE001  # raised where the answer is read
                problem = error
        with suppress(RuntimeError):  # the server stops
            loop.call_soon_threadsafe(_end, ended, problem, places)

    Thread(target=run, daemon=True).start()
    try:
        while chunk := await reader.read(_CHUNK):
            yield chunk
        await ended
    finally:
        transport.close()


def _all(descriptor: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]


def _end(ended: asyncio.Future[None], problem: Exception | None, places: Places) -> None:
    places.give()
    if ended.cancelled():
        return
    if problem is None or isinstance(problem, BrokenPipeError):
        ended.set_result(None)
    else:
        ended.set_exception(problem)
        ended.exception()  # it was looked at, even where nobody waits any more
