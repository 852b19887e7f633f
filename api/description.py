"""What the server says of its graph in RDF: VoID, the example queries, and the description of the SPARQL service."""

from collections.abc import Iterable
from typing import Annotated, Final

import orjson
import pyoxigraph
from fastapi import APIRouter, Query, Request, Response
from pyoxigraph import RdfFormat, Triple

from api.accepting import GRAPH_NAMES, GRAPHS, get_graph_format
from api.problems import RESPONSES
from api.settings import LONGEST_NAME
from graph.describing.description import Addresses, examples_at, service_description, void_at
from graph.describing.void import DATASET
from graph.layer import sorted_triples
from graph.querying.formats import Format, acceptable
from graph.querying.sparql import QueryService, Question
from ontology.errors import QueryTimeout, StoreMissing
from ontology.terms import PREFIXES

router = APIRouter(prefix="/.well-known", tags=["sparql"])

_RESPONSES: Final[dict[int | str, dict[str, object]]] = {
    200: {"description": "Triples.", "content": {known.media_type: {} for known in GRAPHS}},
    406: {**RESPONSES[422], "description": "No format for triples was asked for."},
    503: RESPONSES[503],
}
_MOST_NAMED: Final = 1000

_WHOLE: Final = f"""CONSTRUCT {{ ?part ?property ?value }} WHERE {{
  <{DATASET}> (void:propertyPartition|void:classPartition|void:subset|void:objectsTarget
    |<http://ldf.fi/void-ext#datatypePartition>)* ?part .
  ?part ?property ?value
}}"""
_TOTALS: Final = f"CONSTRUCT WHERE {{ <{DATASET}> ?property ?value }}"
_PARTS: Final = frozenset(PREFIXES["void"] + name for name in ("propertyPartition", "classPartition", "subset"))
_NAMED: Final = f"SELECT ?name WHERE {{ GRAPH ?name {{}} }} LIMIT {_MOST_NAMED}"

FormatName = Annotated[
    str | None,
    Query(description=f"Instead of an Accept header: {GRAPH_NAMES}, or a media type.", max_length=LONGEST_NAME),
]


@router.get("/void", summary="VoID description", response_class=Response, responses=_RESPONSES)
async def void(request: Request, format: FormatName = None) -> Response:
    """How much of what is in the default graph: classes, properties, what is linked to which other vocabulary.

    Queries at `/sparql` that mention VoID see the same triples.
    """
    return _sent(request, format, void_at(addresses(request), await _triples(request, _WHOLE)))


@router.get("/sparql-examples", summary="Example queries", response_class=Response, responses=_RESPONSES)
async def example_queries(request: Request, format: FormatName = None) -> Response:
    """The example queries as `sh:SPARQLExecutable`, and the prefixes as `sh:declare`."""
    return _sent(request, format, examples_at(addresses(request)))


async def describe_service(request: Request, format: str | None) -> Response:
    """The description of the SPARQL service, as a request to its address without a query gets it.

    Raises:
        Refused: 406, no format for triples is asked for.
    """
    service: QueryService = request.app.state.sparql
    try:
        totals = await _triples(request, _TOTALS)
    except QueryTimeout:  # not counted yet; VoID says so to those who ask for it
        totals = []
    statistics = [triple for triple in totals if triple.predicate.value not in _PARTS]
    triples = service_description(
        addresses(request),
        statistics,
        named_graphs=await _named_graphs(request),
        limits=f"A query is stopped after {service.timeout:g} s.",
    )
    return _sent(request, format, triples)


def addresses(request: Request) -> Addresses:
    """Where things are, as the client sees it."""
    base = f"{request.url.scheme}://{request.url.netloc}"
    return Addresses(
        query=f"{base}/sparql",
        update=f"{base}/update",
        store=f"{base}/store",
        void=f"{base}/.well-known/void",
        examples=f"{base}/.well-known/sparql-examples",
        dumps=(f"{base}/v1/export?format=nquads", f"{base}/v1/export?format=turtle"),
    )


async def _triples(request: Request, query: str) -> list[Triple]:
    service: QueryService = request.app.state.sparql
    try:
        answer = await service.read(Question(query, formats=acceptable("ntriples")))
    except StoreMissing:
        return []
    return [quad.triple for quad in pyoxigraph.parse(answer.body, format=RdfFormat.N_TRIPLES)]


async def _named_graphs(request: Request) -> list[str]:
    service: QueryService = request.app.state.sparql
    try:
        answer = await service.read(Question(_NAMED, formats=acceptable("json")))
    except StoreMissing:
        return []
    return [row["name"]["value"] for row in orjson.loads(answer.body)["results"]["bindings"]]


def _sent(request: Request, format: str | None, triples: Iterable[Triple]) -> Response:
    chosen = get_graph_format(request, format)
    return Response(_body(triples, chosen), media_type=chosen.media_type, headers={"Cache-Control": "no-cache"})


def _body(triples: Iterable[Triple], chosen: Format) -> bytes:
    format = RdfFormat.from_media_type(chosen.media_type)
    return pyoxigraph.serialize(sorted_triples(triples), format=format, prefixes=_prefixes(chosen)) or b""


def _prefixes(chosen: Format) -> dict[str, str]:
    return PREFIXES if chosen.name in ("turtle", "trig", "rdfxml") else {}
