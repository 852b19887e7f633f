"""What sentences of the form "X is a Y" say of X."""

import pytest
from statements import claims

ROWS = [
    (
        "Gastritis is an irritation of the stomach.",
        {("gastritis", "is_a", "irritation of the stomach"), ("gastritis", "located_in", "stomach")},
    ),
    (
        "Asthma is a lifelong, troublesome disorder that affects the airways.",
        {("asthma", "is_a", "lifelong troublesome disorder"), ("asthma", "located_in", "airway")},
    ),
    (
        "Hemorrhoids are stretched and tender veins around the anus or in the rectum.",
        {
            ("hemorrhoids", "is_a", "stretched and tender veins"),
            ("hemorrhoids", "located_in", "anus"),
            ("hemorrhoids", "located_in", "rectum"),
            ("hemorrhoids", "located_in", "vein"),
        },
    ),
    (
        "Brellow disease is a rare nerve disorder characterized by weakness, sagging eyelids, and tremor.",
        {
            ("brellow disease", "is_a", "rare nerve disorder"),
            ("brellow disease", "located_in", "nerve"),
            ("brellow disease", "has_symptom", "weakness"),
            ("brellow disease", "has_symptom", "sagging eyelids"),
            ("brellow disease", "has_symptom", "tremor"),
        },
    ),
    ("Bronchitis is one of the most common forms of lung disease.", {("bronchitis", "is_a", "lung disease")}),
]


RULES = ("is-a", "definition", "defined", "characterized")


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_a_definition_says_what_a_thing_is_where_it_is_and_how_it_shows(
    text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert claims(text, *RULES) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "Asthma is a common problem.",
        "Asthma is a cause of coughing.",
        "Is asthma a disease of the lungs?",
        "Asthma is not a disease of the stomach.",
        "Exercise programs are an important help.",
        "Treatment is a matter of months.",
        "It is a pity.",
    ],
)
def test_what_only_looks_like_a_definition_defines_nothing(text: str) -> None:
    assert claims(text, "definition", "defined-place", "characterized") == []
