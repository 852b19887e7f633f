"""Claims as JSON lines: what `etiograph extract` prints, one claim a line."""

from collections.abc import Iterable, Iterator, Mapping

from pydantic import Field

from api.models import EvidenceOut, Wire
from api.wire import evidence_out
from ontology.claim import Claim, Concept
from ontology.terms import Certainty, Kind, Predicate


class Participant(Wire):
    """Subject or object of a claim as the article and the vocabulary call it."""

    id: str
    label: str
    synonyms: tuple[str, ...]
    kinds: tuple[Kind, ...]
    mention: str = Field(description="The first article's words for it.")
    mentions: tuple[str, ...] | None = Field(default=None, description="All words for it, where they differ.")


class ClaimLine(Wire):
    """One line."""

    id: str
    subject: Participant
    predicate: Predicate
    object: Participant
    negated: bool
    certainty: Certainty
    belief: float = Field(description="1 − Π(1 − w) over its articles; see `ontology.reliability`.")
    frequency: str | None = None
    qualifier: str | None = None
    evidence: tuple[EvidenceOut, ...]


def claim_lines(claims: Iterable[Claim], concepts: Mapping[str, Concept]) -> Iterator[ClaimLine]:
    """One line a claim, in the order given; every concept of theirs must be in `concepts`."""
    for claim in claims:
        yield ClaimLine(
            id=claim.id,
            subject=_participant(concepts[claim.subject], [row.subject_mention for row in claim.evidence]),
            predicate=claim.predicate,
            object=_participant(concepts[claim.object], [row.object_mention for row in claim.evidence]),
            negated=claim.negated,
            certainty=claim.certainty,
            belief=claim.belief,
            frequency=claim.frequency,
            qualifier=next((row.qualifier for row in claim.evidence if row.qualifier), None),
            evidence=tuple(evidence_out(row) for row in claim.evidence),
        )


def _participant(concept: Concept, mentions: list[str]) -> Participant:
    distinct = tuple(dict.fromkeys(mentions))
    return Participant(
        id=concept.id,
        label=concept.label,
        synonyms=concept.synonyms,
        kinds=concept.kinds,
        mention=distinct[0],
        mentions=distinct if len(distinct) > 1 else None,
    )
