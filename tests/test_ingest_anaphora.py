"""What "this", "both" and "there" point at."""

import pytest
from statements import claims


@pytest.mark.parametrize(
    ("what", "text", "expected"),
    [
        (
            "this, behind what was brought about",
            "Smoking causes airway inflammation. This causes a chronic cough.",
            ("airway inflammation", "causes", "chronic cough"),
        ),
        (
            "both, the two named before",
            "Asthma is often mistaken for bronchitis because both can cause wheezing.",
            ("asthma", "causes", "wheezing"),
        ),
        (
            "there, the anatomy named last",
            "Many tumors lie close to the pleura. Inflammation there can cause chest pain.",
            ("pleurisy", "causes", "chest pain"),
        ),
        (
            "these treatments, all that the item names",
            "# Treating lung cancer\n\n- Chemotherapy and radiotherapy: These treatments may treat a tumor.\n",
            ("radiotherapy", "treats", "tumor"),
        ),
    ],
)
def test_an_anaphor_means_what_was_spoken_of(what: str, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in claims(text, ""), what
