"""`/v1/subgraph`: all chains between two sets of concepts, merged into one part of the graph."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field

from api.current import Current
from api.keptroute import KeptRoute
from api.models import ClaimOut, Node, Page, Wire
from api.problems import RESPONSES
from api.questions import MOST, Evidenced, Paging, Text, known_parameters_only
from api.relations import chosen_relations
from api.wire import claim_out, node
from graph.between import MAX_HOPS, MOST_ENDS, claims_of, find_between
from graph.knowledge import KnowledgeGraph
from graph.steps import Walk

router = APIRouter(
    prefix="/v1/subgraph", tags=["paths"], route_class=KeptRoute, dependencies=[Depends(known_parameters_only)]
)


class SubgraphQuestion(Paging, Evidenced):
    """What `subgraph` takes."""

    limit: int = Field(
        default=500, ge=1, le=500, description="At most so many links; as many as there may be, for a part is a whole."
    )
    source: list[Text] = Field(
        min_length=1,
        max_length=MOST_ENDS,
        description="Where chains begin: concepts, as ids or names.",
        examples=[["PE", "pneumonia"]],
    )
    target: list[Text] = Field(
        min_length=1, max_length=MOST_ENDS, description="Where they end.", examples=[["coughing up blood"]]
    )
    max_hops: int = Field(default=4, ge=1, le=MAX_HOPS, description="Longest chain.")
    predicate: list[str] = Field(default=[], max_length=MOST, description="Walk these relations only.")
    avoid: list[Text] = Field(default=[], max_length=MOST, description="Concepts that chains must not touch.")
    directed: bool = Field(
        default=True, description="Walk claims from subject to object only; `false` walks every relation both ways."
    )


class LinkOut(Wire):
    """One link that chains go over."""

    hops: int = Field(description="Length of the shortest walk over it from a source to a target.")
    claims: tuple[ClaimOut, ...] = Field(
        description="The claim that affirms it, then the one that denies it where an article does."
    )


class Subgraph(Page[LinkOut]):
    """The links that chains go over, and the concepts they join."""

    sources: tuple[Node, ...] = Field(description="What the names in the request were understood as, each once.")
    targets: tuple[Node, ...]
    nodes: tuple[Node, ...] = Field(description="Every concept of the whole part, by id.")
    truncated: bool = Field(description="There was too much to look at; links may be missing.")
    pruned: dict[str, int] = Field(description="Reason → how many links the filters hid.")


# A plain function: many links may have to be looked at, and others are answered meanwhile.
@router.get("", response_model=Subgraph, responses=RESPONSES)
def subgraph(reading: Current, question: Annotated[SubgraphQuestion, Query()]) -> Response:
    """Every link over which a chain of at most `max_hops` goes from any source to any target.

    A chain visits no concept twice, and passes none that is only a care action or an appearance. Links on short chains
    first, then those nearest to a source, best believed, ties by label of subject, relation, label of object, id.
    """
    return reading.send(ask_subgraph(reading.network, question))


def ask_subgraph(network: KnowledgeGraph, question: SubgraphQuestion) -> Subgraph:
    """The answer to the question."""
    sources, targets, avoided = (
        {concept.id: concept for concept in map(network.lexicon.get, names)}
        for names in (question.source, question.target, question.avoid)
    )
    found = find_between(
        network,
        sources,
        targets,
        max_hops=question.max_hops,
        walk=Walk(
            directed=question.directed,
            predicates=chosen_relations(question.predicate, "both").predicates,
            avoid=frozenset(avoided),
            min_certainty=question.min_certainty,
            min_articles=question.min_articles,
        ),
    )
    return Subgraph(
        limit=question.limit,
        offset=question.offset,
        total=len(found.links),
        items=tuple(
            LinkOut(
                hops=row.hops,
                claims=tuple(
                    claim_out(network, claim, evidence=question.evidence) for claim in claims_of(network, row.link)
                ),
            )
            for row in found.links[question.offset : question.offset + question.limit]
        ),
        sources=tuple(map(node, sources.values())),
        targets=tuple(map(node, targets.values())),
        nodes=tuple(map(node, found.nodes)),
        truncated=found.truncated,
        pruned=dict(found.pruned),
    )
