from collections.abc import Iterable

import pytest
from toygraph import CONCEPTS, claim_between, merged
from toystore import Build

from graph.knowledge import KnowledgeGraph
from graph.lookups import CONDITION_LOOKUPS, REASSURANCE, SYMPTOM_LOOKUPS
from graph.neighbours import EVERYTHING, Filter, Neighbour, find_neighbours
from ontology.article import Article, Extraction
from ontology.claim import Concept
from ontology.errors import InvalidArgument
from ontology.lexicon import curated
from ontology.terms import Kind, Predicate

PE, HEMOPTYSIS = "etio:pulmonary-embolism", "etio:hemoptysis"

MORE = (
    Concept("etio:epistaxis", "epistaxis", (Kind.CONDITION, Kind.SYMPTOM)),
    Concept("etio:massive-hemoptysis", "massive hemoptysis", (Kind.SYMPTOM,)),
    Concept("etio:surgery", "surgery", (Kind.RISK_FACTOR, Kind.TREATMENT)),
    Concept("etio:deep-vein-thrombosis", "deep vein thrombosis", (Kind.CONDITION,)),
    Concept("etio:clot-formation", "clot formation", (Kind.MECHANISM,)),
    Concept("etio:pleural-effusion", "pleural effusion", (Kind.CONDITION,)),
    Concept("etio:fever", "fever", (Kind.SYMPTOM,)),
    Concept("etio:seek-emergency-care", "seek emergency care", (Kind.CARE_ACTION,)),
    Concept("etio:see-a-doctor", "see a doctor", (Kind.CARE_ACTION,)),
    Concept(REASSURANCE, "no need to worry", (Kind.CARE_ACTION,)),
)
ROWS = (
    ("surgery", Predicate.INCREASES_RISK_OF, "pulmonary-embolism"),
    ("deep-vein-thrombosis", Predicate.CAUSES, "pulmonary-embolism"),
    ("clot-formation", Predicate.CAUSES, "pulmonary-embolism"),
    ("pulmonary-embolism", Predicate.HAS_COMPLICATION, "pleural-effusion"),
    ("pulmonary-embolism", Predicate.CAUSES, "pulmonary-infarction"),
    ("pulmonary-embolism", Predicate.CAUSES, "fever"),
    ("pulmonary-infarction", Predicate.CAUSES, "reduced-pulmonary-blood-flow"),
    ("epistaxis", Predicate.CAUSES, "hemoptysis"),
    ("massive-hemoptysis", Predicate.IS_A, "hemoptysis"),
    ("massive-hemoptysis", Predicate.WARRANTS, "seek-emergency-care"),
    ("hemoptysis", Predicate.WARRANTS, "see-a-doctor"),
    ("hemoptysis", Predicate.WARRANTS, "no-need-to-worry"),
    ("pulmonary-embolism", Predicate.WARRANTS, "seek-emergency-care"),
    ("ct-pulmonary-angiography", Predicate.DIAGNOSES, "hemoptysis"),
)


@pytest.fixture
def network(build: Build, toy: tuple[Extraction, ...]) -> KnowledgeGraph:
    articles = [extraction.article for extraction in toy]
    more = Article(id="more", title="More", text="x", format="text")
    return build((*CONCEPTS, *MORE), [*merged(toy), *(claim_between(*cells) for cells in ROWS)], [*articles, more])


def shown(links: Iterable[Neighbour]) -> list[tuple[str, str, str]]:
    return [(link.direction, link.predicate.value, link.concept.label) for link in links]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("symptoms", [("out", "causes", "fever"), ("out", "has_symptom", "hemoptysis")]),
        ("causes", [("in", "causes", "clot formation"), ("in", "causes", "deep vein thrombosis")]),
        (
            "mechanisms",
            [
                ("in", "causes", "clot formation"),
                ("out", "causes", "pulmonary infarction"),
                ("out", "causes", "reduced pulmonary blood flow"),
                ("out", "causes", "alveolar hemorrhage"),
                ("out", "causes", "reduced pulmonary blood flow"),
                ("out", "causes", "pulmonary infarction"),
            ],
        ),
        ("tests", [("in", "diagnoses", "CT pulmonary angiography")]),
        ("treatments", [("in", "treats", "anticoagulants")]),
        ("risk-factors", [("in", "increases_risk_of", "surgery")]),
        (
            "complications",
            [("out", "causes", "pulmonary infarction"), ("out", "has_complication", "pleural effusion")],
        ),
        ("red-flags", [("out", "warrants", "seek emergency care")]),
    ],
)
def test_a_condition_answers(network: KnowledgeGraph, question: str, answer: list[tuple[str, str, str]]) -> None:
    assert shown(CONDITION_LOOKUPS[question](network, PE, EVERYTHING)) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "conditions",
            [
                ("in", "causes", "alveolar hemorrhage"),
                ("in", "causes", "epistaxis"),
                ("in", "has_symptom", "pneumonia"),
                ("in", "has_symptom", "pulmonary embolism"),
            ],
        ),
        ("tests", [("in", "diagnoses", "CT pulmonary angiography")]),
        ("red-flags", [("out", "warrants", "see a doctor"), ("out", "warrants", "seek emergency care")]),
    ],
)
def test_a_symptom_answers(network: KnowledgeGraph, question: str, answer: list[tuple[str, str, str]]) -> None:
    assert shown(SYMPTOM_LOOKUPS[question](network, HEMOPTYSIS, EVERYTHING)) == answer


def test_every_look_up_is_tested_above() -> None:
    assert list(CONDITION_LOOKUPS) == [
        "symptoms",
        "causes",
        "mechanisms",
        "tests",
        "treatments",
        "risk-factors",
        "complications",
        "red-flags",
    ]
    assert list(SYMPTOM_LOOKUPS) == ["conditions", "tests", "red-flags"]


def test_a_mechanism_further_on_says_what_it_follows_from_and_how_far_it_is(network: KnowledgeGraph) -> None:
    links = CONDITION_LOOKUPS["mechanisms"](network, PE, EVERYTHING)
    assert [(link.distance, link.of.label, link.concept.label) for link in links if link.direction == "out"] == [
        (1, "pulmonary embolism", "pulmonary infarction"),
        (1, "pulmonary embolism", "reduced pulmonary blood flow"),
        (2, "pulmonary infarction", "alveolar hemorrhage"),
        (2, "pulmonary infarction", "reduced pulmonary blood flow"),
        (2, "reduced pulmonary blood flow", "pulmonary infarction"),
    ]


def test_the_red_flags_of_a_more_specific_finding_name_it(network: KnowledgeGraph) -> None:
    links = SYMPTOM_LOOKUPS["red-flags"](network, HEMOPTYSIS, EVERYTHING)
    assert [(link.distance, link.of.label) for link in links] == [(1, "hemoptysis"), (2, "massive hemoptysis")]


def test_reassurance_is_kept_and_is_no_red_flag(network: KnowledgeGraph) -> None:
    assert curated().concepts[REASSURANCE].kinds == (Kind.CARE_ACTION,)
    warranted = find_neighbours(network, HEMOPTYSIS, direction="out", predicates=frozenset({Predicate.WARRANTS}))
    assert [link.concept.label for link in warranted] == ["no need to worry", "see a doctor"]
    assert REASSURANCE not in {
        link.concept.id for link in SYMPTOM_LOOKUPS["red-flags"](network, HEMOPTYSIS, EVERYTHING)
    }


def test_denied_claims_come_alone_when_asked_for_alone(network: KnowledgeGraph) -> None:
    only = Filter(negated="only")
    assert SYMPTOM_LOOKUPS["conditions"](network, HEMOPTYSIS, only) == ()  # anticoagulants are no condition
    assert shown(CONDITION_LOOKUPS["causes"](network, HEMOPTYSIS, only)) == [("in", "causes", "anticoagulants")]


def test_an_unknown_concept_is_refused_by_every_look_up(network: KnowledgeGraph) -> None:
    for lookup in (*CONDITION_LOOKUPS.values(), *SYMPTOM_LOOKUPS.values()):
        with pytest.raises(InvalidArgument, match="concept='etio:nothing'"):
            lookup(network, "etio:nothing", EVERYTHING)
