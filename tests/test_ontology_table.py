"""Concepts come back from their dump as they went in, one by one or together."""

import pytest

from ontology.claim import Concept, Mapping, Name
from ontology.errors import InvalidVocabulary
from ontology.table import ConceptTable, dump, load
from ontology.terms import Kind, MappingRelation, NameType

COUGH = Concept(
    "HP:1",
    "cough",
    (Kind.SYMPTOM, Kind.CONDITION),
    (Name("hack", NameType.LAY), Name("tussis")),
    (Mapping(MappingRelation.CLOSE, "UMLS:C1"),),
    "A rush of air.",
)
FEVER = Concept("HP:2", "fever", (Kind.SYMPTOM,))


def test_concepts_come_back_as_they_were_in_their_order() -> None:
    assert load(dump((FEVER, COUGH))) == (FEVER, COUGH)


def test_a_table_makes_each_concept_once_and_knows_all_ids() -> None:
    table = ConceptTable(dump((FEVER, COUGH)))
    assert (list(table), len(table), table["HP:1"], "HP:3" in table) == (["HP:2", "HP:1"], 2, COUGH, False)
    assert table["HP:1"] is table["HP:1"]


@pytest.mark.parametrize("content", [b"", b"{", b'[["HP:1"]]', b"[[]]", b"[5]", b"\xff\x00", b'{"a":1}'])
def test_what_is_no_dump_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidVocabulary):
        ConceptTable(content)
