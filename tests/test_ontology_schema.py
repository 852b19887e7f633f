"""The relations as the ontology describes them."""

import pytest

from ontology.schema import Relation, schema
from ontology.terms import SYMMETRIC, Kind, Predicate


def test_every_predicate_is_described_in_order() -> None:
    assert tuple(schema()) == tuple(Predicate)


def test_a_relation_carries_all_that_the_ontology_says_of_it() -> None:
    assert schema()[Predicate.HAS_COMPLICATION] == Relation(
        predicate=Predicate.HAS_COMPLICATION,
        label="has complication",
        definition="Condition S may be complicated by O.",
        domain=frozenset({Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM, Kind.RISK_FACTOR, Kind.TREATMENT}),
        range=frozenset({Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM}),
        inverse="complication_of",
        inverse_label="complication of",
        symmetric=False,
        biolink="biolink:contributes_to",
    )


def test_a_symmetric_relation_is_its_own_inverse_and_joins_the_same_kinds() -> None:
    symmetric = {p: r for p, r in schema().items() if r.symmetric}
    assert symmetric.keys() == SYMMETRIC
    assert [(r.inverse, r.domain == r.range) for r in symmetric.values()] == [(p.value, True) for p in symmetric]


def test_inverse_names_are_all_different() -> None:
    inverses = [relation.inverse for relation in schema().values()]
    assert sorted(inverses) == sorted(set(inverses))
    assert {"caused_by", "symptom_of", "treated_by"} < set(inverses)


@pytest.mark.parametrize(
    ("predicate", "biolink"),
    [
        (Predicate.CAUSES, "biolink:causes"),
        (Predicate.HAS_SYMPTOM, "biolink:has_phenotype"),
        (Predicate.TREATS, "biolink:applied_to_treat"),
        (Predicate.IS_A, "biolink:subclass_of"),
        (Predicate.WARRANTS, None),
        (Predicate.PRESENTS_AS, None),
    ],
)
def test_biolink_clients_are_told_its_relation_where_it_has_one(predicate: Predicate, biolink: str | None) -> None:
    assert schema()[predicate].biolink == biolink


def test_only_anatomy_and_care_close_the_relations_made_for_them() -> None:
    assert Kind.ANATOMY in schema()[Predicate.LOCATED_IN].range
    assert Kind.CARE_ACTION in schema()[Predicate.WARRANTS].range
    assert Kind.APPEARANCE in schema()[Predicate.PRESENTS_AS].range
    assert Kind.CARE_ACTION not in schema()[Predicate.CAUSES].range
