"""What fills the slots of a trigger: lists, events, clauses, and what the words leave to the reader."""

import pytest
import statements


def said(rule: str, text: str, heading: str = "") -> str:
    above = f"# {heading}\n\n" if heading else ""
    return "; ".join(statements.said(f"{above}{text}\n", rule, qualifier=True))


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        # an appearance in the author's own words, and too many of them
        ("lasts", "An acute cough lasts 12 days.", "acute cough presents_as lasts 12 days (asserted)"),
        ("lasts", "An acute cough lasts for what seems to be a very long time indeed.", ""),
        # a clause: the event in it
        (
            "condition-in-which",
            "Asthma is a condition in which the airways become inflamed.",
            "asthma is_a airway inflammation (asserted)",
        ),
        (
            "when-then",
            "When the airways are inflamed, airway narrowing follows.",
            "airway inflammation causes airway narrowing (asserted)",
        ),
        ("when-then", "When the airways are wide, airway narrowing follows.", ""),
        # only the first of a list
        ("is-a", "Asthma is a chronic lung disease and a burden.", "asthma is_a chronic lung disease (asserted)"),
        # a subject that is named as a whole
        ("is-a", "The worst of asthma is a lung disease.", ""),
        # a name that begins the slot
        (
            "patients-symptom-verb",
            "Tuberculosis is common. Patients may cough up blood.",
            "tuberculosis has_symptom hemoptysis (possible)",
        ),
        ("patients-symptom-verb", "Tuberculosis is common. Patients may tell us about cough.", ""),
        # what happens before a participle
        (
            "cause-participle",
            "Tuberculosis inflames the airways, causing a cough.",
            "airway inflammation causes cough (asserted)",
        ),
        ("cause-participle", "The weather turned, leading to a chronic cough.", ""),
        # the name right before
        (
            "which-is",
            "Hemoptysis may follow pulmonary infarction, which is injury to lung tissue.",
            "pulmonary infarction is_a lung tissue injury (asserted)",
        ),
        ("which-is", "Hemoptysis follows in time, which is injury to lung tissue.", ""),
        # a name that begins or ends inside the trigger
        ("interfere-with", "Coughing can interfere with sleep.", "cough causes sleep disturbance (possible)"),
        (
            "action-if",
            "Call a doctor right away if you have chest pain.",
            "chest pain warrants call a doctor right away (asserted)",
        ),
        ("action-if", "Call a friend right away if you have chest pain.", ""),
    ],
)
def test_a_slot_takes_what_its_row_wants(rule: str, text: str, expected: str) -> None:
    assert said(rule, text) == expected


def test_a_row_may_set_a_word_before_a_known_subject() -> None:
    assert (
        said("avoid-treats", "Avoid paint fumes.", "Treating asthma") == "avoiding paint fumes treats asthma (asserted)"
    )
    assert said("avoid-treats", "Avoid gloom.", "Treating asthma") == ""


def test_the_verb_before_a_name_qualifies_nothing() -> None:
    text = "Oxygen therapy is suggested when someone has chronic bronchitis."
    assert said("suggested-when", text) == "oxygen therapy treats chronic bronchitis (asserted)"


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        (
            "it in the clause before",
            "If lung cancer spreads, it may cause fatigue.",
            "lung cancer causes fatigue (possible) [If lung cancer spreads]",
        ),
        ("it in the sentence before", "Flu is common. It may cause fatigue.", "influenza causes fatigue (possible)"),
        ("a noun", "Flu is common. This infection may cause fatigue.", "influenza causes fatigue (possible)"),
        (
            "a pronoun in a list",
            "Flu is common. This and asthma may cause fatigue.",
            "asthma causes fatigue (possible); influenza causes fatigue (possible)",
        ),
        ("it means nothing", "Summer is nice. It may cause fatigue.", ""),
        (
            "there is the anatomy named last",
            "The legs and then the lungs are hit. Bleeding there may cause fatigue.",
            "alveolar hemorrhage causes fatigue (possible)",
        ),
        ("there where no anatomy is named", "Summer is nice. Bleeding there may cause fatigue.", ""),
        (
            "a relative clause",
            "Dust that gets into the lungs may cause fatigue.",
            "dust causes fatigue (possible) [that gets into the lungs]",
        ),
        ("a label", "- Pneumonia: This may cause fatigue.", "pneumonia causes fatigue (possible)"),
        (
            "the doer of an event before",
            "Smoking irritates the throat and may cause hoarseness.",
            "smoking causes hoarseness (possible)",
        ),
        (
            "and its modal verb",
            "Smoking can irritate the throat and cause hoarseness.",
            "smoking causes hoarseness (possible)",
        ),
    ],
)
def test_the_subject_is_what_the_words_mean(trap: str, text: str, expected: str) -> None:
    assert said("cause-verb", text) == expected, trap


@pytest.mark.parametrize(
    ("trap", "heading", "text", "expected"),
    [
        (
            "the clause before",
            "How are lungs diagnosed?",
            "If you have asthma, doctors may order spirometry.",
            "spirometry diagnoses asthma (possible) [If you have asthma]",
        ),
        (
            "the clause before, ahead of the heading",
            "How is pneumonia diagnosed?",
            "If you have asthma, doctors may order spirometry.",
            "spirometry diagnoses asthma (possible) [If you have asthma]",
        ),
        (
            "its words end with it",
            "How is pneumonia diagnosed?",
            "If you have asthma, your doctor may order spirometry.",
            "spirometry diagnoses asthma (possible) [If you have asthma]",
        ),
        (
            "the heading",
            "How is pneumonia diagnosed?",
            "Doctors may order spirometry.",
            "spirometry diagnoses pneumonia (possible)",
        ),
        ("nothing", "How are lungs diagnosed?", "Doctors may order spirometry.", ""),
    ],
)
def test_a_missing_slot_is_filled_by_what_was_said_before(trap: str, heading: str, text: str, expected: str) -> None:
    assert said("doctor-orders", text, heading) == expected, trap


KINDS = "acute cough is_a cough (possible); chronic cough is_a cough (possible)"


@pytest.mark.parametrize(
    ("trap", "rule", "text", "expected"),
    [
        ("a list", "kinds-by-modifier", "A cough can be acute or chronic.", KINDS),
        ("what is no kind is left out", "kinds-by-modifier", "A cough can be acute, costly, or chronic.", KINDS),
        ("one attribute is no kind", "kinds-by-modifier", "A cough can be chronic.", ""),
        ("attributes that name no kind", "kinds-by-modifier", "A cough can be costly or cheap.", ""),
        (
            "types",
            "types-of",
            "The main types of bronchitis are acute and chronic.",
            "acute bronchitis is_a bronchitis (asserted); chronic bronchitis is_a bronchitis (asserted)",
        ),
        ("types that nobody knows", "types-of", "The main types of bronchitis are fright and joy.", ""),
    ],
)
def test_a_modifier_borrows_its_head_from_the_other_slot(trap: str, rule: str, text: str, expected: str) -> None:
    assert said(rule, text) == expected, trap
