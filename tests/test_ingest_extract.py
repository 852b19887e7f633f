"""Small documents and all that is read from them: the specification of the extraction."""

import pytest
from drawn import drawn
from hypothesis import given
from hypothesis import strategies as st
from statements import claims, said

from ingest.extract import extract
from ingest.version import extractor_version
from ontology.article import Article, Extraction


def read(text: str, format: str = "markdown") -> Extraction:
    return extract(Article(id="small", title="", text=text, format=format))


def told(text: str, format: str = "markdown") -> list[str]:
    """`subject relation object` for every claim, `not` before a denied one, how sure behind it; sorted."""
    found = read(text, format)
    labels = {concept.id: concept.label for concept in found.concepts}
    return sorted(
        f"{'not ' if claim.negated else ''}{labels[claim.subject]} {claim.predicate.value} {labels[claim.object]}"
        + ("" if claim.certainty == "asserted" else f" ({claim.certainty.value})")
        for claim in found.claims
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Pneumonia can cause fever and, in rare cases, death.",
            ["pneumonia causes death (unlikely, rare cases)", "pneumonia causes fever (possible)"],
        ),
        (
            "Pneumonia causes cough, chest pain and, in some people, confusion.",
            [
                "pneumonia causes chest pain (asserted)",
                "pneumonia causes confusion (asserted, some people)",
                "pneumonia causes cough (asserted)",
            ],
        ),
        (
            "Pneumonia causes difficulty breathing and sometimes chest pain, and possibly confusion.",
            [
                "pneumonia causes chest pain (asserted, sometimes)",
                "pneumonia causes confusion (possible)",
                "pneumonia causes dyspnea (asserted)",
            ],
        ),
        (
            "Pulmonary aspiration can lead to difficulty breathing or to choking in about half of patients.",
            [
                "pulmonary aspiration causes choking (possible, about half)",
                "pulmonary aspiration causes dyspnea (possible, about half)",
            ],
        ),
        (
            "Pneumonia does not cause asthma or, rarely, cancer.",
            ["not pneumonia causes asthma (asserted)", "not pneumonia causes cancer (asserted)"],
        ),
    ],
)
def test_what_is_said_of_one_member_of_a_list_holds_for_it_alone(text: str, expected: list[str]) -> None:
    assert said(text, frequency=True) == expected


NEGATIONS = [
    ("A fever that does not break is a symptom of pneumonia.", "pneumonia has_symptom fever"),
    ("Hemoptysis is not a guaranteed symptom of asthma.", "asthma has_symptom hemoptysis (possible)"),
    ("Pneumonia does not cause lung cancer.", "not pneumonia causes lung cancer"),
    ("Pneumonia doesn\u2019t cause lung cancer.", "not pneumonia causes lung cancer"),
    (
        "Smoking does not cause pneumonia but can cause lung cancer.",
        "not smoking causes pneumonia; smoking causes lung cancer (possible)",
    ),
    ("In asthma, hemoptysis is not usually massive.", "not hemoptysis presents_as large volume (unlikely)"),
    ("There is no cure for asthma.", ""),
    pytest.param("There is no evidence that smoking causes asthma.", "not smoking causes asthma"),
    pytest.param("The cause of a chronic cough is not known.", ""),
]


@pytest.mark.parametrize(("text", "expected"), NEGATIONS)
def test_a_denial_holds_for_its_own_clause(text: str, expected: str) -> None:
    assert "; ".join(told(text)) == expected


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        ("rather than", "Pneumonia rather than asthma causes a fever.", "pneumonia causes fever"),
        (
            "shared head",
            "Acute or chronic bronchitis causes hemoptysis.",
            "acute bronchitis causes hemoptysis; chronic bronchitis causes hemoptysis",
        ),
        (
            "both",
            "Both pneumonia and tuberculosis cause hemoptysis.",
            "pneumonia causes hemoptysis; tuberculosis causes hemoptysis",
        ),
        (
            "such as",
            "Lung irritants such as dust cause wheezing.",
            "dust causes wheezing; dust is_a lung irritants; lung irritants causes wheezing",
        ),
        (
            "list of subjects",
            "Fever, chills, and often chest pain are symptoms of flu.",
            "influenza has_symptom chest pain; influenza has_symptom chills; influenza has_symptom fever",
        ),
        ("it", "Tuberculosis is common. It can cause chest pain.", "tuberculosis causes chest pain (possible)"),
        pytest.param(
            "a second it",
            "Asthma is common. It narrows the airways. It can cause wheezing.",
            "asthma causes airway narrowing; asthma causes wheezing (possible)",
        ),
        ("nothing medical", "The weather was fine, and the train was late.", ""),
        ("nothing", "", ""),
    ],
)
def test_a_text_says_this_and_nothing_else(trap: str, text: str, expected: str) -> None:
    assert "; ".join(told(text)) == expected, trap


def test_an_abbreviation_that_the_article_defines_means_what_it_defines() -> None:
    text = "Chronic bronchitis (CBR) is common. CBR can cause hemoptysis.\n"
    assert told(text) == ["chronic bronchitis causes hemoptysis (possible)"]
    assert told(text.replace(" (CBR)", "")) == []


def test_a_lead_in_is_read_with_every_bullet() -> None:
    found = read("# Pneumonia\n\nSymptoms of pneumonia include:\n\n- fever\n- chest pain\n\nTea is nice.\n")
    assert sorted((claim.object, claim.evidence[0].quote) for claim in found.claims) == [
        ("etio:chest-pain", "chest pain"),
        ("etio:fever", "fever"),
    ]


def test_what_a_lead_in_says_is_quoted_from_it_and_from_no_item() -> None:
    found = read("# Asthma\n\nAsthma may cause a cough, and treatment includes:\n\n- steroids\n- antibiotics\n")
    assert sorted((claim.subject, claim.object, *(row.quote for row in claim.evidence)) for claim in found.claims) == [
        ("etio:antibiotics", "etio:cough", "antibiotics"),
        ("etio:asthma", "etio:cough", "Asthma may cause a cough, and treatment includes:"),
        ("etio:steroids", "etio:cough", "steroids"),
    ]


def test_a_lead_in_that_lost_its_list_swallows_nothing() -> None:
    text = "Pneumonia\n\nSymptoms of pneumonia include:\n\nTreatment\n\nAntibiotics treat pneumonia.\n"
    assert told(text, "text") == ["antibiotics treats pneumonia"]


def test_what_a_label_names_is_the_item() -> None:
    assert told("# Pneumonia\n\n## Treatment\n\n- **Antibiotics**: These work.\n- Oxygen therapy: This helps.\n") == [
        "antibiotics treats pneumonia",
        "oxygen therapy treats pneumonia",
    ]


def test_a_lost_dash_hides_neither_word() -> None:
    text = "# Pulmonary embolism\n\nThe embolism can cause a pulmonary infarctionoften with chest pain.\n"
    assert told(text) == ["pulmonary embolism causes pulmonary infarction (possible)"]


def test_an_advertisement_says_nothing() -> None:
    text = "# Asthma\n\nAsthma causes wheezing.\n\n{}\n\nSmoking worsens asthma.\n"
    assert told(text.format("Start your free trial: antibiotics treat pneumonia.")) == [
        "asthma causes wheezing",
        "smoking increases_risk_of asthma",
    ]


CERVICAL = "# Blood in cervical mucus\n\nOvulation can cause blood in cervical mucus. {}\n\n## Causes\n\n- Polyps\n"


def test_blood_in_cervical_mucus_is_not_hemoptysis() -> None:
    found = read(CERVICAL.format("Cervicitis may cause blood in the cervical mucus too."))
    assert "etio:hemoptysis" not in {concept.id for concept in found.concepts}
    assert "etio:blood-in-cervical-mucus" in {concept.id for concept in found.concepts}


def test_mucus_is_cervical_in_an_article_about_cervical_mucus() -> None:
    found = read(CERVICAL.format("Cervicitis can cause blood in your mucus."))
    assert "etio:hemoptysis" not in {concept.id for concept in found.concepts}


def test_what_is_denied_as_typical_is_kept_as_denied_and_never_affirmed() -> None:
    found = read("# Pulmonary embolism\n\nMassive bleeding is not the typical presentation of PE.\n")
    assert [claim.negated for claim in found.claims] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "{1}Pneumonia\n\nPneumonia is an infection. It can cause chest pain.\n\n{2}Symptoms\n\n- fever\n- chills\n",
        "{1}Pulmonary embolism\n\nTests include:\n\n- D-dimer\n\n{2}How is it treated?\n\nBlood thinners treat it.\n",
        "{1}Causes of hemoptysis\n\n{2}Lung cancer\n\nIt is often caused by smoking.\n",
    ],
)
def test_markdown_and_text_say_the_same(text: str) -> None:
    markdown, plain = text.replace("{1}", "# ").replace("{2}", "## "), text.replace("{1}", "").replace("{2}", "")
    assert told(markdown) == told(plain, "text") != []


_SENTENCES = st.sampled_from(
    [
        "# Pneumonia",
        "## Symptoms",
        "## How is asthma treated?",
        "Symptoms include:",
        "- fever\n- chest pain (sharp)",
        "- Antibiotics: These\u00a0help.",
        "It can cause a cough\u2014often with fever, chills, and pain.",
        "Pulmonary embolism (PE) isn\u2019t rare. PE causes infarctionoften.",
        "Smoking, e.g. tobacco, doesn't help.",
        "**Asthma** (AZ-muh) narrows the airways.",
        "Call a doctor if you have chest pain.",
    ]
)
_DOCUMENTS = st.lists(_SENTENCES, max_size=10).map("\n\n".join) | st.text(max_size=80)


@drawn(60)
@given(text=_DOCUMENTS, format=st.sampled_from(["markdown", "text"]))
def test_every_quote_stands_in_the_text_where_it_says(text: str, format: str) -> None:
    found = read(text, format)
    evidence = [each for claim in found.claims for each in claim.evidence]
    assert [text[each.start : each.end] for each in evidence] == [each.quote for each in evidence]
    assert all(each.quote and each.article == "small" and each.extractor == extractor_version() for each in evidence)
    assert {concept.id for concept in found.concepts} == {
        end for claim in found.claims for end in (claim.subject, claim.object)
    }
    assert [claim.id for claim in found.claims] == sorted({claim.id for claim in found.claims})
    assert all(len(set(claim.evidence)) == len(claim.evidence) > 0 for claim in found.claims)


@drawn(25)
@given(_DOCUMENTS)
def test_extracting_twice_gives_the_same(text: str) -> None:
    one, other = read(text), read(text)
    assert one == other
    assert [claim.evidence for claim in one.claims] == [claim.evidence for claim in other.claims]


def test_it_in_a_lead_in_means_what_came_before_and_nothing_of_the_list() -> None:
    text = "# Asthma\n\nAsthma is common. It can lead to problems such as:\n\n- Pneumonia\n- Heart failure\n"
    assert told(text) == ["asthma causes heart failure (possible)", "asthma causes pneumonia (possible)"]


def test_a_clause_behind_in_which_has_a_subject_of_its_own() -> None:
    assert "smoking causes heart failure (possible)" in told(
        "# Asthma\n\nThis is a condition in which smoking can cause heart failure.\n"
    )


def test_in_and_out_is_no_list() -> None:
    assert told("# Asthma\n\nThe airways are tubes that carry air in and out of your body.\n") == [
        "airway is_a tubes that carry air in and out of your body"
    ]


def test_a_sentence_that_claims_nothing_still_says_what_it_speaks_of() -> None:
    assert "infection causes asthma" in told(
        "# Asthma\n\nBronchitis is common. No one knows what causes the disorder. It is caused by an infection.\n"
    )


def test_this_is_a_condition_in_which_explains_what_was_named_last() -> None:
    text = "Asthma can lead to bronchiectasis. This is a condition in which the airways become widened.\n"
    assert claims(f"# Asthma\n\n{text}", "happens-in") == [("bronchiectasis", "located_in", "airway")]


def test_a_word_with_the_ending_of_its_kind_is_what_its_neighbours_in_a_list_are() -> None:
    text = "# Asthma\n\nSymptoms of asthma include fever, distractibility, headache and tabletop.\n"
    assert claims(text, "symptoms-of-list") == [
        ("asthma", "has_symptom", "distractibility"),
        ("asthma", "has_symptom", "fever"),
        ("asthma", "has_symptom", "headache"),
    ]


def test_this_test_under_the_heading_of_a_test_is_that_test() -> None:
    section = "### Spirometry\n\nIt is done first.\n\n### Chest X-ray\n\nThis test can show pneumonia.\n"
    text = f"# Asthma\n\n## How is it diagnosed?\n\n{section}"
    assert claims(text, "detect") == [("chest x-ray", "diagnoses", "pneumonia")]


def test_a_heading_that_no_vocabulary_knows_may_name_a_test() -> None:
    section = "### Blorbin test\n\nIt is done first.\n\n### Other tests\n\nThey follow.\n"
    text = f"# Asthma\n\n## How is it diagnosed?\n\n{section}"
    assert claims(text, "heading-") == [("blorbin test", "diagnoses", "asthma")]


def test_an_abbreviation_of_a_condition_that_no_vocabulary_knows_is_that_condition() -> None:
    text = "# Asthma\n\nSome babies are born with torn lung syndrome (TLS). TLS is treated with antibiotics.\n"
    assert claims(text, "treated-with") == [("antibiotics", "treats", "torn lung syndrome")]
