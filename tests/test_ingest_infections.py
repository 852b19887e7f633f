"""What "the infection" means in an article about one."""

import pytest
from statements import claims

from ingest.infections import is_infection, means_the_subject
from ingest.sentences import Span


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("Tarn fever is a serious infection of cattle.", True),
        ("Tarn fever (TF) is a rare disease caused by a bacterium.", True),
        ("Most Tarn fever infections are mild.", True),
        ("Tarn fever weakens the body. Another infection may follow.", False),
    ],
)
def test_a_disease_that_its_article_calls_an_infection_is_one(passage: str, expected: bool) -> None:
    assert is_infection(("tarn fever",), (passage,)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Infection may occur after a bite.", True),
        ("the risk of infection is low", True),
        ("A second infection is likelier.", False),
        ("Infection with another worm", False),
    ],
)
def test_only_the_bare_word_means_the_subject(text: str, expected: bool) -> None:
    start = text.lower().index("infection")
    assert means_the_subject(text, Span(start, start + len("infection"))) is expected


def test_what_an_infection_causes_is_said_of_the_subject() -> None:
    text = (
        "# Tuberculosis\n\nTuberculosis is an infection of the lungs. In rare cases, infection leads to meningitis.\n"
    )
    assert claims(text, "lead-to") == [("tuberculosis", "causes", "meningitis")]


def test_who_is_at_risk_for_infections_has_no_infection_for_that() -> None:
    assert not is_infection(["Torn lung"], ["People who have torn lung are at higher risk for infections."])
