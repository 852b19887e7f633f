"""Tables flattened into one line: where they are, their rows, and what each row says of the article's disease."""

import pytest
import statements

from ingest.extract import extract
from ingest.tables import find_table
from ontology.article import Article

HEAD = "Signs and symptoms Approximate number of patients"
PAGE = f"""# Hollister dysplasia

## What are the symptoms of Hollister dysplasia?

Pages say little about it. {HEAD} Cleft palate 90% Low-set, posteriorly rotated ears 7.5% Seizures 3/10
Adult onset - Autosomal dominant inheritance - Hydrops fetalis - Talipes equinovarus 100% - This list was made long ago.
"""


def rows(text: str) -> list[tuple[str, str | None]] | None:
    table = find_table(text)
    return [(row.name.of(text), row.figure) for row in table.rows] if table else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{HEAD} Cough 90% Fever - Fatigue 3/10", [("Cough", "90%"), ("Fever", None), ("Fatigue", "3/10")]),
        ("Findings Frequency Cough 5 of 9 Fever % Rash 1.5%", [("Cough", "5 of 9"), ("Fever", None), ("Rash", "1.5%")]),
        (f"{HEAD} Spikes (>3.5 Hz) 5% Cough - Old. It was 25/25.", [("Spikes (>3.5 Hz)", "5%"), ("Cough", None)]),
        ("Its symptoms are these: Cough 90% Fever 50% Rash 7%", [("Cough", "90%"), ("Fever", "50%"), ("Rash", "7%")]),
        ("The options are these: rest - fluids - heat", None),
        ("About 90% of people cough, and 50% have a fever.", None),
        ("Copy Number Variants - a resource", None),
    ],
)  # fmt: skip
def test_a_figure_or_a_dash_closes_a_row(text: str, expected: list[tuple[str, str | None]] | None) -> None:
    assert rows(text) == expected


def test_a_row_is_a_sign_of_the_disease_the_title_names() -> None:
    assert statements.said(PAGE, "table-symptoms", frequency=True) == [
        "hollister dysplasia has_symptom cleft palate (asserted, 90%)",
        "hollister dysplasia has_symptom hydrops fetalis (asserted)",
        "hollister dysplasia has_symptom low-set posteriorly rotated ears (asserted, 7.5%)",
        "hollister dysplasia has_symptom seizure (asserted, 3/10)",
        "hollister dysplasia has_symptom talipes equinovarus (asserted, 100%)",
    ]


def test_a_row_is_quoted_with_its_figure_and_classed_by_it() -> None:
    found = extract(Article(id="a", title="", text=PAGE, format="markdown"))
    evidence = [statement for claim in found.claims for statement in claim.evidence]
    assert all(PAGE[each.start : each.end] == each.quote for each in evidence)
    assert sorted((each.quote, each.frequency_class) for each in evidence) == [
        ("Cleft palate 90%", "HP:0040281"),
        ("Hydrops fetalis -", None),
        ("Low-set, posteriorly rotated ears 7.5%", "HP:0040283"),
        ("Seizures 3/10", "HP:0040282"),
        ("Talipes equinovarus 100%", "HP:0040280"),
    ]


def test_none_of_the_patients_is_a_denial() -> None:
    text = f"# Asthma\n\n{HEAD} Cough 90% Fever 0/12\n"
    assert statements.said(text, frequency=True) == [
        "asthma has_symptom cough (asserted, 90%)",
        "not asthma has_symptom fever (asserted, 0/12)",
    ]


def test_the_head_says_what_the_rows_are() -> None:
    text = "# Anticoagulants\n\nThey thin the blood. Side effects Share of patients Bleeding gums 7.5% Nosebleed 2%\n"
    assert statements.claims(text, "table-") == [
        ("anticoagulants", "has_side_effect", "bleeding gums"),
        ("anticoagulants", "has_side_effect", "epistaxis"),
    ]
