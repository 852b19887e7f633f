"""From the words of an argument to a concept."""

from functools import cache

import pytest
from toygraph import CONCEPTS

from ingest.arguments import Argument
from ingest.linking import link
from ingest.mentions import MentionFinder
from ingest.sentences import Span
from ontology.claim import Concept, Name
from ontology.lexicon import Lexicon
from ontology.terms import Kind, NameType

STATES = frozenset({Kind.CONDITION, Kind.SYMPTOM, Kind.MECHANISM})
MORE = (
    Concept("etio:chest-pain", "chest pain", (Kind.SYMPTOM,)),
    Concept("etio:blood-clot", "blood clot", (Kind.MECHANISM,)),
    Concept("etio:leg-swelling", "leg swelling", (Kind.SYMPTOM,)),
    Concept("etio:smoking", "smoking", (Kind.RISK_FACTOR,)),
    Concept("etio:alcohol", "alcohol", (Kind.AGENT,)),
    Concept("etio:drinking", "drinking", (Kind.RISK_FACTOR,), (Name("alcohol", NameType.LAY),)),
)


@cache
def finder() -> MentionFinder:
    return MentionFinder(Lexicon((*CONCEPTS, *MORE)))


def linked(
    text: str,
    kinds: frozenset[Kind] = STATES,
    *,
    phrase: str | None = None,
    known: bool = False,
    default: Kind | None = None,
) -> tuple[str, str, str | None] | None:
    """The concept's id, the kind and the qualifier of what `text` names."""
    found = link(
        text, Span(0, len(text)), finder().find(text), finder(), kinds, phrase=phrase, known=known, default=default
    )
    return (found.concept.id, found.kind.value, found.qualifier) if isinstance(found, Argument) else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hemoptysis", ("etio:hemoptysis", "Symptom", None)),
        ("your pulmonary embolisms", ("etio:pulmonary-embolism", "Condition", None)),
        ("the most common chest pain", ("etio:chest-pain", "Symptom", None)),
        ("swelling of the leg", ("etio:leg-swelling", "Symptom", None)),
        ("severe chest pain", ("etio:chest-pain", "Symptom", "severe")),
        ("chest pain when you breathe", ("etio:chest-pain", "Symptom", "when you breathe")),
        ("a dull chest pain that lingers", ("etio:chest-pain", "Symptom", "dull; that lingers")),
        ("blood clot in the leg", ("etio:blood-clot", "Mechanism", "in the leg")),
    ],
)
def test_a_known_name_gives_its_concept_and_keeps_the_rest_as_qualifier(
    text: str, expected: tuple[str, str, str | None]
) -> None:
    assert linked(text) == expected


@pytest.mark.parametrize("text", ["a feeling of chest pain", "the feeling of chest pain"])
def test_a_feeling_of_something_is_that_thing(text: str) -> None:
    assert linked(text) == ("etio:chest-pain", "Symptom", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nagging throat soreness", ("etiop:nagging_throat_soreness", "Symptom", None)),
        ("sudden death of lung tissue", ("etiop:sudden_death_of_lung_tissue", "Mechanism", None)),
        ("a stomach tumor if it spreads", ("etiop:stomach_tumor", "Condition", "if it spreads")),
    ],
)
def test_an_unknown_phrase_gives_a_provisional_concept_with_the_kind_of_its_head(
    text: str, expected: tuple[str, str, str | None]
) -> None:
    assert linked(text) == expected


@pytest.mark.parametrize(
    ("trap", "text"),
    [
        ("pronoun", "it"),
        ("people", "people"),
        ("preposition first", "with chest pain"),
        ("generic noun", "other symptoms"),
        ("generic noun with an empty adjective", "a serious condition"),
        ("no head noun that tells a kind", "strange ticks"),
        ("a clause", "why your rash itches"),
        ("too long", "one two three four five six seven eight rash"),
        ("head of another kind", "pneumonia vaccine"),
        ("only determiners", "the"),
        ("known, of another kind", "smoking"),
        ("only punctuation", "(,)"),
    ],
)
def test_what_names_nothing_fitting_links_to_nothing(trap: str, text: str) -> None:
    assert linked(text) is None, trap


def test_the_default_kind_is_for_a_head_that_says_nothing() -> None:
    assert linked("strange ticks", default=Kind.SYMPTOM) == ("etiop:strange_ticks", "Symptom", None)
    assert linked("stomach tumor", default=Kind.SYMPTOM) == ("etiop:stomach_tumor", "Condition", None)


def test_with_known_only_the_vocabularies_count() -> None:
    assert linked("stomach tumor", known=True) is None
    assert linked("severe chest pain", known=True) == ("etio:chest-pain", "Symptom", "severe")


def test_the_slot_decides_between_two_concepts_of_one_name() -> None:
    assert linked("alcohol", frozenset({Kind.AGENT})) == ("etio:alcohol", "Agent", None)
    assert linked("alcohol", frozenset({Kind.RISK_FACTOR})) == ("etio:drinking", "RiskFactor", None)


def test_borrowed_words_replace_those_of_the_text() -> None:
    assert linked("chest", phrase="chest pain") == ("etio:chest-pain", "Symptom", None)
