"""Names find concepts, and only where the vocabulary leaves no doubt."""

from pathlib import Path

import pytest

from ontology.claim import Concept, Mapping, Name
from ontology.errors import InvalidVocabulary
from ontology.lexicon import Ambiguity, Lexicon, curated, everything, name_key
from ontology.terms import Kind, MappingRelation, NameType

COUGH = Concept(
    "etio:cough",
    "cough",
    (Kind.SYMPTOM,),
    (Name("tussis"), Name("cold", NameType.LAY), Name("hack", NameType.HIDDEN)),
    (Mapping(MappingRelation.EXACT, "HP:0012735"), Mapping(MappingRelation.BROAD, "HP:0002795")),
)
COLD = Concept("etio:common-cold", "common cold", (Kind.CONDITION,), (Name("cold"), Name("URI", NameType.ABBREVIATION)))
URINE = Concept("etio:urine", "urine", (Kind.AGENT,), (Name("URI", NameType.ABBREVIATION),))
SMALL = Lexicon([URINE, COUGH, COLD])


def test_ambiguities_are_reported() -> None:
    assert SMALL.ambiguities() == (Ambiguity("uri", ("etio:common-cold", "etio:urine")),)


def test_a_concept_described_twice_is_refused() -> None:
    with pytest.raises(InvalidVocabulary, match="etio:cough is described twice"):
        Lexicon([COUGH, Concept("etio:cough", "coughing", (Kind.SYMPTOM,))])


def test_names_are_listed_with_their_types_sorted() -> None:
    assert list(SMALL.names()) == [
        ("URI", NameType.ABBREVIATION, "etio:common-cold"),
        ("URI", NameType.ABBREVIATION, "etio:urine"),
        ("cold", NameType.EXACT, "etio:common-cold"),
        ("cold", NameType.LAY, "etio:cough"),
        ("common cold", NameType.EXACT, "etio:common-cold"),
        ("cough", NameType.EXACT, "etio:cough"),
        ("hack", NameType.HIDDEN, "etio:cough"),
        ("tussis", NameType.EXACT, "etio:cough"),
        ("urine", NameType.EXACT, "etio:urine"),
    ]


@pytest.mark.parametrize(
    ("asked", "curie"),
    [
        ("coughing up blood", "etio:hemoptysis"),
        ("Haemoptysis", "etio:hemoptysis"),
        ("blood in sputum", "etio:hemoptysis"),
        ("blood-streaked mucus", "etio:hemoptysis"),
        ("pink mucus", "etio:hemoptysis"),
        ("HP:0002105", "etio:hemoptysis"),
        ("http://purl.obolibrary.org/obo/HP_0002105", "etio:hemoptysis"),
        ("ICD10CM:R04.2", "etio:hemoptysis"),
        ("coughing up large amounts of blood", "etio:massive-hemoptysis"),
        ("bloody cervical mucus", "etio:blood-in-cervical-mucus"),
        ("bloody discharge", "etio:blood-in-cervical-mucus"),
        ("PE", "etio:pulmonary-embolism"),
        ("pulmonary embolus", "etio:pulmonary-embolism"),
        ("blood clot in the lung", "etio:pulmonary-embolism"),
        ("blood clot", "etio:blood-clot"),
        ("DVT", "etio:deep-vein-thrombosis"),
        ("trouble breathing", "etio:dyspnea"),
        ("sudden shortness of breath", "etio:sudden-dyspnea"),
        ("bronchitis", "etio:bronchitis"),
        ("acute bronchitis", "etio:acute-bronchitis"),
        ("chronic bronchitis", "etio:chronic-bronchitis"),
        ("persistent cough", "etio:persistent-cough"),
        ("chronic cough", "etio:chronic-cough"),
        ("harsh cough", "etio:harsh-cough"),
        ("lung infarction", "etio:pulmonary-infarction"),
        ("bleeding into the air sacs", "etio:alveolar-hemorrhage"),
        ("reduced blood flow to the lung", "etio:reduced-pulmonary-blood-flow"),
        ("V/Q scan", "etio:ventilation-perfusion-scan"),
        ("CTPA", "etio:ct-pulmonary-angiography"),
        ("blood thinners", "etio:anticoagulants"),
        ("call your doctor right away", "etio:call-a-doctor-right-away"),
        ("call 911", "etio:seek-emergency-care"),
        ("coffee-ground looking", "etio:coffee-ground"),
        ("HP:0002664", "etio:tumor"),
        ("HP:0001249", "etio:intellectual-disability"),
    ],
)
def test_the_vocabulary_knows_what_articles_call_a_thing(asked: str, curie: str) -> None:
    assert everything().get(asked).id == curie


def test_blood_from_lungs_and_from_cervix_share_no_name() -> None:
    lungs, cervix = curated().get("etio:hemoptysis"), curated().get("etio:blood-in-cervical-mucus")
    names = [{name_key(name.text) for name in concept.names} | {concept.label} for concept in (lungs, cervix)]
    assert names[0] & names[1] == set()


def test_the_curated_vocabulary_has_more_than_330_concepts_of_every_kind() -> None:
    concepts = curated().concepts.values()
    assert len(concepts) > 330
    assert {kind for concept in concepts for kind in concept.kinds} == set(Kind)


def test_no_name_of_the_curated_vocabulary_has_two_meanings() -> None:
    owners: dict[str, set[str]] = {}
    for text, _, curie in curated().names():
        owners.setdefault(name_key(text), set()).add(curie)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_no_concept_of_the_curated_vocabulary_has_a_name_twice() -> None:
    repeated = [
        (concept.id, key)
        for concept in curated().concepts.values()
        for keys in [[name_key(text) for text in (concept.label, *(name.text for name in concept.names))]]
        for key in set(keys)
        if keys.count(key) > 1
    ]
    assert repeated == []


def test_ids_of_the_curated_vocabulary_are_made_of_their_labels() -> None:
    wrong = [
        concept.id
        for concept in curated().concepts.values()
        if concept.id
        != "etio:"
        + "-".join("".join(c if c.isalnum() else " " for c in concept.label.lower().replace("'", "")).split())
    ]
    assert wrong == []


def test_a_concept_that_others_map_is_not_there_twice() -> None:
    lexicon = everything()
    mapped = {
        mapping.curie
        for concept in curated().concepts.values()
        for mapping in concept.mappings
        if mapping.relation is MappingRelation.EXACT
    }
    assert mapped & lexicon.concepts.keys() == set()


def test_names_of_a_merged_term_become_names_of_the_curated_concept() -> None:
    asked = everything().get("etio:hemoptysis").names
    assert set(curated().get("etio:hemoptysis").names) < set(asked)
    assert Name("coughing up blood or blood-stained mucus", NameType.HIDDEN) in asked


def test_no_visible_name_is_ambiguous_anywhere() -> None:
    assert everything().ambiguities() == ()


def test_names_are_not_the_wording_of_one_article(shared: Path) -> None:
    articles = [name_key(path.read_text(encoding="utf-8")) for path in (shared / "articles").glob("*.txt")]
    taken = [
        text
        for text, _, _ in curated().names()
        if len(name_key(text).split()) >= 7 and any(name_key(text) in article for article in articles)
    ]
    assert (len(articles), taken) == (3, [])
