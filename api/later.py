"""The resources that are loaded once the server answers, so that the first questions need not wait for them."""

import asyncio
import logging
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Final

from fastapi import FastAPI
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from api.settings import Settings

if TYPE_CHECKING:
    from types import ModuleType

    from starlette.datastructures import URLPath

_logger = logging.getLogger("etiograph")

AFTER: Final = 1.0
"""Seconds after the start when they are loaded, unless one of them is asked for before."""


class Later(BaseRoute):
    """The last route of an application, which all comes to that no other one answers.

    It loads `api.resources`, puts their routers in its own place and has the application look again.
    """

    def __init__(self, app: FastAPI, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._services: AsyncExitStack | None = None
        self._loading = asyncio.Lock()

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """That whatever is asked comes here."""
        return (Match.FULL if scope["type"] == "http" else Match.NONE), {}

    def url_path_for(self, name: str, /, **path_params: object) -> "URLPath":
        """Nothing.

        Raises:
            NoMatchFound: always: this is no address of its own.
        """
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what one of the resources answers."""
        await self.load()
        await self._app.router.app(scope, receive, send)

    async def load(self) -> None:
        """Have all resources answer, with their services; others are answered while they are loaded."""
        async with self._loading:
            if self._services is None:
                resources = await asyncio.to_thread(_resources)
                services = AsyncExitStack()
                await services.enter_async_context(resources.services(self._app, self._settings))
                self._services = services
                self.include()

    async def load_soon(self) -> None:
        """The same, after a while in which the first questions are answered; what fails is logged, and tried again."""
        await asyncio.sleep(AFTER)
        try:
            await self.load()
        except Exception:
            _logger.exception("not all resources can be loaded; the next request for one of them tries again")

    def include(self) -> None:
        """Put the routers in the place of this."""
        if self.included:
            return
        routers, routes = _resources().ROUTERS, self._app.router.routes
        routes.remove(self)
        for router in routers:
            routes += router.routes

    async def close(self) -> None:
        """End the services."""
        services, self._services = self._services, None
        if services is not None:
            await services.aclose()

    @property
    def included(self) -> bool:
        """Whether the routers are in the place of this."""
        return self not in self._app.router.routes


def _resources() -> "ModuleType":
    from api import resources

    return resources
