"""`/v1/conditions/{id}/…` and `/v1/symptoms/{id}/…`: the look-ups of `graph.lookups`, one address each."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.claims import known_articles
from api.concepts import neighbourhood
from api.current import Current
from api.keptroute import KeptRoute
from api.models import Neighbourhood
from api.problems import RESPONSES
from api.questions import Asked, Linked, known_parameters_only
from graph.claimjson import Fields
from graph.knowledge import KnowledgeGraph
from graph.lookups import CONDITION_LOOKUPS, PATTERNS, SYMPTOM_LOOKUPS, Lookup
from graph.neighbourhood import look_up
from ontology.claim import Concept

ORDER = "Nearest first, then best believed, ties by relation, label and id; `sort` may ask for another order."


def router() -> APIRouter:
    """The addresses of all look-ups."""
    routes = APIRouter(
        prefix="/v1", tags=["look-ups"], route_class=KeptRoute, dependencies=[Depends(known_parameters_only)]
    )
    _add(routes, "conditions", CONDITION_LOOKUPS)
    _add(routes, "symptoms", SYMPTOM_LOOKUPS)
    return routes


def _add(routes: APIRouter, things: str, lookups: Mapping[str, Lookup]) -> None:
    for name, lookup in lookups.items():
        routes.add_api_route(
            f"/{things}/{{id:path}}/{name}",
            _endpoint(lookup),
            methods=["GET"],
            name=f"{things}_{name}".replace("-", "_"),
            summary=f"{things.removesuffix('s').capitalize()}: {name.replace('-', ' ')}",
            description=f"{lookup.__doc__}\n\n{ORDER}",
            response_model=Neighbourhood,
            responses=RESPONSES,
        )


def _endpoint(lookup: Lookup) -> Callable[..., Awaitable[Response]]:
    async def answer(reading: Current, id: Asked, question: Annotated[Linked, Query()]) -> Response:
        concept = await reading.concept(id)
        known_articles(reading.network, question.article)
        asked = partial(_answer, reading.network, lookup, concept, question)
        return reading.send(await reading.ask(asked, quick=lookup in PATTERNS and not question.article))

    return answer


def _answer(network: KnowledgeGraph, lookup: Lookup, concept: Concept, question: Linked) -> Fields | bytes:
    found = look_up(
        network, lookup, concept.id, question.stretch, kinds=frozenset(question.kind), filter=question.filter
    )
    return neighbourhood(network, concept, found, question)
