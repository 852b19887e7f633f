"""Claims that are read many at once are those that are read one by one."""

from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad
from toygraph import toy_extractions

from graph import nodes
from graph.rdf import claim_triples, own_triples
from graph.readahead import AT_ONCE, claims_at
from graph.store import Store
from graph.stored import stored_claim
from graph.storednetwork import StoredNetwork
from ontology.claim import Claim
from ontology.errors import StoreError


@pytest.fixture
def network(tmp_path: Path) -> StoredNetwork:
    with Store.open(tmp_path) as store:
        store.replace(toy_extractions())
    return StoredNetwork.open(tmp_path)


def test_all_are_those_that_are_read_one_by_one_with_their_evidence(network: StoredNetwork) -> None:
    store, ids = network.snapshot.store, list(network.claims)
    alone = {id: claim for id in ids for claim in [stored_claim(store, nodes.term(id))] if claim is not None}
    for asked in (ids, ids * AT_ONCE, [*ids, "etio:claim/0000000000000000", "etio:hemoptysis", "no id"]):
        together = claims_at(store, asked)
        assert together == alone
        assert all(together[id].evidence == claim.evidence for id, claim in alone.items())
    assert claims_at(store, []) == {}


def test_what_was_read_ahead_is_what_is_looked_up(network: StoredNetwork, tmp_path: Path) -> None:
    ids = list(network.claims)
    network.read_ahead([*ids, "etio:claim/0000000000000000"])
    fresh = StoredNetwork.open(tmp_path)
    assert {id: network.claims[id].evidence for id in ids} == {id: fresh.claims[id].evidence for id in ids}
    assert "etio:claim/0000000000000000" not in network.claims


def test_a_claim_with_damaged_evidence_is_left_to_who_reads_it_alone() -> None:
    extraction = next(iter(toy_extractions()))
    whole, damaged, doubled = sorted(extraction.claims, key=lambda claim: claim.id)[:3]
    store = pyoxigraph.Store()
    triples = own_triples(extraction).union(*map(claim_triples, (whole, damaged, doubled)))
    store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    store.update(f"DELETE WHERE {{ {_evidence(damaged)} {nodes.term('etio:rule')} ?rule }}")
    store.add(Quad(_evidence(doubled), nodes.term("etio:qualifier"), Literal("in one case")))
    store.add(Quad(_evidence(doubled), nodes.term("etio:qualifier"), Literal("in another")))
    assert set(claims_at(store, [whole.id, damaged.id, doubled.id])) == {whole.id}
    for claim in (damaged, doubled):
        with pytest.raises(StoreError, match=_evidence(claim).value):
            stored_claim(store, nodes.term(claim.id))


def _evidence(claim: Claim) -> NamedNode:
    return nodes.evidence_node(claim.id, claim.evidence[0])
