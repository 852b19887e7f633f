"""The generator of the path benchmark: what it draws is a graph as it says."""

import sys
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from pyoxigraph import QuerySolutions

sys.path.append(str(Path(__file__).parent / "bench"))

from linkstore import RELATIONS, build, concept
from powerlaw import Shape, power_law

from graph.adjacency.arrays import ARRAYS, Adjacency, Links
from graph.store import Snapshot
from ontology.claim import claim_id
from ontology.terms import PREFIXES, Certainty, contract


@pytest.mark.parametrize("shape", [Shape(1_000, 10_000), Shape(50, 2_000, relations=3, seed=7), Shape(3, 20)])
def test_there_are_as_many_links_as_asked_for_none_twice_and_none_from_a_node_to_itself(shape: Shape) -> None:
    links = power_law(shape)
    stated = {*zip(links.subject.tolist(), links.relation.tolist(), links.object.tolist(), strict=True)}
    assert len(links) == len(stated) == shape.links
    assert not (links.subject == links.object).any()
    assert {*links.relation.tolist()} <= {*range(shape.relations)}
    assert min(links.subject.min(), links.object.min()) >= 0
    assert max(links.subject.max(), links.object.max()) < shape.nodes
    assert {*links.certainty.tolist()} <= {0, 1, 2}
    assert links.articles.min() >= 1
    assert 0.3 <= links.belief.min() <= links.belief.max() <= 0.99


def test_both_directions_have_hubs_and_nodes_without_links() -> None:
    shape = Shape(10_000, 100_000)
    links = power_law(shape)
    for ends in (links.subject, links.object):
        degrees = np.sort(np.bincount(ends, minlength=shape.nodes))
        assert degrees[-1] > 100 * np.median(degrees)
        assert degrees[0] == 0
    out_degrees, in_degrees = (np.bincount(ends, minlength=shape.nodes) for ends in (links.subject, links.object))
    assert np.median(in_degrees[np.argsort(out_degrees)[-100:]]) > 3 * np.median(in_degrees)


def test_a_seed_always_gives_the_same_graph_and_another_seed_another() -> None:
    one, same, other = (
        Adjacency.of(500, power_law(Shape(500, 3_000, seed=seed)), tuple(map(str, range(24)))) for seed in (1, 1, 2)
    )
    assert all(np.array_equal(getattr(one, name), getattr(same, name)) for name in ARRAYS)
    assert not np.array_equal(one.out_node, other.out_node)


def test_a_store_of_links_holds_each_as_a_claim_with_its_roll_ups(tmp_path: Path) -> None:
    shape = Shape(40, 300, relations=len(RELATIONS))
    build(tmp_path / "data", shape)
    links = power_law(shape)
    stated = {
        (concept(subject), RELATIONS[relation], concept(object_)): (certainty, articles, round(belief, 4))
        for subject, relation, object_, certainty, articles, belief in zip(
            *(getattr(links, field.name).tolist() for field in fields(Links)), strict=True
        )
    }
    with Snapshot.open(tmp_path / "data") as snapshot:
        rows = snapshot.store.query(
            "SELECT ?claim ?s ?p ?o ?certainty ?articles ?belief { ?claim a etio:Claim ; rdf:subject ?s ; "
            "rdf:predicate ?p ; rdf:object ?o ; etio:certainty ?certainty ; etio:articleCount ?articles ; "
            "etio:belief ?belief ; etio:negated false . ?s ?p ?o . ?s a skos:Concept . ?o a skos:Concept }",
            prefixes=PREFIXES,
        )
        assert isinstance(rows, QuerySolutions)
        found = {}
        by_iri = {relation.iri: relation for relation in RELATIONS}
        for claim, subject, relation, object_, certainty, articles, belief in rows:
            link = (contract(subject.value), by_iri[relation.value], contract(object_.value))
            assert contract(claim.value) == claim_id(*link, negated=False)
            found[link] = (Certainty(certainty.value).rank, int(articles.value), float(belief.value))
    assert found == stated
