"""Descriptions before the name they describe."""

import pytest
from statements import claims


@pytest.mark.parametrize(
    ("what", "text", "expected"),
    [
        (
            "the name is the subject of the clause before it",
            "A viral infection that attacks the lungs, influenza can cause a fever.",
            {("influenza", "is_a", "viral infection"), ("influenza", "located_in", "lung")},
        ),
        (
            "each adjective makes a kind",
            "An inherited, chronic disorder that affects the lungs, cystic fibrosis can cause a persistent cough.",
            {("cystic fibrosis", "is_a", "inherited disorder"), ("cystic fibrosis", "located_in", "lung")},
        ),
    ],
)
def test_a_description_before_a_name_is_said_of_the_name(
    what: str, text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert expected <= set(claims(text, "")), what


def test_a_sentence_that_opens_with_its_subject_has_no_description_before_it() -> None:
    assert claims("A viral infection can cause a fever, a cough and chills.", "apposition") == []
