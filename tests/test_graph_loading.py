"""What is loaded property by property is what is read node by node."""

import pytest
from drawn import drawn
from graphworld import extractions, toy_layer
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad, Store

from graph import nodes
from graph.change import change, relayered
from graph.loading import load_articles, load_claims, load_concepts
from graph.reading import Descriptions, read_articles, read_claims, read_concepts
from ontology.article import Extraction
from ontology.errors import StoreError

LAYER = toy_layer()


def stored(given: list[Extraction]) -> Store:
    store = Store()
    store.update(relayered(store, LAYER).as_update())
    for extraction in given:
        store.update(change(store, extraction.article.id, extraction, LAYER).as_update())
    return store


@given(st.lists(extractions(), max_size=3, unique_by=lambda extraction: extraction.article.id))
@drawn(25)
def test_both_ways_of_reading_a_store_agree(given: list[Extraction]) -> None:
    store = stored(given)
    triples = Descriptions(quad.triple for quad in store)
    claims, expected = list(load_claims(store)), list(read_claims(triples))
    assert (claims, [claim.evidence for claim in claims]) == (expected, [claim.evidence for claim in expected])
    assert sorted(load_articles(store), key=lambda article: article.id) == sorted(
        read_articles(triples), key=lambda article: article.id
    )
    assert {concept.id: concept for concept in load_concepts(store)} == {
        concept.id: concept for concept in read_concepts(triples)
    }


def test_what_is_missing_or_stands_twice_is_named(toy: tuple[Extraction, ...]) -> None:
    store = stored(list(toy))
    (quad, *_) = store.quads_for_pattern(None, nodes.term("etio:rule"), None)
    store.add(Quad(quad.subject, quad.predicate, Literal("another")))
    with pytest.raises(StoreError, match=r"has several values of etio:rule, expected one; ingest its article again"):
        list(load_claims(store))
    for row in list(store.quads_for_pattern(quad.subject, quad.predicate, None)):
        store.remove(row)
    with pytest.raises(StoreError, match=r"/evidence/[0-9a-f]{16} has no etio:rule; ingest its article again"):
        list(load_claims(store))
    for row in list(store.quads_for_pattern(quad.subject, None, None)):
        store.remove(row)
    with pytest.raises(StoreError, match=r"is described by no triple; ingest its article again"):
        list(load_claims(store))
