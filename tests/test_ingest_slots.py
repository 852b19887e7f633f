"""What fills the slots of a trigger: lists, events, clauses, and what the words leave to the reader."""

import pytest

from ingest.extract import extract
from ontology.article import Article


def said(text: str, rule: str) -> list[str]:
    """`subject relation object (how sure)`, `not` before a denied one and its qualifier behind, for a rule; sorted."""
    found = extract(Article(id="a", title="", text=text, format="markdown"))
    label = {concept.id: concept.label for concept in found.concepts}
    return sorted(
        f"{'not ' if claim.negated else ''}{label[claim.subject]} {claim.predicate.value} {label[claim.object]}"
        f" ({each.certainty.value})" + (f" [{each.qualifier}]" if each.qualifier else "")
        for claim in found.claims
        for each in claim.evidence
        if each.rule == rule
    )


@pytest.mark.parametrize(
    ("trap", "rule", "text", "expected"),
    [
        (
            "an author's own words",
            "lasts",
            "An acute cough lasts 12 days.",
            ["acute cough presents_as lasts 12 days (asserted)"],
        ),
        (
            "too many of them",
            "lasts",
            "An acute cough lasts for what seems to be a very long time indeed.",
            [],
        ),
        (
            "an event in a clause",
            "condition-in-which",
            "Asthma is a condition in which the airways become inflamed.",
            ["asthma is_a airway inflammation (asserted)"],
        ),
        (
            "only the first of a list where one is wanted",
            "is-a",
            "Asthma is a chronic lung disease and a burden.",
            ["asthma is_a chronic lung disease (asserted)"],
        ),
        (
            "a name at the beginning where one is wanted there",
            "patients-symptom-verb",
            "Tuberculosis is an infection. Patients may cough up blood.",
            ["tuberculosis has_symptom hemoptysis (possible)"],
        ),
        (
            "no name there",
            "patients-symptom-verb",
            "Tuberculosis is an infection. Patients may tell us about cough.",
            [],
        ),
        ("a subject named by a part of its words", "is-a", "The worst of asthma is a lung disease.", []),
        (
            "a word before the subject",
            "avoid-treats",
            "# Treating asthma\n\nTry to avoid paint fumes.\n",
            ["avoiding paint fumes treats asthma (asserted)"],
        ),
        ("an unknown thing where a known one is wanted", "avoid-treats", "# Treating asthma\n\nTry to avoid gloom.\n", []),
        (
            "a clause that holds an event",
            "when-then",
            "When the airways are inflamed, airway narrowing follows.",
            ["airway inflammation causes airway narrowing (asserted)"],
        ),
        ("a clause that holds none", "when-then", "When the airways are wide, airway narrowing follows.", []),
        (
            "a participle says what happens before it causes",
            "cause-participle",
            "Tuberculosis inflames the airways, causing a cough.",
            ["airway inflammation causes cough (asserted)"],
        ),
        (
            "the name right before",
            "which-is",
            "Hemoptysis may follow pulmonary infarction, which is injury to lung tissue.",
            ["pulmonary infarction is_a lung tissue injury (asserted)"],
        ),
        ("no name right before", "which-is", "Hemoptysis follows in time, which is injury to lung tissue.", []),
        (
            "a name that begins in the trigger",
            "interfere-with",
            "Coughing can interfere with sleep.",
            ["cough causes sleep disturbance (possible)"],
        ),
        (
            "a name that ends in the trigger",
            "action-if",
            "Call a doctor right away if you have chest pain.",
            ["chest pain warrants call a doctor right away (asserted)"],
        ),
        ("an action nobody knows", "action-if", "Call a friend right away if you have chest pain.", []),
    ],
)  # fmt: skip
def test_a_slot_takes_what_its_row_wants(trap: str, rule: str, text: str, expected: list[str]) -> None:
    assert said(text, rule) == expected, trap


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        (
            "it in the clause before",
            "If lung cancer spreads, it may cause fatigue.",
            ["lung cancer causes fatigue (possible) [If lung cancer spreads]"],
        ),
        (
            "it in the sentence before",
            "Pneumonia is common. It may cause fatigue.",
            ["pneumonia causes fatigue (possible)"],
        ),
        (
            "a noun that points",
            "Pneumonia is common. This infection may cause fatigue.",
            ["pneumonia causes fatigue (possible)"],
        ),
        (
            "a pronoun in a list",
            "Pneumonia is common. This and asthma may cause fatigue.",
            ["asthma causes fatigue (possible)", "pneumonia causes fatigue (possible)"],
        ),
        ("it means nothing", "Summer is nice. It may cause fatigue.", []),
        (
            "there is the anatomy named last",
            "The legs and then the lungs are hit. Bleeding there may cause fatigue.",
            ["alveolar hemorrhage causes fatigue (possible)"],
        ),
        ("there where no anatomy is named", "Summer is nice. Bleeding there may cause fatigue.", []),
        (
            "a relative clause",
            "Dust that gets into the lungs may cause fatigue.",
            ["dust causes fatigue (possible) [that gets into the lungs]"],
        ),
        (
            "a label",
            "# Lungs\n\n- Pneumonia: This may cause fatigue.\n",
            ["pneumonia causes fatigue (possible)"],
        ),
        pytest.param(
            "a clause before",
            "Smoking irritates the throat and may cause hoarseness.",
            ["smoking causes hoarseness (possible)"],
            marks=pytest.mark.xfail(strict=True, reason="a clause is minted: `smoking irritates the throat and`"),
        ),
        pytest.param(
            "a clause before, with a modal verb",
            "Smoking can irritate the throat and cause hoarseness.",
            ["smoking causes hoarseness (possible)"],
            marks=pytest.mark.xfail(strict=True, reason="the clause before becomes a qualifier, its `can` is lost"),
        ),
    ],
)
def test_the_subject_is_what_the_words_mean(trap: str, text: str, expected: list[str]) -> None:
    assert said(text, "cause-verb") == expected, trap


@pytest.mark.xfail(strict=True, reason="a clause without an event is minted: `weather turned`")
def test_a_clause_without_an_event_causes_nothing() -> None:
    assert said("The weather turned, leading to a chronic cough.", "cause-participle") == []


@pytest.mark.xfail(strict=True, reason="`has` stands between `someone` and the name, and becomes a qualifier")
def test_the_verb_before_a_name_qualifies_nothing() -> None:
    text = "Oxygen therapy is suggested when someone has chronic bronchitis."
    assert said(text, "suggested-when") == ["oxygen therapy treats chronic bronchitis (asserted)"]


@pytest.mark.parametrize(
    ("trap", "text", "rule", "expected"),
    [
        (
            "the clause before names it",
            "# Lungs\n\n## How is it diagnosed?\n\nIf you have asthma, doctors may order spirometry.\n",
            "doctor-orders",
            ["spirometry diagnoses asthma (possible) [If you have asthma]"],
        ),
        pytest.param(
            "and qualifies without the words of the next",
            "# Lungs\n\n## How is it diagnosed?\n\nIf you have asthma, your doctor may order spirometry.\n",
            "doctor-orders",
            ["spirometry diagnoses asthma (possible) [If you have asthma]"],
            marks=pytest.mark.xfail(strict=True, reason="the qualifier is `If you have asthma, your`"),
        ),
        (
            "before what the headings name",
            "# Pneumonia\n\n## How is it diagnosed?\n\nIf you have asthma, doctors may order spirometry.\n",
            "doctor-orders",
            ["spirometry diagnoses asthma (possible) [If you have asthma]"],
        ),
        (
            "the headings name it",
            "# Pneumonia\n\n## How is it diagnosed?\n\nYour doctor may order spirometry.\n",
            "doctor-orders",
            ["spirometry diagnoses pneumonia (possible)"],
        ),
        (
            "nothing names it",
            "# Lungs\n\n## How is it diagnosed?\n\nYour doctor may order spirometry.\n",
            "doctor-orders",
            [],
        ),
    ],
)
def test_a_missing_slot_is_filled_by_the_clause_before_or_the_focus(
    trap: str, text: str, rule: str, expected: list[str]
) -> None:
    assert said(text, rule) == expected, trap


@pytest.mark.parametrize(
    ("trap", "rule", "text", "expected"),
    [
        (
            "a list of attributes",
            "kinds-by-modifier",
            "A cough can be acute or chronic.",
            ["acute cough is_a cough (possible)", "chronic cough is_a cough (possible)"],
        ),
        (
            "what is no kind is left out",
            "kinds-by-modifier",
            "A cough can be acute, costly, or chronic.",
            ["acute cough is_a cough (possible)", "chronic cough is_a cough (possible)"],
        ),
        ("one attribute is no kind", "kinds-by-modifier", "A cough can be chronic.", []),
        ("attributes of no kind", "kinds-by-modifier", "A cough can be costly or cheap.", []),
        (
            "modifiers of a type",
            "types-of",
            "The main types of bronchitis are acute and chronic.",
            ["acute bronchitis is_a bronchitis (asserted)", "chronic bronchitis is_a bronchitis (asserted)"],
        ),
        ("types of nothing known", "types-of", "The main types of bronchitis are fright and joy.", []),
    ],
)
def test_a_modifier_borrows_its_head_from_the_other_slot(trap: str, rule: str, text: str, expected: list[str]) -> None:
    assert said(text, rule) == expected, trap
