"""Where a thing is: the anatomy right behind it, and the anatomy in the words that define it."""

import pytest
from statements import claims, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tuberculosis is a contagious infection that grows in the lungs.", [("tuberculosis", "located_in", "lung")]),
        ("Asthma is a disease of the airways.", [("asthma", "located_in", "airway")]),
        ("Sarcoidosis in the liver is rare.", [("sarcoidosis", "located_in", "liver")]),
        ("The lungs hurt, and a fever starts.", []),
    ],
)
def test_the_anatomy_right_behind_a_thing_is_its_place(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert claims(text, "located", "defined-in") == expected


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        ("within", "Blood clotting within the leg is rare.", ["blood clotting located_in leg (asserted)"]),
        ("a part of it", "Sarcoidosis in one part of the liver is rare.", ["sarcoidosis located_in liver (asserted)"]),
        (
            "several places",
            "Few have sarcoidosis in the liver, your lungs, or the skin.",
            [
                "sarcoidosis located_in liver (asserted)",
                "sarcoidosis located_in lung (asserted)",
                "sarcoidosis located_in skin (asserted)",
            ],
        ),
        (
            "a list before a verb",
            "Sarcoidosis in the liver or the lungs is rare.",
            ["sarcoidosis located_in liver (asserted)", "sarcoidosis located_in lung (asserted)"],
        ),
        (
            "an event",
            "The airways are inflamed in the lungs.",
            ["airway inflammation located_in lung (asserted)"],
        ),
        (
            "a gloss that says where",
            "Blood clotting (which begins in the leg) is rare.",
            ["blood clotting located_in leg (asserted)"],
        ),
    ],
)
def test_a_preposition_leads_from_a_state_to_its_place(trap: str, text: str, expected: list[str]) -> None:
    assert said(text, "located") == expected, trap


@pytest.mark.parametrize(
    ("trap", "text"),
    [
        ("near it is elsewhere", "Blood clotting near the leg is rare."),
        ("and is no preposition", "Sarcoidosis and the liver are topics."),
        ("a verb in between", "Sarcoidosis hurts in the liver."),
        ("no anatomy", "Sarcoidosis in the morning is rare."),
        ("another sentence", "Sarcoidosis is in. The liver hurts."),
        ("the place of a treatment", "Oxygen therapy in the lungs is rare."),
        ("a gloss that only names anatomy", "Blood clotting (leg) is rare."),
        ("a gloss of something else", "Blood clotting hurts (which begins in the leg)."),
        ("behind the gloss", "Blood clotting (which is rare) hurts in the leg."),
    ],
)
def test_anatomy_that_nothing_leads_to_is_no_place(trap: str, text: str) -> None:
    assert said(text, "located") == [], trap


def test_the_subject_of_the_next_clause_is_no_further_place() -> None:
    text = "Some people have sarcoidosis in the liver, and the lungs hurt."
    assert said(text, "located") == ["sarcoidosis located_in liver (asserted)"]


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        (
            "a definition by means",
            "Hemoptysis means coughing up blood from the lungs.",
            ["hemoptysis located_in lung (asserted)"],
        ),
        (
            "behind the definition",
            "Tuberculosis is an infection that grows in the lungs.",
            ["tuberculosis located_in lung (asserted)"],
        ),
        (
            "only the first place",
            "Tuberculosis is an infection that grows in the lungs or the liver.",
            ["tuberculosis located_in lung (asserted)"],
        ),
        ("the next sentence", "Tuberculosis is an infection. The lungs hurt.", []),
        ("the next clause", "Tuberculosis is an infection, and the lungs hurt.", []),
        ("a relative clause", "Tuberculosis is an infection, which the lungs resist.", []),
        ("a parenthesis", "Tuberculosis is an infection (unlike that of the lungs).", []),
        ("far behind the definition", f"Tuberculosis is an infection that is {'very ' * 14}old in the lungs.", []),
        ("an example is no definition", "Infections such as tuberculosis can grow in the lungs.", []),
        ("no definition", "Tuberculosis comes back and grows in the lungs.", []),
    ],
)  # fmt: skip
def test_a_thing_is_where_its_definition_says(trap: str, text: str, expected: list[str]) -> None:
    assert said(text, "defined-in") == expected, trap


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        (
            "a clause that says what a condition is",
            "Asthma is a condition in which the airways swell.",
            ["asthma located_in airway (asserted)"],
        ),
        (
            "a name that is itself a clause",
            "Asthma is a common disease that narrows the airways.",
            ["asthma located_in airway (asserted)"],
        ),
        (
            "it is what was said before",
            "Asthma is common. It is a disease that harms the airways.",
            ["asthma located_in airway (asserted)"],
        ),
        ("another condition's place", "Obesity is a disease that leads to heart disease.", []),
        ("not a condition", "Rest is a remedy that helps the heart.", []),
    ],
)
def test_a_condition_is_where_the_clause_that_defines_it_says(trap: str, text: str, expected: list[str]) -> None:
    assert said(text, "defined-in") == expected, trap


def test_a_condition_that_occurs_if_something_happens_to_an_anatomy_is_there() -> None:
    assert said("Asthma occurs when the airways become inflamed.", "happens-in") == [
        "asthma located_in airway (asserted)"
    ]
