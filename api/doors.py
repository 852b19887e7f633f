"""What every request and answer passes: HEAD, cross-origin reads, limits and protective headers. Plain ASGI."""

import time
from http import HTTPStatus
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.measurements import Measurements
from api.problems import plain
from api.settings import LARGEST_BODY, LARGEST_GRAPH, LARGEST_UPDATE

READS: Final = "GET, HEAD, OPTIONS"
EXPOSED: Final = "ETag, Content-Disposition, Link, Location, Retry-After, Server-Timing, Truncated"
"""What scripts of other origins may read of an answer, beside what they always may."""

LONGEST_ADDRESS: Final = 16_000
"""Longest address with its query, in bytes."""


class Doors:
    """Wraps an app.

    Answers OPTIONS, answers HEAD as GET without the body, opens reads to every origin (to ask by POST at `/sparql`
    is a read), refuses oversized addresses and bodies, keeps browsers from guessing types, and says in `Server-Timing`
    how many milliseconds passed until the answer began, which it also counts.
    """

    def __init__(self, app: ASGIApp, measurements: Measurements) -> None:
        self._app = app
        self._measurements = measurements

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        methods, largest = _allowed(scope["path"])
        headless = scope["method"] == "HEAD"

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if message["status"] == HTTPStatus.METHOD_NOT_ALLOWED:
                    headers["Allow"] = methods
                headers["Access-Control-Allow-Origin"] = "*"
                headers["Access-Control-Expose-Headers"] = EXPOSED
                seconds = time.perf_counter() - began
                self._measurements.count(scope["method"], _pattern(scope), message["status"], seconds)
                total = f"total;dur={seconds * 1000:.2f}"
                stated = headers.get("Server-Timing")
                headers["Server-Timing"] = f"{stated}, {total}" if stated else total
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                headers.add_vary_header("Accept")
            elif headless:
                message = {**message, "body": b""}
            await send(message)

        if scope["method"] == "OPTIONS":
            await _answer(guarded, 204, b"", {"Access-Control-Allow-Methods": methods, "Allow": methods})
            return
        refused = _too_large(scope, largest)
        if refused is not None:
            status, detail = refused
            found = plain(status, detail)
            await _answer(guarded, status, found.encode(), {"Content-Type": "application/problem+json"})
            return
        await self._app({**scope, "method": "GET", "headless": True} if headless else scope, receive, guarded)


def _pattern(scope: Scope) -> str:
    """The pattern of the address that answers; the same for all that nothing is served at."""
    return getattr(scope.get("route"), "path", "other")


def _allowed(path: str) -> tuple[str, int]:
    """The methods that an address has, and the bytes of the largest body."""
    if path == "/sparql":
        return f"{READS}, POST", LARGEST_BODY
    if path == "/v1/export":
        return f"{READS}, POST", LARGEST_BODY
    if path == "/v1/differential":
        return "POST, OPTIONS", LARGEST_BODY
    if path == "/update":
        return "POST, OPTIONS", LARGEST_UPDATE
    if path == "/store" or path.startswith("/store/"):
        return f"{READS}, PUT, POST, DELETE", LARGEST_GRAPH
    return READS, LARGEST_BODY


def _too_large(scope: Scope, largest: int) -> tuple[int, str] | None:
    if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
        return 414, f"the address is longer than {LONGEST_ADDRESS:,} bytes; send a long query by POST"
    length = dict(scope["headers"]).get(b"content-length", b"0")
    if not length.isdigit():
        return 400, "Content-Length is no number"
    if int(length) > largest:
        return 413, f"the body is longer than {largest:,} bytes"
    return None


async def _answer(send: Send, status: int, body: bytes, headers: dict[str, str]) -> None:
    fields = {"Access-Control-Allow-Headers": "*, Authorization", "Access-Control-Max-Age": "86400", **headers}
    if status != 204:
        fields["Content-Length"] = str(len(body))
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(name.lower().encode(), value.encode()) for name, value in fields.items()],
        }
    )
    await send({"type": "http.response.body", "body": body})
