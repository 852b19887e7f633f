"""OBO and SKOS files become concepts; HPO and ICD-10-CM give only what may be named in prose."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ontology.claim import Concept, Mapping, Name
from ontology.compiled import compiled
from ontology.errors import InvalidVocabulary
from ontology.obo import Synonym, Term
from ontology.terms import Kind, MappingRelation, NameType
from ontology.vocabularies import human_phenotype_ontology, icd10cm, read_obo, read_skos, unsafe_names

OBO = r"""format-version: 1.2

[Term]
id: X:1
name: Cough
def: "A \"sudden\" rush of air." [source]
synonym: "Coughing" EXACT layperson [ref]
synonym: "Tussis" RELATED []
xref: UMLS:C1 {source="a"}
is_a: X:0 ! Sign

[Term]
id: X:2
name: obsolete Hack
is_obsolete: true

[Typedef]
id: part_of
name: part of
"""

PREFIXES = """@prefix etio: <https://w3id.org/etiograph/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix HP: <http://purl.obolibrary.org/obo/HP_> .
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def _write(text: str) -> Path:
        path = tmp_path / "vocabulary"
        path.write_text(text, encoding="utf-8")
        return path

    return _write


def test_terms_of_an_obo_file_are_read_with_names_parents_and_references(write: Callable[[str], Path]) -> None:
    assert read_obo(write(OBO)) == (
        Term(
            "X:1",
            "Cough",
            'A "sudden" rush of air.',
            (Synonym("Coughing", "EXACT", "layperson"), Synonym("Tussis", "RELATED", "")),
            ("X:0",),
            ("UMLS:C1",),
            obsolete=False,
        ),
        Term("X:2", "obsolete Hack", None, (), (), (), obsolete=True),
    )


def test_a_file_without_terms_is_no_obo_file(write: Callable[[str], Path]) -> None:
    with pytest.raises(InvalidVocabulary, match="is this an OBO file"):
        read_obo(write("hello\n"))


def test_concepts_of_a_skos_file_keep_the_order_of_kinds_and_names(write: Callable[[str], Path]) -> None:
    text = """
        etio:cough a skos:Concept, etio:Symptom, etio:Mechanism ;
            skos:prefLabel "cough" ;
            skos:hiddenLabel "a cough" ;
            etio:layName "hacking", "barking" ;
            skos:altLabel "tussis" ;
            skos:definition "A rush of air."@en , "Ein Luftstoss."@de ;
            skos:broadMatch HP:0002795 ;
            skos:exactMatch HP:0012735 .
        etio:vocabulary a skos:ConceptScheme .
    """
    assert read_skos(write(PREFIXES + text)) == (
        Concept(
            "etio:cough",
            "cough",
            (Kind.SYMPTOM, Kind.MECHANISM),
            (
                Name("tussis"),
                Name("hacking", NameType.LAY),
                Name("barking", NameType.LAY),
                Name("a cough", NameType.HIDDEN),
            ),
            (Mapping(MappingRelation.BROAD, "HP:0002795"), Mapping(MappingRelation.EXACT, "HP:0012735")),
            "A rush of air.",
        ),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("etio:a a skos:Concept, etio:Symptom .", "etio:a has 0 preferred labels"),
        ('etio:a a skos:Concept, etio:Symptom ; skos:prefLabel "a", "b" .', "etio:a has 2 preferred labels"),
        ('etio:a a skos:Concept ; skos:prefLabel "a" .', "etio:a has no kind"),
        ("etio:a a", "not valid Turtle"),
    ],
)
def test_a_skos_file_that_contradicts_itself_is_refused(write: Callable[[str], Path], text: str, message: str) -> None:
    with pytest.raises(InvalidVocabulary, match=message):
        read_skos(write(PREFIXES + text))


def _by_id(concepts: tuple[Concept, ...]) -> dict[str, Concept]:
    return {concept.id: concept for concept in concepts}


def test_phenotypes_are_symptoms_and_diseases_conditions_as_well() -> None:
    phenotypes = _by_id(human_phenotype_ontology())
    assert {curie: phenotypes[curie].kinds for curie in ("HP:0012735", "HP:0002090", "HP:0100526", "HP:0000961")} == {
        "HP:0012735": (Kind.SYMPTOM,),
        "HP:0002090": (Kind.CONDITION, Kind.SYMPTOM),
        "HP:0100526": (Kind.CONDITION, Kind.SYMPTOM),
        "HP:0000961": (Kind.SYMPTOM,),
    }


def test_lay_synonyms_are_lay_names_and_related_ones_hidden() -> None:
    assert _by_id(human_phenotype_ontology())["HP:0002105"].names == (
        Name("haemoptysis"),
        Name("coughing up blood", NameType.LAY),
        Name("coughing up blood or blood-stained mucus", NameType.HIDDEN),
    )


def test_inheritance_course_and_frequency_are_no_phenotypes() -> None:
    left_out = {"HP:0000006", "HP:0003674", "HP:0040283", "HP:0012825", "HP:0000118"}
    assert left_out & _by_id(human_phenotype_ontology()).keys() == set()


@pytest.mark.parametrize("code", ["J18.9", "J45.909", "S22.3", "W19", "Z86.711", "C34", "I26.0"])
def test_titles_that_nobody_writes_are_left_out(code: str) -> None:
    assert f"ICD10CM:{code}" not in _by_id(icd10cm())


def test_categories_of_chapter_r_are_symptoms_and_others_conditions() -> None:
    categories = _by_id(icd10cm())
    assert [categories[curie] for curie in ("ICD10CM:R04.2", "ICD10CM:I26", "ICD10CM:A37.0")[:2]] == [
        Concept("ICD10CM:R04.2", "hemoptysis", (Kind.SYMPTOM,)),
        Concept("ICD10CM:I26", "pulmonary embolism", (Kind.CONDITION,)),
    ]


def test_labels_are_lower_case_but_for_proper_names() -> None:
    labels = {concept.label for concept in (*human_phenotype_ontology(), *icd10cm())}
    assert {"chemosis", "Marfan syndrome", "Farmer's lung", "Babinski sign"} <= labels


def test_unsafe_names_stand_for_nothing() -> None:
    unsafe = unsafe_names()
    assert "odd" in unsafe
    named = {
        text.casefold()
        for concept in (*human_phenotype_ontology(), *icd10cm())
        for text in (concept.label, *(name.text for name in concept.names))
    }
    assert named & unsafe == set()


def test_every_concept_has_an_id_of_its_own() -> None:
    ids = [concept.id for concept in (*human_phenotype_ontology(), *icd10cm())]
    assert len(ids) == len(set(ids)) > 20_000


COUGH = Concept(
    "HP:1",
    "cough",
    (Kind.SYMPTOM,),
    (Name("hack", NameType.LAY),),
    (Mapping(MappingRelation.CLOSE, "UMLS:C1"),),
    "A rush of air.",
)


def test_what_was_compiled_is_read_back_until_a_source_changes(tmp_path: Path) -> None:
    source, folder = tmp_path / "source", tmp_path / "cache"
    source.write_text("one")
    made: list[int] = []

    def make() -> tuple[Concept, ...]:
        made.append(1)
        return (COUGH,)

    results = [compiled("x", [source], make, folder=folder) for _ in range(2)]
    source.write_text("two")
    results.append(compiled("x", [source], make, folder=folder))
    assert (results, len(made)) == ([(COUGH,)] * 3, 2)


@pytest.mark.parametrize("damage", [b"", b"{", b'[["HP:1"]]', b'[["a","b",["Nope"],[],[],null]]', b"\xff\x00"])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    source = tmp_path / "source"
    source.write_text("one")
    compiled("x", [source], lambda: (COUGH,), folder=tmp_path)
    [entry] = tmp_path.glob("*.json")
    entry.write_bytes(damage)
    assert compiled("x", [source], lambda: (COUGH,), folder=tmp_path) == (COUGH,)
    assert entry.read_bytes() != damage


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_text("one")
    assert compiled("x", [source], lambda: (COUGH,), folder=source / "below-a-file") == (COUGH,)
