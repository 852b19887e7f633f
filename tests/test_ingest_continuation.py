"""Sentences that go on with the list of the one before."""

import pytest
from statements import claims

from ingest.extract import extract
from ontology.article import Article


def continued(text: str) -> list[tuple[str, str, str, str]]:
    """Subject, relation, object and certainty of what a continuation says, sorted."""
    found = extract(Article(id="a", title="", text=f"# Bronchitis\n\n{text}\n", format="markdown"))
    labels = {concept.id: concept.label for concept in found.concepts}
    return sorted(
        (labels[claim.subject], claim.predicate.value, labels[claim.object], evidence.certainty.value)
        for claim in found.claims
        for evidence in claim.evidence
        if evidence.rule == "continued"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Many factors can cause a cough. Examples include dust and tobacco smoke.",
            [("dust", "causes", "cough", "possible"), ("tobacco smoke", "causes", "cough", "possible")],
        ),
        (
            "Several conditions cause a cough. These include asthma and pneumonia.",
            [("asthma", "causes", "cough", "asserted"), ("pneumonia", "causes", "cough", "asserted")],
        ),
        (
            "Pneumonia has several symptoms. These include fever and chest pain.",
            [("pneumonia", "has_symptom", "chest pain", "asserted"), ("pneumonia", "has_symptom", "fever", "asserted")],
        ),
        (
            "Allergens may cause asthma. Tell your nurse. Examples of allergens are mold and pollen.",
            [
                ("mold", "causes", "asthma", "possible"),
                ("mold", "is_a", "allergens", "asserted"),
                ("pollen", "causes", "asthma", "possible"),
                ("pollen", "is_a", "allergens", "asserted"),
            ],
        ),
        (
            "Some illnesses can cause a cough. Examples of such illnesses include:\n\n- Asthma\n- Pneumonia",
            [("asthma", "causes", "cough", "possible"), ("pneumonia", "causes", "cough", "possible")],
        ),
        (
            "An allergen is something your body fights, such as mold.",
            [("mold", "is_a", "allergens", "asserted")],
        ),
        (
            "Dust from certain jobs also can cause a cough. Examples include work in stone cutting.",
            [("work in stone cutting", "causes", "cough", "possible")],
        ),
        (
            "Pneumonia is a term for several infections. Examples include bacterial pneumonia.",
            [("bacterial pneumonia", "is_a", "pneumonia", "asserted")],
        ),
    ],
)
def test_examples_say_what_the_sentence_before_says_of_them_all(
    text: str, expected: list[tuple[str, str, str, str]]
) -> None:
    assert continued(text) == expected


@pytest.mark.parametrize(
    ("trap", "text"),
    [
        ("nothing before", "These include fever."),
        ("the sentence before names its own subject", "Smoking can cause a cough. Examples include dust."),
        ("the sentence before states nothing", "Many factors matter. Examples include dust."),
        ("the sentence does not go on", "Many factors can cause a cough. Dust is everywhere."),
        ("factors are no kind of thing", "Other factors include dust and mold."),
        ("another sentence in between", "Many factors can cause a cough. It hurts. Examples include dust."),
    ],
)
def test_without_a_general_statement_right_before_examples_say_nothing(trap: str, text: str) -> None:
    assert continued(text) == [], trap


def test_symptoms_that_range_and_include_are_those_of_the_page() -> None:
    assert continued("Symptoms appear suddenly. They can range from mild to severe and include fever.") == [
        ("bronchitis", "has_symptom", "fever", "asserted")
    ]


def test_these_problems_are_the_side_effects_of_the_treatment_before() -> None:
    text = "Oxygen therapy can cause side effects. These might include a bloody nose and fatigue.\n"
    sides = {(subject, relation) for subject, relation, _ in claims(text, "continued")}
    assert sides == {("oxygen therapy", "has_side_effect")}
