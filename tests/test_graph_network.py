import networkx as nx
import pytest
from toygraph import ASSERTED, CONCEPTS, POSSIBLE, merged

from graph.network import Network
from ontology.article import Extraction
from ontology.claim import Claim
from ontology.errors import InvalidArgument
from ontology.terms import Predicate


@pytest.fixture
def network(toy: tuple[Extraction, ...]) -> Network:
    return Network.build(CONCEPTS, merged(toy), [extraction.article for extraction in toy], hash="abc")


def test_every_affirmed_claim_is_one_edge_from_subject_to_object_keyed_by_its_id(network: Network) -> None:
    edges = {
        (source.removeprefix("etio:"), values["predicate"], target.removeprefix("etio:"), values["belief"])
        for source, target, values in network.multigraph.edges(data=True)
    }
    assert edges == {
        ("alveolar-hemorrhage", "causes", "hemoptysis", ASSERTED),
        ("anticoagulants", "treats", "pulmonary-embolism", ASSERTED),
        ("ct-pulmonary-angiography", "diagnoses", "pulmonary-embolism", ASSERTED),
        ("pneumonia", "has_symptom", "hemoptysis", POSSIBLE),
        ("pulmonary-embolism", "causes", "reduced-pulmonary-blood-flow", ASSERTED),
        ("pulmonary-embolism", "has_symptom", "hemoptysis", POSSIBLE),
        ("pulmonary-infarction", "causes", "alveolar-hemorrhage", ASSERTED),
        ("reduced-pulmonary-blood-flow", "causes", "pulmonary-infarction", POSSIBLE),
    }
    affirmed = {claim.id for claim in network.claims.values() if not claim.negated}
    assert {key for _, _, key in network.multigraph.edges(keys=True)} == affirmed


def test_a_denied_claim_is_kept_but_is_no_edge(network: Network) -> None:
    (denied,) = network.denied.values()
    assert (denied.subject, denied.predicate, denied.object) == (
        "etio:anticoagulants",
        Predicate.CAUSES,
        "etio:hemoptysis",
    )
    assert not network.multigraph.has_edge("etio:anticoagulants", "etio:hemoptysis")
    assert network.denied_outgoing("etio:anticoagulants") == (denied,)
    assert network.denied_incoming("etio:hemoptysis") == (denied,)


def test_the_multigraph_is_frozen_and_the_mappings_cannot_be_changed(network: Network) -> None:
    with pytest.raises(nx.NetworkXError, match="Frozen"):
        network.multigraph.add_edge("etio:pneumonia", "etio:hemoptysis")
    with pytest.raises(TypeError):
        network.concepts["etio:x"] = CONCEPTS[0]  # type: ignore[index]


def test_concepts_claims_and_articles_are_sorted_by_id(network: Network) -> None:
    assert list(network.concepts) == sorted(concept.id for concept in CONCEPTS)
    assert list(network.claims) == sorted(network.claims)
    assert list(network.articles) == ["coughing-up-blood", "lung-clots"]


def test_a_concept_is_found_by_any_of_its_names(network: Network) -> None:
    found = [network.lexicon.get(name).id for name in ("hemoptysis", "Coughing up blood", "etio:hemoptysis")]
    assert found == ["etio:hemoptysis"] * 3


def test_the_degree_counts_other_concepts_once(network: Network) -> None:
    degrees = {concept_id: network.degree(concept_id) for concept_id in network.concepts}
    assert degrees == {
        "etio:alveolar-hemorrhage": 2,
        "etio:anticoagulants": 1,
        "etio:ct-pulmonary-angiography": 1,
        "etio:hemoptysis": 3,
        "etio:pneumonia": 1,
        "etio:pulmonary-embolism": 4,
        "etio:pulmonary-infarction": 2,
        "etio:reduced-pulmonary-blood-flow": 2,
    }


def test_an_unknown_id_is_an_error_and_has_no_links(network: Network) -> None:
    assert (network.outgoing("etio:nothing"), network.incoming("etio:nothing"), network.degree("etio:nothing")) == (
        (),
        (),
        0,
    )
    with pytest.raises(InvalidArgument, match="source='etio:nothing': expected the id of a concept in the graph"):
        network.concept("etio:nothing", "source")


def test_a_claim_about_a_concept_that_is_not_given_is_refused(toy: tuple[Extraction, ...]) -> None:
    stranger = Claim("etio:pneumonia", Predicate.CAUSES, "etio:stranger", negated=False, evidence=())
    with pytest.raises(InvalidArgument, match="expected its object 'etio:stranger' among the concepts"):
        Network.build(CONCEPTS, [*merged(toy), stranger], [])


def test_the_hash_says_what_it_was_built_from(network: Network, toy: tuple[Extraction, ...]) -> None:
    assert (network.hash, Network.build(CONCEPTS, merged(toy), []).hash) == ("abc", "")
