"""`/sparql`: the SPARQL 1.1 protocol for queries, and a page with a form for browsers.

What a query may do, and how it is stopped, is the business of `graph.sparql`.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Annotated, Final
from urllib.parse import parse_qsl

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.current import CurrentGraph
from api.problems import RESPONSES, Refused
from api.questioning import answer_page, prefers_page
from api.settings import LARGEST_BODY
from graph.sparql import FORMATS, Answer, Format, QueryService, acceptable
from ontology.errors import InvalidArgument, QueryRefused, StoreError

router = APIRouter(tags=["sparql"])

_FORM: Final = "application/x-www-form-urlencoded"
_DIRECT: Final = "application/sparql-query"
_KNOWN: Final = ("query", "format")
_NAMES: Final = ", ".join(known.name for known in FORMATS)
_MEDIA_TYPES: Final = ", ".join(known.media_type for known in FORMATS)
_CONTENT: Final[dict[str, object]] = {known.media_type: {} for known in FORMATS}
_RESPONSES: Final[dict[int | str, dict[str, object]]] = {
    200: {"description": "Rows, a truth value, or triples.", "content": _CONTENT},
    400: {**RESPONSES[422], "description": "The query is missing or malformed; `line` and `column` say where."},
    403: {**RESPONSES[422], "description": "An update, or SERVICE: this address does not do it."},
    406: {**RESPONSES[422], "description": f"None of the formats asked for. There are: {_MEDIA_TYPES}."},
    503: {**RESPONSES[503], "description": "Stopped at its limit of time or memory, or nothing was ingested yet."},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks: the query, if any, and the name of a format, if any."""

    query: str | None
    format: str | None


@router.get("/sparql", summary="Query", response_class=Response, responses=_RESPONSES)
async def ask_by_get(
    request: Request,
    query: Annotated[str | None, Query(description="A SPARQL 1.1 query. Without one, a browser gets a form.")] = None,
    format: Annotated[str | None, Query(description=f"Instead of an Accept header: {_NAMES}, or a media type.")] = None,
) -> Response:
    """The answer to a query. The prefixes of `/v1/schema` need no declaration; all triples are in the default graph."""
    given = _given(request.query_params.multi_items())
    return await _respond(request, Asked(given.get("query", query), given.get("format", format)))


@router.post(
    "/sparql",
    summary="Query in the body",
    response_class=Response,
    responses=_RESPONSES,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                _DIRECT: {"schema": {"type": "string", "description": "The query itself."}},
                _FORM: {
                    "schema": {
                        "type": "object",
                        "properties": {"query": {"type": "string"}, "format": {"type": "string"}},
                        "required": ["query"],
                    }
                },
            },
        }
    },
)
async def ask_by_post(
    request: Request,
    format: Annotated[str | None, Query(description=f"Instead of an Accept header: {_NAMES}, or a media type.")] = None,
) -> Response:
    """The answer to a query in the body, as it is or as a form."""
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    body = await _body(request)
    given = _given(request.query_params.multi_items())
    match header.get_content_type() if header["content-type"] else "":
        case "application/sparql-query":
            if "query" in given:
                raise Refused(400, "a query in the body and another in the address; send one")
            return await _respond(request, Asked(body, given.get("format", format)))
        case "application/x-www-form-urlencoded":
            stated = _given([*request.query_params.multi_items(), *parse_qsl(body, keep_blank_values=True)])
            return await _respond(request, Asked(stated.get("query"), stated.get("format")))
        case "application/sparql-update":
            raise QueryRefused("this address answers queries and takes no update")
        case other:
            raise Refused(415, f"a body of type {other or 'unknown'}; send {_DIRECT} or {_FORM}")


async def _respond(request: Request, asked: Asked) -> Response:
    accept = request.headers.get("accept") or "*/*"
    service: QueryService = request.app.state.sparql
    if asked.format is None and prefers_page(accept):
        return await answer_page(service, asked.query, await _concepts(request))
    if not (asked.query or "").strip():
        raise Refused(400, "parameter 'query' is missing")
    answer = await run_in_threadpool(ask, service, asked.query or "", asked.format or accept)
    return Response(answer.body, media_type=_with_charset(answer.media_type), headers={"Cache-Control": "no-cache"})


async def _concepts(request: Request) -> Container[str]:
    """Ids of the concepts that have a page, none before the first article."""
    current: CurrentGraph = request.app.state.current
    try:
        return (await current.network()).concepts
    except StoreError:
        return ()


def ask(service: QueryService, query: str, accept: str) -> Answer:
    """The answer in the best format that `accept` admits, the name of one or an Accept header.

    Raises:
        Refused: 406, it admits no format, or none that can hold the answer.
    """
    formats: tuple[Format, ...] = acceptable(accept)
    if not formats:
        raise Refused(406, f"no answer can be given as {accept[:200]!r}; there are: {_NAMES} ({_MEDIA_TYPES})")
    try:
        return service.answer(query, formats=formats)
    except InvalidArgument as error:
        raise Refused(406, str(error)) from error


def _given(pairs: list[tuple[str, str]]) -> Mapping[str, str]:
    names = [name for name, _ in pairs]
    if "update" in names:
        raise QueryRefused("this address answers queries and takes no update")
    for name in names:
        if name in ("default-graph-uri", "named-graph-uri"):
            raise Refused(400, f"{name} is not supported: everything is in the one default graph")
        if name not in _KNOWN:
            raise Refused(422, f"unknown parameter {name[:80]!r}; known: {', '.join(_KNOWN)}")
        if names.count(name) > 1:
            raise Refused(400, f"parameter {name!r} was given more than once")
    return dict(pairs)


async def _body(request: Request) -> str:
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > LARGEST_BODY:
            raise Refused(413, f"the body is longer than {LARGEST_BODY:,} bytes")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, "the body is not UTF-8") from error


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
