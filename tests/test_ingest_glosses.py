"""What the form of a sentence says a thing is: glosses, examples, labels, origins."""

import pytest
import statements
from statements import claims


def said(text: str, rule: str) -> list[str]:
    return statements.said(text, rule, frequency=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lung irritants, such as dust, can harm.", [("dust", "is_a", "lung irritants")]),
        ("Cancers (including lung cancer) can spread.", [("lung cancer", "is_a", "cancer")]),
        (
            "See a doctor for infections such as pneumonia or tuberculosis.",
            [("pneumonia", "is_a", "infection"), ("tuberculosis", "is_a", "infection")],
        ),
        # symptoms of something are no kinds of it, and kinds must agree
        ("Pneumonia has symptoms such as fever.", []),
        ("Smoking, such as fever, can harm.", []),
    ],
)
def test_an_example_is_of_the_kind_it_stands_for(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert claims(text, "example") == expected


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        ("the list ends at its verb", "Infections such as pneumonia cause fever.",
         ["pneumonia is_a infection (asserted)"]),
        (
            "the list ends at the next clause",
            "Infections, such as pneumonia, are common, and asthma is rare.",
            ["pneumonia is_a infection (asserted)"],
        ),
        (
            "the list ends with its parenthesis",
            "Infections (including pneumonia) and asthma are common.",
            ["pneumonia is_a infection (asserted)"],
        ),
        (
            "like needs a list",
            "Lung irritants like dust or smoke can harm.",
            ["dust is_a lung irritants (asserted)", "smoke is_a lung irritants (asserted)"],
        ),
        ("else it compares", "Lung irritants like dust can harm.", []),
        ("a denied sentence denies no example", "Infections such as pneumonia are not rare.",
         ["pneumonia is_a infection (asserted)"]),
        ("the general word stands right before", "Infections of many sorts, such as pneumonia, spread.", []),
        ("factors of something are no kinds of it", "Risk factors, such as smoking, matter.", []),
        ("an unknown example", "Infections such as blue spleen disease can spread.", []),
        ("the same thing", "Infections such as infections can spread.", []),
        ("anatomy has no examples", "Organs such as the lungs can hurt.", []),
    ],
)  # fmt: skip
def test_examples_are_the_known_things_of_their_list(trap: str, text: str, expected: list[str]) -> None:
    assert said(text, "example") == expected, trap


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chronic bronchitis (a lung disease) lasts.", [("chronic bronchitis", "is_a", "lung disease")]),
        # another name, an abbreviation, an origin, an example: no kind of it
        ("Hemoptysis (also called coughing up blood) is frightening.", []),
        ("Pulmonary embolism (PE) is serious.", []),
        ("Pulmonary embolism (from a deep vein thrombosis) is serious.", []),
        ("Lung disease (for example, asthma) is common.", []),
    ],
)
def test_a_gloss_says_what_a_thing_is(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert claims(text, "gloss") == expected


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        (
            "a known name without an article",
            "Pulmonary infarction (lung tissue injury) hurts.",
            ["pulmonary infarction is_a lung tissue injury (asserted)"],
        ),
        (
            "a usual case is the narrower one",
            "Lung tissue injury (usually pulmonary infarction) hurts.",
            ["pulmonary infarction is_a lung tissue injury (asserted)"],
        ),
        (
            "only the first of a list",
            "Chronic bronchitis (a lung disease, or an infection) lasts.",
            ["chronic bronchitis is_a lung disease (asserted)"],
        ),
        ("kinds must agree", "Asthma (an antibiotic) is common.", []),
        ("what stands between parts them", "Asthma is common (a lung disease).", []),
        ("a qualifier", "Asthma (in children) is common.", []),
        ("a pointer", "Asthma (see below) is common.", []),
        ("anatomy is no gloss", "Asthma (the airways) is common.", []),
        ("unknown words", "Asthma (oddly enough) is common.", []),
    ],
)
def test_only_a_gloss_right_behind_a_thing_names_what_it_is(trap: str, text: str, expected: list[str]) -> None:
    assert said(text, "gloss") == expected, trap


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        ("a known name", "# Air\n\n- Asthma: airway narrowing\n", ["asthma is_a airway narrowing (asserted)"]),
        (
            "only the first of a list",
            "# Air\n\n- Pneumonia: a lung infection, or a cough\n",
            ["pneumonia is_a lung infection (asserted)"],
        ),
        ("a sentence", "# Air\n\n- Pneumonia: It is a lung infection.\n", []),
        ("more than one sentence", "# Air\n\n- Pneumonia: a lung infection. It is common.\n", []),
        ("a treatment is no state", "# Air\n\n- Antibiotics: a lung infection\n", []),
        ("anatomy is no state", "# Air\n\n- Lungs: an infection\n", []),
        ("a place is no description", "# Air\n\n- Pneumonia: in the lungs\n", []),
        ("a description of another kind", "# Air\n\n- Pneumonia: antibiotics\n", []),
        ("no label", "# Air\n\n- A lung infection\n", []),
        ("a label that says more", "# Air\n\n- Signs of pneumonia: a lung infection\n", []),
    ],
)
def test_a_phrase_behind_a_label_says_what_it_is(trap: str, text: str, expected: list[str]) -> None:
    assert said(text, "label") == expected, trap


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        (
            "from",
            "A pulmonary embolism (usually from a deep vein thrombosis) is serious.",
            ["deep vein thrombosis causes pulmonary embolism (asserted, usually)"],
        ),
        (
            "due to",
            "Airway bleeding (often due to bronchitis) is scary.",
            ["bronchitis causes airway bleeding (asserted, often)"],
        ),
        (
            "a list",
            "Airway irritation (mostly from smoking or dust) hurts.",
            ["dust causes airway irritation (asserted, mostly)", "smoking causes airway irritation (asserted, mostly)"],
        ),
        ("an event", "The stomach becomes inflamed (from smoking).", ["smoking causes gastritis (asserted)"]),
        (
            "what it defines",
            "Hemoptysis means airway bleeding (usually from bronchitis).",
            ["bronchitis causes hemoptysis (asserted, usually)"],
        ),
        ("from somewhere", "A pulmonary embolism (usually from northern Italy) is serious.", []),
        ("from a place in the body", "A pulmonary embolism (usually from a leg vein) is serious.", []),
        ("far from", "A pulmonary embolism (far from a deep vein thrombosis) is serious.", []),
        ("not from", "A pulmonary embolism (not from a deep vein thrombosis) is serious.", []),
        ("not right behind it", "A pulmonary embolism hurts (usually from a deep vein thrombosis).", []),
        ("no parenthesis", "A pulmonary embolism, usually from a deep vein thrombosis, is serious.", []),
    ],
)
def test_the_origin_in_parentheses_is_the_cause(trap: str, text: str, expected: list[str]) -> None:
    assert said(text, "origin") == expected, trap


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        ("with an article", "Mucus (a sticky film) is normal.", ["mucus is_a sticky film (asserted)"]),
        (
            "another name with an article",
            "Paralysis (an inability to move) is frightening.",
            ["paralysis is_a inability to move (asserted)"],
        ),
        (
            "words that by themselves would be of another sort",
            "Wheezing (a humming or squealing sound) is frightening.",
            ["wheezing is_a humming or squealing sound (asserted)"],
        ),
        ("another name", "Dyspnea (shortness of breath) is frightening.", []),
        ("an abbreviation's long form", "COPD (chronic obstructive pulmonary disease) is common.", []),
    ],
)
def test_a_definition_in_parentheses_keeps_its_own_words(trap: str, text: str, expected: list[str]) -> None:
    assert said(text, "gloss") == expected, trap
