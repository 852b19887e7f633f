"""Which words without a known name can be one."""

import pytest

from ingest.phrases import is_instruction, is_name


@pytest.mark.parametrize(
    "phrase",
    [
        "tumor of the ear",
        "swollen eyelids",
        "cooling gel",
        "visits to the sauna",
        "irregular sleep",
        "salt substitutes",
    ],
)
def test_a_noun_phrase_can_be_a_name(phrase: str) -> None:
    assert is_name(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        "called a stress rash",
        "membrane bounces",
        "rash similar",
        "number of moles",
        "skin specialist",
        "visibly swollen",
        "answers from researchers",
        "ears sometimes",
        "40 drops",
    ],
)
def test_a_piece_of_a_clause_a_measure_and_a_person_are_no_names(phrase: str) -> None:
    assert not is_name(phrase)


@pytest.mark.parametrize(
    ("phrase", "told"), [("wash your hands", True), ("visits to the sauna", False), ("ice", False)]
)
def test_an_instruction_is_told_from_a_name(phrase: str, told: bool) -> None:
    assert (is_instruction(phrase), is_name(phrase)) == (told, not told)
