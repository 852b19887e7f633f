"""All that the server has beside what it answers first, and the services that this rests on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from fastapi import APIRouter, FastAPI

from api import (
    articles,
    assets,
    claims,
    common,
    conflicts,
    description,
    differential,
    docs,
    exports,
    graphstore,
    lookups,
    metrics,
    sparql,
    subgraph,
    update,
)
from api.pages import views
from api.settings import Settings
from graph.columnar.columnkeeping import ColumnKeeper
from graph.querying.sparql import QueryService
from graph.updating.writing import WriteService

_MODULES: Final = (
    subgraph,
    common,
    differential,
    conflicts,
    claims,
    articles,
    exports,
    metrics,
    description,
    update,
    graphstore,
    views,
    docs,
    assets,
)

ROUTERS: Final[tuple[APIRouter, ...]] = (sparql.router, *(module.router for module in _MODULES), lookups.router())
"""Their routers, that of what is asked most first."""


@asynccontextmanager
async def services(app: FastAPI, settings: Settings) -> AsyncIterator[None]:
    """The services, as the state of the application has them within."""
    writing = WriteService(settings.data, timeout=settings.write_timeout, memory=settings.write_memory)
    async with query_service(settings) as service, ColumnKeeper(settings.data), writing:
        app.state.sparql = service
        app.state.writing = writing
        yield


def query_service(settings: Settings) -> QueryService:
    """The service that answers SPARQL queries, with the limits that are set."""
    return QueryService(
        settings.data,
        timeout=settings.query_timeout,
        memory=settings.query_memory,
        rows=settings.query_rows or None,
        workers=settings.query_workers or None,
        cache=settings.query_cache,
    )
