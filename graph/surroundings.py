"""A whole store asked for its shapes, a few claims at a time, each with all that the shapes look at around it."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

import pyoxigraph
from pyoxigraph import NamedNode, Triple

from graph import nodes
from graph.constraints import conforms
from graph.rdf import ARTICLE, CONCEPT, HAS_EVIDENCE, HAS_SOURCE, OBJECT, SUBJECT, TYPE
from graph.shacl import violations
from graph.stored import about, subjects
from ontology.claim import Claim

_AT_ONCE: Final = 5_000
_SELECTORS: Final = (nodes.term("oa:TextQuoteSelector"), nodes.term("oa:TextPositionSelector"))
_EVIDENCE: Final = nodes.term("etio:Evidence")
_SELECTOR: Final = nodes.term("oa:hasSelector")


def violations_of(store: pyoxigraph.Store, claims: Iterable[Claim]) -> tuple[str, ...]:
    """One line a violation of the shapes anywhere in the store, sorted; `claims` are all that it has."""
    found: set[str] = set()
    for triples in _pieces(store, claims):
        if not conforms(triples):
            found.update(violations(triples))
    return tuple(sorted(found))


def _pieces(store: pyoxigraph.Store, claims: Iterable[Claim]) -> Iterator[set[Triple]]:
    """Parts of the store that can be judged alone, which together hold every node that has a shape."""
    piece: set[Triple] = set()
    for part in _parts(store, claims):
        piece |= part
        if len(piece) >= _AT_ONCE:
            yield piece
            piece = set()
    yield piece


def _parts(store: pyoxigraph.Store, claims: Iterable[Claim]) -> Iterator[set[Triple]]:
    in_order = sorted(claims, key=_link)
    for _, same in groupby(in_order, key=_link):  # a denial may stand beside the link if another claim affirms it
        part: set[Triple] = set()
        for claim in same:
            part |= around_claim(store, nodes.term(claim.id))
        yield part
    for type_ in (CONCEPT, ARTICLE):
        for node in subjects(store, TYPE, type_):
            yield set(about(store, node))
    for node in subjects(store, TYPE, _EVIDENCE):
        if next(store.quads_for_pattern(None, HAS_EVIDENCE, node, nodes.DEFAULT), None) is None:
            yield around_evidence(store, node)
    for type_ in _SELECTORS:
        for node in subjects(store, TYPE, type_):
            if next(store.quads_for_pattern(None, _SELECTOR, node, nodes.DEFAULT), None) is None:
                yield set(about(store, node))


def _link(claim: Claim) -> tuple[str, str, str]:
    return (claim.subject, claim.predicate.value, claim.object)


def around_claim(store: pyoxigraph.Store, node: NamedNode) -> set[Triple]:
    """What is said of a claim, of its ends and of its evidence."""
    around = set(about(store, node))
    for triple in tuple(around):
        if isinstance(triple.object, NamedNode):
            if triple.predicate in (SUBJECT, OBJECT):
                around.update(about(store, triple.object))
            elif triple.predicate == HAS_EVIDENCE:
                around |= around_evidence(store, triple.object)
    return around


def around_evidence(store: pyoxigraph.Store, node: NamedNode) -> set[Triple]:
    """The statement, its selectors, its article, and that a claim points to it."""
    around = set(about(store, node))
    around |= {quad.triple for quad in store.quads_for_pattern(None, HAS_EVIDENCE, node, nodes.DEFAULT)}
    for property_ in (_SELECTOR, HAS_SOURCE):
        for quad in store.quads_for_pattern(node, property_, None, nodes.DEFAULT):
            if isinstance(quad.object, NamedNode):
                around.update(about(store, quad.object))
    return around
