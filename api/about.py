"""`/v1/schema`, `/v1/stats` and `/health`: what can be said, what is there, and whether the service works."""

from collections.abc import Mapping
from typing import TypeVar

from fastapi import APIRouter, Depends, Request, Response

from api.current import Current, CurrentGraph
from api.keptroute import KeptRoute
from api.models import Health, Stats, Wire
from api.problems import RESPONSES
from api.questions import known_parameters_only
from api.version import VERSION
from graph.knowledge import KnowledgeGraph
from ontology.errors import StoreError
from ontology.schema import schema
from ontology.terms import PREFIXES, Certainty, Kind, Predicate

_Name = TypeVar("_Name", Certainty, Kind, Predicate)

router = APIRouter(tags=["about"], route_class=KeptRoute, dependencies=[Depends(known_parameters_only)])


class SchemaRelation(Wire):
    """One of the fourteen relations."""

    predicate: Predicate
    iri: str
    label: str
    definition: str
    domain: tuple[Kind, ...]
    range: tuple[Kind, ...]
    inverse: str
    inverse_label: str
    symmetric: bool
    biolink: str | None = None


class SchemaKind(Wire):
    """One of the ten kinds of concept."""

    kind: Kind
    iri: str


class SchemaOut(Wire):
    """What can be said."""

    kinds: tuple[SchemaKind, ...]
    relations: tuple[SchemaRelation, ...]
    prefixes: dict[str, str]


@router.get("/v1/stats", response_model=Stats, responses={503: RESPONSES[503]})
def stats(reading: Current) -> Response:
    """How much of what the graph holds."""
    return reading.send(count(reading.network))


@router.get("/v1/schema", response_model=SchemaOut)
async def describe_schema() -> Response:
    """The ten kinds of concept, the fourteen relations with domain, range and inverse, and the prefixes of CURIEs."""
    return Response(
        SchemaOut(
            kinds=tuple(SchemaKind(kind=kind, iri=kind.iri) for kind in Kind),
            relations=tuple(
                SchemaRelation(
                    predicate=relation.predicate,
                    iri=relation.predicate.iri,
                    label=relation.label,
                    definition=relation.definition,
                    domain=tuple(sorted(relation.domain)),
                    range=tuple(sorted(relation.range)),
                    inverse=relation.inverse,
                    inverse_label=relation.inverse_label,
                    symmetric=relation.symmetric,
                    biolink=relation.biolink,
                )
                for relation in schema().values()
            ),
            prefixes=PREFIXES,
        ).encode(),
        media_type="application/json",
    )


@router.get("/health/live", response_model=Health)
async def live() -> Response:
    """`ok` while the process answers at all."""
    return Response(Health(status="ok").encode(), media_type="application/json")


@router.get("/health/ready", response_model=Health, responses={503: {"model": Health}})
async def ready(request: Request) -> Response:
    """`ok` when questions can be answered; 503 with the reason when not."""
    current: CurrentGraph = request.app.state.current
    try:
        network = await current.network()
    except StoreError as error:
        state = Health(status="unavailable", detail=str(error))
        return Response(state.encode(), 503, media_type="application/json")
    return Response(Health(status="ok", hash=network.hash).encode(), media_type="application/json")


def count(network: KnowledgeGraph) -> Stats:
    """The figures; counts by name are sorted by name."""
    figures = network.figures()
    return Stats(
        version=VERSION,
        hash=network.hash,
        articles=figures.articles,
        concepts=figures.concepts,
        provisional_concepts=figures.provisional,
        claims=figures.claims,
        denied_claims=figures.denied,
        evidence=figures.evidence,
        claims_by_predicate=_sorted(figures.by_predicate),
        concepts_by_kind=_sorted(figures.by_kind),
        claims_by_certainty=_sorted(figures.by_certainty),
    )


def _sorted(counts: Mapping[_Name, int]) -> dict[str, int]:
    return {name.value: number for name, number in sorted(counts.items())}
