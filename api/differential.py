"""`/v1/differential`: which conditions, after what articles say, would show these findings."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from pydantic import ConfigDict, Field

from api.bodies import JSON, read_json
from api.current import CurrentGraph, Reading, tag_of
from api.differentialmodels import (
    AgainstOut,
    CandidateOut,
    DifferentialOut,
    ExplainedOut,
    FindingOut,
    TellingOut,
)
from api.problems import PROBLEM_RESPONSE, RESPONSES
from api.questions import Evidenced, Paging, Text, known_parameters_only
from api.settings import LARGEST_BODY
from api.wire import association, claim_out, node
from graph.claimjson import EvidenceMode
from graph.differential import Candidate, Differential, find_differential
from graph.fitting import MOST_FINDINGS, Fit
from graph.knowledge import KnowledgeGraph

router = APIRouter(prefix="/v1/differential", tags=["differential"], dependencies=[Depends(known_parameters_only)])

_EXAMPLE: Final[dict[str, Any]] = {
    "present": ["coughing up blood", "chest pain", "HP:0002094"],
    "absent": ["fever"],
    "limit": 5,
}


class DifferentialQuestion(Paging, Evidenced):
    """The findings that are there, and those that were looked for and are not."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})

    present: list[Text] = Field(
        min_length=1, max_length=MOST_FINDINGS, description="Findings that are there: concepts, as ids or names."
    )
    absent: list[Text] = Field(
        default=[], max_length=MOST_FINDINGS, description="Findings that were looked for and are not there."
    )


async def posed(request: Request) -> tuple[DifferentialQuestion, Reading]:
    """The question in the body, and the graph as it is."""
    question, body = await read_json(request, DifferentialQuestion, largest=LARGEST_BODY)
    current: CurrentGraph = request.app.state.current
    network = await current.network()
    return question, Reading(network, tag_of(request, network.hash, body))


# A plain function: many claims may have to be looked at, and others are answered meanwhile.
@router.post(
    "",
    summary="Differential",
    response_model=DifferentialOut,
    responses={
        **RESPONSES,
        413: {**PROBLEM_RESPONSE, "description": "The body is too long."},
        415: {**PROBLEM_RESPONSE, "description": "The body is of another type."},
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                JSON: {"schema": DifferentialQuestion.model_json_schema(ref_template="#/components/schemas/{model}")}
            },
        }
    },
)
def differential(asked: Annotated[tuple[DifferentialQuestion, Reading], Depends(posed)]) -> Response:
    """Conditions that articles say show any of the present findings, best first. It ranks literature, not patients.

    What calls for care comes first, in `red_flags`. Each condition comes with the findings it explains and those it
    does not, with what speaks against it (absent findings that it would show, denied claims), and with the tests that
    tell it from the next conditions; every link with its claims and sentences.

    `score` = `explained` × `uncontradicted`. `explained` is Σ specificity × weight over the findings that the condition
    explains, divided by Σ specificity over `present`. The specificity of a finding is 1 / (1 + ln n), n conditions
    showing it; 0 where n is 0. A weight is the product of its terms: the belief of the claim; 1 for has_symptom and
    causes, ½ for has_complication; 0.8 or 0.5 for every `is_a` link down or up to what the claim is about; the middle
    of the HPO frequency class (1, 0.895, 0.545, 0.17, 0.025, 0), 0.5 where none is stated. A denied claim weighs ½ ×
    belief × match. `uncontradicted` is Π (1 − weight) over `against`. Terms are rounded to 4 places, the score to 6;
    ties: more findings explained, label, id.
    """
    question, reading = asked
    return reading.send(ask_differential(reading.network, question))


def ask_differential(network: KnowledgeGraph, question: DifferentialQuestion) -> DifferentialOut:
    """The answer to the question."""
    found = find_differential(
        network,
        [network.lexicon.get(name).id for name in question.present],
        [network.lexicon.get(name).id for name in question.absent],
        limit=question.limit,
        offset=question.offset,
        min_certainty=question.min_certainty,
        min_articles=question.min_articles,
    )
    return _differential(network, found, question)


def _differential(network: KnowledgeGraph, found: Differential, question: DifferentialQuestion) -> DifferentialOut:
    evidence = question.evidence
    return DifferentialOut(
        red_flags=tuple(association(flag, evidence=evidence) for flag in found.red_flags),
        present=tuple(
            FindingOut(**dict(node(finding.concept)), conditions=finding.conditions, specificity=finding.specificity)
            for finding in found.present
        ),
        absent=tuple(node(concept) for concept in found.absent),
        limit=question.limit,
        offset=question.offset,
        total=found.total,
        items=tuple(_candidate(network, candidate, evidence) for candidate in found.candidates),
        truncated=found.truncated,
    )


def _candidate(network: KnowledgeGraph, candidate: Candidate, evidence: EvidenceMode) -> CandidateOut:
    return CandidateOut(
        rank=candidate.rank,
        condition=node(candidate.concept),
        score=candidate.score,
        score_terms=dict(candidate.terms),
        red_flags=tuple(association(flag, evidence=evidence) for flag in candidate.red_flags),
        explains=tuple(
            ExplainedOut(
                **_fit(network, row.fit, evidence),
                conditions=row.finding.conditions,
                specificity=row.finding.specificity,
            )
            for row in candidate.explains
        ),
        unexplained=tuple(node(concept) for concept in candidate.unexplained),
        against=tuple(AgainstOut(reason=row.reason, **_fit(network, row.fit, evidence)) for row in candidate.against),
        compared_with=tuple(node(rival) for rival in candidate.rivals),
        tests=tuple(
            TellingOut(
                test=association(telling.link, evidence=evidence),
                tells_from=tuple(node(rival) for rival in telling.tells_from),
            )
            for telling in candidate.tests
        ),
    )


def _fit(network: KnowledgeGraph, fit: Fit, evidence: EvidenceMode) -> dict[str, Any]:
    """The fields of a `FitOut`."""
    return {
        "finding": node(fit.finding),
        "through": node(fit.through),
        "match": fit.match,
        "weight": fit.weight,
        "weight_terms": dict(fit.terms),
        "claims": tuple(claim_out(network, claim, evidence=evidence) for claim in fit.claims),
        "is_a": tuple(claim_out(network, claim, evidence=evidence) for claim in fit.is_a) or None,
    }
