"""The HTTP service: `create_app` puts the addresses together; every module of one resource has its own router.

What a graph is asked first, concepts and paths, is there at once; `api.later` adds the other resources.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from api import about, concepts, paths, problems
from api.current import CurrentGraph
from api.doors import Doors
from api.later import Later
from api.measurements import Measurements
from api.openapi import Described
from api.settings import NOTICE, Settings, load_settings
from api.tokens import Tokens
from api.version import VERSION

_DESCRIPTION = f"""Health articles as a graph of claims; every answer shows the sentence it rests on. {NOTICE}

Wherever a concept is asked for, a CURIE (`etio:hemoptysis`, `HP:0002105`), a full IRI, the CURIE of a vocabulary
that maps it exactly, or a name in any case ("coughing up blood") is accepted; an ambiguous name is a 409 that lists
the candidates. Absent fields are left out, never null. Parameters that an address does not have are refused.
`ETag` is of the graph: send it back in `If-None-Match`. Errors are RFC 9457 `application/problem+json`.
"""


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; settings come from the environment where none are given. Nothing is opened before it starts."""
    chosen = settings or load_settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        current = CurrentGraph(chosen.data)
        app.state.current = current
        app.state.tokens = Tokens(chosen.data)
        if later.included:
            await later.load()
        warming = [asyncio.create_task(work) for work in (current.warm(), current.tend(), later.load_soon())]
        yield
        for task in warming:
            task.cancel()
        await asyncio.wait(warming)
        await later.close()

    app = Described(
        title="Etiograph",
        version=VERSION,
        description=_DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        lifespan=lifespan,
        openapi_url=None,  # `api.docs` has it, when all there is to describe is there
        docs_url=None,
        redoc_url=None,
    )
    measurements = Measurements()
    app.state.measurements = measurements
    problems.install(app)
    for module in (concepts, paths, about):
        app.router.routes += module.router.routes  # as they are: to include a router makes all of it a second time
    later = Later(app, chosen)
    app.router.routes.append(later)
    app.complete = later.include
    app.add_middleware(Doors, measurements=measurements)
    return app
