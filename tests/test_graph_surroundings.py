"""A store judged in parts is judged as a whole."""

from drawn import drawn
from graphworld import toy_layer
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad, Store
from toygraph import merged, toy_extractions

from graph import nodes
from graph.change import change, relayered
from graph.expected import differences
from graph.rdf import HAS_EVIDENCE
from graph.rdflibgraph import rdflib_graph
from graph.surroundings import violations_of
from ontology.shapes import violations

LAYER = toy_layer()
TOY = tuple(toy_extractions())
CLAIMS = merged(TOY)
CONCEPTS = tuple({concept.id: concept for extraction in TOY for concept in extraction.concepts}.values())
ARTICLES = {extraction.article.id: extraction.article for extraction in TOY}


def toy_store() -> Store:
    store = Store()
    store.update(relayered(store, LAYER).as_update())
    for extraction in TOY:
        store.update(change(store, extraction.article.id, extraction, LAYER).as_update())
    return store


QUADS = sorted(toy_store(), key=str)


def test_nothing_is_said_of_a_store_as_it_should_be() -> None:
    assert violations_of(toy_store(), CLAIMS) == ()
    assert list(differences(toy_store(), LAYER, CONCEPTS, CLAIMS, ARTICLES)) == []


@given(st.sampled_from(QUADS), st.sampled_from(QUADS), st.booleans())
@drawn(30)
def test_whatever_is_damaged_is_found_as_in_the_whole(dropped: Quad, other: Quad, replaced: bool) -> None:
    store = toy_store()
    store.remove(dropped)
    if replaced:
        store.add(Quad(dropped.subject, dropped.predicate, other.object))
    whole = violations(rdflib_graph({quad.triple for quad in store}))
    assert violations_of(store, CLAIMS) == whole


def test_a_claim_may_point_to_what_is_no_statement_at_all() -> None:
    store = toy_store()
    store.add(Quad(nodes.term(CLAIMS[0].id), HAS_EVIDENCE, nodes.term("skos:Concept")))
    whole = violations(rdflib_graph({quad.triple for quad in store}))
    assert whole
    assert violations_of(store, CLAIMS) == whole


def test_each_side_of_a_difference_is_told() -> None:
    store, comment = toy_store(), Quad(nodes.term("etio:hemoptysis"), nodes.term("rdfs:comment"), Literal("x"))
    (link,) = (
        quad for quad in QUADS if quad.predicate == nodes.term("etio:treats") and "claim" not in str(quad.subject)
    )
    store.add(comment)
    store.remove(link)
    found = set(differences(store, LAYER, CONCEPTS, CLAIMS, ARTICLES))
    assert found == {(comment.triple, True), (link.triple, False)}
