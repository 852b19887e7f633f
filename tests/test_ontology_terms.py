"""The enums restate the Turtle; CURIEs and IRIs are one to one."""

from pathlib import Path

import pyoxigraph
import pytest

from ontology.schema import ONTOLOGY
from ontology.terms import ETIO, PREFIXES, SYMMETRIC, Kind, Predicate, contract, expand

OWL = PREFIXES["owl"]
RDFS = PREFIXES["rdfs"]
TYPE = PREFIXES["rdf"] + "type"


def _subjects(path: Path, predicate: str, object_: str) -> set[str]:
    return {
        triple.subject.value
        for triple in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE)
        if triple.predicate.value == predicate and str(triple.object) == f"<{object_}>"
        if isinstance(triple.subject, pyoxigraph.NamedNode)
    }


def test_the_kinds_are_the_classes_of_concepts_in_the_ontology() -> None:
    assert _subjects(ONTOLOGY, RDFS + "subClassOf", PREFIXES["skos"] + "Concept") == {kind.iri for kind in Kind}


def test_the_predicates_are_the_object_properties_that_have_an_inverse_or_are_symmetric() -> None:
    inverses = {
        str(triple.object).strip("<>")
        for triple in pyoxigraph.parse(path=ONTOLOGY, format=pyoxigraph.RdfFormat.TURTLE)
        if triple.predicate.value == OWL + "inverseOf"
    }
    symmetric = _subjects(ONTOLOGY, TYPE, OWL + "SymmetricProperty")
    assert inverses | symmetric == {predicate.iri for predicate in Predicate}


def test_the_symmetric_predicates_are_those_the_ontology_calls_symmetric() -> None:
    assert _subjects(ONTOLOGY, TYPE, OWL + "SymmetricProperty") == {predicate.iri for predicate in SYMMETRIC}


@pytest.mark.parametrize(
    ("curie", "iri"),
    [
        ("etio:hemoptysis", f"{ETIO}hemoptysis"),
        ("etiop:dry_air", f"{ETIO}provisional/dry_air"),
        ("HP:0002105", "http://purl.obolibrary.org/obo/HP_0002105"),
        ("ICD10CM:R04.2", "http://purl.bioontology.org/ontology/ICD10CM/R04.2"),
    ],
)
def test_a_curie_expands_to_its_iri_and_back(curie: str, iri: str) -> None:
    assert (expand(curie), contract(iri)) == (iri, curie)


def test_an_unknown_prefix_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"no known prefix in 'nope:1' \(known: .*HP.*etio"):
        expand("nope:1")
