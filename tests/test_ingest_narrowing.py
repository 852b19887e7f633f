"""What a general word means in its place: a narrower concept named by the same words and one of anatomy."""

from functools import cache

import pytest

from ingest.mentions import Mention, MentionFinder
from ingest.narrowing import Narrowing
from ingest.sentences import Span
from ontology.claim import Concept, Name
from ontology.lexicon import Lexicon
from ontology.terms import Kind

CONCEPTS = (
    Concept("HP:0000001", "kidney bleeding", (Kind.MECHANISM,)),
    Concept("etio:airway", "airway", (Kind.ANATOMY,)),
    Concept("etio:blood-flow", "reduced blood flow", (Kind.MECHANISM,), names=(Name("poor circulation"),)),
    Concept("etio:bleeding", "bleeding", (Kind.SYMPTOM, Kind.MECHANISM)),
    Concept("etio:cancer", "cancer", (Kind.CONDITION,)),
    Concept("etio:embolism", "embolism", (Kind.CONDITION,)),
    Concept("etio:heart", "heart", (Kind.ANATOMY,)),
    Concept("etio:heart-surgery", "heart surgery", (Kind.TREATMENT,)),
    Concept("etio:infarction", "infarction", (Kind.MECHANISM,)),
    Concept("etio:inflammation", "inflammation", (Kind.MECHANISM,)),
    Concept("etio:airway-inflammation", "inflammation of the airways", (Kind.MECHANISM,)),
    Concept("etio:kidney", "kidney", (Kind.ANATOMY,)),
    Concept("etio:lung", "lung", (Kind.ANATOMY,)),
    Concept("etio:lung-bleeding", "lung bleeding", (Kind.SYMPTOM,)),
    Concept("etio:lung-cancer", "lung cancer", (Kind.CONDITION,)),
    Concept("etio:lung-heart-cancer", "lung and heart cancer", (Kind.CONDITION,)),
    Concept("etio:lung-flow", "reduced pulmonary blood flow", (Kind.MECHANISM,)),
    Concept("etio:lung-infarction", "pulmonary infarction", (Kind.MECHANISM,)),
    Concept("etio:lung-inflammation", "pneumonitis", (Kind.CONDITION,), names=(Name("lung inflammation"),)),
    Concept("etio:heart-infarction", "myocardial infarction", (Kind.CONDITION, Kind.MECHANISM)),
    Concept("etio:pulmonary-embolism", "pulmonary embolism", (Kind.CONDITION,)),
    Concept("etio:surgery", "surgery", (Kind.TREATMENT,)),
)


@cache
def lexicon() -> Lexicon:
    return Lexicon(CONCEPTS)


@cache
def finder() -> MentionFinder:
    return MentionFinder(lexicon())


def narrowed(text: str, *topic: str) -> str:
    """The id of the concept that the first mention of a text that is no anatomy is narrowed to."""
    mentions = finder().find(text)
    mention = next(mention for mention in mentions if Kind.ANATOMY not in mention.concept.kinds)
    found = Narrowing(lexicon()).narrow(mention, text, mentions, topic)
    assert found.span == mention.span
    return found.concept.id


@pytest.mark.parametrize(
    ("trap", "text", "topic", "expected"),
    [
        ("nothing to narrow it", "An infarction hurts.", (), "etio:infarction"),
        ("anatomy of the sentence", "An infarction hurts in the lung.", (), "etio:lung-infarction"),
        ("anatomy of the topic, as an adjective", "An infarction.", ("Pulmonary embolism",), "etio:lung-infarction"),
        ("the sentence before the topic", "Heart: an infarction.", ("Lung cancer",), "etio:heart-infarction"),
        ("the nearer anatomy first", "Lung or heart: an infarction.", (), "etio:heart-infarction"),
        ("the first topic first", "An infarction.", ("The heart", "The lung"), "etio:heart-infarction"),
        ("anatomy that names nothing narrower", "An infarction in the kidney.", (), "etio:infarction"),
        ("a name in another order", "Inflammation: the airway.", (), "etio:airway-inflammation"),
        ("by its label where a synonym stands", "Poor circulation.", ("Lung cancer",), "etio:lung-flow"),
        ("a narrower one without a common kind", "Inflammation.", ("Lung cancer",), "etio:inflammation"),
        ("words of anatomy stay as they are", "Lung cancer.", ("Lung cancer of the heart",), "etio:lung-cancer"),
        ("a condition by its own topic", "An embolism.", ("Pulmonary embolism",), "etio:pulmonary-embolism"),
        ("a condition not by another topic", "An embolism.", ("Lung cancer",), "etio:embolism"),
        ("a condition not by its sentence", "An embolism hurts in the lung.", (), "etio:embolism"),
        ("a symptom of one word never", "Bleeding.", ("Lung bleeding",), "etio:bleeding"),
        ("a treatment never", "Surgery.", ("Heart surgery",), "etio:surgery"),
    ],
)
def test_a_mention_is_narrowed_by_its_place(trap: str, text: str, topic: tuple[str, ...], expected: str) -> None:
    assert narrowed(text, *topic) == expected, trap


def test_only_curated_concepts_narrow() -> None:
    concepts = (Concept("etio:bleed", "bleeding", (Kind.MECHANISM,)), CONCEPTS[0])
    (mention,) = MentionFinder(Lexicon(concepts)).find("Bleeding.")
    assert Narrowing(Lexicon(concepts)).narrow(mention, "Bleeding.", (), ("kidney",)) == mention


def test_a_clause_is_narrowed_by_the_label_of_its_concept_and_not_by_its_words() -> None:
    text = "Less blood arrives."
    clause = Mention(Span(0, 18), lexicon().concepts["etio:blood-flow"])
    narrowing = Narrowing(lexicon())
    assert narrowing.narrow_concept(clause, (), ("lung",)) == Mention(Span(0, 18), lexicon().concepts["etio:lung-flow"])
    assert narrowing.narrow_concept(clause, (), ("kidney",)) == clause
    assert narrowing.narrow(Mention(Span(0, 4), clause.concept), text, (), ("kidney",)).concept == clause.concept


def test_without_names_nothing_is_narrowed() -> None:
    (mention,) = finder().find("An infarction.")
    assert Narrowing(Lexicon(())).narrow(mention, "An infarction.", (), ("lung",)) == mention
