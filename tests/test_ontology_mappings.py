"""Every mapping holds in the file of the other vocabulary."""

from pathlib import Path

import pytest

from ontology.claim import Concept, Mapping
from ontology.lexicon import curated
from ontology.mappings import problems
from ontology.terms import Kind, MappingRelation


def test_mappings_to_hp_and_icd_10_cm_hold() -> None:
    assert problems(curated().concepts.values()) == ()


def test_mappings_to_doid_and_its_references_maxo_uberon_and_symp_hold(shared: Path) -> None:
    assert problems(curated().concepts.values(), shared=shared) == ()


def _concept(curie: str, relation: MappingRelation, *, label: str = "cough", id_: str = "etio:a") -> Concept:
    return Concept(id_, label, (Kind.SYMPTOM,), mappings=(Mapping(relation, curie),))


MISSING = "etio:a: {} does not exist or is obsolete"
NO_NAME = "etio:a: {} shares no name with it; make the match close or broad"


@pytest.mark.parametrize(
    ("curie", "relation", "problem"),
    [
        ("HP:0012735", MappingRelation.EXACT, None),
        ("HP:0002105", MappingRelation.EXACT, NO_NAME),
        ("HP:0002105", MappingRelation.CLOSE, None),
        ("HP:9999999", MappingRelation.BROAD, MISSING),
        ("HP:0000057", MappingRelation.CLOSE, MISSING),
        ("ICD10CM:R05", MappingRelation.EXACT, None),
        ("ICD10CM:R04.2", MappingRelation.EXACT, NO_NAME),
        ("ICD10CM:Q00.99", MappingRelation.CLOSE, MISSING),
        ("MONDO:0005002", MappingRelation.CLOSE, "etio:a: no file to check MONDO:0005002 against; leave it out"),
    ],
)
def test_a_mapping_that_does_not_hold_is_told(curie: str, relation: MappingRelation, problem: str | None) -> None:
    assert problems([_concept(curie, relation)]) == ((problem.format(curie),) if problem else ())


def test_a_term_is_the_exact_match_of_one_concept_only() -> None:
    one = _concept("HP:0012735", MappingRelation.EXACT)
    other = _concept("HP:0012735", MappingRelation.EXACT, id_="etio:b")
    assert problems([one, other]) == (
        "etio:b: HP:0012735 is the exact match of etio:a already; make one of them close",
    )


def test_a_term_is_mapped_in_one_way_only() -> None:
    twice = (Mapping(MappingRelation.EXACT, "HP:0012735"), Mapping(MappingRelation.CLOSE, "HP:0012735"))
    concept = Concept("etio:a", "cough", (Kind.SYMPTOM,), mappings=twice)
    assert problems([concept]) == ("etio:a: mapped to HP:0012735 in 2 ways; keep one",)


def test_a_cross_reference_must_be_one_of_the_exactly_mapped_term(shared: Path) -> None:
    wrong = Concept("etio:a", "hemoptysis", (Kind.SYMPTOM,), mappings=(
        Mapping(MappingRelation.EXACT, "HP:0002105"),
        Mapping(MappingRelation.EXACT, "UMLS:C0019079"),
        Mapping(MappingRelation.EXACT, "MESH:D006469"),
    ))  # fmt: skip
    assert problems([wrong], shared=shared) == (
        "etio:a: MESH:D006469 is no cross-reference of the DOID or HP term it maps exactly",
    )
