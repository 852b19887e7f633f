"""How many concepts of every kind the curated vocabulary has, and how well it names them."""

from ontology.claim import Concept, Mapping, Name
from ontology.coverage import Coverage, coverage
from ontology.lexicon import curated
from ontology.terms import Kind, MappingRelation

ACHE = Concept("etio:ache", "ache", (Kind.SYMPTOM, Kind.CONDITION), (Name("aches"),))
COUGH = Concept(
    "etio:cough",
    "cough",
    (Kind.SYMPTOM,),
    (Name("coughing"), Name("tussis")),
    (Mapping(MappingRelation.EXACT, "HP:0012735"),),
)


def test_concepts_are_counted_by_their_usual_kind_with_those_that_are_short_of_names() -> None:
    found = {row.kind: row for row in coverage((COUGH, ACHE))}
    assert found[Kind.SYMPTOM] == Coverage(Kind.SYMPTOM, concepts=2, names=5, mapped=1, short=(ACHE,))
    assert found[Kind.CONDITION] == Coverage(Kind.CONDITION, concepts=0, names=0, mapped=0, short=())
    assert tuple(found) == tuple(Kind)


def test_the_curated_vocabulary_has_more_than_500_concepts_of_every_kind_and_three_names_for_most() -> None:
    rows = coverage(curated().concepts.values())
    concepts = sum(row.concepts for row in rows)
    assert concepts > 500
    assert min(row.concepts for row in rows) >= 20
    assert sum(len(row.short) for row in rows) < 0.1 * concepts
    assert sum(row.names for row in rows) / concepts >= 3
