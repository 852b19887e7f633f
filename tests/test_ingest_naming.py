"""Names that a row makes of its own words and those in a slot."""

import pytest
import statements


@pytest.mark.parametrize(
    ("trap", "text", "rule", "expected"),
    [
        (
            "every member of a list takes the prefix",
            "# How to prevent asthma\n\nTry to avoid mold, dust, and smoke.\n",
            "avoid-prevents",
            [
                "avoiding dust reduces_risk_of asthma (asserted)",
                "avoiding mold reduces_risk_of asthma (asserted)",
                "avoiding smoke reduces_risk_of asthma (asserted)",
            ],
        ),
        (
            "what a verb happens to makes one mechanism with it",
            "Itching disrupts homework and naps.",
            "interfere-with",
            [
                "itching causes interference with homework (asserted)",
                "itching causes interference with naps (asserted)",
            ],
        ),
        (
            "a generic treatment is named by what it is for",
            "The clinic may prescribe a medicine to ease nausea.",
            "prescribe-for",
            ["medicine to ease nausea treats nausea (possible)"],
        ),
        (
            "a treatment with a name keeps it",
            "The clinic may prescribe antihistamines to ease itching.",
            "prescribe-for",
            ["antihistamines treats itching (possible)"],
        ),
        (
            "the words imply the test",
            "The nurse listens for wheezing.",
            "listen-for",
            ["lung auscultation diagnoses wheezing (asserted)"],
        ),
        (
            "a row may deny without a negation",
            "Asthma affects women and men equally.",
            "equally-in-sexes",
            ["not gender increases_risk_of asthma (asserted)"],
        ),
        ("what both sexes have may still differ", "Asthma affects both women and men.", "equally-in-sexes", []),
    ],
)
def test_a_row_names_what_its_words_mean(trap: str, text: str, rule: str, expected: list[str]) -> None:
    assert statements.said(text, rule) == expected, trap
