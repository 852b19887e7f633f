"""Records that do not say what the triples say, of which there should be none."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from graph.records.kept import Records
from ontology.claim import Claim, Concept


def differing(snapshot: Path, claims: Iterable[Claim], concepts: Iterable[Concept]) -> Iterator[str]:
    """The ids of the records that say something else than these, which are all that the snapshot holds, in no order."""
    records, stored = Records(snapshot), set()
    for claim in claims:
        stored.add(claim.id)
        recorded = records.claim(claim.id)
        if recorded is not None and (recorded, recorded.evidence) != (claim, claim.evidence):
            yield claim.id
    for concept in concepts:
        stored.add(concept.id)
        if records.concept(concept.id) not in (None, concept):
            yield concept.id
    yield from records.ids() - stored
