"""Clauses that are mechanisms: a verb and the anatomy it happens to."""

from functools import cache

import pytest

from ingest.events import Event, find_events
from ingest.mentions import MentionFinder
from ingest.narrowing import Narrowing
from ontology.claim import Concept
from ontology.lexicon import Lexicon
from ontology.terms import Kind

CONCEPTS = (
    Concept("etio:airways", "airways", (Kind.ANATOMY,)),
    Concept("etio:airway-irritation", "airway irritation", (Kind.MECHANISM,)),
    Concept("etio:lungs", "lungs", (Kind.ANATOMY,)),
    Concept("etio:pneumonia", "pneumonia", (Kind.CONDITION,)),
    Concept("etio:reduced-blood-flow", "reduced blood flow", (Kind.MECHANISM,)),
    Concept("etio:reduced-pulmonary-blood-flow", "reduced pulmonary blood flow", (Kind.MECHANISM,)),
)


@cache
def lexicon() -> Lexicon:
    return Lexicon(CONCEPTS)


def found(text: str, *topic: str) -> tuple[Event, ...]:
    finder = MentionFinder(lexicon())
    return find_events(text, finder.find(text), finder, Narrowing(lexicon()), topic)


def events(text: str, *topic: str) -> list[tuple[str, str, bool]]:
    """Words, concept and whether something does it, for each event."""
    return [(event.span.of(text), event.concept.id, event.active) for event in found(text, *topic)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smoke irritates the airways.", [("irritates the airways", "etio:airway-irritation", True)]),
        ("The airways become irritated.", [("airways become irritated", "etio:airway-irritation", False)]),
        ("It comes with irritated airways.", [("irritated airways", "etio:airway-irritation", False)]),
        ("The lungs rupture.", [("lungs rupture", "etiop:lung_rupture", False)]),
        ("A clot blocks your lungs.", [("blocks your lungs", "etiop:lung_blockage", True)]),
        (
            "Smoke irritates and inflames the lungs.",
            [
                ("irritates and inflames the lungs", "etiop:lung_irritation", True),
                ("inflames the lungs", "etiop:lung_inflammation", True),
            ],
        ),
    ],
)
def test_a_verb_and_its_anatomy_name_a_mechanism(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert events(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The airways are not irritated.",
        "Not irritated airways.",
        "It irritates pneumonia.",
        "It irritates. The airways dry out.",
        "The airways.",
    ],
)
def test_a_denied_event_or_one_without_anatomy_is_none(text: str) -> None:
    assert events(text) == []


def test_a_minted_event_is_a_provisional_mechanism() -> None:
    (event,) = found("The lungs rupture.")
    assert event.concept == Concept("etiop:lung_rupture", "lung rupture", (Kind.MECHANISM,), provisional=True)


def test_what_flows_is_an_event_without_an_anatomy_to_happen_to() -> None:
    assert events("A clot reduces blood flow.") == [("reduces blood flow", "etio:reduced-blood-flow", True)]
    assert events("Then blood flow drops.") == [("blood flow drops", "etio:reduced-blood-flow", False)]


def test_an_event_is_narrowed_to_the_anatomy_of_its_topic() -> None:
    assert events("Then blood flow drops.", "Lung clots") == [
        ("blood flow drops", "etio:reduced-pulmonary-blood-flow", False)
    ]
