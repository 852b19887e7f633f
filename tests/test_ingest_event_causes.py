"""What brings an event about: the doer before it, or what stands behind "by"."""

import pytest
import statements


def said(text: str, rule: str) -> list[str]:
    return statements.said(text, rule, qualifier=True)


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        ("a doer", "Smoking irritates the lungs.", ["smoking causes lung irritation (asserted)"]),
        (
            "auxiliaries are no part of the doer",
            "Tobacco smoke can often inflame the airways.",
            ["tobacco smoke causes airway inflammation (possible)"],
        ),
        (
            "the list of what does it",
            "Conditions that can inflame the airways include asthma and bronchitis.",
            [
                "asthma causes airway inflammation (possible)",
                "bronchitis causes airway inflammation (possible)",
            ],
        ),
        ("nor is an adverb", "Asthma usually narrows the airways.", ["asthma causes airway narrowing (asserted)"]),
        (
            "two doers",
            "Asthma and bronchitis narrow the airways.",
            ["asthma causes airway narrowing (asserted)", "bronchitis causes airway narrowing (asserted)"],
        ),
        (
            "it is what the sentence before is about",
            "Asthma is common. It narrows the airways.",
            ["asthma causes airway narrowing (asserted)"],
        ),
        ("a denial", "Asthma never narrows the airways.", ["not asthma causes airway narrowing (asserted)"]),
        (
            "what introduces the clause",
            "In rare cases, asthma narrows the airways.",
            ["asthma causes airway narrowing (unlikely)"],
        ),
        (
            "a relative clause",
            "The clot that blocks the artery is large.",
            ["blood clot causes artery blockage (asserted)"],
        ),
        (
            "an auxiliary qualifies nothing",
            "Asthma does not narrow the airways.",
            ["not asthma causes airway narrowing (asserted)"],
        ),
        (
            "nor does the clause before",
            "Tuberculosis is an infection, which harms the lungs.",
            ["tuberculosis causes lung tissue injury (asserted)"],
        ),
        (
            "of what a thing is said to be",
            "Asthma is a lifelong illness that narrows the airways.",
            ["asthma causes airway narrowing (asserted)"],
        ),
        (
            "examples of what does it",
            "Some illnesses that narrow the airways, such as asthma and bronchitis, come and go.",
            ["asthma causes airway narrowing (asserted)", "bronchitis causes airway narrowing (asserted)"],
        ),
        (
            "words before the anatomy",
            "Smoke easily irritates these inflamed airways.",
            ["smoke causes airway irritation (asserted)"],
        ),
    ],
)
def test_what_does_it_is_the_cause(trap: str, text: str, expected: list[str]) -> None:
    assert said(text, "event") == expected, trap


@pytest.mark.parametrize(
    ("trap", "text"),
    [
        ("an infinitive has no doer", "Bronchodilators are used to open the airways."),
        ("nobody does it", "The airways narrow."),
        ("the doer is unknown", "Tuesday narrows the airways."),
        ("the doer is of no vocabulary", "A gloomy habit narrows the airways."),
        ("anatomy does nothing", "The stomach narrows the airways."),
        ("it means nothing yet", "It narrows the airways."),
        ("what is undergone has no doer before it", "In smoking, the airways are irritated."),
    ],
)
def test_without_a_doer_an_event_has_no_cause(trap: str, text: str) -> None:
    assert said(text, "event") == [], trap


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        (
            "by",
            "The airways are irritated by tobacco smoke.",
            ["tobacco smoke causes airway irritation (asserted)"],
        ),
        (
            "a list behind by",
            "The lungs are damaged by tobacco smoke or pneumonia.",
            ["pneumonia causes lung tissue injury (asserted)", "tobacco smoke causes lung tissue injury (asserted)"],
        ),
        (
            "the list ends with the clause",
            "The airways are irritated by tobacco smoke, but dust is harmless.",
            ["tobacco smoke causes airway irritation (asserted)"],
        ),
        (
            "a modal verb inside the event",
            "Blood flow can drop by pulmonary embolism.",
            ["pulmonary embolism causes reduced blood flow (possible)"],
        ),
        (
            "a modal verb before a passive",
            "The airways can be irritated by tobacco smoke.",
            ["tobacco smoke causes airway irritation (possible)"],
        ),
    ],
)
def test_what_it_is_undergone_by_is_the_cause(trap: str, text: str, expected: list[str]) -> None:
    assert said(text, "event-by") == expected, trap


@pytest.mark.parametrize(
    ("trap", "text"),
    [
        ("denied", "The airways are not irritated by tobacco smoke."),
        ("no by", "The airways are irritated near tobacco smoke."),
        ("no event before by", "The airways are lined by tobacco smoke."),
        ("an unknown source", "The airways are irritated by Tuesday."),
        ("anatomy is no source", "The airways are irritated by the stomach."),
        ("by of another clause", "The airways are irritated, and by smoke we mean dust."),
    ],
)
def test_what_is_not_undergone_by_a_known_thing_has_no_cause(trap: str, text: str) -> None:
    assert said(text, "event-by") == [], trap
