"""Whether articles deny what others affirm."""

from graph.knowledge import KnowledgeGraph, Link
from ontology.claim import Claim, claim_id


def denial_of(network: KnowledgeGraph, affirmed: Claim | Link) -> Claim | None:
    """The claim that denies this affirmed one; None where no article does."""
    subject, predicate, object_ = affirmed.subject, affirmed.predicate, affirmed.object
    arrays = network.arrays()
    if arrays is not None and not arrays.denies(subject, predicate, object_):
        return None
    return network.claims.get(claim_id(subject, predicate, object_, negated=True))
