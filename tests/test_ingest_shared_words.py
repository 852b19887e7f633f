"""Words that two members of a sentence share, and words that belong to another name."""

import pytest
from statements import claims


@pytest.mark.parametrize(
    ("what", "text", "expected"),
    [
        (
            "the object of the second verb",
            "Coughing up or vomiting blood is a reason to see a doctor.",
            ("hemoptysis", "warrants", "see a doctor"),
        ),
        (
            "the subject of the first verb",
            "Call your doctor if the bleeding gets heavier or does not stop.",
            ("severe bleeding", "warrants", "contact a doctor"),
        ),
        (
            "the doer of the first verb",
            "Harsh coughing can irritate the airways and rupture a blood vessel.",
            ("harsh cough", "causes", "airway irritation"),
        ),
        (
            "the head before of",
            "Doctors may use samples of blood or sputum to detect pneumonia.",
            ("sputum test", "diagnoses", "pneumonia"),
        ),
        (
            "a look that ends where a symptom begins",
            "A small amount of blood in the sputum is nothing to worry about.",
            ("hemoptysis", "warrants", "no need to worry"),
        ),
        (
            "a cough that only brings something up",
            "Coughing up frothy sputum is a symptom of pulmonary edema.",
            ("pulmonary edema", "has_symptom", "frothy sputum"),
        ),
        (
            "an absence is a thing of its own",
            "Not having nausea does not mean that you are not pregnant.",
            ("absence of nausea", "diagnoses", "absence of pregnancy"),
        ),
        (
            "what an inflammation comes from",
            "Bronchitis is caused by an inflammation of the airways from a viral or bacterial infection.",
            ("bacterial infection", "causes", "airway inflammation"),
        ),
        (
            "where a defined thing goes",
            "A stroke is a clot that travels to the brain.",
            ("stroke", "located_in", "brain"),
        ),
        (
            "a cause in the name itself",
            "# Causes of anemia\n\n- Bleeding due to ovulation: It is rare.\n",
            ("ovulation", "causes", "ovulation bleeding"),
        ),
    ],
)
def test_words_are_read_with_what_they_belong_to(what: str, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in claims(text, ""), what
