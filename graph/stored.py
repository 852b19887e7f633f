"""Looks at a live store: what is said of a node, one claim with its evidence, what statements take a concept for."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, QuerySolutions, Triple

from graph import nodes
from graph.frequencies import said
from graph.knowledge import Link
from graph.rdf import CLAIM, CONCEPT_PROPERTIES, HAS_EVIDENCE, OBJECT, SUBJECT, TYPE
from graph.reading import Descriptions, read_claim
from ontology.claim import Claim
from ontology.errors import StoreError
from ontology.terms import PREFIXES, Certainty, Kind, Predicate, contract

_KINDS: Final = {kind.iri: kind for kind in Kind}
_PREDICATES: Final = {predicate.iri: predicate for predicate in Predicate}
_PARTS: Final = (
    SUBJECT.value,
    nodes.term("rdf:predicate").value,
    OBJECT.value,
    nodes.term("etio:negated").value,
    nodes.term("etio:certainty").value,
    nodes.term("etio:articleCount").value,
    nodes.term("etio:belief").value,
)
_FREQUENCY: Final = nodes.term("etio:frequency")
_FREQUENCY_CLASS: Final = nodes.term("etio:frequencyClass")
_KIND_OF: Final = ((SUBJECT, nodes.term("etio:subjectKind")), (OBJECT, nodes.term("etio:objectKind")))


def about(store: pyoxigraph.Store, *described: NamedNode) -> Iterator[Triple]:
    """The triples with these subjects."""
    for node in described:
        yield from (quad.triple for quad in store.quads_for_pattern(node, None, None, nodes.DEFAULT))


def about_concept(store: pyoxigraph.Store, node: NamedNode) -> Iterator[Triple]:
    """The triples that say what a concept is, without its links, of which there may be many thousands."""
    for property in CONCEPT_PROPERTIES:
        yield from (quad.triple for quad in store.quads_for_pattern(node, property, None, nodes.DEFAULT))


def find_node(id: str) -> NamedNode | None:
    """The node of a CURIE or IRI; None where it makes none."""
    try:
        return nodes.term(id)
    except ValueError:
        return None


def subjects(store: pyoxigraph.Store, predicate: NamedNode, object_: NamedNode | Literal) -> Iterator[NamedNode]:
    """The nodes that have this property with this value."""
    for quad in store.quads_for_pattern(None, predicate, object_, nodes.DEFAULT):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject


def objects(store: pyoxigraph.Store, subject: NamedNode, predicate: NamedNode) -> Iterator[NamedNode]:
    """The nodes that are values of this property."""
    for quad in store.quads_for_pattern(subject, predicate, None, nodes.DEFAULT):
        if isinstance(quad.object, NamedNode):
            yield quad.object


def numbers(store: pyoxigraph.Store, subject: NamedNode, predicate: NamedNode) -> Iterator[int]:
    """The whole numbers that are values of this property."""
    for quad in store.quads_for_pattern(subject, predicate, None, nodes.DEFAULT):
        if isinstance(quad.object, Literal):
            yield int(quad.object.value)


def stored_claim(store: pyoxigraph.Store, node: NamedNode) -> Claim | None:
    """The claim with all its evidence; None where there is none."""
    triples = list(about(store, node))
    if not triples:
        return None
    for statement in [triple.object for triple in triples if triple.predicate == HAS_EVIDENCE]:
        if isinstance(statement, NamedNode):
            triples += about(store, statement, nodes.quote_node(statement), nodes.position_node(statement))
    return read_claim(Descriptions(triples), node)


def stored_link(store: pyoxigraph.Store, node: NamedNode) -> Link | None:
    """The claim in short; None where the node is no claim.

    Raises:
        StoreError: something is missing.
    """
    values: dict[str, str] = {}
    claim = False
    for quad in store.quads_for_pattern(node, None, None, nodes.DEFAULT):
        if isinstance(quad.object, NamedNode | Literal):
            values[quad.predicate.value] = quad.object.value
            claim = claim or (quad.predicate == TYPE and quad.object == CLAIM)
    if not claim:
        return None
    try:
        subject, predicate, object_, negated, certainty, articles, belief = (values[name] for name in _PARTS)
    except KeyError as missing:
        raise StoreError(f"{node.value} has no {missing}; ingest its article again") from None
    return Link(
        nodes.curie(node),
        contract(subject),
        _PREDICATES[predicate],
        contract(object_),
        negated == "true",
        Certainty(certainty),
        int(articles),
        float(belief),
    )


def stored_kinds(
    store: pyoxigraph.Store, concept: NamedNode, claims: Iterable[NamedNode] | None = None
) -> Counter[Kind]:
    """How many stored statements take the concept for which kind, of all claims or only of these."""
    wanted = None if claims is None else set(claims)
    counts: Counter[Kind] = Counter()
    for end, kind in _KIND_OF:
        for claim in subjects(store, end, concept):
            if wanted is None or claim in wanted:
                for row in store.quads_for_pattern(claim, HAS_EVIDENCE, None, nodes.DEFAULT):
                    if isinstance(row.object, NamedNode):
                        for stated in store.quads_for_pattern(row.object, kind, None, nodes.DEFAULT):
                            counts[_KINDS[stated.object.value]] += 1  # type: ignore[union-attr]  # an IRI by the shapes
    return counts


_STATED_TWICE: Final = """
SELECT ?claim { ?claim etio:evidence ?evidence } GROUP BY ?claim HAVING (COUNT(?evidence) > 1)"""
"""Only what is stated more than once can vary. Nothing more is asked here: the engine counts without reading a text."""


def varying_in(store: pyoxigraph.Store) -> tuple[str, ...]:
    """The ids of the affirmed claims whose statements differ in how often they hold, sorted."""
    found = store.query(_STATED_TWICE, prefixes=PREFIXES)
    claims = [row["claim"] for row in found] if isinstance(found, QuerySolutions) else []
    differing = [claim for claim in claims if isinstance(claim, NamedNode) and len(_frequencies(store, claim)) > 1]
    links = (stored_link(store, claim) for claim in differing)
    return tuple(sorted(link.id for link in links if link is not None and not link.negated))


def _frequencies(store: pyoxigraph.Store, claim: NamedNode) -> set[str | None]:
    """What the statements of the claim that say how often it holds say."""
    return {
        said(word, next(_values(store, statement, _FREQUENCY_CLASS), None))
        for statement in objects(store, claim, HAS_EVIDENCE)
        for word in _values(store, statement, _FREQUENCY)
    } - {None}


def _values(store: pyoxigraph.Store, subject: NamedNode, predicate: NamedNode) -> Iterator[str]:
    for quad in store.quads_for_pattern(subject, predicate, None, nodes.DEFAULT):
        if isinstance(quad.object, NamedNode | Literal):
            yield quad.object.value
