"""`/v1/common`: the common causes and the common effects of several concepts, with the chain to each."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field

from api.current import Current
from api.keptroute import KeptRoute
from api.models import Node, Page, PathOut, Wire
from api.problems import RESPONSES
from api.questions import MOST, Evidenced, Paging, Text, known_parameters_only
from api.relations import chosen_relations
from api.wire import node, path_out
from graph.claimjson import EvidenceMode
from graph.common import CAUSAL, MAX_HOPS, MOST_CONCEPTS, Common, Side, find_common
from graph.knowledge import KnowledgeGraph
from ontology.terms import Kind

router = APIRouter(
    prefix="/v1/common", tags=["paths"], route_class=KeptRoute, dependencies=[Depends(known_parameters_only)]
)


class CommonQuestion(Paging, Evidenced):
    """What `common` takes."""

    concept: list[Text] = Field(
        min_length=2,
        max_length=MOST_CONCEPTS,
        description="The concepts, as ids or names; two different ones at least.",
        examples=[["hemoptysis", "chest pain"]],
    )
    side: Side = Field(default="causes", description="`causes`: what leads to all; `effects`: what all lead to.")
    max_hops: int = Field(default=3, ge=1, le=MAX_HOPS, description="Longest chain.")
    predicate: list[str] = Field(
        default=[],
        max_length=MOST,
        description=f"Walk these relations only; without any: {', '.join(sorted(CAUSAL))}.",
    )
    kind: list[Kind] = Field(default=[], max_length=MOST, description="Only common concepts of one of these kinds.")


class CommonOut(Wire):
    """A concept that all have in common."""

    rank: int
    concept: Node
    score: float
    score_terms: dict[str, float] = Field(description="The terms that the score is the product of.")
    chains: tuple[PathOut, ...] = Field(
        description="The best chain to, or from, each of the concepts asked about, in their order."
    )


class Commons(Page[CommonOut]):
    """Common causes, or effects, best first."""

    concepts: tuple[Node, ...] = Field(description="What the names in the request were understood as, each once.")
    side: Side
    truncated: bool = Field(description="Too many links; there may be more, and shorter chains.")


# A plain function: many links may have to be looked at, and others are answered meanwhile.
@router.get("", response_model=Commons, responses=RESPONSES)
def common(reading: Current, question: Annotated[CommonQuestion, Query()]) -> Response:
    """What leads to all of several concepts, or what all of them lead to, each with the chain between.

    The chain shown has the fewest hops, of these the highest product of beliefs. `score` is the product of that of
    every chain, of `brevity` (chains / hops) and of `specificity` (√(20 / (20 + degree)): what leads to everything
    explains nothing). Best first; ties: fewer hops, label, id.
    """
    return reading.send(ask_common(reading.network, question))


def ask_common(network: KnowledgeGraph, question: CommonQuestion) -> Commons:
    """The answer to the question."""
    concepts = {concept.id: concept for concept in map(network.lexicon.get, question.concept)}
    found = find_common(
        network,
        tuple(concepts),
        side=question.side,
        max_hops=question.max_hops,
        predicates=chosen_relations(question.predicate, "both").predicates or CAUSAL,
        kinds=frozenset(question.kind),
        min_certainty=question.min_certainty,
        min_articles=question.min_articles,
        limit=question.limit,
        offset=question.offset,
    )
    return Commons(
        limit=question.limit,
        offset=question.offset,
        total=found.total,
        items=tuple(_common(item, question.evidence) for item in found.items),
        concepts=tuple(map(node, concepts.values())),
        side=question.side,
        truncated=found.truncated,
    )


def _common(item: Common, evidence: EvidenceMode) -> CommonOut:
    return CommonOut(
        rank=item.rank,
        concept=node(item.concept),
        score=item.score,
        score_terms=dict(item.terms),
        chains=tuple(path_out(chain, evidence=evidence) for chain in item.chains),
    )
