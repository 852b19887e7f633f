"""Which tests tell one condition from others."""

from dataclasses import dataclass

from graph.knowledge import KnowledgeGraph
from graph.lookups import diagnosed_by
from graph.neighbours import Filter, Neighbour
from ontology.claim import Concept
from ontology.terms import Predicate


@dataclass(frozen=True, slots=True)
class Telling:
    """A test that finds the condition, and those of the others that no claim says it finds."""

    link: Neighbour
    tells_from: tuple[Concept, ...]


def telling_tests(
    network: KnowledgeGraph, condition: str, others: tuple[Concept, ...], filter: Filter
) -> tuple[Telling, ...]:
    """The tests that are claimed to find the condition: those that tell it from most others first, then best believed.

    That no claim says a test finds another condition does not mean that it does not.
    """
    tests = []
    for link in diagnosed_by(network, condition, filter):
        finds = {
            found.object
            for found in network.links_from(link.concept.id)
            if found.predicate is Predicate.DIAGNOSES and not found.negated
        }
        tests.append(Telling(link, tuple(other for other in others if other.id not in finds)))
    return tuple(sorted(tests, key=lambda test: -len(test.tells_from)))
