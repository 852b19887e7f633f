"""Events that follow from one another without a trigger between them."""

import pytest
import statements


def said(text: str, rule: str) -> list[str]:
    """Each claim once for each certainty it is made with."""
    return sorted(set(statements.said(text, rule)))


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        ("in", "In asthma, the airways become narrowed.", ["asthma causes airway narrowing (asserted)"]),
        ("with", "With asthma, the airways become narrowed.", ["asthma causes airway narrowing (asserted)"]),
        ("an article", "During a pneumonia, blood flow drops.", ["pneumonia causes reduced blood flow (asserted)"]),
        (
            "only the first event",
            "In asthma, the airways are inflamed, and the lungs are damaged.",
            ["asthma causes airway inflammation (asserted)"],
        ),
        (
            "this condition",
            "# Asthma\n\nIn this condition, the airways become narrowed.\n",
            ["asthma causes airway narrowing (asserted)"],
        ),
        ("a modal verb", "In asthma, blood flow can drop.", ["asthma causes reduced blood flow (possible)"]),
    ],
)
def test_a_condition_brings_about_what_happens_in_it(trap: str, text: str, expected: list[str]) -> None:
    assert said(text, "in-condition") == expected, trap


@pytest.mark.parametrize(
    ("trap", "text"),
    [
        ("no comma", "In asthma the airways become narrowed."),
        ("no condition", "In winter, the airways become narrowed."),
        ("a symptom is no condition", "In wheezing, the airways become narrowed."),
        ("no event", "In asthma, the airways are wide."),
        ("a denied event", "In asthma, the airways are not narrowed."),
        ("the condition does not open the sentence", "The airways become narrowed in asthma, we know."),
        ("a phrase that points at no condition", "# Asthma\n\nIn this season, the airways become narrowed.\n"),
        ("a phrase that points at nothing", "# Travel\n\nIn this condition, the airways become narrowed.\n"),
    ],
)
def test_where_no_condition_opens_the_sentence_nothing_is_brought_about(trap: str, text: str) -> None:
    assert said(text, "in-condition") == [], trap


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Blood vessels leak into the airways.", ["capillary leak causes airway bleeding (asserted)"]),
        ("Small vessels can leak blood into the air sacs.", ["capillary leak causes alveolar hemorrhage (possible)"]),
    ],
)
def test_a_leak_causes_the_bleeding_that_shares_its_verb(text: str, expected: list[str]) -> None:
    assert said(text, "leads-into") == expected


@pytest.mark.parametrize(
    ("trap", "text"),
    [
        ("two sentences", "Small vessels leak. Blood enters the airways."),
        ("two verbs", "Small vessels leak, and blood enters the airways."),
        ("into nothing that is known", "Small vessels leak into the gut."),
        ("no leak", "Blood vessels lead into the airways."),
        ("a participle and the anatomy of the next clause", "Lung tissue is injured, and small vessels may leak."),
    ],
)
def test_events_that_do_not_share_their_verb_lead_into_nothing(trap: str, text: str) -> None:
    assert said(text, "leads-into") == [], trap


STEPS = [
    "lung tissue injury causes capillary leak (asserted)",
    "reduced pulmonary blood flow causes lung tissue injury (asserted)",
]


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        ("commas", "The reason is this: blood flow drops, lung tissue is injured, and small vessels leak.", STEPS),
        ("semicolons", "How it happens: blood flow drops; lung tissue is injured; small vessels leak.", STEPS),
        (
            "and then",
            "The steps: blood flow drops and then lung tissue is injured.",
            ["reduced pulmonary blood flow causes lung tissue injury (asserted)"],
        ),
        (
            "names of mechanisms",
            "The process: airway inflammation, then airway narrowing.",
            ["airway inflammation causes airway narrowing (asserted)"],
        ),
        (
            "a modal verb holds for its own step",
            "The process: airway inflammation, and blood flow can drop, then airway narrowing.",
            [
                "airway inflammation causes reduced blood flow (possible)",
                "reduced blood flow causes airway narrowing (asserted)",
            ],
        ),
    ],
)
def test_in_an_explanation_each_step_causes_the_next(trap: str, text: str, expected: list[str]) -> None:
    assert said(text, "sequence") == expected, trap


@pytest.mark.parametrize(
    ("trap", "text"),
    [
        ("no explanation", "Blood flow drops, lung tissue is injured, and small vessels leak."),
        ("a colon that announces none", "The list is this: blood flow drops, lung tissue is injured."),
        ("an explanation without a colon", "The reason is that blood flow drops, lung tissue is injured."),
        ("one step", "The reason is simple: blood flow drops."),
        ("a step in between that is no event", "The reason: blood flow drops, it rains, small vessels leak."),
        ("the same event twice", "The mechanism: the airways are inflamed; the airways become inflamed."),
        ("a step before the colon", "Blood flow drops for this reason: lung tissue is injured."),
    ],
)
def test_elsewhere_one_event_after_another_is_no_cause(trap: str, text: str) -> None:
    assert said(text, "sequence") == [], trap
