"""How the triggers of a sentence share it: whose slots end where, what an empty one inherits, where a row holds."""

import pytest
import statements


def said(text: str, *rules: str) -> list[str]:
    return statements.said(text, *rules, rule=True, qualifier=True)


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        (
            "an empty subject is that of the trigger before",
            "Smoking worsens asthma and can cause lung cancer.",
            [
                "smoking causes lung cancer (possible, cause-verb)",
                "smoking increases_risk_of asthma (asserted, worsen)",
            ],
        ),
        (
            "a denial holds for its own trigger",
            "Smoking causes lung cancer but does not cause asthma.",
            ["not smoking causes asthma (asserted, cause-verb)", "smoking causes lung cancer (asserted, cause-verb)"],
        ),
        (
            "an inherited subject of another kind",
            "Antibiotics treat pneumonia but can cause nausea.",
            [
                "antibiotics has_side_effect nausea (possible, treatment-harm)",
                "antibiotics treats pneumonia (asserted, treat-verb)",
            ],
        ),
        (
            "an object list ends before the next trigger",
            "Pneumonia causes fever and chills, and leads to pleural effusion.",
            [
                "pneumonia causes chills (asserted, cause-verb)",
                "pneumonia causes fever (asserted, cause-verb)",
                "pneumonia causes pleural effusion (asserted, lead-to)",
            ],
        ),
        (
            "a clause of its own has its own subject",
            "Pneumonia causes fever because asthma causes wheezing.",
            ["asthma causes wheezing (asserted, cause-verb)", "pneumonia causes fever (asserted, cause-verb)"],
        ),
        (
            "an introduction qualifies",
            "When you smoke, dust causes wheezing.",
            ["dust causes wheezing (asserted, cause-verb) [When you smoke]"],
        ),
        ("an opening adverb", "Often in spring, dust causes fever.", ["dust causes fever (asserted, cause-verb)"]),
        (
            "an adverb does not qualify",
            "Often, dust causes wheezing.",
            ["dust causes wheezing (asserted, cause-verb)"],
        ),
        (
            "only the best row reads the same words",
            "Thrombolytics can cause bleeding.",
            ["thrombolytics has_side_effect bleeding (possible, treatment-harm)"],
        ),
        (
            "a sort of diseases is not what the article is about",
            "# Dry eye\n\nDiseases that affect the eyelid need care.\n",
            [],
        ),
        (
            "a look whose name begins with the words of its row",
            "A cold sore tends to go away on its own.",
            ["cold sore presents_as self-limited (asserted, goes-away)"],
        ),
        (
            "no longer denies",
            "# Treating asthma\n\nAntibiotics no longer help.\n",
            ["not antibiotics treats asthma (asserted, may-help)"],
        ),
        (
            "examples of what causes it",
            "Few conditions that cause dry eye, such as rosacea, are rare.",
            ["rosacea causes dry eye (asserted, things-that-cause)"],
        ),
        (
            "a row that speaks of avoiding reads what begins a name, too",
            "# Treating asthma\n\nAvoid air pollution.\n",
            ["avoiding air pollution treats asthma (asserted, avoid-treats)"],
        ),
        (
            "an object list ends before another thing's trigger",
            "Pneumonia causes fever and worsens asthma.",
            ["pneumonia causes fever (asserted, cause-verb)", "pneumonia increases_risk_of asthma (asserted, worsen)"],
        ),
        (
            "a definition hands on what it defines",
            "Hemoptysis means coughing up blood that comes from the lungs.",
            ["hemoptysis located_in lung (asserted, comes-from)"],
        ),
        (
            "a negation that belongs to the row denies nothing",
            "Collateral circulation is why a clot does not cause pulmonary infarction.",
            ["collateral circulation reduces_risk_of pulmonary infarction (asserted, is-why-not)"],
        ),
        (
            "and elsewhere it does",
            "Collateral circulation does not cause pulmonary infarction.",
            ["not collateral circulation causes pulmonary infarction (asserted, cause-verb)"],
        ),
        ("a question about nothing known", "What does Tuesday cause?", []),
    ],
)
def test_every_trigger_reads_its_own_part_of_a_sentence(trap: str, text: str, expected: list[str]) -> None:
    assert [each for each in said(text) if "defined-in" not in each] == expected, trap


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Pneumonia causes a fever, and asthma causes wheezing.",
            ["asthma causes wheezing (asserted, cause-verb)", "pneumonia causes fever (asserted, cause-verb)"],
        ),
        pytest.param(
            "Antibiotics treat pneumonia, and they can cause nausea.",
            [
                "antibiotics has_side_effect nausea (possible, treatment-harm)",
                "antibiotics treats pneumonia (asserted, treat-verb)",
            ],
        ),
        (
            "A fever (rarely caused by pneumonia) is common.",
            ["pneumonia causes fever (unlikely, caused-by)"],
        ),
    ],
)
def test_a_second_clause_is_read_for_itself(text: str, expected: list[str]) -> None:
    assert said(text, "cause-verb", "caused-by", "treat-verb", "treatment-harm") == expected


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        (
            "a symptom and a condition",
            "# Hemoptysis\n\n## Causes\n\nHemoptysis is often linked to bronchitis.\n",
            ["bronchitis causes hemoptysis (asserted, linked-to-cause)"],
        ),
        (
            "a symptom and a mechanism",
            "# Hemoptysis\n\n## Causes\n\nHemoptysis may be linked to airway inflammation.\n",
            ["airway inflammation causes hemoptysis (possible, linked-to-cause)"],
        ),
        (
            "denied",
            "# Hemoptysis\n\n## Causes\n\nHemoptysis is not linked to airway inflammation.\n",
            ["not airway inflammation causes hemoptysis (asserted, linked-to-cause)"],
        ),
        (
            "another heading",
            "# Hemoptysis\n\n## Symptoms\n\nHemoptysis is often linked to bronchitis.\n",
            ["bronchitis associated_with hemoptysis (asserted, linked-to)"],
        ),
        (
            "the nearest heading",
            "# Causes of hemoptysis\n\n## Outlook\n\nHemoptysis is often linked to bronchitis.\n",
            ["bronchitis associated_with hemoptysis (asserted, linked-to)"],
        ),
        (
            "no symptom",
            "# Hemoptysis\n\n## Causes\n\nPneumonia is linked to tuberculosis.\n",
            ["pneumonia associated_with tuberculosis (asserted, linked-to)"],
        ),
        (
            "a risk factor",
            "# Hemoptysis\n\n## Causes\n\nHemoptysis is linked to smoking.\n",
            ["hemoptysis associated_with smoking (asserted, linked-to)"],
        ),
    ],
)
def test_under_causes_what_a_symptom_is_linked_to_causes_it(trap: str, text: str, expected: list[str]) -> None:
    assert said(text, "linked-to", "linked-to-cause") == expected, trap


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        (
            "How is it diagnosed?",
            "Your doctor may order a chest X-ray.",
            ["chest x-ray diagnoses pneumonia (possible, doctor-orders)"],
        ),
        ("How is it treated?", "Your doctor may order a chest X-ray.", []),
        ("Outlook", "They can feel fatigue.", ["pneumonia has_symptom fatigue (possible, they-experience)"]),
        ("Experiences", "They can feel fatigue.", []),
    ],
)
def test_a_row_holds_under_its_headings_only(heading: str, text: str, expected: list[str]) -> None:
    assert said(f"# Pneumonia\n\n## {heading}\n\n{text}\n") == expected


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        ("there is none that does", "There are no pills that prevent mumps.", []),
        (
            "a relative clause behind what something is a sign of",
            "Pallor is a sign of anemia, which can result from bleeding.",
            ["bleeding causes anemia (possible, result-from)"],
        ),
        ("what stops a cause is none", "The best way to treat gout is to find the cause of the swelling.", []),
        ("a better state is no harm", "Exercise leads to better sleep.", []),
        ("what a disease means for a level", "Gout means your uric acid or uric acid crystal levels are too high.", []),
        ("other ones than those just named", "Colds, flu and mumps are well known. Others can be due to mold.", []),
        (
            "the symptoms are said to come from it, the disease is not",
            "Because the symptoms of asthma are due to inflammation, inhalers help.",
            [],
        ),
    ],
)
def test_what_a_sentence_does_not_say_is_not_read(trap: str, text: str, expected: list[str]) -> None:
    rules = ("prevent", "result-from", "is-cause-of", "treatment-harm", "means", "due-to")
    assert said(text, *rules) == expected, trap


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        (
            "an infinitive behind a verb speaks of the thing right before it",
            "Care includes rest, oxygen therapy, and surgery to stop internal bleeding.",
            ["surgery treats internal bleeding (asserted, treat-verb)"],
        ),
        (
            "so it does of two with or between",
            "Care includes rest and aspirin or acetaminophen to treat fever.",
            [
                "acetaminophen treats fever (asserted, treat-verb)",
                "aspirin treats fever (asserted, treat-verb)",
            ],
        ),
        ("who brings something about is no means", "Strict rulers prevent weight loss.", []),
        ("what points back names no means", "Taking these steps can help lower the risk of asthma.", []),
        ("a thing that is wanting is not the cause", "Rickets happens when phosphorus levels are too low.", []),
    ],
)
def test_who_or_what_does_it_is_named(trap: str, text: str, expected: list[str]) -> None:
    assert said(text, "treat-verb", "prevent", "lower-risk", "occur-when") == expected, trap


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        (
            "the second of two things that share what is said of them",
            "Symptoms of hepatitis include fever and yellowing of the skin or linings of the nose.",
            ["hepatitis has_symptom fever (asserted, symptoms-of-list)"],
        ),
        (
            "the clause before a list of kinds",
            "Death may occur from stroke, pneumonia, or other infection.",
            ["pneumonia is_a infection (asserted, and-other)"],
        ),
        (
            "what a provider then does",
            "If cats are causing sneezing, your health care provider may test for asthma.",
            [],
        ),
    ],
)
def test_a_list_ends_where_its_clause_does(trap: str, text: str, expected: list[str]) -> None:
    found = said(text, "symptoms-of-list", "and-other", "cause-participle")
    assert [each for each in found if "jaundice" not in each and "sneezing" not in each] == expected, trap


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        ("what is supposed", "If you are pregnant and have bleeding or a fever, call your doctor.", []),
        ("what leads to a diagnosis", "A biopsy of the nodules leads to a diagnosis of lung cancer.", []),
        ("the clause before a list of kinds", "Screening is the best defense against flu and other infections.", []),
    ],
)
def test_neither_supposed_nor_told_of_a_clause(trap: str, text: str, expected: list[str]) -> None:
    assert said(text, "and-experience", "lead-to", "and-other") == expected, trap


@pytest.mark.parametrize(
    ("trap", "text"),
    [
        (
            "nobody has found it",
            "Researchers have not found that stress, diet, and smoking play a role in causing gout.",
        ),
        ("what a means is a way to treat", "Surgery is the only way to treat scars that cause itching."),
    ],
)
def test_what_is_not_found_or_only_treated_causes_nothing(trap: str, text: str) -> None:
    assert [
        each for each in said(text, "plays-role", "cause-verb") if each.startswith(("surgery", "stress", "smok"))
    ] == [], trap
