"""The members of a list inside a sentence."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.coordination import Conjunct, conjuncts
from ingest.sentences import Span


def members(text: str, *kept: str) -> list[str]:
    """Each member's words with what it borrows; an example in brackets."""
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in kept]
    found = conjuncts(text, Span(0, len(text)), kept=spans)
    return [f"[{each.phrase(text)}]" if each.example else each.phrase(text) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" , ", []),
        ("fever", ["fever"]),
        ("fever and chills", ["fever", "chills"]),
        ("fever, chills, and chest pain", ["fever", "chills", "chest pain"]),
        (
            "a cough that lingers, blood in the mucus, and chest pain",
            ["a cough that lingers", "blood in the mucus", "chest pain"],
        ),
        ("fever as well as chills", ["fever", "chills"]),
        ("fever; chills", ["fever", "chills"]),
        ("fever and/or chills", ["fever", "chills"]),
        ("fever, and often chills", ["fever", "chills"]),
        ("asthma and, rarely, cancer", ["asthma", "cancer"]),
        ("asthma, or even cancer", ["asthma", "cancer"]),
        ("swabs - scans - X-rays", ["swabs", "scans", "X-rays"]),
        ("blood clots + fever", ["blood clots", "fever"]),
        ("bleeding (from the nose or gums) and pain", ["bleeding", "pain"]),
        ("disorders of the hand", ["disorders of the hand"]),
    ],
)
def test_a_list_parts_at_its_commas_and_conjunctions(text: str, expected: list[str]) -> None:
    assert members(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fever and, in rare cases, death", [("fever", ""), ("death", "in rare cases")]),
        ("fever, chills or in some people confusion", [("fever", ""), ("chills", ""), ("confusion", "in some people")]),
        ("fever and sometimes to chills, and death", [("fever", ""), ("chills", "sometimes"), ("death", "")]),
        ("acute and, rarely, chronic bronchitis", [("acute bronchitis", ""), ("chronic bronchitis", "rarely")]),
        ("cough in most patients, and fever", [("cough", "in most patients"), ("fever", "")]),
        ("cough, in most cases, and fever (often)", [("cough", "in most cases"), ("fever", "often")]),
        ("Rarely, seizures or a coma", [("seizures", "Rarely"), ("a coma", "Rarely")]),
        ("sometimes called a cold", [("sometimes called a cold", "")]),
    ],
)
def test_a_member_keeps_what_is_said_of_it_alone(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(each.phrase(text), each.often) for each in conjuncts(text, Span(0, len(text)))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("acute or chronic bronchitis", ["acute bronchitis", "chronic bronchitis"]),
        ("a mild, moderate, or severe cough", ["a mild cough", "moderate cough", "severe cough"]),
        ("viral, bacterial or fungal infections", ["viral infections", "bacterial infections", "fungal infections"]),
        ("upper and lower airways", ["upper airways", "lower airways"]),
        # what is whole by itself borrows nothing
        ("cough or shortness of breath", ["cough", "shortness of breath"]),
        ("pregnant or obese women", ["pregnant", "obese women"]),
        ("deep vein thrombosis and pulmonary embolism", ["deep vein thrombosis", "pulmonary embolism"]),
        ("fever or chronic cough", ["fever", "chronic cough"]),
    ],
)
def test_a_bare_modifier_takes_the_head_of_the_next(text: str, expected: list[str]) -> None:
    assert members(text) == expected


def test_a_bare_head_takes_the_modifier_of_the_one_before() -> None:
    assert members("blue lips/nails") == ["blue lips", "blue nails"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("irritants, such as smoke and dust", ["irritants", "[smoke]", "[dust]"]),
        ("irritants (such as smoke or dust)", ["irritants", "[smoke]", "[dust]"]),
        ("irritants, including cigarette smoke", ["irritants", "[cigarette smoke]"]),
        ("irritants, e.g. smoke", ["irritants", "[smoke]"]),
        ("medicines like aspirin or ibuprofen", ["medicines", "[aspirin]", "[ibuprofen]"]),
        ("fever and signs of infection, for example, chills", ["fever", "signs of infection", "[chills]"]),
    ],
)
def test_examples_are_kept_and_marked(text: str, expected: list[str]) -> None:
    assert members(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "infection rather than cancer",
        "infection instead of cancer or a tumor",
        "infection, but not cancer",
        "infection as opposed to cancer",
        "infection other than cancer, flu, and colds",
    ],
)
def test_what_a_contrast_rules_out_is_dropped(text: str) -> None:
    assert members(text) == ["infection"]


def test_a_separator_inside_a_name_parts_nothing() -> None:
    text = "nausea and vomiting, and fever"
    assert members(text) == ["nausea", "vomiting", "fever"]
    assert members(text, "nausea and vomiting") == ["nausea and vomiting", "fever"]


def test_only_the_words_inside_the_span_are_read() -> None:
    text = "It causes fever and acute or chronic cough, or worse."
    found = conjuncts(text, Span(10, 42))
    assert found == (
        Conjunct(Span(10, 15)),
        Conjunct(Span(20, 25), suffix="cough"),
        Conjunct(Span(29, 42)),
    )


_PARTS = st.sampled_from(
    [
        "fever",
        "acute",
        "chronic cough",
        ", ",
        " and ",
        " or ",
        " such as ",
        " (",
        ")",
        " rather than ",
        "/",
        "; ",
        " - ",
        ".",
    ]
)


@given(parts=st.lists(_PARTS, max_size=14), data=st.data())
def test_every_member_lies_inside_the_span_and_shares_nothing(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    found = sorted((each.span for each in conjuncts(text, span)), key=lambda each: each.start)
    assert all(span.covers(each) and each.start < each.end for each in found)
    assert not any(one.overlaps(other) for one, other in pairwise(found))


def test_what_is_a_sign_by_itself_shares_no_trouble() -> None:
    assert members("trouble chewing, swallowing, or speaking") == [
        "trouble chewing",
        "trouble swallowing",
        "trouble speaking",
    ]
    assert members("trouble breathing, fainting, or wheezing") == ["trouble breathing", "fainting", "wheezing"]
