"""The abbreviations an article defines for itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.abbreviations import Definition, definitions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A deep vein thrombosis (DVT) is a clot.", [("DVT", "deep vein thrombosis")]),
        ("Pulmonary embolism (PE) is serious.", [("PE", "Pulmonary embolism")]),
        ("Most deep vein thromboses (DVTs) are in a leg.", [("DVTs", "deep vein thromboses")]),
        (
            "CT is short; computed tomography pulmonary angiography (CTPA) is long.",
            [("CTPA", "computed tomography pulmonary angiography")],
        ),
        (
            "Chronic obstructive pulmonary disease, or COPD, is common.",
            [("COPD", "Chronic obstructive pulmonary disease")],
        ),
        (
            "A polymerase chain reaction (PCR) or C-reactive protein (CRP) test.",
            [("PCR", "polymerase chain reaction"), ("CRP", "C-reactive protein")],
        ),
    ],
)
def test_the_long_form_is_found_before_the_parenthesis(text: str, expected: list[tuple[str, str]]) -> None:
    assert list(definitions(text)) == [Definition(short, long) for short, long in expected]


@pytest.mark.parametrize(
    ("trap", "text"),
    [
        ("letters that do not occur", "Cats and dogs (XYZ) bite."),
        ("a remark", "The lungs (See below) hurt."),
        ("one capital", "The airways (Bronchi) swell."),
        ("the first letter not at the beginning of a word", "A subepidural mass (EM) hurts."),
        ("no words before it", "(DVT) is a clot."),
        ("a number", "Half of them (50%) cough."),
        ("nothing", ""),
    ],
)
def test_other_parentheses_define_nothing(trap: str, text: str) -> None:
    assert list(definitions(text)) == [], trap


_WORDS = st.sampled_from(
    ["deep", "vein", "Thrombosis", "dot", "(DVT)", "(DV)", "(TD)", "or DVT,", "dvt", "(deep)", "-", "9"]
)


@given(st.lists(_WORDS, max_size=12).map(" ".join))
def test_a_definition_stands_in_the_text_and_begins_with_its_first_letter(text: str) -> None:
    for found in definitions(text):
        assert found.long in text
        assert found.long[0].lower() == found.short[0].lower()
