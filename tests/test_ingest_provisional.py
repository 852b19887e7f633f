"""Concepts named by the words of an article."""

from ingest.provisional import mint
from ontology.claim import Concept
from ontology.terms import Kind


def test_a_minted_concept_is_rebuilt_from_its_label() -> None:
    concept = mint("X-ray of the Sinuses!", Kind.TEST)
    assert concept == Concept("etiop:x-ray_of_the_sinuses", "x-ray of the sinuses", (Kind.TEST,), provisional=True)
    assert mint(concept.label, Kind.TEST) == concept
    assert mint("a person\u2019s age", Kind.RISK_FACTOR).label == "a persons age"
