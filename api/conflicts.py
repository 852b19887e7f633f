"""`/v1/conflicts`: what articles disagree about, both sides with their sentences."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field

from api.current import Current
from api.keptroute import KeptRoute
from api.models import ClaimOut, Node, Page, Wire
from api.problems import RESPONSES
from api.questions import MOST, Paging, Text, known_parameters_only
from api.wire import claim_out, node
from graph.claimjson import EvidenceMode
from graph.conflicts import Conflict, Disagreement, Side, find_conflicts
from graph.knowledge import KnowledgeGraph
from ontology.terms import Predicate

router = APIRouter(
    prefix="/v1/conflicts", tags=["claims"], route_class=KeptRoute, dependencies=[Depends(known_parameters_only)]
)


class ConflictQuestion(Paging):
    """What the list of conflicts takes."""

    concept: Text | None = Field(
        default=None,
        description="Only links of this concept, as id or name; without it, of the whole graph.",
        examples=["hemoptysis"],
    )
    type: list[Disagreement] = Field(
        default=[],
        max_length=MOST,
        description="`polarity`: affirmed and denied; `frequency`: said to hold differently often. Both without it.",
    )
    evidence: EvidenceMode = Field(default="full", description="Sentences in full, their number, or neither.")


class SideOut(Wire):
    """One of the opinions, with the statements that share it."""

    frequencies: tuple[str, ...] | None = Field(
        default=None, description="Their words for how often; only where frequencies differ.", examples=[["often"]]
    )
    frequency_class: str | None = Field(
        default=None, description="The HPO class that these words license.", examples=["HP:0040282"]
    )
    claim: ClaimOut = Field(description="What is affirmed or denied, with these statements alone.")


class ConflictOut(Wire):
    """One link that articles disagree about. Which side is right is not said."""

    type: Disagreement
    subject: Node
    predicate: Predicate
    object: Node
    sides: tuple[SideOut, ...] = Field(
        description="Affirmed before denied; frequencies from the highest class to the lowest, then those without one."
    )


class Conflicts(Page[ConflictOut]):
    """Links that articles disagree about."""

    concept: Node | None = Field(default=None, description="The concept that the request's name was understood as.")


# A plain function: all claims may have to be looked at, and others are answered meanwhile.
@router.get("", response_model=Conflicts, responses=RESPONSES)
def conflicts(reading: Current, question: Annotated[ConflictQuestion, Query()]) -> Response:
    """Links that are both affirmed and denied, or given different frequencies, with every sentence of every side.

    Polarity before frequency, then those whose less believed side is believed most, ties by label of subject, relation,
    label of object and ids.
    """
    return reading.send(ask_conflicts(reading.network, question))


def ask_conflicts(network: KnowledgeGraph, question: ConflictQuestion) -> Conflicts:
    """The answer to the question."""
    concept = network.lexicon.get(question.concept) if question.concept is not None else None
    found = find_conflicts(network, concept.id if concept else None, types=frozenset(question.type))
    stretch = found[question.offset : question.offset + question.limit]
    return Conflicts(
        limit=question.limit,
        offset=question.offset,
        total=len(found),
        items=tuple(_conflict(network, conflict, question.evidence) for conflict in stretch),
        concept=node(concept) if concept else None,
    )


def _conflict(network: KnowledgeGraph, conflict: Conflict, evidence: EvidenceMode) -> ConflictOut:
    return ConflictOut(
        type=conflict.type,
        subject=node(conflict.subject),
        predicate=conflict.predicate,
        object=node(conflict.object),
        sides=tuple(_side(network, side, evidence) for side in conflict.sides),
    )


def _side(network: KnowledgeGraph, side: Side, evidence: EvidenceMode) -> SideOut:
    return SideOut(
        frequencies=side.frequencies or None,
        frequency_class=side.frequency_class,
        claim=claim_out(network, side.claim, evidence=evidence),
    )
