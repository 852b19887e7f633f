"""`/sparql`: the SPARQL 1.1 protocol for queries, and a page for browsers.

What a request asks is read in `api.asked`; what a query may do, and how it is stopped, is the business of
`graph.querying.sparql`.
"""

from collections.abc import Callable, Container, Coroutine
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute

from api.accepting import MEDIA_TYPES, NAMES
from api.answering import respond, unless_gone
from api.asked import DIRECT, Asked, asked_in_body
from api.bodies import FORM
from api.current import CurrentGraph, check_unchanged
from api.description import describe_service
from api.problems import RESPONSES, Refused
from api.questioning import answer_page, prefers_page
from graph.querying.formats import FORMATS
from graph.querying.sparql import Posed, QueryService
from ontology.errors import InvalidArgument


class _Direct(APIRoute):
    """A route whose function takes the request as it is: FastAPI documents it and has nothing to read for it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        return self.endpoint


router = APIRouter(tags=["sparql"], route_class=_Direct)

_CONTENT: Final[dict[str, object]] = {known.media_type: {} for known in FORMATS}
_RESPONSES: Final[dict[int | str, dict[str, object]]] = {
    200: {
        "description": "Rows, a truth value, or triples. The header `Truncated` (`rows` or `bytes`) says that a limit "
        "cut the answer; `Server-Timing` what waiting and the engine took, in milliseconds.",
        "content": _CONTENT,
    },
    400: {**RESPONSES[422], "description": "The query is missing or malformed; `line` and `column` say where."},
    403: {**RESPONSES[422], "description": "An update, or SERVICE: this address does not do it."},
    406: {**RESPONSES[422], "description": f"None of the formats asked for. There are: {MEDIA_TYPES}."},
    429: {**RESPONSES[422], "description": "Too many queries wait; `Retry-After` says when to ask again."},
    503: {**RESPONSES[503], "description": "Stopped at its limit of time or memory, or nothing was ingested yet."},
}


_PARAMETERS: Final = [
    {"name": name, "in": "query", "required": False, "description": text, "schema": shape}
    for name, text, shape in (
        (
            "query",
            "A SPARQL 1.1 query. Without one: the description of the service, or for a browser a page.",
            {"type": "string"},
        ),
        ("format", f"Instead of an Accept header: {NAMES}, or a media type.", {"type": "string"}),
        ("timeout", "Seconds after which to stop; lowers the server's limit.", {"type": "number"}),
        ("rows", "Most rows or triples to answer; lowers the server's limit.", {"type": "integer", "minimum": 1}),
        ("default-graph-uri", "A graph of the default graph to ask.", {"type": "array", "items": {"type": "string"}}),
        ("named-graph-uri", "A named graph to ask.", {"type": "array", "items": {"type": "string"}}),
    )
]
"""Read by `api.asked`, since the protocol has its own rules for what is missing or given twice."""


@router.get(
    "/sparql", summary="Query", response_class=Response, responses=_RESPONSES, openapi_extra={"parameters": _PARAMETERS}
)
async def ask_by_get(request: Request) -> Response:
    """The answer to a query. The prefixes of `/v1/schema` need no declaration; all triples are in the default graph.

    Without a query it is the description of the service, in any format for triples; a browser gets a page.
    """
    asked = Asked.of(request.query_params.multi_items())
    if asked.find("query") is None and not (asked.format is None and prefers_page(request.headers.get("accept", ""))):
        return await describe_service(request, asked.format)
    return await _respond(request, asked)


@router.post(
    "/sparql",
    summary="Query in the body",
    response_class=Response,
    responses=_RESPONSES,
    openapi_extra={
        "parameters": _PARAMETERS[1:],
        "requestBody": {
            "required": True,
            "content": {
                DIRECT: {"schema": {"type": "string", "description": "The query itself."}},
                FORM: {
                    "schema": {
                        "type": "object",
                        "properties": {
                            "query": {"type": "string"},
                            "format": {"type": "string"},
                            "timeout": {"type": "number"},
                            "rows": {"type": "integer"},
                            "default-graph-uri": {"type": "array", "items": {"type": "string"}},
                            "named-graph-uri": {"type": "array", "items": {"type": "string"}},
                        },
                        "required": ["query"],
                    }
                },
            },
        },
    },
)
async def ask_by_post(request: Request) -> Response:
    """The answer to a query in the body, as it is or as a form."""
    return await _respond(request, await asked_in_body(request))


async def _respond(request: Request, asked: Asked) -> Response:
    accept = request.headers.get("accept") or "*/*"
    service: QueryService = request.app.state.sparql
    client = request.client.host if request.client else ""
    if asked.format is None and prefers_page(accept):
        page = answer_page(service, asked.find("query"), _concepts(request), client=client)
        return await unless_gone(request, page)
    posed = service.pose(asked.question(request))
    if posed.tag is not None:
        check_unchanged(request, posed.tag)
    kept = service.find_kept(posed)
    return respond(kept, posed.tag) if kept else await unless_gone(request, _answer(service, posed, client))


async def _answer(service: QueryService, posed: Posed, client: str) -> Response:
    try:
        return respond(await service.answer(posed, client=client), posed.tag)
    except InvalidArgument as error:
        raise Refused(406, str(error)) from error


def _concepts(request: Request) -> Container[str]:
    """Ids of the concepts that have a page, none before the graph was opened."""
    current: CurrentGraph = request.app.state.current
    return current.opened.concepts if current.opened else ()
