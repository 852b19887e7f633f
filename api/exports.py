"""`/v1/export`: the graph, or exactly the part that was asked for, in the formats of other tools, as a stream."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.bodies import FORM, JSON, media_type, read_form, read_json
from api.current import Current, CurrentGraph, Reading, tag_of
from api.exportparts import find_selection
from api.exportquestions import MOST_POSTED, ExportQuestion, PostedExportQuestion
from api.flowing import Places, flow
from api.problems import PROBLEM_RESPONSE, RESPONSES, Refused
from api.questions import known_parameters_only
from api.settings import LARGEST_BODY
from graph.export.formats import FORMATS, export, get_format, names

router = APIRouter(prefix="/v1/export", tags=["export"], dependencies=[Depends(known_parameters_only)])

_CONTENT: Final[dict[str, object]] = {known.media_type: {} for known in FORMATS.values()}
_PLACES: Final = Places()


_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    **RESPONSES,
    200: {"description": "A file in the format asked for.", "content": _CONTENT},
    406: {**PROBLEM_RESPONSE, "description": "No such format; `detail` lists those there are."},
    429: {**PROBLEM_RESPONSE, "description": "Too many exports are being written."},
}


@router.get("", response_class=Response, responses=_ANSWERS)
async def export_graph(request: Request, reading: Current, question: Annotated[ExportQuestion, Query()]) -> Response:
    """Everything, or the part that is named: exactly what `neighbours` or `paths` answers, or claims.

    `concept` goes with the parameters of `neighbours`, or with `depth` 0, which takes the concepts alone; `source` and
    `target` go with those of `paths`. `article` alone takes what these articles state, and each claim with their
    sentences only; `claim` takes the claims that it names, with `article` what these articles say of them. The whole in
    RDF holds the ontology and the vocabulary too. Denied claims are edges where `negated` asks for them or `claim`
    names them. Rows and triples are sorted, so that the same graph gives the same bytes; the answer is sent while it is
    made. The header `Truncated` says that more belongs to the part than is looked for.
    """
    return await _send(request, reading, question)


async def posed(request: Request) -> tuple[PostedExportQuestion, Reading]:
    """The question in the body, and the graph as it is."""
    kind = media_type(request.headers.get("content-type", ""))
    if kind == FORM:
        question, body = await read_form(request, PostedExportQuestion, largest=LARGEST_BODY, most=2 * MOST_POSTED)
    elif kind == JSON:
        question, body = await read_json(request, PostedExportQuestion, largest=LARGEST_BODY)
    else:
        raise Refused(415, f"a body of type {kind or 'unknown'}; send {JSON} or {FORM}")
    current: CurrentGraph = request.app.state.current
    network = await current.network()
    return question, Reading(network, tag_of(request, network.hash, body))


_POSTED: Final = {"schema": PostedExportQuestion.model_json_schema(ref_template="#/components/schemas/{model}")}


@router.post(
    "",
    response_class=Response,
    responses={
        **_ANSWERS,
        413: {**PROBLEM_RESPONSE, "description": "The body is too long."},
        415: {**PROBLEM_RESPONSE, "description": "The body is of another type."},
    },
    openapi_extra={"requestBody": {"required": True, "content": {JSON: _POSTED, FORM: _POSTED}}},
)
async def export_named(
    request: Request, asked: Annotated[tuple[PostedExportQuestion, Reading], Depends(posed)]
) -> Response:
    """The same for parts that name more than an address has room for; the body has the parameters of `GET`."""
    question, reading = asked
    return await _send(request, reading, question)


async def _send(request: Request, reading: Reading, question: ExportQuestion) -> Response:
    accept = question.format or request.headers.get("accept") or "*/*"
    chosen = get_format(accept)
    if chosen is None:
        raise Refused(406, f"nothing can be exported as {accept[:200]!r}; there are: {names(FORMATS.values())}")
    selection = await run_in_threadpool(find_selection, reading.network, question)
    headers = {
        "Content-Disposition": f'attachment; filename="etiograph{chosen.suffix}"',
        "Cache-Control": "no-cache",
        "ETag": reading.etag,
    }
    if selection is not None and selection.truncated:
        headers["Truncated"] = "links"
    if request.scope.get("headless"):
        return Response(media_type=chosen.media_type, headers=headers)
    network = reading.network
    return await flow(
        lambda write: export(network, chosen, write, selection=selection, negated=question.negated),
        _PLACES,
        chosen.media_type,
        headers,
    )
