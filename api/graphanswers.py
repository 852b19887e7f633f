"""What `/store` answers to those who read: the triples of one graph, whole, as a stream in the format they accept."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import ExitStack, suppress
from typing import Final

from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from pyoxigraph import DefaultGraph, NamedNode

from api.accepting import get_graph_format
from api.current import CurrentGraph, check_unchanged, tag_of
from graph.dumping import dump_graph, get_graph
from graph.querying.formats import Format
from graph.snapshot import Snapshot

_CHUNK: Final = 1 << 16


async def answer_graph(request: Request, graph: str | None, format: str | None) -> Response:
    """All triples of the named graph, or of the default graph for None, in the first format that is accepted.

    Raises:
        Refused: 406, no format for triples is.
        UnknownGraph: no graph has this name.
        NotModified: the client has the answer already.
    """
    chosen = get_graph_format(request, format)
    current: CurrentGraph = request.app.state.current
    snapshot = await asyncio.to_thread(Snapshot.open, current.folder)
    with ExitStack() as unless_sent:
        unless_sent.enter_context(snapshot)
        name = get_graph(snapshot, graph)
        tag = tag_of(request, snapshot.hash)
        check_unchanged(request, tag)
        unless_sent.pop_all()
    return StreamingResponse(
        _nothing() if request.scope.get("headless") else _content(snapshot, name, chosen),
        media_type=chosen.media_type,
        headers={"ETag": tag, "Cache-Control": "no-cache"},
    )


async def _content(snapshot: Snapshot, graph: NamedNode | DefaultGraph, format: Format) -> AsyncIterator[bytes]:
    """The dump, as a thread writes it into a pipe; it ends when nobody reads any more."""
    reading, writing = os.pipe()
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    transport, _ = await loop.connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(reading, "rb", buffering=0)
    )
    writer = loop.run_in_executor(None, _dump, snapshot, graph, format, writing)
    try:
        while chunk := await reader.read(_CHUNK):
            yield chunk
    finally:
        transport.close()
        await asyncio.wait({writer})
    await writer


def _dump(snapshot: Snapshot, graph: NamedNode | DefaultGraph, format: Format, descriptor: int) -> None:
    gone = suppress(BrokenPipeError)
    with gone, snapshot, os.fdopen(descriptor, "wb", buffering=_CHUNK) as output:
        dump_graph(snapshot, graph, format, output)


async def _nothing() -> AsyncIterator[bytes]:
    return
    yield b""
