"""The HTTP service: `create_app` puts the addresses together; every module of one resource has its own router."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from api import (
    about,
    articles,
    assets,
    claims,
    common,
    concepts,
    conflicts,
    description,
    differential,
    docs,
    exports,
    graphstore,
    lookups,
    metrics,
    paths,
    problems,
    sparql,
    subgraph,
    update,
)
from api.current import CurrentGraph
from api.doors import Doors
from api.openapi import Described
from api.pages import views
from api.settings import NOTICE, Settings, load_settings
from api.tokens import Tokens
from api.version import VERSION
from graph.columnar.columnkeeping import ColumnKeeper
from graph.querying.sparql import QueryService
from graph.updating.writing import WriteService

_DESCRIPTION = f"""Health articles as a graph of claims; every answer shows the sentence it rests on. {NOTICE}

Wherever a concept is asked for, a CURIE (`etio:hemoptysis`, `HP:0002105`), a full IRI, the CURIE of a vocabulary
that maps it exactly, or a name in any case ("coughing up blood") is accepted; an ambiguous name is a 409 that lists
the candidates. Absent fields are left out, never null. Parameters that an address does not have are refused.
`ETag` is of the graph: send it back in `If-None-Match`. Errors are RFC 9457 `application/problem+json`.
"""


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


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; settings come from the environment where none are given. Nothing is opened before it starts."""
    chosen = settings or load_settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        current = CurrentGraph(chosen.data)
        app.state.current = current
        warming = asyncio.create_task(current.warm())  # SPARQL needs no network, so it need not wait for one
        app.state.tokens = Tokens(chosen.data)
        writing = WriteService(chosen.data, timeout=chosen.write_timeout, memory=chosen.write_memory)
        async with query_service(chosen) as service, ColumnKeeper(chosen.data), writing:
            app.state.sparql = service
            app.state.writing = writing
            measurements.watch(service)
            yield
            warming.cancel()

    app = Described(
        title="Etiograph",
        version=VERSION,
        description=_DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    measurements = metrics.Measurements()
    app.state.measurements = measurements
    problems.install(app)
    for module in (
        sparql,  # first, since it is asked most
        concepts,
        paths,
        subgraph,
        common,
        differential,
        conflicts,
        claims,
        articles,
        exports,
        about,
        metrics,
        description,
        update,
        graphstore,
        views,
        docs,
        assets,
    ):
        app.include_router(module.router)
    app.include_router(lookups.router())
    app.add_middleware(Doors, measurements=measurements)
    return app
