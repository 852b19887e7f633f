"""A chain told by its quotes."""

from toygraph import CONCEPTS, claim_between, merged, toy_extractions

from graph.network import Network
from graph.paths import find_paths
from graph.quoting import in_quotes
from ontology.article import Article
from ontology.claim import Claim
from ontology.terms import Predicate

PE, HEMOPTYSIS = "etio:pulmonary-embolism", "etio:hemoptysis"


def toy(*more: Claim) -> Network:
    articles = [extraction.article for extraction in toy_extractions()]
    articles += [Article(id=name, title=name, text="x", format="text") for name in ("more", "again")]
    return Network.build(CONCEPTS, [*merged(toy_extractions()), *more], articles)


def test_a_chain_is_told_hop_by_hop_and_a_sentence_twice_in_a_row_is_quoted_once() -> None:
    assert in_quotes(find_paths(toy(), PE, HEMOPTYSIS).paths[0]) == (
        (
            "Pulmonary embolism causes reduced pulmonary blood flow: "
            "“A pulmonary embolism reduces the flow of blood through the lung.” [lung-clots]."
        ),
        (
            "Reduced pulmonary blood flow may cause pulmonary infarction: "
            "“This reduced blood flow can cause a pulmonary infarction.” [lung-clots]."
        ),
        (
            "Pulmonary infarction causes alveolar hemorrhage: "
            "“The infarction leads to bleeding into the air sacs, and that bleeding causes hemoptysis.” [lung-clots]."
        ),
        "Alveolar hemorrhage causes hemoptysis: the same words [lung-clots].",
    )


def test_frequency_other_articles_and_a_denial_are_told_too() -> None:
    affirmed = claim_between("pneumonia", Predicate.CAUSES, "alveolar-hemorrhage", articles=("again", "more"))
    denied = claim_between("pneumonia", Predicate.CAUSES, "alveolar-hemorrhage", negated=True, articles=("more",))
    network = toy(affirmed, denied)
    often = in_quotes(find_paths(network, "etio:pneumonia", HEMOPTYSIS, max_hops=1).paths[0])
    both = in_quotes(find_paths(network, "etio:pneumonia", "etio:alveolar-hemorrhage").paths[0])
    assert often == (
        (
            "Pneumonia may have the symptom hemoptysis (often): "
            "“Pneumonia often causes coughing up blood, though not always.” [coughing-up-blood]."
        ),
    )
    assert both == (
        "Pneumonia causes alveolar hemorrhage: “x” [again and 1 other article]. This is denied: “x” [more].",
    )


def test_a_hop_against_the_direction_of_its_claim_is_told_as_claimed() -> None:
    (told,) = in_quotes(find_paths(toy(), PE, "etio:anticoagulants", directed=False, max_hops=1).paths[0])
    assert told == ("Anticoagulants treats pulmonary embolism: “Anticoagulants treat it.” [lung-clots].")
