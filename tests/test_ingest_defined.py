"""What a definition by a general noun goes on to say is said of the name before it."""

import pytest
from statements import said

from ingest.defined import defined_before


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("Gout is a disorder that", "Gout"),
        ("Gout (podagra) is one of the diseases", "Gout"),
        ("Gouty joints are a group of problems", "Gouty joints"),
        ("Gout is a disorder, and it can be one that", None),
        ("Gout hurts", None),
        ("", None),
    ],
)
def test_the_words_before_is_a_are_defined_unless_another_verb_comes_between(clause: str, name: str | None) -> None:
    span = defined_before(clause, 0, len(clause))
    assert (span.of(clause) if span else None) == name


def test_the_relative_clause_of_a_general_noun_speaks_of_what_is_defined() -> None:
    assert said("Gout is a disorder that causes joint pain.\n") == ["gout causes joint pain (asserted)"]
