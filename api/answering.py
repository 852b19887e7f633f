"""Answers of the query service as HTTP responses, and the end of a query for which nobody waits any more."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final, TypeVar

from fastapi import Request, Response
from starlette.types import Receive, Scope, Send

from api.problems import ClientGone
from graph.querying.answer import Answer, Streaming
from ontology.errors import QueryTimeout

Result = TypeVar("Result")

_SHORT: Final = 0.02
"""Seconds."""

_WATCHING: Final = "etiograph.watching"

_logger = logging.getLogger("etiograph")


async def unless_gone(request: Request, work: Awaitable[Result]) -> Result:
    """What the work gives; it is cancelled as soon as the client closes the connection.

    The body of the request must have been read.

    Raises:
        ClientGone: it did.
    """
    loop = asyncio.get_running_loop()
    asking, has_gone = asyncio.current_task(), False

    def leave(_: asyncio.Task[None]) -> None:
        nonlocal has_gone
        has_gone = True
        assert asking is not None  # noqa: S101  # this is a coroutine
        asking.cancel()

    def watch() -> None:
        _watching(request.scope, request.receive).add_done_callback(leave)

    timer = loop.call_later(_SHORT, watch)  # most need no watching, which has its price
    try:
        return await work
    except asyncio.CancelledError:
        if has_gone and asking is not None and asking.uncancel() == 0:
            raise ClientGone from None
        raise
    finally:
        timer.cancel()
        watching = request.scope.get(_WATCHING)
        if watching is not None:
            watching.remove_done_callback(leave)


def respond(answer: Answer | Streaming, tag: str | None) -> Response:
    """The response that sends the answer; `tag` is its entity tag."""
    headers = {"Cache-Control": "no-cache", "Server-Timing": _timing(answer)}
    if tag is not None:
        headers["ETag"] = tag
    if answer.truncated is not None:
        headers["Truncated"] = answer.truncated
    if isinstance(answer, Answer):
        return Response(answer.body, media_type=answer.media_type, headers=headers)
    return _Flow(answer, headers)


class _Flow(Response):
    """A response that sends parts as they come and ends the query when the client goes."""

    def __init__(self, answer: Streaming, headers: dict[str, str]) -> None:
        self.media_type = answer.media_type
        self.status_code = 200
        self.background = None
        self._answer = answer
        if answer.length is not None:
            headers["Content-Length"] = str(answer.length)
        self.init_headers(headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the head and all parts; a query that breaks off leaves the response without its end."""
        watching = _watching(scope, receive)
        sending = asyncio.ensure_future(self._send(send, headless=scope["method"] == "HEAD"))
        try:
            await asyncio.wait({sending, watching}, return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        finally:
            for task in (watching, sending):
                task.cancel()
            await asyncio.wait({watching, sending})

    async def _send(self, send: Send, *, headless: bool) -> None:
        try:
            async with asyncio.timeout_at(self._answer.deadline), self._answer as parts:
                await self._parts(parts, send, headless=headless)
        except (TimeoutError, QueryTimeout):
            # The head has gone out and nothing can be said any more: without its end the client knows.
            _logger.warning("an answer broke off: its query, or the client that read it, took too long")

    async def _parts(self, parts: AsyncIterator[bytes], send: Send, *, headless: bool) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        if not headless:
            async for part in parts:
                await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def _watching(scope: Scope, receive: Receive) -> asyncio.Task[None]:
    """The one task of a request that ends when its client goes.

    It is kept from the question to the end of the answer: once a `receive` that had not got the request yet was
    cancelled, granian says that the client has gone.
    """
    task: asyncio.Task[None] | None = scope.get(_WATCHING)
    if task is None:
        task = scope[_WATCHING] = asyncio.ensure_future(_gone(receive))
    return task


async def _gone(receive: Callable[[], Awaitable[object]]) -> None:
    while True:
        message = await receive()
        if isinstance(message, dict) and message["type"] == "http.disconnect":
            return


def _timing(answer: Answer | Streaming) -> str:
    if answer.engine is None:
        return 'cache;desc="hit"'
    return f"queue;dur={answer.queue:.2f}, engine;dur={answer.engine:.2f}"
