"""The core of a noun phrase and what narrows it."""

import pytest

from ingest.mentions import MentionFinder
from ingest.nounphrases import cut_qualifier, strip_leading
from ingest.sentences import Span
from ontology.claim import Concept
from ontology.lexicon import Lexicon
from ontology.terms import Kind


@pytest.mark.parametrize(
    ("text", "kept"),
    [("the most common rash", "rash"), ("signs of infection", "infection"), ("the", "the"), ("rash", "rash")],
)
def test_leading_words_are_stripped_but_never_all(text: str, kept: str) -> None:
    assert strip_leading(text, Span(0, len(text))).of(text) == kept


def test_a_mention_keeps_its_own_first_word() -> None:
    text = "common cold"
    mentions = MentionFinder(Lexicon((Concept("etio:cold", "common cold", (Kind.CONDITION,)),))).find(text)
    assert strip_leading(text, Span(0, len(text)), mentions).of(text) == "common cold"


@pytest.mark.parametrize(
    ("text", "head", "qualifier"),
    [
        ("a rash", "a rash", None),
        ("a rash that itches", "a rash", "that itches"),
        ("a rash, especially at night", "a rash", "especially at night"),
        ("a tendency to bleed", "a tendency", "to bleed"),
        ("damage to the lungs", "damage to the lungs", None),
    ],
)
def test_the_qualifier_begins_at_the_clause_behind_the_noun(text: str, head: str, qualifier: str | None) -> None:
    span, rest = cut_qualifier(text, Span(0, len(text)), ())
    assert (span.of(text), rest) == (head, qualifier)
