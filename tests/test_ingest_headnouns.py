"""What kind of thing an unknown noun phrase is."""

import pytest

from ingest.headnouns import head, kind_of
from ontology.terms import Kind


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("swelling of the leg", "swelling"),
        ("chest X-rays", "x-ray"),
        ("a bad cough that lingers", "cough"),
        ("medicine to treat pain", "medicine"),
        ("lung function test", "test"),
        ("sores around the mouth", "sore"),
        ("", ""),
    ],
)
def test_the_head_is_the_last_word_before_the_first_preposition(phrase: str, expected: str) -> None:
    assert head(phrase) == expected


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("blood tests", Kind.TEST),
        ("hysteroscopy", Kind.TEST),
        ("sinus CT scan", Kind.TEST),
        ("appendectomy", Kind.TREATMENT),
        ("pain medicine", Kind.TREATMENT),
        ("hormone therapy", Kind.TREATMENT),
        ("tonsillitis", Kind.CONDITION),
        ("lung cancer", Kind.CONDITION),
        ("swelling of the ankle", Kind.SYMPTOM),
        ("otorrhea", Kind.SYMPTOM),
        ("death of lung tissue", Kind.MECHANISM),
        ("hemolysis", Kind.MECHANISM),
        ("cigarette use", Kind.RISK_FACTOR),
        ("cancer cells", Kind.ANATOMY),
        ("house dust", Kind.AGENT),
        ("urgent care", Kind.CARE_ACTION),
        # the head decides, not the word before it
        ("pain scan", Kind.TEST),
        ("test anxiety pain", Kind.SYMPTOM),
        # an ending alone is no word
        ("itis", None),
        ("mountain", None),
        ("swollen lips", None),
        ("", None),
    ],
)
def test_the_head_tells_the_kind(phrase: str, kind: Kind | None) -> None:
    assert kind_of(phrase) is kind
