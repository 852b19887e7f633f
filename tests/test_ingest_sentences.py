"""Where sentences and words begin and end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import Span, sentences, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \n", []),
        ("no end", ["no end"]),
        ("A clot forms. It travels.", ["A clot forms.", "It travels."]),
        ("Is it blood? Yes! See a doctor.", ["Is it blood?", "Yes!", "See a doctor."]),
        ("Dr. Smith coughs. He rests.", ["Dr. Smith coughs.", "He rests."]),
        ("Irritants, e.g. Radon, harm. Avoid them.", ["Irritants, e.g. Radon, harm.", "Avoid them."]),
        ("Viral vs. Bacterial infections differ.", ["Viral vs. Bacterial infections differ."]),
        ("In the U.S. Many smoke. Stop.", ["In the U.S. Many smoke.", "Stop."]),
        ("A clot of 3.5 cm. Next day it grew.", ["A clot of 3.5 cm.", "Next day it grew."]),
        ('They call it "wet." Then it dries.', ['They call it "wet."', "Then it dries."]),
        ("Fever (high.) Chills.", ["Fever (high.)", "Chills."]),
        ("Wait for 2 weeks. 3 is too long.", ["Wait for 2 weeks.", "3 is too long."]),
        (
            "It was pink.\u202c \u05d0\u05d3\u05d5\u05dd. Red.",
            ["It was pink.\u202c", "\u05d0\u05d3\u05d5\u05dd.", "Red."],
        ),
        ("It was pink. and then red.", ["It was pink. and then red."]),
        ("Read cough.example for more.", ["Read cough.example for more."]),
    ],
)
def test_sentences_end_at_a_stop_before_a_capital_or_a_number(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in sentences(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chest X-ray", ["chest", "X", "ray"]),
        ("doesn't hurt", ["doesn't", "hurt"]),
        ("blue lips/nails", ["blue", "lips", "nails"]),
        ("50% of O2", ["50", "%", "of", "O2"]),
        ("... - ?", []),
    ],
)
def test_tokens_are_words_and_numbers(text: str, expected: list[str]) -> None:
    assert [token.of(text) for token in tokens(text)] == expected


def test_tokens_of_a_span_are_those_inside_it() -> None:
    text = "fever and chills"
    assert [token.of(text) for token in tokens(text, Span(6, 16))] == ["and", "chills"]


@pytest.mark.parametrize(
    ("one", "other", "covers", "overlaps"),
    [
        (Span(0, 5), Span(1, 4), True, True),
        (Span(0, 5), Span(0, 5), True, True),
        (Span(1, 4), Span(0, 5), False, True),
        (Span(0, 3), Span(3, 5), False, False),
    ],
)
def test_spans_that_only_touch_do_not_overlap(one: Span, other: Span, covers: bool, overlaps: bool) -> None:
    assert (one.covers(other), one.overlaps(other)) == (covers, overlaps)


_PROSE = st.text(alphabet="abAB1 .!?\"')(\n\u00a0", max_size=60)


@given(_PROSE)
def test_sentences_cover_the_text_in_order_without_overlap(text: str) -> None:
    position = 0
    for span in sentences(text):
        assert text[position : span.start].strip() == ""
        assert span.of(text) == span.of(text).strip() != ""
        position = span.end
    assert text[position:].strip() == ""


@given(_PROSE)
def test_every_token_lies_in_one_sentence(text: str) -> None:
    found = sentences(text)
    assert [sum(span.covers(token) for span in found) for token in tokens(text)] == [1] * len(list(tokens(text)))
