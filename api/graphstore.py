"""`/store`: the SPARQL 1.1 Graph Store HTTP Protocol. Reading is open to all, writing needs a token.

A graph is named by `?graph=IRI` or `?default`, or is the one whose IRI is the address itself, below `/store/`.
"""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request, Response

from api.accepting import GRAPH_NAMES, GRAPHS
from api.bodies import media_type, parts, read_body
from api.current import CurrentGraph
from api.graphanswers import answer_graph
from api.graphnames import STORE, find_target, get_target, new_target
from api.problems import PROBLEM_RESPONSE, Refused
from api.scopes import Scope
from api.security import DESCRIBED, token_with
from api.settings import LARGEST_GRAPH
from api.update import REFUSALS
from graph.updating.writing import WriteService, Written

router = APIRouter(tags=["writing"])

TYPES: Final = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
"""Media types of bodies: the formats of one graph."""

_ALIASES: Final = {"application/x-turtle": "text/turtle"}
_MULTIPART: Final = "multipart/form-data"
_WRITES: Final = [Depends(DESCRIBED), Depends(token_with(Scope.UPDATE))]
_BODY: Final[dict[str, Any]] = {"schema": {"type": "string"}}
_BODIES: Final[dict[str, Any]] = {"requestBody": {"required": True, "content": dict.fromkeys(TYPES, _BODY)}}
_BODIES_OR_FILES: Final[dict[str, Any]] = {
    "requestBody": {"required": True, "content": dict.fromkeys((*TYPES, _MULTIPART), _BODY)}
}
_NOT_ONE: Final = {**PROBLEM_RESPONSE, "description": "Not one graph was named, or the body is malformed."}
_MISSING: Final = {**PROBLEM_RESPONSE, "description": "There is no such named graph."}

Graph = Annotated[
    str | None, Query(max_length=4000, description="The absolute IRI of a named graph; this or `default`.")
]
Default = Annotated[str | None, Query(max_length=10, description="Without a value: the default graph.")]


@router.get(f"{STORE}/{{path:path}}", include_in_schema=False)
@router.get(
    STORE,
    summary="Read a graph",
    response_class=Response,
    responses={
        200: {"description": "Its triples.", "content": {known.media_type: {} for known in GRAPHS}},
        400: _NOT_ONE,
        404: _MISSING,
        406: {**PROBLEM_RESPONSE, "description": "None of the formats asked for."},
    },
)
async def read_graph(
    request: Request,
    graph: Graph = None,  # noqa: ARG001
    default: Default = None,  # noqa: ARG001
    format: Annotated[
        str | None,
        Query(max_length=100, description=f"Instead of Accept: {GRAPH_NAMES}."),
    ] = None,
) -> Response:
    """All triples of one graph. All that articles say is in the default graph; named graphs are users' own."""
    return await answer_graph(request, get_target(request).graph, format)


@router.put(f"{STORE}/{{path:path}}", include_in_schema=False, dependencies=_WRITES)
@router.put(
    STORE,
    summary="Replace a graph",
    status_code=204,
    response_class=Response,
    responses={
        201: {"description": "There was no such graph; there is now."},
        204: {"description": "It was replaced."},
        400: _NOT_ONE,
        **REFUSALS,
    },
    dependencies=_WRITES,
    openapi_extra=_BODIES,
)
async def replace_graph(
    request: Request,
    graph: Graph = None,  # noqa: ARG001
    default: Default = None,  # noqa: ARG001
) -> Response:
    """Have the triples of the body in place of a graph, as a whole or not at all.

    Relative IRIs are relative to the IRI of the graph. Readers see the change at once.
    """
    target = get_target(request)
    kind = _get_type(request.headers.get("content-type", ""))
    body = await read_body(request, largest=LARGEST_GRAPH)
    return _done(request, await _writing(request).put(target.graph, body, kind, base=target.base))


@router.post(f"{STORE}/{{path:path}}", include_in_schema=False, dependencies=_WRITES)
@router.post(
    STORE,
    summary="Add to a graph",
    status_code=204,
    response_class=Response,
    responses={
        201: {"description": "The graph is new; `Location` is its IRI where none was named."},
        204: {"description": "It was added."},
        400: _NOT_ONE,
        **REFUSALS,
    },
    dependencies=_WRITES,
    openapi_extra=_BODIES_OR_FILES,
)
async def add_to_graph(
    request: Request,
    graph: Graph = None,  # noqa: ARG001
    default: Default = None,  # noqa: ARG001
) -> Response:
    """Add the triples of the body, or of the files of a form, to a graph, as a whole or not at all.

    Where no graph is named a new one is made; its IRI, which is also its address, is in `Location`.
    """
    target = find_target(request)
    location = None
    if target is None:
        target = new_target(request)
        location = target.graph
    header = request.headers.get("content-type", "")
    if media_type(header) == _MULTIPART:
        files = await parts(request, largest=LARGEST_GRAPH)
        bodies = [(file.body, _get_type(file.media_type)) for file in files]
    else:
        kind = _get_type(header)
        bodies = [(await read_body(request, largest=LARGEST_GRAPH), kind)]
    return _done(request, await _writing(request).post_all(target.graph, bodies, base=target.base), location=location)


@router.delete(f"{STORE}/{{path:path}}", include_in_schema=False, dependencies=_WRITES)
@router.delete(
    STORE,
    summary="Delete a graph",
    status_code=204,
    response_class=Response,
    responses={204: {"description": "It is gone."}, 400: _NOT_ONE, 404: _MISSING, **REFUSALS},
    dependencies=_WRITES,
)
async def delete_graph(
    request: Request,
    graph: Graph = None,  # noqa: ARG001
    default: Default = None,  # noqa: ARG001
) -> Response:
    """Delete a named graph, or all triples of the default graph."""
    return _done(request, await _writing(request).delete(get_target(request).graph))


def _writing(request: Request) -> WriteService:
    service: WriteService = request.app.state.writing
    return service


def _done(request: Request, written: Written, *, location: str | None = None) -> Response:
    current: CurrentGraph = request.app.state.current
    current.look_again()
    headers = {} if location is None else {"Location": location}
    return Response(status_code=201 if written.created else 204, headers=headers)


def _get_type(header: str) -> str:
    kind = media_type(header)
    kind = _ALIASES.get(kind, kind)
    if kind not in TYPES:
        raise Refused(415, f"a body of type {kind or 'unknown'!r}; send one of {', '.join(TYPES)}")
    return kind
