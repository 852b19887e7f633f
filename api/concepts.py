"""`/v1/concepts`: search, one concept, its neighbours."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Response

from api import joined, written
from api.claims import known_articles
from api.current import Current
from api.keptroute import KeptRoute
from api.models import ConceptOut, Match, Neighbourhood, Page
from api.problems import RESPONSES
from api.questions import Asked, ConceptQuestion, Linked, NeighbourQuestion, known_parameters_only
from api.relations import Relations, chosen_relations
from api.wire import concept_out, match
from graph.claimjson import Fields
from graph.knowledge import KnowledgeGraph
from graph.neighbourhood import Unread, find_near
from graph.neighbours import Pattern
from graph.rankedlinks import RankedLinks
from ontology.claim import Concept
from ontology.lexicon import Hit

_ALL: Final = 1_000_000
"""More concepts than anybody pages through."""

router = APIRouter(
    prefix="/v1/concepts", tags=["concepts"], route_class=KeptRoute, dependencies=[Depends(known_parameters_only)]
)


@router.get("", response_model=Page[Match], responses={422: RESPONSES[422], 503: RESPONSES[503]})
def search_concepts(reading: Current, question: Annotated[ConceptQuestion, Query()]) -> Response:
    """Concepts with a name like `q`, best match first, ties by name and id; without `q` all, by label and id."""
    found = find_concepts(reading.network, question)
    stretch = found[question.offset : question.offset + question.limit]
    return reading.send(
        Page[Match](
            limit=question.limit,
            offset=question.offset,
            total=len(found),
            items=tuple(match(hit) for hit in stretch),
        )
    )


@router.get("/{id:path}/neighbours", response_model=Neighbourhood, responses=RESPONSES)
async def neighbours(reading: Current, id: Asked, question: Annotated[NeighbourQuestion, Query()]) -> Response:
    """What the concept is linked to, with the claims and their sentences, and every concept they touch.

    Nearest first, then best believed, ties by relation, label and id; `sort` may ask for another order.
    """
    concept = await reading.concept(id)
    relations = chosen_relations(question.predicate, question.direction)
    known_articles(reading.network, question.article)
    asked = partial(_near, reading.network, concept, relations, question)
    return reading.send(await reading.ask(asked, quick=question.depth == 1 and not question.article))


@router.get("/{id:path}", response_model=ConceptOut, responses=RESPONSES)
async def concept(reading: Current, id: Asked) -> Response:
    """Names, kinds, definition, mappings, and how many claims of each relation there are."""
    return reading.send(concept_out(reading.network, await reading.concept(id)))


def find_concepts(network: KnowledgeGraph, question: ConceptQuestion) -> Sequence[Hit]:
    """All hits of the question, in the order of the endpoint."""
    kinds = frozenset(question.kind)
    if question.q is None:
        return network.lexicon.listed(kinds=kinds)
    return network.lexicon.search(question.q, kinds=kinds, limit=_ALL)


def _near(
    network: KnowledgeGraph, concept: Concept, relations: Relations, question: NeighbourQuestion
) -> Fields | bytes:
    found = find_near(
        network,
        concept.id,
        (Pattern(relations.direction, relations.predicates),),
        question.stretch,
        kinds=frozenset(question.kind),
        depth=question.depth,
        filter=question.filter,
    )
    return neighbourhood(network, concept, found, question)


def neighbourhood(network: KnowledgeGraph, of: Concept, found: Unread, question: Linked) -> Fields | bytes:
    """The answer to a question about neighbours of a concept: its fields, or its JSON where that is sooner made."""
    if isinstance(found, RankedLinks):
        return joined.neighbourhood(network, of, found, question)
    return written.neighbourhood(of, found, limit=question.limit, offset=question.offset, mode=question.evidence)
