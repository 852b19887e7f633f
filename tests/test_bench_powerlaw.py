"""The generator of the path benchmark: what it draws is a graph as it says."""

import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pyoxigraph import RdfFormat, Triple, parse

sys.path.append(str(Path(__file__).parent / "bench"))

from linkarticles import EXTRACTOR, RELATIONS, Articles, Said
from linkstore import articles_of, build, shape_of
from powerlaw import Shape, power_law

from graph.adjacency.arrays import ARRAYS, Adjacency
from graph.adjacency.building import make_links
from graph.checkpoints import Pointer, find_pointer
from graph.rdf import claim_triples, concept_triples, own_triples
from graph.store import Store
from graph.storednetwork import StoredNetwork
from ontology.article import Article, Extraction
from ontology.claim import Claim, Evidence, evidence_order
from ontology.terms import Certainty


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


def test_the_lines_of_a_graph_are_the_triples_of_its_concepts_articles_claims_and_evidence() -> None:
    articles = articles_of(shape_of(130))
    united, expected = defaultdict[str, list[Evidence]](list), set[Triple]()
    claims: dict[str, Claim] = {}
    for number in range(articles.number):
        article, said = articles.article(number)
        stated = [_claim(articles, article, sentence) for sentence in said]
        assert all(article.text[row.start : row.end] == row.quote for claim in stated for row in claim.evidence)
        expected |= own_triples(Extraction(article, (), tuple(stated), extractor=EXTRACTOR))
        for claim in stated:
            claims[claim.id] = claim
            united[claim.id] += claim.evidence
    assert {len(rows) for rows in united.values()} == {1, 2}
    for id, claim in claims.items():
        expected |= claim_triples(replace(claim, evidence=tuple(sorted(united[id], key=evidence_order))))
    for number in range(len(articles.labels)):
        expected |= concept_triples(articles.concept(number))
    lines = b"".join(articles.lines()).splitlines()
    assert len(set(lines)) == len(lines) == len(expected)
    assert {quad.triple for quad in parse(b"\n".join(lines), format=RdfFormat.N_TRIPLES)} == expected


def test_a_store_of_links_is_one_that_questions_and_a_writer_open(tmp_path: Path) -> None:
    data, shape = tmp_path / "data", shape_of(300)
    triples = build(data, shape)
    assert build(data, shape) == triples
    links, articles = power_law(shape), articles_of(shape)
    network = StoredNetwork.open(data)
    make_links(network.snapshot.path)
    network.resident()
    found = {
        (link.subject, link.predicate, link.object): (link.certainty.rank, link.articles, link.belief)
        for concept in map(articles.concept, range(shape.nodes))
        for link in network.links_from(concept.id)
    }
    assert len(found) == len(links)
    for place, (subject, relation, object_, certainty, stating) in enumerate(
        zip(*(getattr(links, name).tolist() for name in _COMPARED), strict=True)
    ):
        link = (articles.concept(subject).id, RELATIONS[relation], articles.concept(object_).id)
        claim = network.claims[articles.claim(place)]
        assert (claim.subject, claim.predicate, claim.object) == link
        assert found[link] == (certainty, min(stating, 2), claim.belief)
        assert (claim.certainty.rank, len(claim.articles)) == (certainty, min(stating, 2))
    hash = network.hash
    with Store.open(data):
        pass
    assert find_pointer(data) == Pointer(network.snapshot.name, hash)


_COMPARED = ("subject", "relation", "object", "certainty", "articles")


def _claim(articles: Articles, article: Article, said: Said) -> Claim:
    """The claim that a sentence of an article states, with that evidence alone."""
    links = articles.links
    subject, object_ = (articles.concept(int(ends[said.link])) for ends in (links.subject, links.object))
    evidence = Evidence(
        article=article.id,
        quote=said.quote,
        start=said.start,
        end=said.end,
        rule=said.rule,
        extractor=EXTRACTOR,
        subject_mention=subject.label,
        object_mention=object_.label,
        subject_kind=subject.kinds[0],
        object_kind=object_.kinds[0],
        certainty=next(known for known in Certainty if known.rank == links.certainty[said.link]),
    )
    predicate = RELATIONS[int(links.relation[said.link])]
    return Claim(subject.id, predicate, object_.id, negated=False, evidence=(evidence,))
