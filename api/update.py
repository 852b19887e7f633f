"""`/update`: the SPARQL 1.1 protocol for updates, for those who have a token.

What an update may do, and how it is stopped, is the business of `graph.updating.writing`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response

from api.bodies import FORM, check_iri, fields, media_type, own_address, read_body, text
from api.current import CurrentGraph
from api.problems import PROBLEM_RESPONSE, Refused
from api.scopes import Scope
from api.security import DESCRIBED, token_with
from api.settings import LARGEST_UPDATE
from graph.updating.writing import WriteService

router = APIRouter(tags=["writing"])

_DIRECT: Final = "application/sparql-update"
_FOR_QUERIES: Final = ("query", "default-graph-uri", "named-graph-uri")

REFUSALS: Final[dict[int | str, dict[str, object]]] = {
    401: {**PROBLEM_RESPONSE, "description": "No token, or none that is known."},
    403: {**PROBLEM_RESPONSE, "description": "The token is for something else, or SERVICE or LOAD was asked for."},
    409: {
        **PROBLEM_RESPONSE,
        "description": "Ontology, vocabulary or claims would contradict the shapes; `violations` says where.",
    },
    413: {**PROBLEM_RESPONSE, "description": "The body is too long."},
    415: {**PROBLEM_RESPONSE, "description": "A body of another type."},
    503: {**PROBLEM_RESPONSE, "description": "Stopped at its limit, or another process is writing; nothing changed."},
}
"""What OpenAPI says of writes that change nothing."""

Using = Annotated[
    tuple[str, ...], Query(alias="using-graph-uri", max_length=1000, description="Graphs that WHERE sees as default.")
]
UsingNamed = Annotated[
    tuple[str, ...], Query(alias="using-named-graph-uri", max_length=1000, description="Graphs that GRAPH finds.")
]
Seconds = Annotated[str | None, Query(max_length=20, description="Seconds after which it is stopped, if not before.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks: the text of the update, the graphs that its patterns see, and seconds, if it says so."""

    update: str
    using: tuple[str, ...]
    using_named: tuple[str, ...]
    timeout: float | None


@router.post(
    "/update",
    summary="Update",
    status_code=204,
    response_class=Response,
    responses={
        204: {"description": "Done, whole; `ETag` is of the graph as it is now."},
        400: {**PROBLEM_RESPONSE, "description": "No update, or a malformed one; `line` and `column` say where."},
        **REFUSALS,
    },
    dependencies=[Depends(DESCRIBED), Depends(token_with(Scope.UPDATE))],
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                _DIRECT: {"schema": {"type": "string", "description": "The update itself."}},
                FORM: {
                    "schema": {"type": "object", "properties": {"update": {"type": "string"}}, "required": ["update"]}
                },
            },
        }
    },
)
async def update(
    request: Request,
    using: Using = (),  # noqa: ARG001  # these three may as well be in a form
    using_named: UsingNamed = (),  # noqa: ARG001
    timeout: Seconds = None,  # noqa: ARG001
) -> Response:
    """Change the graph by a SPARQL 1.1 update, as a whole or not at all.

    The update is the body, or the field `update` of a form. Prefixes of `/v1/schema` need no declaration. What would
    leave ontology, vocabulary or claims inconsistent is refused with the report; named graphs are free. SERVICE and
    LOAD are refused. Readers see the change at once.
    """
    asked = await _asked(request)
    service: WriteService = request.app.state.writing
    done = await service.update(
        asked.update,
        base=own_address(request),
        using=asked.using,
        using_named=asked.using_named,
        timeout=asked.timeout,
    )
    current: CurrentGraph = request.app.state.current
    current.look_again()
    return Response(status_code=204, headers={"ETag": f'"{done.hash[:16]}"'})


async def _asked(request: Request) -> Asked:
    header = request.headers.get("content-type", "")
    kind = media_type(header)
    if kind not in (FORM, _DIRECT):
        raise Refused(415, f"a body of type {kind or 'unknown'!r}; send {_DIRECT} or {FORM}")
    body = text(await read_body(request, largest=LARGEST_UPDATE), header)
    stated = request.query_params.multi_items()
    if any(name == "update" for name, _ in stated):
        raise Refused(400, "the update is in the address; send it in the body")
    if kind == FORM:
        stated += fields(body)
    else:
        stated.append(("update", body))
    for name, _ in stated:
        if name in _FOR_QUERIES:
            raise Refused(400, f"{name!r} belongs to a query, and this address takes updates; queries go to /sparql")
    updates = [value for name, value in stated if name == "update"]
    if len(updates) != 1:
        raise Refused(400, f"{len(updates) or 'no'} fields 'update'; send one")
    return Asked(
        update=updates[0],
        using=_graphs(stated, "using-graph-uri"),
        using_named=_graphs(stated, "using-named-graph-uri"),
        timeout=_seconds([value for name, value in stated if name == "timeout"]),
    )


def _graphs(stated: Sequence[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    found = tuple(value for name, value in stated if name == wanted)
    for value in found:
        check_iri(wanted, value)
    return found


def _seconds(values: Sequence[str]) -> float | None:
    if not values:
        return None
    try:
        seconds = float(values[-1])
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise Refused(400, f"timeout={values[-1][:20]!r}: expected seconds, more than 0")
    return seconds
