"""What articles deny of what others affirm: arrays tell whether there is a denial to be read, and of what."""

from pathlib import Path

import pytest
from toygraph import claim_between
from toystore import stored, with_arrays

from graph.denial import denial_of
from graph.knowledge import KnowledgeGraph
from graph.network import Network
from ontology.article import Article, Source
from ontology.claim import Claim, Concept
from ontology.terms import Kind, Predicate

CONCEPTS = [Concept(f"etio:{name}", name, (Kind.CONDITION,)) for name in "abc"]
ARTICLE = Article(id="more", title="More", text="x", source=Source(), licence=None, format="text")
AFFIRMED = [
    claim_between(subject, predicate, object_)
    for subject, object_ in (("a", "b"), ("a", "c"), ("b", "a"), ("c", "b"))
    for predicate in (Predicate.CAUSES, Predicate.HAS_SYMPTOM, Predicate.TREATS)
]
DENIED = [
    claim_between("a", Predicate.CAUSES, "c", negated=True),
    claim_between("b", Predicate.HAS_SYMPTOM, "a", negated=True),
    claim_between("b", Predicate.TREATS, "c", negated=True),
]


@pytest.mark.parametrize("denied", [[], DENIED])
@pytest.mark.parametrize("held", ["in memory", "in a store", "in arrays"])
def test_a_denial_is_found_where_there_is_one(tmp_path: Path, denied: list[Claim], held: str) -> None:
    network = _held(tmp_path, [*AFFIRMED, *denied], held)
    assert (network.arrays() is not None) == (held == "in arrays")
    expected = {(row.subject, row.predicate, row.object): row for row in denied}
    for affirmed in AFFIRMED:
        assert denial_of(network, affirmed) == expected.get((affirmed.subject, affirmed.predicate, affirmed.object))
    assert denial_of(network, claim_between("a", Predicate.CAUSES, "nothing")) is None


def _held(folder: Path, claims: list[Claim], held: str) -> KnowledgeGraph:
    if held == "in memory":
        return Network.build(CONCEPTS, claims, [ARTICLE])
    network = stored(folder, CONCEPTS, claims, [ARTICLE])
    return with_arrays(network) if held == "in arrays" else network
