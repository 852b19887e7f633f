"""Where a text names concepts; the lexicon is the toy graph's with the few names that the traps need."""

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toygraph import CONCEPTS

from ingest.mentions import MentionFinder
from ontology.claim import Concept, Name
from ontology.lexicon import Lexicon
from ontology.terms import Kind, NameType

CLOT = Concept("etio:blood-clot", "blood clot", (Kind.MECHANISM,))
MORE = (
    CLOT,
    Concept("etio:airways", "airways", (Kind.ANATOMY,)),
    Concept("etio:leg", "leg", (Kind.ANATOMY,)),
    Concept("etio:leg-swelling", "leg swelling", (Kind.SYMPTOM,)),
    Concept("etio:swelling", "swelling", (Kind.SYMPTOM,)),
    Concept("etio:chest-x-ray", "chest X-ray", (Kind.TEST,)),
    Concept("etio:alcohol", "alcohol", (Kind.AGENT,)),
    Concept("etio:drinking", "drinking", (Kind.RISK_FACTOR,), (Name("alcohol", NameType.LAY),)),
    Concept("HP:0000001", "blood clot", (Kind.SYMPTOM,)),
    Concept("etio:information", "information technology", (Kind.TEST,), (Name("IT", NameType.ABBREVIATION),)),
)


@cache
def finder() -> MentionFinder:
    return MentionFinder(Lexicon((*CONCEPTS, *MORE)))


def found(text: str, local: dict[str, Concept] | None = None) -> list[tuple[str, str]]:
    """The words of each mention and the end of its concept's id."""
    return [(each.span.of(text), each.concept.id.partition(":")[2]) for each in finder().find(text, local)]


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        ("nothing", "", []),
        ("nothing known", "the weather is fine", []),
        ("case", "HEMOPTYSIS", [("HEMOPTYSIS", "hemoptysis")]),
        ("British spelling", "haemoptysis", [("haemoptysis", "hemoptysis")]),
        ("plural", "pulmonary embolisms", [("pulmonary embolisms", "pulmonary-embolism")]),
        ("two spaces", "coughing up  blood", [("coughing up  blood", "hemoptysis")]),
        ("a hyphen inside", "chest-x-rays", [("chest-x-rays", "chest-x-ray")]),
        ("longest name first", "blood clot in lung", [("blood clot in lung", "pulmonary-embolism")]),
        ("part of a word", "pneumoniae, beleg", []),
        ("a slash parts", "pneumonia/hemoptysis", [("pneumonia", "pneumonia"), ("hemoptysis", "hemoptysis")]),
        ("a comma inside parts the name", "blood, clot", []),
        ("a parenthesis inside parts the name", "leg (swelling)", [("leg", "leg"), ("swelling", "swelling")]),
        ("abbreviation as written", "PE and pe", [("PE", "pulmonary-embolism")]),
        ("abbreviation that is also a word", "it is IT", [("IT", "information")]),
        ("anatomy behind", "swelling of the leg", [("swelling of the leg", "leg-swelling")]),
        ("anatomy behind, one of two", "swelling in one leg", [("swelling in one leg", "leg-swelling")]),
        ("anatomy after a comma", "swelling, leg", [("swelling", "swelling"), ("leg", "leg")]),
        ("anatomy that makes no name", "blood clot in the leg", [("blood clot", "blood-clot"), ("leg", "leg")]),
        ("a label before a lay name", "alcohol", [("alcohol", "alcohol")]),
        ("a curated concept before an imported one", "blood clots", [("blood clots", "blood-clot")]),
    ],
)
def test_names_are_found(trap: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected, trap


@pytest.mark.parametrize("text", ["blood clot in the lung", "blood clot in your lung"])
def test_a_determiner_inside_a_name_parts_nothing(text: str) -> None:
    assert found(text) == [(text, "pulmonary-embolism")]


def test_the_plural_of_a_short_abbreviation_is_found() -> None:
    assert found("Two PEs") == [("PEs", "pulmonary-embolism")]


def test_the_abbreviations_of_an_article_are_found_as_written_and_in_it_alone() -> None:
    assert found("A VT or vt", {"VT": CLOT}) == [("VT", "blood-clot")]
    assert found("A VT or vt") == []


@pytest.mark.parametrize(
    ("phrase", "kinds", "expected"),
    [
        ("the Airways", frozenset(), "etio:airways"),
        ("your lung infarctions", frozenset(), "etio:pulmonary-infarction"),
        ("alcohol", frozenset(), "etio:alcohol"),
        ("alcohol", frozenset({Kind.RISK_FACTOR}), "etio:drinking"),
        ("alcohol", frozenset({Kind.TEST}), None),
        ("alcohol and more", frozenset(), None),
        ("", frozenset(), None),
    ],
)
def test_a_phrase_as_a_whole_names_a_concept_of_the_kinds_asked(
    phrase: str, kinds: frozenset[Kind], expected: str | None
) -> None:
    concept = finder().named(phrase, kinds)
    assert (concept.id if concept else None) == expected


_NAMES = st.sampled_from(
    [
        "swelling",
        "of the",
        "leg",
        "blood clot",
        "in",
        "lung",
        "PE",
        ",",
        "(",
        "X-ray",
        "coughing up blood",
        "your",
        "alcohol",
    ]
)


@given(st.lists(_NAMES, max_size=10).map(" ".join))
def test_mentions_stand_in_order_and_none_inside_another(text: str) -> None:
    spans = [each.span for each in finder().find(text)]
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)


def test_a_capital_a_inside_a_name_is_no_article() -> None:
    known = Lexicon(
        (
            Concept("etio:hepatitis", "hepatitis", (Kind.CONDITION,)),
            Concept("etio:hepatitis-a", "hepatitis A", (Kind.CONDITION,)),
        )
    )
    finder = MentionFinder(known)
    found = {text: [mention.concept.id for mention in finder.find(text)] for text in ("A hepatitis", "a hepatitis A")}
    assert found == {"A hepatitis": ["etio:hepatitis"], "a hepatitis A": ["etio:hepatitis-a"]}
    assert [finder.named(phrase) for phrase in ("A hepatitis", "hepatitis A")] == [
        known.concepts["etio:hepatitis"],
        known.concepts["etio:hepatitis-a"],
    ]


def test_what_an_article_says_an_abbreviation_means_goes_before_the_vocabulary() -> None:
    one = Concept("etio:a", "first disease", (Kind.CONDITION,), (Name("FD", NameType.ABBREVIATION),))
    other = Concept("etio:z", "feverish dizziness", (Kind.CONDITION,))
    finder = MentionFinder(Lexicon((one, other)))
    assert [mention.concept.id for mention in finder.find("FD is rare", {"FD": other})] == ["etio:z"]
