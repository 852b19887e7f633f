"""Addresses that ask the graph as it is now: an answer that was given before is sent before more is read."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from api.current import find_kept


class KeptRoute(APIRoute):
    """A route whose answers may be kept (`api.current.Reading.send`).

    Only what was asked rightly is kept, so who asks the same again need not be checked again.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request."""
        answer = super().get_route_handler()

        async def handle(request: Request) -> Response:
            kept = await find_kept(request)
            return await answer(request) if kept is None else kept

        return handle
