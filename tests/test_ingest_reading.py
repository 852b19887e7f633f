"""A unit as the rules read it: its lists, its mentions and its events as arguments."""

from functools import cache

import pytest

from ingest.arguments import Argument
from ingest.events import Event
from ingest.focus import Focus
from ingest.mentions import MentionFinder
from ingest.reading import Reading
from ingest.sentences import Span
from ingest.units import Unit
from ingest.view import view
from ontology.claim import Concept
from ontology.lexicon import Lexicon
from ontology.terms import Kind

CONCEPTS = (
    Concept("etio:acute-bronchitis", "acute bronchitis", (Kind.CONDITION,)),
    Concept("etio:airway-irritation", "airway irritation", (Kind.MECHANISM,)),
    Concept("etio:aspirin", "aspirin", (Kind.TREATMENT,)),
    Concept("etio:bleeding", "bleeding", (Kind.SYMPTOM, Kind.MECHANISM)),
    Concept("etio:chronic-bronchitis", "chronic bronchitis", (Kind.CONDITION,)),
    Concept("etio:fever", "fever", (Kind.SYMPTOM,)),
    Concept("etio:nausea", "nausea and vomiting", (Kind.SYMPTOM,)),
)
STATES = frozenset({Kind.CONDITION, Kind.SYMPTOM})


@cache
def finder() -> MentionFinder:
    return MentionFinder(Lexicon(CONCEPTS))


def reading(text: str) -> Reading:
    shown = view(text, 0, len(text))
    unit = Unit(shown, Span(0, len(shown.text)), (), 0)
    return Reading(unit, finder().find(shown.text), (), finder(), Focus(()))


def members(text: str, *, known: bool = False, default: Kind | None = None) -> list[str]:
    """The concepts that the list in a whole text names, in order."""
    read = reading(text)
    named = read.members(Span(0, len(read.text)), STATES, known=known, default=default)
    return [argument.concept.id for argument in named]


@pytest.mark.parametrize(
    ("trap", "text", "expected"),
    [
        ("none", "", []),
        ("one", "a fever", ["etio:fever"]),
        ("in the order of the text", "a fever, or acute bronchitis", ["etio:fever", "etio:acute-bronchitis"]),
        ("a shared head", "acute or chronic bronchitis", ["etio:acute-bronchitis", "etio:chronic-bronchitis"]),
        ("a name that holds `and`", "nausea and vomiting, and a fever", ["etio:nausea", "etio:fever"]),
        ("another kind", "aspirin and fever", ["etio:fever"]),
        ("one of several kinds", "bleeding", ["etio:bleeding"]),
        ("a pronoun", "it and fever", ["etio:fever"]),
        ("a head noun that tells its kind", "fever and knee swelling", ["etio:fever", "etiop:knee_swelling"]),
        ("a head noun that tells none", "fever and gloomy moods", ["etio:fever"]),
    ],
)
def test_the_members_of_a_list_that_name_something_are_its_arguments(trap: str, text: str, expected: list[str]) -> None:
    assert members(text) == expected, trap


def test_known_members_are_of_the_vocabularies() -> None:
    assert members("fever and knee swelling", known=True) == ["etio:fever"]


def test_a_default_kind_makes_a_provisional_member() -> None:
    assert members("fever and gloomy moods", default=Kind.SYMPTOM) == ["etio:fever", "etiop:gloomy_moods"]


def test_members_are_arguments_with_words_kind_and_place() -> None:
    read = reading("a fever, and bleeding that lasts")
    assert read.members(Span(0, len(read.text)), STATES) == (
        Argument(CONCEPTS[5], "fever", Kind.SYMPTOM, Span(2, 7)),
        Argument(CONCEPTS[3], "bleeding", Kind.SYMPTOM, Span(13, 21), "that lasts"),
    )


def test_members_are_those_of_the_span_only() -> None:
    read = reading("a fever or bleeding")
    assert [argument.mention for argument in read.members(Span(0, 7), STATES)] == ["fever"]


def test_a_mention_is_an_argument_of_its_first_kind_that_fits() -> None:
    read = reading("Some bleeding.")
    (mention,) = read.mentions
    assert read.argument(mention, (Kind.MECHANISM, Kind.SYMPTOM)) == Argument(
        CONCEPTS[3], "bleeding", Kind.SYMPTOM, Span(5, 13)
    )
    assert read.argument(mention, {Kind.MECHANISM}) == Argument(CONCEPTS[3], "bleeding", Kind.MECHANISM, Span(5, 13))
    assert read.argument(mention, {Kind.TEST}) is None


def test_an_event_is_a_mechanism_in_its_own_words() -> None:
    read = reading("It irritates the airways.")
    event = Event(Span(3, 24), CONCEPTS[1], active=True)
    assert read.happening(event) == Argument(CONCEPTS[1], "irritates the airways", Kind.MECHANISM, Span(3, 24))


def test_spans_refer_to_the_cleaned_text() -> None:
    read = reading("  a\u00a0  fever ")
    assert (read.text, [mention.span.of(read.text) for mention in read.mentions]) == ("a fever", ["fever"])
