"""Which claims and concepts changes of triples touch."""

from collections.abc import Iterable
from typing import Final

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Triple

from graph import nodes
from graph.rdf import CLAIM, CONCEPT, CONCEPT_PROPERTIES, HAS_EVIDENCE, HAS_SOURCE, OBJECT, SUBJECT, TYPE
from graph.stored import subjects
from ontology.terms import Kind

_OF_THINGS: Final = frozenset(
    (SUBJECT, nodes.term("rdf:predicate"), OBJECT, nodes.term("etio:negated"), HAS_EVIDENCE, *CONCEPT_PROPERTIES)
) - {TYPE}
_TYPES: Final = frozenset((CLAIM, CONCEPT, *(nodes.term(kind.iri) for kind in Kind)))
_OF_STATEMENTS: Final = frozenset(
    (
        HAS_SOURCE,
        *map(
            nodes.term,
            (
                "oa:exact",
                "oa:start",
                "oa:end",
                "etio:certainty",
                "etio:certaintyCue",
                "etio:frequency",
                "etio:frequencyClass",
                "etio:qualifier",
                "etio:rule",
                "etio:extractor",
                "etio:section",
                "etio:subjectMention",
                "etio:objectMention",
                "etio:subjectKind",
                "etio:objectKind",
            ),
        ),
    )
)
_SELECTORS: Final = ("#quote", "#position")


class Touched:
    """What changes of which were seen: nodes of claims and concepts, and of statements and what may be one."""

    def __init__(self) -> None:
        self._things: set[str] = set()
        self._statements: set[str] = set()

    def look(self, statements: Iterable[Triple] | Iterable[Quad]) -> None:
        """Take down what statements that went or came are about; those of named graphs are about none of it."""
        for statement in statements:
            if isinstance(statement, Quad) and statement.graph_name != nodes.DEFAULT:
                continue
            subject, predicate = statement.subject, statement.predicate
            if not isinstance(subject, NamedNode):
                continue
            if predicate in _OF_THINGS or (predicate == TYPE and statement.object in _TYPES):
                self._things.add(subject.value)
            # what a claim's own node says of certainty and frequency is derived
            elif predicate in _OF_STATEMENTS and not (node := subject.value).startswith(nodes.CLAIMS):
                self._statements.add(node)
                for selector in _SELECTORS:
                    if node.endswith(selector):
                        self._statements.add(node.removesuffix(selector))

    def leaves(self, id: str) -> bool:
        """Whether the claim or concept surely is as it was: it was not touched, nor was any statement."""
        return not self._statements and nodes.term(id).value not in self._things

    def forget(self, things: Iterable[str]) -> None:
        """Take claims and concepts, by id, for as they are."""
        for id in things:
            self._things.discard(nodes.term(id).value)

    def things(self, store: pyoxigraph.Store) -> list[str]:
        """The IRIs of claims and concepts that may not be as they were, each once, in order.

        A statement that is none of any claim's any more was taken from a claim, which then was touched too.
        """
        found = set(self._things)
        for statement in self._statements:
            found |= {claim.value for claim in subjects(store, HAS_EVIDENCE, NamedNode(statement))}
        return sorted(found)
