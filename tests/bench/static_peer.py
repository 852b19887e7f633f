"""A server that sends `?bytes=N` bytes: `static_peer.py PORT`. What is left of an answer when nothing is computed."""

import sys
from collections.abc import Awaitable, Callable
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

BODIES: dict[int, bytes] = {}


async def app(scope: dict[str, Any], _receive: object, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
    """Answer with so many bytes."""
    size = int(scope["query_string"].partition(b"bytes=")[2].split(b"&")[0] or b"1")
    body = BODIES.setdefault(size, b"x" * size)
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(size).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def main() -> None:
    """Serve until ended."""
    server = Granian(
        "static_peer:app",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.ASGINL,
        websockets=False,
        log_level=LogLevels.warning,
    )
    server.serve()


if __name__ == "__main__":
    main()
