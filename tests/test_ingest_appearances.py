"""How a thing looks, where a label, a definition or the words right beside it say so."""

import pytest
import statements


def said(text: str) -> list[str]:
    return statements.said(text, "appearance")


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        ("is", "Hemoptysis is often bright red.", ["hemoptysis presents_as bright red (asserted)"]),
        ("a modal verb", "Hemoptysis may look bright red.", ["hemoptysis presents_as bright red (possible)"]),
        (
            "several looks",
            "Hemoptysis is bright red, frothy, or dark.",
            [
                "hemoptysis presents_as bright red (asserted)",
                "hemoptysis presents_as dark (asserted)",
                "hemoptysis presents_as frothy (asserted)",
            ],
        ),
        ("what it looks like rather than", "Hemoptysis is dark rather than frothy.",
         ["hemoptysis presents_as dark (asserted)", "not hemoptysis presents_as frothy (asserted)"]),
        ("the nearest symptom", "A fever and a rash that is red are common.", ["rash presents_as red (asserted)"]),
        ("a label", "# Blood\n\n- Hemoptysis: often frothy\n", ["hemoptysis presents_as frothy (asserted)"]),
        (
            "the label and not what the sentence names",
            "# Blood\n\n- Hemoptysis: The sputum is frothy.\n",
            ["hemoptysis presents_as frothy (asserted)"],
        ),
        (
            "a definition",
            "Hemoptysis is a cough with bright red blood.",
            ["hemoptysis presents_as bright red (asserted)"],
        ),
        ("a condition that is defined", "Asthma is a severe lung disease.", ["asthma presents_as severe (asserted)"]),
    ],
)  # fmt: skip
def test_what_a_sentence_is_about_looks_as_it_says(trap: str, text: str, expected: list[str]) -> None:
    assert said(text) == expected, trap


@pytest.mark.parametrize(
    ("trap", "text"),
    [
        ("denied looks are left to the triggers", "Hemoptysis is not bright red."),
        ("what it is not rather than", "Hemoptysis comes rather than bright red vomit."),
        ("something else in between looks so", "Hemoptysis stains a bright red towel."),
        ("the look stands before", "A bright red towel hides hemoptysis."),
        ("a condition needs a definition", "Pneumonia is severe."),
        ("a treatment has no looks", "Antibiotics are bright red."),
        ("nor has its label", "# Pills\n\n- Antibiotics: bright red\n"),
        ("no look", "Hemoptysis is frightening."),
    ],
)
def test_what_is_not_said_of_a_symptom_is_not_its_look(trap: str, text: str) -> None:
    assert said(text) == [], trap
