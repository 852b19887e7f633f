"""What a heading or a lead-in says of what stands under it: items, named headings, prose without a trigger."""

import pytest
import statements
from statements import claims

from ingest.extract import extract
from ontology.article import Article


def test_an_item_under_a_heading_has_the_relation_of_the_heading() -> None:
    text = "# Hemoptysis\n\n## Causes\n\n- Pneumonia\n- Acute or chronic bronchitis\n\nRest helps.\n"
    assert claims(text, "heading-") == [
        ("acute bronchitis", "causes", "hemoptysis"),
        ("chronic bronchitis", "causes", "hemoptysis"),
        ("pneumonia", "causes", "hemoptysis"),
    ]


def test_a_heading_that_names_a_thing_is_an_item_of_the_section_above() -> None:
    text = "# Hemoptysis\n\n## Common causes\n\n### Pneumonia\n\nIt is common.\n\n### Tuberculosis\n\nIt is rarer.\n"
    assert claims(text, "heading-") == [("pneumonia", "causes", "hemoptysis"), ("tuberculosis", "causes", "hemoptysis")]


def test_the_heading_may_name_the_other_side_itself() -> None:
    text = "# Lungs\n\n## Symptoms of pneumonia\n\n- Fever\n\n## Symptoms of asthma\n\n- Wheezing\n"
    assert claims(text, "heading-") == [("asthma", "has_symptom", "wheezing"), ("pneumonia", "has_symptom", "fever")]


@pytest.mark.parametrize(
    ("trap", "text"),
    [
        ("a heading that only sets a topic", "# Pneumonia\n\n## Outlook\n\n- Fever\n"),
        ("stories", "# Pneumonia\n\n## Experiences\n\n- Fever\n"),
        ("no focus of a fitting kind", "# Travel\n\n## Symptoms\n\n- Fever\n"),
        ("an item of another kind", "# Pneumonia\n\n## Symptoms\n\n- Antibiotics\n"),
        ("the topic itself", "# Pneumonia\n\n## Causes\n\n- Pneumonia\n"),
        ("a kind of the topic", "# Bronchitis\n\n## Causes\n\n- Acute bronchitis\n"),
        (
            "a heading that names a condition",
            "# Asthma\n\n## Symptoms\n\n### Pneumonia\n\nIt is rare.\n",
        ),
        ("prose is no item", "# Pneumonia\n\n## Symptoms\n\nIt is warm outside.\n"),
    ],
)
def test_other_items_claim_nothing(trap: str, text: str) -> None:
    assert claims(text, "heading-") == [], trap


def test_what_stands_behind_a_label_is_no_item() -> None:
    text = "# Pneumonia\n\n## Treatment\n\n- Antibiotics: germ control\n- Oxygen therapy: more air\n"
    assert claims(text, "heading-") == [
        ("antibiotics", "treats", "pneumonia"),
        ("oxygen therapy", "treats", "pneumonia"),
    ]


def test_one_item_is_one_piece_of_evidence() -> None:
    text = "# Pneumonia\n\n## Treatment\n\n- Antibiotics\n"
    (claim,) = extract(Article(id="a", title="", text=text, format="markdown")).claims
    assert [evidence.rule for evidence in claim.evidence] == ["heading-treatment"]


def test_prose_under_a_heading_names_its_treatments_unless_it_denies() -> None:
    text = "# Pneumonia\n\n## How is it treated?\n\nMost people take antibiotics. Surgery is not an option.\n"
    assert claims(text, "prose-") == [("antibiotics", "treats", "pneumonia")]


def said(text: str) -> list[str]:
    return statements.said(text, rule=True, qualifier=True)


@pytest.mark.parametrize(
    ("heading", "item", "expected"),
    [
        ("## Causes", "- Bronchitis", "bronchitis causes hemoptysis (asserted, heading-causes)"),
        ("## Possible causes", "- Bronchitis", "bronchitis causes hemoptysis (possible, heading-causes)"),
        ("## Rare causes", "- Bronchitis", "bronchitis causes hemoptysis (unlikely, heading-causes)"),
        ("## Not among the causes", "- Bronchitis", "not bronchitis causes hemoptysis (asserted, heading-causes)"),
        ("## Causes", "### Bronchitis", "bronchitis causes hemoptysis (asserted, heading-causes)"),
        ("Two imposters:", "- Hematemesis", "hematemesis mimics hemoptysis (asserted, heading-mimics)"),
        (
            "## When to see a doctor",
            "- Large volume",
            "hemoptysis warrants see a doctor (asserted, heading-red-flags) [Large volume]",
        ),
        ("## Warning signs", "- Fainting", "syncope warrants seek medical attention (asserted, heading-red-flags)"),
    ],
)
def test_the_heading_says_how_surely(heading: str, item: str, expected: str) -> None:
    assert said(f"# Hemoptysis\n\n{heading}\n\n{item}\n") == [expected]


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("How is it treated?", "Many take antibiotics.", ["antibiotics treats pneumonia (asserted, prose-treatment)"]),
        ("How is it treated?", "Some might get surgery.", ["surgery treats pneumonia (possible, prose-treatment)"]),
        ("How is it treated?", "People never need surgery.", []),
        ("How is it treated?", "Do people need surgery?", []),
        ("How is it treated?", "A chest X-ray comes first.", []),
        ("Outlook", "Many take antibiotics.", []),
        ("Diagnosis", "A chest X-ray comes first.", ["chest x-ray diagnoses pneumonia (asserted, prose-diagnosis)"]),
        ("Diagnosis", "Antibiotics come first.", []),
        (
            "Prevention",
            "The pneumonia vaccine comes first.",
            ["pneumococcal vaccine reduces_risk_of pneumonia (asserted, prose-prevention)"],
        ),
        ("Prevention", "A fever comes first.", []),
    ],
)
def test_prose_under_a_heading_has_its_relation_and_names_its_kinds(
    heading: str, text: str, expected: list[str]
) -> None:
    assert said(f"# Pneumonia\n\n## {heading}\n\n{text}\n") == expected


def test_a_sentence_with_a_trigger_is_no_prose_of_its_heading() -> None:
    text = "# Pneumonia\n\n## Treatment\n\nAntibiotics can treat tuberculosis.\n"
    assert said(text) == ["antibiotics treats tuberculosis (possible, treat-verb)"]


def test_unknown_kinds_under_a_heading_of_types_are_kinds_when_they_are_named_as_the_topic_is() -> None:
    text = "# Urinary incontinence\n\n## Types of urinary incontinence\n\n- Moonlit incontinence\n- Weather\n"
    assert claims(text, "heading-types") == [("moonlit incontinence", "is_a", "urinary incontinence")]


def test_a_list_with_a_lead_in_of_its_own_is_none_of_types() -> None:
    text = (
        "# Asthma\n\n## Types of asthma\n\nNo one knows what triggers asthma. These factors may include:\n\n"
        "- Smoking\n- Obesity\n"
    )
    assert claims(text, "heading") == [
        ("obesity", "increases_risk_of", "asthma"),
        ("smoking", "increases_risk_of", "asthma"),
    ]


def test_what_an_item_tells_to_keep_away_from_prevents_nothing_but_keeping_away_does() -> None:
    text = "# Asthma\n\n## How to prevent asthma\n\n- Do not share pillows or inhalers\n- Hand washing\n"
    assert claims(text, "heading") == [
        ("do not share pillows", "reduces_risk_of", "asthma"),
        ("hand washing", "reduces_risk_of", "asthma"),
    ]


def test_what_an_item_says_of_its_own_head_does_not_keep_the_item_from_its_heading() -> None:
    text = "# Hemoptysis\n\n## Causes\n\n- Tuberculosis, which is caused by bacteria\n"
    assert claims(text, "heading-", "caused-by") == [
        ("bacteria", "causes", "tuberculosis"),
        ("tuberculosis", "causes", "hemoptysis"),
    ]


def test_a_paragraph_in_small_letters_without_a_stop_is_a_member_of_its_headings_list() -> None:
    text = "# Hemoptysis\n\n## Causes of hemoptysis include\n\nchronic bronchitis\n\n- pneumonia\n"
    assert claims(text, "heading-") == [
        ("chronic bronchitis", "causes", "hemoptysis"),
        ("pneumonia", "causes", "hemoptysis"),
    ]


def test_what_a_disorder_in_apposition_affects_is_said_of_the_name_before_it() -> None:
    assert claims("Tuberculosis, a disorder that affects the lungs, is common.", "affects") == [
        ("tuberculosis", "located_in", "lung")
    ]


def test_advice_is_a_means_of_prevention_as_a_whole() -> None:
    text = "# Gout\n\n## How to prevent gout?\n\n- Do not share needles.\n- Stay active.\n"
    assert claims(text, "heading-") == [
        ("do not share needles", "reduces_risk_of", "gout"),
        ("stay active", "reduces_risk_of", "gout"),
    ]


def test_members_that_are_only_something_done_share_the_trouble_with_it() -> None:
    text = "# Tuberculosis\n\n## Symptoms\n\n- Trouble swallowing or breathing\n"
    assert claims(text, "heading-") == [
        ("tuberculosis", "has_symptom", "dysphagia"),
        ("tuberculosis", "has_symptom", "dyspnea"),
    ]


def test_how_often_an_item_says_it_is_so_holds_for_it() -> None:
    items = "- smoking, in most cases\n- Sometimes radon\n- air pollution (in rare cases)\n"
    assert statements.said(f"# Lung cancer\n\n## Causes\n\n{items}", frequency=True) == [
        "air pollution causes lung cancer (unlikely, rare cases)",
        "radon causes lung cancer (asserted, sometimes)",
        "smoking causes lung cancer (asserted, most cases)",
    ]
